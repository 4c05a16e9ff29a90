//! Pasting a whole page of UKG Pro: the Customer API Key and the host of the Login service are taken from it, and
//! nothing else of it is kept.

use domain::{
    Accepted, Changes, CredentialField, CustomerApiKey, PastedPage, ProblemCode, Secret, Shape, Step,
};

use crate::steps::{Address, Field};
use crate::{FlowCaller, FlowPage, ServiceError, Services, StepOutcome};

/// What became of one of the two things a page can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pasted {
    /// Found and saved.
    Taken,
    /// Found, and asked about on its step's page.
    Doubted(ProblemCode),
    /// Not found, or not usable, for this reason.
    Missed(ProblemCode),
}

/// What was taken from a pasted page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasteOutcome {
    /// The Customer API Key.
    pub key: Pasted,
    /// The host.
    pub host: Pasted,
    /// Whether anything was saved that was not there before.
    pub changed: bool,
    /// The page that is next.
    pub next: FlowPage,
}

impl Services {
    /// Takes what it can from the pasted page. What the page's own step asks for and cannot be found there is shown on that
    /// step like any other mistake; the other step's value is a gift, and not missed.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn save_pasted(
        &self,
        caller: &FlowCaller,
        step: Step,
        page: Secret,
    ) -> Result<PasteOutcome, ServiceError> {
        let found = PastedPage::read(page.expose(), &self.suffixes());
        let mut outcome = PasteOutcome {
            key: missed(found.key.as_ref().err(), ProblemCode::KeyMissing),
            host: missed(found.url.as_ref().err(), ProblemCode::UrlMissing),
            changed: false,
            next: FlowPage::Step(step),
        };
        let shape = Shape::of(page.expose()).to_string();
        if found.key.is_ok() || step == Step::Key {
            let accepted = |key: CustomerApiKey| Accepted {
                value: key.into_secret(),
                warning: None,
                changes: Changes::NONE,
            };
            let field = Field {
                field: CredentialField::CustomerApiKey,
                typed: page,
                recognised: found.key.map(accepted),
            };
            let saved = self.save_fields(caller, Step::Key, vec![field], false).await?;
            settle(&mut outcome, Step::Key, saved);
        }
        if found.url.is_ok() || step == Step::Domain {
            let typed = found.url.as_ref().ok().map(|url| format!("https://{}", url.host));
            let address = Address { recognised: found.url, typed, shape };
            let saved = self.save_address(caller, address, false).await?;
            settle(&mut outcome, Step::Domain, saved);
        }
        Ok(outcome)
    }
}

fn missed(code: Option<&ProblemCode>, otherwise: ProblemCode) -> Pasted {
    Pasted::Missed(code.copied().unwrap_or(otherwise))
}

/// Notes how saving one of the two went.
fn settle(outcome: &mut PasteOutcome, step: Step, saved: StepOutcome) {
    let part = if step == Step::Key { &mut outcome.key } else { &mut outcome.host };
    outcome.changed |= matches!(saved, StepOutcome::Saved(_));
    match saved {
        StepOutcome::Saved(page) | StepOutcome::Unchanged(page) => {
            *part = Pasted::Taken;
            outcome.next = page;
        }
        StepOutcome::Shown => {
            if step == Step::Domain
                && !matches!(part, Pasted::Missed(code) if *code != ProblemCode::UrlMissing)
            {
                *part = Pasted::Doubted(ProblemCode::UrlTestTenant);
            }
            outcome.next = FlowPage::Step(step);
        }
        StepOutcome::NotNow(page) => outcome.next = page,
    }
}
