//! Invites, as their holder meets them: looking at one (which changes nothing), and starting from one. `making` is the
//! staff's side of it, `mailing` brings them to people, `origins` tells who made one.

mod mailing;
mod making;
mod origins;

use domain::{LinkEvent, LinkId, ProblemCode, Timestamp};
use storage::{Actor, AuditAction, FlowSession, Invite, Link};

use crate::webhooks::Happened;
use crate::{FlowPage, ServiceError, Services, Token};

pub(crate) use mailing::MailWords;
pub use mailing::Mailed;
pub use making::{CreatedInvite, InviteOutcome, NewInvite, TWINS_SHOWN, Twins};
pub(crate) use making::{MadeLink, Origin, VALID_SECONDS};
pub use origins::{InviteOrigin, InviteOrigins};

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

impl Services {
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
            self.keep_link(&mut *unit, &link, Happened::Moved).await?;
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
