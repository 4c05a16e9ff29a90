//! Handing one step to a colleague: on both sides.

use domain::Step;

use super::flow::STEPS;
use super::message::Message;

/// Under a step's form.
pub const QUESTION: &str = "A colleague has this?";
/// The link there.
pub const HAND_OVER: &str = "Hand over this step";
/// Above the form while it waits.
#[must_use]
pub fn waiting(when: &str) -> String {
    format!("Handed to a colleague on {when} (UTC)")
}
/// Under it.
pub const WAITING_BODY: &str = "We are waiting for them. You can go on with the other steps meanwhile.";
/// The colleague opened it.
pub const OPENED: &str = "Your colleague has opened this step";
/// Under it.
pub const OPENED_BODY: &str = "As soon as it is saved, your part goes on by itself.";
/// Ends it.
pub const TAKE_BACK: &str = "Take it back";

/// A step's name.
#[must_use]
pub const fn name(step: Step) -> &'static str {
    let [key, account, domain, _] = STEPS;
    match step {
        Step::Key => key,
        Step::Account => account,
        Step::Domain => domain,
    }
}

/// What the colleague is to do.
#[must_use]
pub const fn task(step: Step) -> &'static str {
    match step {
        Step::Key => "Copy the Customer API Key from UKG Pro",
        Step::Account => "Enter the service account’s username and password",
        Step::Domain => "Copy one Web Services URL from UKG Pro",
    }
}

/// The offer's heading.
#[must_use]
pub fn offer_heading(step: Step) -> String {
    format!("Hand over “{}”", name(step))
}
/// Under it.
pub const OFFER_LEAD: &str =
    "We make a link for this step alone. Send it to the colleague who has what is asked for.";
/// What it opens and what not.
pub const OFFER_POINTS: [&str; 4] = [
    "It opens this one step, with its pictures. Nothing you entered can be seen there.",
    "It works once, in one browser, for a few days.",
    "When your colleague has saved the step, your part goes on by itself.",
    "You can take it back at any time.",
];
/// Makes the link.
pub const MAKE: &str = "Make the link";
/// Leads back.
pub const BACK: &str = "Back to the step";

/// Heading when it was made.
pub const MADE_HEADING: &str = "Send this link to your colleague";
/// Under it.
pub const MADE_LEAD: &str =
    "It is shown only now. Copy it into a message, then come back here whenever you like.";
/// Name of the field that holds it.
pub const MADE_LABEL: &str = "Link for your colleague";
/// Copies it.
pub const COPY: &str = "Copy the link";
/// Until when.
#[must_use]
pub fn made_until(until: &str) -> String {
    format!("It works once, until {until}.")
}

/// The colleague's first page: heading.
#[must_use]
pub fn welcome_heading(step: Step) -> String {
    format!("{}, please", task(step))
}
/// Under it.
#[must_use]
pub fn welcome_lead(company: &str) -> String {
    format!(
        "A colleague of yours is linking your company’s UKG\u{a0}Pro with {company}, and asked you for this one step. \
         We show you the screens on the way."
    )
}
/// What it means.
#[must_use]
pub fn welcome_points(company: &str, until: &str) -> [String; 3] {
    [
        "You see this step alone, and need no account here.".to_owned(),
        format!(
            "What you enter is encrypted. Nobody can read it back, neither {company} nor your colleague."
        ),
        format!("After Start, the link works in this browser only. It is good until {until}."),
    ]
}

/// She saved while nothing can be changed.
pub const BUSY: Message = Message {
    title: "Please wait a minute, then enter it once more",
    body: "What was entered before is being checked with UKG Pro at this moment, so nothing could be saved. Go back, wait a \
           minute, and save again.",
};
/// The colleague’s submit button.
pub const SAVE: &str = "Save";
/// After the step was saved.
pub const THANKS: Message = Message {
    title: "Thank you. You can close this page",
    body: "The step is saved, and your colleague’s part goes on by itself. There is nothing more for you to do.",
};
/// The link was opened in another browser already, or the step is saved.
pub const USED: Message = Message {
    title: "This link was used already",
    body: "It opens one step in one browser. If you began elsewhere, go on there. If not, ask your colleague for a new \
           link: they make one on their page with two clicks.",
};
/// Its time is over.
pub const EXPIRED: Message = Message {
    title: "This link has run out",
    body: "Ask your colleague for a new one: they make it on their page with two clicks. Nothing that was saved is lost.",
};
/// There is none.
pub const UNKNOWN: Message = Message {
    title: "We do not know this link",
    body: "Mail programs sometimes cut a long address in two. Copy the whole address from the message into your \
           browser. If that does not help, your colleague can make a new one.",
};
/// The colleague has given it back, or it was taken back.
pub const ENDED: Message = Message {
    title: "This step is done",
    body: "It was saved, or taken back by your colleague. There is nothing more for you to do here.",
};
