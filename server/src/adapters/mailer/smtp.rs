//! Mail to a mail server, over TLS unless the server is this very machine.

use std::error::Error;

use anyhow::{Context as _, Result, anyhow, bail};
use lettre::Message;
use lettre::transport::smtp;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::extension::ClientId;

use crate::config::{SmtpConfig, SmtpSecurity};

/// A mail server. The caller keeps the time: nothing here ends by itself when the server says nothing.
pub(super) struct Smtp {
    config: SmtpConfig,
    /// Host and port, as messages name the server.
    name: String,
    /// What we call ourselves.
    hello: ClientId,
    tls: TlsParameters,
}

impl Smtp {
    /// `our_domain` is where mails come from: servers distrust clients that cannot say who they are. `extra_root` (PEM)
    /// is trusted beside the operating system's roots, for tests.
    pub(super) fn new(config: &SmtpConfig, our_domain: &str, extra_root: Option<&[u8]>) -> Result<Self> {
        let hello =
            if our_domain.is_ascii() { ClientId::Domain(our_domain.to_owned()) } else { ClientId::default() };
        let mut tls = TlsParameters::builder(config.host.clone());
        if let Some(pem) = extra_root {
            tls = tls.add_root_certificate(Certificate::from_pem(pem).context("no root certificate")?);
        }
        let tls = tls.build().context("could not set up TLS for mail")?;
        let name = if config.host.contains(':') {
            format!("[{}]:{}", config.host, config.port)
        } else {
            format!("{}:{}", config.host, config.port)
        };
        Ok(Self { config: config.clone(), name, hello, tls })
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) async fn send(&self, message: &Message) -> Result<()> {
        let mut connection = self.connect().await?;
        connection
            .send(message.envelope(), &message.formatted())
            .await
            .map_err(|error| self.fault("did not take the mail", &error))?;
        // It has the mail; whether it says goodbye does not matter.
        let _ = connection.quit().await;
        Ok(())
    }

    pub(super) async fn try_out(&self) -> Result<String> {
        let mut connection = self.connect().await?;
        if !connection.test_connected().await {
            bail!("the mail server {} answers, but not to NOOP", self.name);
        }
        let _ = connection.quit().await;
        let security = match self.config.security {
            SmtpSecurity::Tls => "over TLS",
            SmtpSecurity::StartTls => "over TLS, by STARTTLS",
            SmtpSecurity::Loopback => "without TLS, since it is this machine",
        };
        let sign_in = if self.config.sign_in.is_some() { ", and lets us sign in" } else { "" };
        Ok(format!("the mail server {} answers {security}{sign_in}", self.name))
    }

    /// Connects, makes the connection secret, and only then signs in.
    async fn connect(&self) -> Result<AsyncSmtpConnection> {
        let SmtpConfig { host, port, security, sign_in } = &self.config;
        let tls = match security {
            SmtpSecurity::Tls => Some(self.tls.clone()),
            SmtpSecurity::StartTls | SmtpSecurity::Loopback => None,
        };
        let server = (host.as_str(), *port);
        let mut connection = AsyncSmtpConnection::connect_tokio1(server, None, &self.hello, tls, None)
            .await
            .map_err(|error| self.fault("could not be reached", &error))?;
        match security {
            SmtpSecurity::StartTls => connection
                .starttls(self.tls.clone(), &self.hello)
                .await
                .map_err(|error| self.fault("could not be spoken to in secret", &error))?,
            SmtpSecurity::Tls | SmtpSecurity::Loopback => {}
        }
        if let Some(sign_in) = sign_in {
            let credentials =
                Credentials::new(sign_in.username.clone(), sign_in.password.expose().to_owned());
            connection
                .auth(DEFAULT_MECHANISMS, &credentials)
                .await
                .map_err(|error| self.fault("did not let us sign in", &error))?;
        }
        Ok(connection)
    }

    /// What went wrong, in our words and codes.
    fn fault(&self, what: &str, error: &smtp::Error) -> anyhow::Error {
        anyhow!("the mail server {} {what}: {}", self.name, reason(error))
    }
}

/// The reason, without a word of the server's: it may quote the password, or the invite in a body.
fn reason(error: &smtp::Error) -> String {
    if let Some(code) = error.status() {
        let told = error.source().map(ToString::to_string).unwrap_or_default();
        return match enhanced_code(&told) {
            Some(enhanced) => format!("it answered {code} {enhanced}"),
            None => format!("it answered {code}"),
        };
    }
    if error.is_response() {
        return "it answered nothing that SMTP knows".to_owned();
    }
    // Ours, the operating system's or the TLS library's.
    error.source().map_or_else(|| "the connection failed".to_owned(), ToString::to_string)
}

/// The code of RFC 3463 that an answer may begin with, such as 5.7.8.
fn enhanced_code(told: &str) -> Option<&str> {
    let code = told.split_whitespace().next()?;
    let numbers: Vec<&str> = code.split('.').collect();
    let is_number = |text: &&str| (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    (numbers.len() == 3 && numbers.iter().all(is_number)).then_some(code)
}
