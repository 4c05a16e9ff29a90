//! Staff passwords: which are taken, and changing one's own.

use domain::{EmailAddress, Secret, StaffId};
use storage::{Actor, AuditAction, Staff};

use super::limits::Budget;
use super::sign_in::{SignedIn, Visitor, is_as_proven};
use crate::{ServiceError, Services, StaffCaller};

/// Shortest staff password, in characters (NIST SP 800-63B: 15 where it is the only factor, 8 beside another one; as a
/// second factor is offered and not demanded we take 12, and leave composition free).
pub const PASSWORD_MIN: usize = 12;
/// Longest staff password, in bytes: keeps hashing bounded.
pub const PASSWORD_MAX: usize = 1024;

/// The commonest passwords that are long enough, in small letters and without what is not a letter or digit.
const COMMON: [&str; 24] = [
    "123456789012",
    "1234567890123",
    "12345678901234",
    "123456789012345",
    "1234567890123456",
    "123456123456",
    "111111111111",
    "000000000000",
    "123123123123",
    "qwertyuiopas",
    "qwertyuiop123",
    "1q2w3e4r5t6y",
    "qwerty123456",
    "asdfghjklqwe",
    "abcdefghijkl",
    "abc123abc123",
    "password1234",
    "password12345",
    "password123456",
    "passwordpassword",
    "administrator",
    "adminadmin123",
    "letmeinletmein",
    "iloveyouiloveyou",
];

/// Why a new password is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordProblem {
    /// Fewer than [`PASSWORD_MIN`] characters.
    TooShort,
    /// More than [`PASSWORD_MAX`] bytes.
    TooLong,
    /// It is the address one signs in with.
    IsAddress,
    /// One of the first that anybody would try.
    Common,
}

/// How changing one's own password ended.
#[derive(Clone, Debug)]
pub enum PasswordChange {
    /// It is changed; every session ended, and this is a new one.
    Changed(SignedIn),
    /// The present password is not right.
    PresentWrong,
    /// The new one is not taken.
    Refused(PasswordProblem),
    /// Too often wrong: the session ended.
    Ended,
}

impl PasswordProblem {
    /// In a few words, for the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TooShort => "it needs at least 12 characters",
            Self::TooLong => "it is too long",
            Self::IsAddress => "it is the address one signs in with",
            Self::Common => "it is among the first that anybody would try",
        }
    }
}

