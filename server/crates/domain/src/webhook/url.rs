//! Where messages go.

use std::fmt;

/// Where messages go: an absolute address without credentials and fragment. Whether it is a public one is told by
/// whoever connects, each time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookUrl(String);

/// The text is not an address that messages could go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidWebhookUrl {
    /// It does not begin with `https://` (or `http://`) and a host.
    #[error("an address looks like https://example.com/hooks")]
    Unreadable,
    /// There is a user or a password in it.
    #[error("an address holds no user name and no password")]
    Credentials,
    /// There is a `#` in it.
    #[error("an address holds no #")]
    Fragment,
    /// It is longer than anybody needs.
    #[error("an address has at most {} characters", WebhookUrl::LONGEST)]
    TooLong,
}

impl WebhookUrl {
    /// How many characters an address has at most.
    pub const LONGEST: usize = 2_000;

    /// Reads an address. A path may hold anything a request line can.
    ///
    /// # Errors
    /// [`InvalidWebhookUrl`].
    pub fn parse(text: &str) -> Result<Self, InvalidWebhookUrl> {
        let text = text.trim();
        if text.len() > Self::LONGEST {
            return Err(InvalidWebhookUrl::TooLong);
        }
        let (scheme, rest) = text.split_once("://").ok_or(InvalidWebhookUrl::Unreadable)?;
        let scheme = scheme.to_ascii_lowercase();
        let readable = rest.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
        if !matches!(scheme.as_str(), "https" | "http") || !readable {
            return Err(InvalidWebhookUrl::Unreadable);
        }
        if rest.contains('#') {
            return Err(InvalidWebhookUrl::Fragment);
        }
        let (authority, after) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
        if authority.contains('@') {
            return Err(InvalidWebhookUrl::Credentials);
        }
        let host = authority.to_ascii_lowercase();
        if host.is_empty() || host.starts_with(':') || host.contains('%') {
            return Err(InvalidWebhookUrl::Unreadable);
        }
        Ok(Self(format!("{scheme}://{host}{after}")))
    }

    /// The whole address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Scheme, host and port: what may stand in a log. A path can be a receiver's secret.
    #[must_use]
    pub fn origin(&self) -> &str {
        let host = self.0.find("://").map_or(0, |at| at + 3);
        let end =
            self.0.get(host..).and_then(|rest| rest.find(['/', '?'])).map_or(self.0.len(), |at| host + at);
        self.0.get(..end).unwrap_or(&self.0)
    }

    /// Whether it is called over TLS.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }
}

impl fmt::Display for WebhookUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_kept_as_it_is_but_for_the_case_of_its_host() {
        for (typed, kept, origin) in [
            ("https://Example.COM/Hooks?a=B", "https://example.com/Hooks?a=B", "https://example.com"),
            (" HTTPS://example.com ", "https://example.com", "https://example.com"),
            ("http://[::1]:8080/x", "http://[::1]:8080/x", "http://[::1]:8080"),
            ("https://example.com:8443?x=a@b", "https://example.com:8443?x=a@b", "https://example.com:8443"),
        ] {
            let url = WebhookUrl::parse(typed).unwrap();
            assert_eq!((url.as_str(), url.origin()), (kept, origin));
        }
    }

    #[test]
    fn what_is_no_address_is_refused_with_the_reason() {
        use InvalidWebhookUrl as I;
        let long = format!("https://example.com/{}", "x".repeat(2_000));
        for (typed, why) in [
            ("", I::Unreadable),
            ("example.com", I::Unreadable),
            ("ftp://example.com", I::Unreadable),
            ("https://", I::Unreadable),
            ("https:///x", I::Unreadable),
            ("https://:443/", I::Unreadable),
            ("https://exa mple.com/", I::Unreadable),
            ("https://example.com\\@evil.example/", I::Unreadable),
            ("https://127.0.0.1%2f/", I::Unreadable),
            ("https://bücher.example/", I::Unreadable),
            ("https://user:pw@example.com/", I::Credentials),
            ("https://example.com/#x", I::Fragment),
            (long.as_str(), I::TooLong),
        ] {
            assert_eq!(WebhookUrl::parse(typed), Err(why), "{typed}");
        }
    }
}
