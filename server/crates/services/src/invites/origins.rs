//! Who made an invite, and whether they saw its address. What the holder of an invite does is told with it: staff see the
//! addresses of the invites they make, so a holder need not be the customer.

use std::collections::{BTreeSet, HashMap};

use domain::{EmailAddress, InviteId, LinkId, StaffId, Timestamp};
use storage::{Actor, AuditAction};

use crate::{ServiceError, Services};

/// How many invites of one link are looked through.
const INVITES_MAX: u32 = 500;
/// What the log says of an invite whose address nobody here saw.
const MAILED: &str = "mailed";

/// How an invite came to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InviteOrigin {
    /// Who made it, or had it made.
    pub by: Actor,
    /// The same, when it was a staff member whose account is there still.
    pub staff: Option<EmailAddress>,
    /// When.
    pub at: Timestamp,
    /// Whether its address was shown to whoever made it; otherwise it was mailed to the link's contact alone.
    pub shown: bool,
}

/// How invites came to be.
#[derive(Clone, Debug, Default)]
pub struct InviteOrigins(HashMap<InviteId, InviteOrigin>);

impl InviteOrigins {
    /// How this one did; `None` when the log does not tell.
    #[must_use]
    pub fn of(&self, invite: InviteId) -> Option<&InviteOrigin> {
        self.0.get(&invite)
    }
}

/// What the audit log says of an invite that is made.
pub(super) fn detail(invite: InviteId, shown: bool) -> String {
    if shown { invite.to_string() } else { format!("{invite}: {MAILED}") }
}

impl Services {
    /// How the invites of these links came to be.
    pub(crate) async fn invite_origins(
        &self,
        links: impl IntoIterator<Item = LinkId>,
    ) -> Result<InviteOrigins, ServiceError> {
        let links: BTreeSet<LinkId> = links.into_iter().collect();
        let mut origins = HashMap::new();
        if links.is_empty() {
            return Ok(InviteOrigins(origins));
        }
        let staff = self.storage().all_staff().await?;
        let staff: HashMap<StaffId, EmailAddress> =
            staff.into_iter().map(|staff| (staff.id, staff.email)).collect();
        for link in links {
            let made = self.storage().timeline_of(link, AuditAction::InviteCreated, INVITES_MAX).await?;
            for entry in made {
                let (id, how) = entry.detail.split_once(": ").unwrap_or((&entry.detail, ""));
                let Ok(id) = id.parse() else { continue };
                let address = match entry.actor {
                    Actor::Staff(id) => staff.get(&id).cloned(),
                    Actor::Customer(_) | Actor::CommandLine | Actor::System => None,
                };
                let shown = how != MAILED;
                origins.insert(id, InviteOrigin { by: entry.actor, staff: address, at: entry.at, shown });
            }
        }
        Ok(InviteOrigins(origins))
    }
}
