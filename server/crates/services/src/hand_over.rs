//! Handing one step to a colleague ("somebody else has the password"): a link that opens this step alone, once, shows
//! nothing else of the flow, and gives it back when the step is saved.

use domain::{CredentialField, HandOverId, LinkId, PermissionSet, ProblemCode, Step, Timestamp};
use storage::{AuditAction, FlowSession, HandOver, Invite, Slot};

use crate::{
    AccountInput, CheckAsked, CheckStart, DomainInput, FlowCaller, FlowPage, KeyInput, ServiceError,
    Services, StepOutcome, StepState, Token,
};

/// How long a step stays handed over at most, in seconds.
const VALID_SECONDS: i64 = 3 * 24 * 60 * 60;

/// A colleague whose session was checked, for one step of one link and nothing else.
#[derive(Clone, Copy, Debug)]
pub struct StepCaller {
    // Private: a colleague's session must never reach a use case that takes a `FlowCaller`.
    flow: FlowCaller,
    step: Step,
    /// Since when she is here: what was tried before is not hers to see.
    since: Timestamp,
}

/// A step that was handed over. The token is told this once.
#[derive(Clone, Debug)]
pub struct CreatedHandOver {
    /// The secret part of its URL.
    pub token: Token,
    /// Until when it lets somebody in.
    pub expires_at: Timestamp,
}

/// What the holder of the URL may see before pressing **Start**.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HandOverView {
    /// The step.
    pub step: Step,
    /// Until when it lets somebody in.
    pub expires_at: Timestamp,
}

/// Why the holder is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandOverRefusal {
    /// No step was handed over with this URL.
    Unknown,
    /// Its time is over.
    Expired,
    /// Somebody has begun with it already.
    Used,
    /// The step is saved, or was taken back.
    Ended,
}

/// A colleague's browser that pressed **Start**.
#[derive(Clone, Debug)]
pub struct StartedStep {
    /// The link.
    pub link: LinkId,
    /// The step.
    pub step: Step,
    /// For the cookie.
    pub session: Token,
    /// How long the cookie is good for, in seconds.
    pub valid_seconds: i64,
}

/// What a step's form holds.
#[derive(Debug)]
pub enum StepInput {
    /// Step 1.
    Key(KeyInput),
    /// Step 2.
    Account(AccountInput),
    /// Step 3.
    Domain(DomainInput),
}

impl StepCaller {
    /// The link the step belongs to.
    #[must_use]
    pub const fn link(&self) -> LinkId {
        self.flow.link()
    }

    /// The only step she may see and save.
    #[must_use]
    pub const fn step(&self) -> Step {
        self.step
    }
}

impl HandOverRefusal {
    /// The code of the problem, where it is one that outsiders rely on.
    #[must_use]
    pub const fn code(self) -> ProblemCode {
        match self {
            Self::Unknown => ProblemCode::InviteUnknown,
            Self::Expired => ProblemCode::InviteExpired,
            Self::Used | Self::Ended => ProblemCode::InviteRevoked,
        }
    }
}

