//! One's own account, and proving again who one is.

use domain::{MailWishes, News, Wish};

/// Heading.
pub const HEADING: &str = "Your account";
/// What somebody may do, in words.
pub const SUPPORT: &str = "Support: sees every link and helps.";
/// What somebody may do, in words.
pub const OWNER: &str = "Owner: also manages staff, settings and disconnecting.";
/// Back to one's account.
pub const BACK: &str = "Your account";

/// Section: how one signs in.
pub const SIGN_IN: &str = "How you sign in";
/// A fact's name.
pub const PASSWORD: &str = "Password";
/// Its value.
pub const PASSWORD_SET: &str = "Set. Nobody can read it, not even we.";
/// Leads on.
pub const CHANGE: &str = "Change password";
/// A fact's name.
pub const APP: &str = "Authenticator app";
/// Its value when none is set up.
pub const APP_OFF: &str = "Off. With it, a stolen password alone opens nothing.";
/// Its value, with the day it was set up.
#[must_use]
pub fn app_on(since: &str) -> String {
    format!("On since {since}.")
}
/// Leads on.
pub const APP_SET_UP: &str = "Set up";
/// Leads on.
pub const APP_TURN_OFF: &str = "Turn off";
/// A fact's name.
pub const CODES: &str = "Recovery codes";
/// Leads on.
pub const CODES_NEW: &str = "Make new ones";
/// How many are left.
#[must_use]
pub fn codes_left(left: u32) -> String {
    match left {
        0 => "None left. Make new ones, so that a lost phone does not lock you out.".to_owned(),
        1 => "1 left.".to_owned(),
        many => format!("{many} left."),
    }
}
/// A fact's name.
pub const PASSKEYS: &str = "Passkeys";
/// How many there are.
#[must_use]
pub fn passkeys(count: usize) -> String {
    match count {
        0 => "None. With one, you sign in without a password, and nothing can be guessed or phished."
            .to_owned(),
        1 => "1 passkey.".to_owned(),
        many => format!("{many} passkeys."),
    }
}
/// Leads on.
pub const PASSKEYS_MANAGE: &str = "Manage";

/// Section: mail.
pub const MAIL: &str = "What we mail you";
/// A fact's name.
pub const MAIL_ABOUT: &str = "Mail me when";
/// Leads on.
pub const MAIL_CHANGE: &str = "Change";
/// What one is mailed about, in words.
#[must_use]
pub fn mailed_about(wishes: &MailWishes) -> String {
    let wanted = News::ALL.into_iter().filter_map(|news| {
        let which = match wishes.of(news) {
            Wish::Nothing => return None,
            Wish::Mine => "a link you look after",
            Wish::Every => "any link",
        };
        Some(format!("{which} {}", mail::happens(news)))
    });
    let wanted: Vec<String> = wanted.collect();
    if wanted.is_empty() { "Never.".to_owned() } else { sentence(&wanted.join(", ")) }
}

/// With a capital letter and a full stop.
fn sentence(text: &str) -> String {
    let mut signs = text.chars();
    signs.next().map_or_else(String::new, |first| format!("{}{}.", first.to_uppercase(), signs.as_str()))
}

/// What one is mailed about.
pub mod mail {
    use domain::{News, Wish};

    /// Heading.
    pub const HEADING: &str = "Mail me when";
    /// How they come.
    pub const LEAD: &str =
        "What happens within ten minutes comes in one mail. What has settled by then is left out.";
    /// No mail is set up.
    pub const NO_MAIL: &str =
        "No mail server is set up here, so nothing is sent yet. What you choose is kept.";
    /// The button.
    pub const BUTTON: &str = "Save";

    /// What happens to a link.
    #[must_use]
    pub const fn happens(news: News) -> &'static str {
        match news {
            News::Linked => "is linked",
            News::Broken => "is broken",
            News::NeedsUs => "needs us",
            News::Stuck => "is stuck",
        }
    }

    /// A field: its label, and what it means.
    #[must_use]
    pub const fn field(news: News) -> (&'static str, &'static str) {
        match news {
            News::Linked => ("A link is linked", "For the first time, or again after it was broken."),
            News::Broken => ("A link is broken", "UKG Pro refuses the account that worked before."),
            News::NeedsUs => {
                ("A link needs us", "Only we can do what comes next, such as sending a new invite.")
            }
            News::Stuck => (
                "Somebody is stuck",
                "A step was refused three times in a row, or UKG Pro rejected the values twice in a day.",
            ),
        }
    }

    /// An answer.
    #[must_use]
    pub const fn wish(wish: Wish) -> &'static str {
        match wish {
            Wish::Nothing => "Never",
            Wish::Mine => "Links I look after",
            Wish::Every => "Any link",
        }
    }
}

