//! Saving a step: recognise, seal, keep, in one unit of work.
//!
//! Nothing typed is lost: a good value is saved even when its neighbour is wrong, and a doubted one is sealed as
//! pending until **Use it anyway** or another value takes its place.

use domain::{
    Accepted, CredentialField, CustomerApiKey, LinkEvent, LinkId, LinkStatus, ProblemCode, Recognised,
    Secret, ServiceAccountPassword, ServiceAccountUsername, Shape, Step, WebServicesUrl,
};
use storage::{AuditAction, FieldState, Link, SealedCredential, Slot, StepAttempt, UnitOfWork};
use vault::WrappedDataKey;

use crate::checks::standing_problem;
use crate::flow::next_page;
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
struct Field {
    field: CredentialField,
    typed: Secret,
    recognised: Recognised<Secret>,
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
        let mut unit = self.storage().begin().await?;
        let Some(mut link) = unit.link(caller.link()).await? else { return Ok(StepOutcome::Shown) };
        let Ok(status) = link.status.after(LinkEvent::StepSaved) else {
            return Ok(StepOutcome::NotNow(standing_page(&link)));
        };
        let recognised = WebServicesUrl::recognise(input.url.expose(), &self.suffixes());
        let doubt = recognised.as_ref().ok().and_then(|url| url.warning).filter(|_| !input.use_anyway);
        let outcome = match (recognised, doubt) {
            (Ok(url), None) => {
                let detail = format!("{}: {}", Step::Domain.as_str(), url.host);
                link.host = Some(url.host);
                link.step_reached = link.step_reached.max(Some(Step::Domain));
                unit.clear_step_attempt(link.id, Step::Domain).await?;
                self.settle(&mut *unit, &mut link, status).await?;
                self.audit(&mut *unit, Some(link.id), caller.actor(), AuditAction::StepSaved, detail).await?;
                StepOutcome::Saved(next_page(&link, &unit.field_states(link.id).await?))
            }
            (Err(code), _) | (Ok(_), Some(code)) => {
                let typed = WebServicesUrl::typed_address(input.url.expose(), &self.suffixes());
                let shape = Shape::of(input.url.expose()).to_string();
                // The address itself stays with the form; the log keeps its host at most.
                let shape =
                    typed.as_deref().and_then(host_in).map_or(shape, |host| format!("an address at {host}"));
                self.keep_attempt(&mut *unit, caller, link.id, Step::Domain, &[(code, shape)], typed).await?;
                let status = link.status;
                self.settle(&mut *unit, &mut link, status).await?;
                StepOutcome::Shown
            }
        };
        unit.commit().await?;
        Ok(outcome)
    }

    async fn save_fields(
        &self,
        caller: &FlowCaller,
        step: Step,
        fields: Vec<Field>,
        use_anyway: bool,
    ) -> Result<StepOutcome, ServiceError> {
        let mut unit = self.storage().begin().await?;
        let Some(mut link) = unit.link(caller.link()).await? else { return Ok(StepOutcome::Shown) };
        let Ok(status) = link.status.after(LinkEvent::StepSaved) else {
            return Ok(StepOutcome::NotNow(standing_page(&link)));
        };
        let before = unit.field_states(link.id).await?;
        let mut problems = Vec::new();
        let mut changed = false;
        for field in fields {
            let shape = Shape::of(field.typed.expose()).to_string();
            match self.keep_field(&mut *unit, &link, field, &before, use_anyway).await? {
                Kept::Changed => changed = true,
                Kept::Unchanged => {}
                Kept::Problem(code) => problems.push((code, shape)),
            }
        }
        if changed {
            link.step_reached = link.step_reached.max(Some(step));
            let detail = step.as_str().to_owned();
            self.audit(&mut *unit, Some(link.id), caller.actor(), AuditAction::StepSaved, detail).await?;
        }
        let status = if changed { status } else { link.status };
        let outcome = if problems.is_empty() {
            unit.clear_step_attempt(link.id, step).await?;
            self.settle(&mut *unit, &mut link, status).await?;
            let page = next_page(&link, &unit.field_states(link.id).await?);
            if changed { StepOutcome::Saved(page) } else { StepOutcome::Unchanged(page) }
        } else {
            self.keep_attempt(&mut *unit, caller, link.id, step, &problems, None).await?;
            self.settle(&mut *unit, &mut link, status).await?;
            StepOutcome::Shown
        };
        unit.commit().await?;
        Ok(outcome)
    }

    /// Keeps one field: saved, pending, or as it was.
    async fn keep_field(
        &self,
        unit: &mut dyn UnitOfWork,
        link: &Link,
        field: Field,
        before: &[FieldState],
        use_anyway: bool,
    ) -> Result<Kept, ServiceError> {
        let had = |slot| before.iter().any(|state| state.field == field.field && state.slot == slot);
        if field.typed.is_blank() {
            return if had(Slot::Pending) && use_anyway {
                unit.promote_pending(link.id, field.field, self.now()).await?;
                Ok(Kept::Changed)
            } else if had(Slot::Pending) && had(Slot::Saved) {
                unit.discard_pending(link.id, field.field).await?;
                Ok(Kept::Unchanged)
            } else if had(Slot::Pending) {
                // Still unanswered: ask again rather than forget what was typed.
                Ok(doubt_of(field.field).map_or(Kept::Unchanged, Kept::Problem))
            } else if had(Slot::Saved) {
                Ok(Kept::Unchanged)
            } else {
                Ok(field.recognised.err().map_or(Kept::Unchanged, Kept::Problem))
            };
        }
        match field.recognised {
            Err(code) => Ok(Kept::Problem(code)),
            Ok(Accepted { value, warning: Some(code), .. }) if !use_anyway => {
                self.seal(unit, link, field.field, Slot::Pending, &value).await?;
                Ok(Kept::Problem(code))
            }
            Ok(Accepted { value, .. }) => {
                self.seal(unit, link, field.field, Slot::Saved, &value).await?;
                unit.discard_pending(link.id, field.field).await?;
                Ok(Kept::Changed)
            }
        }
    }

    /// Seals the value under the link's data key, which is made with the first value.
    async fn seal(
        &self,
        unit: &mut dyn UnitOfWork,
        link: &Link,
        field: CredentialField,
        slot: Slot,
        value: &Secret,
    ) -> Result<(), ServiceError> {
        let vault = &self.0.vault;
        let key = match unit.data_key(link.id).await? {
            Some(stored) => WrappedDataKey::from_stored(&stored.key_id, stored.envelope)?,
            None => {
                let key = vault.new_data_key(link.id)?;
                let stored =
                    storage::WrappedKey { key_id: key.key_id().to_string(), envelope: key.bytes().to_vec() };
                unit.insert_data_key(link.id, &stored).await?;
                key
            }
        };
        let sealed = vault.seal(&key, link.id, field, value)?;
        let credential = SealedCredential { field, slot, envelope: sealed.bytes().to_vec() };
        Ok(unit.put_sealed(link.id, &credential, self.now()).await?)
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
        unit: &mut dyn UnitOfWork,
        link: &mut Link,
        status: LinkStatus,
    ) -> Result<(), ServiceError> {
        let problem = standing_problem(unit, link).await?;
        link.move_to(status, problem, self.now());
        Ok(unit.update_link(link).await?)
    }
}

/// The host in an address that was typed, for support to see.
fn host_in(address: &str) -> Option<&str> {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', ':']).next().filter(|host| !host.is_empty())
}

enum Kept {
    Changed,
    Unchanged,
    Problem(ProblemCode),
}

/// The only doubt each credential can raise, and so what a pending one was asked about.
const fn doubt_of(field: CredentialField) -> Option<ProblemCode> {
    match field {
        CredentialField::CustomerApiKey => Some(ProblemCode::KeyUnusualShape),
        CredentialField::Username => Some(ProblemCode::UsernameIsEmail),
        CredentialField::Password => None,
    }
}

/// Where an administrator goes who cannot change anything now.
fn standing_page(link: &Link) -> FlowPage {
    if link.status.is_linked() { FlowPage::Done } else { FlowPage::Check }
}
