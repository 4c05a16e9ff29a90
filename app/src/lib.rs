//! What people see: pages, components, islands, and every sentence.
//!
//! Pages are functions from a plain view struct to HTML. They load nothing and decide nothing: `server` asks
//! `services`, fills the struct, and renders. So a page can be looked at and tested with made-up data, and there
//! is no resource, context or server function that could hand out more than its struct holds.
//!
//! Islands are the few parts that also run in the browser. Their properties stand in the HTML: nothing secret.
//!
//! Knows `domain` and nothing else of ours.

pub mod icons;
pub mod islands;
pub mod rich;
pub mod text;

#[cfg(feature = "ssr")]
pub mod components;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod previews;
#[cfg(feature = "ssr")]
pub mod shell;
#[cfg(feature = "ssr")]
pub mod when;
