//! Small things as pages print them: times, weights, addresses.

use maud::{Markup, html};

/// A name as one part of an address.
pub(crate) fn segment(name: &str) -> String {
    let safe = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    name.bytes().map(|b| if safe(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

/// A weight with its sign: `+2.1`, `−0.4`.
pub(crate) fn number(weight: f64) -> String {
    format!("{weight:+.1}").replace('-', "\u{2212}")
}

/// A time as reports print it: the day, and the minute where it is known.
pub(crate) fn moment(time: &str) -> Markup {
    let (day, rest) = time.split_once('T').unwrap_or((time, ""));
    html! {
        time datetime=(time) {
            (day)
            @if let Some(minute) = rest.get(..5) { " " span.faint { (minute) } }
        }
    }
}
