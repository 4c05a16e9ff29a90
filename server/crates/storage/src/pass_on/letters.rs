//! Mail that is owed.

/// `LetterWrites` for a backend.
#[macro_export]
macro_rules! pass_on_letter_writes {
    ($of:ident) => {
        const _: () = {
            use async_trait::async_trait;
            use domain::{InviteId, LinkId, MailWishes, News, StaffId, Step, Timestamp};
            use $crate::{AuditEntry, Letter, LetterKind, LetterWrites, Notice, Result};

            #[async_trait]
            impl LetterWrites for $of {
                async fn put_letter(&mut self, link: LinkId, kind: LetterKind, at: Timestamp) -> Result<()> {
                    letter::put(&mut self.turn, link, kind, at).await
                }

                async fn letter(&mut self, link: LinkId, kind: LetterKind) -> Result<Option<Letter>> {
                    letter::lookup(&mut self.turn, link, kind).await
                }

                async fn set_letter_invite(
                    &mut self,
                    link: LinkId,
                    kind: LetterKind,
                    invite: InviteId,
                ) -> Result<()> {
                    letter::set_invite(&mut self.turn, link, kind, invite).await
                }

                async fn delete_letter(&mut self, link: LinkId, kind: LetterKind) -> Result<bool> {
                    letter::delete(&mut self.turn, link, kind).await
                }

                async fn put_notice(&mut self, staff: StaffId, notice: &Notice) -> Result<()> {
                    letter::put_notice(&mut self.turn, staff, notice).await
                }

                async fn notices(&mut self, staff: StaffId, limit: u32) -> Result<Vec<Notice>> {
                    letter::notices(&mut self.turn, staff, limit).await
                }

                async fn delete_notices(&mut self, staff: StaffId, told: &[Notice]) -> Result<()> {
                    letter::delete_notices(&mut self.turn, staff, told).await
                }

                async fn staff_wanting(
                    &mut self,
                    news: News,
                    assignee: Option<StaffId>,
                ) -> Result<Vec<StaffId>> {
                    letter::wanting(&mut self.turn, news, assignee).await
                }

                async fn put_mail_wishes(&mut self, staff: StaffId, wishes: &MailWishes) -> Result<()> {
                    letter::put_wishes(&mut self.turn, staff, wishes).await
                }

                async fn stop_reminders(&mut self, link: LinkId, since: Option<Timestamp>) -> Result<bool> {
                    reminder::stop(&mut self.turn, link, since).await
                }

                async fn timeline(&mut self, link: LinkId, limit: u32) -> Result<Vec<AuditEntry>> {
                    audit::of_link(&mut self.turn, link, limit).await
                }

                async fn step_tries(&mut self, link: LinkId, step: Step) -> Result<u32> {
                    step_attempt::tries(&mut self.turn, link, step).await
                }
            }
        };
    };
}

/// `LetterReads` for a backend.
#[macro_export]
macro_rules! pass_on_letter_reads {
    ($of:ident) => {
        const _: () = {
            use async_trait::async_trait;
            use domain::{MailWishes, StaffId};
            use $crate::{LetterReads, Result};

            #[async_trait]
            impl LetterReads for $of {
                async fn mail_wishes(&self, staff: StaffId) -> Result<MailWishes> {
                    letter::wishes(&mut *self.reader().await?, staff).await
                }
            }
        };
    };
}
