//! Running a check: open the envelopes, ask UKG Pro, keep what it says, then look for permissions nobody asked for.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use domain::{
    CheckId, CheckOutcome, CheckProgress, CheckReport, ConnectionStep, CredentialField, LinkId,
    PermissionResult, ProblemCode, Secret,
};
use storage::{CheckRun, Fingerprint, Job, Link, SealedCredential, WrappedKey};
use tokio::sync::watch;
use vault::{SealedValue, WrappedDataKey};

use crate::{CheckRequest, CheckWatcher, KnownReport, ServiceError, Services};

/// How long to wait between tries to keep what a check found: a full disk may be mended meanwhile.
const KEEP_WAITS: [Duration; 5] = [
    Duration::from_secs(1),
    Duration::from_secs(2),
    Duration::from_secs(5),
    Duration::from_secs(10),
    Duration::from_secs(20),
];
/// The same for counting one refused request: the check waits meanwhile, so not for long.
const COUNT_WAITS: [Duration; 3] =
    [Duration::from_millis(100), Duration::from_millis(400), Duration::from_millis(1500)];

/// What a check needs from the database.
pub(super) struct Sealed {
    pub(super) link: Link,
    pub(super) key: WrappedKey,
    pub(super) credentials: [SealedCredential; 3],
    pub(super) refusals_left: u8,
    pub(super) known: Option<KnownReport>,
    /// The re-check that this is, if it is one.
    pub(super) job: Option<Job>,
}

/// What came of a check: the report, and which account it was about when that was accepted.
#[derive(Clone, Default)]
pub(super) struct Found {
    pub(super) report: Option<CheckReport>,
    pub(super) account: Option<Fingerprint>,
}

impl Services {
    pub(super) async fn run_check(&self, check: CheckRun, mut sealed: Sealed) -> Option<CheckOutcome> {
        let (id, link, job) = (check.id, check.link, sealed.job.take());
        let start = CheckProgress::new(&sealed.link.permissions);
        let progress = self.live().begin(link, id, start);
        // Whoever watches is told that it is over when it is kept, not before: the page she then loads must say so.
        let watched = progress.clone();
        let request = match self.unseal(&check, sealed) {
            Ok(request) => Some(request),
            Err(error) => {
                tracing::error!(link.id = %link, check.id = %id, %error,
                    "cannot open the credentials of this link; is its key-encryption key still in the key file?");
                None
            }
        };
        let found = match &request {
            Some(request) => self.ask(&check, request, progress).await,
            None => Found::default(),
        };
        let kept = self.keep_with_patience(&check, &found, job.as_ref()).await;
        drop(watched);
        // What nobody asked for was found when the link was made, or is the next time somebody looks.
        if let (true, None, Some(request), Some(report)) = (kept, &job, request, &found.report) {
            self.look_for_surplus(id, request, report).await;
        }
        self.live().end(link, id);
        found.report.map(|report| report.outcome)
    }

    /// A gateway that breaks ends the check all the same: nobody may wait for it for ever.
    async fn ask(
        &self,
        check: &CheckRun,
        request: &CheckRequest,
        progress: watch::Sender<CheckProgress>,
    ) -> Found {
        let ukg = self.inner().parts.ukg.clone();
        let watcher =
            Arc::new(Journal { services: self.clone(), check: check.id, link: check.link, progress });
        let asked = request.clone();
        let report = tokio::spawn(async move { ukg.check(asked, watcher).await }).await;
        if report.is_err() {
            tracing::error!(link.id = %check.link, check.id = %check.id,
                "a check broke; the panic's message stands before this line");
        }
        let report = report.ok().map(|report| without_old_proof(request, report));
        let accepted = report.as_ref().is_some_and(|report| report.connection == ConnectionStep::Accepted);
        let account = match self.fingerprints().await {
            Ok(prints) if accepted => Some(prints.account(request)),
            Ok(_) => None,
            Err(error) => {
                tracing::error!(link.id = %check.link, %error, "cannot tell which account this is");
                None
            }
        };
        Found { report, account }
    }

    /// Whether it was kept and says something of the link as it is now.
    async fn keep_with_patience(&self, check: &CheckRun, found: &Found, job: Option<&Job>) -> bool {
        let (id, link) = (check.id, check.link);
        for wait in KEEP_WAITS {
            match self.keep_report(check, found, job).await {
                Ok(had_effect) => return had_effect,
                Err(error) => {
                    tracing::warn!(link.id = %link, check.id = %id, %error, "could not keep what a check found; trying again");
                }
            }
            tokio::time::sleep(wait).await;
        }
        tracing::error!(link.id = %link, check.id = %id,
            "gave up keeping what a check found; it counts as cut short, and the administrator can check again");
        false
    }

