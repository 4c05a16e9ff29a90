//! One's own account, and proving again who one is.

/// The page that asks for a proof.
pub mod confirm {
    /// Heading.
    pub const HEADING: &str = "Is it you?";
    /// Why.
    pub const WHY: &str =
        "What comes next matters, so we ask once more who is at the keyboard. It counts for ten minutes.";
    /// The field.
    pub const PASSWORD: &str = "Password";
    /// The button.
    pub const BUTTON: &str = "Confirm";
    /// The other way.
    pub const OR_CODE: &str = "Or use a code";
    /// That way's button.
    pub const CODE_BUTTON: &str = "Confirm with the code";
    /// A wrong password.
    pub const WRONG: (&str, &str) =
        ("That is not right", "Please try again. After ten wrong tries you are signed out.");
    /// Back, without doing it.
    pub const LEAVE: &str = "Leave it";
}
