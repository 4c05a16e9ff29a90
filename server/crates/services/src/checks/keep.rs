//! Keeping what a check found: the report, the link's status, and a replacement that has proven itself, in one unit.

use domain::{
    CheckOutcome, CheckReport, ConnectionStep, LinkEvent, Permission, PermissionResult, ProblemCode,
    Timestamp,
};
use storage::{Actor, AuditAction, CheckRun, Job, Link, UnitOfWork};

use super::problem_of;
use super::run::Found;
use crate::letters::Before;
use crate::rechecks::is_refused;
use crate::values::InEffect;
use crate::webhooks::{Checked, Gaps, Happened, missing_of};
use crate::{ServiceError, Services};

impl Services {
    /// Keeps it; whether it speaks of the link as it is now. `job` is the re-check that it was, if it was one.
    pub(super) async fn keep_report(
        &self,
        check: &CheckRun,
        found: &Found,
        job: Option<&Job>,
    ) -> Result<bool, ServiceError> {
        let prints = self.fingerprints().await?;
        let now = self.now();
        let report = found.report.as_ref();
        let mut unit = self.storage().begin().await?;
        let Some(mut link) = unit.link(check.link).await? else { return Ok(false) };
        let finished = CheckRun {
            finished_at: Some(now),
            report: found.report.clone(),
            account: found.account,
            ..check.clone()
        };
        let values = unit.sealed_values(link.id).await?;
        let before = self.gaps_in_use(prints, &mut *unit, &link, &values).await?;
        if !unit.finish_check(check.id, &finished).await? {
            return Ok(false);
        }
        // Credentials that were destroyed while the check ran stay destroyed, and so do its findings without effect.
        let in_effect = match job {
            Some(_) => InEffect::in_use(&link, &values),
            None => InEffect::next(&link, &values),
        };
        let same = in_effect.is_some_and(|values| prints.submission(link.id, &values) == check.submission);
        // Nor has a re-check any that comes so late that somebody else has its job.
        let current = same && self.owns(&mut *unit, job).await?;
        if current {
            let stood = Before::of(&link);
            let event = event_of(found.report.as_ref(), &link, job.is_some());
            if check.of_replacement {
                self.keep_replacement(&mut *unit, &mut link, check, found, now).await?;
            } else {
                let told = checked(found.report.as_ref(), job.is_none(), before);
                self.keep_status(&mut *unit, &mut link, found, (event, told), now).await?;
                self.plan_recheck(&mut *unit, &link, Some(event), job).await?;
                self.owe_for_change(&mut *unit, stood, &link).await?;
                self.owe_for_vain_checks(&mut *unit, &link).await?;
            }
        }
        let problem = report.map_or(Some(ProblemCode::UkgUnexpected), problem_of);
        let detail = match (problem, report.map_or(0, CheckReport::unchecked)) {
            (Some(code @ ProblemCode::PermissionMissing), _) => format!("{code}: {}", missing(report)),
            (Some(code), _) => code.to_string(),
            (None, 0) => "linked".to_owned(),
            (None, unchecked) => format!("linked: {unchecked} not checked"),
        };
        self.audit(&mut *unit, Some(link.id), Actor::System, AuditAction::CheckFinished, detail).await?;
        unit.commit().await?;
        self.meter().check_ended(&check.host, problem, now.millis_since(check.started_at));
        tracing::info!(link.id = %link.id, check.id = %check.id, link.status = %link.status,
            problem = problem.map_or("none", ProblemCode::as_str),
            duration_ms = now.millis_since(check.started_at), "checked link");
        Ok(current)
    }

