//! Letters: the words of `app`, with this installation's address, sent by the mailer.

use std::sync::Arc;

use anyhow::Result;
use app::text::mail::{self, MailText};
use app::when;
use async_trait::async_trait;
use domain::{EmailAddress, WelcomeNote};
use services::{
    EndedLetter, InviteLetter, LetterOccasion, Mail, Mailer, Postman, ReplyLetter, StaffInviteLetter, Token,
};

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

    fn invite_at(&self, token: &Token) -> String {
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
        let url = self.invite_at(&letter.token);
        let good_until = when::date(letter.expires_at);
        let (company, customer) = (self.company.as_str(), letter.customer.as_str());
        let words = match letter.occasion {
            LetterOccasion::Invited => {
                let note = letter.note.as_ref().map(WelcomeNote::as_str);
                mail::invite(company, note, &url, &good_until)
            }
            LetterOccasion::Renewed => mail::new_invite(company, customer, &url, &good_until),
            LetterOccasion::Again => mail::invite_again(company, customer, &url, &good_until),
            LetterOccasion::Reminded => mail::reminder(company, customer, &url, &good_until),
        };
        self.send(letter.to, words).await
    }

    async fn send_staff_invite(&self, letter: StaffInviteLetter) -> Result<()> {
        let url = format!("{}/join/{}", self.public_url.as_str(), letter.token.expose());
        let good_until = when::date_and_time(letter.expires_at);
        let words = mail::staff_invite(&self.company, letter.invited_by.as_str(), &url, &good_until);
        self.send(letter.to, words).await
    }

    async fn send_ended(&self, letter: EndedLetter) -> Result<()> {
        let at = when::date_and_time(letter.at);
        let words = mail::ended(&self.company, letter.customer.as_str(), &at, letter.by_company);
        self.send(letter.to, words).await
    }

    async fn send_reply(&self, letter: ReplyLetter) -> Result<()> {
        let url = letter.token.as_ref().map(|token| self.invite_at(token));
        let words = mail::reply(letter.language, letter.reply.subject(), letter.reply.body(), url.as_deref());
        self.send(letter.to, words).await
    }
}