/// Section: one's sessions.
pub const SESSIONS: &str = "Where you are signed in";
/// Table headings.
pub const SESSION_COLUMNS: [&str; 5] = ["Browser", "From", "Signed in", "Last used", "End"];
/// A browser that did not say its name.
pub const BROWSER_UNKNOWN: &str = "Unknown browser";
/// An address that is not known.
pub const ADDRESS_UNKNOWN: &str = "Unknown";
/// Marks the session that asks.
pub const THIS_ONE: &str = "This one";
/// Ends one.
pub const END: &str = "End";
/// What the button ends, for screen readers.
#[must_use]
pub fn end_this(browser: &str) -> String {
    format!("End the session in {browser}")
}
/// Ends all others.
pub const END_OTHERS: &str = "End all others";

/// What was just done.
pub mod done {
    /// After the password was changed.
    pub const PASSWORD: &str = "Your password is changed. Every other browser was signed out.";
    /// After the app was turned off.
    pub const APP_OFF: &str = "The authenticator app is off, and its recovery codes work no more.";
    /// After it was chosen what to be mailed about.
    pub const MAIL: &str = "Saved what we mail you.";
    /// After sessions were ended.
    pub const SESSIONS: &str = "Done. Whoever used them has to sign in again.";
}

/// Changing one's password.
pub mod password {
    /// Heading.
    pub const HEADING: &str = "Change your password";
    /// What follows.
    pub const LEAD: &str = "Every other browser you are signed in with will have to sign in again.";
    /// Field.
    pub const PRESENT: &str = "Present password";
    /// Field.
    pub const NEW: &str = "New password";
    /// Its hint.
    pub const NEW_HINT: &str =
        "At least 12 characters. A few words you can remember are best; no special signs needed.";
    /// The button.
    pub const BUTTON: &str = "Change password";
    /// The present password is wrong.
    pub const PRESENT_WRONG: &str =
        "That is not your present password. After ten wrong tries you are signed out.";
    /// Too short.
    pub const TOO_SHORT: &str = "Please use at least 12 characters.";
    /// Too long.
    pub const TOO_LONG: &str = "That is more than a password can hold. Please use at most 1,000 characters.";
    /// The address itself.
    pub const IS_ADDRESS: &str =
        "Your email address is the first thing anybody would try. Please use something else.";
    /// Among the commonest.
    pub const COMMON: &str =
        "That is among the first passwords anybody would try. Please use something else.";
}

/// The authenticator app.
pub mod app {
    /// Heading.
    pub const HEADING: &str = "Authenticator app";
    /// What it is good for.
    pub const LEAD: &str = "When you sign in, we then also ask for six digits that an app on your phone shows. Any authenticator \
                            app will do.";
    /// Begins.
    pub const BEGIN: &str = "Set up the app";
    /// Step.
    pub const SCAN: &str = "Scan this picture with the app";
    /// Another way.
    pub const TYPE: &str = "Cannot scan it? Type this key into the app:";
    /// Shown once.
    pub const ONCE: &str = "Neither is shown again once the app works.";
    /// Step.
    pub const CODE: &str = "Six digits from the app";
    /// The button.
    pub const FINISH: &str = "Turn it on";
    /// A wrong code.
    pub const WRONG: &str = "That code does not fit. Wait for the next one in the app, and check that the phone’s clock is right.";
    /// In use.
    #[must_use]
    pub fn on(since: &str) -> String {
        format!("It is on since {since}. To move to another phone, turn it off here and set it up anew.")
    }
    /// Turns it off.
    pub const OFF: &str = "Turn it off";
}

/// Recovery codes.
pub mod codes {
    /// Heading.
    pub const HEADING: &str = "Recovery codes";
    /// Before new ones are made.
    pub const LEAD: &str = "Each code gets you in once when the app is not at hand. New codes replace the old ones, which then work no more.";
    /// The button.
    pub const MAKE: &str = "Make ten new codes";
    /// Heading when they are shown.
    pub const SHOWN_HEADING: &str = "Keep these ten codes";
    /// Beside them.
    pub const SHOWN_LEAD: &str = "Print them or put them into your password manager now: they are not shown again. Each gets you \
                                  in once when the app is not at hand.";
    /// After the app was just turned on.
    pub const APP_IS_ON: &str = "The authenticator app is on.";
    /// Copies.
    pub const COPY: &str = "Copy all";
    /// Copied.
    pub const COPIED: &str = "Copied";
    /// Leads back.
    pub const KEPT: &str = "I have kept them";
    /// Without an app there is nothing to recover.
    pub const NO_APP: &str = "Recovery codes stand in for the authenticator app. Set that up first.";
}

