//! Replacing the credentials of a link that stands: the new ones take the place of the old in one step, and only when
//! nothing is lost by it; for a day that can be undone.

use domain::{
    CheckReport, CredentialField, LinkStatus, Permission, PermissionResult, ProblemCode, Timestamp,
    WebServicesHost,
};
use storage::{Actor, AuditAction, CheckRun, FieldState, Fingerprint, Link, Previous, Slot, UnitOfWork};

use crate::checks::{event_of, links};
use crate::letters::Before;
use crate::values::{InEffect, has_fresh, is_other_tenant};
use crate::webhooks::{Checked, Gaps, Happened, missing_of};
use crate::{FlowCaller, ServiceError, Services};

/// How long a replacement can be undone, in seconds.
pub const UNDO_SECONDS: i64 = 24 * 60 * 60;

/// Why new values that work are not simply put in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// They lead to another UKG Pro tenant than those in use.
    OtherTenant {
        /// The host in use.
        old: WebServicesHost,
        /// The new one; the same when it is the key that differs.
        new: WebServicesHost,
    },
    /// Permissions that are granted to the account in use are not granted to the new one.
    FewerPermissions {
        /// Which.
        lost: Vec<Permission>,
    },
}

/// What the administrator answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Put the new values in use.
    Use,
    /// Forget them and go on with those in use.
    Keep,
}

impl Services {
    /// What has to be asked before the values of this report, which link, are put in use; `None` when nothing.
    pub(crate) async fn question(
        &self,
        unit: &mut dyn UnitOfWork,
        link: &Link,
        report: &CheckReport,
    ) -> Result<Option<Question>, ServiceError> {
        let fields = unit.field_states(link.id).await?;
        let values = unit.sealed_values(link.id).await?;
        let before = match InEffect::in_use(link, &values) {
            Some(in_use) => {
                let submission = self.fingerprints().await?.submission(link.id, &in_use);
                unit.accepted_check(link.id, &submission).await?
            }
            None => None,
        };
        Ok(question_of(link, &fields, before.as_ref(), report))
    }

    /// Puts the fresh values in use; those they replace are kept for a day, unless they were refused.
    pub(crate) async fn put_in_use(
        &self,
        unit: &mut dyn UnitOfWork,
        link: &mut Link,
        report: &CheckReport,
        account: Option<Fingerprint>,
        actor: Actor,
        detail: String,
    ) -> Result<(), ServiceError> {
        let now = self.now();
        let stood = Before::of(link);
        let old_status = link.status;
        let event = event_of(Some(report), link, false);
        let Ok(status) = old_status.after(event) else { return Ok(()) };
        for field in CredentialField::ALL {
            unit.discard_sealed(link.id, field, Slot::Previous).await?;
        }
        let values = unit.sealed_values(link.id).await?;
        let before = self.gaps_in_use(self.ready_fingerprints()?, unit, link, &values).await?;
        let worth_keeping = old_status != LinkStatus::Broken;
        let old_host = link.host.clone();
        for field in CredentialField::ALL {
            let states = unit.field_states(link.id).await?;
            if !states.iter().any(|state| state.field == field && state.slot == Slot::Fresh) {
                continue;
            }
            if worth_keeping {
                unit.move_sealed(link.id, field, Slot::Saved, Slot::Previous).await?;
            }
            unit.move_sealed(link.id, field, Slot::Fresh, Slot::Saved).await?;
        }
        link.host = link.fresh_host.take().or(link.host.take());
        link.previous = old_host.filter(|_| worth_keeping).map(|host| Previous {
            host,
            status: old_status,
            account: link.account,
            replaced_at: now,
        });
        link.account = account;
        link.linked_at = Some(now);
        let problem = (status == LinkStatus::LinkedWithGaps).then_some(ProblemCode::PermissionMissing);
        link.move_to(status, problem, now);
        let gaps = Some(Gaps { before, after: missing_of(report) });
        self.keep_link(unit, link, Happened::Checked(Checked { failed: false, gaps })).await?;
        unit.complete_invites(link.id, now).await?;
        self.plan_recheck(unit, link, Some(event), None).await?;
        self.owe_for_change(unit, stood, link).await?;
        self.audit(unit, Some(link.id), actor, AuditAction::CredentialsReplaced, detail).await
    }

