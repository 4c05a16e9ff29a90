//! What Linkdesk knows about linking a UKG Pro account: ids, values with their recognisers, the link's
//! states, permissions and problem codes.
//!
//! Pure: no clock, no randomness, no input or output. The same code runs on the server and, compiled to
//! WebAssembly, in the administrator's browser while she types, so both always agree.

mod browser;
mod check;
mod contact;
mod credential;
mod ids;
mod invite;
mod language;
mod link;
mod listing;
mod news;
mod note;
mod order;
mod permission;
mod preset;
mod problem;
mod public_address;
mod recognise;
mod reminder;
mod reply;
mod retry_after;
mod secret;
mod shape;
mod staff;
mod stage;
mod time;
mod unseen;
mod webhook;

pub use browser::{Browser, UnknownBrowser};
pub use check::{CheckOutcome, CheckProgress, CheckReport, ConnectionStep, PermissionResult, RowResult};
pub use contact::{CustomerName, EmailAddress, InvalidContact, Reference, WelcomeNote};
pub use credential::{CredentialField, UnknownField};
pub use ids::{
    AuditId, CheckId, EndpointId, HandOverId, InvalidId, InviteId, LinkId, MessageId, NoteId, PasskeyId,
    PresetId, SessionId, StaffId, StaffInviteId,
};
pub use invite::InviteState;
pub use language::{Language, UnknownLanguage};
pub use link::{LinkEvent, LinkStatus, RefusedTransition, Step, UnknownStatus, WhoActs};
pub use listing::LinkSort;
pub use news::{MailWishes, News, UnknownNews, Wish};
pub use note::StaffNote;
pub use order::{
    DraftField, DraftMistake, DraftProblem, INVITE_DAYS, INVITE_DAYS_MAX, InviteDraft, InviteOrder,
};
pub use permission::{Permission, PermissionSet, UnknownPermission};
pub use preset::PresetName;
pub use problem::{ProblemCode, ProblemKind, UnknownProblem};
pub use public_address::is_public_address;
pub use recognise::{
    Accepted, Change, Changes, CustomerApiKey, HostLine, PastedPage, Recognised, ServiceAccountPassword,
    ServiceAccountUsername, WebServicesHost, WebServicesUrl,
};
pub use reminder::{REMINDERS_MAX, RemindAfter, UnknownReminder};
pub use reply::Reply;
pub use retry_after::retry_after;
pub use secret::Secret;
pub use shape::Shape;
pub use staff::{Role, UnknownRole};
pub use stage::LinkStage;
pub use time::Timestamp;
pub use unseen::is_unseen;
pub use webhook::{
    DeliveryProblem, DeliveryState, EndpointState, InvalidWebhookUrl, UnknownWebhookName, WebhookEvent,
    WebhookEvents, WebhookUrl,
};