    /// What the check says of the values in use.
    async fn keep_status(
        &self,
        unit: &mut dyn UnitOfWork,
        link: &mut Link,
        found: &Found,
        (event, told): (LinkEvent, Checked),
        now: Timestamp,
    ) -> Result<(), ServiceError> {
        let Ok(status) = link.status.after(event) else { return Ok(()) };
        let problem = found.report.as_ref().map_or(Some(ProblemCode::UkgUnexpected), problem_of);
        // A fault says nothing of a link that stands: what was in its way before still is, and nothing else. Only that it
        // could not be checked again is told, unless a refusal waits to be confirmed.
        let faulted = (event == LinkEvent::CheckFaulted && status.stands())
            || (event == LinkEvent::RecheckFaulted && is_refused(link));
        let problem = if faulted { link.problem } else { problem };
        // A re-check that fails once more changes nothing: since when is what staff want to know.
        let news = !status.is_linked() && event != LinkEvent::RecheckFaulted;
        if (status, problem) != (link.status, link.problem) || news {
            link.move_to(status, problem, now);
        }
        if matches!(event, LinkEvent::CheckLinked | LinkEvent::CheckFoundGaps) {
            link.linked_at = Some(now);
            link.account = found.account.or(link.account);
            unit.complete_invites(link.id, now).await?;
        }
        self.keep_link(unit, link, Happened::Checked(told)).await
    }

    /// What the check says of the values that are to replace those in use: they take their place when nothing is lost by
    /// it, and are asked about or mended otherwise. The link itself stands as it stood.
    async fn keep_replacement(
        &self,
        unit: &mut dyn UnitOfWork,
        link: &mut Link,
        check: &CheckRun,
        found: &Found,
        now: Timestamp,
    ) -> Result<(), ServiceError> {
        link.changed_at = now;
        let linked = found.report.as_ref().filter(|report| links(report));
        match linked {
            Some(report) if self.question(unit, link, report).await?.is_none() => {
                self.put_in_use(unit, link, report, found.account, Actor::System, check.id.to_string()).await
            }
            Some(_) => self.keep_link(unit, link, Happened::Moved).await,
            None => {
                let told = Checked { failed: true, gaps: None };
                self.keep_link(unit, link, Happened::Checked(told)).await
            }
        }
    }
}

/// What receivers are told of a check of the values in use.
fn checked(report: Option<&CheckReport>, asked_for: bool, before: Option<Vec<Permission>>) -> Checked {
    let linked = report.filter(|report| links(report));
    Checked {
        failed: asked_for && linked.is_none(),
        gaps: linked.map(|report| Gaps { before, after: missing_of(report) }),
    }
}

/// The permissions that were found missing, by name.
fn missing(report: Option<&CheckReport>) -> String {
    let rows = report.map_or(&[][..], |report| &report.rows);
    let missing = rows.iter().filter(|row| row.result == PermissionResult::Missing);
    missing.map(|row| row.permission.slug()).collect::<Vec<_>>().join(", ")
}

/// Whether the account can be linked by what was found.
pub(crate) const fn links(report: &CheckReport) -> bool {
    matches!(report.outcome, CheckOutcome::Linked | CheckOutcome::LinkedWithGaps)
        && matches!(report.connection, ConnectionStep::Accepted)
}

/// What a report means for the link as it stands. `by_itself`: nobody asked for the check.
pub(crate) fn event_of(report: Option<&CheckReport>, link: &Link, by_itself: bool) -> LinkEvent {
    match report.map(|report| report.outcome) {
        Some(CheckOutcome::Linked) if report.is_some_and(links) => LinkEvent::CheckLinked,
        Some(CheckOutcome::LinkedWithGaps) if report.is_some_and(links) => LinkEvent::CheckFoundGaps,
        Some(CheckOutcome::Failed(code)) if code.is_refusal() && is_refused(link) => {
            LinkEvent::CheckRefusedAgain
        }
        Some(CheckOutcome::Failed(code)) if code.is_refusal() => LinkEvent::CheckRefused,
        Some(CheckOutcome::Linked | CheckOutcome::LinkedWithGaps | CheckOutcome::Failed(_)) | None
            if by_itself =>
        {
            LinkEvent::RecheckFaulted
        }
        Some(CheckOutcome::Linked | CheckOutcome::LinkedWithGaps | CheckOutcome::Failed(_)) | None => {
            LinkEvent::CheckFaulted
        }
    }
}
