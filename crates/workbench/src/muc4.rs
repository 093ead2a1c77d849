//! `workbench muc4`: answers to raw texts of MUC-3 and MUC-4, and the readers of its texts and keys.
//!
//! MUC-4 (1992) is the one public test of reading accounts: news on Latin America, and for each incident a template. Its
//! scorer, and what each slot counts, stand in `score::muc4`.

pub(crate) mod date;
pub(crate) mod gtt;
pub(crate) mod key;
pub(crate) mod message;
pub(crate) mod template;

use account::{Actors, Reader};
use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use template::Answer;

#[derive(clap::Args)]
#[command(after_help = "Examples:
  workbench muc4 --texts tst3-muc4 tst4-muc4 --out predictions.json
  workbench muc4 --texts folder --out -")]
pub(crate) struct Arguments {
    /// Files of raw messages, or folders of them
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    texts: Vec<PathBuf>,
    /// Where to write the answers, in the shape that the scorer of six slots reads; `-` prints them
    #[arg(long, value_name = "PRED.json")]
    out: PathBuf,
}

/// Reads the texts and writes the answers.
pub(crate) fn run(a: &Arguments) -> Result<()> {
    let pred_templates = |all: Vec<Answer>| all.into_iter().map(|a| a.six).collect();
    let answers: BTreeMap<String, gtt::Answer> = read(&a.texts)?
        .into_iter()
        .map(|(id, all)| (id, gtt::Answer { pred_templates: pred_templates(all) }))
        .collect();
    let text = serde_json::to_string_pretty(&answers)?;
    if a.out == Path::new("-") {
        println!("{text}");
        return Ok(());
    }
    std::fs::write(&a.out, text + "\n").with_context(|| format!("{}: cannot be written", a.out.display()))
}

/// The answers to every message of these files and folders.
pub(crate) fn read(texts: &[PathBuf]) -> Result<BTreeMap<String, Vec<Answer>>> {
    let reader = Reader::new(Actors::builtin());
    let mut out = BTreeMap::new();
    for file in files(texts)? {
        let messages = message::messages(&load(&file)?);
        if messages.is_empty() {
            bail!("{}: no message; each begins with a line like DEV-MUC3-0001", file.display());
        }
        for m in messages {
            let report = reader.read(&m.article);
            let fill = reader.fill(&m.article);
            let parties = reader.harm(&m.article, &fill);
            let answers = template::answers(&m, &report.accounts, &fill, Actors::builtin(), &parties);
            out.insert(m.id, answers);
        }
    }
    Ok(out)
}

/// The files named, and those in the folders named, by name. Hidden files are left out.
pub(crate) fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut out = Vec::new();
    for path in paths {
        if !path.is_dir() {
            out.push(path.clone());
            continue;
        }
        let entries = std::fs::read_dir(path).with_context(|| format!("{}: cannot be read", path.display()))?;
        let mut inside = entries.map(|e| Ok(e?.path())).collect::<Result<Vec<_>>>()?;
        inside.retain(|p| p.is_file() && !p.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.')));
        inside.sort();
        out.append(&mut inside);
    }
    Ok(out)
}

/// A file as text; bytes that are no UTF-8 become a sign each.
pub(crate) fn load(file: &Path) -> Result<String> {
    let bytes = std::fs::read(file).with_context(|| format!("{}: cannot be read", file.display()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
