//! Making invites: for a new customer, again for one that has a link, and taking them back.

use domain::{
    CustomerName, EmailAddress, InviteId, InviteOrder, Language, LinkId, LinkStatus, PermissionSet,
    Reference, RemindAfter, WelcomeNote,
};
use storage::{Actor, AuditAction, Invite, Link, Reminder, UnitOfWork};

use super::{MailWords, Mailed};
use crate::letters::{Drawn, HEAD_START_MS};
use crate::{Operator, ServiceError, Services, StaffCaller, Token};

/// How long an invite that renews another lets somebody in: as long as one staff make without saying otherwise.
pub(crate) const VALID_SECONDS: i64 = 14 * 24 * 60 * 60;
/// How many unfinished links of the same customer are told at most.
pub const TWINS_SHOWN: u32 = 5;

/// What a new invite is made from.
#[derive(Clone, Debug)]
pub struct NewInvite {
    /// The customer.
    pub customer: CustomerName,
    /// Whom it is for, if known.
    pub contact: Option<EmailAddress>,
    /// Staff's own name for the link.
    pub reference: Option<Reference>,
    /// What the link asks for.
    pub permissions: PermissionSet,
    /// How long it lets somebody in, in seconds.
    pub valid_seconds: i64,
    /// The language its administrator is written to in.
    pub language: Language,
    /// What staff say to the administrator on the invite's page.
    pub note: Option<WelcomeNote>,
    /// After how long without progress the administrator is reminded.
    pub remind: Option<RemindAfter>,
}

/// A new invite. The token is told this once.
#[derive(Clone, Debug)]
pub struct CreatedInvite {
    /// The link it leads to.
    pub link: LinkId,
    /// The secret part of its URL.
    pub token: Token,
}

/// What to do when the customer, or the contact, has an unfinished link already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Twins {
    /// Make nothing, and tell them.
    Ask,
    /// Make another link all the same.
    Accept,
}

/// What came of asking for an invite.
#[derive(Clone, Debug)]
pub enum InviteOutcome {
    /// It was made.
    Made {
        /// The invite.
        invite: CreatedInvite,
        /// Whether it was mailed.
        mailed: Mailed,
    },
    /// Nothing was made: these links of the same customer or contact are unfinished.
    Twins(Vec<Link>),
}

/// A link that was made, with its invite and the token that is told once.
pub(crate) struct MadeLink {
    pub(crate) link: Link,
    pub(crate) invite: Invite,
    pub(crate) token: Token,
}

/// How an invite comes to be.
pub(crate) struct Origin {
    /// Who made it.
    pub(crate) actor: Actor,
    /// The one that had run out, or that its holder was reminded of.
    pub(crate) renews: Option<InviteId>,
    /// Whether its address is shown to whoever makes it; otherwise it is mailed to the link's contact alone.
    pub(crate) shown: bool,
    /// Where its token comes from.
    pub(crate) drawn: Drawn,
}

impl Origin {
    const COMMAND_LINE: Self =
        Self { actor: Actor::CommandLine, renews: None, shown: true, drawn: Drawn::ByChance };
}

impl From<InviteOrder> for NewInvite {
    fn from(order: InviteOrder) -> Self {
        Self {
            customer: order.customer,
            contact: order.contact,
            reference: order.reference,
            permissions: order.permissions,
            valid_seconds: i64::from(order.days) * 24 * 60 * 60,
            language: order.language,
            note: order.note,
            remind: order.remind,
        }
    }
}

