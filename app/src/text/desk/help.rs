//! What staff can do for one link, and what is said once it is done.

use domain::Language;

/// Heading of what can be done.
pub const HELP: &str = "Help";

/// The reply.
pub const REPLY: (&str, &str) =
    ("Write to the customer", "Drafted from what stands in the way. You read it over first.");
/// Leads to it.
pub const REPLY_GO: &str = "Write a reply";
/// The check.
pub const CHECK: (&str, &str) = ("Check again", "Asks UKG Pro now, with the values that are saved.");
/// Starts it.
pub const CHECK_GO: &str = "Check again now";
/// A value is missing.
pub const CHECK_NOT_READY: &str =
    "A check needs all three steps. The customer has not saved all of them yet.";
/// A check runs.
pub const CHECK_RUNNING: &str = "A check is running. This page shows its outcome once you load it again.";
/// Nothing is checked now.
pub const CHECK_PAUSED: &str = "While the link is paused, nothing is asked of UKG Pro.";
/// There is nothing to check with.
pub const CHECK_ENDED: &str = "The credentials were destroyed: there is nothing to check with.";
/// The same values were refused.
pub const HELD_REFUSED: &str = "UKG Pro refused exactly these values, and could lock the account if they are sent again. The customer has to change \
     something first.";
/// The same, and the customer may say that the account was mended.
pub const HELD_MENDED: &str = "If they mended the account in UKG Pro itself, they press “I mended it, try once more” on their own page. Only they \
     know that, so there is no such button here.";
/// Too many refusals in a short time: before and after the time of day.
pub const HELD_UNTIL: (&str, &str) = (
    "UKG Pro refused several times in a short while. So that it does not lock the account, we ask again from",
    " on.",
);
/// The invite.
pub const INVITE: (&str, &str) = (
    "Send a fresh invite",
    "It leads back to where the customer stopped; what is saved stays saved. For a link that stands, it leads to what broke.",
);
/// Shows a fresh one.
pub const INVITE_SHOW: &str = "Show a new address";
/// Mails a fresh one.
#[must_use]
pub fn invite_mail(to: &str) -> String {
    format!("Mail it to {to}")
}
/// There is no way to mail it.
pub const INVITE_NO_MAIL: &str =
    "It cannot be mailed from here: no mail server is set up, or this link has no contact.";
/// How many lead in.
#[must_use]
pub fn open_invites(count: usize) -> String {
    match count {
        0 => "No invite is open.".to_owned(),
        1 => "1 invite is open.".to_owned(),
        many => format!("{many} invites are open."),
    }
}
/// Withdraws them.
pub const WITHDRAW: &str = "Withdraw open invites";
/// The preview.
pub const PREVIEW: (&str, &str) =
    ("See what they see", "Every screen of the customer’s, in every state, with made-up data.");
/// Leads to it.
pub const PREVIEW_GO: &str = "Open the previews";

/// Heading of what changes the link itself.
pub const LINK: &str = "This link";
/// Pausing.
pub const PAUSE: (&str, &str) = (
    "Pause",
    "Nothing is asked of UKG Pro until you resume it. The customer sees that the link is paused. What is sealed stays sealed.",
);
/// Pauses.
pub const PAUSE_GO: &str = "Pause this link";
/// Resuming.
pub const RESUME: (&str, &str) = ("Resume", "The link goes on as it stood before it was paused.");
/// Resumes.
pub const RESUME_GO: &str = "Resume this link";
/// Ending.
pub const END: (&str, &str) =
    ("Disconnect", "Destroys the key that seals this customer’s credentials. It cannot be undone.");
/// Leads to the question.
pub const END_GO: &str = "Disconnect this link";
/// Only owners.
pub const END_OWNERS: &str = "Only owners can disconnect a link.";
/// The certificate.
pub const CERTIFICATE: (&str, &str) =
    ("Certificate", "What was destroyed, when, and by whom. You can download it at any time.");
/// Downloads it.
pub const CERTIFICATE_GO: &str = "Download the certificate";

