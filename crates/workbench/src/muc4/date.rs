//! Days as MUC prints them: `3 JAN 90`, `30 DECEMBER 1989`, `JUNE 11 89`, and in keys also `NOV 89`.

use jiff::civil::Date;

const MONTHS: [&str; 12] = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

/// The days that the words name: one, or those of a month; a month without a year names none.
pub(crate) fn days(words: &str) -> Option<(Date, Date)> {
    let mut numbers: Vec<i16> = Vec::new();
    let mut month = None;
    for word in words.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()) {
        match word.parse::<i16>() {
            Ok(n) => numbers.push(n),
            Err(_) => {
                let head = word.get(..3)?.to_ascii_uppercase();
                month = Some(MONTHS.iter().position(|m| *m == head)? as i8 + 1);
            }
        }
    }
    let year = |n: i16| if n < 100 { 1900 + n } else { n };
    match (numbers.as_slice(), month) {
        ([day, y], Some(m)) => {
            let date = Date::new(year(*y), m, i8::try_from(*day).ok()?).ok()?;
            Some((date, date))
        }
        ([y], Some(m)) if *y > 31 => {
            let first = Date::new(year(*y), m, 1).ok()?;
            Some((first, first.last_of_month()))
        }
        _ => None,
    }
}

/// The day that the words name.
pub(crate) fn day(words: &str) -> Option<Date> {
    days(words).filter(|(a, b)| a == b).map(|(a, _)| a)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_in_every_order() {
        let printed = |s| days(s).map(|(a, b)| format!("{a}/{b}")).unwrap_or_default();
        assert_eq!(printed(" 3 JAN 90"), "1990-01-03/1990-01-03");
        assert_eq!(printed("JUNE 11 89"), "1989-06-11/1989-06-11");
        assert_eq!(printed("30 December 1989"), "1989-12-30/1989-12-30");
        assert_eq!(printed("NOV 89"), "1989-11-01/1989-11-30");
        for bad in ["31 FEB 90", "12 NOV", "NO DATE", "", "3 XYZ 90", "1 2 3"] {
            assert_eq!(printed(bad), "", "{bad}");
        }
    }
}
