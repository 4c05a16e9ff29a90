//! Every sentence people read, in English. Nothing is hard-coded in a view: what a page says is found here,
//! by the page's name, in the little markup of [`crate::rich`].
//!
//! UKG's own labels stand letter for letter and bold, because the administrator looks for them on her screen.

#[cfg(feature = "ssr")]
pub mod check;
#[cfg(feature = "ssr")]
pub mod desk;
#[cfg(feature = "ssr")]
pub mod disconnect;
#[cfg(feature = "ssr")]
pub mod done;
#[cfg(feature = "ssr")]
pub mod expired;
pub mod fields;
#[cfg(feature = "ssr")]
pub mod flow;
#[cfg(feature = "ssr")]
pub mod forward;
#[cfg(feature = "ssr")]
pub mod hand_over;
#[cfg(feature = "ssr")]
pub mod mail;
#[cfg(feature = "ssr")]
pub mod message;
#[cfg(feature = "ssr")]
pub mod paste;
#[cfg(feature = "ssr")]
pub mod permissions;
pub mod problems;
#[cfg(feature = "ssr")]
pub mod reminders;
#[cfg(feature = "ssr")]
pub mod replacement;
#[cfg(feature = "ssr")]
pub mod welcome;
#[cfg(feature = "ssr")]
pub mod welcome_back;

/// The product's name.
pub const PRODUCT: &str = "Linkdesk";