impl Services {
    /// Makes a link and the invite to it.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn create_invite(&self, _: Operator, new: NewInvite) -> Result<CreatedInvite, ServiceError> {
        let mut unit = self.storage().begin().await?;
        let made = self.make_link(&mut *unit, new, Actor::CommandLine, Drawn::ByChance).await?;
        unit.commit().await?;
        Ok(CreatedInvite { link: made.link.id, token: made.token })
    }

    /// The same at the desk: asks about links of the same customer first, and mails the invite when that is wanted.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn invite_customer(
        &self,
        caller: &StaffCaller,
        new: NewInvite,
        twins: Twins,
        mail: bool,
    ) -> Result<InviteOutcome, ServiceError> {
        let mut unit = self.storage().begin().await?;
        // Looked for inside the unit: a button pressed twice makes one link.
        if twins == Twins::Ask {
            let found = unit.unfinished_links(&new.customer, new.contact.as_ref(), TWINS_SHOWN).await?;
            if !found.is_empty() {
                return Ok(InviteOutcome::Twins(found));
            }
        }
        let mail = mail && self.can_mail() && new.contact.is_some();
        let drawn = if mail { Drawn::ForLetter } else { Drawn::ByChance };
        let made = self.make_link(&mut *unit, new, Actor::Staff(caller.id()), drawn).await?;
        if mail {
            self.owe_invite(&mut *unit, &made, MailWords::Invite.letter(), HEAD_START_MS).await?;
        }
        unit.commit().await?;
        let mailed = if mail { self.mail_invite(&made, MailWords::Invite).await? } else { Mailed::NotAsked };
        Ok(InviteOutcome::Made { invite: CreatedInvite { link: made.link.id, token: made.token }, mailed })
    }

    /// Makes another invite to a link that exists: the first ran out, or went astray. What was saved stays saved.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn invite_again(
        &self,
        _: Operator,
        link: LinkId,
        valid_seconds: i64,
    ) -> Result<Option<CreatedInvite>, ServiceError> {
        let mut unit = self.storage().begin().await?;
        if unit.link(link).await?.is_none() {
            return Ok(None);
        }
        let (_, token) = self.add_invite(&mut *unit, link, valid_seconds, Origin::COMMAND_LINE).await?;
        unit.commit().await?;
        Ok(Some(CreatedInvite { link, token }))
    }

    /// Withdraws every invite to the link and ends the sessions that came from them; how many were withdrawn.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn revoke_invites(&self, _: Operator, link: LinkId) -> Result<usize, ServiceError> {
        self.withdraw(link, Actor::CommandLine).await
    }

    /// The same for whoever may.
    pub(crate) async fn withdraw(&self, link: LinkId, actor: Actor) -> Result<usize, ServiceError> {
        let mut unit = self.storage().begin().await?;
        let revoked = self.withdraw_in(&mut *unit, link, actor).await?;
        unit.commit().await?;
        Ok(revoked)
    }

    pub(crate) async fn withdraw_in(
        &self,
        unit: &mut dyn UnitOfWork,
        link: LinkId,
        actor: Actor,
    ) -> Result<usize, ServiceError> {
        let now = self.now();
        let invites = unit.invites_of(link).await?;
        let mut revoked = 0;
        for invite in invites {
            if unit.revoke_invite(invite.id, now).await? {
                revoked += 1;
                let (action, detail) = (AuditAction::InviteRevoked, invite.id.to_string());
                self.audit(unit, Some(link), actor.clone(), action, detail).await?;
            }
        }
        Ok(revoked)
    }

    /// Adds a link with its invite and its reminders to the unit: the one way a link comes to be, whoever asks.
    pub(crate) async fn make_link(
        &self,
        unit: &mut dyn UnitOfWork,
        new: NewInvite,
        actor: Actor,
        drawn: Drawn,
    ) -> Result<MadeLink, ServiceError> {
        let now = self.now();
        let link = Link {
            id: LinkId::new(now, self.id_bytes()?),
            customer: new.customer,
            contact: new.contact,
            reference: new.reference,
            language: new.language,
            note: new.note,
            assignee: None,
            paused_from: None,
            permissions: new.permissions,
            status: LinkStatus::Invited,
            who_acts: LinkStatus::Invited.who_acts(None),
            problem: None,
            step_reached: None,
            host: None,
            fresh_host: None,
            account: None,
            previous: None,
            created_at: now,
            changed_at: now,
            linked_at: None,
        };
        unit.insert_link(&link).await?;
        if let Some(after) = new.remind {
            let reminder = Reminder { link: link.id, after, sent: 0, last_sent_at: None, stopped_at: None };
            unit.insert_reminder(&reminder).await?;
        }
        let origin = Origin { actor, renews: None, shown: true, drawn };
        let (invite, token) = self.add_invite(unit, link.id, new.valid_seconds, origin).await?;
        Ok(MadeLink { link, invite, token })
    }

    pub(crate) async fn add_invite(
        &self,
        unit: &mut dyn UnitOfWork,
        link: LinkId,
        valid_seconds: i64,
        origin: Origin,
    ) -> Result<(Invite, Token), ServiceError> {
        let now = self.now();
        let id = InviteId::new(now, self.id_bytes()?);
        let token = self.draw_token(id, origin.drawn)?;
        let invite = Invite {
            id,
            link,
            token: token.hash(),
            created_at: now,
            expires_at: now.plus_seconds(valid_seconds),
            started_at: None,
            revoked_at: None,
            completed_at: None,
            renews: origin.renews,
        };
        unit.insert_invite(&invite).await?;
        let detail = super::origins::detail(invite.id, origin.shown);
        self.audit(unit, Some(link), origin.actor, AuditAction::InviteCreated, detail).await?;
        tracing::info!(link.id = %link, invite.id = %invite.id, "created invite");
        Ok((invite, token))
    }
}
