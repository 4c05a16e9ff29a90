//! One link, as staff see it: where it stands, why, what happened, and what they wrote about it.

use domain::{AuditId, EmailAddress, LinkId, ProblemCode, StaffId, Timestamp};
use storage::{
    Actor, AuditAction, AuditEntry, CheckRun, DayResult, FieldState, HandOver, Invite, Link, LinkNote,
    Reminder,
};

use super::timeline::Timeline;
use crate::values::InEffect;
use crate::{Hold, InviteOrigins, Operator, ServiceError, Services, StaffCaller};

/// How many days of checks a link's page shows.
const DAYS: i64 = 30;

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
    /// Why the next check may not be made now; `None` when it may, or when a value is missing.
    pub hold: Option<Hold>,
    /// Whether everything a check needs is saved.
    pub can_check: bool,
    /// What the checks of the last thirty days found, oldest first.
    pub days: Vec<DayResult>,
    /// Other links that are linked with the same UKG Pro account.
    pub duplicates: Vec<Link>,
    /// The steps that are handed to a colleague.
    pub handed_over: Vec<HandOver>,
    /// When the holder of an invite that ran out asked for a new one, as long as that is what is next.
    pub renewal_asked: Option<Timestamp>,
    /// When it is checked again by itself; `None` when it is not.
    pub next_check: Option<Timestamp>,
    /// Its reminders; `None` when there are to be none.
    pub reminder: Option<Reminder>,
    /// What happened, newest first, or the part of it that was asked for.
    pub timeline: Timeline,
    /// How its invites came to be.
    pub origins: InviteOrigins,
    /// The entry that tells of its last ending, which is the number of its certificate.
    pub ended: Option<AuditId>,
    /// The staff's notes, newest first.
    pub notes: Vec<LinkNote>,
    /// Everybody of the staff, by address.
    pub staff: Vec<(StaffId, EmailAddress)>,
    /// Those of them whose accounts are closed.
    pub closed: Vec<StaffId>,
    /// Where a mail to the link's contact would go; `None` when no mail is set up or no address is known.
    pub mailable: Option<EmailAddress>,
}

impl LinkPage {
    /// Into whose hands the link can be given, and in whose it is.
    pub fn offered(&self) -> impl Iterator<Item = &(StaffId, EmailAddress)> {
        self.staff.iter().filter(|(id, _)| self.link.assignee == Some(*id) || !self.closed.contains(id))
    }

    /// A staff member's address; `None` when the account is gone.
    #[must_use]
    pub fn name_of(&self, staff: StaffId) -> Option<&EmailAddress> {
        self.staff.iter().find(|(id, _)| *id == staff).map(|(_, email)| email)
    }
}

impl Services {
    /// One link, with what happened before the entry named, or the newest; `None` when there is no such link.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn show_link(
        &self,
        _: &StaffCaller,
        id: LinkId,
        before: Option<AuditId>,
    ) -> Result<Option<LinkPage>, ServiceError> {
        self.link_page(id, before).await
    }

    /// One link, for the command line.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn show_link_here(&self, _: Operator, id: LinkId) -> Result<Option<LinkPage>, ServiceError> {
        self.link_page(id, None).await
    }

    async fn link_page(&self, id: LinkId, before: Option<AuditId>) -> Result<Option<LinkPage>, ServiceError> {
        let storage = self.storage();
        // The check before the link, as in `flow_view`: one that ends in between then shows as running.
        let check = storage.last_check(id).await?;
        let Some(mut link) = storage.link(id).await? else { return Ok(None) };
        let now = self.now();
        let fields = storage.field_states(id).await?;
        let values = storage.sealed_values(id).await?;
        let prints = self.fingerprints().await?;
        let next = InEffect::next(&link, &values).map(|values| prints.submission(id, &values));
        let hold = match next {
            Some(next) => self.hold(&link, &fields, next, check.as_ref()).await?,
            None => None,
        };
        let in_use = InEffect::in_use(&link, &values).map(|values| prints.submission(id, &values));
        let proven = match in_use {
            Some(in_use) => storage.accepted_check(id, &in_use).await?,
            None => None,
        };
        let duplicates = match &link.account {
            Some(account) => storage.links_with_account(account, id).await?,
            None => Vec::new(),
        };
        let timeline = self.timeline(id, before).await?;
        let renewal_asked = renewal_asked(&storage.timeline(id, LOOK_BACK).await?);
        if storage.is_lapsed(id, now).await? {
            mark_lapsed(&mut link);
        }
        let endings = storage.timeline_of(id, AuditAction::Disconnected, 1).await?;
        let staff = storage.all_staff().await?;
        Ok(Some(LinkPage {
            mailable: self.mailable(&link),
            origins: self.invite_origins([id]).await?,
            closed: staff
                .iter()
                .filter(|staff| staff.deactivated_at.is_some())
                .map(|staff| staff.id)
                .collect(),
            staff: staff.into_iter().map(|staff| (staff.id, staff.email)).collect(),
            notes: storage.notes_of(id).await?,
            days: storage.day_results(id, now.plus_seconds(-DAYS * 86_400)).await?,
            handed_over: storage.open_hand_overs(id).await?,
            invites: storage.invites_of(id).await?,
            can_check: next.is_some(),
            next_check: self.next_recheck(id).await?,
            reminder: storage.reminder(id).await?,
            ended: endings.first().map(|entry| entry.id),
            renewal_asked,
            timeline,
            fields,
            check,
            proven,
            hold,
            duplicates,
            link,
        }))
    }
}

/// How many entries are looked through for the last time somebody asked for a new invite.
const LOOK_BACK: u32 = 200;

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
pub(crate) fn mark_lapsed(link: &mut Link) {
    link.problem = Some(ProblemCode::InviteExpired);
    link.who_acts = ProblemCode::InviteExpired.who_acts();
}
