//! Letters: the words of `app`, with this installation's address, sent by the mailer.

use std::sync::Arc;

use anyhow::Result;
use app::text::mail;
use app::when;
use async_trait::async_trait;
use domain::WelcomeNote;
use services::{InviteLetter, LetterOccasion, Mail, Mailer, Postman, StaffInviteLetter};

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

#[async_trait]
impl Postman for LetterWriter {
    async fn send_invite(&self, letter: InviteLetter) -> Result<()> {
        let url = format!("{}/i/{}", self.public_url.as_str(), letter.token.expose());
        let good_until = when::date(letter.expires_at);
        let (company, customer) = (self.company.as_str(), letter.customer.as_str());
        let words = match letter.occasion {
            LetterOccasion::Invited => {
                let note = letter.note.as_ref().map(WelcomeNote::as_str);
                mail::invite(company, note, &url, &good_until)
            }
            LetterOccasion::Renewed => mail::new_invite(company, customer, &url, &good_until),
            LetterOccasion::Reminded => mail::reminder(company, customer, &url, &good_until),
        };
        let mail = Mail { to: letter.to, subject: words.subject, text: words.text, html: words.html };
        self.mailer.send(mail).await
    }

    async fn send_staff_invite(&self, letter: StaffInviteLetter) -> Result<()> {
        let url = format!("{}/join/{}", self.public_url.as_str(), letter.token.expose());
        let good_until = when::date_and_time(letter.expires_at);
        let words = mail::staff_invite(&self.company, letter.invited_by.as_str(), &url, &good_until);
        let mail = Mail { to: letter.to, subject: words.subject, text: words.text, html: words.html };
        self.mailer.send(mail).await
    }
}
