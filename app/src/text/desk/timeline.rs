//! The timeline of a link: what happened, who did it, how long it took.

use domain::Permission;

/// Who did it.
pub const CUSTOMER: &str = "Customer";
/// Whoever has the address of an invite, which was shown to the one who made it.
#[must_use]
pub fn holder_of_shown(by: &str, day: &str) -> String {
    format!("Holder of the invite that {by} made and was shown on {day}")
}
/// The same of one that went to the contact alone.
#[must_use]
pub fn holder_of_mailed(by: &str, day: &str) -> String {
    format!("Holder of the invite that {by} had mailed to the contact on {day}")
}
/// The same of one that the holder of another asked for.
#[must_use]
pub fn holder_of_renewed(day: &str) -> String {
    format!("Holder of the invite that was asked for on {day} and mailed to the contact")
}
/// The same of one in a letter that Linkdesk wrote by itself.
#[must_use]
pub fn holder_of_letter(day: &str) -> String {
    format!("Holder of the invite that Linkdesk mailed to the contact on {day}")
}
/// Somebody at the server's command line.
pub const COMMAND_LINE: &str = "Command line";
/// Linkdesk itself.
pub const LINKDESK: &str = "Linkdesk";
/// A staff member whose account is gone.
pub const STAFF: &str = "Staff";
/// Before what the administrator read.
pub const READ: &str = "They read:";
/// Before the shape of what was entered.
pub const ENTERED: &str = "Entered:";
/// Checks that found the same: before and after the time of the first.
#[must_use]
pub fn repeats(times: u32) -> (String, &'static str) {
    (format!("Checked {times} times since"), ", the same each time.")
}
/// Leads to what happened before.
pub const EARLIER: &str = "Earlier";
/// Leads back to the newest.
pub const NEWEST: &str = "Newest";
/// A day, named with the zone it is counted in.
#[must_use]
pub fn day(date: &str) -> String {
    format!("{date} (UTC)")
}

/// How long a step took, told in milliseconds.
#[must_use]
pub fn on_step(millis: i64) -> String {
    format!("{} on this step", span(millis))
}

/// How long a check took, told in milliseconds.
#[must_use]
pub fn took(millis: i64) -> String {
    format!("took {}", span(millis))
}

/// A length of time in its largest unit, rounded down.
fn span(millis: i64) -> String {
    let seconds = millis / 1000;
    match seconds {
        ..1 => "under a second".to_owned(),
        1..60 => format!("{seconds} s"),
        60..3_600 => format!("{} min", seconds / 60),
        3_600..86_400 => format!("{} h", seconds / 3_600),
        _ => format!("{} d", seconds / 86_400),
    }
}

/// Which permissions were missing.
#[must_use]
pub fn missing(permissions: &[Permission]) -> String {
    let names: Vec<&str> = permissions.iter().map(|permission| permission.label()).collect();
    format!("View is not ticked for {}.", names.join(", "))
}

/// Staff paused the link.
pub const PAUSED: &str = "Paused";
/// Staff let it go on.
pub const RESUMED: &str = "Resumed";
/// Staff had background work tried again.
pub const WORK_TRIED_AGAIN: &str = "Background work tried again";
/// A note was written.
pub const NOTE_ADDED: &str = "Note added";
/// A note was taken away.
pub const NOTE_DELETED: &str = "Note deleted";
/// Somebody looks after it.
#[must_use]
pub fn assigned(to: Option<&str>) -> String {
    match to {
        Some(to) => format!("Given to {to}"),
        None => "Given to nobody".to_owned(),
    }
}
/// Which mail it was.
#[must_use]
pub fn mail(what: &str) -> &'static str {
    match what {
        "first invite" => "Mail sent: the invite",
        "invite" => "Mail sent: the new invite they asked for",
        "staff invite" => "Mail sent: a new invite",
        "reply" => "Mail sent: a reply",
        "ended" => "Mail sent: that the link was ended",
        "reminder" => "Mail sent: the reminder",
        "linked" => "Mail sent: that the link is made",
        "broken" => "Mail sent: that the link broke, with a new invite",
        "mended" => "Mail sent: that the link works again",
        "news" => "Mail sent: news for one of the staff",
        _ => MAIL_SENT,
    }
}

