//! The administrator's way through: who she is, which page comes next, what each page shows.

use domain::{
    CheckProgress, CheckReport, CredentialField, HandOverId, InviteId, LinkId, LinkStatus, ProblemCode, Step,
    Timestamp, WebServicesHost,
};
use storage::{Actor, CheckRun, FieldState, HandOver, Link, Slot, StepAttempt};
use tokio::sync::watch;

use crate::checks::{links, problem_of};
use crate::replacement::{question_of, undo_until};
use crate::values::{InEffect, has_fresh};
use crate::{Hold, Question, ServiceError, Services, Token};

/// An administrator whose session was checked, for one link and no other.
#[derive(Clone, Copy, Debug)]
pub struct FlowCaller {
    link: LinkId,
    invite: InviteId,
    /// Set inside a [`crate::StepCaller`]: she acts for one step only.
    hand_over: Option<HandOverId>,
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
    /// The newest check in which the values in use were accepted: what is known of the permissions.
    pub proven: Option<CheckRun>,
    /// Whether the newest check was made with the very values the next one would be made with.
    pub is_current: bool,
    /// Why the next check may not be made now; `None` when it may.
    pub hold: Option<Hold>,
    /// What has to be answered before new values that work are put in use.
    pub question: Option<Question>,
    /// Whether another link is linked with the same UKG Pro account.
    pub is_duplicate: bool,
    /// The steps that are handed to a colleague.
    pub handed_over: Vec<HandOver>,
    /// Until when the last replacement can be undone; `None` when there is none.
    pub undo_until: Option<Timestamp>,
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
    /// For whoever's session was checked; only this crate can make one.
    pub(crate) const fn new(link: LinkId, invite: InviteId) -> Self {
        Self { link, invite, hand_over: None }
    }

    /// For a colleague with one step; stays inside her `StepCaller`.
    pub(crate) const fn alone(link: LinkId, invite: InviteId, hand_over: HandOverId) -> Self {
        Self { link, invite, hand_over: Some(hand_over) }
    }

    /// The step handed over that she acts for, if she is a colleague.
    pub(crate) const fn hand_over(&self) -> Option<HandOverId> {
        self.hand_over
    }

    pub(crate) const fn invite(&self) -> InviteId {
        self.invite
    }

    /// The link she may see and change.
    #[must_use]
    pub const fn link(&self) -> LinkId {
        self.link
    }

    pub(crate) fn actor(&self) -> Actor {
        Actor::Customer(self.invite)
    }
}

impl StepState {
    pub(crate) fn of(StepAttempt { problems, typed_address, .. }: StepAttempt) -> Self {
        Self { problems, typed_address }
    }
}

impl FlowView {
    /// Whether the credential is kept for the next check.
    #[must_use]
    pub fn is_saved(&self, field: CredentialField) -> bool {
        self.has(field, Slot::Saved) || self.has(field, Slot::Fresh)
    }

    /// Whether a new value waits to replace the one in use.
    #[must_use]
    pub fn is_fresh(&self, field: CredentialField) -> bool {
        self.has(field, Slot::Fresh)
    }

    /// Whether anything waits to replace what is in use.
    #[must_use]
    pub fn is_replacing(&self) -> bool {
        has_fresh(&self.link, &self.fields)
    }

    /// The host the next check asks.
    #[must_use]
    pub fn host(&self) -> Option<&WebServicesHost> {
        self.link.fresh_host.as_ref().or(self.link.host.as_ref())
    }

    /// What stands in the way of the values entered last: what their check found, else what is kept of the link.
    #[must_use]
    pub fn trouble(&self) -> Option<ProblemCode> {
        match self.current_report() {
            Some(report) => problem_of(report),
            None if self.is_replacing() => None,
            None => self.link.problem,
        }
    }

