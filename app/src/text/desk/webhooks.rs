//! Webhooks: where other systems are told what happens to links, and what became of each message.

use domain::{DeliveryProblem, DeliveryState, EndpointState, InvalidWebhookUrl, WebhookEvent};

/// The tab and the heading.
pub const HEADING: &str = "Webhooks";
/// Under it.
pub const LEAD: &str = "Other systems are told what happens to links, in the order it happened. Each message is signed, and \
                        tried for three days.";
/// Leads to the form.
pub const ADD: &str = "Add an endpoint";
/// When there is none.
pub const NONE: (&str, &str) =
    ("No endpoint yet", "Add the address of a system of yours, and it is told what happens to links.");
/// The same, for those who cannot add one.
pub const NONE_SUPPORT: &str = "An owner can add the address of a system of yours.";
/// Table headings.
pub const COLUMNS: [&str; 5] = ["Address", "State", "Events", "Waiting", "Given up"];
/// Told of everything.
pub const EVERYTHING: &str = "Every event";
/// Back to the list.
pub const ALL: &str = "All endpoints";

/// A state in words.
#[must_use]
pub const fn state(state: EndpointState) -> &'static str {
    match state {
        EndpointState::Active => "On",
        EndpointState::Paused => "Paused",
        EndpointState::Gone => "Switched off",
    }
}

/// An endpoint that takes nothing at the moment.
pub const FAILING: &str = "Not answering";

/// How many events, when it is not all of them.
#[must_use]
pub fn events(count: usize) -> String {
    match count {
        1 => "1 event".to_owned(),
        many => format!("{many} events"),
    }
}

/// What became of a message.
#[must_use]
pub const fn delivery(state: DeliveryState) -> &'static str {
    match state {
        DeliveryState::Waiting => "Waiting",
        DeliveryState::Delivered => "Delivered",
        DeliveryState::Failed => "Given up",
    }
}

/// What an event means.
#[must_use]
pub const fn event(event: WebhookEvent) -> &'static str {
    match event {
        WebhookEvent::LinkOpened => "The administrator pressed Start for the first time.",
        WebhookEvent::LinkStepSaved => "A step was saved.",
        WebhookEvent::LinkCheckFailed => "A check that somebody asked for did not link the account.",
        WebhookEvent::LinkLinked => "The account is linked.",
        WebhookEvent::LinkGapsChanged => "Other permissions are missing than before.",
        WebhookEvent::LinkAttention => "The account could not be checked again, or was refused once.",
        WebhookEvent::LinkBroken => "UKG Pro refuses the account; the customer must act.",
        WebhookEvent::LinkRecovered => "A link that needed a look or was broken works again.",
        WebhookEvent::LinkDisconnected => "The link was ended and its credentials destroyed.",
        WebhookEvent::InviteExpired => "The last good invite of an unfinished link ran out.",
        WebhookEvent::InviteAbandoned => "Somebody started, and did nothing more for a day.",
        WebhookEvent::Test => "Sent from the desk to try the endpoint out.",
    }
}

/// Why an attempt failed.
#[must_use]
pub fn problem(problem: DeliveryProblem, status: Option<u16>) -> String {
    let words = match problem {
        DeliveryProblem::NotPublic => "The host leads to no public address",
        DeliveryProblem::HostNotFound => "The host has no address",
        DeliveryProblem::Unreachable => "Nobody answers at this address",
        DeliveryProblem::Tls => "The connection cannot be trusted: look at the certificate",
        DeliveryProblem::Timeout => "No answer within 15 seconds",
        DeliveryProblem::CutOff => "The connection ended before the answer",
        DeliveryProblem::Redirect => "The answer points elsewhere, and we do not follow",
        DeliveryProblem::Status => "The answer is not 2xx",
        DeliveryProblem::Gone => "The answer says that it is gone for good",
        DeliveryProblem::NoSecret => "The secret cannot be made: a key is missing from the key file",
    };
    match status {
        Some(status) => format!("{status}: {words}"),
        None => words.to_owned(),
    }
}

/// The form for a new one.
pub mod new {
    use super::InvalidWebhookUrl;

