//! The fields' labels and hints, and what is said while typing. The labels are relied on from outside
//! (`contract.md`), letter for letter.

use domain::Change;

/// Step 1's field.
pub const KEY_LABEL: &str = "Customer API Key";
/// Where its value stands.
pub const KEY_HINT: &str = "From mark 2 in the picture.";
/// Its hint when a doubted key waits for an answer.
pub const KEY_PENDING_HINT: &str = "Paste another key, or keep the one you just entered.";
/// Its hint when a key is saved already.
pub const KEY_SAVED_HINT: &str = "Saved. Leave this empty to keep it, or paste a new one.";
/// What is said of a key of the usual shape.
pub const KEY_FINE: &str = "This has the form of a Customer API Key.";

/// Step 2's first field.
pub const USERNAME_LABEL: &str = "Service account username";
/// Where its value comes from.
pub const USERNAME_HINT: &str = "The **Username** from mark 2. Not the one you sign in with yourself.";
/// Its hint when a doubted username waits for an answer.
pub const USERNAME_PENDING_HINT: &str = "Type another username, or keep the one you just entered.";
/// Its hint when a username is saved already.
pub const USERNAME_SAVED_HINT: &str = "Saved. Leave this empty to keep it, or type a new one.";

/// Step 2's second field.
pub const PASSWORD_LABEL: &str = "Service account password";
/// Where its value comes from.
pub const PASSWORD_HINT: &str = "From mark 4. Long, with many odd characters; that is as it should be.";
/// Its hint when a password is saved already.
pub const PASSWORD_SAVED_HINT: &str = "Saved. Leave this empty to keep it, or paste a new one.";
/// The same when UKG Pro refused the saved one.
pub const PASSWORD_REFUSED_HINT: &str = "UKG Pro refused the saved one. Paste the new one, from mark 4.";
/// The button that shows what was typed, in this browser only.
pub const PASSWORD_SHOW: &str = "Show";
/// The button that hides it again.
pub const PASSWORD_HIDE: &str = "Hide";

/// Step 3's field.
pub const URL_LABEL: &str = "Web Services URL";
/// Where its value stands.
pub const URL_HINT: &str = "From mark 2 in the picture.";

/// Said when white space around a pasted value was left out.
pub const TRIMMED: &str = "We leave out the spaces around it.";

/// What is said of a change a recogniser made. Nothing of `http` and the path: the host that will be used is shown.
#[must_use]
pub const fn change(change: Change) -> &'static str {
    match change {
        Change::OneOfSeveral => "We take the one value that belongs here.",
        Change::LabelLeftOut => "We leave out the words that were copied along.",
        Change::QuotesLeftOut => "We leave out the quotes or punctuation around it.",
        Change::SpacesLeftOut => "We leave out the spaces inside it.",
        Change::Trimmed => TRIMMED,
        Change::InvisibleLeftOut => "We leave out characters that cannot be seen.",
        Change::MadePlain => "We use plain letters.",
        Change::Uppercased => "We use capital letters.",
        Change::HttpsUsed | Change::PathLeftOut => "",
    }
}

/// Said of an address that was understood.
#[must_use]
pub fn url_understood(host: &str) -> String {
    format!("We will use **{host}**, always over an encrypted connection.")
}

/// Staff sign-in.
pub const EMAIL_LABEL: &str = "Email";
/// Staff sign-in.
pub const STAFF_PASSWORD_LABEL: &str = "Password";

/// A step's submit button.
pub const SAVE_AND_CONTINUE: &str = "Save and continue";
/// The last step's submit button.
pub const SAVE_AND_CHECK: &str = "Save and check";
/// The answer to a doubt.
pub const USE_IT_ANYWAY: &str = "Use it anyway";
