//! The service account's username and password. UKG generates the password: 25-50 printable characters full
//! of punctuation (`ukg-pro.md` §1), so nothing inside it is ever changed.

use super::key::is_user_api_key;
use super::text::{
    ALNUM, DASH, HEX, LOWER, MARK, SPACE, after_label, all, any, cut, ends_with, fold, is, starts, trimmed,
};
use super::{Accepted, Change, Changes, Recognised};
use crate::{ProblemCode, Secret};

/// Longest username and password taken, in bytes. Far above anything seen; bounds what is sealed.
const MAX: usize = 1024;
/// Shortest text after `Password:` that makes these words a label rather than the password's own.
const AFTER_LABEL: usize = 12;
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
        let mut changes = Changes::NONE;
        let mut value = trimmed(text, &mut changes);
        // What cannot be seen is left out of plain names only: some scripts need it.
        let (folded, seen) = fold(value);
        if seen.contains(Change::InvisibleLeftOut) && folded.is_ascii() {
            value = &folded;
            changes.add_all(seen);
        }
        loop {
            if let Some(after) = after_username_label(value) {
                value = after;
                changes.add(Change::LabelLeftOut);
            } else if let Some(inner) = unwrapped(value) {
                value = inner;
                changes.add(Change::QuotesLeftOut);
            } else {
                break;
            }
        }
        if value.is_empty() || value.len() > MAX {
            return Err(ProblemCode::UsernameMissing);
        }
        let warning = value.contains('@').then_some(ProblemCode::UsernameIsEmail);
        Ok(Accepted { value: Self(Secret::new(value.to_owned())), warning, changes })
    }

    /// The username, for sealing and for the check.
    #[must_use]
    pub fn into_secret(self) -> Secret {
        self.0
    }
}

impl ServiceAccountPassword {
    /// Recognises a password; only white space around it is left out, and a label that clearly is one.
    ///
    /// # Errors
    /// `password_missing`, or `password_is_api_key` for something with the form of a key or Tenant ID: the
    /// passwords UKG generates hold punctuation.
    pub fn recognise(text: &str) -> Recognised<Self> {
        let mut changes = Changes::NONE;
        let mut value = trimmed(text, &mut changes);
        while let Some(after) = after_password_label(value) {
            value = after;
            changes.add(Change::LabelLeftOut);
        }
        if value.is_empty() || value.len() > MAX {
            return Err(ProblemCode::PasswordMissing);
        }
        if is_key(value) {
            return Err(ProblemCode::PasswordIsApiKey);
        }
        Ok(Accepted { value: Self(Secret::new(value.to_owned())), warning: None, changes })
    }

    /// The password, for sealing and for the check.
    #[must_use]
    pub fn into_secret(self) -> Secret {
        self.0
    }
}

/// What stands between quotes or angle brackets around the whole.
fn unwrapped(value: &str) -> Option<&str> {
    let mut inner = value.chars();
    let quotes = [inner.next()?, inner.next_back()?];
    let inner = trimmed(inner.as_str(), &mut Changes::default());
    // Quotes of all kinds; the plain ones among them are no letters.
    let is_quote = |c: char| matches!(c, '"' | '\'' | '`' | '´' | '‘'..='‟' | '«' | '»' | '<' | '>');
    (!inner.is_empty() && quotes.into_iter().all(is_quote)).then_some(inner)
}

/// What follows a label that was copied along: `User Name svc`, `Username: svc`, or the label on a line of its own.
fn after_username_label(value: &str) -> Option<&str> {
    let rest = after_label(value, "serviceaccountusername").or_else(|| after_label(value, "username"));
    // A field of one line drops line breaks, so the grid's label may be glued to what follows it.
    let rest = rest.or_else(|| value.strip_prefix("User ID"))?;
    let (_, name) = cut(trimmed(rest, &mut Changes::default()), SPACE | MARK, false);
    let name = trimmed(name, &mut Changes::default());
    (!name.is_empty() && (name.len() < rest.len() || value.starts_with("User Name"))).then_some(name)
}

/// What follows a label that no password begins with: those UKG generates hold no space.
fn after_password_label(value: &str) -> Option<&str> {
    let (rest, glued) = match value.strip_prefix("New Password") {
        Some(rest) => (rest, true),
        None => {
            (after_label(value, "serviceaccountpassword").or_else(|| after_label(value, "password"))?, false)
        }
    };
    let after = rest.strip_prefix(':').unwrap_or(rest);
    let password = trimmed(after, &mut Changes::default());
    // A space alone may be the password's own.
    let clear = match (after.len() < rest.len(), password.len() < after.len()) {
        (true, apart) => apart || password.len() >= AFTER_LABEL,
        (false, _) => starts(rest, MARK) || rest.starts_with('\r'),
    };
    ((clear || glued) && !password.is_empty()).then_some(password)
}

/// Whether this is a key or the Tenant ID, or one of these with its label.
fn is_key(value: &str) -> bool {
    let five = value.len() == 5 && all(value, ALNUM);
    let key =
        value.len() == 12 && is_user_api_key(value) && (!any(value, LOWER) || ends_with(value, "0000K0"));
    let labels = ["customerapikey", "userapikey", "tenantid"];
    five || key || is_uuid(value) || labels.iter().any(|label| after_label(value, label).is_some())
}

/// Whether this is a UUID in its usual 8-4-4-4-12 form. Without the dashes it may be a password of a generator.
fn is_uuid(value: &str) -> bool {
    let value = value.trim_start_matches('{').trim_end_matches('}');
    value.len() == 36
        && value
            .bytes()
            .enumerate()
            .all(|(at, b)| is(b, if matches!(at, 8 | 13 | 18 | 23) { DASH } else { HEX }))
}