    /// Asks about the permissions the link does not need. Only after a whole check that was accepted.
    async fn look_for_surplus(&self, check: CheckId, request: CheckRequest, report: &CheckReport) {
        let others: Vec<_> = request.permissions.testable_others().collect();
        let accepted = report.connection == ConnectionStep::Accepted;
        if others.is_empty() || request.known.is_some() || !accepted {
            return;
        }
        let surplus = self.inner().parts.ukg.surplus(request, others).await;
        if surplus.is_empty() {
            return;
        }
        let kept = async {
            let mut unit = self.storage().begin().await?;
            unit.put_surplus(check, &surplus).await?;
            unit.commit().await
        };
        if let Err(error) = kept.await {
            tracing::warn!(check.id = %check, %error, "could not keep which permissions are not needed");
        }
    }

    fn unseal(&self, check: &CheckRun, sealed: Sealed) -> Result<CheckRequest, ServiceError> {
        let missing = || ServiceError::Unexpected(anyhow::anyhow!("a saved credential is missing"));
        let key = WrappedDataKey::from_stored(&sealed.key.key_id, sealed.key.envelope)?;
        let open = |field: CredentialField| -> Result<Secret, ServiceError> {
            let credential = sealed.credentials.iter().find(|c| c.field == field).ok_or_else(missing)?;
            let value = SealedValue::from_stored(credential.envelope.clone())?;
            Ok(self.vault().open(&key, check.link, field, &value)?)
        };
        Ok(CheckRequest {
            host: check.host.clone(),
            customer_api_key: open(CredentialField::CustomerApiKey)?,
            username: open(CredentialField::Username)?,
            password: open(CredentialField::Password)?,
            permissions: sealed.link.permissions,
            refusals_left: sealed.refusals_left,
            known: sealed.known,
        })
    }
}

/// A report of one row asked anew, without what it only repeats: when that row stayed open, this check has proven
/// nothing of the account, and may neither link it nor make its refusals forgotten.
fn without_old_proof(request: &CheckRequest, mut report: CheckReport) -> CheckReport {
    let Some(known) = &request.known else { return report };
    let row = report.rows.iter().find(|row| row.permission == known.ask);
    let open = row.is_none_or(|row| row.result == PermissionResult::Unchecked);
    if open && !matches!(report.outcome, CheckOutcome::Failed(_)) {
        let problem = row.and_then(|row| row.problem).unwrap_or(ProblemCode::UkgUnexpected);
        report.outcome = CheckOutcome::Failed(problem);
    }
    if open && report.connection == ConnectionStep::Accepted {
        report.connection = ConnectionStep::Reached;
        report.accepted_ms = None;
    }
    report
}

/// Keeps count of refusals, and passes progress on to whoever watches.
struct Journal {
    services: Services,
    check: CheckId,
    link: LinkId,
    progress: watch::Sender<CheckProgress>,
}

#[async_trait]
impl CheckWatcher for Journal {
    fn progressed(&self, progress: &CheckProgress) {
        self.progress.send_replace(progress.clone());
    }

    async fn refused(&self) -> bool {
        for wait in COUNT_WAITS {
            match self.count().await {
                Ok(goes_on) => return goes_on,
                Err(error) => {
                    tracing::warn!(link.id = %self.link, check.id = %self.check, %error,
                        "could not count a refused request; trying again");
                }
            }
            tokio::time::sleep(wait).await;
        }
        tracing::error!(link.id = %self.link, check.id = %self.check,
            "a refused request could not be counted, so that the check ends here; can the database be written to?");
        false
    }
}

impl Journal {
    /// Whether the check goes on: when it was ended meanwhile, because its server did not go on for long, others may have asked
    /// with these values since, and nobody knew of what this one may still ask.
    async fn count(&self) -> Result<bool, storage::StorageError> {
        let mut unit = self.services.storage().begin().await?;
        unit.count_refused(self.check).await?;
        let running = unit.running_check(self.link).await?;
        unit.commit().await?;
        Ok(running.is_some_and(|running| running.id == self.check))
    }
}