    /// Answers the question; does nothing when there is none (any more).
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn answer_question(&self, caller: &FlowCaller, choice: Choice) -> Result<(), ServiceError> {
        let prints = self.fingerprints().await?;
        let mut unit = self.storage().begin().await?;
        let Some(mut link) = unit.link(caller.link()).await? else { return Ok(()) };
        let fields = unit.field_states(link.id).await?;
        if !link.status.stands() || !has_fresh(&link, &fields) || unit.running_check(link.id).await?.is_some()
        {
            return Ok(());
        }
        match choice {
            Choice::Use => {
                let values = unit.sealed_values(link.id).await?;
                let Some(next) = InEffect::next(&link, &values) else { return Ok(()) };
                let submission = prints.submission(link.id, &next);
                let check = unit.last_check(link.id).await?.filter(|check| check.submission == submission);
                // Only what a check has found to work may be put in use, whoever says so.
                let Some(check) = check else { return Ok(()) };
                let Some(report) = check.report.filter(links) else { return Ok(()) };
                let detail = "confirmed".to_owned();
                self.put_in_use(&mut *unit, &mut link, &report, check.account, caller.actor(), detail)
                    .await?;
            }
            Choice::Keep => {
                for field in CredentialField::ALL {
                    unit.discard_sealed(link.id, field, Slot::Fresh).await?;
                    unit.discard_sealed(link.id, field, Slot::Pending).await?;
                }
                link.fresh_host = None;
                link.changed_at = self.now();
                self.keep_link(&mut *unit, &link, Happened::Moved).await?;
                let (action, detail) = (AuditAction::ReplacementDropped, String::new());
                self.audit(&mut *unit, Some(link.id), caller.actor(), action, detail).await?;
            }
        }
        Ok(unit.commit().await?)
    }

    /// Goes back to the values that were replaced within the last day; `false` when there are none (any more).
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn undo_replacement(&self, caller: &FlowCaller) -> Result<bool, ServiceError> {
        let now = self.now();
        let mut unit = self.storage().begin().await?;
        let Some(mut link) = unit.link(caller.link()).await? else { return Ok(false) };
        if undo_until(&link, now).is_none() || unit.running_check(link.id).await?.is_some() {
            return Ok(false);
        }
        let stood = Before::of(&link);
        let Some(previous) = link.previous.take() else { return Ok(false) };
        let prints = self.fingerprints().await?;
        let replaced = unit.sealed_values(link.id).await?;
        let before = self.gaps_in_use(prints, &mut *unit, &link, &replaced).await?;
        for field in CredentialField::ALL {
            unit.move_sealed(link.id, field, Slot::Previous, Slot::Saved).await?;
            unit.discard_sealed(link.id, field, Slot::Fresh).await?;
            unit.discard_sealed(link.id, field, Slot::Pending).await?;
        }
        link.host = Some(previous.host);
        link.fresh_host = None;
        link.account = previous.account;
        let problem =
            (previous.status == LinkStatus::LinkedWithGaps).then_some(ProblemCode::PermissionMissing);
        link.move_to(previous.status, problem, now);
        let values = unit.sealed_values(link.id).await?;
        let after = self.gaps_in_use(prints, &mut *unit, &link, &values).await?;
        let gaps = after.map(|after| Gaps { before, after });
        self.keep_link(&mut *unit, &link, Happened::Checked(Checked { failed: false, gaps })).await?;
        self.plan_recheck(&mut *unit, &link, None, None).await?;
        self.owe_for_change(&mut *unit, stood, &link).await?;
        let action = AuditAction::ReplacementUndone;
        self.audit(&mut *unit, Some(link.id), caller.actor(), action, String::new()).await?;
        unit.commit().await?;
        if let Err(error) = self.storage().forget_deleted().await {
            tracing::warn!(link.id = %link.id, %error, "could not clear the database's log of changes yet");
        }
        Ok(true)
    }
}

/// What has to be asked about fresh values whose check found `report`, which links; `before` is the newest check in which
/// the values in use were accepted.
pub(crate) fn question_of(
    link: &Link,
    fields: &[FieldState],
    before: Option<&CheckRun>,
    report: &CheckReport,
) -> Option<Question> {
    if is_other_tenant(link, fields)
        && let Some(old) = link.host.clone()
    {
        let new = link.fresh_host.clone().unwrap_or_else(|| old.clone());
        return Some(Question::OtherTenant { old, new });
    }
    // What is refused for good is no loss; one refusal alone may have been a mistake of UKG Pro's.
    let before = before.filter(|_| link.status != LinkStatus::Broken)?.report.as_ref()?;
    let lost = lost(before, report);
    (!lost.is_empty()).then_some(Question::FewerPermissions { lost })
}

/// Until when the last replacement can be undone; `None` when there is none, or it is too late.
pub(crate) fn undo_until(link: &Link, now: Timestamp) -> Option<Timestamp> {
    let until = link.previous.as_ref()?.replaced_at.plus_seconds(UNDO_SECONDS);
    (link.status.stands() && now < until).then_some(until)
}

/// What was granted before and is not granted now.
fn lost(before: &CheckReport, now: &CheckReport) -> Vec<Permission> {
    let granted = |report: &CheckReport, permission| {
        report.rows.iter().any(|row| row.permission == permission && row.result == PermissionResult::Granted)
    };
    let all = before.rows.iter().map(|row| row.permission);
    all.filter(|permission| granted(before, *permission) && !granted(now, *permission)).collect()
}