    /// Heading.
    pub const HEADING: &str = "Add an endpoint";
    /// Under it.
    pub const LEAD: &str =
        "We send it what happens from now on. You get a secret to verify our messages with.";
    /// Field.
    pub const URL: &str = "Address";
    /// Under the field.
    pub const URL_HINT: &str =
        "Such as https://example.com/hooks/linkdesk. It has to be public, and over https.";
    /// The boxes' heading.
    pub const EVENTS: &str = "What it is told of";
    /// Under it.
    pub const EVENTS_HINT: &str = "Tick none for all of them, and those that are added later.";
    /// The button.
    pub const BUTTON: &str = "Add the endpoint";
    /// Nothing may be sent there.
    pub const NOT_ALLOWED: &str = "Nothing may be sent there. It has to be a public address over https, or in a network that \
                                   LINKDESK_WEBHOOK_ALLOW names.";
    /// The installation's key is missing.
    pub const NO_SECRET: &str = "A secret cannot be made at the moment: a key is missing from the key file. Run linkdesk doctor on the server.";

    /// There are as many as may be.
    #[must_use]
    pub fn too_many(most: usize) -> String {
        format!("There are {most} endpoints already. Remove one that nobody uses.")
    }

    /// What is wrong with an address.
    #[must_use]
    pub const fn invalid(why: InvalidWebhookUrl) -> &'static str {
        match why {
            InvalidWebhookUrl::Unreadable => {
                "Please enter a whole address that begins with https://, such as https://example.com/hooks."
            }
            InvalidWebhookUrl::Credentials => {
                "Leave user name and password out of the address. Our messages are signed instead."
            }
            InvalidWebhookUrl::Fragment => "Leave out the # and what follows it.",
            InvalidWebhookUrl::TooLong => "Shorten the address to 2,000 characters.",
        }
    }
}

/// A secret that is told this once.
pub mod secret {
    /// Heading after an endpoint was added.
    pub const ADDED: &str = "The endpoint is added";
    /// Heading after its secret was replaced.
    pub const REPLACED: &str = "The secret is replaced";
    /// The label.
    pub const LABEL: &str = "Secret";
    /// Beside it.
    pub const ONCE: &str = "Shown this once. Enter it where your system verifies our messages.";
    /// After a replacement.
    pub const BOTH: &str = "Until this time tomorrow each message is signed with the old secret too.";
    /// Copies.
    pub const COPY: &str = "Copy secret";
    /// On to its page.
    pub const GO_ON: &str = "To the endpoint";
    /// Heading of the question.
    pub const HEADING: &str = "Replace the secret";
    /// What it does.
    pub const POINTS: [&str; 3] = [
        "You get a new secret, shown once.",
        "For 24 hours each message is signed with both, so nothing is lost while you enter the new one.",
        "After that the old one signs nothing any more.",
    ];
    /// The button.
    pub const BUTTON: &str = "Replace it";
    /// The way back.
    pub const KEEP: &str = "Keep the secret";
}

/// Removing one.
pub mod removal {
    /// Heading.
    pub const HEADING: &str = "Remove the endpoint";
    /// What it does.
    pub const POINTS: [&str; 2] = [
        "It is told of nothing more, and what waits for it is not sent.",
        "Its messages are deleted. The audit log keeps that it was there.",
    ];
    /// The button.
    pub const BUTTON: &str = "Remove it";
    /// The way back.
    pub const KEEP: &str = "Keep the endpoint";
}

/// One endpoint's page.
pub mod one {
    /// Fact.
    pub const ADDRESS: &str = "Address";
    /// Fact.
    pub const STATE: &str = "State";
    /// Fact.
    pub const EVENTS: &str = "Events";
    /// Fact.
    pub const SINCE: &str = "Added";
    /// Fact.
    pub const SECRET: &str = "Secret";
    /// Fact: nothing to say of the secret.
    pub const SECRET_ONE: &str = "One secret is in use.";
    /// Opens the choice of events.
    pub const CHOOSE: &str = "Change";
    /// Keeps the choice.
    pub const CHOOSE_BUTTON: &str = "Save";
    /// Button.
    pub const TEST: &str = "Send a test message";
    /// Button.
    pub const PAUSE: &str = "Pause";
    /// Button.
    pub const RESUME: &str = "Resume";
    /// Button.
    pub const ASK_NOW: &str = "Try again now";
    /// Button.
    pub const REPLACE_SECRET: &str = "Replace the secret";
    /// Button.
    pub const REMOVE: &str = "Remove";
    /// Section.
    pub const MESSAGES: &str = "Messages";
    /// Filter.
    pub const EVERY: &str = "All";
    /// Button.
    pub const REPLAY_FAILED: &str = "Send all given up again";
    /// Table headings.
    pub const COLUMNS: [&str; 5] = ["No.", "Event", "Status", "Answer", "When"];
    /// When there is none.
    pub const NONE: &str = "No message of this kind.";
    /// Paging.
    pub const OLDER: &str = "Older messages";
    /// Paging.
    pub const NEWEST: &str = "Back to the newest";

