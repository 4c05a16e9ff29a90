//! The headers of every request: two of them are the credentials (`ukg-pro.md` §1).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::header::{ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use zeroize::Zeroizing;

use crate::settings::Credentials;

/// The header that names the tenant; header names know no letter case.
const CUSTOMER_API_KEY: HeaderName = HeaderName::from_static("us-customer-api-key");

/// The headers that carry these credentials; `None` when the key holds what no header can carry (control
/// characters, letters beyond ASCII). Such a key cannot be right: no client could ever have sent it.
///
/// The buffers made here are wiped. The header values themselves are not (the HTTP library owns them); they live as
/// long as the check.
pub(crate) fn headers(credentials: &Credentials) -> Option<HeaderMap> {
    let mut headers = HeaderMap::new();
    // UKG's services speak JSON or XML, as asked (`ukg-pro.md` §1).
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    headers.insert(CUSTOMER_API_KEY, sensitive(credentials.customer_api_key.expose())?);
    headers.insert(AUTHORIZATION, sensitive(&basic(credentials))?);
    Some(headers)
}

/// A value that `Debug` and header compression leave out.
fn sensitive(text: &str) -> Option<HeaderValue> {
    // Bytes beyond ASCII are allowed in a header, but no two servers agree on what they mean.
    let mut value = text.is_ascii().then(|| HeaderValue::from_str(text).ok()).flatten()?;
    value.set_sensitive(true);
    Some(value)
}

/// `Basic` and the base64 of `username:password` (RFC 7617), in UTF-8.
fn basic(credentials: &Credentials) -> Zeroizing<String> {
    const SCHEME: &str = "Basic ";
    let username = credentials.username.expose();
    let password = credentials.password.expose();
    // Room for everything at once: a buffer that grows leaves copies of itself behind.
    let mut plain = Zeroizing::new(String::with_capacity(username.len() + 1 + password.len()));
    plain.push_str(username);
    plain.push(':');
    plain.push_str(password);
    let mut encoded = Zeroizing::new(String::with_capacity(SCHEME.len() + plain.len().div_ceil(3) * 4));
    encoded.push_str(SCHEME);
    STANDARD.encode_string(plain.as_bytes(), &mut encoded);
    encoded
}

#[cfg(test)]
mod tests {
    use domain::Secret;

    use super::*;

    fn credentials(key: &str, username: &str, password: &str) -> Credentials {
        Credentials {
            customer_api_key: Secret::new(key.into()),
            username: Secret::new(username.into()),
            password: Secret::new(password.into()),
        }
    }

    #[test]
    fn the_credentials_are_two_headers_whose_debug_shows_nothing() {
        let headers = headers(&credentials("QX7MC", "Aladdin", "open sesame")).unwrap();

        assert_eq!(headers["US-Customer-Api-Key"], "QX7MC");
        assert_eq!(headers["Authorization"], "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        let shown = format!("{headers:?}");
        assert!(!shown.contains("QX7MC") && !shown.contains("QWxh"), "{shown}");
    }

    #[test]
    fn a_password_of_any_characters_can_be_sent() {
        let pass = "p:ä+/|\\;!()*#@^._{}]%\n";
        let headers = headers(&credentials("QX7MC", "svc", pass)).unwrap();

        let sent = headers["Authorization"].to_str().unwrap().strip_prefix("Basic ").unwrap();
        assert_eq!(STANDARD.decode(sent).unwrap(), format!("svc:{pass}").into_bytes());
    }

    #[test]
    fn a_key_that_no_header_can_carry_is_not_sent() {
        for key in ["QX7\nC", "QX7MÇ", "QX\u{0}MC", "a\r\nX-Evil: 1"] {
            assert!(headers(&credentials(key, "u", "p")).is_none(), "{key:?}");
        }
    }

    #[test]
    fn the_encoding_buffer_never_grows() {
        for length in 0..50 {
            let made = basic(&credentials("k", &"u".repeat(length), "secret"));
            assert!(made.capacity() >= made.len() && made.capacity() < made.len() + 8);
        }
    }
}
