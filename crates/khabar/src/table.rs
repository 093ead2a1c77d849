//! Tables for people: aligned, and narrowed to the terminal.

use crate::screen;
use owo_colors::OwoColorize;
use std::io::{self, Write};

/// How a cell looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    Plain,
    Strong,
    Faint,
    Warning,
}

/// A column: its heading, and whether it may be narrowed when the terminal is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column {
    pub(crate) head: &'static str,
    pub(crate) right: bool,
    pub(crate) yields: bool,
}

impl Column {
    pub(crate) const fn left(head: &'static str) -> Column {
        Column { head, right: false, yields: false }
    }

    pub(crate) const fn right(head: &'static str) -> Column {
        Column { head, right: true, yields: false }
    }

    pub(crate) const fn yielding(head: &'static str) -> Column {
        Column { head, right: false, yields: true }
    }
}

/// A cell: its text, which must be plain, and its tone.
pub(crate) type Cell = (String, Tone);

/// Between two columns.
const GAP: usize = 2;
/// A yielding column keeps at least so many columns of the terminal.
const LEAST: usize = 10;

/// Prints `rows` under their headings, in at most `width` columns of the terminal.
pub(crate) fn print(
    out: &mut dyn Write,
    columns: &[Column],
    rows: &[Vec<Cell>],
    width: Option<usize>,
) -> io::Result<()> {
    let widths = widths(columns, rows, width);
    let head: Vec<Cell> = columns.iter().map(|c| (c.head.to_owned(), Tone::Faint)).collect();
    for row in std::iter::once(&head).chain(rows) {
        line(out, columns, &widths, row)?;
    }
    Ok(())
}

fn widths(columns: &[Column], rows: &[Vec<Cell>], width: Option<usize>) -> Vec<usize> {
    let mut widths: Vec<usize> = columns
        .iter()
        .enumerate()
        .map(|(i, c)| rows.iter().map(|r| screen::columns(&r[i].0)).chain([c.head.len()]).max().unwrap_or(0))
        .collect();
    let Some(width) = width else { return widths };
    loop {
        let total: usize = widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1);
        // The widest of those that yield gives first.
        let widest = (0..columns.len()).filter(|&i| columns[i].yields && widths[i] > LEAST).max_by_key(|&i| widths[i]);
        match widest {
            Some(i) if total > width => widths[i] -= 1,
            _ => return widths,
        }
    }
}

fn line(out: &mut dyn Write, columns: &[Column], widths: &[usize], row: &[Cell]) -> io::Result<()> {
    for (i, ((text, tone), (column, width))) in row.iter().zip(columns.iter().zip(widths)).enumerate() {
        let text = screen::cut(text, *width);
        let space = " ".repeat(width.saturating_sub(screen::columns(&text)));
        if column.right {
            write!(out, "{space}")?;
        }
        tinted(out, &text, *tone)?;
        if i + 1 < row.len() {
            write!(out, "{}{}", if column.right { "" } else { &space }, " ".repeat(GAP))?;
        }
    }
    writeln!(out)
}

/// Writes `text` in its tone.
pub(crate) fn tinted(out: &mut dyn Write, text: &str, tone: Tone) -> io::Result<()> {
    match tone {
        Tone::Plain => write!(out, "{text}"),
        Tone::Strong => write!(out, "{}", text.bold()),
        Tone::Faint => write!(out, "{}", text.dimmed()),
        Tone::Warning => write!(out, "{}", text.yellow()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aligns_and_narrows() {
        let columns = [Column::left("id"), Column::yielding("place"), Column::right("n")];
        let row = |a: &str, b: &str, c: &str| [a, b, c].map(|s| (s.to_owned(), Tone::Plain)).to_vec();
        let rows = [row("1", "喀布尔", "7"), row("22", "A long name of a bazaar", "13")];
        let shown = |width| {
            let mut out = Vec::new();
            print(&mut out, &columns, &rows, width).unwrap();
            anstream::adapter::strip_str(std::str::from_utf8(&out).unwrap()).to_string()
        };
        assert_eq!(
            shown(None),
            "id  place                     n\n1   喀布尔                    7\n22  A long name of a bazaar  13\n"
        );
        assert_eq!(shown(Some(20)), "id  place          n\n1   喀布尔         7\n22  A long name…  13\n");
    }

    #[test]
    fn marks_that_widen_a_character_do_not_break_the_table() {
        let text = "\u{2764}\u{fe0f}".repeat(12);
        let columns = [Column::yielding("place")];
        for width in 0..30 {
            let mut out = Vec::new();
            print(&mut out, &columns, &[vec![(text.clone(), Tone::Plain)]], Some(width)).unwrap();
            let line = String::from_utf8(out).unwrap().lines().nth(1).unwrap().trim_end().to_owned();
            assert!(screen::columns(&line) <= width.max(LEAST), "{width}: {line}");
        }
    }
}