/// What was done, as the page says it afterwards. The name stands in the page's address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// A check ended.
    Checked,
    /// A check began and goes on.
    Checking,
    /// A check is held back.
    Held,
    /// A check cannot be made.
    NotReady,
    /// Invites were withdrawn.
    Withdrawn,
    /// There was none to withdraw.
    NothingToWithdraw,
    /// A mail was handed over.
    Mailed,
    /// The mail server did not take it.
    NotMailed,
    /// It cannot be mailed.
    NoMail,
    /// A note was added.
    Noted,
    /// A note cannot be kept.
    NoteRefused,
    /// A note was taken away.
    NoteGone,
    /// Somebody looks after it.
    Assigned,
    /// Nobody has this account any more.
    NoSuchStaff,
    /// The link is paused.
    Paused,
    /// The link goes on.
    Resumed,
    /// A running check comes first.
    Busy,
    /// It cannot be done now.
    NotNow,
    /// The link was ended.
    Ended,
    /// A mail went to the customer a short while ago.
    MailTooSoon,
    /// As many mails went to the customer as one gets in a day.
    MailsEnough,
    /// The link was ended; its last copies are not overwritten yet.
    EndedSoon,
}

/// A mail was not sent: another was, just now.
pub const MAIL_TOO_SOON: &str =
    "Not sent: a mail went to this customer less than a minute ago. Please wait a minute, then try again.";
/// A mail was not sent: there were many.
pub const MAILS_ENOUGH: &str =
    "Not sent: ten mails went to this customer within a day, and more would not help. You can still copy it.";

impl Said {
    /// Everything that can be said.
    pub const ALL: [Self; 22] = [
        Self::Checked,
        Self::Checking,
        Self::Held,
        Self::NotReady,
        Self::Withdrawn,
        Self::NothingToWithdraw,
        Self::Mailed,
        Self::NotMailed,
        Self::NoMail,
        Self::Noted,
        Self::NoteRefused,
        Self::NoteGone,
        Self::Assigned,
        Self::NoSuchStaff,
        Self::Paused,
        Self::Resumed,
        Self::Busy,
        Self::NotNow,
        Self::Ended,
        Self::EndedSoon,
        Self::MailTooSoon,
        Self::MailsEnough,
    ];

    /// Its name in the page's address.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Checked => "checked",
            Self::Checking => "checking",
            Self::Held => "held",
            Self::NotReady => "not_ready",
            Self::Withdrawn => "withdrawn",
            Self::NothingToWithdraw => "nothing_to_withdraw",
            Self::Mailed => "mailed",
            Self::NotMailed => "not_mailed",
            Self::NoMail => "no_mail",
            Self::Noted => "noted",
            Self::NoteRefused => "note_refused",
            Self::NoteGone => "note_gone",
            Self::Assigned => "assigned",
            Self::NoSuchStaff => "no_such_staff",
            Self::Paused => "paused",
            Self::Resumed => "resumed",
            Self::Busy => "busy",
            Self::NotNow => "not_now",
            Self::Ended => "ended",
            Self::EndedSoon => "ended_soon",
            Self::MailTooSoon => "mail_too_soon",
            Self::MailsEnough => "mails_enough",
        }
    }

    /// The one of this name; `None` for every other text.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|said| said.as_str() == name)
    }

    /// Whether it is good news.
    #[must_use]
    pub const fn is_good(self) -> bool {
        match self {
            Self::Checked
            | Self::Checking
            | Self::Withdrawn
            | Self::Mailed
            | Self::Noted
            | Self::NoteGone
            | Self::Assigned
            | Self::Paused
            | Self::Resumed
            | Self::Ended
            | Self::EndedSoon => true,
            Self::Held
            | Self::MailTooSoon
            | Self::MailsEnough
            | Self::NotReady
            | Self::NothingToWithdraw
            | Self::NotMailed
            | Self::NoMail
            | Self::NoteRefused
            | Self::NoSuchStaff
            | Self::Busy
            | Self::NotNow => false,
        }
    }

    /// The sentence.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Checked => "Checked just now. What came of it stands below.",
            Self::Checking => "The check is running. What comes of it will stand below.",
            Self::Held => "Not checked: the reason stands under Help.",
            Self::NotReady => "Not checked: a value is still missing.",
            Self::Withdrawn => "Withdrawn. The open invites let nobody in any more.",
            Self::NothingToWithdraw => "There was no invite to withdraw.",
            Self::Mailed => "Handed to the mail server.",
            Self::NotMailed => {
                "The mail server did not take it yet; we try again for a day. To be quicker, send it yourself: Show a new address."
            }
            Self::NoMail => "Not mailed: no mail server is set up, or this link has no contact.",
            Self::Noted => "Note added.",
            Self::NoteRefused => "That note cannot be kept: it is empty, or longer than 2,000 characters.",
            Self::NoteGone => "Note deleted.",
            Self::Assigned => "Saved who looks after this link.",
            Self::NoSuchStaff => "Nobody has that account any more. Choose somebody else.",
            Self::Paused => "Paused. Nothing is asked of UKG Pro until you resume it.",
            Self::Resumed => "Resumed. The link stands as it stood before.",
            Self::Busy => "A check is running. Wait for its end, then try again.",
            Self::NotNow => "That cannot be done with a link of this status.",
            Self::Ended => "Disconnected. The key that sealed the credentials is destroyed and overwritten.",
            Self::MailTooSoon => MAIL_TOO_SOON,
            Self::MailsEnough => MAILS_ENOUGH,
            Self::EndedSoon => {
                "Disconnected. The key that sealed the credentials is deleted; what the database’s log of changes still holds of it is \
                 about to be overwritten. The certificate says when that is done."
            }
        }
    }
}

