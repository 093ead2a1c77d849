//! Small things as pages print them: times and weights.

use maud::{Markup, html};

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
