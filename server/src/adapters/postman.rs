//! Letters: the words of `app`, with this installation's address, sent by the mailer.

use std::sync::Arc;

use anyhow::Result;
use app::text::mail::{self, About, Invited, MailText, NewsItem, Proven};
use app::when;
use async_trait::async_trait;
use domain::{CustomerName, EmailAddress, Language, WebServicesHost, WelcomeNote};
use services::{
    EndedLetter, InviteLetter, LetterOccasion, Mail, Mailer, NewsLetter, NewsLine, Postman, ReplyLetter,
    StaffInviteLetter, Standing, StandingLetter, Token,
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

    fn about<'a>(&'a self, language: Language, customer: &'a CustomerName) -> About<'a> {
        About { language, company: &self.company, customer: customer.as_str() }
    }

    async fn send(&self, to: EmailAddress, words: MailText) -> Result<()> {
        self.send_with(to, words, None).await
    }

    async fn send_with(&self, to: EmailAddress, words: MailText, unsubscribe: Option<String>) -> Result<()> {
        let MailText { subject, text, html } = words;
        self.mailer.send(Mail { to, subject, text, html, unsubscribe }).await
    }

    async fn send_invite_of(&self, letter: InviteLetter) -> Result<()> {
        let url = self.invite_at(&letter.token);
        let good_until = when::date(letter.expires_at);
        let invited = Invited { url: &url, good_until: &good_until };
        let about = self.about(letter.language, &letter.customer);
        let stop =
            letter.stop.map(|stop| format!("{}/reminders/{}", self.public_url.as_str(), stop.expose()));
        let words = match letter.occasion {
            LetterOccasion::Invited => {
                mail::invite(&about, letter.note.as_ref().map(WelcomeNote::as_str), &invited)
            }
            LetterOccasion::Renewed => mail::new_invite(&about, &invited),
            LetterOccasion::Again => mail::invite_again(&about, &invited),
            LetterOccasion::Reminded => mail::reminder(&about, &invited, stop.as_deref()),
        };
        self.send_with(letter.to, words, stop).await
    }

    fn standing(&self, about: &About<'_>, standing: Standing) -> MailText {
        match standing {
            Standing::Linked { host, granted, missing, opens_until } => {
                let day = opens_until.map(when::date);
                let proven = Proven {
                    host: host.as_ref().map(WebServicesHost::as_str),
                    granted: &granted,
                    missing: &missing,
                    opens_until: day.as_deref(),
                };
                mail::linked(about, &proven)
            }
            Standing::Broken { problem, missing, token, good_until } => {
                let (url, day) = (self.invite_at(&token), when::date(good_until));
                mail::broken(about, problem, &missing, &Invited { url: &url, good_until: &day })
            }
            Standing::Mended { missing } => mail::mended(about, &missing),
        }
    }

    fn item(&self, line: NewsLine) -> NewsItem {
        NewsItem {
            customer: line.customer.to_string(),
            news: line.news,
            problem: line.problem,
            at: when::date_and_time(line.at),
            url: format!("{}/desk/links/{}", self.public_url.as_str(), line.link),
        }
    }
}

#[async_trait]
impl Postman for LetterWriter {
    async fn send_invite(&self, letter: InviteLetter) -> Result<()> {
        self.send_invite_of(letter).await
    }

    async fn send_staff_invite(&self, letter: StaffInviteLetter) -> Result<()> {
        let url = format!("{}/join/{}", self.public_url.as_str(), letter.token.expose());
        let good_until = when::date_and_time(letter.expires_at);
        let invited = Invited { url: &url, good_until: &good_until };
        let words = mail::staff_invite(&self.company, letter.invited_by.as_str(), &invited);
        self.send(letter.to, words).await
    }

    async fn send_ended(&self, letter: EndedLetter) -> Result<()> {
        let about = self.about(letter.language, &letter.customer);
        let words = mail::ended(&about, &when::date_and_time(letter.at), letter.by_company);
        self.send(letter.to, words).await
    }

    async fn send_standing(&self, letter: StandingLetter) -> Result<()> {
        let words = self.standing(&self.about(letter.language, &letter.customer), letter.standing);
        self.send(letter.to, words).await
    }

    async fn send_news(&self, letter: NewsLetter) -> Result<()> {
        let at = |path: &str| format!("{}{path}", self.public_url.as_str());
        let items: Vec<NewsItem> = letter.lines.into_iter().map(|line| self.item(line)).collect();
        let words = mail::news(&self.company, &items, &at("/desk"), &at("/desk/account/mail"));
        self.send(letter.to, words).await
    }

    async fn send_reply(&self, letter: ReplyLetter) -> Result<()> {
        let url = letter.token.as_ref().map(|token| self.invite_at(token));
        let words = mail::reply(letter.language, letter.reply.subject(), letter.reply.body(), url.as_deref());
        self.send(letter.to, words).await
    }
}
