//! A browser: keeps cookies, says where a form comes from, follows nothing by itself.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::header::{CONTENT_TYPE, COOKIE};
use axum::http::request::Builder;
use axum::http::{HeaderValue, Method, Request};
use tower::ServiceExt as _;

use super::Answer;

pub const FORM: &str = "application/x-www-form-urlencoded";

/// A browser; a clone has the same cookies and goes its own way.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    pub cookies: BTreeMap<String, String>,
    /// Where it connects from; `None` where that does not matter.
    pub address: Option<IpAddr>,
    /// Everything it was answered, for tests that look through all of it.
    pub seen: Vec<Answer>,
}

impl Browser {
    pub fn new(router: Router) -> Self {
        Self { router, cookies: BTreeMap::new(), address: None, seen: Vec::new() }
    }

    /// The same browser, connecting from there.
    pub fn from(mut self, address: impl Into<IpAddr>) -> Self {
        self.address = Some(address.into());
        self
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, Body::empty(), |request| request).await
    }

    /// Sends a form as our own page does.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = Body::from(form(fields));
        self.send(Method::POST, path, body, |request| same_origin(request).header(CONTENT_TYPE, FORM)).await
    }

    /// Sends whatever the test makes of the request, with this browser's cookies.
    pub async fn send(
        &mut self,
        method: Method,
        path: &str,
        body: Body,
        finish: impl FnOnce(Builder) -> Builder,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if !self.cookies.is_empty() {
            let pairs: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(COOKIE, HeaderValue::from_str(&pairs.join("; ")).unwrap());
        }
        if let Some(address) = self.address {
            request = request.extension(ConnectInfo(SocketAddr::from((address, 50_000))));
        }
        let request = finish(request).body(body).unwrap();
        let answer = Answer::read(self.router.clone().oneshot(request).await.unwrap()).await;
        self.keep_cookies(&answer);
        self.seen.push(answer.clone());
        answer
    }

    fn keep_cookies(&mut self, answer: &Answer) {
        for set in answer.headers.get_all("set-cookie") {
            let set = set.to_str().unwrap();
            let (pair, attributes) = set.split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if attributes.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

/// What a browser says of a form on our own page.
pub fn same_origin(request: Builder) -> Builder {
    request.header("sec-fetch-site", "same-origin")
}

/// The fields as a form's body.
pub fn form(fields: &[(&str, &str)]) -> String {
    serde_urlencoded::to_string(fields).unwrap()
}
