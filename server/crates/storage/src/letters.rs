//! Mail that is owed: a part of [`Storage`](crate::Storage) and of [`UnitOfWork`](crate::UnitOfWork), in a file of its own.
//!
//! What is owed is put by the unit of work that makes it true, with the job that sends it. Nothing here holds an address, a
//! token or a sentence: those are found when it is sent.

use async_trait::async_trait;
use domain::{InviteId, LinkId, MailWishes, News, StaffId, Step, Timestamp};

use crate::{AuditEntry, Letter, LetterKind, Notice, Result};

/// Reads what staff want to be mailed.
#[async_trait]
pub trait LetterReads: Send + Sync {
    /// What this staff member wants to be mailed about; the usual where she said nothing.
    async fn mail_wishes(&self, staff: StaffId) -> Result<MailWishes>;
}

/// Writes what is owed.
#[async_trait]
pub trait LetterWrites: Send {
    /// Owes the link's contact this letter; one that is owed already is owed since now.
    async fn put_letter(&mut self, link: LinkId, kind: LetterKind, at: Timestamp) -> Result<()>;
    /// The letter, as seen inside this unit; `None` when it is not owed.
    async fn letter(&mut self, link: LinkId, kind: LetterKind) -> Result<Option<Letter>>;
    /// Keeps which fresh invite is in a letter that is owed.
    async fn set_letter_invite(&mut self, link: LinkId, kind: LetterKind, invite: InviteId) -> Result<()>;
    /// Forgets a letter: it was sent, or became untrue; `false` when it is not owed.
    async fn delete_letter(&mut self, link: LinkId, kind: LetterKind) -> Result<bool>;

    /// Owes the staff member this news of the link; the same news again only takes the later time.
    async fn put_notice(&mut self, staff: StaffId, notice: &Notice) -> Result<()>;
    /// At most `limit` news that the staff member is owed, the oldest first, as seen inside this unit.
    async fn notices(&mut self, staff: StaffId, limit: u32) -> Result<Vec<Notice>>;
    /// Forgets news that were told; those that came anew since stay.
    async fn delete_notices(&mut self, staff: StaffId, told: &[Notice]) -> Result<()>;
    /// Who of the staff wants this news of a link that `assignee` looks after. Closed accounts want nothing.
    async fn staff_wanting(&mut self, news: News, assignee: Option<StaffId>) -> Result<Vec<StaffId>>;
    /// Keeps what the staff member wants to be mailed about.
    async fn put_mail_wishes(&mut self, staff: StaffId, wishes: &MailWishes) -> Result<()>;

    /// Notes since when the contact wants no reminders, or that she wants them again; `false` when the link has none, or
    /// that is so already.
    async fn stop_reminders(&mut self, link: LinkId, since: Option<Timestamp>) -> Result<bool>;
    /// At most `limit` audit entries of the link, newest first, as seen inside this unit.
    async fn timeline(&mut self, link: LinkId, limit: u32) -> Result<Vec<AuditEntry>>;
    /// How often in a row the step was refused for the same reason; 0 after it was saved.
    async fn step_tries(&mut self, link: LinkId, step: Step) -> Result<u32>;
}
