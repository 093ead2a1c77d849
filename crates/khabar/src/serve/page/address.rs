//! Addresses of pages with what they ask for behind the question mark.

use std::fmt::Write;

/// An address with its questions, in the order in which they were added.
#[derive(Debug, Clone)]
pub(crate) struct Address(String);

impl Address {
    /// The address of a page.
    pub(crate) fn of(page: &str) -> Address {
        Address(page.to_owned())
    }

    /// With one question more; an empty value asks nothing.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Address {
        if value.is_empty() {
            return self;
        }
        self.0.push(if self.0.contains('?') { '&' } else { '?' });
        self.0.push_str(name);
        self.0.push('=');
        self.push(value);
        self
    }

    /// With one step deeper in its path.
    pub(crate) fn into(mut self, step: &str) -> Address {
        self.0.push('/');
        self.push(step);
        self
    }

    /// The address as it stands in a link.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Writes a value so that nothing in it means anything in an address.
    fn push(&mut self, value: &str) {
        for b in value.bytes() {
            match b {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => self.0.push(char::from(b)),
                _ => write!(self.0, "%{b:02X}").unwrap_or_default(),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn what_is_asked_cannot_ask_for_more() {
        let address = Address::of("/").with("q", "a&b=c #d").with("kind", "").with("actor", "Émile’s \"Front\"");
        assert_eq!(address.as_str(), "/?q=a%26b%3Dc%20%23d&actor=%C3%89mile%E2%80%99s%20%22Front%22");
        assert_eq!(Address::of("/actors").into("a/b?").as_str(), "/actors/a%2Fb%3F");
    }
}
