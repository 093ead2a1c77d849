//! Reading little by little gives what reading all at once gives; ids lead on; what became of incidents is told.

use account::{Actors, Reader};
use archive::{Archive, Filter, Input, Job};
use article::{Limits, Problem};
use std::path::Path;
use std::sync::atomic::AtomicBool;

struct Text(String, Vec<u8>);

impl Input for Text {
    fn name(&self) -> &str {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, Problem> {
        Ok(self.1.clone())
    }
}

/// The examples that ship.
fn examples() -> Vec<Text> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/examples/reports");
    let mut out: Vec<Text> = std::fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().path())
        .map(|p| Text(p.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&p).unwrap()))
        .collect();
    out.sort_by(|a, b| a.0.cmp(&b.0));
    out
}

fn read(archive: &mut Archive, texts: &[Text]) {
    let reader = Reader::new(Actors::builtin());
    let inputs: Vec<&dyn Input> = texts.iter().map(|t| t as &dyn Input).collect();
    let job = Job { reader: &reader, limits: &Limits::default(), threads: 2, stop: &AtomicBool::new(false) };
    archive.read(&inputs, &job, &mut |_| {}).unwrap();
}

fn dump(archive: &Archive) -> Vec<String> {
    let mut out = Vec::new();
    let each = |w: archive::Whole| -> Result<(), ()> {
        out.push(format!("{:?}", w.incident));
        Ok(())
    };
    archive.incidents(&Filter::default(), each).unwrap().unwrap();
    out
}

#[test]
fn little_by_little_is_all_at_once() {
    let mut texts = examples();
    let mut whole = Archive::in_memory().unwrap();
    read(&mut whole, &texts);
    let expected = dump(&whole);
    assert!(expected.len() > 3);
    for turn in 0..3 {
        texts.rotate_left(turn * 5 + 1);
        let mut archive = Archive::in_memory().unwrap();
        for some in texts.chunks(1 + 2 * turn) {
            read(&mut archive, some);
        }
        assert_eq!(dump(&archive), expected);
        archive.relink_all().unwrap();
        assert_eq!(dump(&archive), expected);
    }
}

#[test]
fn ids_lead_on_and_changes_are_told() {
    let mut texts = examples();
    texts.reverse();
    let mut archive = Archive::in_memory().unwrap();
    let mut ids = Vec::new();
    for some in texts.chunks(3) {
        read(&mut archive, some);
        ids.extend(archive.changes("").unwrap().into_iter().map(|c| c.incident));
    }
    for id in &ids {
        let now = archive.leads(id).unwrap().unwrap();
        assert_eq!(archive.leads(&now).unwrap().as_ref(), Some(&now));
    }
    assert_eq!(archive.leads("i000000000000").unwrap(), None);
    let all = archive.changes("").unwrap();
    assert!(all.iter().any(|c| c.what == "new") && all.iter().any(|c| c.what == "changed"));
    assert!(archive.changes("9999").unwrap().is_empty());
    // Linking again changes nothing, so nothing is told.
    archive.relink_all().unwrap();
    assert_eq!(archive.changes("").unwrap().len(), all.len());
}
