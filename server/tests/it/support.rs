//! What the tests are written with.

mod answer;
mod app;
mod browser;
mod database;
mod fakes;
mod program;
mod routes;

pub use answer::Answer;
pub use app::{Admin, Invite, TestApp};
pub use browser::{Browser, form};
pub use database::{Dump, query};
pub use fakes::{FakeUkg, RepeatableEntropy, Script};
pub use program::{Program, free_address, http};
pub use routes::{Placed, placed};

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