/// Passkeys.
pub mod passkeys {
    /// What they are.
    pub const LEAD: &str = "A passkey is a key that your phone, computer or security key keeps for you. You sign in with a finger, \
                            your face or a PIN, without a password and without a code.";
    /// When one was made; `date` is a day.
    #[must_use]
    pub fn made(date: &str) -> String {
        format!("Added {date}.")
    }
    /// When one was last used; `ago` is a span of time.
    #[must_use]
    pub fn used(ago: &str) -> String {
        format!("Last used: {ago}.")
    }
    /// Never used.
    pub const NEVER_USED: &str = "Not used yet.";
    /// Removes one.
    pub const REMOVE: &str = "Remove";
    /// What the button removes, for screen readers.
    #[must_use]
    pub fn remove_this(name: &str) -> String {
        format!("Remove the passkey {name}")
    }
    /// Field.
    pub const NAME: &str = "Name of the new passkey";
    /// Its hint.
    pub const NAME_HINT: &str = "So that you know it again, such as \u{201c}Work laptop\u{201d}.";
    /// The button.
    pub const ADD: &str = "Add a passkey";
    /// After adding.
    pub const MADE: &str = "The passkey is ready. You can sign in with it from now on.";
    /// After removing.
    pub const REMOVED: &str = "The passkey is removed. It opens nothing here any more.";
    /// The browser made none.
    pub const NOT_MADE: &str =
        "No passkey was made. Perhaps it was given up, or this device has one for you already.";
    /// Something did not fit.
    pub const REFUSED: &str = "That did not work. Please reload the page and try once more.";
    /// There is one already, or there are very many.
    pub const NO_MORE: &str = "This passkey is known already, or you have as many as an account can hold.";
    /// The address people see is no name.
    pub const NO_NAME: &str = "Browsers tie passkeys to a name such as link.example.com. This desk is reached by a number only, so \
                               they do not work here. An owner can set LINKDESK_PUBLIC_URL.";
    /// Without script.
    pub const NO_SCRIPT: &str = "Adding a passkey needs JavaScript. Everything else here works without.";
}

/// The page that asks for a proof.
pub mod confirm {
    /// Heading.
    pub const HEADING: &str = "Is it you?";
    /// Why.
    pub const WHY: &str =
        "What comes next matters, so we ask once more who is at the keyboard. It counts for ten minutes.";
    /// The button.
    pub const BUTTON: &str = "Confirm";
    /// The way by a passkey.
    pub const PASSKEY: &str = "Confirm with a passkey";
    /// The browser gave no passkey.
    pub const PASSKEY_FAILED: &str = "No passkey was used. Please try again.";
    /// A passkey that is none of theirs, or an answer that came too late.
    pub const PASSKEY_REFUSED: (&str, &str) = ("That passkey was not taken", "Please try again.");
    /// Where an authenticator app is in use.
    pub const NOT_BY_PASSWORD: &str =
        "Your account has more than a password, so the password is not enough here.";
    /// Where a passkey is in use and no authenticator app.
    pub const BY_PASSKEY_ALONE: &str = "Your account has a passkey, so the password is not enough here. If you have lost it, \
        an owner can take it from your account.";
    /// Somebody sent the password all the same.
    pub const MORE_NEEDED: (&str, &str) =
        ("The password alone is not enough", "Please use what else you sign in with.");
    /// Field.
    pub const CODE: &str = "Code";
    /// That way's button.
    pub const CODE_BUTTON: &str = "Confirm with the code";
    /// A wrong password.
    pub const WRONG: (&str, &str) =
        ("That is not right", "Please try again. After ten wrong tries you are signed out.");
    /// Back, without doing it.
    pub const LEAVE: &str = "Leave it";
}

/// Becoming staff by an invite.
pub mod join {
    /// Heading.
    pub const HEADING: &str = "Welcome to the desk";
    /// Who invites whom; for [`crate::rich`].
    #[must_use]
    pub fn lead(company: &str) -> String {
        format!(
            "Choose a password, and you are in: you will see how the customers of **{company}** link UKG Pro."
        )
    }
    /// Field.
    pub const EMAIL: &str = "Email";
    /// Field.
    pub const PASSWORD: &str = "Choose a password";
    /// The button.
    pub const BUTTON: &str = "Join";
}
