//! Searching the log, for owners: a page at a time, and all of it for a download.

use storage::{Actor, AuditAction, AuditFound, AuditRow, AuditSearch};

use super::chain::BATCH;
use crate::{Operator, OwnerCaller, ServiceError, Services};

/// How many entries a page shows.
const PAGE: u32 = 50;

/// What to look for, and from where.
#[derive(Clone, Debug, Default)]
pub struct AuditQuestion {
    /// What to look for.
    pub search: AuditSearch,
    /// Only entries before this position; the newest when `None`.
    pub before: Option<u64>,
}

/// One page of the log.
#[derive(Clone, Debug)]
pub struct AuditPage {
    /// The entries, newest first.
    pub entries: Vec<AuditFound>,
    /// What to ask for next: entries before this position; `None` on the last page.
    pub next: Option<u64>,
}

impl Services {
    /// One page of what the search finds.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn audit_page(
        &self,
        _: &OwnerCaller,
        question: &AuditQuestion,
    ) -> Result<AuditPage, ServiceError> {
        let limit = PAGE + 1;
        let mut entries = self.storage().search_audit(&question.search, question.before, limit).await?;
        let more = u32::try_from(entries.len()).is_ok_and(|found| found == limit);
        if more {
            entries.pop();
        }
        let next = entries.last().filter(|_| more).map(|found| found.position);
        Ok(AuditPage { entries, next })
    }

    /// Notes that an owner downloads what the search finds; to be called before the first entry is given out.
    ///
    /// # Errors
    /// When it cannot be kept: then nothing may be given out.
    pub async fn begin_audit_export(&self, caller: &OwnerCaller) -> Result<(), ServiceError> {
        self.note_export(Actor::Staff(caller.staff().id())).await
    }

    /// The same at the command line.
    ///
    /// # Errors
    /// When it cannot be kept: then nothing may be given out.
    pub async fn begin_audit_export_here(&self, _: Operator) -> Result<(), ServiceError> {
        self.note_export(Actor::CommandLine).await
    }

    /// The next entries after this position, oldest first, just as they are stored; none at the end of the log.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn audit_rows_here(&self, _: Operator, after: u64) -> Result<Vec<AuditRow>, ServiceError> {
        Ok(self.storage().audit_rows(after, BATCH).await?)
    }

    async fn note_export(&self, actor: Actor) -> Result<(), ServiceError> {
        let mut unit = self.storage().begin().await?;
        self.audit(&mut *unit, None, actor, AuditAction::LogExported, String::new()).await?;
        Ok(unit.commit().await?)
    }

    /// The next entries of a download, newest first; none when it is complete.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn audit_export_batch(
        &self,
        _: &OwnerCaller,
        question: &AuditQuestion,
    ) -> Result<Vec<AuditFound>, ServiceError> {
        Ok(self.storage().search_audit(&question.search, question.before, BATCH).await?)
    }
}