    /// Whether a check is running.
    #[must_use]
    pub fn is_checking(&self) -> bool {
        self.check.as_ref().is_some_and(|check| check.finished_at.is_none())
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
        self.check.as_ref().filter(|_| self.is_current)?.report.as_ref()
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
            .filter(|session| {
                // A session for one step handed over opens that step only: `enter_step`.
                session.link == link && session.hand_over.is_none() && self.now() < session.expires_at
            })
            .map(|session| FlowCaller::new(session.link, session.invite)))
    }

    /// What the flow's pages show; `None` when the link is gone.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn flow_view(&self, caller: &FlowCaller) -> Result<Option<FlowView>, ServiceError> {
        let prints = self.fingerprints().await?;
        let storage = self.storage();
        // The check before the link: one that ends in between then shows as running, and the page asks again. The other
        // way round it would show as ended over a link that still says "checking", for good.
        let check = storage.last_check(caller.link).await?;
        let Some(link) = storage.link(caller.link).await? else { return Ok(None) };
        let fields = storage.field_states(link.id).await?;
        let values = storage.sealed_values(link.id).await?;
        let submission = InEffect::next(&link, &values).map(|values| prints.submission(link.id, &values));
        let in_use = InEffect::in_use(&link, &values).map(|values| prints.submission(link.id, &values));
        let proven = match &in_use {
            Some(in_use) => storage.accepted_check(link.id, in_use).await?,
            None => None,
        };
        let is_current = check.as_ref().map(|check| check.submission) == submission && submission.is_some();
        let hold = match submission {
            Some(submission) => self.hold(&link, &fields, submission, check.as_ref()).await?,
            None => None,
        };
        let report = check.as_ref().filter(|_| is_current).and_then(|check| check.report.as_ref());
        let question = match report.filter(|report| has_fresh(&link, &fields) && links(report)) {
            Some(report) => question_of(&link, &fields, proven.as_ref(), report),
            None => None,
        };
        let is_duplicate = match &link.account {
            Some(account) if link.status.stands() => {
                !storage.links_with_account(account, link.id).await?.is_empty()
            }
            Some(_) | None => false,
        };
        let handed_over = storage.open_hand_overs(link.id).await?;
        let undo_until = undo_until(&link, self.now());
        let next = next_page(&link, &fields);
        Ok(Some(FlowView {
            link,
            fields,
            check,
            proven,
            is_current,
            hold,
            question,
            is_duplicate,
            handed_over,
            undo_until,
            next,
        }))
    }

    /// The progress of the link's running check, to be watched; `None` when none runs in this process.
    #[must_use]
    pub fn watch_check(&self, caller: &FlowCaller) -> Option<watch::Receiver<CheckProgress>> {
        self.live().of(caller.link)
    }

    /// What the step's form shows of the last attempt.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn step_state(&self, caller: &FlowCaller, step: Step) -> Result<StepState, ServiceError> {
        let attempt = self.storage().step_attempt(caller.link, step).await?;
        Ok(attempt.map_or_else(StepState::default, StepState::of))
    }

    /// When the link is checked again by itself; `None` when it is not.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn next_check(&self, caller: &FlowCaller) -> Result<Option<Timestamp>, ServiceError> {
        self.next_recheck(caller.link).await
    }

    /// The page the link's administrator is led to.
    pub(crate) async fn flow_page(&self, link: &Link) -> Result<FlowPage, ServiceError> {
        Ok(next_page(link, &self.storage().field_states(link.id).await?))
    }
}

/// Where an administrator goes on: of a link that is being made, to the first step that is not saved, else the check; of
/// a link that stands, to what broke, to what waits to replace it, or to its receipt.
pub(crate) fn next_page(link: &Link, fields: &[FieldState]) -> FlowPage {
    match link.status {
        LinkStatus::Linked | LinkStatus::Attention | LinkStatus::Broken if has_fresh(link, fields) => {
            FlowPage::Check
        }
        LinkStatus::Linked | LinkStatus::Paused | LinkStatus::Disconnected => FlowPage::Done,
        LinkStatus::LinkedWithGaps => FlowPage::Check,
        LinkStatus::Attention | LinkStatus::Broken => mend_page(link.problem),
        LinkStatus::Invited | LinkStatus::Opened | LinkStatus::InProgress | LinkStatus::Checking => {
            let open = Step::ALL.into_iter().find(|step| !is_done(link, fields, *step));
            open.map_or(FlowPage::Check, FlowPage::Step)
        }
    }
}

/// Where the problem of a link that stands is put right.
fn mend_page(problem: Option<ProblemCode>) -> FlowPage {
    match problem {
        Some(ProblemCode::CredentialsRejected) => FlowPage::Step(Step::Account),
        Some(ProblemCode::HostNotFound | ProblemCode::HostNotWebServices) => FlowPage::Step(Step::Domain),
        Some(_) | None => FlowPage::Check,
    }
}

fn is_done(link: &Link, fields: &[FieldState], step: Step) -> bool {
    let kept = |field| {
        let in_effect = |state: &FieldState| matches!(state.slot, Slot::Saved | Slot::Fresh);
        fields.iter().any(|state| state.field == field && in_effect(state))
    };
    match step {
        Step::Key => kept(CredentialField::CustomerApiKey),
        Step::Account => kept(CredentialField::Username) && kept(CredentialField::Password),
        Step::Domain => link.host.is_some() || link.fresh_host.is_some(),
    }
}
