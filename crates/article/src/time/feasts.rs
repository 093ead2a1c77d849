//! Feast days by year, in the calendars that news is dated by.
//!
//! Easter is Gauss's rule in the form of Meeus, Jones and Butcher. The Islamic calendar is the tabular one (30-year cycle,
//! Reingold and Dershowitz): the sighted month may begin a day sooner or later, so its days are approximate, and so are
//! Nowruz (the equinox falls on 20 or 21 March) and Diwali (the mean new moon of Meeus, chapter 49, without corrections).

use crate::Edtf;
use jiff::ToSpan;
use jiff::civil::{Date, date};

/// When a feast falls.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Feast {
    /// Month and day.
    Fixed(i8, i8),
    /// Days from Easter Sunday.
    Easter(i32),
    /// Month and day of the Islamic year.
    Hijri(i32, i32),
    /// A month of the Islamic year.
    HijriMonth(i32),
    /// Month, weekday (Monday 1) and which of them; 5 is the last.
    Nth(i8, i8, i8),
    /// The spring equinox.
    Equinox,
    /// The new moon of late October or early November.
    Moon,
}

impl Feast {
    /// Reads the value of a row of the list.
    pub(super) fn parse(value: &str) -> Option<Feast> {
        let mut it = value.split(' ');
        let head = it.next()?;
        let mut n = || it.next().and_then(|v| v.parse::<i32>().ok());
        Some(match head {
            "easter" => Feast::Easter(n()?),
            "hijri" => match (n()?, n()) {
                (month, Some(day)) => Feast::Hijri(month, day),
                (month, None) => Feast::HijriMonth(month),
            },
            "nth" => Feast::Nth(n()? as i8, n()? as i8, n()? as i8),
            "nowruz" => Feast::Equinox,
            "moon" => Feast::Moon,
            _ => {
                let (month, day) = head.split_once('-')?;
                Feast::Fixed(month.parse().ok()?, day.parse().ok()?)
            }
        })
    }

    /// The feast in a year of the common calendar; the first, where the moon brings two.
    pub(super) fn in_year(self, year: i16) -> Option<Edtf> {
        if !(1..=9990).contains(&year) {
            return None;
        }
        let about = |e: Edtf| Edtf { approximate: true, ..e };
        match self {
            Feast::Fixed(month, day) => Date::new(year, month, day).ok().map(Edtf::day),
            Feast::Easter(days) => easter(year)?.checked_add(days.days()).ok().map(Edtf::day),
            Feast::Hijri(month, day) => hijri_in(year, month, day).map(Edtf::day).map(about),
            Feast::HijriMonth(month) => {
                let first = hijri_in(year, month, 1)?;
                let long = if month % 2 == 1 { 29 } else { 28 };
                Some(about(Edtf::between(first, first.checked_add(long.days()).ok()?)))
            }
            Feast::Nth(month, weekday, nth) => {
                let first = Date::new(year, month, 1).ok()?;
                let ahead = (i64::from(weekday) - i64::from(first.weekday().to_monday_one_offset())).rem_euclid(7);
                let days = |n: i64| first.checked_add((ahead + 7 * n).days()).ok().filter(|d| d.month() == month);
                (0..i64::from(nth)).rev().find_map(days).map(Edtf::day)
            }
            Feast::Equinox => Date::new(year, 3, 20).ok().map(Edtf::day).map(about),
            Feast::Moon => new_moon(Date::new(year, 10, 16).ok()?).map(Edtf::day).map(about),
        }
    }
}

fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, (n / 31) as i8, (n % 31 + 1) as i8).ok()
}

/// The first day of the common year that has this Islamic month and day.
fn hijri_in(year: i16, month: i32, day: i32) -> Option<Date> {
    let near = (i64::from(year) - 622) * 33 / 32;
    (near - 1..=near + 2).filter_map(|h| hijri(h, month, day)).find(|d| d.year() == year)
}

fn hijri(year: i64, month: i32, day: i32) -> Option<Date> {
    let days = i64::from(day) + (59 * (i64::from(month) - 1) + 1) / 2 + (year - 1) * 354 + (3 + 11 * year) / 30 - 1;
    date(622, 7, 19).checked_add(days.days()).ok()
}

/// The first mean new moon on or after a day.
fn new_moon(from: Date) -> Option<Date> {
    let epoch = date(2000, 1, 6);
    let days = epoch.until(from).ok()?.get_days() as f64 - 0.76;
    let moons = (days / 29.530_588_861).ceil();
    epoch.checked_add(((moons * 29.530_588_861 + 0.76) as i64).days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn falls_where_the_calendars_say() {
        let on = |rule: &str, year| Feast::parse(rule).unwrap().in_year(year).unwrap().to_string();
        assert_eq!(on("easter 0", 2024), "2024-03-31");
        assert_eq!(on("easter -2", 2025), "2025-04-18");
        assert_eq!(on("hijri 10 1", 2024), "2024-04-10~");
        assert_eq!(on("hijri 12 10", 2021), "2021-07-20~");
        assert_eq!(on("hijri 1 10", 2023), "2023-07-28~");
        assert_eq!(on("hijri 9", 2022), "2022-04-03/2022-05-02~");
        assert_eq!(on("nth 11 4 4", 2023), "2023-11-23");
        assert_eq!(on("nth 5 1 5", 2022), "2022-05-30");
        assert_eq!(on("moon", 2021), "2021-11-05~");
        assert_eq!(on("12-25", 1941), "1941-12-25");
    }
}
