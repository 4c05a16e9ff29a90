//! Which change of a link owes which mail.

use domain::{LinkId, LinkStatus, News, Step, WhoActs};
use storage::{JobKind, LetterKind, Link, Notice, UnitOfWork};

use super::subject_of;
use crate::invites::MadeLink;
use crate::{ServiceError, Services};

/// For how long news of staff are gathered before the first mail.
const GATHER_MS: i64 = 2 * 60 * 1_000;
/// How often a step is not taken, for the same reason, before somebody counts as stuck.
const VAIN_TRIES: u32 = 3;
/// How often UKG Pro rejects what was entered, within a day, before somebody counts as stuck.
const VAIN_CHECKS: usize = 2;
/// A day.
const DAY_SECONDS: i64 = 86_400;

/// Where a link stood before a change.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Before {
    status: LinkStatus,
    who_acts: WhoActs,
}

impl Before {
    /// Before `link` is changed.
    pub(crate) const fn of(link: &Link) -> Self {
        Self { status: link.status, who_acts: link.who_acts }
    }
}

impl Services {
    /// Owes what follows from where the link stands now. To be called in every unit in which a check or a replacement changes
    /// that.
    pub(crate) async fn owe_for_change(
        &self,
        unit: &mut dyn UnitOfWork,
        before: Before,
        link: &Link,
    ) -> Result<(), ServiceError> {
        let was_broken = before.status == LinkStatus::Broken;
        if link.status.is_linked() && was_broken {
            self.owe(unit, link, LetterKind::Mended).await?;
            self.owe_news(unit, link, News::Linked).await?;
        } else if link.status.is_linked() && !before.status.stands() {
            self.owe(unit, link, LetterKind::Linked).await?;
            self.owe_news(unit, link, News::Linked).await?;
        } else if link.status == LinkStatus::Broken && !was_broken {
            self.owe(unit, link, LetterKind::Broken).await?;
            self.owe_news(unit, link, News::Broken).await?;
        }
        if link.who_acts == WhoActs::Us && before.who_acts != WhoActs::Us {
            self.owe_news(unit, link, News::NeedsUs).await?;
        }
        Ok(())
    }

    /// Owes news of an administrator whose values UKG Pro rejected for the second time in a day.
    pub(crate) async fn owe_for_vain_checks(
        &self,
        unit: &mut dyn UnitOfWork,
        link: &Link,
    ) -> Result<(), ServiceError> {
        if !self.can_mail() || link.status != LinkStatus::InProgress {
            return Ok(());
        }
        let rejected = unit.rejections(link.id, self.now().plus_seconds(-DAY_SECONDS)).await?;
        if rejected.len() == VAIN_CHECKS { self.owe_news(unit, link, News::Stuck).await } else { Ok(()) }
    }

    /// Owes news of an administrator whose entries at a step were not taken for the third time in a row.
    pub(crate) async fn owe_for_vain_tries(
        &self,
        unit: &mut dyn UnitOfWork,
        link: &Link,
        step: Step,
    ) -> Result<(), ServiceError> {
        let vain = self.can_mail() && unit.step_tries(link.id, step).await? == VAIN_TRIES;
        if vain { self.owe_news(unit, link, News::Stuck).await } else { Ok(()) }
    }

    /// Owes the link's contact a letter; nothing when no mail is set up or there is no address.
    pub(crate) async fn owe(
        &self,
        unit: &mut dyn UnitOfWork,
        link: &Link,
        kind: LetterKind,
    ) -> Result<(), ServiceError> {
        self.owe_in(unit, link, kind, 0).await
    }

    async fn owe_in(
        &self,
        unit: &mut dyn UnitOfWork,
        link: &Link,
        kind: LetterKind,
        delay_ms: i64,
    ) -> Result<(), ServiceError> {
        if self.mailable(link).is_none() {
            return Ok(());
        }
        let now = self.now();
        unit.put_letter(link.id, kind, now).await?;
        Ok(unit.put_job(JobKind::Mail, &subject_of(link.id, kind), delay_ms, now).await?)
    }

    /// The same of a letter that brings this invite, so much later: whoever waits for it sends it meanwhile.
    pub(crate) async fn owe_invite(
        &self,
        unit: &mut dyn UnitOfWork,
        made: &MadeLink,
        kind: LetterKind,
        delay_ms: i64,
    ) -> Result<(), ServiceError> {
        self.owe_in(unit, &made.link, kind, delay_ms).await?;
        Ok(unit.set_letter_invite(made.link.id, kind, made.invite.id).await?)
    }

    /// The letter is not owed any more: somebody sent it.
    pub(crate) async fn owe_no_more(
        &self,
        unit: &mut dyn UnitOfWork,
        link: LinkId,
        kind: LetterKind,
    ) -> Result<(), ServiceError> {
        unit.delete_letter(link, kind).await?;
        unit.remove_job(JobKind::Mail, &subject_of(link, kind)).await?;
        Ok(())
    }

    /// Owes news of the link to whoever of the staff wants them.
    pub(crate) async fn owe_news(
        &self,
        unit: &mut dyn UnitOfWork,
        link: &Link,
        news: News,
    ) -> Result<(), ServiceError> {
        if !self.can_mail() {
            return Ok(());
        }
        let now = self.now();
        for staff in unit.staff_wanting(news, link.assignee).await? {
            unit.put_notice(staff, &Notice { link: link.id, news, at: now }).await?;
            let subject = staff.to_string();
            let job = unit.job(JobKind::Mail, &subject).await?;
            // One that waits, or is being worked on, tells these too: see `send_news`.
            if job.is_none_or(|job| job.dead_at.is_some()) {
                unit.put_job(JobKind::Mail, &subject, GATHER_MS, now).await?;
            }
        }
        Ok(())
    }
}
