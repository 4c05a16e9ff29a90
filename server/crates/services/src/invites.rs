//! Invites: making one, looking at one (which changes nothing), and starting from one.

use domain::{
    CustomerName, EmailAddress, InviteId, Language, LinkEvent, LinkId, LinkStatus, PermissionSet,
    ProblemCode, Timestamp,
};
use storage::{Actor, AuditAction, FlowSession, Invite, Link, UnitOfWork};

use crate::{FlowPage, Operator, ServiceError, Services, Token};

/// What a new invite is made from.
#[derive(Clone, Debug)]
pub struct NewInvite {
    /// The customer.
    pub customer: CustomerName,
    /// Whom it is for, if known.
    pub contact: Option<EmailAddress>,
    /// What the link asks for.
    pub permissions: PermissionSet,
    /// How long it lets somebody in, in seconds.
    pub valid_seconds: i64,
}

/// A new invite. The token is told this once.
#[derive(Clone, Debug)]
pub struct CreatedInvite {
    /// The link it leads to.
    pub link: LinkId,
    /// The secret part of its URL.
    pub token: Token,
}

/// What the holder of an invite may see before pressing **Start**.
#[derive(Clone, Debug)]
pub struct InviteView {
    /// The link.
    pub link: Link,
    /// Until when the invite lets somebody in.
    pub expires_at: Timestamp,
}

/// Why the holder is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InviteRefusal {
    /// `invite_unknown`, `invite_expired` or `invite_revoked`.
    pub code: ProblemCode,
}

/// A browser that pressed **Start**.
#[derive(Clone, Debug)]
pub struct StartedFlow {
    /// The link.
    pub link: LinkId,
    /// For the cookie.
    pub session: Token,
    /// How long the cookie is good for, in seconds.
    pub valid_seconds: i64,
    /// Where to go on.
    pub page: FlowPage,
}

/// How long an invite that renews another lets somebody in: as long as one staff make without saying otherwise.
pub(crate) const VALID_SECONDS: i64 = 14 * 24 * 60 * 60;

/// How an invite comes to be.
pub(crate) struct Origin {
    /// Who made it.
    pub(crate) actor: Actor,
    /// The one that had run out.
    pub(crate) renews: Option<InviteId>,
}

impl Origin {
    const COMMAND_LINE: Self = Self { actor: Actor::CommandLine, renews: None };
}

impl Services {
    /// Makes a link and the invite to it.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn create_invite(&self, _: Operator, new: NewInvite) -> Result<CreatedInvite, ServiceError> {
        let now = self.now();
        let link = Link {
            id: LinkId::new(now, self.id_bytes()?),
            customer: new.customer,
            contact: new.contact,
            reference: None,
            language: Language::default(),
            note: None,
            assignee: None,
            permissions: new.permissions,
            status: LinkStatus::Invited,
            who_acts: LinkStatus::Invited.who_acts(None),
            paused_from: None,
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
        let mut unit = self.storage().begin().await?;
        unit.insert_link(&link).await?;
        let (_, token) =
            self.add_invite(&mut *unit, link.id, new.valid_seconds, Origin::COMMAND_LINE).await?;
        unit.commit().await?;
        Ok(CreatedInvite { link: link.id, token })
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
        let now = self.now();
        let mut unit = self.storage().begin().await?;
        let invites = unit.invites_of(link).await?;
        let mut revoked = 0;
        for invite in invites {
            if unit.revoke_invite(invite.id, now).await? {
                revoked += 1;
                let (action, detail) = (AuditAction::InviteRevoked, invite.id.to_string());
                self.audit(&mut *unit, Some(link), actor.clone(), action, detail).await?;
            }
        }
        unit.commit().await?;
        Ok(revoked)
    }

    pub(crate) async fn add_invite(
        &self,
        unit: &mut dyn UnitOfWork,
        link: LinkId,
        valid_seconds: i64,
        origin: Origin,
    ) -> Result<(Invite, Token), ServiceError> {
        let now = self.now();
        let token = Token::new(self.entropy())?;
        let invite = Invite {
            id: InviteId::new(now, self.id_bytes()?),
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
        let detail = invite.id.to_string();
        self.audit(unit, Some(link), origin.actor, AuditAction::InviteCreated, detail).await?;
        tracing::info!(link.id = %link, invite.id = %invite.id, "created invite");
        Ok((invite, token))
    }

    /// What the invite's page shows. Changes nothing: mail scanners open every link they see.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn look_at_invite(
        &self,
        token: &str,
    ) -> Result<Result<InviteView, InviteRefusal>, ServiceError> {
        let Some(invite) = self.invite(token).await? else {
            return Ok(Err(InviteRefusal { code: ProblemCode::InviteUnknown }));
        };
        if let Some(code) = invite.state(self.now()).refusal() {
            return Ok(Err(InviteRefusal { code }));
        }
        match self.storage().link(invite.link).await? {
            Some(link) => Ok(Ok(InviteView { link, expires_at: invite.expires_at })),
            None => Ok(Err(InviteRefusal { code: ProblemCode::InviteUnknown })),
        }
    }

    /// Lets this browser into the flow. May be done again, from any device that has the invite.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn start_flow(&self, token: &str) -> Result<Result<StartedFlow, InviteRefusal>, ServiceError> {
        let unknown = InviteRefusal { code: ProblemCode::InviteUnknown };
        let Some(token) = Token::parse(token) else { return Ok(Err(unknown)) };
        let mut unit = self.storage().begin().await?;
        // Read inside the unit: an invite that is withdrawn at this very moment lets nobody in.
        let Some(invite) = unit.invite_by_token(&token.hash()).await? else { return Ok(Err(unknown)) };
        let now = self.now();
        if let Some(code) = invite.state(now).refusal() {
            return Ok(Err(InviteRefusal { code }));
        }
        let session = Token::new(&*self.0.parts.entropy)?;
        let Some(mut link) = unit.link(invite.link).await? else { return Ok(Err(unknown)) };
        // A status that knows no start (paused, disconnected) is left as it is; the holder still sees where it stands.
        if let Ok(status) = link.status.after(LinkEvent::Started)
            && status != link.status
        {
            link.move_to(status, link.problem, now);
            unit.update_link(&link).await?;
        }
        unit.mark_invite_started(invite.id, now).await?;
        unit.insert_flow_session(&FlowSession {
            token: session.hash(),
            link: link.id,
            invite: invite.id,
            created_at: now,
            expires_at: invite.expires_at,
            hand_over: None,
        })
        .await?;
        // Once per invite: whoever holds it may press the button any number of times, and the log only grows.
        if invite.started_at.is_none() {
            let actor = Actor::Customer(invite.id);
            self.audit(&mut *unit, Some(link.id), actor, AuditAction::FlowStarted, String::new()).await?;
        }
        unit.commit().await?;
        let valid_seconds = invite.expires_at.millis_since(now) / 1000;
        let page = self.flow_page(&link).await?;
        tracing::info!(link.id = %link.id, invite.id = %invite.id, "started the flow");
        Ok(Ok(StartedFlow { link: link.id, session, valid_seconds, page }))
    }

    async fn invite(&self, token: &str) -> Result<Option<Invite>, ServiceError> {
        match Token::parse(token) {
            Some(token) => Ok(self.storage().invite_by_token(&token.hash()).await?),
            None => Ok(None),
        }
    }
}
