//! Addresses: normal form, and what they say about the article (outlet, day).

use crate::Edtf;
use regex::Regex;
use std::sync::LazyLock;
use url::Url;

/// Query parameters that say where the reader came from, not which article it is.
static TRACKING: &str = include_str!("../../../../language/en/tracking.txt");

static SLUG_DAY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[/\-_])((?:19|20)\d\d)[/\-_]?(0[1-9]|1[0-2])[/\-_]?(0[1-9]|[12]\d|3[01])(?:[/\-_.]|$)")
        .expect("is valid")
});

/// The input's name as a normalised address, if it is one.
pub(super) fn of_input(name: &str) -> Option<String> {
    normal(name)
}

/// Lower-case host, no fragment, no tracking parameters, no trailing slash; `None` if it is no http(s) address.
pub(super) fn normal(address: &str) -> Option<String> {
    let mut url =
        Url::parse(address.trim()).ok().filter(|u| matches!(u.scheme(), "http" | "https") && u.host_str().is_some())?;
    url.set_fragment(None);
    let kept: Vec<(String, String)> =
        url.query_pairs().filter(|(k, _)| !is_tracking(k)).map(|(k, v)| (k.into_owned(), v.into_owned())).collect();
    url.set_query(None);
    if !kept.is_empty() {
        url.query_pairs_mut().extend_pairs(kept);
    }
    let mut s = url.to_string();
    if url.query().is_none() {
        s.truncate(s.trim_end_matches('/').len());
    }
    Some(s)
}

/// The host without `www.`, for an outlet that is named nowhere else.
pub(super) fn host(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let host = url.host_str()?;
    Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
}

/// The day in the path: `/2024/03/04/`, `2024-03-04-title`, `20240304`.
pub(super) fn day(address: &str) -> Option<Edtf> {
    let url = Url::parse(address).ok()?;
    let c = SLUG_DAY.captures(url.path())?;
    let n = |i: usize| c[i].parse::<i16>().ok();
    let date = jiff::civil::Date::new(n(1)?, n(2)? as i8, n(3)? as i8).ok()?;
    Some(Edtf::day(date))
}

fn is_tracking(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    TRACKING.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).any(|l| match l.strip_suffix('*') {
        Some(start) => key.starts_with(start),
        None => key == l,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_one_form() {
        let n = |s| normal(s).unwrap_or_default();
        assert_eq!(n("HTTPS://WWW.Halcyon.Example/a/B/?utm_source=x&fbclid=1#top"), "https://www.halcyon.example/a/B");
        assert_eq!(n("https://halcyon.example/?p=12&utm_medium=rss"), "https://halcyon.example/?p=12");
        assert_eq!(n("https://halcyon.example"), "https://halcyon.example");
        assert_eq!(n("file:///etc/passwd"), "");
        assert_eq!(n("a.txt"), "");
    }

    #[test]
    fn the_path_may_tell_the_day() {
        let d = |s| day(s).map(|d| d.to_string()).unwrap_or_default();
        assert_eq!(d("https://e.example/2024/03/04/blast"), "2024-03-04");
        assert_eq!(d("https://e.example/news/blast-20240304.html"), "2024-03-04");
        assert_eq!(d("https://e.example/news/2024-03-04-blast"), "2024-03-04");
        assert_eq!(d("https://e.example/2024/03/blast"), "");
        assert_eq!(d("https://e.example/n/202403041234"), "");
        assert_eq!(d("https://e.example/2023/02/30/x"), "");
    }
}
