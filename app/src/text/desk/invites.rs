//! Inviting one customer: the form, what is wrong with it, and the page that shows the invite once.

use domain::{DraftField, DraftMistake, DraftProblem, Language, RemindAfter};

/// The button that leads here, and the page's heading.
pub const NEW: &str = "New invite";
/// Under the heading.
pub const NEW_LEAD: &str = "For one customer. You get a link to send, or we mail it.";
/// Leads to inviting many.
pub const MANY: &str = "Invite many at once";
/// Leads to the presets, for owners.
pub const EDIT_PRESETS: &str = "Edit presets";

/// Heading of the first part.
pub const WHO: &str = "Who";
/// Heading of the second part.
pub const MAY: &str = "What their service account may read";
/// Heading of the third part.
pub const HOW: &str = "How they are asked";

/// A field's label and its hint.
#[must_use]
pub const fn field(field: DraftField) -> (&'static str, &'static str) {
    match field {
        DraftField::Customer => ("Customer", "The company, as your colleagues know it."),
        DraftField::Email => (
            "Contact e-mail",
            "Their UKG Pro administrator. A new invite, when one runs out, goes only there.",
        ),
        DraftField::Reference => {
            ("Reference", "Your own number or name for it. The customer does not see it.")
        }
        DraftField::Permissions => ("Permissions", "Each is a row that they tick View for in UKG Pro."),
        DraftField::Preset => ("Preset", ""),
        DraftField::Days => ("Good for, in days", "From 1 to 90."),
        DraftField::Language => ("Language", "Of the customer’s pages and mails."),
        DraftField::Note => (
            "A note to them",
            "Shown on the invite’s first page, as from your company. Up to 600 characters, plain text.",
        ),
        DraftField::Remind => ("Remind them", "By mail, at most twice."),
    }
}

/// After a label that may stay empty.
pub const OPTIONAL: &str = "optional";
/// Before the presets.
pub const PRESETS: &str = "Start from a preset:";
/// No reminders.
pub const REMIND_OFF: &str = "Never";
/// One of the reminders.
#[must_use]
pub const fn remind(after: RemindAfter) -> &'static str {
    match after {
        RemindAfter::ThreeDays => "After 3 days without progress",
        RemindAfter::SevenDays => "After 7 days without progress",
    }
}
/// A language's own name.
#[must_use]
pub const fn language(language: Language) -> &'static str {
    match language {
        Language::English => "English",
    }
}
/// The box that mails the invite.
pub const MAIL: (&str, &str) =
    ("Mail the invite to the contact", "You see the link once in any case, and can send it yourself.");
/// Instead of the box, where no mail is set up.
pub const NO_MAIL: &str =
    "Mail is not set up on this server, so you send the link yourself. The next page has a message ready.";
/// The button.
pub const MAKE: &str = "Make the invite";
/// Leads back without making one.
pub const CANCEL: &str = "Cancel";

/// Heading of what has to be mended.
#[must_use]
pub fn to_mend(fields: usize) -> String {
    match fields {
        1 => "One field needs another look".to_owned(),
        many => format!("{many} fields need another look"),
    }
}

/// What is wrong with a field, and what would be right.
#[must_use]
pub const fn mistake(problem: DraftProblem) -> &'static str {
    match (problem.field, problem.mistake) {
        (_, DraftMistake::NotDays) => "Enter a whole number of days from 1 to 90.",
        (_, DraftMistake::NotAnAddress) => "This is not an e-mail address. One looks like name@company.com.",
        (DraftField::Email, DraftMistake::NeedsAddress) => {
            "Enter the contact’s address, or untick the box that mails the invite."
        }
        (_, DraftMistake::NeedsAddress) => "Reminders go by mail: enter the contact’s e-mail address too.",
        (DraftField::Customer, DraftMistake::Missing) => "Enter the customer’s name.",
        (_, DraftMistake::Missing) => "Fill this in.",
        (DraftField::Customer, DraftMistake::TooLong) => "Shorten the name to 120 characters.",
        (DraftField::Reference, DraftMistake::TooLong) => "Shorten the reference to 60 characters.",
        (DraftField::Note, DraftMistake::TooLong) => "Shorten the note to 600 characters.",
        (_, DraftMistake::TooLong) => "Shorten this.",
        (DraftField::Note, DraftMistake::ControlCharacter) => {
            "There is an invisible character in the note, such as a tab. Type it anew, or paste it as plain text."
        }
        (_, DraftMistake::ControlCharacter) => {
            "There is a line break or an invisible character in it. Type it anew, in one line."
        }
        (DraftField::Preset, DraftMistake::Unknown) => "There is no preset of this name.",
        (DraftField::Permissions, DraftMistake::Unknown) => {
            "One of these is not a permission. Use UKG Pro’s own names, such as Payroll Integration."
        }
        (DraftField::Language, DraftMistake::Unknown) => "We do not have this language. There is: en.",
        (_, DraftMistake::Unknown) => "Choose one of those offered: off, 3 or 7.",
    }
}

/// Heading of the question about links of the same customer.
pub const TWINS: &str = "This customer may have an invite already";
/// Under it, before their names.
pub const TWINS_BODY: &str = "These links have the same customer or contact, and are not finished. You can send a new invite from there:";
/// The button that makes one all the same.
pub const MAKE_ANYWAY: &str = "Make another link";

/// Heading when it was made.
#[must_use]
pub fn made(customer: &str) -> String {
    format!("The invite for {customer} is ready")
}
/// Under it.
pub const MADE_LEAD: &str = "The link is shown only now. We keep no copy that could be read.";
/// Label of the link.
pub const MADE_LABEL: &str = "Invite link";
/// Copies the link.
pub const COPY: &str = "Copy the link";
/// Until when.
#[must_use]
pub fn good_until(date: &str) -> String {
    format!(
        "Good until {date}. Whoever has it can enter this customer’s values: send it to the right person only."
    )
}
/// It was mailed.
#[must_use]
pub fn mailed(to: &str) -> (&'static str, String) {
    ("The invite is on its way by mail", format!("It went to {to}. There is nothing more to send."))
}
/// It could not be mailed.
#[must_use]
pub fn not_mailed(to: &str) -> (&'static str, String) {
    (
        "The mail could not be sent yet",
        format!(
            "The mail server did not take the mail to {to}. We try again for a day; to be quicker, send the message below."
        ),
    )
}
/// Heading of the message.
pub const MESSAGE: &str = "A message, ready to send";
/// Copies the message.
pub const COPY_MESSAGE: &str = "Copy the message";
/// Without script.
pub const COPY_BY_HAND: &str = "Select the text above and copy it.";
/// The message.
#[must_use]
pub fn message(company: &str, note: Option<&str>, url: &str, good_until: &str) -> String {
    let note = note.map(|note| format!("{note}\n\n")).unwrap_or_default();
    format!(
        "Hello,\n\n{note}Please link your company’s UKG Pro with {company}. It takes about ten minutes, and you need \
         administrator access to UKG Pro. Every screen is shown on the way:\n\n{url}\n\nThe link is good until \
         {good_until}. If a colleague is the right person, pass it on to them alone.\n\nThank you"
    )
}
/// Leads to the link's page.
pub const TO_LINK: &str = "Open the link’s page";
/// Leads to the form again.
pub const ANOTHER: &str = "Make another invite";
