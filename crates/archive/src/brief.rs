//! Incidents as a list shows them: a page of them at a time, whatever their number.
//!
//! Nothing here reads the body of an incident: all of it stands in one index (schema 4), which is looked through in the
//! order of days. The chosen values are those of the default rules.

use crate::error::{Error, Inner};
use crate::find::{Filter, conditions, narrowest};
use crate::store::Archive;
use account::Account;
use incident::Incident;
use rusqlite::types::Value as Column;
use rusqlite::{Connection, Row, params_from_iter};
use std::collections::BTreeMap;

/// What a list shows of an incident; what is unknown is empty.
#[derive(Debug, Clone, PartialEq)]
pub struct Brief {
    /// Its id.
    pub id: String,
    /// The chosen date, EDTF.
    pub date: String,
    /// The chosen place.
    pub place: String,
    /// The chosen country, ISO 3166-1 alpha-3.
    pub country: String,
    /// Names of kinds that accounts name, the most often named first.
    pub kinds: Vec<String>,
    /// The chosen stage.
    pub stage: String,
    /// The dead, lower and upper bound, as [`crate::toll`] gives them.
    pub killed: (Option<u64>, Option<u64>),
    /// Names of disputed fields.
    pub disputed: Vec<String>,
    /// Number of articles.
    pub articles: usize,
    /// Number of independent sources.
    pub independent: usize,
    /// Latitude and longitude of the place in degrees.
    pub at: Option<(f64, f64)>,
    /// How narrow the place is, as [`account::Precision`] names it.
    pub precision: String,
    /// Actors that accounts bind to it: the key, and the longest name as printed.
    pub actors: Vec<(String, String)>,
}

/// By what a list is sorted; ties fall to the day, then the id. What is unknown comes last either way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum By {
    /// The first day on which it may have happened.
    #[default]
    Date,
    /// The dead, by the lower bound.
    Killed,
    /// The number of articles.
    Articles,
    /// The number of independent sources.
    Sources,
    /// The name of the place.
    Place,
}

/// An order of a list.
///
/// *Shape*: read from `date`, `-date` (downwards), `killed`, `articles`, `sources`, `place`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sort {
    /// By what.
    pub by: By,
    /// Whether the greatest comes first.
    pub down: bool,
}

impl std::str::FromStr for Sort {
    type Err = String;

    fn from_str(s: &str) -> Result<Sort, String> {
        let (name, down) = s.strip_prefix('-').map_or((s, false), |rest| (rest, true));
        let by = match name {
            "date" => By::Date,
            "killed" => By::Killed,
            "articles" => By::Articles,
            "sources" => By::Sources,
            "place" => By::Place,
            _ => {
                return Err(format!(
                    "`{s}` is no order; write date, killed, articles, sources or place, with - before it for downwards"
                ));
            }
        };
        Ok(Sort { by, down })
    }
}

impl Sort {
    fn sql(self) -> String {
        let way = if self.down { "DESC" } else { "ASC" };
        let first = match self.by {
            // The index holds this order, either way.
            By::Date => return format!("first_day {way} NULLS LAST, last_day {way}, id {way}"),
            By::Killed => "coalesce(killed_low, killed_high)",
            By::Articles => "articles",
            By::Sources => "independent",
            By::Place => "nullif(place, '')",
        };
        format!("{first} {way} NULLS LAST, first_day DESC, id")
    }
}

/// So many incidents are read one by one sooner than the widest index is looked through.
const FEW: usize = 500;

