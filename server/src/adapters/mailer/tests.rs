//! Mail against a mail server of our own, and into a folder; what the tests share.

mod folders;
mod messages;
mod secrets;
mod server;
mod servers;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use domain::{EmailAddress, Secret, Timestamp};
use lettre::message::Mailbox;
use services::{Clock, Entropy, Mail};

use super::smtp::Smtp;
use super::{LettreMailer, PATIENCE, Transport};
use crate::config::{MailConfig, MailTransport, SmtpConfig, SmtpSecurity, SmtpSignIn};
use server::MailServer;

/// Stands for the address of an invite and for the password; must never be seen.
const CANARY: &str = "canary-7f3a";

struct FixedClock;
struct CountedEntropy;

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(1_700_000_000_000)
    }
}

impl Entropy for CountedEntropy {
    fn fill(&self, bytes: &mut [u8]) -> anyhow::Result<()> {
        (0..).zip(bytes).for_each(|(n, byte)| *byte = n);
        Ok(())
    }
}

fn mail() -> Mail {
    Mail {
        to: EmailAddress::parse("maria@contoso.example").unwrap(),
        subject: "Please link UKG Pro".to_owned(),
        text: format!("Open https://link.example.com/i/{CANARY}\n"),
        html: format!("<p>Open <a href=\"https://link.example.com/i/{CANARY}\">your invite</a></p>"),
        unsubscribe: None,
    }
}

fn from() -> Mailbox {
    "Northwind Learning <linkdesk@northwind.example>".parse().unwrap()
}

fn mailer(transport: Transport, patience: Duration) -> LettreMailer {
    LettreMailer {
        from: from(),
        transport,
        clock: Arc::new(FixedClock),
        entropy: Arc::new(CountedEntropy),
        patience,
    }
}

fn into_folder(path: &Path) -> LettreMailer {
    let config = MailConfig { from: from(), transport: MailTransport::Folder(path.to_owned()) };
    LettreMailer::new(&config, Arc::new(FixedClock), Arc::new(CountedEntropy)).unwrap()
}

/// To this server, which is trusted when it has a certificate.
fn to_server(server: &MailServer, security: SmtpSecurity) -> LettreMailer {
    to_port(server.port(), security, server.root_pem().as_deref(), PATIENCE)
}

/// Within this time, which the server will not keep.
fn impatient(server: &MailServer) -> LettreMailer {
    to_port(server.port(), SmtpSecurity::Loopback, None, Duration::from_millis(300))
}

fn to_port(port: u16, security: SmtpSecurity, root: Option<&[u8]>, patience: Duration) -> LettreMailer {
    let sign_in = SmtpSignIn { username: "linkdesk".to_owned(), password: Secret::new(CANARY.to_owned()) };
    let config = SmtpConfig { host: "localhost".to_owned(), port, security, sign_in: Some(sign_in) };
    mailer(Transport::Smtp(Smtp::new(&config, "northwind.example", root).unwrap()), patience)
}
