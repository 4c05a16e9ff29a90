//! The Customer API Key: five capital letters and digits in every sample seen (`ukg-pro.md` §1). UKG publishes
//! no rule, so another shape is asked about and never refused.

use super::{Accepted, Change, Recognised, is_user_api_key, is_uuid, trim_outer};
use crate::{ProblemCode, Secret};

/// Longest text taken as a key at all, in bytes: anything longer is a page, not a key.
const MAX: usize = 256;

/// The Customer API Key, upper-cased when it has the usual shape.
#[derive(Clone, Debug)]
pub struct CustomerApiKey(Secret);

impl CustomerApiKey {
    /// Recognises a Customer API Key or the thing pasted instead of it.
    ///
    /// # Errors
    /// The code of the mistake: nothing, a User API Key, a Tenant ID, an e-mail address or a web address.
    pub fn recognise(text: &str) -> Recognised<Self> {
        let trimmed = trim_outer(text);
        if trimmed.is_empty() {
            return Err(ProblemCode::KeyMissing);
        }
        if is_uuid(trimmed) {
            return Err(ProblemCode::KeyIsTenantId);
        }
        if is_user_api_key(trimmed) {
            return Err(ProblemCode::KeyIsUserApiKey);
        }
        if trimmed.contains("://") || looks_like_host(trimmed) {
            return Err(ProblemCode::KeyIsUrl);
        }
        if trimmed.contains('@') && !trimmed.contains(char::is_whitespace) {
            return Err(ProblemCode::KeyIsEmail);
        }
        if trimmed.len() > MAX {
            return Err(ProblemCode::KeyUnusualShape);
        }
        // Upper case is UKG's own spelling; an unusual key is kept as it is, since its rule is unknown.
        let usual = trimmed.len() == 5 && trimmed.bytes().all(|b| b.is_ascii_alphanumeric());
        let value: String = if usual { trimmed.to_ascii_uppercase() } else { trimmed.to_owned() };
        let change = if value != trimmed {
            Some(Change::Uppercased)
        } else if trimmed.len() != text.len() {
            Some(Change::Trimmed)
        } else {
            None
        };
        let warning = (!usual).then_some(ProblemCode::KeyUnusualShape);
        Ok(Accepted { value: Self(Secret::new(value)), warning, change })
    }

    /// The key, for sealing and for the check.
    #[must_use]
    pub fn into_secret(self) -> Secret {
        self.0
    }
}

/// A dotted name such as `servicet.ultipro.com/services`.
fn looks_like_host(text: &str) -> bool {
    let host = text.split(['/', '?']).next().unwrap_or_default();
    let labels: Vec<_> = host.split('.').collect();
    let ending = labels.last().copied().unwrap_or_default();
    labels.len() >= 2
        && ending.len() >= 2
        && ending.bytes().all(|b| b.is_ascii_alphabetic())
        && host.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn code(text: &str) -> Option<ProblemCode> {
        match CustomerApiKey::recognise(text) {
            Ok(accepted) => accepted.warning,
            Err(code) => Some(code),
        }
    }

    #[test]
    fn the_usual_key_is_taken_in_any_case_and_with_space_around() {
        for text in ["AB1C2", "ab1c2", " AB1C2\n", "\u{feff}AB1C2\u{200b}"] {
            let accepted = CustomerApiKey::recognise(text).unwrap();
            assert_eq!(accepted.value.0.expose(), "AB1C2");
            assert_eq!(accepted.warning, None);
        }
    }

    #[test]
    fn each_mix_up_is_named() {
        let table = [
            ("", ProblemCode::KeyMissing),
            (" \n\t", ProblemCode::KeyMissing),
            ("QX7MCD0000K0", ProblemCode::KeyIsUserApiKey),
            ("qx7mcd0000k0", ProblemCode::KeyIsUserApiKey),
            ("2cedc1bb-57f0-4a3e-9b1e-0123456789ab", ProblemCode::KeyIsTenantId),
            ("{2CEDC1BB-57F0-4A3E-9B1E-0123456789AB}", ProblemCode::KeyIsTenantId),
            ("maria@northwind.example", ProblemCode::KeyIsEmail),
            ("https://servicet.ultipro.com", ProblemCode::KeyIsUrl),
            ("servicet.ultipro.com/services/LoginService", ProblemCode::KeyIsUrl),
            ("AB1C", ProblemCode::KeyUnusualShape),
            ("AB1C23", ProblemCode::KeyUnusualShape),
            ("AB-C2", ProblemCode::KeyUnusualShape),
            (&"A".repeat(300), ProblemCode::KeyUnusualShape),
        ];
        for (text, expected) in table {
            assert_eq!(code(text), Some(expected), "{text:?}");
        }
    }

    #[test]
    fn an_unusual_key_is_never_cut() {
        let long = "A1".repeat(50);

        assert_eq!(CustomerApiKey::recognise(&long).unwrap().value.0.expose(), long);
    }

    proptest! {
        #[test]
        fn no_text_panics_and_white_space_around_never_matters(text in ".{0,80}") {
            prop_assert_eq!(code(&text), code(&format!(" \n{text}\t ")));
        }
    }
}
