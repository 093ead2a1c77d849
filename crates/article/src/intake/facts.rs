//! Facts about the article, from where pages state them: JSON-LD, OpenGraph, `meta`, elements, the address.
//!
//! Each place is read on its own and keeps what it says; [`Facts::best`] takes the most trusted. Days of change are
//! never taken for days of publication.

mod jsonld;

use super::{address, dateline, days};
use crate::{Basis, Found, Published, fold};
use dom_query::{Document, NodeRef};

pub(super) use jsonld::read as json_ld;

/// What was found about the article, by place of finding.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) outlet: Vec<Found<String>>,
    pub(super) url: Vec<Found<String>>,
    pub(super) title: Vec<Found<String>>,
    pub(super) byline: Vec<Found<String>>,
    pub(super) published: Vec<Found<Published>>,
}

/// Longest fact that is believed, in bytes.
const LONGEST: usize = 400;

/// `meta` names that say the same, each followed by its basis; order counts within one basis.
const TITLE: [(&str, Basis); 6] = [
    ("og:title", Basis::OpenGraph),
    ("citation_title", Basis::Meta),
    ("parsely-title", Basis::Meta),
    ("dc.title", Basis::Meta),
    ("sailthru.title", Basis::Meta),
    ("twitter:title", Basis::Meta),
];
const OUTLET: [(&str, Basis); 5] = [
    ("og:site_name", Basis::OpenGraph),
    ("citation_journal_title", Basis::Meta),
    ("dc.publisher", Basis::Meta),
    ("publisher", Basis::Meta),
    ("application-name", Basis::Meta),
];
const BYLINE: [(&str, Basis); 8] = [
    ("article:author_name", Basis::OpenGraph),
    ("article:author", Basis::OpenGraph),
    ("citation_author", Basis::Meta),
    ("parsely-author", Basis::Meta),
    ("dc.creator", Basis::Meta),
    ("sailthru.author", Basis::Meta),
    ("byl", Basis::Meta),
    ("author", Basis::Meta),
];
const PUBLISHED: [(&str, Basis); 14] = [
    ("article:published_time", Basis::OpenGraph),
    ("og:published_time", Basis::OpenGraph),
    ("og:article:published_time", Basis::OpenGraph),
    ("citation_publication_date", Basis::Meta),
    ("citation_date", Basis::Meta),
    ("parsely-pub-date", Basis::Meta),
    ("dc.date.issued", Basis::Meta),
    ("dcterms.created", Basis::Meta),
    ("dc.date", Basis::Meta),
    ("sailthru.date", Basis::Meta),
    ("datepublished", Basis::Meta),
    ("pubdate", Basis::Meta),
    ("publish-date", Basis::Meta),
    ("date", Basis::Meta),
];

impl Facts {
    /// Notes a fact if there is something in it.
    pub(super) fn note(list: &mut Vec<Found<String>>, value: &str, basis: Basis) {
        let value = super::squeeze(value);
        if !value.is_empty() && value.len() <= LONGEST && value.chars().any(char::is_alphanumeric) {
            list.push(Found { value, basis });
        }
    }

    /// Notes a day of publication if `value` is one.
    pub(super) fn note_published(&mut self, value: &str, basis: Basis) {
        self.published.extend(days::field(value).map(|value| Found { value, basis }));
    }

    /// Notes who wrote it, without "By"; addresses are no names.
    pub(super) fn note_byline(&mut self, value: &str, basis: Basis) {
        let value = super::squeeze(value);
        let value = match value.split_once(' ') {
            Some((first, rest)) if dateline::words("byline").any(|b| b == fold(first)) => rest,
            _ => &value,
        };
        if value.len() <= 150 && !value.contains("://") && !value.contains('@') {
            Self::note(&mut self.byline, value, basis);
        }
    }

    /// Notes what a class or relation marks as the byline.
    pub(super) fn element_byline(&mut self, value: Option<&str>) {
        if let Some(v) = value.filter(|v| v.len() <= 100) {
            self.note_byline(v, Basis::Element);
        }
    }

    /// Notes the address that the input came from or that a record or page gives.
    pub(super) fn address(&mut self, url: &str) {
        self.note_url(url, Basis::Address);
    }

    pub(super) fn note_url(&mut self, url: &str, basis: Basis) {
        self.url.extend(address::normal(url).map(|value| Found { value, basis }));
    }

    /// Fills in what the best address tells and puts each list in order of trust.
    pub(super) fn settle(&mut self) {
        for list in [&mut self.url, &mut self.title, &mut self.byline, &mut self.outlet] {
            list.sort_by_key(|f| trust(f.basis));
        }
        if let Some(url) = self.url.first() {
            self.outlet.extend(address::host(&url.value).map(|value| Found { value, basis: Basis::Address }));
            let day = address::day(&url.value).map(|date| Published { date, time: None });
            self.published.extend(day.map(|value| Found { value, basis: Basis::Address }));
        }
        self.published.sort_by_key(|f| trust(f.basis));
        let outlets: Vec<String> = self.outlet.iter().map(|o| fold(&o.value)).collect();
        for title in &mut self.title {
            if title.basis >= Basis::JsonLd {
                title.value = without_outlet(&title.value, &outlets);
            }
        }
    }
}

