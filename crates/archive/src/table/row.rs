//! One row of a table as an article and what it says.
//!
//! The row itself is the article: its text is the row written out, `column: value` a line, so that every value of the
//! account still points at bytes of a stored text, and the row stays whole beside what was made of it.

use super::map::{From, Map};
use account::{
    Account, Actors, Binding, Date, DateBasis, Figure, Kind, Measure, Mention, Place, Precision, Stage, Standing, Value,
};
use article::{Edtf, Entry, EntryKind, Gazetteer, Span, fold};

/// The rule that values of tables are read by.
const BY: &str = "table";

/// A row with its text, and where each cell stands in it.
pub(crate) struct Row<'a> {
    pub(crate) map: &'a Map,
    pub(crate) actors: &'a Actors,
    pub(crate) header: &'a [String],
    pub(crate) cells: Vec<String>,
    /// Where each cell stands in the text.
    spans: Vec<Span>,
    pub(crate) text: String,
}

/// A cell that cannot be read: its column, and what is wrong.
pub(crate) type Wrong = (String, String);

/// The value of a cell, as the map means it, and where it stands.
struct Cell {
    column: String,
    raw: String,
    value: String,
    span: Span,
}

impl<'a> Row<'a> {
    /// A row whose text stands at `at` in its article.
    pub(crate) fn new(map: &'a Map, actors: &'a Actors, header: &'a [String], cells: Vec<String>, at: usize) -> Self {
        let mut text = String::new();
        let mut spans = Vec::new();
        for (name, cell) in header.iter().zip(&cells) {
            if cell.is_empty() {
                spans.push(Span::default());
                continue;
            }
            if !text.is_empty() {
                text.push('\n');
            }
            text += name;
            text += ": ";
            let start = at + text.len();
            text += cell;
            spans.push(Span::new(start, at + text.len()));
        }
        Row { map, actors, header, cells, spans, text }
    }

    fn cell(&self, field: &str, from: &From) -> Option<Cell> {
        let name = match from {
            From::Column(name) => name,
            From::Fixed(value) => {
                let (column, raw, value) = (String::new(), value.clone(), value.clone());
                return Some(Cell { column, raw, value, span: Span::default() });
            }
        };
        let i = self.header.iter().position(|h| h == name)?;
        let raw = self.cells.get(i).filter(|c| !c.is_empty() && !self.map.empty.contains(c))?;
        let value = self.map.meaning(field, raw)?.to_owned();
        Some(Cell { column: name.clone(), raw: raw.clone(), value, span: self.spans[i] })
    }

    fn first(&self, field: &str) -> Option<Cell> {
        self.map.of(field).first().and_then(|s| self.cell(field, s.first()?))
    }

    /// The value of a field that is no more than text.
    pub(crate) fn plain(&self, field: &str) -> Option<String> {
        self.first(field).map(|c| c.value)
    }

    /// What tells the row's article from others; nothing if each row is one.
    pub(crate) fn article(&self) -> Option<Vec<String>> {
        let sources = self.map.of("article").first()?;
        Some(sources.iter().map(|s| self.cell("article", s).map(|c| c.value).unwrap_or_default()).collect())
    }

    /// Outlets that the row names as its source.
    pub(crate) fn sources(&self) -> Vec<Value<String>> {
        let cells = self.map.of("source").iter().filter_map(|s| self.cell("source", s.first()?));
        cells.map(|c| Value { evidence: vec![c.span], value: c.value, by: BY.to_owned() }).collect()
    }

    /// The day of publication.
    pub(crate) fn published(&self) -> Result<Option<Edtf>, Wrong> {
        self.first("published").map(|c| self.date_of(&c)).transpose()
    }

    /// What the row says. *Errors*: the first cell that cannot be read.
    pub(crate) fn account(&self) -> Result<Account, Wrong> {
        let kinds = self.kinds()?;
        let named = |c: Cell| match Stage::named(&c.value) {
            Some(stage) => Ok(value(stage, c.span)),
            None => Err(none_of(&c, "stage", Stage::ALL.iter().map(|s| s.name()))),
        };
        let stage = self.first("stage").map(named).transpose()?;
        let mentions = |field: &str| -> Vec<Mention> {
            let cells = self.map.of(field).iter().filter_map(|s| self.cell(field, s.first()?));
            cells.map(|c| Mention { words: c.value, span: c.span, by: BY.to_owned() }).collect()
        };
        let date = self.date()?;
        let mut figures = Vec::new();
        for m in Measure::ALL {
            figures.extend(self.figure(*m)?);
        }
        let stage = stage.unwrap_or_else(|| Value { value: Stage::Occurred, evidence: Vec::new(), by: BY.to_owned() });
        Ok(Account {
            date,
            place: self.place()?,
            figures,
            perpetrators: self.perpetrators()?,
            targets: mentions("target"),
            victims: mentions("victim"),
            weapons: mentions("weapon"),
            ..Account::new(kinds, stage)
        })
    }

