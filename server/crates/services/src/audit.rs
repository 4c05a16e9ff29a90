//! Writing audit entries inside a unit of work.

use domain::{AuditId, LinkId};
use storage::{Actor, AuditAction, AuditEntry, UnitOfWork};

use crate::{ServiceError, Services};

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
        Ok(unit.append_audit(&AuditEntry { id, at, link, actor, action, detail }).await?)
    }
}
