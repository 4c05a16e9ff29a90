//! What is to be said of a field's content: the recognisers' answers, and which of them wait until typing is done.

use domain::{
    Change, CustomerApiKey, ProblemCode, ServiceAccountPassword, ServiceAccountUsername, WebServicesUrl,
};

use crate::text::fields;

/// Which recogniser a field has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The Customer API Key.
    Key,
    /// The service account's username.
    Username,
    /// The service account's password.
    Password,
    /// The Web Services URL.
    Url,
}

/// What is said under a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing.
    Silent,
    /// A problem or doubt.
    Problem(ProblemCode),
    /// The value is understood, in this sentence.
    Fine(String),
}

impl Kind {
    /// The value of `data-recognise`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Username => "username",
            Self::Password => "password",
            Self::Url => "url",
        }
    }

    /// The kind of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Key, Self::Username, Self::Password, Self::Url].into_iter().find(|kind| kind.as_str() == name)
    }
}

/// The verdict on `text`. `allowed`: the domains an address may belong to, comma separated.
#[must_use]
pub fn judge(kind: Kind, text: &str, allowed: &str) -> Verdict {
    let (problem, fine) = match kind {
        Kind::Key => match CustomerApiKey::recognise(text) {
            Err(code) => (Some(code), None),
            Ok(accepted) => (accepted.warning, Some(fields::KEY_FINE.to_owned())),
        },
        Kind::Username => match ServiceAccountUsername::recognise(text) {
            Err(code) => (Some(code), None),
            Ok(accepted) => (accepted.warning, None),
        },
        Kind::Password => match ServiceAccountPassword::recognise(text) {
            Err(code) => (Some(code), None),
            Ok(accepted) => {
                (None, (accepted.change == Some(Change::Trimmed)).then(|| fields::TRIMMED.to_owned()))
            }
        },
        Kind::Url => {
            let allowed: Vec<&str> = allowed.split(',').collect();
            match WebServicesUrl::recognise(text, &allowed) {
                Err(code) => (Some(code), None),
                Ok(url) => (url.warning, Some(fields::url_understood(url.host.as_str()))),
            }
        }
    };
    match (problem, fine) {
        (Some(code), _) => Verdict::Problem(code),
        (None, Some(sentence)) => Verdict::Fine(sentence),
        (None, None) => Verdict::Silent,
    }
}

/// Whether more typing can make this problem go away: half a value always looks wrong.
#[must_use]
pub const fn may_pass(code: ProblemCode) -> bool {
    matches!(
        code,
        ProblemCode::KeyUnusualShape
            | ProblemCode::KeyIsUrl
            | ProblemCode::PasswordIsApiKey
            | ProblemCode::UrlUnreadable
            | ProblemCode::UrlNotUkg
            | ProblemCode::UrlLoginPortal
            | ProblemCode::UrlIpAddress
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_judged_by_its_own_recogniser() {
        assert_eq!(judge(Kind::Key, "QX7MCD0000K0", ""), Verdict::Problem(ProblemCode::KeyIsUserApiKey));
        assert_eq!(judge(Kind::Key, "AB1C2", ""), Verdict::Fine(fields::KEY_FINE.to_owned()));
        assert_eq!(judge(Kind::Username, "a@b.example", ""), Verdict::Problem(ProblemCode::UsernameIsEmail));
        assert_eq!(judge(Kind::Password, " x+y! ", ""), Verdict::Fine(fields::TRIMMED.to_owned()));
        assert_eq!(judge(Kind::Url, "example.com", "ultipro.com"), Verdict::Problem(ProblemCode::UrlNotUkg));
        assert!(matches!(
            judge(Kind::Url, "Service4.ultipro.com", "ultipro.com,ultipro.ca"),
            Verdict::Fine(_)
        ));
    }
}
