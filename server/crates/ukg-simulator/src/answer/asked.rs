//! A request, as far as an answer depends on it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hyper::header::{AUTHORIZATION, HOST, HeaderName};
use hyper::http::request::Parts;
use hyper::{HeaderMap, Method};

use crate::scenarios::{Account, Scenarios};

const CUSTOMER_API_KEY: HeaderName = HeaderName::from_static("us-customer-api-key");

/// One request's head.
pub(crate) struct Asked<'a> {
    pub(crate) method: &'a Method,
    /// Lower case, without port; empty when the header is missing or holds what no host name does.
    pub(crate) host: String,
    pub(crate) path: &'a str,
    pub(crate) query: &'a str,
    pub(crate) headers: &'a HeaderMap,
    username: Option<String>,
    password: Option<String>,
}

impl<'a> Asked<'a> {
    pub(crate) fn read(head: &'a Parts) -> Self {
        let (username, password) = basic(&head.headers).unzip();
        Self {
            method: &head.method,
            host: host(&head.headers),
            path: head.uri.path(),
            query: head.uri.query().unwrap_or_default(),
            headers: &head.headers,
            username,
            password,
        }
    }

    /// The account the username names, whether the rest is right or not.
    pub(crate) fn account<'s>(&self, scenarios: &'s Scenarios) -> Option<&'s Account> {
        let username = self.username.as_ref()?;
        scenarios.accounts.iter().find(|account| account.username == *username)
    }

    pub(crate) fn has_credentials(&self) -> bool {
        self.headers.contains_key(AUTHORIZATION) || self.headers.contains_key(CUSTOMER_API_KEY)
    }

    /// Compared plainly: what is compared is made up.
    pub(crate) fn credentials_are(&self, key: &str, username: &str, password: &str) -> bool {
        self.headers.get(CUSTOMER_API_KEY).is_some_and(|sent| sent.as_bytes() == key.as_bytes())
            && self.username.as_deref() == Some(username)
            && self.password.as_deref() == Some(password)
    }
}

fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let (scheme, encoded) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (username, password) = decoded.split_once(':')?;
    Some((username.to_owned(), password.to_owned()))
}

/// Only what can stand in a host name, because answers repeat it in XML and in a header.
fn host(headers: &HeaderMap) -> String {
    let sent = headers.get(HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let name = sent.rsplit_once(':').map_or(sent, |(name, _)| name);
    if name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.')) {
        name.to_ascii_lowercase()
    } else {
        String::new()
    }
}
