//! Saving a step: recognise, seal, keep, in one unit of work.
//!
//! Nothing typed is lost: a good value is saved even when its neighbour is wrong, and a doubted one is sealed as
//! pending until **Use it anyway** or another value takes its place. Of a link that stands, what is entered waits in the
//! fresh slot until a check has proven it. Entering what is there already is no change.

mod keeping;

use domain::{
    CredentialField, CustomerApiKey, LinkEvent, LinkId, LinkStatus, ProblemCode, Recognised, Secret,
    ServiceAccountPassword, ServiceAccountUsername, Shape, Step, WebServicesHost, WebServicesUrl,
};
use storage::{AuditAction, FieldState, Link, StepAttempt, UnitOfWork};

use keeping::{Keeping, Kept};

use crate::checks::standing_problem;
use crate::fingerprints::Fingerprints;
use crate::flow::next_page;
use crate::values::has_fresh;
use crate::webhooks::Happened;
use crate::{FlowCaller, FlowPage, ServiceError, Services};

/// What step 1's form holds.
#[derive(Debug)]
pub struct KeyInput {
    /// The Customer API Key, or empty to keep what is saved or pending.
    pub key: Secret,
    /// Whether **Use it anyway** was pressed.
    pub use_anyway: bool,
}

/// What step 2's form holds.
#[derive(Debug)]
pub struct AccountInput {
    /// The username, or empty to keep what is saved or pending.
    pub username: Secret,
    /// The password, or empty to keep what is saved.
    pub password: Secret,
    /// Whether **Use it anyway** was pressed.
    pub use_anyway: bool,
}

/// What step 3's form holds.
#[derive(Debug)]
pub struct DomainInput {
    /// The address. Held as a secret until it is known to be one: people paste into the wrong field.
    pub url: Secret,
    /// Whether **Use it anyway** was pressed.
    pub use_anyway: bool,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepOutcome {
    /// Saved; this page is next.
    Saved(FlowPage),
    /// Nothing was entered that was not saved before; this page is next.
    Unchanged(FlowPage),
    /// Something is to be mended or confirmed: the step's page says what.
    Shown,
    /// Nothing can be changed now (a check is running, or the account is linked): this page says why.
    NotNow(FlowPage),
}

/// One field of a form: what the recogniser made of it.
pub(crate) struct Field {
    pub(crate) field: CredentialField,
    pub(crate) typed: Secret,
    pub(crate) recognised: Recognised<Secret>,
}

/// An address: what the recogniser made of it, what the form may show of it again, and its shape for support.
pub(crate) struct Address {
    pub(crate) recognised: Result<WebServicesUrl, ProblemCode>,
    pub(crate) typed: Option<String>,
    pub(crate) shape: String,
}

impl Services {
    /// Saves step 1.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn save_key(&self, caller: &FlowCaller, input: KeyInput) -> Result<StepOutcome, ServiceError> {
        let recognised =
            CustomerApiKey::recognise(input.key.expose()).map(|a| a.map(CustomerApiKey::into_secret));
        let field = Field { field: CredentialField::CustomerApiKey, typed: input.key, recognised };
        self.save_fields(caller, Step::Key, vec![field], input.use_anyway).await
    }

