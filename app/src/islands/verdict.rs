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
    let recognised = match kind {
        Kind::Key => {
            CustomerApiKey::recognise(text).map(|a| (a.warning, a.changes, fields::KEY_FINE.to_owned()))
        }
        Kind::Username => {
            ServiceAccountUsername::recognise(text).map(|a| (a.warning, a.changes, String::new()))
        }
        Kind::Password => {
            ServiceAccountPassword::recognise(text).map(|a| (a.warning, a.changes, String::new()))
        }
        Kind::Url => {
            let allowed: Vec<&str> = allowed.split(',').collect();
            WebServicesUrl::recognise(text, &allowed)
                .map(|url| (url.warning, url.changes, fields::url_understood(url.host.as_str())))
        }
    };
    match recognised {
        Err(code) | Ok((Some(code), ..)) => Verdict::Problem(code),
        Ok((None, changes, mut said)) => {
            for change in Change::ALL {
                let sentence = if changes.contains(change) { fields::change(change) } else { "" };
                if !said.is_empty() && !sentence.is_empty() {
                    said.push(' ');
                }
                said.push_str(sentence);
            }
            if said.is_empty() { Verdict::Silent } else { Verdict::Fine(said) }
        }
    }
}

/// Whether more typing can make this problem go away: half a value always looks wrong.
#[must_use]
pub const fn may_pass(code: ProblemCode) -> bool {
    matches!(
        code,
        ProblemCode::KeyMissing
            | ProblemCode::KeyUnusualShape
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
        assert_eq!(judge(Kind::Username, "svc", ""), Verdict::Silent);
        assert_eq!(judge(Kind::Url, "example.com", "ultipro.com"), Verdict::Problem(ProblemCode::UrlNotUkg));
        assert!(matches!(
            judge(Kind::Url, "Service4.ultipro.com", "ultipro.com,ultipro.ca"),
            Verdict::Fine(_)
        ));
    }

    #[test]
    fn what_was_changed_is_said_and_a_path_is_not_spoken_of() {
        let said = |kind, text| match judge(kind, text, "ultipro.com") {
            Verdict::Fine(sentence) => sentence,
            verdict @ (Verdict::Silent | Verdict::Problem(_)) => panic!("{verdict:?}"),
        };

        assert_eq!(
            said(Kind::Key, "Customer API Key: ab1c2"),
            [fields::KEY_FINE, fields::change(Change::LabelLeftOut), fields::change(Change::Uppercased)]
                .join(" ")
        );
        assert_eq!(said(Kind::Username, "Username: svc"), fields::change(Change::LabelLeftOut));
        assert_eq!(
            said(Kind::Url, "http://service4.ultipro.com/services/LoginService"),
            fields::url_understood("service4.ultipro.com")
        );
    }
}