    fn kinds(&self) -> Result<Vec<Value<Kind>>, Wrong> {
        let mut out: Vec<Value<Kind>> = Vec::new();
        for c in self.map.of("kind").iter().filter_map(|s| self.cell("kind", s.first()?)) {
            for name in c.value.split_whitespace() {
                let Some(kind) = Kind::named(name) else {
                    return Err(none_of(&c, "kind", Kind::ALL.iter().map(|k| k.name())));
                };
                if !out.iter().any(|k| k.value == kind) {
                    out.push(value(kind, c.span));
                }
            }
        }
        if out.is_empty() {
            out.push(Value { value: Kind::Other, evidence: Vec::new(), by: BY.to_owned() });
        }
        Ok(out)
    }

    fn date(&self) -> Result<Option<Date>, Wrong> {
        let cells: Vec<Option<Cell>> =
            self.map.of("date").first().into_iter().flatten().map(|s| self.cell("date", s)).collect();
        let evidence: Vec<Span> = cells.iter().flatten().map(|c| c.span).collect();
        let date = match cells.as_slice() {
            [Some(one)] | [Some(one), None] | [None, Some(one)] => self.date_of(one)?,
            [Some(first), Some(last)] => {
                let (a, b) = (self.date_of(first)?, self.date_of(last)?);
                let days = a.days().zip(b.days());
                match days {
                    Some(((a, _), (_, b))) if a <= b => Edtf::between(a, b),
                    _ => return Err((last.column.clone(), format!("`{}` lies before `{}`", last.raw, first.raw))),
                }
            }
            [Some(year), month, day] => {
                let part = |c: &Option<Cell>| c.as_ref().map(|c| format!("-{:0>2}", c.value)).unwrap_or_default();
                let day = if month.is_some() { part(day) } else { String::new() };
                let text = format!("{:0>4}{}{day}", year.value, part(month));
                let none = || (year.column.clone(), format!("`{text}` is no date"));
                text.parse::<Edtf>().ok().filter(|d| d.days().is_some()).ok_or_else(none)?
            }
            _ => return Ok(None),
        };
        Ok(Some(Date { value: date, basis: DateBasis::Explicit, weekday: None, evidence, by: BY.to_owned() }))
    }

    fn date_of(&self, c: &Cell) -> Result<Edtf, Wrong> {
        let (read, like) = match &self.map.date_format {
            Some(f) => (jiff::civil::Date::strptime(f, &c.value).ok().map(Edtf::day), f.as_str()),
            None => (c.value.parse::<Edtf>().ok().filter(|d| d.days().is_some()), "2024-03-04 or 2024-03"),
        };
        let wrong =
            || (c.column.clone(), format!("`{}` is no date like {like}; set `date-format` or mend the cell", c.raw));
        read.ok_or_else(wrong)
    }

    fn place(&self) -> Result<Option<Place>, Wrong> {
        let cells: Vec<Cell> =
            self.map.of("place").first().into_iter().flatten().filter_map(|s| self.cell("place", s)).collect();
        let (city, admin1, country) = (self.first("city"), self.first("admin1"), self.first("country"));
        if let Some(c) = &country
            && !(c.value.len() == 3 && c.value.bytes().all(|b| b.is_ascii_uppercase()))
        {
            let what = "is no code of a country like MLI; add a line to the map:";
            return Err((c.column.clone(), format!("`{}` {what} country : {} = CODE", c.raw, c.raw)));
        }
        let text = |c: &Option<Cell>| c.as_ref().map(|c| c.value.clone()).unwrap_or_default();
        let narrow = cells.iter().map(|c| c.value.as_str());
        let name = narrow.chain([text(&city).as_str()].into_iter().filter(|c| !c.is_empty())).fold(
            Vec::<String>::new(),
            |mut all, n| {
                if !all.iter().any(|a| a == n) {
                    all.push(n.to_owned());
                }
                all
            },
        );
        let all = [&city, &admin1, &country];
        let evidence: Vec<Span> = cells.iter().chain(all.into_iter().flatten()).map(|c| c.span).collect();
        if cells.is_empty() && all.iter().all(|c| c.is_none()) {
            return Ok(None);
        }
        let precision = match self.first("precision") {
            Some(c) => Precision::named(&c.value)
                .ok_or_else(|| none_of(&c, "precision", Precision::ALL.iter().map(|p| p.name())))?,
            None if !cells.is_empty() => Precision::Site,
            None if city.is_some() => Precision::City,
            None if admin1.is_some() => Precision::Province,
            None => Precision::Country,
        };
        let name =
            if name.is_empty() { text(if admin1.is_some() { &admin1 } else { &country }) } else { name.join(", ") };
        let (city, admin1, country) = (text(&city), text(&admin1), text(&country));
        let entry = entry(&city, &admin1, &country);
        let at = self.at()?.or(entry.map(|e| (e.lat, e.lon)));
        let entry = entry.map(|e| e.id);
        Ok(Some(Place { name, city, admin1, country, precision, at, entry, evidence, by: BY.to_owned() }))
    }

