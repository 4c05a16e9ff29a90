//! Webhooks: telling other systems what happens to links, by the Standard Webhooks specification.
//!
//! `happened` decides which events a change of a link is, `telling` writes their messages in the unit of work that makes the
//! change, `body` is what they say. `delivering` sends what is due, `pace` says when it is tried again, `signing` makes
//! the secrets. `endpoints` is the staff's side, `messages` what they see of each message; `lapsing` finds what
//! happens by nothing happening.

mod body;
mod delivering;
mod endpoints;
mod happened;
mod lapsing;
mod messages;
mod pace;
mod signing;
mod telling;

pub use endpoints::{CreatedEndpoint, ENDPOINTS_MAX, EndpointOutcome, EndpointView, NewEndpoint};
pub(crate) use happened::{Checked, Gaps, Happened, missing_of};
pub use messages::{DeliveryPage, DeliveryView, MESSAGES_PAGE};
pub use pace::{KEPT_DAYS, KEPT_FAILED_DAYS, SECRET_OVERLAP_SECONDS};