    /// Saves step 2.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn save_account(
        &self,
        caller: &FlowCaller,
        input: AccountInput,
    ) -> Result<StepOutcome, ServiceError> {
        let username = ServiceAccountUsername::recognise(input.username.expose())
            .map(|accepted| accepted.map(ServiceAccountUsername::into_secret));
        let password = ServiceAccountPassword::recognise(input.password.expose())
            .map(|accepted| accepted.map(ServiceAccountPassword::into_secret));
        let fields = vec![
            Field { field: CredentialField::Username, typed: input.username, recognised: username },
            Field { field: CredentialField::Password, typed: input.password, recognised: password },
        ];
        self.save_fields(caller, Step::Account, fields, input.use_anyway).await
    }

    /// Saves step 3.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn save_domain(
        &self,
        caller: &FlowCaller,
        input: DomainInput,
    ) -> Result<StepOutcome, ServiceError> {
        let recognised = WebServicesUrl::recognise(input.url.expose(), &self.suffixes());
        let typed = WebServicesUrl::typed_address(input.url.expose(), &self.suffixes());
        let shape = Shape::of(input.url.expose()).to_string();
        self.save_address(caller, Address { recognised, typed, shape }, input.use_anyway).await
    }

    /// Saves the address a form or a pasted page held.
    pub(crate) async fn save_address(
        &self,
        caller: &FlowCaller,
        Address { recognised, typed, shape }: Address,
        use_anyway: bool,
    ) -> Result<StepOutcome, ServiceError> {
        let prints = self.fingerprints().await?;
        let mut unit = self.storage().begin().await?;
        let (mut link, status) = match self.changeable(&mut *unit, caller).await? {
            Ok(changeable) => changeable,
            Err(outcome) => return Ok(outcome),
        };
        let known = |url: &WebServicesUrl| link.fresh_host.as_ref().or(link.host.as_ref()) == Some(&url.host);
        // An address that was confirmed once is not asked about again.
        let doubt =
            recognised.as_ref().ok().filter(|url| !use_anyway && !known(url)).and_then(|url| url.warning);
        let outcome = match (recognised, doubt) {
            (Ok(url), None) => {
                let changed = !known(&url);
                unit.clear_step_attempt(link.id, Step::Domain).await?;
                unit.end_hand_overs(link.id, Step::Domain, self.now()).await?;
                if changed {
                    let detail = format!("{}: {}", Step::Domain.as_str(), url.host);
                    put_host(&mut link, url.host);
                    link.step_reached = link.step_reached.max(Some(Step::Domain));
                    let saved = AuditAction::StepSaved;
                    self.audit(&mut *unit, Some(link.id), caller.actor(), saved, detail).await?;
                }
                let status = if changed { status } else { link.status };
                let happened = if changed { Happened::StepSaved(Step::Domain) } else { Happened::Moved };
                self.settle(prints, &mut *unit, &mut link, status, happened).await?;
                let page = next_page(&link, &unit.field_states(link.id).await?);
                if changed { StepOutcome::Saved(page) } else { StepOutcome::Unchanged(page) }
            }
            (Err(code), _) | (Ok(_), Some(code)) => {
                // The address itself stays with the form; the log keeps its host at most.
                let shape =
                    typed.as_deref().and_then(host_in).map_or(shape, |host| format!("an address at {host}"));
                self.keep_attempt(&mut *unit, caller, link.id, Step::Domain, &[(code, shape)], typed).await?;
                let status = link.status;
                self.settle(prints, &mut *unit, &mut link, status, Happened::Moved).await?;
                self.owe_for_vain_tries(&mut *unit, &link, Step::Domain).await?;
                StepOutcome::Shown
            }
        };
        unit.commit().await?;
        Ok(outcome)
    }

    /// The caller's link and the status saving a step leads to; or where she goes when nothing can be changed now.
    async fn changeable(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &FlowCaller,
    ) -> Result<Result<(Link, LinkStatus), StepOutcome>, ServiceError> {
        let Some(link) = unit.link(caller.link()).await? else { return Ok(Err(StepOutcome::Shown)) };
        let Ok(status) = link.status.after(LinkEvent::StepSaved) else {
            return Ok(Err(StepOutcome::NotNow(standing_page(&link))));
        };
        // A request that was let in may have waited for its body while it was shut out.
        let invites = unit.invites_of(link.id).await?;
        let revoked =
            invites.iter().any(|invite| invite.id == caller.invite() && invite.revoked_at.is_some());
        let ended = match caller.hand_over() {
            Some(id) => unit.hand_over(id).await?.is_none_or(|hand_over| hand_over.ended_at.is_some()),
            None => false,
        };
        if revoked || ended {
            return Ok(Err(StepOutcome::NotNow(FlowPage::Check)));
        }
        // A link that stands does not say by its status that a check is running.
        if unit.running_check(link.id).await?.is_some() {
            return Ok(Err(StepOutcome::NotNow(FlowPage::Check)));
        }
        Ok(Ok((link, status)))
    }

    pub(crate) async fn save_fields(
        &self,
        caller: &FlowCaller,
        step: Step,
        fields: Vec<Field>,
        use_anyway: bool,
    ) -> Result<StepOutcome, ServiceError> {
        let prints = self.fingerprints().await?;
        let mut unit = self.storage().begin().await?;
        let (mut link, status) = match self.changeable(&mut *unit, caller).await? {
            Ok(changeable) => changeable,
            Err(outcome) => return Ok(outcome),
        };
        let before = unit.field_states(link.id).await?;
        let keeping =
            // Of a link that stands, a new password beside the username in use is just what is wanted.
            Keeping {
                prints,
                link: &link,
                before: &before,
                use_anyway,
                alone: caller.hand_over().is_some() && !link.status.stands(),
            };
        let mut problems = Vec::new();
        let mut changed = false;
        let blank = fields.iter().all(|field| field.typed.is_blank());
        for field in fields {
            let shape = Shape::of(field.typed.expose()).to_string();
            match self.keep_field(&mut *unit, &keeping, field).await? {
                Kept::Changed => changed = true,
                Kept::Unchanged => {}
                Kept::Problem(code) => problems.push((code, shape)),
            }
        }
        // An empty form keeps what is saved, and just that is refused: the way on is another password.
        if blank && !changed && problems.is_empty() && step == Step::Account && is_stuck(&link, &before) {
            problems.push((ProblemCode::PasswordMissing, Shape::of("").to_string()));
        }
        if changed {
            link.step_reached = link.step_reached.max(Some(step));
            let detail = step.as_str().to_owned();
            self.audit(&mut *unit, Some(link.id), caller.actor(), AuditAction::StepSaved, detail).await?;
        }
        let status = if changed { status } else { link.status };
        let happened = if changed { Happened::StepSaved(step) } else { Happened::Moved };
        let outcome = if problems.is_empty() {
            unit.clear_step_attempt(link.id, step).await?;
            unit.end_hand_overs(link.id, step, self.now()).await?;
            self.settle(prints, &mut *unit, &mut link, status, happened).await?;
            let page = next_page(&link, &unit.field_states(link.id).await?);
            if changed {
                StepOutcome::Saved(page)
            } else if page == FlowPage::Step(step) {
                // Not the very form again without a word: the check tells why the same is not sent once more.
                StepOutcome::Unchanged(FlowPage::Check)
            } else {
                StepOutcome::Unchanged(page)
            }
        } else {
            self.keep_attempt(&mut *unit, caller, link.id, step, &problems, None).await?;
            self.settle(prints, &mut *unit, &mut link, status, happened).await?;
            self.owe_for_vain_tries(&mut *unit, &link, step).await?;
            StepOutcome::Shown
        };
        unit.commit().await?;
        Ok(outcome)
    }

    /// Keeps what was wrong, for the form and for support: codes and shapes, never values.
    async fn keep_attempt(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &FlowCaller,
        link: LinkId,
        step: Step,
        problems: &[(ProblemCode, String)],
        typed_address: Option<String>,
    ) -> Result<(), ServiceError> {
        let codes: Vec<ProblemCode> = problems.iter().map(|(code, _)| *code).collect();
        let attempt = StepAttempt { step, at: self.now(), problems: codes, typed_address };
        unit.put_step_attempt(link, &attempt).await?;
        for (code, shape) in problems {
            let action = if code.is_warning() { AuditAction::StepDoubted } else { AuditAction::StepRefused };
            let detail = format!("{}: {code}: {shape}", step.as_str());
            self.audit(unit, Some(link), caller.actor(), action, detail).await?;
        }
        Ok(())
    }

    /// Writes the link as it stands now: its status, and what is in the way.
    async fn settle(
        &self,
        prints: &Fingerprints,
        unit: &mut dyn UnitOfWork,
        link: &mut Link,
        status: LinkStatus,
        happened: Happened,
    ) -> Result<(), ServiceError> {
        let problem = standing_problem(prints, unit, link).await?;
        link.move_to(status, problem, self.now());
        self.keep_link(unit, link, happened).await
    }
}

/// Whether UKG Pro refuses the account in use, and nothing was entered to replace it.
fn is_stuck(link: &Link, fields: &[FieldState]) -> bool {
    let refused = link.problem == Some(ProblemCode::CredentialsRejected);
    link.status == LinkStatus::Broken && refused && !has_fresh(link, fields)
}

/// Makes this the host the next check asks; that of a link that stands stays in use until then.
fn put_host(link: &mut Link, host: WebServicesHost) {
    if link.status.stands() {
        link.fresh_host = Some(host).filter(|host| link.host.as_ref() != Some(host));
    } else {
        link.host = Some(host);
    }
}

/// The host in an address that was typed, for support to see.
fn host_in(address: &str) -> Option<&str> {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', ':']).next().filter(|host| !host.is_empty())
}

/// Where an administrator goes who cannot change anything now.
fn standing_page(link: &Link) -> FlowPage {
    if link.status.is_linked() { FlowPage::Done } else { FlowPage::Check }
}
