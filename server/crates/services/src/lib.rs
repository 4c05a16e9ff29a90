//! The use cases: what an administrator, a staff member or the command line can do.
//!
//! Each takes its caller first, as a type only this crate can make (`FlowCaller`, `StaffCaller`, `Operator`),
//! so an unchecked call does not compile. Knows the outside world as traits (`ports`, `storage`): no HTTP, no
//! SQL, no Leptos. A change, its audit entry and whatever follows from it are one unit of work.

mod audit;
mod bulk;
mod checks;
mod client;
mod desk;
mod disconnect;
mod error;
mod exports;
mod fingerprints;
mod flow;
mod hand_over;
mod health;
mod insights;
mod invites;
mod letters;
mod live;
mod made_up;
mod mail;
mod paste;

mod ports;
mod presets;
mod queue;
mod rechecks;
mod reminders;
mod renewal;
mod replacement;
mod retention;
mod rotation;
mod staff;
mod steps;
mod token;
mod ukg_side;
mod values;
mod webhooks;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::Timestamp;
use storage::Storage;
use tokio::sync::OnceCell;
use tokio_util::task::TaskTracker;
use vault::Vault;

use crate::desk::Mailing;
use crate::exports::Exports;
use crate::fingerprints::Fingerprints;
use crate::live::LiveChecks;
use crate::queue::Ends;
use crate::rechecks::Hosts;
use crate::staff::{Guesses, Refused};
use crate::ukg_side::Remembered;

pub use audit::{
    Acceptance, AuditExport, AuditFault, AuditPage, AuditQuestion, Entries, LogState, Verification,
};
pub use bulk::{
    BULK_LINES_MAX, BulkLine, BulkMade, BulkPreview, BulkRefusal, LineState, MadeLine, text_of_upload,
};
pub use checks::{CheckAsked, CheckStart, Hold, RunningCheck};
pub use client::asked_from;
pub use desk::export::LinkExport;
pub use desk::list::{DayMark, LIST_PAGE, LinkList, ListRequest, ListedLink, STRIP_DAYS, Stuck};
pub use desk::views::{VIEW_NAME_MAX, VIEWS_MAX, ViewRefusal};
pub use desk::{
    AssignOutcome, Certificate, EndOutcome, FreshInvite, GIVEN_UP_SHOWN, GivenUp, LinkPage, LostMessages,
    MailOutcome, PauseOutcome, Repeats, ReplyOutcome, ReplyWay, Timeline, TimelineEntry, TryAgain, Work,
    WorkFor, renewal_asked,
};
pub use error::ServiceError;
pub use exports::ExportError;
pub use flow::{FlowCaller, FlowPage, FlowView, StepState};
pub use hand_over::{CreatedHandOver, HandOverRefusal, HandOverView, StartedStep, StepCaller, StepInput};
pub use health::{TriedOut, Unready};
pub use insights::{Insights, Period, Stage, StageCount, TimeToLinked};
pub use invites::{
    CreatedInvite, InviteOrigin, InviteOrigins, InviteOutcome, InviteRefusal, InviteView, Mailed, NewInvite,
    StartedFlow, TWINS_SHOWN, Twins,
};

pub use letters::{Reminders, StopToken};
pub use made_up::MakeUpError;
pub use mail::{Mail, Mailer};
pub use paste::{PasteOutcome, Pasted};
pub use ports::{
    CheckRequest, CheckWatcher, Clock, EndedLetter, Entropy, HashError, InviteLetter, KnownReport,
    LetterOccasion, Meter, NewsLetter, NewsLine, PasswordHasher, Postman, ReplyLetter, StaffInviteLetter,
    Standing, StandingLetter, UkgGateway, WebhookAnswer, WebhookRequest, WebhookSender,
};
pub use presets::{PRESETS_MAX, PresetOutcome};
pub use queue::LEASE_MS;
pub use rechecks::Pace;
pub use renewal::{Renewal, RenewalOffer};
pub use replacement::{Choice, Question, UNDO_SECONDS};
pub use rotation::Rotated;
pub use staff::{
    AddStaffError, AuthenticatorSetUp, CONFIRMED_SECONDS, Confirmation, Confirmed, Joining, Managed,
    OwnerCaller, PASSWORD_MAX, PASSWORD_MIN, PasskeyAnswer, PasskeyAsk, PasskeyMaking, PasskeySignIn,
    PasswordChange, PasswordProblem, PasswordReset, RECOVERY_CODES, ResetPasswordError, SecondFactors,
    SecondStep, SessionView, SignIn, SignedIn, StaffCaller, StaffInviting, StaffList, StaffMember, Visitor,
};
pub use steps::{AccountInput, DomainInput, KeyInput, StepOutcome};
pub use token::Token;
pub use ukg_side::HostSide;
pub use webhooks::{
    CreatedEndpoint, DeliveryPage, DeliveryView, ENDPOINTS_MAX, EndpointOutcome, EndpointView, KEPT_DAYS,
    KEPT_FAILED_DAYS, MESSAGES_PAGE, NewEndpoint, SECRET_OVERLAP_SECONDS,
};

