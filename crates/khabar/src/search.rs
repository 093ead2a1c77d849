//! `khabar search`: full-text search over articles.

use crate::cli::ArchiveArg;
use crate::end::End;
use crate::screen::{self, plain};
use crate::table::{Tone, tinted};
use crate::{json, label, open};
use clap::Args;
use std::io::Write;

/// Search the text of articles
///
/// All words must occur; "words in quotes" occur so; word* begins so; -word must not occur; OR between two words lets
/// either do. Upper and lower case and accents do not matter. Put a query with - or "" between single quotes.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  khabar search market blast
  khabar search '\"car bomb\" OR grenade* -drill'
  khabar search --limit 100 --json Peshawar")]
pub(crate) struct Search {
    /// What to look for
    #[arg(required = true)]
    query: Vec<String>,
    /// At most so many articles
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..))]
    limit: u16,
    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    archive: ArchiveArg,
}

impl Search {
    pub(crate) fn run(self) -> anyhow::Result<End> {
        let archive = open::archive(&self.archive)?;
        let query = self.query.join(" ");
        let hits = archive.search(&query, self.limit.into())?;
        if hits.is_empty() {
            anstream::eprintln!("khabar: no article matches `{}`", plain(&query));
            return Ok(End::Problems);
        }
        if self.json {
            let mut out = screen::raw();
            for hit in &hits {
                out.write_all(json::line(&json::Found::new(hit))?.as_bytes())?;
            }
            out.flush()?;
            return Ok(End::Done);
        }
        let mut out = screen::out();
        let short = label::short(hits.iter().flat_map(|h| &h.incidents).map(String::as_str));
        for hit in &hits {
            print(hit, short, &mut out)?;
        }
        out.flush()?;
        Ok(End::Done)
    }
}

fn print(hit: &archive::Hit, short: usize, out: &mut dyn Write) -> std::io::Result<()> {
    let article = &hit.article.article;
    let title = article.title.as_ref().map(|t| plain(&t.value)).unwrap_or_else(|| "(no title)".into());
    tinted(out, &title, Tone::Strong)?;
    let day = article.published_on().map(|d| format!(", {d}")).unwrap_or_default();
    writeln!(out, "\n  {}{day}", label::outlet(&hit.article))?;
    write!(out, "  ")?;
    // The marks stand around each find.
    for (i, part) in hit.snippet.split([archive::FOUND, archive::END]).enumerate() {
        let lead = if part.starts_with(char::is_whitespace) { " " } else { "" };
        let tail = if part.ends_with(char::is_whitespace) && !part.trim().is_empty() { " " } else { "" };
        tinted(out, &format!("{lead}{}{tail}", plain(part)), if i % 2 == 1 { Tone::Warning } else { Tone::Plain })?;
    }
    writeln!(out)?;
    if !hit.incidents.is_empty() {
        let shortened = |id: &String| id.get(..short).unwrap_or(id).to_owned();
        let ids = hit.incidents.iter().map(shortened).collect::<Vec<_>>().join(", ");
        tinted(out, &format!("  incidents: {ids}\n"), Tone::Faint)?;
    }
    writeln!(out)
}
