//! Ending a link: its credentials are destroyed, and nothing of them can be brought back.

use domain::{CredentialField, LinkEvent, LinkId, Step};
use storage::{Actor, AuditAction};

use crate::{FlowCaller, ServiceError, Services};

impl Services {
    /// Ends the caller's link and destroys its data key with everything it seals; `false` when there is nothing to end.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn disconnect(&self, caller: &FlowCaller) -> Result<bool, ServiceError> {
        self.destroy(caller.link(), caller.actor()).await
    }

    /// The same for whoever may.
    pub(crate) async fn destroy(&self, id: LinkId, actor: Actor) -> Result<bool, ServiceError> {
        let now = self.now();
        let mut unit = self.storage().begin().await?;
        let Some(mut link) = unit.link(id).await? else { return Ok(false) };
        let Ok(status) = link.status.after(LinkEvent::Disconnected) else { return Ok(false) };
        let kept = unit.field_states(id).await?;
        unit.destroy_credentials(id).await?;
        for step in Step::ALL {
            unit.clear_step_attempt(id, step).await?;
            unit.end_hand_overs(id, step, now).await?;
        }
        link.fresh_host = None;
        link.previous = None;
        link.account = None;
        link.paused_from = None;
        link.move_to(status, None, now);
        unit.update_link(&link).await?;
        self.plan_recheck(&mut *unit, &link, None, None).await?;
        // Which values there were, by name: a certificate can be made of it at any time.
        let there = |field: &CredentialField| kept.iter().any(|state| state.field == *field);
        let names: Vec<_> =
            CredentialField::ALL.iter().filter(|field| there(field)).map(|f| f.to_string()).collect();
        let action = AuditAction::Disconnected;
        self.audit(&mut *unit, Some(id), actor, action, names.join(", ")).await?;
        unit.commit().await?;
        tracing::info!(link.id = %id, "disconnected: the data key is destroyed");
        // The key is gone either way; this also overwrites what the database's log of changes still holds of it.
        if let Err(error) = self.storage().forget_deleted().await {
            tracing::warn!(link.id = %id, %error, "could not clear the database's log of changes yet");
        }
        Ok(true)
    }
}
