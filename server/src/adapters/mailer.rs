//! Mail, by `lettre`: to a mail server, or into a folder.
//!
//! - Neither password nor body stands in an error, a log line or `Debug`. What a mail server answers is not repeated
//!   either, only its code: servers quote what they refuse, be it the sign-in or the address of an invite.
//! - Each mail is a connection of its own. Linkdesk mails rarely, and a kept connection would be closed by then.

mod folder;
mod message;
mod smtp;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use async_trait::async_trait;
use lettre::message::Mailbox;
use services::{Clock, Entropy, Mail, Mailer};

use crate::config::{MailConfig, MailTransport};
use folder::Folder;
use smtp::Smtp;

/// How long one mail, or trying the server out, may take from beginning to end.
const PATIENCE: Duration = Duration::from_secs(10);

/// Sends mail as the settings say.
pub struct LettreMailer {
    from: Mailbox,
    transport: Transport,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    patience: Duration,
}

enum Transport {
    Smtp(Smtp),
    Folder(Folder),
}

impl LettreMailer {
    /// Sets mail up. Connects to nothing yet.
    ///
    /// # Errors
    /// When the folder cannot be made, or the operating system's root certificates cannot be used.
    pub fn new(config: &MailConfig, clock: Arc<dyn Clock>, entropy: Arc<dyn Entropy>) -> Result<Self> {
        let transport = match &config.transport {
            MailTransport::Smtp(smtp) => Transport::Smtp(Smtp::new(smtp, config.from.email.domain(), None)?),
            MailTransport::Folder(path) => Transport::Folder(Folder::new(path)?),
        };
        Ok(Self { from: config.from.clone(), transport, clock, entropy, patience: PATIENCE })
    }

    /// Goes as far as possible without sending anything, and says in one line what it found.
    ///
    /// # Errors
    /// When the mail server does not answer, is not who it should be, or refuses the sign-in; when the folder cannot be
    /// written to.
    pub async fn try_out(&self) -> Result<String> {
        let found = match &self.transport {
            Transport::Smtp(smtp) => self.in_time(smtp.name(), smtp.try_out()).await?,
            Transport::Folder(folder) => folder.try_out()?,
        };
        Ok(format!("{found}; mails come from {}", self.from.email))
    }

    async fn in_time<T>(&self, server: &str, work: impl Future<Output = Result<T>>) -> Result<T> {
        match tokio::time::timeout(self.patience, work).await {
            Ok(done) => done,
            Err(_) => bail!("the mail server {server} took longer than {} s", self.patience.as_secs_f32()),
        }
    }
}

#[async_trait]
impl Mailer for LettreMailer {
    async fn send(&self, mail: Mail) -> Result<()> {
        let mut id = [0; 16];
        self.entropy.fill(&mut id)?;
        let message = message::build(&self.from, &mail, self.clock.now(), id)?;
        match &self.transport {
            Transport::Smtp(smtp) => self.in_time(smtp.name(), smtp.send(&message)).await,
            Transport::Folder(folder) => {
                let folder = folder.clone();
                let bytes = message.formatted();
                tokio::task::spawn_blocking(move || folder.write(&bytes))
                    .await
                    .context("writing a mail was cut short")?
            }
        }
    }
}

impl fmt::Debug for LettreMailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let to = match &self.transport {
            Transport::Smtp(smtp) => smtp.name().to_owned(),
            Transport::Folder(folder) => folder.to_string(),
        };
        f.debug_struct("LettreMailer")
            .field("from", &self.from.email)
            .field("to", &to)
            .finish_non_exhaustive()
    }
}
