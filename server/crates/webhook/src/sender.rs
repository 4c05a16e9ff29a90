//! Sending one message, and naming what came of it.

use std::error::Error;
use std::io;
use std::sync::OnceLock;
use std::time::Duration;

use domain::{DeliveryProblem, retry_after};
use ipnet::IpNet;
use reqwest::header::{CONTENT_TYPE, DATE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use reqwest::{Client, Response, StatusCode};
use rustls::pki_types::CertificateDer;
use tokio::time::timeout;
use url::Url;

use crate::allowed::Allowed;
use crate::client::{client, tls_config};
use crate::resolve::{Checked, Lookup, ResolveError, system_lookup};

/// How long one attempt may take, answer and all.
const PATIENCE: Duration = Duration::from_secs(15);
/// How long the rest of an answer is read, so that its connection can be used again; then the connection is dropped.
const REST: Duration = Duration::from_millis(500);
/// How much of it.
const REST_MOST: usize = 16 * 1024;

const ID: HeaderName = HeaderName::from_static("webhook-id");
const TIMESTAMP: HeaderName = HeaderName::from_static("webhook-timestamp");
const SIGNATURE: HeaderName = HeaderName::from_static("webhook-signature");

/// Sends messages; made once.
pub struct Sender {
    allowed: Allowed,
    lookup: Lookup,
    roots: Vec<CertificateDer<'static>>,
    patience: Duration,
    connect: Option<Duration>,
    /// Over TLS, and not. Made when they are first needed: reading the trusted roots takes longer than a start may.
    clients: OnceLock<Option<(Client, Client)>>,
}

/// What is sent, and where.
pub struct Message<'a> {
    /// The receiver's address.
    pub url: &'a str,
    /// Header `webhook-id`.
    pub id: &'a str,
    /// Header `webhook-timestamp`.
    pub timestamp: i64,
    /// Header `webhook-signature`.
    pub signature: &'a str,
    /// The JSON.
    pub body: String,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// An answer.
    Status {
        /// Its status.
        status: u16,
        /// For how long the receiver wants to be left alone.
        retry_after: Option<Duration>,
    },
    /// None.
    Failed(DeliveryProblem),
}

impl Sender {
    /// To public addresses, and to these networks, also without TLS.
    #[must_use]
    pub fn new(networks: Vec<IpNet>) -> Self {
        Self {
            allowed: Allowed::new(networks),
            lookup: system_lookup(),
            roots: Vec::new(),
            patience: PATIENCE,
            connect: None,
            clients: OnceLock::new(),
        }
    }

    /// Whether anything may be sent there, as far as the address tells by itself.
    #[must_use]
    pub fn may_send_to(&self, url: &str) -> bool {
        Url::parse(url).is_ok_and(|url| self.allowed.may_call(&url))
    }

    /// Sends the message; ends within its own deadline.
    pub async fn send(&self, message: Message<'_>) -> Answer {
        match timeout(self.patience, self.try_to_send(message)).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(problem)) => Answer::Failed(problem),
            Err(_) => Answer::Failed(DeliveryProblem::Timeout),
        }
    }

    /// Whether anybody answers there; ends within its own deadline. Nothing is told: it asks for the headers alone, and any
    /// answer will do.
    ///
    /// # Errors
    /// Why nobody does.
    pub async fn reach(&self, url: &str) -> Result<(), DeliveryProblem> {
        let ask = async {
            let (client, url) = self.client_for(url)?;
            client.head(url).send().await.map_err(|error| problem_of(&error))
        };
        timeout(self.patience, ask).await.unwrap_or(Err(DeliveryProblem::Timeout)).map(drop)
    }

    async fn try_to_send(&self, message: Message<'_>) -> Result<Answer, DeliveryProblem> {
        let (client, url) = self.client_for(message.url)?;
        let answer = client
            .post(url)
            .header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
            .header(ID, message.id)
            .header(TIMESTAMP, message.timestamp)
            .header(SIGNATURE, message.signature)
            .body(message.body)
            .send()
            .await
            .map_err(|error| problem_of(&error))?;
        let told =
            Answer::Status { status: answer.status().as_u16(), retry_after: asked_rest(answer.headers()) };
        // Most receivers answer with nothing.
        if answer.status() != StatusCode::NO_CONTENT && answer.content_length() != Some(0) {
            let _ = timeout(REST, read_rest(answer)).await;
        }
        Ok(told)
    }

    /// The client for this address, if it may be called.
    fn client_for(&self, url: &str) -> Result<(&Client, Url), DeliveryProblem> {
        let url = Url::parse(url).map_err(|_| DeliveryProblem::HostNotFound)?;
        // An address instead of a name is never looked up: it is checked here.
        if !self.allowed.may_call(&url) {
            return Err(DeliveryProblem::NotPublic);
        }
        let Some((over_tls, plain)) = self.clients.get_or_init(|| self.clients()) else {
            return Err(DeliveryProblem::Tls);
        };
        Ok((if url.scheme() == "https" { over_tls } else { plain }, url))
    }

    fn clients(&self) -> Option<(Client, Client)> {
        let tls = tls_config(&self.roots).ok()?;
        let names =
            |over_tls| Checked { lookup: self.lookup.clone(), allowed: self.allowed.clone(), over_tls };
        let over_tls = client(tls.clone(), names(true), self.connect).ok()?;
        let plain = client(tls, names(false), self.connect).ok()?;
        Some((over_tls, plain))
    }
}

/// How long the answer asks to be left alone.
fn asked_rest(headers: &HeaderMap) -> Option<Duration> {
    let text = |name| headers.get(name)?.to_str().ok();
    retry_after(text(RETRY_AFTER)?, text(DATE))
}

/// What it says is of no interest, only that it ends: a connection with an answer left on it cannot be used again.
async fn read_rest(mut answer: Response) {
    let mut read = 0;
    while let Ok(Some(part)) = answer.chunk().await {
        read += part.len();
        if read > REST_MOST {
            return;
        }
    }
}

fn problem_of(error: &reqwest::Error) -> DeliveryProblem {
    let mut next: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(cause) = next {
        match cause.downcast_ref::<ResolveError>() {
            Some(ResolveError::NotFound) => return DeliveryProblem::HostNotFound,
            Some(ResolveError::NotAllowed) => return DeliveryProblem::NotPublic,
            None => {}
        }
        if cause.is::<rustls::Error>() {
            return DeliveryProblem::Tls;
        }
        // `io::Error::source` skips the error it carries, which is just where TLS errors are.
        next = match cause.downcast_ref::<io::Error>() {
            Some(io) => io.get_ref().map(|inner| inner as &(dyn Error + 'static)),
            None => cause.source(),
        };
    }
    if error.is_connect() {
        DeliveryProblem::Unreachable
    } else if error.is_timeout() {
        DeliveryProblem::Timeout
    } else {
        DeliveryProblem::CutOff
    }
}

#[cfg(test)]
impl Sender {
    /// With this protection, look-up and trust, and less patience.
    pub(crate) fn of(allowed: Allowed, lookup: Lookup, roots: Vec<CertificateDer<'static>>) -> Self {
        Self {
            allowed,
            lookup,
            roots,
            patience: Duration::from_secs(2),
            connect: Some(Duration::from_millis(300)),
            clients: OnceLock::new(),
        }
    }
}
