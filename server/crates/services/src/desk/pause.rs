//! Pausing a link that stands, and letting it go on as it stood.

use domain::{LinkEvent, LinkId};
use storage::{Actor, AuditAction};

use crate::webhooks::Happened;
use crate::{ServiceError, Services, StaffCaller};

/// What came of pausing a link, or of letting it go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PauseOutcome {
    /// Done.
    Done,
    /// It is not of a status in which this can be done.
    NotNow,
    /// A check is running: it is waited for, so that its findings are not lost.
    Checking,
    /// There is no such link.
    NoSuchLink,
}

impl Services {
    /// Stops the checks of a link that stands. Its credentials stay sealed where they are.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn pause_link(&self, caller: &StaffCaller, id: LinkId) -> Result<PauseOutcome, ServiceError> {
        let mut unit = self.storage().begin().await?;
        let Some(mut link) = unit.link(id).await? else { return Ok(PauseOutcome::NoSuchLink) };
        let Ok(status) = link.status.after(LinkEvent::Paused) else { return Ok(PauseOutcome::NotNow) };
        if unit.running_check(id).await?.is_some() {
            return Ok(PauseOutcome::Checking);
        }
        link.paused_from = Some(link.status);
        link.move_to(status, link.problem, self.now());
        self.keep_link(&mut *unit, &link, Happened::Moved).await?;
        self.plan_recheck(&mut *unit, &link, None, None).await?;
        let (actor, action) = (Actor::Staff(caller.id()), AuditAction::Paused);
        self.audit(&mut *unit, Some(id), actor, action, String::new()).await?;
        unit.commit().await?;
        tracing::info!(link.id = %id, "paused link");
        Ok(PauseOutcome::Done)
    }

    /// Lets a paused link go on as what it was.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn resume_link(&self, caller: &StaffCaller, id: LinkId) -> Result<PauseOutcome, ServiceError> {
        let mut unit = self.storage().begin().await?;
        let Some(mut link) = unit.link(id).await? else { return Ok(PauseOutcome::NoSuchLink) };
        let Some(to) = link.paused_from.take() else { return Ok(PauseOutcome::NotNow) };
        let Ok(status) = link.status.after(LinkEvent::Resumed { to }) else {
            return Ok(PauseOutcome::NotNow);
        };
        link.move_to(status, link.problem, self.now());
        self.keep_link(&mut *unit, &link, Happened::Moved).await?;
        self.plan_recheck(&mut *unit, &link, None, None).await?;
        let (actor, action) = (Actor::Staff(caller.id()), AuditAction::Resumed);
        self.audit(&mut *unit, Some(id), actor, action, String::new()).await?;
        unit.commit().await?;
        tracing::info!(link.id = %id, link.status = %status, "resumed link");
        Ok(PauseOutcome::Done)
    }
}
