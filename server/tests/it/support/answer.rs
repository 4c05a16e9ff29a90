//! A response, read to its end.

use axum::body::to_bytes;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

/// A response, read to its end.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub async fn read(response: Response) -> Self {
        let (parts, body) = response.into_parts();
        // A stream of events goes on as long as somebody listens: tests about it listen by themselves.
        let streams = parts.headers.get(CONTENT_TYPE).is_some_and(|kind| kind == "text/event-stream");
        let body = if streams { Vec::new() } else { to_bytes(body, 1 << 24).await.unwrap().to_vec() };
        Self { status: parts.status, headers: parts.headers, body }
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// Where it redirects to; fails when it does not.
    pub fn location(&self) -> &str {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.text());
        self.header(LOCATION.as_str()).unwrap()
    }

    pub fn set_cookie(&self) -> Option<&str> {
        self.header(SET_COOKIE.as_str())
    }

    /// The values of an attribute, in the order of the page. Attribute values of ours hold no quotes or entities.
    pub fn attribute(&self, name: &str) -> Vec<&str> {
        let opening = format!(" {name}=\"");
        let parts = self.text().split(opening.as_str()).skip(1);
        parts.map(|rest| rest.split('"').next().unwrap()).collect()
    }

    /// Every problem code on the page.
    pub fn codes(&self) -> Vec<&str> {
        self.attribute("data-code")
    }

    /// The link status that the page says it shows; fails unless it is said once.
    pub fn link_status(&self) -> &str {
        let said = self.attribute("data-link-status");
        assert_eq!(said.len(), 1, "{}", self.text());
        said[0]
    }

    /// The page's permission rows, as slug and result.
    pub fn permissions(&self) -> Vec<(&str, &str)> {
        self.attribute("data-permission").into_iter().zip(self.attribute("data-result")).collect()
    }

    pub fn heading(&self) -> &str {
        between(self.text(), "<h1>", "</h1>").unwrap_or_default()
    }

    pub fn title(&self) -> &str {
        between(self.text(), "<title>", "</title>").unwrap_or_default()
    }

    /// After how many seconds a browser without script loads the page again.
    pub fn refresh(&self) -> Option<&str> {
        assert_eq!(self.header("refresh"), None, "with script it would interrupt the reader");
        between(self.text(), "<noscript><meta http-equiv=\"refresh\" content=\"", "\"")
    }

    /// Whether the page has this button.
    pub fn offers(&self, name: &str, value: &str) -> bool {
        self.text().contains(&format!("name=\"{name}\" value=\"{value}\""))
    }

    pub fn request_id(&self) -> &str {
        self.header("x-request-id").unwrap()
    }

    pub fn policy(&self) -> &str {
        self.header(CONTENT_SECURITY_POLICY.as_str()).unwrap()
    }

    pub fn nonce(&self) -> Option<&str> {
        between(self.policy(), "'nonce-", "'")
    }

    /// The body with what differs between any two responses taken out: the request's id and the nonce.
    pub fn settled(&self) -> String {
        let text = self.text().replace(self.request_id(), "REQUEST");
        match self.nonce() {
            Some(nonce) => text.replace(nonce, "NONCE"),
            None => text,
        }
    }

    /// The headers, the same way.
    pub fn settled_headers(&self) -> String {
        let text = format!("{:?}", self.headers).replace(self.request_id(), "REQUEST");
        match self.nonce() {
            Some(nonce) => text.replace(nonce, "NONCE"),
            None => text,
        }
    }

    /// Fails unless this is a page that says what happened, names the request and offers a next step.
    pub fn is_clear_page(&self) -> bool {
        let text = self.text();
        !self.heading().is_empty()
            && text.contains(self.request_id())
            && (text.contains("<div class=\"actions\"><a ") || text.contains("action=\"?renew\""))
            && self.title().ends_with(" · Linkdesk")
    }
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    text.split_once(before)?.1.split_once(after).map(|(inside, _)| inside)
}
