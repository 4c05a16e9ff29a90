//! Letters: the words of `app`, with this installation's address, sent by the mailer.

use std::sync::Arc;

use anyhow::Result;
use app::text::mail::{self, MailText};
use app::when;
use async_trait::async_trait;
use domain::EmailAddress;
use services::{InviteLetter, Mail, Mailer, Postman, ReplyLetter, Token};

use crate::config::PublicUrl;

/// Writes letters and gives them to the mailer.
pub struct LetterWriter {
    mailer: Arc<dyn Mailer>,
    public_url: PublicUrl,
    company: String,
}

impl LetterWriter {
    /// Writes in the name of this company, with addresses at this installation.
    #[must_use]
    pub fn new(mailer: Arc<dyn Mailer>, public_url: PublicUrl, company: &str) -> Self {
        Self { mailer, public_url, company: company.to_owned() }
    }
}

impl LetterWriter {
    fn address(&self, token: &Token) -> String {
        format!("{}/i/{}", self.public_url.as_str(), token.expose())
    }

    async fn send(&self, to: EmailAddress, words: MailText) -> Result<()> {
        let MailText { subject, text, html } = words;
        self.mailer.send(Mail { to, subject, text, html }).await
    }
}

#[async_trait]
impl Postman for LetterWriter {
    async fn send_invite(&self, letter: InviteLetter) -> Result<()> {
        let (url, until) = (self.address(&letter.token), when::date(letter.expires_at));
        let words = mail::new_invite(&self.company, letter.customer.as_str(), &url, &until);
        self.send(letter.to, words).await
    }

    async fn send_invite_of_staff(&self, letter: InviteLetter) -> Result<()> {
        let (url, until) = (self.address(&letter.token), when::date(letter.expires_at));
        let words = mail::invite_again(&self.company, letter.customer.as_str(), &url, &until);
        self.send(letter.to, words).await
    }

    async fn send_reply(&self, letter: ReplyLetter) -> Result<()> {
        let url = letter.token.as_ref().map(|token| self.address(token));
        let words = mail::reply(letter.language, letter.reply.subject(), letter.reply.body(), url.as_deref());
        self.send(letter.to, words).await
    }
}
