//! The check: start it once, run it aside, keep what it found.
//!
//! `guard` decides whether these values may be sent at all, `run` sends them (the only code that opens an envelope;
//! each opening has its audit entry before it happens), `keep` writes what came of it.

mod guard;
pub(crate) mod keep;
mod run;

use domain::{CheckId, CheckOutcome, CheckReport, LinkEvent, LinkId, Permission, ProblemCode};
use storage::{Actor, AuditAction, CheckRun, FieldState, Fingerprint, Job, Link, UnitOfWork};
use tokio::task::JoinHandle;

use crate::fingerprints::Fingerprints;
use crate::flow::next_page;
use crate::values::{InEffect, has_fresh};
use crate::webhooks::Happened;
use crate::{FlowCaller, FlowPage, KnownReport, ServiceError, Services};

pub use guard::Hold;
pub(crate) use keep::{event_of, links};

/// What came of asking for a check.
#[derive(Debug)]
pub enum CheckStart {
    /// It runs now.
    Started(RunningCheck),
    /// It was running already: there is never a second one.
    AlreadyRunning,
    /// A step is missing: this page comes first.
    NotReady(FlowPage),
    /// These values are not sent now: the reason, and what can be done.
    Held(Hold),
}

/// What is to be checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CheckAsked {
    /// Only this permission, when the account was accepted before with the same values; else everything.
    pub only: Option<Permission>,
    /// The administrator says that she has mended the account in UKG Pro itself: values that were refused may be tried
    /// once more.
    pub mended: bool,
}

/// A check on its way. Dropping this does not stop it.
#[derive(Debug)]
pub struct RunningCheck(JoinHandle<Option<CheckOutcome>>);

impl RunningCheck {
    /// Waits until it is done and kept; what it found, if anything.
    pub async fn finished(self) -> Option<CheckOutcome> {
        self.0.await.unwrap_or_else(|error| {
            // A check that panicked is cleaned up like one that was cut short by a stop.
            tracing::error!(%error, "a check's task ended early");
            None
        })
    }
}

/// A check that runs longer than this has lost its task: the check itself ends within 20 s.
const STUCK_MILLIS: i64 = 90_000;

