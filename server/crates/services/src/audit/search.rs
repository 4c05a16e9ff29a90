//! Searching the log, for owners: a page at a time, and all of it for a download.

use storage::{Actor, AuditAction, AuditFound, AuditRow, AuditSearch};

use super::chain::BATCH;
use crate::exports::ExportPlace;
use crate::{ExportError, InviteOrigins, Operator, OwnerCaller, ServiceError, Services};

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
    /// How the invites came to be whose holders did something of it.
    pub origins: InviteOrigins,
    /// What to ask for next: entries before this position; `None` on the last page.
    pub next: Option<u64>,
}

/// A download of the log, a part at a time.
pub struct AuditExport {
    services: Services,
    /// `None` when everything was read.
    question: Option<AuditQuestion>,
    place: ExportPlace,
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
        Ok(AuditPage { origins: self.origins_in(&entries).await?, entries, next })
    }

    /// A download of what the search finds; noted before the first entry is given out.
    ///
    /// # Errors
    /// When it cannot be noted, or when the caller takes others away already.
    pub async fn export_audit(
        &self,
        caller: &OwnerCaller,
        question: AuditQuestion,
    ) -> Result<AuditExport, ExportError> {
        let place = self.export_place(caller.staff())?;
        self.note_export(Actor::Staff(caller.staff().id())).await?;
        Ok(AuditExport { services: self.clone(), question: Some(question), place })
    }

    /// Notes that the log is written out at the command line; to be called before the first entry is given out.
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

    async fn origins_in(&self, entries: &[AuditFound]) -> Result<InviteOrigins, ServiceError> {
        let by_holders = entries.iter().filter(|found| matches!(found.entry.actor, Actor::Customer(_)));
        self.invite_origins(by_holders.filter_map(|found| found.entry.link)).await
    }
}

impl AuditExport {
    /// The next entries, newest first; `None` when the download is complete.
    ///
    /// # Errors
    /// When the database fails, or the session it was asked for in ended.
    pub async fn next(&mut self) -> Result<Option<AuditPage>, ExportError> {
        let Some(question) = &mut self.question else { return Ok(None) };
        self.place.goes_on().await?;
        let found = self.services.storage().search_audit(&question.search, question.before, BATCH).await;
        let entries = found.map_err(ServiceError::from)?;
        let next = entries.last().map(|found| found.position);
        question.before = next;
        if next.is_none() {
            self.question = None;
            return Ok(None);
        }
        Ok(Some(AuditPage { origins: self.services.origins_in(&entries).await?, entries, next }))
    }
}
