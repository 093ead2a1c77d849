//! A time as TimeML's TIMEX3 writes it: type, value and modifier.
//!
//! The values are those of TimeML 1.2.1: `1998-W12`, `1998-SU`, `1989-Q3`, `199`, `P3D`, `PXY`, `T14:30`, `TMO`,
//! `PRESENT_REF`. A range is two expressions there, and so it is here.

use super::{DayPart, Length, Modifier, Time, TimeKind, TimeUnit, Vague};
use crate::{Partial, Span};
use jiff::civil::Date;
use std::fmt::Write;

/// One TIMEX3.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timex {
    /// The words.
    pub span: Span,
    /// `DATE`, `TIME`, `DURATION` or `SET`.
    pub kind: &'static str,
    /// The normal form.
    pub value: String,
    /// `START`, `APPROX` and the like.
    pub modifier: Option<&'static str>,
}

impl Time {
    /// The time as TIMEX3: one expression, or the two ends of a range; none for what TimeML does not mark.
    pub fn timex(&self) -> Vec<Timex> {
        if let Some(ends) = &self.ends {
            return ends.iter().flat_map(|t| t.timex()).collect();
        }
        let one = |kind, value| {
            vec![Timex { span: self.span, kind, value, modifier: self.modifier.map(|m| modifier(m, self.kind)) }]
        };
        match self.kind {
            TimeKind::Age => Vec::new(),
            TimeKind::Duration => one("DURATION", self.length.map_or("PXX".to_owned(), length)),
            TimeKind::Set => one("SET", self.length.map_or_else(|| self.repeated(), length)),
            TimeKind::At => {
                if let Some(l) = self.length {
                    return one("DURATION", length(l));
                }
                let hour = self.hour();
                let kind = if hour.is_empty() { "DATE" } else { "TIME" };
                match self.vague {
                    Some(Vague::Past) => one(kind, "PAST_REF".to_owned()),
                    Some(Vague::Present) => one(kind, "PRESENT_REF".to_owned()),
                    Some(Vague::Future) => one(kind, "FUTURE_REF".to_owned()),
                    None => one(kind, self.date() + &hour),
                }
            }
        }
    }

    fn hour(&self) -> String {
        match (self.clock, self.part) {
            (Some((h, m)), _) => format!("T{h:02}:{m:02}"),
            (None, Some(part)) => match part {
                DayPart::Morning => "TMO",
                DayPart::Midday => "TMI",
                DayPart::Afternoon => "TAF",
                DayPart::Evening => "TEV",
                DayPart::Night => "TNI",
                DayPart::Daytime => "TDT",
            }
            .to_owned(),
            (None, None) => String::new(),
        }
    }

    /// The date at its grain.
    fn date(&self) -> String {
        let Some(value) = &self.value else {
            return match self.weekday {
                Some(w) => format!("XXXX-WXX-{w}"),
                None => "XXXX-XX-XX".to_owned(),
            };
        };
        let Partial { year, month, day } = value.start;
        let mut out = match year {
            // TimeML has no year zero.
            Some(y) if y <= 0 => format!("BC{:04}", 1 - i32::from(y)),
            Some(y) => format!("{y:04}"),
            None => "XXXX".to_owned(),
        };
        let first = value.days().map(|(first, _)| first);
        match self.grain {
            TimeUnit::Week | TimeUnit::Weekend => {
                if let Some(d) = first {
                    let week = d.iso_week_date();
                    let end = if self.grain == TimeUnit::Weekend { "-WE" } else { "" };
                    return format!("{:04}-W{:02}{end}", week.year(), week.week());
                }
            }
            TimeUnit::Season => {
                let season = match month.unwrap_or(12) {
                    3..=5 => "SP",
                    6..=8 => "SU",
                    9..=11 => "FA",
                    _ => "WI",
                };
                let _ = write!(out, "-{season}");
                return out;
            }
            TimeUnit::Quarter => {
                let _ = write!(out, "-Q{}", (month.unwrap_or(1) - 1) / 3 + 1);
                return out;
            }
            TimeUnit::Half => {
                let _ = write!(out, "-H{}", (month.unwrap_or(1) - 1) / 6 + 1);
                return out;
            }
            TimeUnit::Decade => return shortened(year, 10, &out),
            TimeUnit::Century => return shortened(year, 100, &out),
            TimeUnit::Millennium => return shortened(year, 1000, &out),
            TimeUnit::Year => return out,
            _ => {}
        }
        if let Some(m) = month {
            let _ = write!(out, "-{m:02}");
        }
        if let Some(d) = day.filter(|_| self.grain != TimeUnit::Month) {
            let _ = write!(out, "-{d:02}");
        }
        out
    }

