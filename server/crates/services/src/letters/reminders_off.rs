//! A contact who wants no reminders: the address in each of them leads here, and needs no sign-in.
//!
//! The address names the link and the invite of the reminder, and proves by a fingerprint under the installation's key that
//! it is one of ours: nothing of it is kept. It lets its holder do nothing else.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::{CustomerName, InviteId, LinkId, Secret};
use storage::{Actor, AuditAction};
use vault::Purpose;

use crate::{ServiceError, Services};

/// How many bytes of the fingerprint are in the address: nobody guesses sixteen.
const PROOF: usize = 16;

/// The secret part of the address at which reminders of one link are stopped.
#[derive(Clone)]
pub struct StopToken(Secret);

/// A link's reminders, as whoever got one sees them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminders {
    /// The customer.
    pub customer: CustomerName,
    /// Whether none are sent any more.
    pub stopped: bool,
}

impl StopToken {
    /// The text, for the address in the mail: nowhere else.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

impl fmt::Debug for StopToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StopToken(***)")
    }
}

impl Services {
    /// How the reminders stand that this address is about; `None` when it is not one of ours. Changes nothing.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn look_at_reminders(&self, token: &str) -> Result<Option<Reminders>, ServiceError> {
        let Some((id, _)) = self.read_stop_token(token)? else { return Ok(None) };
        let (link, reminder) = (self.storage().link(id).await?, self.storage().reminder(id).await?);
        Ok(link.zip(reminder).map(|(link, reminder)| Reminders {
            customer: link.customer,
            stopped: reminder.stopped_at.is_some(),
        }))
    }

    /// Sends no more of these reminders; `false` when the address is not one of ours. Twice is fine.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn stop_reminders(&self, token: &str) -> Result<bool, ServiceError> {
        self.change_reminders(token, AuditAction::RemindersStopped).await
    }

    /// Sends them again; `false` when the address is not one of ours.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn want_reminders(&self, token: &str) -> Result<bool, ServiceError> {
        self.change_reminders(token, AuditAction::RemindersWanted).await
    }

    async fn change_reminders(&self, token: &str, action: AuditAction) -> Result<bool, ServiceError> {
        let Some((link, invite)) = self.read_stop_token(token)? else { return Ok(false) };
        let since = Some(self.now()).filter(|_| action == AuditAction::RemindersStopped);
        let mut unit = self.storage().begin().await?;
        if unit.stop_reminders(link, since).await? {
            self.audit(&mut *unit, Some(link), Actor::Customer(invite), action, String::new()).await?;
            unit.commit().await?;
            tracing::info!(link.id = %link, action = action.as_str(), "a contact changed her reminders");
        }
        Ok(true)
    }

    /// The address's secret part for the reminder that brings this invite; `None` while the installation's key cannot be
    /// opened.
    pub(super) fn stop_token(
        &self,
        link: LinkId,
        invite: InviteId,
    ) -> Result<Option<StopToken>, ServiceError> {
        Ok(self.proof(link, invite)?.map(|proof| {
            let bytes = [link.as_bytes().as_slice(), invite.as_bytes(), &proof].concat();
            StopToken(Secret::new(URL_SAFE_NO_PAD.encode(bytes)))
        }))
    }

    /// What the address names, when it is one of ours.
    fn read_stop_token(&self, token: &str) -> Result<Option<(LinkId, InviteId)>, ServiceError> {
        let Ok(bytes) = URL_SAFE_NO_PAD.decode(token) else { return Ok(None) };
        let Some((link, rest)) = bytes.split_at_checked(16) else { return Ok(None) };
        let Some((invite, proof)) = rest.split_at_checked(16) else { return Ok(None) };
        let named: Option<(LinkId, InviteId)> = format!("lnk_{}", hex::encode(link))
            .parse()
            .ok()
            .zip(format!("inv_{}", hex::encode(invite)).parse().ok());
        let Some((link, invite)) = named else { return Ok(None) };
        let Some(ours) = self.proof(link, invite)? else { return Ok(None) };
        // Compared by their digests: how long that takes tells nothing about ours.
        let same = vault::sha256(&ours) == vault::sha256(proof);
        Ok(same.then_some((link, invite)))
    }

    fn proof(&self, link: LinkId, invite: InviteId) -> Result<Option<[u8; PROOF]>, ServiceError> {
        let parts = [link.as_bytes().as_slice(), invite.as_bytes()];
        let print = self.ready_fingerprints()?.lasting(Purpose::Unsubscribe, &parts);
        Ok(print.and_then(|print| print.first_chunk().copied()))
    }
}
