//! An administrator at the real program's door.

use std::net::SocketAddr;

use domain::LinkId;

use crate::ground::{HOST, KEY, Login};
use crate::program::http;

/// An administrator in the flow of one link. A clone is another tab.
#[derive(Clone)]
pub struct Visitor {
    pub link: LinkId,
    address: SocketAddr,
    cookie: String,
}

impl Visitor {
    /// Presses **Start**.
    pub async fn start(address: SocketAddr, invite: &str) -> Self {
        let answer = http(address, "POST", invite, "", "").await.unwrap();
        let line = |name: &str| answer.lines().find_map(|line| line.strip_prefix(name)).unwrap().trim();
        let cookie = line("set-cookie:").split(';').next().unwrap().to_owned();
        let link = line("location:").split('/').nth(2).unwrap().parse().unwrap();
        Self { link, address, cookie }
    }

    /// Enters everything but the address, whose form starts the check.
    pub async fn enters_two(&self, login: Login) {
        assert!(self.sends("key", &[("key", KEY)]).await);
        assert!(self.enters(login).await);
    }

    /// Enters another account.
    pub async fn enters(&self, (username, password): Login) -> bool {
        self.sends("account", &[("username", username), ("password", password)]).await
    }

    pub async fn enters_host(&self) -> bool {
        self.sends("domain", &[("url", HOST)]).await
    }

    pub async fn checks(&self) -> bool {
        self.sends("check", &[]).await
    }

    /// Sends a form; tells whether it was answered. A connection that broke answered nothing.
    pub async fn sends(&self, page: &str, fields: &[(&str, &str)]) -> bool {
        let body = serde_urlencoded::to_string(fields).unwrap();
        match http(self.address, "POST", &self.path(page), &self.cookie, &body).await {
            Some(answer) => {
                assert!(answer.starts_with("HTTP/1.1 303"), "{page}: {answer}");
                true
            }
            None => false,
        }
    }

    /// Looks at every page an administrator could have open; each answers.
    pub async fn looks_around(&self) {
        for page in ["key", "account", "domain", "check", "done"] {
            let answer = http(self.address, "GET", &self.path(page), &self.cookie, "").await.unwrap();
            let status = answer.split(' ').nth(1).unwrap();
            assert!(["200", "303"].contains(&status), "{page}: {answer}");
            assert!(!answer.contains("data-link-status=\"checking\""), "{page}: nothing runs");
        }
    }

    fn path(&self, page: &str) -> String {
        format!("/link/{}/{page}", self.link)
    }
}
