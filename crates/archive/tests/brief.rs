//! Lists and counts say of incidents what the incidents themselves say.

use account::{Actors, Kind, Reader};
use archive::{Archive, Brief, By, Filter, Input, Job, Options, Sort, Whole};
use article::{Limits, Problem};
use std::path::Path;
use std::sync::atomic::AtomicBool;

struct File(String, Vec<u8>);

impl Input for File {
    fn name(&self) -> &str {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, Problem> {
        Ok(self.1.clone())
    }
}

/// The invented articles that ship with the program.
fn examples() -> Archive {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/examples/reports");
    let mut files: Vec<File> = std::fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().path())
        .map(|p| File(p.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(p).unwrap()))
        .collect();
    files.sort_by(|a, b| a.0.cmp(&b.0));
    let reader = Reader::new(Actors::builtin());
    let inputs: Vec<&dyn Input> = files.iter().map(|f| f as &dyn Input).collect();
    let mut archive = Archive::in_memory().unwrap();
    let job = Job { reader: &reader, limits: &Limits::default(), threads: 2, stop: &AtomicBool::new(false) };
    archive.read(&inputs, &job, &mut |_| {}).unwrap();
    archive
}

fn all(archive: &Archive, filter: &Filter) -> Vec<Whole> {
    let mut out = Vec::new();
    let each = |w| {
        out.push(w);
        Ok::<(), ()>(())
    };
    archive.incidents(filter, each).unwrap().unwrap();
    out
}

fn page(archive: &Archive, filter: &Filter, sort: &str) -> Vec<Brief> {
    let (total, rows) = archive.page(filter, sort.parse().unwrap(), 0, 1000).unwrap();
    assert_eq!(total, rows.len());
    rows
}

#[test]
fn a_row_says_what_its_incident_says() {
    let archive = examples();
    let (rows, wholes) = (page(&archive, &Filter::default(), "date"), all(&archive, &Filter::default()));
    assert!(rows.len() > 5);
    assert_eq!(rows.len(), wholes.len());
    for (row, whole) in rows.iter().zip(&wholes) {
        assert_eq!(row.id, whole.incident.id, "the order is that of the days");
        assert_eq!((&*row.date, &*row.place), (whole.chosen("date"), whole.chosen("place")));
        assert_eq!((&*row.country, &*row.stage), (whole.chosen("country"), whole.chosen("stage")));
        assert_eq!(row.kinds, whole.kinds().iter().map(|k| k.name()).collect::<Vec<_>>());
        let toll = archive::toll(&whole.incident);
        assert_eq!(row.killed, toll.map_or((None, None), |t| (t.low, t.high)));
        let disputed: Vec<&str> =
            whole.incident.fields.iter().filter(|f| f.disputed).map(|f| f.name.as_str()).collect();
        assert_eq!(row.disputed, disputed);
        assert_eq!((row.articles, row.independent), (whole.articles.len(), whole.incident.origins.len()));
        let places: Vec<_> = whole.accounts.iter().filter_map(|a| a.place.as_ref()?.at).collect();
        let near = |a: f32, b: f64| (f64::from(a) - b).abs() < 1e-4;
        assert!(row.at.is_none_or(|at| places.iter().any(|p| near(p.0, at.0) && near(p.1, at.1))), "{row:?}");
        for (key, name) in &row.actors {
            assert!(
                whole.accounts.iter().flat_map(|a| &a.perpetrators).any(|b| b.actor == *key && b.name.contains(name))
            );
        }
        assert_eq!(archive.briefs(std::slice::from_ref(&row.id)).unwrap(), std::slice::from_ref(row));
    }
    assert!(rows.iter().any(|r| r.at.is_some()) && rows.iter().any(|r| !r.actors.is_empty()));
}