    fn at(&self) -> Result<Option<(f32, f32)>, Wrong> {
        let degrees = |field: &str, most: f32| {
            let read = |c: Cell| match c.value.replace(',', ".").parse::<f32>() {
                Ok(n) if n.abs() <= most => Ok(n),
                _ => Err((c.column, format!("`{}` is no {field} in degrees", c.raw))),
            };
            self.first(field).map(read).transpose()
        };
        Ok(degrees("latitude", 90.0)?.zip(degrees("longitude", 180.0)?))
    }

    fn figure(&self, measure: Measure) -> Result<Option<Figure>, Wrong> {
        let field = measure.name();
        let Some(sources) = self.map.of(field).first() else { return Ok(None) };
        let cells: Vec<Option<Cell>> = sources.iter().map(|s| self.cell(field, s)).collect();
        let low = cells.first().and_then(Option::as_ref);
        let high = cells.last().and_then(Option::as_ref);
        let (Some(one), Some(last)) = (low.or(high), high.or(low)) else { return Ok(None) };
        let (from, to) = (low.map(number).transpose()?, high.map(number).transpose()?);
        if let (Some(a), Some(b)) = (from, to)
            && a > b
        {
            return Err((last.column.clone(), format!("`{}` is less than `{}`", last.raw, one.raw)));
        }
        // Two cells are one evidence only where little stands between them.
        let both = one.span.join(last.span);
        let near = last.span.start >= one.span.start && both.len() <= 80;
        Ok(Some(Figure {
            measure,
            low: from,
            high: to,
            words: one.raw.clone(),
            who: String::new(),
            said_by: Vec::new(),
            total: true,
            span: if near { both } else { one.span },
            by: BY.to_owned(),
        }))
    }

    fn perpetrators(&self) -> Result<Vec<Binding>, Wrong> {
        let mut out: Vec<Binding> = Vec::new();
        for sources in self.map.of("perpetrator") {
            let mut cells = sources.iter();
            let Some(name) = cells.next().and_then(|s| self.cell("perpetrator", s)) else { continue };
            let mut evidence = vec![name.span];
            let status = match cells.next() {
                None => Standing::Stated,
                Some(from) => {
                    // A standing that says nothing means that the actor is none of the perpetrators.
                    let Some(c) = self.cell("standing", from) else { continue };
                    evidence.push(c.span);
                    Standing::named(&c.value)
                        .ok_or_else(|| none_of(&c, "standing", Standing::ALL.iter().map(|s| s.name())))?
                }
            };
            let actor = self.actors.find(&name.value).map_or_else(|| fold(&name.value), |a| a.key.clone());
            if !out.iter().any(|b| b.actor == actor && b.status == status) {
                let (said_by, by) = (Vec::new(), BY.to_owned());
                out.push(Binding { name: name.value, actor, status, said_by, evidence, by });
            }
        }
        Ok(out)
    }
}

fn value<T>(value: T, span: Span) -> Value<T> {
    Value { value, evidence: vec![span], by: BY.to_owned() }
}

/// A whole number, also as spreadsheets write it ("8.0").
fn number(c: &Cell) -> Result<u64, Wrong> {
    let digits = c.value.strip_suffix(".0").unwrap_or(&c.value);
    digits.parse().map_err(|_| (c.column.clone(), format!("`{}` is no number of people", c.raw)))
}

fn none_of<'a>(c: &Cell, what: &str, names: impl Iterator<Item = &'a str>) -> Wrong {
    let names = names.collect::<Vec<_>>().join(", ");
    let column = c.column.clone();
    (column, format!("`{}` is no {what}; add a line to the map: {what} : {} = one of {names}", c.raw, c.raw))
}

/// The city in the gazetteer: that of the province if the name is there, else the country's largest of the name.
fn entry(city: &str, admin1: &str, country: &str) -> Option<Entry<'static>> {
    if city.is_empty() {
        return None;
    }
    let gazetteer = Gazetteer::builtin();
    let of_name = gazetteer.lookup(&fold(city)).filter(|c| !c.demonym).filter_map(|c| gazetteer.entry(c.entry));
    let cities = of_name.filter(|e| e.kind == EntryKind::City && e.country == country);
    cities.max_by_key(|e| (fold(e.admin1) == fold(admin1), e.population, std::cmp::Reverse(e.id)))
}