impl Services {
    /// Changes one's own password. Every session of the account ends; this browser gets a new one.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn change_password(
        &self,
        caller: &StaffCaller,
        (present, new): (Secret, Secret),
        visitor: &Visitor,
    ) -> Result<PasswordChange, ServiceError> {
        let Some(staff) = self.storage().staff(caller.id()).await? else { return Ok(PasswordChange::Ended) };
        if let Some(problem) = problem(&new, &staff.email) {
            return Ok(PasswordChange::Refused(problem));
        }
        match self.present_password(caller, &staff, present).await? {
            Present::Right => {}
            Present::Wrong => return Ok(PasswordChange::PresentWrong),
            Present::TooOften => return Ok(PasswordChange::Ended),
        }
        let hash = self.hash_password(new).await?;
        let suffices = self.suffices_for(staff.id).await?;
        let mut unit = self.storage().begin().await?;
        if !is_as_proven(&mut *unit, &staff).await? {
            return Ok(PasswordChange::Ended);
        }
        unit.set_staff_password(staff.id, &hash).await?;
        unit.end_staff_sessions(staff.id, None).await?;
        unit.forget_staff_devices(staff.id).await?;
        let actor = Actor::Staff(staff.id);
        self.audit(&mut *unit, None, actor, AuditAction::PasswordChanged, String::new()).await?;
        let proven_at = if suffices { self.now() } else { caller.confirmed_at() };
        let signed_in = self.open_session(&mut *unit, staff.id, visitor, (None, proven_at)).await?;
        unit.commit().await?;
        Ok(PasswordChange::Changed(signed_in))
    }

    /// Whether this is the present password of somebody signed in; too often wrong ends their session.
    pub(super) async fn present_password(
        &self,
        caller: &StaffCaller,
        staff: &Staff,
        password: Secret,
    ) -> Result<Present, ServiceError> {
        // An empty field is no guess.
        if password.expose().is_empty() {
            return Ok(Present::Wrong);
        }
        let budget = [Budget::Session(caller.session())];
        if self.admit_guess(&budget).await?.is_err() {
            self.end_after_guesses(caller).await?;
            return Ok(Present::TooOften);
        }
        if !self.verify_password(password, Some(staff.password_hash.clone())).await? {
            return Ok(Present::Wrong);
        }
        self.give_guess_back(&budget).await?;
        Ok(Present::Right)
    }

    /// Whoever sits at a browser left open gets no further by guessing.
    pub(super) async fn end_after_guesses(&self, caller: &StaffCaller) -> Result<(), ServiceError> {
        let mut unit = self.storage().begin().await?;
        if unit.end_staff_session(caller.id(), caller.session()).await? {
            let (actor, detail) = (Actor::System, ended_detail(caller.id(), "too many wrong confirmations"));
            self.audit(&mut *unit, None, actor, AuditAction::SessionsEnded, detail).await?;
        }
        Ok(unit.commit().await?)
    }

    pub(super) async fn hash_password(&self, password: Secret) -> Result<String, ServiceError> {
        Ok(self.0.parts.hasher.hash(password).await?)
    }

    pub(super) async fn verify_password(
        &self,
        password: Secret,
        hash: Option<String>,
    ) -> Result<bool, ServiceError> {
        let password = if password.expose().len() > PASSWORD_MAX { Secret::default() } else { password };
        Ok(self.0.parts.hasher.verify(password, hash).await?)
    }
}

/// How a present password was judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Present {
    Right,
    Wrong,
    TooOften,
}

pub(super) fn ended_detail(staff: StaffId, why: &str) -> String {
    format!("{staff}: {why}")
}

/// What is wrong with a new password for this address.
pub(super) fn problem(password: &Secret, email: &EmailAddress) -> Option<PasswordProblem> {
    let text = password.expose();
    if text.chars().count() < PASSWORD_MIN {
        return Some(PasswordProblem::TooShort);
    }
    if text.len() > PASSWORD_MAX {
        return Some(PasswordProblem::TooLong);
    }
    if text.trim().eq_ignore_ascii_case(email.as_str()) {
        return Some(PasswordProblem::IsAddress);
    }
    let plain: String =
        text.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let first = text.chars().next();
    let one_sign = text.chars().all(|sign| Some(sign) == first);
    (one_sign || COMMON.contains(&plain.as_str())).then_some(PasswordProblem::Common)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(text: &str) -> Option<PasswordProblem> {
        problem(&Secret::new(text.to_owned()), &EmailAddress::parse("ann.smith@northwind.example").unwrap())
    }

    #[test]
    fn length_counts_and_composition_does_not() {
        assert_eq!(judged("plain words x"), None);
        assert_eq!(judged("ééééñññññüüü"), None);
        assert_eq!(judged("elevenchars"), Some(PasswordProblem::TooShort));
        assert_eq!(judged(&"ab".repeat(512)), None);
        assert_eq!(judged(&"ab".repeat(513)), Some(PasswordProblem::TooLong));
    }

    #[test]
    fn what_anybody_would_try_first_is_not_taken() {
        assert_eq!(judged("Ann.Smith@Northwind.example"), Some(PasswordProblem::IsAddress));
        for common in ["Password1234", "password-1234!", "qwerty 123456", "aaaaaaaaaaaaaaaa", "            "]
        {
            assert_eq!(judged(common), Some(PasswordProblem::Common), "{common}");
        }
    }
}