impl Services {
    /// Hands the step over; an earlier hand-over of it is taken back. `None` when there is no such invite any more.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn hand_over(
        &self,
        caller: &FlowCaller,
        step: Step,
    ) -> Result<Option<CreatedHandOver>, ServiceError> {
        let now = self.now();
        let mut unit = self.storage().begin().await?;
        let invites = unit.invites_of(caller.link()).await?;
        let ours = |invite: &&Invite| invite.id == caller.invite() && invite.revoked_at.is_none();
        let Some(invite) = invites.iter().find(ours) else { return Ok(None) };
        unit.end_hand_overs(caller.link(), step, now).await?;
        let token = Token::new(self.entropy())?;
        let hand_over = HandOver {
            id: HandOverId::new(now, self.id_bytes()?),
            link: caller.link(),
            invite: invite.id,
            step,
            token: token.hash(),
            created_at: now,
            expires_at: now.plus_seconds(VALID_SECONDS).min(invite.expires_at),
            started_at: None,
            ended_at: None,
        };
        unit.insert_hand_over(&hand_over).await?;
        let (action, detail) = (AuditAction::StepHandedOver, step.as_str().to_owned());
        self.audit(&mut *unit, Some(caller.link()), caller.actor(), action, detail).await?;
        unit.commit().await?;
        Ok(Some(CreatedHandOver { token, expires_at: hand_over.expires_at }))
    }

    /// Takes the step back: the colleague's link opens nothing any more.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn take_back(&self, caller: &FlowCaller, step: Step) -> Result<(), ServiceError> {
        let mut unit = self.storage().begin().await?;
        unit.end_hand_overs(caller.link(), step, self.now()).await?;
        Ok(unit.commit().await?)
    }

    /// What the hand-over's page shows. Changes nothing: mail scanners open every link they see.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn look_at_hand_over(
        &self,
        token: &str,
    ) -> Result<Result<HandOverView, HandOverRefusal>, ServiceError> {
        let Some(token) = Token::parse(token) else { return Ok(Err(HandOverRefusal::Unknown)) };
        let found = self.storage().hand_over_by_token(&token.hash()).await?;
        let Some(hand_over) = found else { return Ok(Err(HandOverRefusal::Unknown)) };
        Ok(match refusal(&hand_over, self.now()) {
            Some(refusal) => Err(refusal),
            None => Ok(HandOverView { step: hand_over.step, expires_at: hand_over.expires_at }),
        })
    }

    /// Lets this browser, and no other after it, into the step.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn start_hand_over(
        &self,
        token: &str,
    ) -> Result<Result<StartedStep, HandOverRefusal>, ServiceError> {
        let Some(token) = Token::parse(token) else { return Ok(Err(HandOverRefusal::Unknown)) };
        let now = self.now();
        let mut unit = self.storage().begin().await?;
        let found = unit.hand_over_by_token(&token.hash()).await?;
        let Some(hand_over) = found else { return Ok(Err(HandOverRefusal::Unknown)) };
        if let Some(refusal) = refusal(&hand_over, now) {
            return Ok(Err(refusal));
        }
        if !unit.start_hand_over(hand_over.id, now).await? {
            return Ok(Err(HandOverRefusal::Used));
        }
        // Nothing of what the administrator tried goes along: not to be seen, and not to be confirmed by a stranger to it.
        unit.clear_step_attempt(hand_over.link, hand_over.step).await?;
        for field in fields_of(hand_over.step) {
            unit.discard_sealed(hand_over.link, *field, Slot::Pending).await?;
        }
        let session = Token::new(self.entropy())?;
        unit.insert_flow_session(&FlowSession {
            token: session.hash(),
            link: hand_over.link,
            invite: hand_over.invite,
            created_at: now,
            expires_at: hand_over.expires_at,
            hand_over: Some(hand_over.id),
        })
        .await?;
        let actor = FlowCaller::new(hand_over.link, hand_over.invite).actor();
        let (action, detail) = (AuditAction::HandOverStarted, hand_over.step.as_str().to_owned());
        self.audit(&mut *unit, Some(hand_over.link), actor, action, detail).await?;
        unit.commit().await?;
        let valid_seconds = hand_over.expires_at.millis_since(now) / 1000;
        Ok(Ok(StartedStep { link: hand_over.link, step: hand_over.step, session, valid_seconds }))
    }

    /// Checks that the session's token opens this step of this link.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn enter_step(
        &self,
        session: &str,
        link: LinkId,
        step: Step,
    ) -> Result<Option<StepCaller>, ServiceError> {
        let Some(token) = Token::parse(session) else { return Ok(None) };
        let now = self.now();
        let found = self.storage().flow_session(&token.hash()).await?;
        let session = found.filter(|session| session.link == link && now < session.expires_at);
        let Some((session, id)) = session.and_then(|session| Some((session.clone(), session.hand_over?)))
        else {
            return Ok(None);
        };
        let hand_over = self.storage().hand_over(id).await?;
        let open = hand_over.filter(|hand_over| hand_over.step == step && hand_over.ended_at.is_none());
        Ok(open.map(|hand_over| StepCaller {
            flow: FlowCaller::alone(session.link, session.invite, hand_over.id),
            step,
            since: hand_over.started_at.unwrap_or(hand_over.created_at),
        }))
    }

    /// What the step's form shows of the last attempt.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn step_alone(&self, caller: &StepCaller) -> Result<StepState, ServiceError> {
        let attempt = self.storage().step_attempt(caller.link(), caller.step).await?;
        let hers = attempt.filter(|attempt| attempt.at >= caller.since);
        Ok(hers.map_or_else(StepState::default, StepState::of))
    }

    /// What the link asks for, which the step's guide shows; `None` when the link is gone.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn asked_permissions(
        &self,
        caller: &StepCaller,
    ) -> Result<Option<PermissionSet>, ServiceError> {
        Ok(self.storage().link(caller.link()).await?.map(|link| link.permissions))
    }

    /// Saves the step and, when it was the last one missing, starts the check. `None` for another step's input.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn save_step_alone(
        &self,
        caller: &StepCaller,
        input: StepInput,
    ) -> Result<Option<StepOutcome>, ServiceError> {
        let flow = &caller.flow;
        let outcome = match (caller.step, input) {
            (Step::Key, StepInput::Key(input)) => self.save_key(flow, input).await?,
            (Step::Account, StepInput::Account(input)) => self.save_account(flow, input).await?,
            (Step::Domain, StepInput::Domain(input)) => self.save_domain(flow, input).await?,
            (Step::Key | Step::Account | Step::Domain, _) => return Ok(None),
        };
        if outcome == StepOutcome::Saved(FlowPage::Check) {
            // It goes on by itself; its outcome is for the administrator, not for the colleague.
            let (CheckStart::Started(_)
            | CheckStart::AlreadyRunning
            | CheckStart::NotReady(_)
            | CheckStart::Held(_)) = self.start_check(flow, CheckAsked::default()).await?;
        }
        Ok(Some(outcome))
    }
}

/// What the step's form asks for besides an address.
const fn fields_of(step: Step) -> &'static [CredentialField] {
    match step {
        Step::Key => &[CredentialField::CustomerApiKey],
        Step::Account => &[CredentialField::Username, CredentialField::Password],
        Step::Domain => &[],
    }
}

fn refusal(hand_over: &HandOver, now: Timestamp) -> Option<HandOverRefusal> {
    if hand_over.ended_at.is_some() {
        Some(HandOverRefusal::Ended)
    } else if now >= hand_over.expires_at {
        Some(HandOverRefusal::Expired)
    } else if hand_over.started_at.is_some() {
        Some(HandOverRefusal::Used)
    } else {
        None
    }
}
