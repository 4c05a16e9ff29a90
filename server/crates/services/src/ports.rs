//! The outside world, as traits: `server/src/adapters` implements them, tests fake them.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use domain::{
    CheckProgress, CheckReport, CustomerName, DeliveryProblem, EmailAddress, Language, LinkId, MessageId,
    News, Permission, PermissionSet, ProblemCode, Reply, Secret, Timestamp, WebServicesHost, WebhookUrl,
    WelcomeNote,
};

use crate::{StopToken, Token};

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
    /// Goes by so many milliseconds more from now on: servers that share a database go by its clock, as theirs differ.
    fn correct(&self, _by_ms: i64) {}
}

/// Draws unpredictable bytes.
pub trait Entropy: Send + Sync {
    /// Fills the buffer.
    ///
    /// # Errors
    /// When the operating system has no randomness to give.
    fn fill(&self, bytes: &mut [u8]) -> anyhow::Result<()>;
}

/// Told what happened, to be counted: of what was entered nothing but the host, which is one of UKG Pro's.
pub trait Meter: Send + Sync {
    /// A check ended and was kept; `problem` is what it found, `None` when it linked.
    fn check_ended(&self, host: &WebServicesHost, problem: Option<ProblemCode>, took_ms: i64);

    /// A sign-in at the staff's door was refused.
    fn sign_in_refused(&self);
}

/// What is needed to check one account.
#[derive(Clone, Debug)]
pub struct CheckRequest {
    /// The host to call.
    pub host: WebServicesHost,
    /// The Customer API Key.
    pub customer_api_key: Secret,
    /// The service account's username.
    pub username: Secret,
    /// The service account's password.
    pub password: Secret,
    /// What to look for.
    pub permissions: PermissionSet,
    /// How many requests UKG Pro may still refuse before it has accepted one; at least 1.
    pub refusals_left: u8,
    /// What is known already, when only one permission is to be asked about again.
    pub known: Option<KnownReport>,
}

/// The report of an earlier check, of which one row is asked anew.
#[derive(Clone, Debug)]
pub struct KnownReport {
    /// The permission to ask about.
    pub ask: Permission,
    /// What is known of the others.
    pub report: CheckReport,
}

/// Told how a check goes, while it goes.
#[async_trait]
pub trait CheckWatcher: Send + Sync {
    /// It came further.
    fn progressed(&self, progress: &CheckProgress);

    /// UKG Pro refused a request before it had accepted any; whether that could be kept, and the check was not ended
    /// meanwhile. Nothing more is sent before this returns, and nothing that may be refused when it says no.
    async fn refused(&self) -> bool;
}

/// Asks UKG Pro.
#[async_trait]
pub trait UkgGateway: Send + Sync {
    /// Checks the account. Whatever goes wrong is in the report; ends within its own deadline.
    async fn check(&self, request: CheckRequest, watcher: Arc<dyn CheckWatcher>) -> CheckReport;

    /// Which of these permissions, that the link does not ask for, an accepted account has all the same. Leaves out
    /// whatever it cannot tell; ends within seconds.
    async fn surplus(&self, request: CheckRequest, others: Vec<Permission>) -> Vec<Permission>;
}

/// Why a letter with an invite is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterOccasion {
    /// Staff invite her.
    Invited,
    /// Her invite ran out, and she asked for a new one.
    Renewed,
    /// Staff give her another invite to the same link.
    Again,
    /// She did not go on for some days.
    Reminded,
}

/// A fresh invite, on its way to the one it is for.
#[derive(Clone, Debug)]
pub struct InviteLetter {
    /// Why it is written.
    pub occasion: LetterOccasion,
    /// Whom it is for.
    pub to: EmailAddress,
    /// The language it is written in.
    pub language: Language,
    /// The customer.
    pub customer: CustomerName,
    /// What staff say to her.
    pub note: Option<WelcomeNote>,
    /// The secret part of its URL.
    pub token: Token,
    /// Until when it lets somebody in.
    pub expires_at: Timestamp,
    /// What stops reminders, when this is one.
    pub stop: Option<StopToken>,
}

/// Where a link stands, on its way to its contact.
#[derive(Clone, Debug)]
pub struct StandingLetter {
    /// Whom it is for.
    pub to: EmailAddress,
    /// The language it is written in.
    pub language: Language,
    /// The customer.
    pub customer: CustomerName,
    /// Where it stands.
    pub standing: Standing,
}

/// Where a link stands that was made.
#[derive(Clone, Debug)]
pub enum Standing {
    /// It is linked.
    Linked {
        /// The UKG Pro host that is asked.
        host: Option<WebServicesHost>,
        /// Which permissions were found granted.
        granted: Vec<Permission>,
        /// Which were found missing.
        missing: Vec<Permission>,
        /// Until when an invite of hers opens its pages; `None` when none does.
        opens_until: Option<Timestamp>,
    },
    /// UKG Pro refuses the account.
    Broken {
        /// What stands in the way.
        problem: Option<ProblemCode>,
        /// Which permissions were found missing.
        missing: Vec<Permission>,
        /// The secret part of a fresh invite's URL, which leads to what must be mended.
        token: Token,
        /// Until when it lets somebody in.
        good_until: Timestamp,
    },
    /// It works again.
    Mended {
        /// Which permissions are still missing.
        missing: Vec<Permission>,
    },
}

