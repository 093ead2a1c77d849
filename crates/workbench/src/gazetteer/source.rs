//! The sources of the gazetteer, as they are.

use anyhow::{Context, bail};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Everything that the gazetteer is compiled from.
pub(super) struct Source {
    /// Places by GeoNames number.
    pub(super) cities: BTreeMap<u32, City>,
    /// Countries by two-letter code.
    pub(super) countries: BTreeMap<String, Country>,
    /// Further printed names of countries by two-letter code, from ISO 3166-1.
    pub(super) iso_countries: Vec<IsoCountry>,
    /// First-level divisions of ISO 3166-2.
    pub(super) divisions: Vec<Division>,
    /// Places with the names of the divisions they lie in.
    pub(super) told: Vec<Told>,
    /// The same as of 2015, for names that are no longer official.
    pub(super) former: Vec<Told>,
    /// Counties of the United States.
    pub(super) counties: Vec<County>,
    /// Continents by code.
    pub(super) continents: BTreeMap<String, Continent>,
    /// Lower-case English words.
    pub(super) words: BTreeSet<String>,
    /// `gazetteer/provinces.txt`.
    pub(super) seats: Vec<Seat>,
    /// `gazetteer/countries.txt`: three-letter code to the middle.
    pub(super) middles: BTreeMap<String, (f32, f32)>,
    /// `language/en/place-aliases.txt` by three-letter code.
    pub(super) aliases: BTreeMap<String, Vec<String>>,
    /// `language/en/demonyms.txt` by three-letter code.
    pub(super) demonyms: BTreeMap<String, Vec<String>>,
    /// `language/en/place-regions.txt`.
    pub(super) regions: Vec<Region>,
    /// `language/en/place-given-names.txt`.
    pub(super) given_names: BTreeSet<String>,
    /// `language/en/place-kinds.txt`: all words for kinds of places.
    pub(super) kinds: BTreeSet<String>,
    /// The English ones among them.
    pub(super) english: BTreeSet<String>,
    /// Its words that join a kind and a name: "of".
    pub(super) joining: BTreeSet<String>,
    /// `language/en/place-short.txt`: words of names with their short forms.
    pub(super) short: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
pub(super) struct City {
    pub(super) name: String,
    pub(super) latitude: f32,
    pub(super) longitude: f32,
    pub(super) countrycode: String,
    pub(super) population: u32,
    pub(super) admin1code: String,
    pub(super) alternatenames: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct Country {
    pub(super) name: String,
    pub(super) iso3: String,
    pub(super) population: u32,
    pub(super) capital: String,
}

#[derive(Deserialize)]
pub(super) struct IsoCountry {
    pub(super) alpha_3: String,
    pub(super) name: String,
    pub(super) official_name: Option<String>,
    pub(super) common_name: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Division {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) parent: Option<String>,
}

/// A place as a source of divisions tells it.
#[derive(Deserialize)]
pub(super) struct Told {
    #[serde(alias = "lat")]
    pub(super) latitude: f32,
    #[serde(alias = "lon")]
    pub(super) longitude: f32,
    #[serde(alias = "cc")]
    pub(super) country_code: String,
    /// Name of the first-level division; may be empty.
    #[serde(default, alias = "admin1")]
    pub(super) state: String,
    /// Name of the second-level division; may be empty.
    #[serde(default, alias = "admin2")]
    pub(super) county: String,
}

#[derive(Deserialize)]
pub(super) struct County {
    pub(super) name: String,
    pub(super) state: String,
}

#[derive(Deserialize)]
pub(super) struct Continent {
    #[serde(rename = "asciiName")]
    pub(super) name: String,
    pub(super) lat: String,
    pub(super) lng: String,
}

/// A place that tells a province.
pub(super) struct Seat {
    /// Two-letter code.
    pub(super) country: String,
    pub(super) place: String,
    pub(super) names: Vec<String>,
    /// The province's middle, where its places do not tell it.
    pub(super) middle: Option<(f32, f32)>,
}

pub(super) struct Region {
    pub(super) lat: f32,
    pub(super) lon: f32,
    /// Three-letter code of the one country it lies in.
    pub(super) country: Option<String>,
    pub(super) names: Vec<String>,
}

impl Source {
    /// Reads `dir`, made by `gazetteer/fetch.sh`, and the lists under `root`.
    pub(super) fn read(dir: &Path, root: &Path) -> anyhow::Result<Source> {
        let cities: BTreeMap<String, City> = json(&dir.join("cities500.json"))?;
        let cities = cities.into_iter().map(|(id, c)| Ok((id.parse()?, c))).collect::<anyhow::Result<_>>()?;
        let iso: BTreeMap<String, Vec<IsoCountry>> = json(&dir.join("iso3166-1.json"))?;
        let divisions: BTreeMap<String, Vec<Division>> = json(&dir.join("iso3166-2.json"))?;
        let words = text(&dir.join("words.txt"))?;
        let former = dir.join("cities1000-2015.csv");
        let former = csv::Reader::from_path(&former)
            .and_then(|mut r| r.deserialize().collect())
            .with_context(|| format!("cannot read {}", former.display()))?;
        let language = root.join("language/en");
        let lists = root.join("gazetteer");
        let mut kinds = lists_by_code(&language.join("place-kinds.txt"))?;
        let joining = kinds.remove("joining").unwrap_or_default().into_iter().collect();
        Ok(Source {
            cities,
            countries: json(&dir.join("countries.json"))?,
            iso_countries: iso.into_values().flatten().collect(),
            divisions: divisions.into_values().flatten().collect(),
            told: json(&dir.join("divisions.json"))?,
            former,
            counties: json(&dir.join("us_counties.json"))?,
            continents: json(&dir.join("continents.json"))?,
            words: words.lines().filter(|w| w.bytes().all(|b| b.is_ascii_lowercase())).map(str::to_owned).collect(),
            seats: seats(&lists.join("provinces.txt"))?,
            middles: middles(&lists.join("countries.txt"))?,
            aliases: lists_by_code(&language.join("place-aliases.txt"))?,
            demonyms: lists_by_code(&language.join("demonyms.txt"))?,
            regions: regions(&language.join("place-regions.txt"))?,
            given_names: lines(&language.join("place-given-names.txt"))?
                .iter()
                .flat_map(|l| l.split_whitespace())
                .map(article::fold)
                .collect(),
            english: kinds.iter().filter(|(k, _)| *k != "abroad").flat_map(|(_, w)| w).cloned().collect(),
            kinds: kinds.into_values().flatten().collect(),
            joining,
            short: lists_by_code(&language.join("place-short.txt"))?,
        })
    }
}

fn text(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

fn json<T: DeserializeOwned>(path: &Path) -> anyhow::Result<T> {
    serde_json::from_str(&text(path)?).with_context(|| format!("{} is not of the expected shape", path.display()))
}

/// The lines of a list, without comments and empty ones.
fn lines(path: &Path) -> anyhow::Result<Vec<String>> {
    let lines = text(path)?;
    Ok(lines.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')).map(str::to_owned).collect())
}

fn list(s: &str) -> Vec<String> {
    s.split(';').map(str::trim).filter(|n| !n.is_empty()).map(str::to_owned).collect()
}

fn lists_by_code(path: &Path) -> anyhow::Result<BTreeMap<String, Vec<String>>> {
    let mut out = BTreeMap::new();
    for line in lines(path)? {
        let Some((code, names)) = line.split_once(':') else { bail!("{}: no colon in `{line}`", path.display()) };
        if out.insert(code.trim().to_owned(), list(names)).is_some() {
            bail!("{}: `{code}` is listed twice", path.display());
        }
    }
    Ok(out)
}

fn seats(path: &Path) -> anyhow::Result<Vec<Seat>> {
    let mut out = Vec::new();
    for line in lines(path)? {
        let Some((country, rest)) = line.split_once(':') else { bail!("{}: no colon in `{line}`", path.display()) };
        for part in rest.split('|') {
            let Some((seat, names)) = part.split_once('=') else { bail!("{}: no `=` in `{part}`", path.display()) };
            let (names, point) = names.split_once('@').map_or((names, None), |(n, p)| (n, Some(p)));
            let middle = point.map(|p| {
                let (lat, lon) = p.trim().split_once(' ').with_context(|| format!("`{p}` is no point"))?;
                anyhow::Ok((lat.parse()?, lon.parse()?))
            });
            out.push(Seat {
                country: country.trim().to_owned(),
                place: seat.trim().to_owned(),
                names: list(names),
                middle: middle.transpose()?,
            });
        }
    }
    Ok(out)
}

fn middles(path: &Path) -> anyhow::Result<BTreeMap<String, (f32, f32)>> {
    let mut out = BTreeMap::new();
    for line in lines(path)? {
        for item in line.split(',').map(str::trim) {
            let parts: Vec<&str> = item.split_whitespace().collect();
            let [code, lat, lon] = parts[..] else { bail!("{}: `{item}` is not CODE LAT LON", path.display()) };
            out.insert(code.to_owned(), (lat.parse()?, lon.parse()?));
        }
    }
    Ok(out)
}

fn regions(path: &Path) -> anyhow::Result<Vec<Region>> {
    let mut out = Vec::new();
    for line in lines(path)? {
        let Some((place, names)) = line.split_once(':') else { bail!("{}: no colon in `{line}`", path.display()) };
        let mut parts = place.split_whitespace();
        let mut degrees = || -> anyhow::Result<f32> {
            let part = parts.next().with_context(|| format!("{}: no point in `{line}`", path.display()))?;
            Ok(part.parse()?)
        };
        let (lat, lon) = (degrees()?, degrees()?);
        out.push(Region { lat, lon, country: parts.next().map(str::to_owned), names: list(names) });
    }
    Ok(out)
}