    /// What comes again: `XXXX-WXX-4`, `XXXX-XX-XX`.
    fn repeated(&self) -> String {
        let date = match (self.weekday, &self.value, self.grain) {
            (Some(w), ..) => format!("XXXX-WXX-{w}"),
            (None, Some(v), TimeUnit::Season) => {
                let season = ["WI", "SP", "SU", "FA"];
                format!("XXXX-{}", season[usize::from(v.start.month.unwrap_or(1) / 3 % 4)])
            }
            (None, Some(v), _) => v.start.to_string(),
            (None, None, TimeUnit::Year) => "XXXX".to_owned(),
            (None, None, TimeUnit::Quarter) => "XXXX-QX".to_owned(),
            (None, None, TimeUnit::Month) => "XXXX-XX".to_owned(),
            (None, None, TimeUnit::Week) => "XXXX-WXX".to_owned(),
            (None, None, TimeUnit::Hour) => "PT1H".to_owned(),
            _ => "XXXX-XX-XX".to_owned(),
        };
        date + &self.hour()
    }
}

/// "199" for the nineties, "BC05" for the fifth century before Christ.
fn shortened(year: Option<i16>, by: i32, whole: &str) -> String {
    match year.map(i32::from) {
        Some(y) if y > 0 => match by {
            10 => format!("{:03}", y / 10),
            100 => format!("{:02}", y / 100),
            _ => format!("{}", y / 1000),
        },
        Some(y) => match by {
            10 => format!("BC{:03}", -y / 10),
            100 => format!("BC{:02}", -y / 100),
            _ => format!("BC{}", -y / 1000),
        },
        None => whole.to_owned(),
    }
}

fn length(l: Length) -> String {
    let (time, unit) = match l.unit {
        TimeUnit::Second => ("T", "S"),
        TimeUnit::Minute => ("T", "M"),
        TimeUnit::Hour => ("T", "H"),
        TimeUnit::Day => ("", "D"),
        TimeUnit::Weekend => ("", "WE"),
        TimeUnit::Week => ("", "W"),
        TimeUnit::Fortnight => ("", "W"),
        TimeUnit::Month | TimeUnit::Season => ("", "M"),
        TimeUnit::Quarter => ("", "Q"),
        TimeUnit::Half | TimeUnit::Year => ("", "Y"),
        TimeUnit::Decade => ("", "DE"),
        TimeUnit::Century => ("", "CE"),
        TimeUnit::Millennium => ("", "ML"),
    };
    let Some(tenths) = l.tenths else { return format!("P{time}X{unit}") };
    // Halves are told in the smaller unit.
    let whole = tenths / 10;
    let some = |unit: &str| if whole > 0 { format!("{whole}{unit}") } else { String::new() };
    match (l.unit, tenths % 10) {
        (TimeUnit::Fortnight, _) => return format!("P{}W", number(tenths.saturating_mul(2))),
        (TimeUnit::Year, 5) => return format!("P{}6M", some("Y")),
        (TimeUnit::Hour, 5) => return format!("PT{}30M", some("H")),
        (TimeUnit::Minute, 5) => return format!("PT{}30S", some("M")),
        (TimeUnit::Century, 5) => return format!("P{}Y", u64::from(tenths) * 10),
        (TimeUnit::Decade, 5) => return format!("P{tenths}Y"),
        _ => {}
    }
    let n = number(tenths);
    format!("P{time}{n}{unit}")
}

fn number(tenths: u32) -> String {
    if tenths.is_multiple_of(10) { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) }
}

fn modifier(m: Modifier, kind: TimeKind) -> &'static str {
    match m {
        Modifier::Start => "START",
        Modifier::Mid => "MID",
        Modifier::End => "END",
        Modifier::About => "APPROX",
        Modifier::Less => "LESS_THAN",
        Modifier::More => "MORE_THAN",
        Modifier::AtMost => "EQUAL_OR_LESS",
        Modifier::AtLeast => "EQUAL_OR_MORE",
        Modifier::From if kind == TimeKind::At => "ON_OR_AFTER",
        Modifier::From => "EQUAL_OR_MORE",
        Modifier::Until if kind == TimeKind::At => "ON_OR_BEFORE",
        Modifier::Until => "EQUAL_OR_LESS",
    }
}

/// The Monday of the week of `day`.
pub(super) fn monday(day: Date) -> Option<Date> {
    use jiff::ToSpan;
    day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).ok()
}
