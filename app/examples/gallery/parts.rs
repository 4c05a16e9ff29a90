//! The pages of each area that are not previewed at the desk, with made-up data.

pub use app::previews::{COMPANY, CUSTOMER, HOST, NOW, permissions, rows};

pub mod desk;
pub mod invites;
pub mod link;
pub mod staff;
pub mod webhooks;
