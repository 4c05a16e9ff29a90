//! What the tests are written with.

mod answer;
mod app;
mod browser;
#[path = "../../crates/storage-postgres/tests/it/cluster.rs"]
#[expect(dead_code, reason = "the backend's own tests use more of it")]
mod cluster;
mod database;
pub mod database_file;
mod fake_mailer;
mod fake_ukg;
mod fakes;
mod keep_alive;
mod phone;
mod program;
mod receiver;
mod routes;
mod security_key;
mod signed;
mod visitor;
mod watching;

pub use answer::Answer;
pub use app::{Admin, Invite, TestApp};
pub use browser::{Browser, form};
pub use cluster::Database as OnServer;
pub use database::{Dump, TestDatabase};
pub use database_file::{change, long_reader, query};
pub use fake_mailer::FakeMailer;
pub use fake_ukg::{FakeUkg, Script};
pub use fakes::{RepeatableEntropy, StoppedClock};
pub use keep_alive::{KeepAlive, Sent};
pub use phone::Phone;
pub use program::{Program, free_address, http};
pub use receiver::{Received, Receiver, Reply};
pub use routes::{Placed, placed, placed_for};
pub use security_key::{PROVEN, SecurityKey, send};
pub use signed::signature_of;
pub use visitor::{SERVICE, UKG_HOST, Visitor, with_ukg};
pub use watching::{events, events_at};

/// A usual Customer API Key.
pub const KEY: &str = "AB1C2";
/// A service account's username.
pub const USERNAME: &str = "LinkdeskService";
/// A service account's password, with every character that a form, a URL or a page could trip over.
pub const PASSWORD: &str = "Zq+/|\\; a!(*)#@^._{}]%:&=<>\"'~é7";
/// A Web Services URL.
pub const URL: &str = "http://service4.ultipro.com/services/LoginService";
/// The password of every staff account.
pub const STAFF_PASSWORD: &str = "correct horse battery";