    /// Both secrets sign: before and after the time until when.
    pub const SECRET_BOTH: (&str, &str) = ("The old secret signs too until", ".");

    /// What a pause means.
    pub const PAUSED: &str = "What happens is kept, and sent when it goes on.";
    /// What 410 means.
    pub const GONE: &str =
        "The receiver answered that it is gone for good. It is told of nothing until an owner resumes it.";

    /// It is left alone for a while: before and after the time until when.
    pub const QUIET: (&str, &str) = ("Nothing gets through, or it asked for a pause. We try again on", ".");

    /// Before and after the time of a message's next try.
    pub const NEXT: (&str, &str) = ("Next try", "");

    /// How often it was tried.
    #[must_use]
    pub fn tries(count: u32) -> String {
        match count {
            0 => "Not tried yet".to_owned(),
            1 => "1 try".to_owned(),
            many => format!("{many} tries"),
        }
    }
}

/// One message's page.
pub mod message {
    /// Fact.
    pub const ID: &str = "Message id";
    /// Fact.
    pub const EVENT: &str = "Event";
    /// Fact.
    pub const STATE: &str = "Status";
    /// Fact.
    pub const WRITTEN: &str = "Written";
    /// Fact.
    pub const NEXT: &str = "Next try";
    /// The next try, when it is due already.
    pub const NEXT_NOW: &str = "Now";
    /// The next try, while the endpoint is stopped.
    pub const NEXT_PAUSED: &str = "None while the endpoint is paused";
    /// The next try, when the receiver said that it is gone.
    pub const NEXT_GONE: &str = "None while the endpoint is switched off";
    /// Fact.
    pub const GIVE_UP: &str = "Given up after";
    /// Fact.
    pub const CUSTOMER: &str = "Customer";
    /// Section.
    pub const BODY: &str = "What it says";
    /// Section.
    pub const ATTEMPTS: &str = "Attempts";
    /// No attempt failed and none succeeded.
    pub const NO_ATTEMPTS: &str = "It was not tried yet.";
    /// Table headings.
    pub const COLUMNS: [&str; 4] = ["No.", "When", "Answer", "Took"];
    /// The receiver took it.
    #[must_use]
    pub fn taken(status: u16) -> String {
        format!("{status}: taken")
    }
    /// How long it took.
    #[must_use]
    pub fn took(millis: u32) -> String {
        format!("{millis} ms")
    }
    /// Button.
    pub const REPLAY: &str = "Send again";
    /// Beside it.
    pub const REPLAY_HINT: &str = "It keeps its message id, so a receiver can tell that it had it before.";
    /// Back.
    pub const BACK: &str = "Back to the endpoint";

    /// The heading.
    #[must_use]
    pub fn heading(sequence: u64) -> String {
        format!("Message {sequence}")
    }
}

/// What was just done, or could not be.
pub mod said {
    use super::DeliveryState;

    /// A message was sent again: by what became of it since, so that this and its status agree.
    #[must_use]
    pub const fn replayed(state: DeliveryState) -> &'static str {
        match state {
            DeliveryState::Waiting => "On its way again.",
            DeliveryState::Delivered => "Sent again, and taken.",
            DeliveryState::Failed => "Sent again, and given up.",
        }
    }

    /// By its name in the address.
    #[must_use]
    pub fn of(name: &str) -> Option<&'static str> {
        Some(match name {
            "paused" => "Paused. What happens is kept and waits.",
            "resumed" => "On again. What waited is sent now.",
            "tested" => "The test message is on its way. You find it below.",
            "events" => "Saved. It counts for what happens from now on.",
            "replayed" => "On its way again.",
            "removed" => "The endpoint is removed.",
            "replaced" => {
                "The secret was replaced already, and is shown only once. Was it lost? Then replace it once more."
            }
            "not-now" => "This cannot be done at the moment. Nothing was changed.",
            _ => return None,
        })
    }
}