/// A mail could not be sent yet.
pub const MAIL_DELAYED: &str = "Mail could not be sent yet; we try again for a day";
/// A mail could not be sent for a day.
pub const MAIL_GIVEN_UP: &str = "Mail could not be sent for a day, and was given up";
/// The contact wants no reminders.
pub const REMINDERS_STOPPED: &str = "They want no more reminders";
/// The contact wants reminders again.
pub const REMINDERS_WANTED: &str = "They want reminders again";

/// A reminder was made; `how` is such as `1 of 2`.
#[must_use]
pub fn reminder_sent(how: &str) -> String {
    format!("Reminded, {how}, with a fresh invite")
}

/// What a refused value looked like.
#[must_use]
pub fn entered(shape: &str) -> String {
    format!("Entered: {shape}.")
}

/// A step's name in the timeline.
#[must_use]
pub fn step_name(step: &str) -> &'static str {
    match step {
        "key" => "Customer API Key",
        "account" => "Service account",
        "domain" => "Web Services URL",
        _ => "Step",
    }
}

/// An invite was made.
pub const INVITE_CREATED: &str = "Invite made";
/// An invite was withdrawn.
pub const INVITE_REVOKED: &str = "Invite withdrawn";
/// Somebody pressed Start.
pub const FLOW_STARTED: &str = "Invite opened, Start pressed";
/// A step was saved.
#[must_use]
pub fn step_saved(step: &str) -> String {
    format!("{step} saved")
}
/// A step was not taken.
#[must_use]
pub fn step_refused(step: &str) -> String {
    format!("{step}: not taken yet")
}
/// A check began.
pub const CHECK_STARTED: &str = "Check started";
/// A check ended well.
pub const CHECK_LINKED: &str = "Checked: everything granted";
/// A check ended well, but not every permission could be tested.
pub const CHECK_PARTLY: &str = "Checked: linked; not every permission could be checked";
/// A check found a gap.
pub const CHECK_GAP: &str = "Checked: a permission is missing";
/// A check failed.
pub const CHECK_FAILED: &str = "Checked: not linked";
/// A check failed for a reason that says nothing of the account.
pub const CHECK_NOT_POSSIBLE: &str = "Could not be checked";
/// A check was cut short.
pub const CHECK_ABANDONED: &str = "Check cut short by a restart of the server";

/// A mail was sent, or could not be; `what` is the detail after the first part.
pub const MAIL_SENT: &str = "Mail sent";
/// A mail could not be sent.
pub const MAIL_FAILED: &str = "Mail could not be sent";
/// An invite that ran out was asked for anew.
pub const INVITE_RENEWED: &str = "Asked for a new invite, because the old one ran out";
/// A step was handed over.
#[must_use]
pub fn step_handed_over(step: &str) -> String {
    format!("{step}: handed to a colleague")
}
/// The colleague began.
#[must_use]
pub fn hand_over_started(step: &str) -> String {
    format!("{step}: opened by the colleague")
}
/// New credentials replaced those in use.
pub const CREDENTIALS_REPLACED: &str = "New credentials passed the check and are in use";
/// New credentials were given up.
pub const REPLACEMENT_DROPPED: &str = "New credentials given up; those in use stay";
/// A replacement was undone.
pub const REPLACEMENT_UNDONE: &str = "Replacement undone; the earlier credentials are in use again";
/// The link was ended.
pub const DISCONNECTED: &str = "Disconnected; the credentials were destroyed";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_told_in_its_largest_unit() {
        let told: Vec<_> =
            [0, 999, 1_000, 59_999, 60_000, 3_599_999, 3_600_000, 86_400_000].map(span).to_vec();

        assert_eq!(
            told,
            ["under a second", "under a second", "1 s", "59 s", "1 min", "59 min", "1 h", "1 d"]
        );
    }
}