#[test]
fn filters_orders_and_pages_hold_together() {
    let archive = examples();
    let some = page(&archive, &Filter::default(), "date");
    let mut filters = vec![Filter { disputed: true, ..Filter::default() }];
    filters.extend(some.iter().flat_map(|r| {
        let kind = r.kinds.first().and_then(|k| Kind::named(k));
        let actor = r.actors.first().map(|a| a.0.clone());
        let day = r.date.parse::<article::Edtf>().ok().and_then(|d| d.days()).map(|d| d.0);
        [
            Filter { kind, ..Filter::default() },
            Filter { actor, ..Filter::default() },
            Filter { since: day, country: Some(r.country.clone()), ..Filter::default() },
            Filter { words: "killed -drill".into(), until: day, ..Filter::default() },
        ]
    }));
    for f in &filters {
        let wanted: Vec<String> = all(&archive, f).into_iter().map(|w| w.incident.id).collect();
        let got: Vec<String> = page(&archive, f, "date").into_iter().map(|r| r.id).collect();
        assert_eq!(got, wanted, "{f:?}");
        assert_eq!(archive.overview(f).unwrap().total, wanted.len());
    }
    for sort in
        ["date", "-date", "killed", "-killed", "articles", "-articles", "sources", "-sources", "place", "-place"]
    {
        let whole = page(&archive, &Filter::default(), sort);
        let pages = (0..whole.len()).step_by(3);
        let parts: Vec<Brief> =
            pages.flat_map(|at| archive.page(&Filter::default(), sort.parse().unwrap(), at, 3).unwrap().1).collect();
        assert_eq!(parts, whole, "{sort}");
    }
    let killed: Vec<_> =
        page(&archive, &Filter::default(), "-killed").iter().map(|r| r.killed.0.or(r.killed.1)).collect();
    assert!(killed.is_sorted_by(|a, b| a >= b), "what is unknown comes last: {killed:?}");
    assert!("size".parse::<Sort>().is_err());
    assert_eq!("-place".parse::<Sort>().unwrap(), Sort { by: By::Place, down: true });
}

#[test]
fn words_without_a_letter_find_nothing() {
    let archive = examples();
    let count = |words: &str| {
        archive.page(&Filter { words: words.into(), ..Filter::default() }, Sort::default(), 0, 0).unwrap().0
    };
    assert_eq!(count("-- ((\""), 0);
    assert_eq!(count("  "), count(""));
    assert!(count("") > 0);
}

#[test]
fn an_overview_counts_every_incident() {
    let archive = examples();
    let (seen, rows) = (archive.overview(&Filter::default()).unwrap(), page(&archive, &Filter::default(), "date"));
    assert_eq!(seen.total, rows.len());
    assert_eq!(seen.disputed, rows.iter().filter(|r| !r.disputed.is_empty()).count());
    assert_eq!(seen.months.iter().map(|m| m.1).sum::<usize>() + seen.undated, seen.total);
    assert_eq!(seen.places.iter().map(|p| p.incidents).sum::<usize>() + seen.unplaced, seen.total);
    let of = |kind: &str| rows.iter().filter(|r| r.kinds.iter().any(|k| k == kind)).count();
    assert!(seen.kinds.iter().all(|(k, n)| of(k) == *n));
    let by = |actor: &str| rows.iter().filter(|r| r.actors.iter().any(|a| a.0 == actor)).count();
    assert!(seen.actors.iter().all(|(key, name, n)| by(key) == *n && !name.is_empty()));
    assert!(seen.months.is_sorted() && seen.countries.is_sorted_by(|a, b| a.1 >= b.1));
}

#[test]
fn columns_of_an_older_archive_are_filled_and_nothing_is_said_to_have_changed() {
    for version in ["v1", "v2"] {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("khabar.db");
        let frozen = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../testdata/archive/{version}.sqlite"));
        std::fs::copy(frozen, &file).unwrap();
        let mut archive = Archive::open(&file, &Options::default()).unwrap();
        assert!(archive.is_stale().unwrap());
        archive.relink().unwrap();
        let changes = archive.changes("").unwrap();
        let rows = page(&archive, &Filter::default(), "date");
        assert!(!rows.is_empty() && rows.iter().all(|r| !r.kinds.is_empty()), "{version}");
        archive.relink_all().unwrap();
        assert_eq!(archive.changes("").unwrap(), changes);
    }
}
