//! The check: start it once, run it aside, keep what it found.
//!
//! The credentials are opened here and nowhere else; each opening has its audit entry before it happens.

use std::time::Duration;

use domain::{CheckId, CheckOutcome, CheckReport, CredentialField, LinkEvent, ProblemCode, Secret};
use storage::{Actor, AuditAction, CheckRun, Link, SealedCredential, Slot, UnitOfWork, WrappedKey};
use tokio::task::JoinHandle;
use vault::{SealedValue, WrappedDataKey};

use crate::flow::next_page;
use crate::{CheckRequest, FlowCaller, FlowPage, ServiceError, Services};

/// What came of asking for a check.
#[derive(Debug)]
pub enum CheckStart {
    /// It runs now.
    Started(RunningCheck),
    /// It was running already: there is never a second one.
    AlreadyRunning,
    /// A step is missing: this page comes first.
    NotReady(FlowPage),
    /// UKG Pro refused these very values: something must be changed before they are sent again.
    NeedsChange,
}

/// A check on its way. Dropping this does not stop it.
#[derive(Debug)]
pub struct RunningCheck(JoinHandle<()>);

impl RunningCheck {
    /// Waits until it is done and kept.
    pub async fn finished(self) {
        // A check that panicked is cleaned up like one that was cut short by a stop.
        if let Err(error) = self.0.await {
            tracing::error!(%error, "a check's task ended early");
        }
    }
}

/// A check that runs longer than this has lost its task: the check itself ends within 20 s.
const STUCK_MILLIS: i64 = 90_000;
/// How long to wait between tries to keep what a check found: a full disk may be mended meanwhile.
const KEEP_WAITS: [Duration; 5] = [
    Duration::from_secs(1),
    Duration::from_secs(2),
    Duration::from_secs(5),
    Duration::from_secs(10),
    Duration::from_secs(20),
];

/// What a check needs from the database.
struct Sealed {
    link: Link,
    key: WrappedKey,
    credentials: Vec<SealedCredential>,
}

impl Services {
    /// Starts a check of the caller's link, unless one is running.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn start_check(&self, caller: &FlowCaller) -> Result<CheckStart, ServiceError> {
        let mut unit = self.storage().begin().await?;
        let Some(mut link) = unit.link(caller.link()).await? else {
            return Ok(CheckStart::NotReady(FlowPage::Check));
        };
        if let Some(running) = unit.running_check(link.id).await? {
            if self.now().millis_since(running.started_at) < STUCK_MILLIS {
                return Ok(CheckStart::AlreadyRunning);
            }
            self.abandon(&mut *unit, &running).await?;
            let Some(freed) = unit.link(link.id).await? else { return Ok(CheckStart::AlreadyRunning) };
            link = freed;
        }
        let fields = unit.field_states(link.id).await?;
        let page = next_page(&link, &fields);
        let (Some(key), Ok(status)) =
            (unit.data_key(link.id).await?, link.status.after(LinkEvent::CheckStarted))
        else {
            return Ok(CheckStart::NotReady(page));
        };
        if matches!(page, FlowPage::Step(_)) {
            return Ok(CheckStart::NotReady(page));
        }
        let Some(host) = link.host.clone() else { return Ok(CheckStart::NotReady(page)) };
        let saved = fields.iter().filter(|state| state.slot == Slot::Saved).map(|state| state.changed_at);
        let since = saved.max().unwrap_or(link.created_at);
        if unit.was_rejected(link.id, &host, since).await? {
            return Ok(CheckStart::NeedsChange);
        }
        let now = self.now();
        let check = CheckRun {
            id: CheckId::new(now, self.id_bytes()?),
            link: link.id,
            host,
            started_at: now,
            finished_at: None,
            report: None,
        };
        unit.insert_check(&check).await?;
        // What is missing of a link that stands goes on being missing until the check says otherwise.
        link.move_to(status, link.problem.filter(|_| status.is_linked()), now);
        unit.update_link(&link).await?;
        let started = AuditAction::CheckStarted;
        self.audit(&mut *unit, Some(link.id), caller.actor(), started, check.id.to_string()).await?;
        let credentials = unit.saved_credentials(link.id).await?;
        for credential in &credentials {
            let detail = format!("{} for {}", credential.field, check.id);
            let opened = AuditAction::CredentialsOpened;
            self.audit(&mut *unit, Some(link.id), Actor::System, opened, detail).await?;
        }
        unit.commit().await?;
        let sealed = Sealed { link, key, credentials };
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