/// News of links, on its way to a staff member.
#[derive(Clone, Debug)]
pub struct NewsLetter {
    /// Whom it is for.
    pub to: EmailAddress,
    /// What happened, in that order.
    pub lines: Vec<NewsLine>,
}

/// What happened to one link.
#[derive(Clone, Debug)]
pub struct NewsLine {
    /// The link.
    pub link: LinkId,
    /// The customer.
    pub customer: CustomerName,
    /// What.
    pub news: News,
    /// What stands in its way now.
    pub problem: Option<ProblemCode>,
    /// When.
    pub at: Timestamp,
}

/// A fresh invite to become staff, on its way to the colleague.
#[derive(Clone, Debug)]
pub struct StaffInviteLetter {
    /// Whom it is for.
    pub to: EmailAddress,
    /// The owner who invites.
    pub invited_by: EmailAddress,
    /// The secret part of its URL.
    pub token: Token,
    /// Until when it lets somebody in.
    pub expires_at: Timestamp,
}

/// That a link was ended, on its way to its contact.
#[derive(Clone, Debug)]
pub struct EndedLetter {
    /// Whom it is for.
    pub to: EmailAddress,
    /// The language it is written in.
    pub language: Language,
    /// The customer.
    pub customer: CustomerName,
    /// When it was ended.
    pub at: Timestamp,
    /// Whether the inviting company ended it, and withdrew the invites; otherwise it was the holder of an invite.
    pub by_company: bool,
}

/// A reply of the staff's, on its way to a link's contact.
#[derive(Clone, Debug)]
pub struct ReplyLetter {
    /// Whom it is for.
    pub to: EmailAddress,
    /// The language it is written in.
    pub language: Language,
    /// What it says.
    pub reply: Reply,
    /// The secret part of the fresh invite's URL, when the reply has a place for it.
    pub token: Option<Token>,
}

/// Writes to people.
#[async_trait]
pub trait Postman: Send + Sync {
    /// Hands the letter to the mail server.
    ///
    /// # Errors
    /// When the mail server does not take it; says why, never what the letter says.
    async fn send_invite(&self, letter: InviteLetter) -> anyhow::Result<()>;

    /// Hands the letter to the mail server.
    ///
    /// # Errors
    /// As [`Postman::send_invite`].
    async fn send_staff_invite(&self, letter: StaffInviteLetter) -> anyhow::Result<()>;

    /// Hands the reply to the mail server, with the invite's address in its place.
    ///
    /// # Errors
    /// As [`Postman::send_invite`].
    async fn send_reply(&self, letter: ReplyLetter) -> anyhow::Result<()>;

    /// Hands the letter to the mail server.
    ///
    /// # Errors
    /// As [`Postman::send_invite`].
    async fn send_ended(&self, letter: EndedLetter) -> anyhow::Result<()>;

    /// Hands the letter to the mail server.
    ///
    /// # Errors
    /// As [`Postman::send_invite`].
    async fn send_standing(&self, letter: StandingLetter) -> anyhow::Result<()>;

    /// Hands the letter to the mail server.
    ///
    /// # Errors
    /// As [`Postman::send_invite`].
    async fn send_news(&self, letter: NewsLetter) -> anyhow::Result<()>;
}

/// A signed message on its way to a receiver.
#[derive(Clone, Debug)]
pub struct WebhookRequest {
    /// Where it goes.
    pub url: WebhookUrl,
    /// Header `webhook-id`.
    pub id: MessageId,
    /// Header `webhook-timestamp`.
    pub timestamp: i64,
    /// Header `webhook-signature`.
    pub signature: String,
    /// What it says.
    pub body: String,
}

/// What a receiver answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WebhookAnswer {
    /// With a status.
    Status {
        /// Which.
        status: u16,
        /// For how long it wants to be left alone.
        retry_after: Option<Duration>,
    },
    /// Not at all.
    Failed(DeliveryProblem),
}

/// Sends messages to receivers.
#[async_trait]
pub trait WebhookSender: Send + Sync {
    /// Sends it; ends within its own deadline. Only to addresses that may be called, and nowhere else whatever the
    /// receiver answers.
    async fn send(&self, request: WebhookRequest) -> WebhookAnswer;

    /// Whether anything may be sent there, as far as the address itself tells: what a name leads to is told by each attempt.
    fn may_send_to(&self, url: &WebhookUrl) -> bool;
}

/// Why a password was not hashed.
#[derive(Debug, thiserror::Error)]
pub enum HashError {
    /// Too many wait already; trying again soon can help.
    #[error("too many passwords wait to be hashed")]
    Busy,
    /// The hasher is broken, or a stored hash cannot be read.
    #[error("the password hasher failed")]
    Broken(#[source] anyhow::Error),
}

/// Hashes staff passwords, slowly on purpose and off the async threads.
#[async_trait]
pub trait PasswordHasher: Send + Sync {
    /// The hash, in PHC form.
    ///
    /// # Errors
    /// [`HashError`]; never because of the password.
    async fn hash(&self, password: Secret) -> Result<String, HashError>;

    /// Whether the password belongs to the hash. Without a hash (an unknown address) it does the same work and
    /// says no, so that time does not tell which addresses exist.
    ///
    /// # Errors
    /// [`HashError`].
    async fn verify(&self, password: Secret, hash: Option<String>) -> Result<bool, HashError>;
}