/// What the use cases are set to.
#[derive(Clone, Debug)]
pub struct ServiceSettings {
    /// Domains a Web Services URL may belong to.
    pub ukg_suffixes: Vec<String>,
    /// Scheme, host and port of the address people see: what passkeys are bound to.
    pub origin: String,
    /// How often links are checked again.
    pub pace: Pace,
}

/// What the use cases are made of.
pub struct Parts {
    /// The database.
    pub storage: Arc<dyn Storage>,
    /// Seals and opens credentials.
    pub vault: Arc<Vault>,
    /// Asks UKG Pro.
    pub ukg: Arc<dyn UkgGateway>,
    /// Hashes staff passwords.
    pub hasher: Arc<dyn PasswordHasher>,
    /// Writes to people; `None` when no mail is set up.
    pub postman: Option<Arc<dyn Postman>>,
    /// Sends messages to other systems.
    pub webhooks: Arc<dyn WebhookSender>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Draws random bytes.
    pub entropy: Arc<dyn Entropy>,
    /// Counts what happens.
    pub meter: Arc<dyn Meter>,
    /// What they are set to.
    pub settings: ServiceSettings,
}

/// Every use case; cheap to clone.
#[derive(Clone)]
pub struct Services(Arc<Inner>);

/// The parts, and what is remembered while the process lives.
struct Inner {
    parts: Parts,
    /// The checks that are running; each goes on when nobody waits for it.
    running: TaskTracker,
    live: LiveChecks,
    hosts: Hosts,
    fingerprints: OnceCell<Fingerprints>,
    guesses: Guesses,
    refused: Refused,
    exports: Exports,
    mailing: Mailing,
    ukg_side: Mutex<Remembered>,
    ends: Ends,
}

/// Somebody with the right to the server's command line: the machine itself is the check.
#[derive(Clone, Copy, Debug)]
pub struct Operator(());

impl Operator {
    /// The command line's caller. Made nowhere else: nothing that listens on a network may call this.
    #[must_use]
    pub const fn at_command_line() -> Self {
        Self(())
    }
}

impl Services {
    /// Puts the parts together.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(Inner {
            parts,
            running: TaskTracker::new(),
            live: LiveChecks::default(),
            hosts: Hosts::default(),
            fingerprints: OnceCell::new(),
            guesses: Guesses::default(),
            refused: Refused::default(),
            exports: Exports::default(),
            mailing: Mailing::default(),
            ukg_side: Mutex::default(),
            ends: Ends::default(),
        }))
    }

    /// Makes ready what every change needs: the installation's own key, and the audit log's chain. Called once, before
    /// anything else.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn prepare(&self) -> Result<(), ServiceError> {
        self.fingerprints().await?;
        self.chain_old_entries().await
    }

    /// Clears what is over: sessions that ended, values whose replacement can no longer be undone, old messages, old checks; and
    /// tells the audit log how many sign-ins were refused. Called now and then.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn clean_up(&self) -> Result<(), ServiceError> {
        self.tell_refusals().await?;
        self.forget_guesses().await?;
        let mut unit = self.storage().begin().await?;
        unit.delete_ended_sessions(self.now()).await?;
        let forgotten = unit.forget_previous(self.now().plus_seconds(-UNDO_SECONDS)).await?;
        if forgotten > 0 {
            unit.note_to_overwrite(None, self.now()).await?;
        }
        unit.commit().await?;
        self.delete_old_messages().await?;
        self.forget_old_checks().await?;
        if self.storage().is_to_overwrite(None).await? {
            self.storage().forget_deleted().await?;
        }
        Ok(())
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.0
    }

    pub(crate) fn running(&self) -> &TaskTracker {
        &self.0.running
    }

    pub(crate) fn guesses(&self) -> &Guesses {
        &self.0.guesses
    }

    pub(crate) fn refused(&self) -> &Refused {
        &self.0.refused
    }

    pub(crate) fn live(&self) -> &LiveChecks {
        &self.0.live
    }

    /// What was found of UKG Pro's hosts. Held for a copy only; whatever a panic left there is as good.
    pub(crate) fn remembered_sides(&self) -> MutexGuard<'_, Remembered> {
        self.0.ukg_side.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn storage(&self) -> &dyn Storage {
        &*self.0.parts.storage
    }

    pub(crate) fn vault(&self) -> &Vault {
        &self.0.parts.vault
    }

    pub(crate) fn entropy(&self) -> &dyn Entropy {
        &*self.0.parts.entropy
    }

    pub(crate) fn meter(&self) -> &dyn Meter {
        &*self.0.parts.meter
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.0.parts.clock.now()
    }

    /// Ten random bytes for a new id.
    pub(crate) fn id_bytes(&self) -> Result<[u8; 10], ServiceError> {
        let mut bytes = [0; 10];
        self.entropy().fill(&mut bytes).map_err(ServiceError::Unexpected)?;
        Ok(bytes)
    }

    pub(crate) fn suffixes(&self) -> Vec<&str> {
        self.0.parts.settings.ukg_suffixes.iter().map(String::as_str).collect()
    }
}
