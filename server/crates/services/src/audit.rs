//! The audit log: writing an entry inside a unit of work (`chain` binds it to those before), verifying the whole log,
//! accepting what it has without a seal (`unsealed`), searching it.

mod chain;
mod search;
mod unsealed;
mod verify;

use domain::{AuditId, LinkId};
use storage::{Actor, AuditAction, AuditColumns, AuditEntry, UnitOfWork};

use crate::{ServiceError, Services, client};

pub use search::{AuditExport, AuditPage, AuditQuestion};
pub use unsealed::{Acceptance, Entries};
pub use verify::{AuditFault, LogState, Verification};

impl Services {
    /// Adds an entry to the unit, so that it is kept with the change it tells of.
    pub(crate) async fn audit(
        &self,
        unit: &mut dyn UnitOfWork,
        link: Option<LinkId>,
        actor: Actor,
        action: AuditAction,
        detail: String,
    ) -> Result<(), ServiceError> {
        let at = self.now();
        let id = AuditId::new(at, self.id_bytes()?);
        let entry = AuditEntry { id, at, link, actor, action, detail, client: client::current() };
        let head = unit.audit_head().await?;
        let step = self.ready_fingerprints()?.step(&head, head.next(), &AuditColumns::of(&entry));
        Ok(unit.append_audit(&entry, &step).await?)
    }
}
