//! Pages that say one thing, and the pages outside the flow.

/// A page that says one thing and what to do next.
#[derive(Clone, Copy, Debug)]
pub struct Message {
    /// Heading.
    pub title: &'static str,
    /// What happened and what to do.
    pub body: &'static str,
}

/// No session, another's link, or no such link: the same words for each.
pub const OPEN_AGAIN: Message = Message {
    title: "Please open your invite again",
    body: "To keep your details safe, these pages open only from the invite. What you saved is kept. Open the invite \
           you were sent, and you go on where you stopped.",
};
/// No session for a step that was handed over, or the step is done: the same words for each.
pub const STEP_OVER: Message = Message {
    title: "This step is not open any more",
    body: "It was saved, or taken back by the person who sent it. If there is still something to enter, ask them for a \
           new link.",
};
/// 404.
pub const NOT_FOUND: Message = Message {
    title: "There is no page here",
    body: "The address may be mistyped, or the page has moved. Have an invite? Open the link in the message you were \
           sent.",
};
/// 500.
pub const FAULT: Message = Message {
    title: "Something went wrong on our side",
    body: "This is nothing you did, and what you saved is kept. Please go back and try once more in a minute.",
};
/// 503.
pub const UNAVAILABLE: Message = Message {
    title: "We cannot save anything right now",
    body: "Nothing is lost that was saved before. Please go back and try once more in a few minutes.",
};
/// 503 at the staff's door.
pub const BUSY: Message = Message {
    title: "Many people are signing in right now",
    body: "Please go back and try once more in a few seconds. Whoever is signed in already is not affected.",
};
/// 429 for a third file at a time.
pub const TOO_MANY_EXPORTS: Message = Message {
    title: "Two downloads are still running",
    body: "Please wait until one of them is complete, then try again.",
};
/// 413.
pub const TOO_LARGE: Message = Message {
    title: "That was too much text",
    body: "A field takes one value: a key, a name, a password or an address. Go back, clear the field, and paste only \
           that value.",
};
/// 400 and 415.
pub const BAD_FORM: Message = Message {
    title: "We could not read that form",
    body: "Nothing was changed. Please go back, reload the page, and send it once more.",
};
/// 403.
pub const CROSS_SITE: Message = Message {
    title: "That came from another page",
    body: "To protect you, we only take what is sent from our own pages. Nothing was changed. Please open the page \
           here and send it again.",
};
/// 405.
pub const WRONG_METHOD: Message = Message {
    title: "That cannot be done here",
    body: "The page exists, but not for that. Nothing was changed. Please go back and use the buttons on the page.",
};
/// A page of the desk without the right to it.
pub const NO_LINK: Message = Message {
    title: "There is no such link",
    body: "It may have been removed, or the address is mistyped. The list shows every link there is.",
};
/// No such staff account.
pub const NO_STAFF: Message = Message {
    title: "There is no such account",
    body: "The address may be mistyped. The settings show every account there is.",
};
/// An invite to become staff that leads nowhere: the same words whatever the reason.
pub const JOIN_OVER: Message = Message {
    title: "This invite is not open any more",
    body: "An invite works once, for three days. If you have an account already, sign in. Otherwise ask the owner who \
           invited you for a new one.",
};
/// 403 at the desk.
pub const OWNERS_ONLY: Message = Message {
    title: "Only an owner can do this",
    body: "Nothing was changed. Ask an owner of your desk to do it, or to make you an owner.",
};
/// Leads to `/`.
pub const HOME: &str = "Go to the start page";
/// Leads to the desk.
pub const DESK: &str = "Show all links";
/// Reloads.
pub const TRY_AGAIN: &str = "Try again";
/// How to name the request.
pub const REQUEST: &str = "If you write to us about this, name the request ";

/// The page at `/`.
pub mod home {
    /// Its title.
    pub const TITLE: &str = "Link UKG Pro";
    /// Heading and paragraph.
    pub const HEADING: (&str, &str) = (
        "UKG Pro accounts, linked in ten minutes",
        "Linkdesk leads a company’s UKG Pro administrator through three steps, checks the result at once, and shows \
         both sides where they stand.",
    );
    /// For administrators.
    pub const INVITE: (&str, &str) = (
        "Have an invite?",
        "Open the link in the message you were sent. It brings you straight to your first step, or back to where you \
         stopped.",
    );
    /// For staff.
    pub const STAFF: (&str, &str) =
        ("Are you on the support staff?", "See who is linked, who is stuck, and what happens next.");
    /// Foot.
    pub const FOOT: &str = "What is entered here is encrypted and shown to no one.";
}

/// The staff's sign-in.
pub mod sign_in {
    /// Title and heading.
    pub const HEADING: &str = "Sign in to the desk";
    /// The button.
    pub const BUTTON: &str = "Sign in";
    /// For those who came to the wrong door.
    pub const OTHERS: &str =
        "Have an invite to link UKG Pro? You need no account: open the link you were sent.";
    /// For those who forgot the password.
    pub const FORGOTTEN: &str =
        "Forgot your password? Ask whoever runs this Linkdesk: they can set a new one on the server.";
    /// A refused sign-in.
    pub const REFUSED: (&str, &str) = (
        "Email or password is not right",
        "Please try again. An owner of your desk can set up a new account for you.",
    );
    /// Too many guesses.
    pub const TOO_MANY: &str = "Too many tries for now";
    /// After too many guesses; `until` is a time of day.
    #[must_use]
    pub fn too_many(until: &str) -> String {
        format!(
            "To keep accounts safe, please try again after {until} UTC. In a browser you signed in with before, or with a \
             passkey, you get in now."
        )
    }

    /// The other way in.
    pub const PASSKEY: &str = "Sign in with a passkey";
    /// The browser gave no passkey.
    pub const PASSKEY_FAILED: &str = "No passkey was used. You can try again, or sign in with your password.";
    /// A passkey that is not known here.
    pub const PASSKEY_REFUSED: (&str, &str) = (
        "That passkey opens nothing here",
        "It may have been removed. Please sign in with your password, and add it again on your account\u{2019}s page.",
    );
    /// The second step's title and heading.
    pub const CODE_HEADING: &str = "Enter your code";
    /// What it asks for.
    pub const CODE_ASK: &str = "Open your authenticator app and type the six digits it shows for Linkdesk.";
    /// The field.
    pub const CODE_LABEL: &str = "Code";
    /// For whoever lacks the app.
    pub const CODE_HINT: &str = "No app at hand? Type one of your recovery codes.";
    /// The button.
    pub const CODE_BUTTON: &str = "Continue";
    /// A refused code.
    pub const CODE_WRONG: (&str, &str) = (
        "That code is not right",
        "Each code works once and for half a minute. Please wait for the next one and type that.",
    );
    /// Back to the first step.
    pub const START_AGAIN: &str = "Start again";
}
