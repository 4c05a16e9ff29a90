//! Ending a link at the desk, and the certificate of what was destroyed.

use domain::{AuditId, CredentialField, CustomerName, EmailAddress, LinkId, StaffId, Timestamp};
use storage::{Actor, AuditAction};

use crate::disconnect::Invites;
use crate::{Confirmed, InviteOrigin, OwnerCaller, ServiceError, Services, StaffCaller};

/// How many endings of one link are looked through.
const ENDINGS_MAX: u32 = 200;

/// What came of ending a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndOutcome {
    /// Its credentials are destroyed, and its invites withdrawn.
    Ended {
        /// Whether the last copies are overwritten too; otherwise that is still being done.
        overwritten: bool,
    },
    /// What was typed is not the customer's name.
    OtherName,
    /// There is nothing to end.
    NotNow,
    /// There is no such link.
    NoSuchLink,
}

/// That the credentials of a link were destroyed. Follows from the audit log alone, but for whether the last copies are
/// overwritten: from then on it says the same for ever.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// The entry of the audit log that it follows from.
    pub number: AuditId,
    /// The link.
    pub link: LinkId,
    /// The customer.
    pub customer: CustomerName,
    /// When it was done.
    pub at: Timestamp,
    /// Who did it.
    pub by: Actor,
    /// The same, when it was a staff member.
    pub staff: Option<EmailAddress>,
    /// Which values were destroyed.
    pub destroyed: Vec<CredentialField>,
    /// Whether what the database's log of changes held of them is overwritten.
    pub overwritten: bool,
    /// How the invite came to be whose holder did it.
    pub origin: Option<InviteOrigin>,
}

impl Services {
    /// Ends the link, destroys its data key with everything it seals and withdraws its invites, when `typed` is the
    /// customer's name.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn end_link(
        &self,
        caller: &Confirmed<OwnerCaller>,
        id: LinkId,
        typed: &str,
    ) -> Result<EndOutcome, ServiceError> {
        let Some(link) = self.storage().link(id).await? else { return Ok(EndOutcome::NoSuchLink) };
        if typed.trim() != link.customer.as_str() {
            return Ok(EndOutcome::OtherName);
        }
        let actor = Actor::Staff(caller.caller().staff().id());
        let ended = self.destroy(id, actor, Invites::Withdrawn).await?;
        Ok(ended.map_or(EndOutcome::NotNow, |overwritten| EndOutcome::Ended { overwritten }))
    }

    /// The certificate of this entry; `None` when the link has no such entry, or it tells of something else.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn certificate(
        &self,
        _: &StaffCaller,
        link: LinkId,
        number: AuditId,
    ) -> Result<Option<Certificate>, ServiceError> {
        let Some(known) = self.storage().link(link).await? else { return Ok(None) };
        let endings = self.storage().timeline_of(link, AuditAction::Disconnected, ENDINGS_MAX).await?;
        let Some(entry) = endings.into_iter().find(|entry| entry.id == number) else { return Ok(None) };
        let staff = match entry.actor {
            Actor::Staff(id) => self.address_of(id).await?,
            Actor::Customer(_) | Actor::CommandLine | Actor::System => None,
        };
        let invite = match entry.actor {
            Actor::Customer(invite) => Some(invite),
            Actor::Staff(_) | Actor::CommandLine | Actor::System => None,
        };
        let origins = self.invite_origins(invite.map(|_| link)).await?;
        Ok(Some(Certificate {
            number: entry.id,
            link,
            customer: known.customer,
            at: entry.at,
            by: entry.actor,
            staff,
            destroyed: entry.detail.split(", ").filter_map(|field| field.parse().ok()).collect(),
            overwritten: !self.storage().is_to_overwrite(Some((link, entry.at))).await?,
            origin: invite.and_then(|invite| origins.of(invite).cloned()),
        }))
    }

    async fn address_of(&self, id: StaffId) -> Result<Option<EmailAddress>, ServiceError> {
        let all = self.storage().all_staff().await?;
        Ok(all.into_iter().find(|staff| staff.id == id).map(|staff| staff.email))
    }
}