impl Archive {
    /// How many incidents pass, and those from `offset` on, `limit` at most. *Cost*: grows with the number of incidents, not
    /// with what accounts say of them.
    pub fn page(&self, filter: &Filter, sort: Sort, offset: usize, limit: usize) -> Result<(usize, Vec<Brief>), Error> {
        let run = || -> Inner<(usize, Vec<Brief>)> {
            let (condition, mut values) = conditions(filter);
            let index = narrowest(filter);
            let mut count = self.conn.prepare_cached(&format!("SELECT count(*) FROM {index} WHERE {condition}"))?;
            let total: usize = count.query_row(params_from_iter(&values), |r| r.get(0))?;
            // Days stand in every index; whatever else decides the order stands in the widest alone.
            let few = sort.by == By::Date && index != INDEX && limit <= FEW;
            let (columns, index) = if few { ("id", index) } else { (COLUMNS, INDEX) };
            // With a limit SQLite keeps only as many rows in order, which is faster for few and slower for many.
            let deep = sort.by != By::Date && offset > DEEP;
            let number = |n: usize| Column::Integer(i64::try_from(n).unwrap_or(i64::MAX));
            let mut sql = format!("SELECT {columns} FROM {index} WHERE {condition} ORDER BY {}", sort.sql());
            if !deep {
                sql += &format!(" LIMIT ?{} OFFSET ?{}", values.len() + 1, values.len() + 2);
                values.extend([number(limit), number(offset)]);
            }
            let mut find = self.conn.prepare_cached(&sql)?;
            if few {
                let ids: Vec<String> =
                    find.query_map(params_from_iter(values), |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
                return Ok((total, by_id(&self.conn, &ids)?));
            }
            let mut found = find.query(params_from_iter(values))?;
            let mut skip = if deep { offset } else { 0 };
            let mut rows = Vec::new();
            while rows.len() < limit
                && let Some(row) = found.next()?
            {
                match skip {
                    0 => rows.push(brief(row)?),
                    _ => skip -= 1,
                }
            }
            Ok((total, rows))
        };
        run().map_err(|e| self.blame(e))
    }

    /// Incidents by their ids, in the order of the ids; an id that is none today is passed over.
    pub fn briefs(&self, ids: &[String]) -> Result<Vec<Brief>, Error> {
        by_id(&self.conn, ids).map_err(|e| self.blame(e))
    }
}

/// Behind so many rows a list is put in order as a whole.
const DEEP: usize = 1_000;

fn by_id(conn: &Connection, ids: &[String]) -> Inner<Vec<Brief>> {
    let mut find = conn.prepare_cached(&format!("SELECT {COLUMNS} FROM incident WHERE id = ?1"))?;
    let mut out = Vec::new();
    for id in ids {
        out.extend(find.query_map([id], brief)?.collect::<rusqlite::Result<Vec<_>>>()?);
    }
    Ok(out)
}

/// The index that holds every column of a list; without being told, SQLite takes one that leads to the bodies.
pub(crate) const INDEX: &str = "incident INDEXED BY incident_brief";

const COLUMNS: &str = "id, date, place, country, kinds, stage, killed_low, killed_high, disputes, articles, independent, \
     latitude, longitude, precision, actors";

fn brief(r: &Row<'_>) -> rusqlite::Result<Brief> {
    let text = |at: usize| Ok::<_, rusqlite::Error>(r.get::<_, Option<String>>(at)?.unwrap_or_default());
    let words = |s: String| s.split(' ').filter(|w| !w.is_empty()).map(str::to_owned).collect();
    let people = |at: usize| Ok::<_, rusqlite::Error>(r.get::<_, Option<i64>>(at)?.and_then(|n| u64::try_from(n).ok()));
    let at: (Option<f64>, Option<f64>) = (r.get(11)?, r.get(12)?);
    Ok(Brief {
        id: r.get(0)?,
        date: text(1)?,
        place: text(2)?,
        country: text(3)?,
        kinds: words(text(4)?),
        stage: text(5)?,
        killed: (people(6)?, people(7)?),
        disputed: words(text(8)?),
        articles: r.get(9)?,
        independent: r.get(10)?,
        at: at.0.zip(at.1),
        precision: text(13)?,
        actors: actors(&text(14)?).map(|(key, name)| (key.to_owned(), name.to_owned())).collect(),
    })
}

/// The actors of a column: key and name.
pub(crate) fn actors(column: &str) -> impl Iterator<Item = (&str, &str)> {
    column.lines().filter_map(|l| l.split_once('\t'))
}

/// What the columns of a list hold of an incident.
pub(crate) struct Columns {
    pub(crate) kinds: String,
    pub(crate) actors: String,
    pub(crate) disputes: String,
    pub(crate) at: Option<(f64, f64)>,
    pub(crate) precision: Option<&'static str>,
    pub(crate) weakest: Option<f64>,
}

impl Columns {
    /// `told` are the accounts of `incident` in its order.
    pub(crate) fn of(incident: &Incident, told: &[Option<&Account>]) -> Columns {
        let kinds = crate::find::kinds(told.iter().flatten().copied());
        let disputed = incident.fields.iter().filter(|f| f.disputed).map(|f| f.name.as_str());
        let place = place(incident, told);
        // A metre is finer than any entry of the gazetteer.
        let metre = |degrees: f32| (f64::from(degrees) * 1e5).round() / 1e5;
        let at = place.and_then(|p| p.at).map(|(a, b)| (metre(a), metre(b)));
        Columns {
            kinds: kinds.iter().map(|k| k.name()).collect::<Vec<_>>().join(" "),
            actors: names(told),
            disputes: disputed.collect::<Vec<_>>().join(" "),
            at,
            precision: place.map(|p| p.precision.name()),
            weakest: weakest(incident).map(|j| j.score),
        }
    }
}

/// The join of the lowest score among those that linking made by itself.
pub(crate) fn weakest(incident: &Incident) -> Option<&incident::Join> {
    incident.joins.iter().filter(|j| !j.decided).min_by(|a, b| a.score.total_cmp(&b.score))
}

/// The place of an account that gives the chosen one, an account that knows where it lies before others. A place that a
/// person chose has one only where an account gives it too.
fn place<'a>(incident: &Incident, told: &[Option<&'a Account>]) -> Option<&'a account::Place> {
    let field = incident.fields.iter().find(|f| f.name == "place")?;
    let chosen = field.choice()?;
    let same = field.readings.iter().filter(|r| r.value == chosen.value);
    // Of one name the reading that was chosen goes before those of the same name elsewhere.
    let order = std::iter::once(chosen).chain(same);
    let places: Vec<&account::Place> =
        order.flat_map(|r| &r.accounts).filter_map(|i| (*told.get(*i)?)?.place.as_ref()).collect();
    places.iter().find(|p| p.at.is_some()).or(places.first()).copied()
}

/// Keys of actors with the longest name that is printed for each.
fn names(told: &[Option<&Account>]) -> String {
    let mut by_key: BTreeMap<String, String> = BTreeMap::new();
    for b in told.iter().flatten().flat_map(|a| &a.perpetrators) {
        let plain = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
        let name = plain(b.name.strip_prefix("The ").or(b.name.strip_prefix("the ")).unwrap_or(&b.name));
        let known = by_key.entry(plain(&b.actor)).or_default();
        if (name.len(), std::cmp::Reverse(&name)) > (known.len(), std::cmp::Reverse(known)) {
            *known = name;
        }
    }
    by_key.into_iter().map(|(key, name)| format!("{key}\t{name}\n")).collect()
}
