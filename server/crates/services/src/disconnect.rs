//! Ending a link: its credentials are destroyed, and nothing of them can be brought back.

use domain::{LinkEvent, Step};
use storage::AuditAction;

use crate::{FlowCaller, ServiceError, Services};

impl Services {
    /// Ends the caller's link and destroys its data key with everything it seals; `false` when there is nothing to end.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn disconnect(&self, caller: &FlowCaller) -> Result<bool, ServiceError> {
        let now = self.now();
        let mut unit = self.storage().begin().await?;
        let Some(mut link) = unit.link(caller.link()).await? else { return Ok(false) };
        let Ok(status) = link.status.after(LinkEvent::Disconnected) else { return Ok(false) };
        unit.destroy_credentials(link.id).await?;
        for step in Step::ALL {
            unit.clear_step_attempt(link.id, step).await?;
            unit.end_hand_overs(link.id, step, now).await?;
        }
        link.fresh_host = None;
        link.previous = None;
        link.account = None;
        link.move_to(status, None, now);
        unit.update_link(&link).await?;
        let action = AuditAction::Disconnected;
        self.audit(&mut *unit, Some(link.id), caller.actor(), action, String::new()).await?;
        unit.commit().await?;
        tracing::info!(link.id = %link.id, "disconnected: the data key is destroyed");
        // The key is gone either way; this also overwrites what the database's log of changes still holds of it.
        if let Err(error) = self.storage().forget_deleted().await {
            tracing::warn!(link.id = %link.id, %error, "could not clear the database's log of changes yet");
        }
        Ok(true)
    }
}
