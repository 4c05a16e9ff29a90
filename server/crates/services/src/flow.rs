//! The administrator's way through: who she is, which page comes next, what each page shows.

use domain::{CheckReport, CredentialField, InviteId, LinkId, LinkStatus, ProblemCode, Step};
use storage::{Actor, CheckRun, FieldState, Link, Slot, StepAttempt};

use crate::{ServiceError, Services, Token};

/// An administrator whose session was checked, for one link and no other.
#[derive(Clone, Copy, Debug)]
pub struct FlowCaller {
    link: LinkId,
    invite: InviteId,
}

/// A page of the flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlowPage {
    /// One of the three steps.
    Step(Step),
    /// The check and its outcome.
    Check,
    /// The receipt.
    Done,
}

/// What the flow's pages show.
#[derive(Clone, Debug)]
pub struct FlowView {
    /// The link.
    pub link: Link,
    /// Which credentials are kept.
    pub fields: Vec<FieldState>,
    /// The newest check.
    pub check: Option<CheckRun>,
    /// The newest check in which the account was accepted: what is known of the permissions.
    pub proven: Option<CheckRun>,
    /// The page she would be led to.
    pub next: FlowPage,
}

/// What one step's page shows besides.
#[derive(Clone, Debug, Default)]
pub struct StepState {
    /// What is wrong with, or to be asked about, the last attempt.
    pub problems: Vec<ProblemCode>,
    /// The address typed last, if the step has one.
    pub typed_address: Option<String>,
}

impl FlowCaller {
    /// The link she may see and change.
    #[must_use]
    pub const fn link(&self) -> LinkId {
        self.link
    }

    pub(crate) fn actor(&self) -> Actor {
        Actor::Customer(self.invite)
    }
}

impl FlowView {
    /// Whether the credential is saved and in use.
    #[must_use]
    pub fn is_saved(&self, field: CredentialField) -> bool {
        self.has(field, Slot::Saved)
    }

    /// Whether a doubted value waits for **Use it anyway**.
    #[must_use]
    pub fn is_pending(&self, field: CredentialField) -> bool {
        self.has(field, Slot::Pending)
    }

    /// Whether everything the step asks for is saved.
    #[must_use]
    pub fn is_done(&self, step: Step) -> bool {
        is_done(&self.link, &self.fields, step)
    }

    /// The newest finished check's report, if it speaks of what is saved now.
    #[must_use]
    pub fn current_report(&self) -> Option<&CheckReport> {
        let check = self.check.as_ref().filter(|check| check.speaks_of(&self.link, &self.fields))?;
        check.report.as_ref()
    }

    fn has(&self, field: CredentialField, slot: Slot) -> bool {
        self.fields.iter().any(|state| state.field == field && state.slot == slot)
    }
}

impl Services {
    /// Checks that the session's token opens this link. The same answer for an unknown link, another's link, and
    /// a session that is over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn enter_flow(&self, session: &str, link: LinkId) -> Result<Option<FlowCaller>, ServiceError> {
        let Some(token) = Token::parse(session) else { return Ok(None) };
        let found = self.storage().flow_session(&token.hash()).await?;
        Ok(found
            .filter(|session| session.link == link && self.now() < session.expires_at)
            .map(|session| FlowCaller { link: session.link, invite: session.invite }))
    }

    /// What the flow's pages show; `None` when the link is gone.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn flow_view(&self, caller: &FlowCaller) -> Result<Option<FlowView>, ServiceError> {
        // The check before the link: one that ends in between then shows as running, and the page asks again. The other
        // way round it would show as ended over a link that still says "checking", for good.
        let check = self.storage().last_check(caller.link).await?;
        let Some(link) = self.storage().link(caller.link).await? else { return Ok(None) };
        let fields = self.storage().field_states(link.id).await?;
        let proven = self.storage().last_accepted_check(link.id).await?;
        let next = next_page(&link, &fields);
        Ok(Some(FlowView { link, fields, check, proven, next }))
    }

    /// What the step's form shows of the last attempt.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn step_state(&self, caller: &FlowCaller, step: Step) -> Result<StepState, ServiceError> {
        let attempt = self.storage().step_attempt(caller.link, step).await?;
        Ok(attempt.map_or_else(StepState::default, |StepAttempt { problems, typed_address, .. }| StepState {
            problems,
            typed_address,
        }))
    }

    /// The page the link's administrator is led to.
    pub(crate) async fn flow_page(&self, link: &Link) -> Result<FlowPage, ServiceError> {
        Ok(next_page(link, &self.storage().field_states(link.id).await?))
    }
}

/// The first step that is not saved, else the check, else the receipt.
pub(crate) fn next_page(link: &Link, fields: &[FieldState]) -> FlowPage {
    if link.status == LinkStatus::Linked {
        return FlowPage::Done;
    }
    Step::ALL.into_iter().find(|step| !is_done(link, fields, *step)).map_or(FlowPage::Check, FlowPage::Step)
}

fn is_done(link: &Link, fields: &[FieldState], step: Step) -> bool {
    let saved = |field| fields.iter().any(|state| state.field == field && state.slot == Slot::Saved);
    match step {
        Step::Key => saved(CredentialField::CustomerApiKey),
        Step::Account => saved(CredentialField::Username) && saved(CredentialField::Password),
        Step::Domain => link.host.is_some(),
    }
}
