//! A stream of server-sent events, read one by one.

use std::time::Duration;

use axum::Router;
use axum::body::{Body, BodyDataStream};
use axum::http::header::{ACCEPT, CONTENT_TYPE, COOKIE};
use axum::http::{Request, StatusCode};
use futures_util::StreamExt as _;
use tower::ServiceExt as _;

use super::{Admin, Browser};

/// How long a test waits for an event that must come.
const PATIENCE: Duration = Duration::from_secs(20);

/// An open stream.
pub struct Events {
    body: BodyDataStream,
    text: String,
}

/// Opens the stream of the administrator's running check.
pub async fn events(router: &Router, admin: &Admin) -> Events {
    events_at(router, &admin.browser, &admin.path("check/events")).await
}

/// Opens the stream at this address, with this browser's cookies.
pub async fn events_at(router: &Router, browser: &Browser, path: &str) -> Events {
    let cookies: Vec<_> = browser.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let request = Request::get(path)
        .header(COOKIE, cookies.join("; "))
        .header(ACCEPT, "text/event-stream")
        .body(Body::empty())
        .unwrap();
    let response = router.clone().oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()[CONTENT_TYPE], "text/event-stream");
    Events { body: response.into_body().into_data_stream(), text: String::new() }
}

impl Events {
    /// The next event, as name and data; `None` when the stream ended.
    pub async fn next(&mut self) -> Option<(String, String)> {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let (event, rest) = (event.to_owned(), rest.to_owned());
                self.text = rest;
                let line = |name: &str| event.lines().find_map(|line| line.strip_prefix(name));
                // A comment says only that the stream lives.
                if let (Some(name), Some(data)) = (line("event: "), line("data: ")) {
                    return Some((name.to_owned(), data.to_owned()));
                }
                continue;
            }
            let chunk = tokio::time::timeout(PATIENCE, self.body.next()).await.expect("an event in time")?;
            self.text.push_str(std::str::from_utf8(&chunk.unwrap()).unwrap());
        }
    }
}
