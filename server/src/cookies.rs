//! Reading and writing our cookies. Each holds a token, and is for the server alone and for the whole site.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use domain::{LinkId, Step};
use services::Token;

/// Which session a cookie holds.
#[derive(Clone, Copy, Debug)]
pub enum SessionCookie {
    /// A staff member's.
    Desk,
    /// A staff member's whose password was right and whose second factor is asked for.
    Pending,
    /// A browser that staff signed in with before: no session, it only tells it from a stranger's.
    Device,
    /// An administrator's, for one link: two invites can be open in one browser.
    Flow(LinkId),
    /// A colleague's, for the one step of a link that was handed over. Not the administrator's own, which may be open in
    /// the same browser.
    Step(LinkId, Step),
}

/// Writes cookies as the public address demands.
#[derive(Clone, Copy, Debug)]
pub struct Cookies {
    /// Whether people come over TLS.
    pub secure: bool,
}

impl Cookies {
    /// The cookie's value in a request.
    #[must_use]
    pub fn read(self, headers: &HeaderMap, cookie: SessionCookie) -> Option<String> {
        let name = self.name(cookie);
        headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|header| header.to_str().ok())
            .flat_map(|header| header.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(found, _)| *found == name)
            .map(|(_, value)| value.to_owned())
    }

    /// A header that sets the cookie.
    #[must_use]
    pub fn set(self, cookie: SessionCookie, token: &Token, valid_seconds: i64) -> Option<HeaderValue> {
        self.header(cookie, token.expose(), valid_seconds)
    }

    /// A header that removes it.
    #[must_use]
    pub fn clear(self, cookie: SessionCookie) -> Option<HeaderValue> {
        self.header(cookie, "", 0)
    }

    fn header(self, cookie: SessionCookie, value: &str, seconds: i64) -> Option<HeaderValue> {
        let secure = if self.secure { "; Secure" } else { "" };
        let text = format!(
            "{}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}",
            self.name(cookie)
        );
        let mut header = HeaderValue::from_str(&text).ok()?;
        header.set_sensitive(true);
        Some(header)
    }

    /// `__Host-` binds a cookie to this very host and to TLS; browsers refuse it over plain http.
    fn name(self, cookie: SessionCookie) -> String {
        let prefix = if self.secure { "__Host-" } else { "" };
        match cookie {
            SessionCookie::Desk => format!("{prefix}linkdesk-desk"),
            SessionCookie::Pending => format!("{prefix}linkdesk-pending"),
            SessionCookie::Device => format!("{prefix}linkdesk-known"),
            SessionCookie::Flow(link) => format!("{prefix}linkdesk-{link}"),
            SessionCookie::Step(link, step) => format!("{prefix}linkdesk-step-{link}-{}", step.as_str()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, HeaderValue::from_static("a=1; linkdesk-desk=abc; linkdesk-desk2=x"));

        let found = Cookies { secure: false }.read(&headers, SessionCookie::Desk);

        assert_eq!(found.as_deref(), Some("abc"));
        assert_eq!(Cookies { secure: true }.read(&headers, SessionCookie::Desk), None);
    }

    #[test]
    fn over_tls_a_cookie_is_bound_to_the_host() {
        let header = Cookies { secure: true }.clear(SessionCookie::Desk).unwrap();

        assert_eq!(
            header.to_str().unwrap(),
            "__Host-linkdesk-desk=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0; Secure"
        );
    }
}
