//! What other systems are told of links: which events there are (`event`), where they go (`url`), and what becomes of a
//! message (`delivery`).

mod delivery;
mod event;
mod url;

pub use delivery::{DeliveryProblem, DeliveryState, EndpointState};
pub use event::{WebhookEvent, WebhookEvents};
pub use url::{InvalidWebhookUrl, WebhookUrl};

/// The text names nothing known here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown name")]
pub struct UnknownWebhookName;

/// Reads the stable names of an enum.
macro_rules! named {
    ($name:ident, $all:expr) => {
        impl FromStr for $name {
            type Err = UnknownWebhookName;

            fn from_str(text: &str) -> Result<Self, UnknownWebhookName> {
                $all.into_iter().find(|known| known.as_str() == text).ok_or(UnknownWebhookName)
            }
        }
    };
}

use named;