/// How far a place of finding is trusted, least first: what was filed with the article, then what the publisher's
/// program wrote, then what stands in the text, then guesses from elements and address.
fn trust(basis: Basis) -> u8 {
    match basis {
        Basis::Header => 0,
        Basis::Record => 1,
        Basis::JsonLd => 2,
        Basis::OpenGraph => 3,
        Basis::Meta => 4,
        Basis::Dateline => 5,
        Basis::Line => 6,
        Basis::Element => 7,
        Basis::Address => 8,
    }
}

/// Reads the `meta`, `link`, `time`, `title` and heading elements of a page.
pub(super) fn page(document: &Document, facts: &mut Facts) {
    let mut metas: Vec<(String, String)> = Vec::new();
    let mut headings = Vec::new();
    let mut times = Vec::new();
    for node in document.root().descendants_it().filter(|n| n.is_element()) {
        let name = node.node_name();
        match name.as_deref().unwrap_or("") {
            "meta" => {
                let key = ["property", "name", "itemprop"].iter().find_map(|k| node.attr(k));
                if let (Some(k), Some(v)) = (key, node.attr("content")) {
                    metas.push((k.to_ascii_lowercase(), v.to_string()));
                }
            }
            "link" if attr_is(&node, "rel", "canonical") => facts.note_url(&node.attr_or("href", ""), Basis::Element),
            "title" if facts.title.iter().all(|t| t.basis != Basis::Element) => {
                Facts::note(&mut facts.title, &node.text(), Basis::Element)
            }
            "h1" => headings.push(super::squeeze(&node.text())),
            "time" => times.push((
                time_rank(&node, headings.is_empty()),
                node.attr("datetime").map_or_else(|| node.text().to_string(), |d| d.to_string()),
            )),
            _ if node.has_attr("itemprop") && attr_is(&node, "itemprop", "datepublished") => {
                times.push((0, node.attr("content").map_or_else(|| node.text().to_string(), |d| d.to_string())))
            }
            _ => {}
        }
    }
    for (wanted, basis) in TITLE {
        of(&metas, wanted).for_each(|v| Facts::note(&mut facts.title, v, basis));
    }
    for (wanted, basis) in OUTLET {
        of(&metas, wanted).for_each(|v| Facts::note(&mut facts.outlet, v, basis));
    }
    for (wanted, basis) in BYLINE {
        of(&metas, wanted).for_each(|v| facts.note_byline(v, basis));
    }
    for (wanted, basis) in PUBLISHED {
        of(&metas, wanted).for_each(|v| facts.note_published(v, basis));
    }
    of(&metas, "og:url").for_each(|v| facts.note_url(v, Basis::OpenGraph));
    // A page with one main heading names its article there; the title element names the site too, so it comes second.
    if let [only] = headings.as_slice()
        && only.split(' ').count() >= 3
    {
        facts.title.retain(|t| t.basis != Basis::Element);
        Facts::note(&mut facts.title, only, Basis::Element);
    }
    times.sort_by_key(|(rank, _)| *rank);
    if let Some((_, t)) = times.iter().find(|(rank, t)| *rank < 3 && days::field(t).is_some()) {
        facts.note_published(t, Basis::Element);
    }
}

fn of<'a>(metas: &'a [(String, String)], wanted: &'a str) -> impl Iterator<Item = &'a str> {
    metas.iter().filter(move |(k, _)| k == wanted).map(|(_, v)| v.as_str())
}

/// How likely a `time` element is to hold the day of publication: 0 marked as such, 1 after the heading, 2 before it,
/// 3 marked as something else.
fn time_rank(node: &NodeRef, before_heading: bool) -> u8 {
    let marks = format!("{} {} {}", node.attr_or("class", ""), node.attr_or("itemprop", ""), node.attr_or("id", ""))
        .to_ascii_lowercase();
    if node.has_attr("pubdate") || marks.contains("publi") {
        0
    } else if marks.contains("modif") || marks.contains("updat") || marks.contains("comment") {
        3
    } else {
        1 + u8::from(before_heading)
    }
}

fn attr_is(node: &NodeRef, name: &str, value: &str) -> bool {
    node.attr(name).is_some_and(|v| v.eq_ignore_ascii_case(value))
}

/// The title without " | Outlet" or " - Outlet" at its end.
fn without_outlet(title: &str, outlets: &[String]) -> String {
    let Some((at, mark)) =
        [" | ", " - ", " – ", " — ", " :: "].iter().filter_map(|m| title.rfind(m).map(|i| (i, m))).max()
    else {
        return title.to_owned();
    };
    let tail = fold(title[at + mark.len()..].trim());
    let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let named = outlets.iter().any(|o| {
        let (a, b) = (letters(o), letters(&tail));
        !b.is_empty() && (a == b || (b.len() >= 4 && a.contains(&b)) || (a.len() >= 4 && b.contains(&a)))
    });
    if named { title[..at].trim_end().to_owned() } else { title.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_lose_the_outlet_only() {
        let outlets = ["halcyon wire".to_owned(), "halcyon-wire.example".to_owned()];
        assert_eq!(without_outlet("Blast in Kunduz | Halcyon Wire", &outlets), "Blast in Kunduz");
        assert_eq!(without_outlet("Blast in Kunduz - World - Halcyon-Wire", &outlets), "Blast in Kunduz - World");
        assert_eq!(without_outlet("Blast in Kunduz - nine dead", &outlets), "Blast in Kunduz - nine dead");
    }
}
