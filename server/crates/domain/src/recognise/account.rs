//! The service account's username and password. UKG generates the password: 25-50 printable characters full
//! of punctuation (`ukg-pro.md` §1), so nothing inside it is ever changed.

use super::{Accepted, Change, Recognised, is_user_api_key, is_uuid, trim_outer};
use crate::{ProblemCode, Secret};

/// Longest username and password taken, in bytes. Far above anything seen; bounds what is sealed.
const MAX: usize = 1024;

/// The service account's username.
#[derive(Clone, Debug)]
pub struct ServiceAccountUsername(Secret);

/// The service account's password.
#[derive(Clone, Debug)]
pub struct ServiceAccountPassword(Secret);

impl ServiceAccountUsername {
    /// Recognises a username; an e-mail address is asked about, as it is often the person's own login.
    ///
    /// # Errors
    /// `username_missing` when nothing usable was entered.
    pub fn recognise(text: &str) -> Recognised<Self> {
        let (value, change) = outer_space_left_out(text, ProblemCode::UsernameMissing)?;
        let warning = value.contains('@').then_some(ProblemCode::UsernameIsEmail);
        Ok(Accepted { value: Self(Secret::new(value)), warning, change })
    }

    /// The username, for sealing and for the check.
    #[must_use]
    pub fn into_secret(self) -> Secret {
        self.0
    }
}

impl ServiceAccountPassword {
    /// Recognises a password; only white space around it is left out.
    ///
    /// # Errors
    /// `password_missing`, or `password_is_api_key` for something with the form of a key or Tenant ID: the
    /// passwords UKG generates hold punctuation.
    pub fn recognise(text: &str) -> Recognised<Self> {
        let (value, change) = outer_space_left_out(text, ProblemCode::PasswordMissing)?;
        let five = value.len() == 5 && value.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
        let twelve = is_user_api_key(&value) && !value.bytes().any(|b| b.is_ascii_lowercase());
        if five || twelve || is_uuid(&value) {
            return Err(ProblemCode::PasswordIsApiKey);
        }
        Ok(Accepted { value: Self(Secret::new(value)), warning: None, change })
    }

    /// The password, for sealing and for the check.
    #[must_use]
    pub fn into_secret(self) -> Secret {
        self.0
    }
}

fn outer_space_left_out(text: &str, missing: ProblemCode) -> Result<(String, Option<Change>), ProblemCode> {
    let trimmed = trim_outer(text);
    if trimmed.is_empty() || trimmed.len() > MAX {
        return Err(missing);
    }
    let change = (trimmed.len() != text.len()).then_some(Change::Trimmed);
    Ok((trimmed.to_owned(), change))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_password_keeps_every_inner_character() {
        let accepted = ServiceAccountPassword::recognise(" +/|\\; a!(*)#@^._{}]%:\n").unwrap();

        assert_eq!(accepted.value.0.expose(), "+/|\\; a!(*)#@^._{}]%:");
        assert_eq!(accepted.change, Some(Change::Trimmed));
    }

    #[test]
    fn a_key_in_the_password_field_is_named() {
        for text in ["AB1C2", "QX7MCD0000K0", "2cedc1bb-57f0-4a3e-9b1e-0123456789ab"] {
            assert_eq!(
                ServiceAccountPassword::recognise(text).err(),
                Some(ProblemCode::PasswordIsApiKey),
                "{text}"
            );
        }
    }

    #[test]
    fn an_email_as_username_is_asked_about_and_taken() {
        let accepted = ServiceAccountUsername::recognise("svc@northwind.example").unwrap();

        assert_eq!(accepted.warning, Some(ProblemCode::UsernameIsEmail));
    }

    #[test]
    fn nothing_is_missing() {
        assert_eq!(ServiceAccountUsername::recognise(" \u{200b} ").err(), Some(ProblemCode::UsernameMissing));
        assert_eq!(ServiceAccountPassword::recognise("\n").err(), Some(ProblemCode::PasswordMissing));
    }

    proptest! {
        #[test]
        fn a_generated_password_is_taken_as_it_is(text in r"[!-~]{4}[+/|;!(*)#@^._{}%][!-~]{20,45}") {
            let accepted = ServiceAccountPassword::recognise(&text).unwrap();
            prop_assert_eq!(accepted.value.0.expose(), text);
        }
    }
}
