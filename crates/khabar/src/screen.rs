//! What reaches a terminal: without control characters, cut to its width, and coloured only there.

use std::io::{BufWriter, IsTerminal, Write};
use unicode_width::UnicodeWidthStr;

/// Standard output for people: colours go only to a terminal that wants them.
pub(crate) fn out() -> impl Write {
    BufWriter::new(anstream::stdout().lock())
}

/// Standard output for programs.
pub(crate) fn raw() -> impl Write {
    BufWriter::new(std::io::stdout().lock())
}

/// The width to print to: that of the terminal, or `None` where lines may be as long as they are.
pub(crate) fn width() -> Option<usize> {
    if !std::io::stdout().is_terminal() {
        return None;
    }
    terminal_size::terminal_size().map(|(w, _)| usize::from(w.0).max(40))
}

/// Whether `c` may change what a terminal shows beyond printing itself: controls, and marks that turn the direction of text.
pub(crate) fn is_control(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// The text on one line: white space becomes one space, control characters go.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            if !out.ends_with(' ') && !out.is_empty() {
                out.push(' ');
            }
        } else if !is_control(c) {
            out.push(c);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// How many columns the text takes.
pub(crate) fn columns(text: &str) -> usize {
    text.width()
}

/// The text cut to `width` columns, with an ellipsis where something is missing.
pub(crate) fn cut(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    // Beginnings are measured whole: some characters change the width of the one before.
    let ends = text.char_indices().map(|(i, _)| i);
    let end = ends.take_while(|&i| columns(&text[..i]) < width).last().unwrap_or(0);
    format!("{}…", text[..end].trim_end())
}

/// The text broken into lines of at most `width` columns at spaces.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last().map_or(0, |l| columns(l));
        if line > 0 && line + 1 + columns(word) > width {
            lines.push(String::new());
        }
        if let Some(l) = lines.last_mut() {
            if !l.is_empty() {
                l.push(' ');
            }
            l.push_str(word);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_steers_a_terminal_passes() {
        assert_eq!(plain("a\u{1b}[31mred\u{7}\u{9b}x\r\n\tb \u{202e}c "), "a[31mredx b c");
    }

    #[test]
    fn cuts_by_columns_and_not_by_characters() {
        assert_eq!(cut("喀布尔机场", 10), "喀布尔机场");
        assert_eq!(cut("喀布尔机场", 7), "喀布尔…");
        assert_eq!(cut("Kabul", 3), "Ka…");
    }
}
