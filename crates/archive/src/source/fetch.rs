//! Fetches one address, within limits of time, size, redirects and kind, and from the public internet only.

use super::address::{PublicOnly, REFUSED};
use super::{Options, limited};
use article::Problem;
use encoding_rs::Encoding;
use ureq::Agent;
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::DefaultConnector;

/// Kinds of answers that can be articles.
const KINDS: [&str; 6] = [
    "text/html",
    "application/xhtml+xml",
    "text/plain",
    "application/json",
    "application/ld+json",
    "application/x-ndjson",
];

/// The body of the answer, unpacked; as UTF-8 where only the server says what else it is.
pub(super) fn fetch(address: &str, options: &Options) -> Result<Vec<u8>, Problem> {
    if url::Url::parse(address).is_err() {
        return Err(no_address());
    }
    let mut answer = agent(options).get(address).call().map_err(|e| explain(&e, options))?;
    let kind = answer.headers().get("content-type").and_then(|v| v.to_str().ok()).unwrap_or("text/html");
    let kind = kind.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    if !KINDS.contains(&kind.as_str()) {
        return Err(Problem::new(
            "source/kind",
            format!("The server sent {kind}, which is no article. Give the address of the article's page."),
        ));
    }
    let packed = answer.headers().contains_key("content-encoding");
    let announced = answer.body().content_length().filter(|_| !packed);
    if announced.is_some_and(|n| n > options.max_body) {
        return Err(too_large(options));
    }
    let body = answer.body_mut().with_config().limit(options.max_body + 1).reader();
    match limited(body, options.max_body).map_err(ureq::Error::from) {
        Ok(Some(bytes)) => Ok(recoded(bytes, answer.body().charset())),
        Ok(None) => Err(too_large(options)),
        Err(ureq::Error::Timeout(_)) => Err(slow(options)),
        Err(e) => Err(Problem::new(
            "source/broken",
            format!("The answer broke off or is damaged ({e}). Try again, or save the page in a browser."),
        )),
    }
}

/// The bytes in UTF-8 if they are not clean UTF-8 and are clean in the encoding that the server names.
fn recoded(bytes: Vec<u8>, charset: Option<&str>) -> Vec<u8> {
    let packed = bytes.starts_with(&[0x1f, 0x8b]);
    if packed || Encoding::for_bom(&bytes).is_some() || std::str::from_utf8(&bytes).is_ok() {
        return bytes;
    }
    let named = charset.and_then(|c| Encoding::for_label(c.as_bytes()));
    match named.and_then(|e| e.decode_without_bom_handling_and_without_replacement(&bytes)) {
        Some(text) => text.into_owned().into_bytes(),
        None => bytes,
    }
}

/// No proxy from the environment: a proxy would resolve names itself and lead past the check.
fn agent(options: &Options) -> Agent {
    let config = Agent::config_builder()
        .timeout_connect(Some(options.connect))
        .timeout_global(Some(options.total))
        .max_redirects(options.max_redirects)
        .max_redirects_will_error(true)
        .proxy(None)
        .accept("text/html, text/plain;q=0.9, application/json;q=0.8")
        .user_agent(concat!("khabar/", env!("CARGO_PKG_VERSION")))
        .build();
    if options.allow_private {
        Agent::with_parts(config, DefaultConnector::new(), DefaultResolver::default())
    } else {
        Agent::with_parts(config, DefaultConnector::new(), PublicOnly::default())
    }
}

fn explain(e: &ureq::Error, options: &Options) -> Problem {
    match e {
        ureq::Error::StatusCode(code) => Problem::new(
            "source/status",
            format!("The server answered {code}. Open the address in a browser to see why."),
        ),
        ureq::Error::Timeout(_) => slow(options),
        ureq::Error::TooManyRedirects => {
            let detail = format!(
                "More than {} redirects. Give the address that the page has in a browser.",
                options.max_redirects
            );
            Problem::new("source/redirects", detail)
        }
        ureq::Error::Other(inner) if inner.to_string() == REFUSED => Problem::new(
            "source/private",
            "The address leads to this machine or a private network. Allow private addresses if that is meant.",
        ),
        ureq::Error::HostNotFound => {
            Problem::new("source/unreachable", "There is no such host. Check the address and the connection.")
        }
        ureq::Error::BadUri(_) => no_address(),
        other => unreachable(&other.to_string()),
    }
}

fn no_address() -> Problem {
    Problem::new("source/address", "This is no complete http or https address. Correct it.")
}

fn too_large(options: &Options) -> Problem {
    Problem::new(
        "source/too-large",
        format!("The answer is larger than {} MiB. Fetch the article alone.", options.max_body >> 20),
    )
}

fn slow(options: &Options) -> Problem {
    Problem::new(
        "source/timeout",
        format!("No complete answer within {} seconds. Try again later.", options.total.as_secs()),
    )
}

fn unreachable(why: &str) -> Problem {
    Problem::new("source/unreachable", format!("The connection failed: {why}. Check the address and try again."))
}
