//! The map of a table: which column holds which field of an account.
//!
//! Plain text, a line each: `field = column`, `field = low column | high column`, `field = "fixed value"`, and
//! `field : value in the table = value here`, with `*` for every other value. Lines that begin with `#` are comments.

use account::Measure;
use std::collections::BTreeMap;
use std::str::FromStr;

/// Where a field's value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum From {
    /// The column of that name.
    Column(String),
    /// The same in every row.
    Fixed(String),
}

/// What the columns of a table mean.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Map {
    /// Name of the character encoding.
    pub(crate) encoding: Option<String>,
    /// What stands between two cells: a comma unless said otherwise.
    pub(crate) separator: Option<u8>,
    /// How dates are written, in the manner of `strptime`; EDTF if nothing is said.
    pub(crate) date_format: Option<String>,
    /// Cells that say nothing.
    pub(crate) empty: Vec<String>,
    /// For each field its sources, in order; fields with several values have several.
    pub(crate) fields: BTreeMap<String, Vec<Vec<From>>>,
    /// For each field what its values mean.
    values: BTreeMap<String, BTreeMap<String, String>>,
}

/// Fields that a map may name beside the numbers of people.
const FIELDS: [&str; 19] = [
    "outlet",
    "published",
    "title",
    "article",
    "source",
    "date",
    "kind",
    "stage",
    "place",
    "city",
    "admin1",
    "country",
    "precision",
    "latitude",
    "longitude",
    "perpetrator",
    "target",
    "victim",
    "weapon",
];
/// Fields whose second column says something else of the first; its values are told under this name.
const STANDING: &str = "standing";

impl Map {
    /// The sources of a field.
    pub(crate) fn of(&self, field: &str) -> &[Vec<From>] {
        self.fields.get(field).map_or(&[], Vec::as_slice)
    }

    /// What a value of the table means for a field; `None` where it says nothing.
    pub(crate) fn meaning<'a>(&'a self, field: &str, value: &'a str) -> Option<&'a str> {
        let told = self.values.get(field);
        let other = || told.and_then(|v| v.get("*")).map(String::as_str);
        let meant = told.and_then(|v| v.get(value)).map(String::as_str).or_else(other).unwrap_or(value);
        Some(meant).filter(|m| !m.is_empty())
    }

    /// Every column that it names.
    pub(crate) fn columns(&self) -> impl Iterator<Item = &str> {
        self.fields.values().flatten().flatten().filter_map(|f| match f {
            From::Column(name) => Some(name.as_str()),
            From::Fixed(_) => None,
        })
    }

    fn line(&mut self, line: &str) -> Result<(), String> {
        let (left, right) = line.split_once('=').ok_or("there is no `=`; write `field = column`")?;
        let (left, right) = (left.trim(), right.trim());
        if let Some((field, value)) = left.split_once(':') {
            let field = known(field.trim())?;
            self.values.entry(field).or_default().insert(unquoted(value), unquoted(right));
            return Ok(());
        }
        if right.is_empty() {
            return Err(format!("`{left}` has no column"));
        }
        match left {
            "encoding" => self.encoding = Some(unquoted(right)),
            "separator" => {
                let one = match unquoted(right).as_str() {
                    "tab" => b'\t',
                    s if s.len() == 1 && s != "\"" => s.as_bytes()[0],
                    s => return Err(format!("`{s}` is no separator; write one character, or tab")),
                };
                self.separator = Some(one);
            }
            "date-format" => self.date_format = Some(unquoted(right)),
            "empty" => self.empty = right.split('|').map(unquoted).collect(),
            _ => {
                let field = known(left)?;
                if field == STANDING {
                    return Err("a standing is the second column of `perpetrator`".into());
                }
                let sources: Vec<From> = right.split('|').map(source).collect();
                if sources.len() > most(&field) {
                    return Err(format!("`{left}` has more columns than it can take"));
                }
                self.fields.entry(field).or_default().push(sources);
            }
        }
        Ok(())
    }
}

impl FromStr for Map {
    type Err = String;

    fn from_str(text: &str) -> Result<Map, String> {
        let mut map = Map::default();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        for (n, line) in text.lines().enumerate() {
            let line = line.trim();
            if !line.is_empty() && !line.starts_with('#') {
                map.line(line).map_err(|what| format!("line {}: {what}", n + 1))?;
            }
        }
        let repeated = |f: &str| ["perpetrator", "target", "victim", "weapon", "source", "kind"].contains(&f);
        if let Some((f, _)) = map.fields.iter().find(|(f, sources)| sources.len() > 1 && !repeated(f)) {
            return Err(format!("`{f}` stands twice"));
        }
        if map.fields.is_empty() {
            return Err("no field has a column".into());
        }
        Ok(map)
    }
}

/// The field's name with its underscores, if there is such a field.
fn known(name: &str) -> Result<String, String> {
    let field = name.replace('-', "_");
    if FIELDS.contains(&field.as_str()) || field == STANDING || Measure::named(&field).is_some() {
        return Ok(field);
    }
    let all: Vec<&str> = FIELDS.into_iter().chain(Measure::ALL.iter().map(|m| m.name())).collect();
    Err(format!("`{name}` is no field; fields are {}", all.join(", ")))
}

/// How many columns a field can be made of.
fn most(field: &str) -> usize {
    match field {
        // First and last day, or year, month and day.
        "date" => 3,
        "perpetrator" => 2,
        // From the narrowest to the widest, or all that tell an article from others.
        "place" | "article" => 4,
        _ if Measure::named(field).is_some() => 2,
        _ => 1,
    }
}

fn source(s: &str) -> From {
    let s = s.trim();
    let fixed = s.len() >= 2 && s.starts_with('"') && s.ends_with('"');
    if fixed { From::Fixed(unquoted(s)) } else { From::Column(s.to_owned()) }
}

fn unquoted(s: &str) -> String {
    let s = s.trim();
    s.strip_prefix('"').and_then(|s| s.strip_suffix('"')).unwrap_or(s).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_is_read_line_by_line() {
        let map: Map = "# by hand\nseparator = ;\ndate = from | to\ncountry = \"MLI\"\nkind = what\nkind : Blast = bombing\n\
             kind : * = other\nperpetrator = first | sure\nperpetrator = second\nstanding : 1 = stated\nstanding : * =\n\
             killed = low | high\nempty = NA | -99"
            .parse()
            .unwrap();
        assert_eq!(map.separator, Some(b';'));
        assert_eq!(map.of("country"), [[From::Fixed("MLI".into())]]);
        assert_eq!(map.of("perpetrator").len(), 2);
        assert_eq!((map.meaning("kind", "Blast"), map.meaning("kind", "Row")), (Some("bombing"), Some("other")));
        assert_eq!((map.meaning("standing", "0"), map.meaning("city", "Gao")), (None, Some("Gao")));
        assert_eq!(map.empty, ["NA", "-99"]);
    }

    #[test]
    fn what_is_wrong_is_named_by_its_line() {
        for (text, says) in [
            ("killed", "line 1"),
            ("\nkiled = x", "line 2: `killed`".trim_end_matches("`killed`")),
            ("date = a | b | c | d", "more columns"),
            ("city = a\ncity = b", "twice"),
            ("# nothing", "no field"),
            ("separator = ab", "no separator"),
        ] {
            let e = text.parse::<Map>().unwrap_err();
            assert!(e.contains(says), "{text}: {e}");
        }
    }
}
