//! News for staff: what happened to links since the last mail, in one mail, at most one in ten minutes.
//!
//! One job per staff member gathers. It stays in the queue for ten minutes after a mail, so that what happens meanwhile waits
//! for it; it leaves the queue only in a unit that sees that nothing waits.

use domain::{LinkStatus, News, StaffId, WhoActs};
use storage::{Actor, AuditAction, Job, JobEnd, Link, Notice};

use crate::desk::renewal_asked;
use crate::{NewsLetter, NewsLine, ServiceError, Services};

/// How far apart two mails to one staff member are, in milliseconds.
const APART_MS: i64 = 10 * 60 * 1_000;
/// How much one mail tells at most; the rest is for the next.
const IN_ONE: u32 = 1_000;
/// How many entries of a link's timeline are looked through for somebody who asks for a new invite.
const LOOK_BACK: u32 = 50;

impl Services {
    pub(super) async fn send_news(&self, job: &Job, staff: StaffId) -> Result<(), ServiceError> {
        let mut unit = self.storage().begin().await?;
        if !self.owns(&mut *unit, Some(job)).await? {
            return Ok(());
        }
        let notices = unit.notices(staff, IN_ONE).await?;
        let reader = unit.staff(staff).await?.filter(|staff| staff.deactivated_at.is_none());
        let Some(((reader, postman), oldest)) =
            reader.zip(self.inner().parts.postman.clone()).zip(notices.first())
        else {
            unit.delete_notices(staff, &notices).await?;
            return self.end_with(unit, job, JobEnd::Done).await;
        };
        drop(unit);
        let owed_ms = self.now().millis_since(oldest.at);
        let lines = self.lines(&notices).await?;
        if lines.is_empty() {
            return self.forget_news(job, staff, &notices).await;
        }
        let sent = postman.send_news(NewsLetter { to: reader.email, lines }).await;
        let mut unit = self.storage().begin().await?;
        let end = match sent {
            Ok(()) => {
                tracing::info!(staff.id = %staff, "mailed news of links");
                unit.delete_notices(staff, &notices).await?;
                let (action, detail) = (AuditAction::MailSent, format!("news: {staff}"));
                self.audit(&mut *unit, None, Actor::System, action, detail).await?;
                JobEnd::Again { delay_ms: APART_MS }
            }
            Err(error) => {
                tracing::error!(staff.id = %staff, attempts = job.attempts, error = format!("{error:#}"),
                    "could not mail news of links: see LINKDESK_SMTP_URL, and run `linkdesk doctor`");
                self.after_failure(job, owed_ms)?
            }
        };
        self.end_with(unit, job, end).await
    }

    /// Nothing of it is so any more.
    async fn forget_news(&self, job: &Job, staff: StaffId, notices: &[Notice]) -> Result<(), ServiceError> {
        let mut unit = self.storage().begin().await?;
        unit.delete_notices(staff, notices).await?;
        let more = !unit.notices(staff, 1).await?.is_empty();
        let end = if more { JobEnd::Again { delay_ms: 0 } } else { JobEnd::Done };
        self.end_with(unit, job, end).await
    }

    /// What of it is still so, by link in the order in which it happened.
    async fn lines(&self, notices: &[Notice]) -> Result<Vec<NewsLine>, ServiceError> {
        let mut lines = Vec::new();
        for notice in notices {
            let Some(link) = self.storage().link(notice.link).await? else { continue };
            if self.is_news(notice.news, &link).await? {
                lines.push(NewsLine {
                    link: link.id,
                    customer: link.customer,
                    news: notice.news,
                    problem: link.problem,
                    at: notice.at,
                });
            }
        }
        Ok(lines)
    }

    async fn is_news(&self, news: News, link: &Link) -> Result<bool, ServiceError> {
        Ok(match news {
            News::Linked => link.status.is_linked(),
            News::Broken => link.status == LinkStatus::Broken,
            News::Stuck => {
                let unfinished = matches!(link.status, LinkStatus::Opened | LinkStatus::InProgress);
                unfinished && link.problem.is_some()
            }
            News::NeedsUs => {
                link.who_acts == WhoActs::Us
                    || self.storage().is_lapsed(link.id, self.now()).await?
                    || renewal_asked(&self.storage().timeline(link.id, LOOK_BACK).await?).is_some()
            }
        })
    }
}
