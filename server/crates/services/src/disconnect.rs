//! Ending a link: its credentials are destroyed, and nothing of them can be brought back.

use std::time::Duration;

use domain::{CredentialField, LinkEvent, LinkId, Step};
use storage::{Actor, AuditAction, LetterKind};

use crate::webhooks::Happened;
use crate::{FlowCaller, ServiceError, Services};

/// How long somebody who ends a link waits for its last copies to be overwritten.
const AT_ONCE: Duration = Duration::from_secs(2);
/// How long after a try the next ones come; later ones come with the clean-up.
const RETRIES: [Duration; 4] =
    [Duration::from_secs(1), Duration::from_secs(10), Duration::from_secs(60), Duration::from_secs(600)];

/// What becomes of the invites of a link that is ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Invites {
    /// They open still: the customer may change their mind.
    Stay,
    /// They open nothing any more.
    Withdrawn,
}

impl Services {
    /// Ends the caller's link and destroys its data key with everything it seals; `false` when there is nothing to end.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn disconnect(&self, caller: &FlowCaller) -> Result<bool, ServiceError> {
        Ok(self.destroy(caller.link(), caller.actor(), Invites::Stay).await?.is_some())
    }

    /// The same for whoever may; whether everything is overwritten too, or `None` when there is nothing to end.
    pub(crate) async fn destroy(
        &self,
        id: LinkId,
        actor: Actor,
        invites: Invites,
    ) -> Result<Option<bool>, ServiceError> {
        let now = self.now();
        let mut unit = self.storage().begin().await?;
        let Some(mut link) = unit.link(id).await? else { return Ok(None) };
        let Ok(status) = link.status.after(LinkEvent::Disconnected) else { return Ok(None) };
        let kept = unit.field_states(id).await?;
        unit.destroy_credentials(id).await?;
        unit.note_to_overwrite(Some(id), now).await?;
        for step in Step::ALL {
            unit.clear_step_attempt(id, step).await?;
            unit.end_hand_overs(id, step, now).await?;
        }
        link.fresh_host = None;
        link.previous = None;
        link.account = None;
        link.paused_from = None;
        link.move_to(status, None, now);
        self.keep_link(&mut *unit, &link, Happened::Moved).await?;
        self.plan_recheck(&mut *unit, &link, None, None).await?;
        // Which values there were, by name: a certificate can be made of it at any time.
        let there = |field: &CredentialField| kept.iter().any(|state| state.field == *field);
        let names: Vec<_> =
            CredentialField::ALL.iter().filter(|field| there(field)).map(|f| f.to_string()).collect();
        let action = AuditAction::Disconnected;
        self.audit(&mut *unit, Some(id), actor.clone(), action, names.join(", ")).await?;
        // Whoever did it: an invite's address may be in other hands.
        let letter = match invites {
            Invites::Stay => LetterKind::EndedByHolder,
            Invites::Withdrawn => LetterKind::EndedByCompany,
        };
        self.owe(&mut *unit, &link, letter).await?;
        if invites == Invites::Withdrawn {
            self.withdraw_in(&mut *unit, id, actor).await?;
        }
        unit.commit().await?;
        tracing::info!(link.id = %id, "disconnected: the data key is destroyed");
        let overwritten = self.overwrite_soon().await;
        Ok(Some(overwritten))
    }

    /// Overwrites what the database's log of changes still holds of what was deleted; the key is gone either way. Whether
    /// it is done: somebody who reads for long can hold it up, and then it goes on aside, and with every clean-up.
    async fn overwrite_soon(&self) -> bool {
        let services = self.clone();
        let trying = tokio::spawn(async move {
            let mut waits = RETRIES.iter();
            while let Err(error) = services.storage().forget_deleted().await {
                tracing::warn!(%error, "could not clear the database's log of changes yet");
                let Some(wait) = waits.next() else { return };
                tokio::time::sleep(*wait).await;
            }
        });
        let in_time = tokio::time::timeout(AT_ONCE, trying).await.is_ok();
        in_time && self.storage().is_to_overwrite(None).await.is_ok_and(|left| !left)
    }
}
