//! What staff see: the list of links (`list`, `export`, `views`), and one link with its timeline. Nothing here can show a
//! secret, because nothing here can open an envelope.

pub(crate) mod export;
pub(crate) mod list;
pub(crate) mod views;

use domain::{LinkId, ProblemCode, Timestamp};
use storage::{Actor, AuditAction, AuditEntry, CheckRun, FieldState, HandOver, Invite, Link};

use crate::values::InEffect;
use crate::{Operator, ServiceError, Services, StaffCaller};

/// How many timeline entries a link's page shows at most.
const TIMELINE_MAX: u32 = 200;

/// One link, as staff see it.
#[derive(Clone, Debug)]
pub struct LinkPage {
    /// The link.
    pub link: Link,
    /// Which credentials are kept, without their contents.
    pub fields: Vec<FieldState>,
    /// Its invites, newest first.
    pub invites: Vec<Invite>,
    /// Its newest check.
    pub check: Option<CheckRun>,
    /// The newest check in which the values in use were accepted: what is known of the permissions.
    pub proven: Option<CheckRun>,
    /// Other links that are linked with the same UKG Pro account.
    pub duplicates: Vec<Link>,
    /// The steps that are handed to a colleague.
    pub handed_over: Vec<HandOver>,
    /// What happened, newest first.
    pub timeline: Vec<AuditEntry>,
}

impl Services {
    /// One link; `None` when there is none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn show_link(&self, _: &StaffCaller, id: LinkId) -> Result<Option<LinkPage>, ServiceError> {
        self.link_page(id).await
    }

    /// One link, for the command line.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn show_link_here(&self, _: Operator, id: LinkId) -> Result<Option<LinkPage>, ServiceError> {
        self.link_page(id).await
    }

    async fn link_page(&self, id: LinkId) -> Result<Option<LinkPage>, ServiceError> {
        let Some(mut link) = self.storage().link(id).await? else { return Ok(None) };
        if self.storage().is_lapsed(id, self.now()).await? {
            mark_lapsed(&mut link);
        }
        let values = self.storage().sealed_values(id).await?;
        let prints = self.fingerprints().await?;
        let in_use = InEffect::in_use(&link, &values).map(|values| prints.submission(id, &values));
        let proven = match in_use {
            Some(in_use) => self.storage().accepted_check(id, &in_use).await?,
            None => None,
        };
        let duplicates = match &link.account {
            Some(account) => self.storage().links_with_account(account, id).await?,
            None => Vec::new(),
        };
        Ok(Some(LinkPage {
            proven,
            duplicates,
            handed_over: self.storage().open_hand_overs(id).await?,
            fields: self.storage().field_states(id).await?,
            invites: self.storage().invites_of(id).await?,
            check: self.storage().last_check(id).await?,
            timeline: self.storage().timeline(id, TIMELINE_MAX).await?,
            link,
        }))
    }
}

/// When the holder of an invite that ran out last asked for a new one; `None` when one was made, or used, since.
#[must_use]
pub fn renewal_asked(timeline: &[AuditEntry]) -> Option<Timestamp> {
    let tells = [AuditAction::InviteRenewed, AuditAction::FlowStarted, AuditAction::InviteCreated];
    let last = timeline.iter().find(|entry| {
        let by_itself =
            entry.action == AuditAction::InviteCreated && matches!(entry.actor, Actor::Customer(_));
        tells.contains(&entry.action) && !by_itself
    })?;
    (last.action == AuditAction::InviteRenewed).then_some(last.at)
}

/// No invite leads to it any more: whatever stood in the way before, we must send a new one first. Told, not stored: it
/// follows from the time.
fn mark_lapsed(link: &mut Link) {
    link.problem = Some(ProblemCode::InviteExpired);
    link.who_acts = ProblemCode::InviteExpired.who_acts();
}
