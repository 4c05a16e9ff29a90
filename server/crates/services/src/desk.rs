//! What staff see and do. Nothing here can show a secret, because nothing here can open an envelope.
//!
//! The list: `list`, `export`, `views`. One link: `link`, `timeline`; what staff do about it: the others.

mod ending;
pub(crate) mod export;
mod help;
mod link;
pub(crate) mod list;
mod mailing;
mod notes;
mod pause;
mod reply;
mod timeline;
pub(crate) mod views;
mod work;

pub use ending::{Certificate, EndOutcome};
pub use help::{FreshInvite, MailOutcome};
pub(crate) use link::mark_lapsed;
pub use link::{LinkPage, renewal_asked};
pub(crate) use mailing::Mailing;
pub use notes::AssignOutcome;
pub use pause::PauseOutcome;
pub use reply::{ReplyOutcome, ReplyWay};
pub use timeline::{Repeats, Timeline, TimelineEntry};
pub use work::{GIVEN_UP_SHOWN, GivenUp, LostMessages, TryAgain, Work, WorkFor};
