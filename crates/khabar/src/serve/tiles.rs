//! Tiles of maps from a server of one's own, for who wants more than outlines of countries.

use std::str::FromStr;

/// Where tiles are: the one place besides this server that pages may take pictures from.
///
/// *Shape*: read from `https://tiles.example/{z}/{x}/{y}.png`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tiles {
    /// The address, with `{z}`, `{x}` and `{y}` where the tile is named.
    pub(crate) address: String,
    /// Scheme, host and port.
    pub(crate) origin: String,
}

impl FromStr for Tiles {
    type Err = String;

    fn from_str(s: &str) -> Result<Tiles, String> {
        let wrong =
            || format!("`{s}` is no address of tiles; write it like https://tiles.example/{{z}}/{{x}}/{{y}}.png");
        let (scheme, rest) = s.split_once("://").ok_or_else(wrong)?;
        let (host, path) = rest.split_once('/').ok_or_else(wrong)?;
        // The origin stands in a header of every answer: nothing in it may mean anything there.
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
        let named = ["{z}", "{x}", "{y}"].iter().all(|part| path.contains(part));
        let sound = matches!(scheme, "http" | "https") && !host.is_empty() && host.chars().all(plain);
        if !named || !sound || !path.chars().all(|c| c.is_ascii_graphic()) {
            return Err(wrong());
        }
        Ok(Tiles { address: s.to_owned(), origin: format!("{scheme}://{host}") })
    }
}

#[cfg(test)]
mod tests {
    use super::Tiles;

    #[test]
    fn only_addresses_of_tiles_are_taken() {
        let of = |s: &str| s.parse::<Tiles>().map(|t| t.origin).ok();
        assert_eq!(of("https://tiles.example:8080/{z}/{x}/{y}.png").as_deref(), Some("https://tiles.example:8080"));
        assert_eq!(of("http://[::1]:90/{z}/{x}/{y}@2x.webp?k=1").as_deref(), Some("http://[::1]:90"));
        for bad in [
            "https://a; script-src */{z}/{x}/{y}",
            "ftp://a/{z}/{x}/{y}",
            "https://a/{z}/{x}",
            "{z}/{x}/{y}",
            "https:///{z}{x}{y}",
        ] {
            assert_eq!(of(bad), None, "{bad}");
        }
    }
}