/// A fresh invite, shown once.
pub mod fresh {
    /// Heading.
    pub const HEADING: &str = "A new address for this customer";
    /// Under it.
    pub const LEAD: &str = "It is shown this once. Copy it and send it to the customer’s administrator.";
    /// The field.
    pub const LABEL: &str = "Invite address";
    /// The button.
    pub const COPY: &str = "Copy";
    /// After that.
    pub const COPIED: &str = "Copied";
    /// Until when, and what it means.
    #[must_use]
    pub fn until(good_until: &str) -> String {
        format!(
            "It is good until {good_until}. Whoever has it can enter this customer’s values: send it to nobody else."
        )
    }
    /// Back.
    pub const BACK: &str = "Back to the link";
}

/// Writing a reply.
pub mod writing {
    /// Heading.
    pub const HEADING: &str = "Write to the customer";
    /// Under it. `to` is the contact.
    #[must_use]
    pub fn lead(to: Option<&str>) -> String {
        match to {
            Some(to) => format!("To {to}. Change whatever you like; nothing is sent before you say so."),
            None => "Change whatever you like, then copy it into a mail of your own.".to_owned(),
        }
    }
    /// The field.
    pub const SUBJECT: &str = "Subject";
    /// The field.
    pub const BODY: &str = "Message";
    /// Under it.
    pub const PLACE: &str = "Where it says [fresh link], a new invite’s address is filled in: when it is mailed, or when you ask for it below.";
    /// Mails it.
    #[must_use]
    pub fn mail(to: &str) -> String {
        format!("Mail it to {to}")
    }
    /// Fills it in.
    pub const FILL: &str = "Fill in a fresh link, to copy";
    /// Copies the text.
    pub const COPY: &str = "Copy the text";
    /// The address is filled in.
    pub const FILLED: &str = "The fresh link is filled in. It is shown this once: copy the text now.";
    /// It cannot be sent as it is.
    pub const REFUSED: &str = "It needs a subject of one line and a message of at most 4,000 characters.";
    /// The mail server did not take it.
    pub const NOT_SENT: &str =
        "The mail server did not take it. Nothing you wrote is lost: try again, or copy it.";
    /// It cannot be mailed.
    pub const NO_WAY: &str =
        "It cannot be mailed from here: no mail server is set up, or this link has no contact.";
}

/// Ending a link.
pub mod ending {
    /// Heading.
    #[must_use]
    pub fn heading(customer: &str) -> String {
        format!("Disconnect {customer}?")
    }
    /// Under it.
    pub const LEAD: &str = "This destroys what the customer entered. It cannot be undone.";
    /// In points.
    pub const POINTS: [&str; 4] = [
        "The key that seals this link’s Customer API Key, username and password is destroyed, and they with it.",
        "Nothing is asked of UKG Pro any more.",
        "The link’s invites are withdrawn. The contact is told by mail, if mail is set up. To link again, send a new invite.",
        "What happened, notes and the certificate stay here.",
    ];
    /// The field.
    #[must_use]
    pub fn label(customer: &str) -> String {
        format!("To confirm, type the customer’s name: {customer}")
    }
    /// The name is another one.
    pub const OTHER_NAME: &str = "That is not the customer’s name. Nothing was destroyed.";
    /// The button.
    pub const CONFIRM: &str = "Disconnect and destroy";
    /// The way back.
    pub const KEEP: &str = "Keep the link";
}

/// The language a link's administrator is written to in, for staff.
#[must_use]
pub const fn language(language: Language) -> &'static str {
    match language {
        Language::English => "English",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_said_reads_back_and_nothing_else_is_said() {
        for said in Said::ALL {
            assert_eq!(Said::from_name(said.as_str()), Some(said));
            assert!(said.sentence().ends_with('.'), "{said:?}");
        }
        assert_eq!(Said::from_name("<script>"), None);
    }
}
