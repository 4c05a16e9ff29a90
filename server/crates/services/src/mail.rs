//! Mail, as a port: what is sent and by whom. `server/src/adapters` sends it for real, tests keep it.

use std::fmt;

use async_trait::async_trait;
use domain::EmailAddress;

/// One mail to one person. Where it comes from is the mailer's setting.
///
/// Bodies hold invite addresses, which open a link for whoever has them: they are as secret as a password, so `Debug`
/// leaves them out.
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    /// Who gets it.
    pub to: EmailAddress,
    /// Its subject, one line. Never secret: mail servers log it.
    pub subject: String,
    /// The body as plain text, for programs that show nothing else.
    pub text: String,
    /// The same body as HTML.
    pub html: String,
    /// The address that stops mails of this kind, for the mail program's own button; as secret as what the body holds.
    pub unsubscribe: Option<String>,
}

/// Sends mail.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Hands the mail over to the next mail server. That it arrives is not known then.
    ///
    /// Takes some seconds at most, but no database transaction may wait for it.
    ///
    /// # Errors
    /// When it was not taken. Names neither password nor body nor what the server said about them.
    async fn send(&self, mail: Mail) -> anyhow::Result<()>;
}

impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mail").field("to", &self.to).field("subject", &self.subject).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_no_body() {
        let mail = Mail {
            to: EmailAddress::parse("maria@contoso.example").unwrap(),
            subject: "Please link UKG Pro".to_owned(),
            text: "https://link.example.com/i/canary-7f3a".to_owned(),
            html: "<a href=\"https://link.example.com/i/canary-7f3a\">canary-7f3a</a>".to_owned(),
            unsubscribe: Some("https://link.example.com/reminders/canary-7f3a".to_owned()),
        };

        let shown = format!("{mail:?} {mail:#?}");

        assert!(shown.contains("Please link UKG Pro") && !shown.contains("canary"), "{shown}");
    }
}