    /// Ends a check that will never end by itself.
    async fn abandon(&self, unit: &mut dyn UnitOfWork, check: &CheckRun) -> Result<(), ServiceError> {
        let now = self.now();
        unit.finish_check(check.id, &CheckRun { finished_at: Some(now), ..check.clone() }).await?;
        if let Some(mut link) = unit.link(check.link).await?
            && let Ok(status) = link.status.after(LinkEvent::CheckFaulted)
        {
            link.move_to(status, link.problem, now);
            unit.update_link(&link).await?;
        }
        let (action, detail) = (AuditAction::CheckAbandoned, check.id.to_string());
        self.audit(unit, Some(check.link), Actor::System, action, detail).await?;
        tracing::warn!(link.id = %check.link, check.id = %check.id, "a check was cut short");
        Ok(())
    }

    /// Waits for the checks that are running, so that a stop loses nothing of them. They end within their own deadline.
    pub async fn finish_checks(&self) {
        self.running().close();
        self.running().wait().await;
    }

    async fn run_check(&self, check: CheckRun, sealed: Sealed) {
        let (id, link) = (check.id, check.link);
        let report = match self.unseal(sealed) {
            Ok(request) => self.ask(request).await,
            Err(error) => {
                tracing::error!(link.id = %link, check.id = %id, %error,
                    "cannot open the credentials of this link; is its key-encryption key still in the key file?");
                None
            }
        };
        for wait in KEEP_WAITS {
            match self.keep_report(check.clone(), report.clone()).await {
                Ok(()) => return,
                Err(error) => {
                    tracing::warn!(link.id = %link, check.id = %id, %error, "could not keep what a check found; trying again");
                }
            }
            tokio::time::sleep(wait).await;
        }
        tracing::error!(link.id = %link, check.id = %id,
            "gave up keeping what a check found; it counts as cut short, and the administrator can check again");
    }

    /// A gateway that breaks ends the check all the same: nobody may wait for it for ever.
    async fn ask(&self, request: CheckRequest) -> Option<CheckReport> {
        let ukg = self.0.ukg.clone();
        let asked = tokio::spawn(async move { ukg.check(request).await }).await;
        if asked.is_err() {
            tracing::error!("a check broke; the panic's message stands before this line");
        }
        asked.ok()
    }

    fn unseal(&self, sealed: Sealed) -> Result<CheckRequest, ServiceError> {
        let missing = || ServiceError::Unexpected(anyhow::anyhow!("a saved credential is missing"));
        let key = WrappedDataKey::from_stored(&sealed.key.key_id, sealed.key.envelope)?;
        let open = |field: CredentialField| -> Result<Secret, ServiceError> {
            let credential = sealed.credentials.iter().find(|c| c.field == field).ok_or_else(missing)?;
            let value = SealedValue::from_stored(credential.envelope.clone())?;
            Ok(self.0.vault.open(&key, sealed.link.id, field, &value)?)
        };
        Ok(CheckRequest {
            host: sealed.link.host.clone().ok_or_else(missing)?,
            customer_api_key: open(CredentialField::CustomerApiKey)?,
            username: open(CredentialField::Username)?,
            password: open(CredentialField::Password)?,
            permissions: sealed.link.permissions.clone(),
        })
    }

