//! The parts that also run in the browser: the form fields, which recognise what is typed while it is typed.
//!
//! They call the same recognisers as the server does on submit. Without script they are plain fields, and the
//! server says the same things after the form is sent.

mod field;
mod key_field;
mod password_field;
mod url_field;
mod username_field;

pub use field::Kept;
pub use key_field::KeyField;
pub use password_field::PasswordField;
pub use url_field::UrlField;
pub use username_field::UsernameField;
