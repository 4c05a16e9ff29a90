//! `LetterWrites` over the transaction: each method calls its table's function.

use async_trait::async_trait;
use domain::{InviteId, LinkId, MailWishes, News, StaffId, Step, Timestamp};
use storage::{AuditEntry, Letter, LetterKind, LetterWrites, Notice, Result};

use super::SqliteUnit;
use crate::{audit, letter, reminder, step_attempt};

#[async_trait]
impl LetterWrites for SqliteUnit {
    async fn put_letter(&mut self, link: LinkId, kind: LetterKind, at: Timestamp) -> Result<()> {
        letter::put(&mut self.0, link, kind, at).await
    }

    async fn letter(&mut self, link: LinkId, kind: LetterKind) -> Result<Option<Letter>> {
        letter::lookup(&mut self.0, link, kind).await
    }

    async fn set_letter_invite(&mut self, link: LinkId, kind: LetterKind, invite: InviteId) -> Result<()> {
        letter::set_invite(&mut self.0, link, kind, invite).await
    }

    async fn delete_letter(&mut self, link: LinkId, kind: LetterKind) -> Result<bool> {
        letter::delete(&mut self.0, link, kind).await
    }

    async fn put_notice(&mut self, staff: StaffId, notice: &Notice) -> Result<()> {
        letter::put_notice(&mut self.0, staff, notice).await
    }

    async fn notices(&mut self, staff: StaffId, limit: u32) -> Result<Vec<Notice>> {
        letter::notices(&mut self.0, staff, limit).await
    }

    async fn delete_notices(&mut self, staff: StaffId, told: &[Notice]) -> Result<()> {
        letter::delete_notices(&mut self.0, staff, told).await
    }

    async fn staff_wanting(&mut self, news: News, assignee: Option<StaffId>) -> Result<Vec<StaffId>> {
        letter::wanting(&mut self.0, news, assignee).await
    }

    async fn put_mail_wishes(&mut self, staff: StaffId, wishes: &MailWishes) -> Result<()> {
        letter::put_wishes(&mut self.0, staff, wishes).await
    }

    async fn stop_reminders(&mut self, link: LinkId, since: Option<Timestamp>) -> Result<bool> {
        reminder::stop(&mut self.0, link, since).await
    }

    async fn timeline(&mut self, link: LinkId, limit: u32) -> Result<Vec<AuditEntry>> {
        audit::of_link(&mut self.0, link, limit).await
    }

    async fn step_tries(&mut self, link: LinkId, step: Step) -> Result<u32> {
        step_attempt::tries(&mut self.0, link, step).await
    }
}