    async fn keep_report(&self, check: CheckRun, report: Option<CheckReport>) -> Result<(), ServiceError> {
        let now = self.now();
        let event = match report.as_ref().map(|report| report.outcome) {
            Some(CheckOutcome::Linked) => LinkEvent::CheckLinked,
            Some(CheckOutcome::LinkedWithGaps) => LinkEvent::CheckFoundGaps,
            Some(CheckOutcome::Failed(code)) if is_refusal(code) => LinkEvent::CheckRefused,
            Some(CheckOutcome::Failed(_)) | None => LinkEvent::CheckFaulted,
        };
        let problem = report.as_ref().map_or(Some(ProblemCode::UkgUnexpected), problem_of);
        let unchecked = report.as_ref().map_or(0, CheckReport::unchecked);
        let (id, link_id, started_at) = (check.id, check.link, check.started_at);
        let mut unit = self.storage().begin().await?;
        let Some(mut link) = unit.link(link_id).await? else { return Ok(()) };
        if !unit.finish_check(id, &CheckRun { finished_at: Some(now), report, ..check }).await? {
            return Ok(());
        }
        if let Ok(status) = link.status.after(event) {
            // A fault says nothing of a link that stands: what was in its way before still is, and nothing else.
            let faulted = event == LinkEvent::CheckFaulted && status.is_linked();
            link.move_to(status, if faulted { link.problem } else { problem }, now);
            if matches!(event, LinkEvent::CheckLinked | LinkEvent::CheckFoundGaps) {
                link.linked_at = Some(now);
                unit.complete_invites(link_id, now).await?;
            }
            unit.update_link(&link).await?;
        }
        let detail = match (problem, unchecked) {
            (Some(code), _) => code.to_string(),
            (None, 0) => "linked".to_owned(),
            (None, unchecked) => format!("linked: {unchecked} not checked"),
        };
        self.audit(&mut *unit, Some(link_id), Actor::System, AuditAction::CheckFinished, detail).await?;
        unit.commit().await?;
        tracing::info!(link.id = %link_id, check.id = %id, link.status = %link.status,
            problem = problem.map_or("none", ProblemCode::as_str), duration_ms = now.millis_since(started_at),
            "checked link");
        Ok(())
    }
}

/// What stands in the way of a link: the newest attempt at a step that was not taken, else what the newest check found,
/// as long as that speaks of what is saved now.
pub(crate) async fn standing_problem(
    unit: &mut dyn UnitOfWork,
    link: &Link,
) -> Result<Option<ProblemCode>, ServiceError> {
    let attempts = unit.step_attempts(link.id).await?;
    if let Some(code) = attempts.first().and_then(|attempt| attempt.problems.first()) {
        return Ok(Some(*code));
    }
    let fields = unit.field_states(link.id).await?;
    let check = unit.last_check(link.id).await?.filter(|check| check.speaks_of(link, &fields));
    Ok(check.and_then(|check| check.report).and_then(|report| problem_of(&report)))
}

fn problem_of(report: &CheckReport) -> Option<ProblemCode> {
    match report.outcome {
        CheckOutcome::Linked => None,
        CheckOutcome::LinkedWithGaps => Some(ProblemCode::PermissionMissing),
        CheckOutcome::Failed(code) => Some(code),
    }
}

/// Whether UKG Pro spoke about the account, rather than failing to speak.
const fn is_refusal(code: ProblemCode) -> bool {
    matches!(code, ProblemCode::CredentialsRejected | ProblemCode::PermissionMissing)
}

#[cfg(test)]
mod tests {
    use domain::ProblemCode;

    use super::is_refusal;

    #[test]
    fn only_an_answer_about_the_account_is_a_refusal() {
        let refusals: Vec<_> = ProblemCode::ALL.into_iter().filter(|code| is_refusal(*code)).collect();

        assert_eq!(refusals, [ProblemCode::CredentialsRejected, ProblemCode::PermissionMissing]);
    }
}
