//! Staff accounts, as owners manage them.

use domain::Role;

/// Heading.
pub const HEADING: &str = "Staff";
/// Under it.
pub const LEAD: &str = "Who works at this desk. Nobody here, owners included, can read what customers enter.";
/// Leads on.
pub const INVITE: &str = "Invite a colleague";
/// Back to the list.
pub const BACK: &str = "Staff";
/// Table headings.
pub const COLUMNS: [&str; 4] = ["Email", "Role", "Signs in with", "Last seen"];
/// Marks oneself.
pub const YOU: &str = "You";
/// Marks a closed account.
pub const CLOSED: &str = "Closed";
/// Not seen lately.
pub const NOT_SEEN: &str = "Not signed in";
/// Section: invites that wait.
pub const WAITING: &str = "Invited";
/// Table headings.
pub const INVITE_COLUMNS: [&str; 4] = ["Email", "Role", "Good until", "Withdraw"];
/// Withdraws an invite.
pub const REVOKE: &str = "Withdraw";
/// What the button withdraws, for screen readers.
#[must_use]
pub fn revoke_this(email: &str) -> String {
    format!("Withdraw the invite of {email}")
}

/// A role's name.
#[must_use]
pub const fn role(role: Role) -> &'static str {
    match role {
        Role::Support => "Support",
        Role::Owner => "Owner",
    }
}

/// What a role may do.
#[must_use]
pub const fn role_means(role: Role) -> &'static str {
    match role {
        Role::Support => "Sees every link and helps.",
        Role::Owner => "Also manages staff, settings and disconnecting.",
    }
}

/// With what somebody signs in.
#[must_use]
pub fn signs_in_with(app: bool, passkeys: usize) -> String {
    let mut with = vec![if app { "Password and app" } else { "Password" }.to_owned()];
    match passkeys {
        0 => {}
        1 => with.push("1 passkey".to_owned()),
        many => with.push(format!("{many} passkeys")),
    }
    with.join(", ")
}

/// One account.
pub mod one {
    /// Section.
    pub const ROLE: &str = "What they may do";
    /// The button.
    pub const ROLE_BUTTON: &str = "Change role";
    /// What follows.
    pub const ROLE_HINT: &str = "They are signed out everywhere and come back with the new role.";
    /// Section.
    pub const FACTORS: &str = "Lost phone or passkey";
    /// What it does.
    pub const FACTORS_HINT: &str = "Takes the authenticator app, the recovery codes and every passkey from this account. They then \
                                    sign in with the password alone and set up a new app.";
    /// The button.
    pub const FACTORS_BUTTON: &str = "Reset second factor";
    /// Nothing to reset.
    pub const FACTORS_NONE: &str = "This account has neither an authenticator app nor a passkey.";
    /// Section.
    pub const CLOSE: &str = "Close the account";
    /// What it does.
    pub const CLOSE_HINT: &str =
        "They are signed out at once and cannot sign in again. What they did stays in the log.";
    /// The button.
    pub const CLOSE_BUTTON: &str = "Close account";
    /// Section.
    pub const OPEN: &str = "Open the account again";
    /// What it does.
    pub const OPEN_HINT: &str = "They can sign in again with the password they had.";
    /// The button.
    pub const OPEN_BUTTON: &str = "Open account";
    /// Fact.
    pub const SINCE: &str = "Account since";
    /// Fact.
    pub const CLOSED_SINCE: &str = "Closed since";
}

/// What was just done, or could not be.
pub mod said {
    /// After a role was changed.
    pub const ROLE: &str = "The role is changed. They are signed out everywhere.";
    /// After an account was closed.
    pub const CLOSED: &str = "The account is closed. They are signed out everywhere.";
    /// After an account was opened.
    pub const OPENED: &str = "The account is open again.";
    /// After a reset.
    pub const RESET: &str = "The second factor is reset. They are signed out everywhere.";
    /// Nothing to do.
    pub const UNCHANGED: &str = "It was so already. Nothing was changed.";
    /// The last owner.
    pub const LAST_OWNER: (&str, &str) = (
        "This is the only owner",
        "Somebody must be able to manage the desk. Make another colleague an owner first.",
    );
    /// An invite was withdrawn.
    pub const REVOKED: &str = "The invite is withdrawn. Its link opens nothing any more.";
}

/// Inviting a colleague.
pub mod invite {
    /// Heading.
    pub const HEADING: &str = "Invite a colleague";
    /// Lead.
    pub const LEAD: &str = "They get a link that works once, for three days, and choose their own password.";
    /// Field.
    pub const EMAIL: &str = "Their email";
    /// Field.
    pub const ROLE: &str = "What they may do";
    /// The button.
    pub const BUTTON: &str = "Make the invite";
    /// The address is not one.
    pub const EMAIL_BAD: &str = "Please enter an email address, such as sam@example.com.";
    /// The address has an account.
    pub const EMAIL_TAKEN: &str = "This address has an account already. You find it in the list.";
    /// Heading when it is made.
    pub const MADE: &str = "The invite is ready";
    /// The link's label.
    pub const LINK: &str = "Link for your colleague";
    /// Beside it.
    #[must_use]
    pub fn good_until(until: &str) -> String {
        format!("Shown this once. It works once, until {until} UTC.")
    }
    /// It went by mail.
    #[must_use]
    pub fn mailed(email: &str) -> String {
        format!("We mailed it to {email}.")
    }
    /// It could not be mailed.
    pub const MAIL_FAILED: &str = "The mail could not be sent. Please send this link yourself.";
    /// No mail is set up.
    pub const NO_MAIL: &str = "No mail is set up here. Please send this link yourself.";
    /// Copies.
    pub const COPY: &str = "Copy link";
}