impl Services {
    /// Starts a check of the caller's link, unless one is running or these values may not be sent.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn start_check(
        &self,
        caller: &FlowCaller,
        asked: CheckAsked,
    ) -> Result<CheckStart, ServiceError> {
        self.start_check_of(caller.link(), caller.actor(), asked, None).await
    }

    /// Why a check of the values in effect would not be made now; `None` when it would.
    pub(crate) async fn hold(
        &self,
        link: &Link,
        fields: &[FieldState],
        submission: Fingerprint,
        last: Option<&CheckRun>,
    ) -> Result<Option<Hold>, ServiceError> {
        let now = self.now();
        let of_replacement = link.status.stands() && has_fresh(link, fields);
        let past = guard::Past {
            refusals: self.storage().refusals(link.id, &submission).await?,
            rejections: self.storage().rejections(link.id, guard::window_start(now)).await?,
            last: last.filter(|check| check.submission == submission).cloned(),
        };
        let asked = guard::Asked { link, submission, of_replacement, mended: false };
        Ok(guard::decide(&asked, &past, now).err())
    }

    /// `job` is the re-check that this is, if it is one: that looks at the values in use, whatever is to replace them.
    pub(crate) async fn start_check_of(
        &self,
        link: LinkId,
        actor: Actor,
        asked: CheckAsked,
        job: Option<&Job>,
    ) -> Result<CheckStart, ServiceError> {
        let prints = self.fingerprints().await?;
        let mut unit = self.storage().begin().await?;
        let Some(mut link) = unit.link(link).await? else { return Ok(CheckStart::NotReady(FlowPage::Check)) };
        if let Some(running) = unit.running_check(link.id).await? {
            if self.now().millis_since(running.started_at) < STUCK_MILLIS {
                return Ok(CheckStart::AlreadyRunning);
            }
            self.abandon(&mut *unit, &running).await?;
            let Some(freed) = unit.link(link.id).await? else { return Ok(CheckStart::AlreadyRunning) };
            link = freed;
        }
        let fields = unit.field_states(link.id).await?;
        let values = unit.sealed_values(link.id).await?;
        let key = unit.data_key(link.id).await?;
        let in_effect = match job {
            Some(_) => InEffect::in_use(&link, &values),
            None => InEffect::next(&link, &values),
        };
        let (Some(in_effect), Some(key), Ok(status)) =
            (in_effect, key, link.status.after(LinkEvent::CheckStarted))
        else {
            return Ok(CheckStart::NotReady(next_page(&link, &fields)));
        };
        let of_replacement = job.is_none() && link.status.stands() && has_fresh(&link, &fields);
        let submission = prints.submission(link.id, &in_effect);
        let question = guard::Asked { link: &link, submission, of_replacement, mended: asked.mended };
        let refusals_left = match guard::allowance(&mut *unit, &question, self.now()).await? {
            Ok(left) => left,
            Err(hold) => return Ok(CheckStart::Held(hold)),
        };
        // Of what is not asked for or cannot be tested there is no row to ask anew: then everything is checked.
        let only = asked.only.filter(|permission| {
            permission.is_testable() && link.permissions.iter().any(|asked| asked == *permission)
        });
        let accepted = match only {
            Some(_) => unit.accepted_check(link.id, &submission).await?,
            None => None,
        };
        // What nobody asked for is not asked about again with one row, and goes on being known.
        let surplus = accepted.as_ref().map(|check| check.surplus.clone()).unwrap_or_default();
        let known = only
            .zip(accepted.and_then(|check| check.report))
            .map(|(ask, report)| KnownReport { ask, report });
        let now = self.now();
        let check = CheckRun {
            id: CheckId::new(now, self.id_bytes()?),
            link: link.id,
            host: in_effect.host().clone(),
            started_at: now,
            finished_at: None,
            report: None,
            submission,
            account: None,
            of_replacement,
            refused: 0,
            surplus,
        };
        let credentials = in_effect.credentials().map(Clone::clone);
        unit.insert_check(&check).await?;
        // What is missing of a link that stands goes on being missing until the check says otherwise.
        if job.is_none() {
            link.move_to(status, link.problem.filter(|_| status.stands()), now);
            self.keep_link(&mut *unit, &link, Happened::Moved).await?;
        }
        let detail = match &known {
            Some(known) => format!("{} {}", check.id, known.ask),
            None => check.id.to_string(),
        };
        self.audit(&mut *unit, Some(link.id), actor, AuditAction::CheckStarted, detail).await?;
        for credential in &credentials {
            let detail = format!("{} for {}", credential.field, check.id);
            let opened = AuditAction::CredentialsOpened;
            self.audit(&mut *unit, Some(link.id), Actor::System, opened, detail).await?;
        }
        unit.commit().await?;
        let sealed = run::Sealed { link, key, credentials, refusals_left, known, job: job.cloned() };
        let services = self.clone();
        // Its own task: the check goes on when the administrator closes the page.
        let task = self.running().spawn(async move { services.run_check(check, sealed).await });
        Ok(CheckStart::Started(RunningCheck(task)))
    }

    /// Ends checks that a stop of the server cut short, so that nothing waits for them. Called once, at start.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn abandon_running_checks(&self) -> Result<(), ServiceError> {
        let mut unit = self.storage().begin().await?;
        for check in unit.running_checks().await? {
            self.abandon(&mut *unit, &check).await?;
        }
        Ok(unit.commit().await?)
    }

    /// Ends checks of any server on the database that have lost their task, as when that server was stopped in the middle.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn abandon_stuck_checks(&self) -> Result<(), ServiceError> {
        let mut unit = self.storage().begin().await?;
        let now = self.now();
        let mut stuck = unit.running_checks().await?;
        stuck.retain(|check| now.millis_since(check.started_at) >= STUCK_MILLIS);
        for check in &stuck {
            self.abandon(&mut *unit, check).await?;
        }
        // With nothing to end, nothing is written.
        if stuck.is_empty() { Ok(()) } else { Ok(unit.commit().await?) }
    }

    /// Ends the checks of this process that its stop cuts short, so that nothing waits for them: they can be asked for again
    /// at once, at whichever server.
    ///
    /// # Errors
    /// When the database fails; they are then found by the next start, or by another server in a while.
    pub async fn abandon_own_checks(&self) -> Result<(), ServiceError> {
        let own = self.live().all();
        if own.is_empty() {
            return Ok(());
        }
        let mut unit = self.storage().begin().await?;
        for (link, id) in own {
            if let Some(check) = unit.running_check(link).await?.filter(|check| check.id == id) {
                self.abandon(&mut *unit, &check).await?;
            }
        }
        Ok(unit.commit().await?)
    }

    /// Ends a check that will never end by itself.
    async fn abandon(&self, unit: &mut dyn UnitOfWork, check: &CheckRun) -> Result<(), ServiceError> {
        let now = self.now();
        unit.finish_check(check.id, &CheckRun { finished_at: Some(now), ..check.clone() }).await?;
        if let Some(mut link) = unit.link(check.link).await?
            && let Ok(status) = link.status.after(LinkEvent::CheckFaulted)
        {
            link.move_to(status, link.problem, now);
            self.keep_link(unit, &link, Happened::Moved).await?;
        }
        let (action, detail) = (AuditAction::CheckAbandoned, check.id.to_string());
        self.audit(unit, Some(check.link), Actor::System, action, detail).await?;
        tracing::warn!(link.id = %check.link, check.id = %check.id, "a check was cut short");
        Ok(())
    }

    /// How many sealed values this process has opened: as many as the audit log has entries of it since it began.
    #[must_use]
    pub fn values_opened(&self) -> u64 {
        self.vault().opened()
    }

    /// Waits for the checks that are running, so that a stop loses nothing of them. They end within their own deadline.
    pub async fn finish_checks(&self) {
        self.running().close();
        self.running().wait().await;
    }
}

/// What stands in the way of a link that was never linked: the newest attempt at a step that was not taken, else what
/// the newest check found, as long as that speaks of the values the next check would be made with. What stands in the
/// way of a link that stands is what its last check found, whatever is being entered to replace it.
pub(crate) async fn standing_problem(
    prints: &Fingerprints,
    unit: &mut dyn UnitOfWork,
    link: &Link,
) -> Result<Option<ProblemCode>, ServiceError> {
    if link.status.stands() {
        return Ok(link.problem);
    }
    let attempts = unit.step_attempts(link.id).await?;
    if let Some(code) = attempts.first().and_then(|attempt| attempt.problems.first()) {
        return Ok(Some(*code));
    }
    let values = unit.sealed_values(link.id).await?;
    let Some(in_effect) = InEffect::next(link, &values) else { return Ok(None) };
    let submission = prints.submission(link.id, &in_effect);
    let check = unit.last_check(link.id).await?.filter(|check| check.submission == submission);
    Ok(check.and_then(|check| check.report).and_then(|report| problem_of(&report)))
}

/// What a report says stands in the way.
pub(crate) fn problem_of(report: &CheckReport) -> Option<ProblemCode> {
    match report.outcome {
        CheckOutcome::Linked => None,
        CheckOutcome::LinkedWithGaps => Some(ProblemCode::PermissionMissing),
        CheckOutcome::Failed(code) => Some(code),
    }
}
