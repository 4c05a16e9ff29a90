//! What staff see and do. Nothing here can show a secret, because nothing here can open an envelope.

mod ending;
mod help;
mod link;
mod list;
mod notes;
mod pause;
mod reply;
mod timeline;

pub use ending::{Certificate, EndOutcome};
pub use help::{FreshInvite, MailOutcome};
pub use link::{LinkPage, renewal_asked};
pub use list::{LIST_MAX, LinkFilter, LinkList};
pub use notes::AssignOutcome;
pub use pause::PauseOutcome;
pub use reply::{ReplyOutcome, ReplyWay};
pub use timeline::{Timeline, TimelineEntry};
