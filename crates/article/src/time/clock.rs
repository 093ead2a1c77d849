//! Times of day: on the clock, with a name ("midnight"), or parts of the day, and the day beside them.

use super::parse::{Read, Scan};
use super::parts::Parts;
use super::piece::Digits;
use super::words::{Edge, Phrase, Small};

impl Scan<'_> {
    /// The day behind an hour: "10 p.m. Wednesday", "the night of March 4", "noon on Saturday".
    pub(super) fn day_behind(&self, i: usize, part: bool) -> Read {
        let of = self.word(i).is(Small::OF_ONLY);
        let at = if of || self.word(i).is(Small::ON) || self.norm(i) == "," { i + 1 } else { i };
        if of && !part {
            return None;
        }
        let ways = [self.dated(at), self.which(at), self.phrased(at)];
        let found = ways.into_iter().flatten().filter(|(p, _)| p.is_day() && p.kind.is_none()).max_by_key(|w| w.1);
        found.filter(|(p, _)| p.clock.is_none() && (at == i || p.part.is_none()))
    }

    /// The hour behind a day: "Wednesday night", "March 4 at 10 a.m.".
    pub(super) fn hour_behind(&self, i: usize) -> Read {
        if let Some(part) = self.word(i).part {
            return Some((Parts { part: Some(part), ..Parts::default() }, i + 1));
        }
        if let Some((Phrase::HourPart(part), e)) = self.phrase(i, |p| matches!(p, Phrase::HourPart(_))) {
            return Some((Parts { part: Some(part), ..Parts::default() }, e));
        }
        if let Some(hour) = self.word(i).hour {
            return Some((Parts { clock: Some((hour, 0)), ..Parts::default() }, i + 1));
        }
        let at = if self.word(i).is(Small::AT) || self.norm(i) == "," { i + 1 } else { i };
        self.clock(at)
    }

    /// A time of day: "10:30 p.m. EST", "midnight", "the morning", "dawn".
    pub(super) fn hour(&self, i: usize) -> Read {
        if let Some(found) = self.clock(i) {
            return Some(found);
        }
        if let Some(hour) = self.word(i).hour {
            return Some((Parts { clock: Some((hour, 0)), ..Parts::default() }, i + 1));
        }
        let (at, the) = if self.word(i).is(Small::THE) { (i + 1, true) } else { (i, false) };
        let early = self.phrase(at, |p| matches!(p, Phrase::Edge(Edge::Modifier(_))));
        let at = early.filter(|_| the).map_or(at, |(_, e)| e);
        let part = self.word(at).part?;
        let hours = self.word(at + 1).is(Small::HOURS);
        let end = at + 1 + usize::from(hours);
        // "a night of terror", "night vision": the bare word needs an article or a preposition that makes it a time.
        let bare = i > self.from && self.lead_of_part(i - 1);
        let behind = self.word(end).is(Small::OF_ONLY) && self.day_behind(end, true).is_some();
        let noun = self.named_by(end);
        if !(behind || the && bare || bare && !noun || hours) {
            return None;
        }
        let modifier = match early {
            Some((Phrase::Edge(Edge::Modifier(m)), _)) if the => Some(m),
            _ => None,
        };
        Some((Parts { part: Some(part), modifier, ..Parts::default() }, end))
    }

    pub(super) fn lead_of_part(&self, i: usize) -> bool {
        let w = self.word(i);
        let joint = w.is(Small::OF_ONLY) || w.is(Small::AND) || w.is(Small::TO) || w.is(Small::OR);
        !joint && (w.is(Small::AT) || w.is(Small::LEAD) || w.is(Small::UNTIL) || w.is(Small::SINCE))
    }

    /// A time on the clock.
    pub(super) fn clock(&self, i: usize) -> Read {
        let zone = |e: usize| self.phrase(e, |p| *p == Phrase::Zone);
        let with = |hour: u8, minute: u8, end: usize| {
            let end = zone(end).map_or(end, |(_, e)| e);
            let end = zone(end).map_or(end, |(_, e)| e);
            Some((Parts { clock: Some((hour, minute)), ..Parts::default() }, end))
        };
        let half = |hour: u8, add: u8| if hour == 12 { add } else { hour + add };
        match self.digits(i) {
            Digits::Noon(h, m, add) if h <= 12 => with(half(h, add), m, i + 1),
            Digits::Clock(h, m) => match self.word(i + 1).noon {
                Some(add) if h <= 12 => with(half(h, add), m, i + 2),
                _ => with(h, m, i + 1),
            },
            Digits::Plain(h, 1..=2, false) if h <= 12 => match self.word(i + 1).noon {
                Some(add) => with(half(h as u8, add), 0, i + 2),
                None if self.word(i + 1).is(Small::O_CLOCK) => with(h as u8, 0, i + 1),
                None => None,
            },
            Digits::Plain(n, 4, false) if n < 2400 && n % 100 < 60 && zone(i + 1).is_some() => {
                with((n / 100) as u8, (n % 100) as u8, i + 1)
            }
            Digits::None => {
                let n = self.word(i).number.filter(|n| (1..=12).contains(n))?;
                match self.word(i + 1).noon {
                    Some(add) => with(half(n as u8, add), 0, i + 2),
                    None if self.word(i + 1).is(Small::O_CLOCK) => with(n as u8, 0, i + 1),
                    None => None,
                }
            }
            _ => None,
        }
    }
}
