//! The desk: statuses, who acts, what happens next, and the timeline, for staff.

pub mod audit;
pub mod insights;
pub mod ukg;

use domain::{CredentialField, InviteState, Language, LinkStatus, Permission, ProblemCode, Step, WhoActs};

use super::problems;

/// The list's heading.
pub const LINKS: &str = "Links";
/// Ends the session.
pub const SIGN_OUT: &str = "Sign out";
/// Filters.
pub const ALL: &str = "All";
/// Back to the list.
pub const ALL_LINKS: &str = "All links";
/// Table headings.
pub const COLUMNS: [&str; 5] =
    ["Customer", "Status", "Who acts, and what happens next", "Step reached", "Last change"];
/// The same, short, for narrow screens.
pub const COLUMNS_SHORT: [&str; 5] = ["Customer", "Status", "Next", "Step reached", "Last change"];
/// Empty list.
pub const EMPTY: (&str, &str) = (
    "Invite your first customer",
    "On the server, run the command below. Send the address it prints to the customer’s UKG Pro administrator, and \
     watch the steps arrive here.",
);
/// The command that makes an invite.
pub const EMPTY_COMMAND: &str = "linkdesk invite create --customer \"Contoso Health\"";
/// The list is longer than is shown.
pub const CUT: &str = "These are the 200 that changed last. Choose a status to see others.";
/// No link of this status.
pub const NONE_OF_STATUS: (&str, &str) =
    ("No link has this status now", "Choose another filter, or look at all of them.");
/// Section headings of a link's page.
pub const PERMISSIONS: &str = "Permissions";
/// Section heading.
pub const FACTS: &str = "Facts";
/// Section heading.
pub const TIMELINE: &str = "What happened";
/// Before the first check.
pub const NEVER: &str = "Never";

/// How many need somebody.
#[must_use]
pub fn summary(acting: u64) -> String {
    match acting {
        0 => "Nobody has to act right now.".to_owned(),
        1 => "1 link needs someone to act.".to_owned(),
        many => format!("{many} links need someone to act."),
    }
}

/// A status in words.
#[must_use]
pub const fn status(status: LinkStatus) -> &'static str {
    match status {
        LinkStatus::Invited => "Invited",
        LinkStatus::Opened => "Opened",
        LinkStatus::InProgress => "In progress",
        LinkStatus::Checking => "Checking",
        LinkStatus::Linked => "Linked",
        LinkStatus::LinkedWithGaps => "Linked, with gaps",
        LinkStatus::Attention => "Needs a look",
        LinkStatus::Broken => "Broken",
        LinkStatus::Paused => "Paused",
        LinkStatus::Disconnected => "Disconnected",
    }
}

/// Who acts, in words.
#[must_use]
pub const fn who(who: WhoActs) -> &'static str {
    match who {
        WhoActs::Customer => "The customer",
        WhoActs::Us => "We",
        WhoActs::Ukg => "UKG Pro",
        WhoActs::Nobody => "Nobody",
    }
}

/// Who acts next, as a sentence.
#[must_use]
pub const fn who_next(who: WhoActs) -> &'static str {
    match who {
        WhoActs::Customer => "The customer acts next",
        WhoActs::Us => "We act next",
        WhoActs::Ukg => "UKG Pro has to answer first",
        WhoActs::Nobody => "Nobody has to act",
    }
}

/// The step reached, in a word.
#[must_use]
pub const fn step(step: Option<Step>, status: LinkStatus) -> &'static str {
    if status.is_linked() {
        return "Linked";
    }
    match step {
        None => "None yet",
        Some(Step::Key) => "Key",
        Some(Step::Account) => "Account",
        Some(Step::Domain) => "URL",
    }
}

/// What happens next, for a link of this status with this problem and these steps saved.
#[must_use]
pub const fn next(status: LinkStatus, problem: Option<ProblemCode>, reached: Option<Step>) -> &'static str {
    match (status, problem) {
        (_, Some(ProblemCode::InviteExpired)) => for_staff(ProblemCode::InviteExpired),
        (LinkStatus::Invited, _) => "Opens the invite.",
        (LinkStatus::Checking, _) => "A check is running.",
        (LinkStatus::Linked, _) => "Nothing. The account is linked.",
        (LinkStatus::LinkedWithGaps, _) => "Ticks View for the permission that is missing, and checks again.",
        (LinkStatus::Paused, _) => "Resume it when the reason is gone.",
        (LinkStatus::Disconnected, _) => "Nothing. The credentials were destroyed.",
        (
            LinkStatus::Opened | LinkStatus::InProgress | LinkStatus::Attention | LinkStatus::Broken,
            Some(code),
        ) => for_staff(code),
        (LinkStatus::Opened | LinkStatus::InProgress | LinkStatus::Attention | LinkStatus::Broken, None) => {
            match reached {
                None => "Copies the Customer API Key.",
                Some(Step::Key) => "Makes the service account.",
                Some(Step::Account) => "Copies the Web Services URL.",
                Some(Step::Domain) => "Starts the check.",
            }
        }
    }
}

/// What a problem means, for staff.
#[must_use]
pub const fn for_staff(code: ProblemCode) -> &'static str {
    problems::staff(Language::English, code).happened
}

/// The newest invite's state.
#[must_use]
pub fn invite(state: Option<InviteState>, until: Option<&str>) -> String {
    let until = until.unwrap_or_default();
    match state {
        None => "None".to_owned(),
        Some(InviteState::Active) => format!("Good until {until}"),
        Some(InviteState::Completed) => format!("Used; its receipt opens until {until}"),
        Some(InviteState::Expired) => format!("Ran out on {until}"),
        Some(InviteState::Revoked) => "Withdrawn".to_owned(),
    }
}

/// Which credentials are kept.
#[must_use]
pub fn kept(fields: &[CredentialField]) -> String {
    let names: Vec<&str> = CredentialField::ALL
        .into_iter()
        .filter(|field| fields.contains(field))
        .map(|field| match field {
            CredentialField::CustomerApiKey => "key",
            CredentialField::Username => "username",
            CredentialField::Password => "password",
        })
        .collect();
    if names.is_empty() {
        "Nothing yet".to_owned()
    } else {
        format!("{}: sealed, never shown", names.join(", "))
    }
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
/// The timeline's entries.
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

/// The link is with a test system.
pub const TEST_TITLE: &str = "A test system";
/// Heading of what happened.
pub const HAPPENED: &str = "What happened";
/// Heading of whether trying again helps.
pub const TRYING: &str = "Trying again";
/// Heading of what to tell the customer.
pub const TELL: &str = "What to tell them";
/// Heading of what the customer reads.
pub const THEY_READ: &str = "What they read";
/// Mark of a link whose invite ran out and was asked for anew.
pub const RENEW_ASKED: &str = "New invite asked for";
/// The same with when.
#[must_use]
pub fn renew_asked(when: &str) -> String {
    format!(
        "The invite ran out, and on {when} (UTC) its holder asked for a new one. See below whether it was mailed. If \
         not, send one: linkdesk invite create --link, with the link’s id."
    )
}
/// Heading of the note on duplicates.
pub const DUPLICATES: &str = "The same UKG Pro account is linked more than once";
/// Under it, before the names.
pub const DUPLICATES_BODY: &str =
    "Host, key and username are the same. If that is not meant, disconnect one of them:";
/// Heading of the note on permissions nobody asked for.
pub const SURPLUS: &str = "The account may read more than is asked for";
/// Under it.
#[must_use]
pub fn surplus(permissions: &[Permission]) -> String {
    let names: Vec<&str> = permissions.iter().map(|permission| permission.label()).collect();
    format!("The customer was told that these may be unticked: {}.", names.join(", "))
}
/// The link is with a test system.
pub const TEST_BODY: &str =
    "This link is with a test system of UKG Pro. Do not read data for live use from it.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_row_that_may_be_unticked_is_named_as_in_ukg_pro() {
        assert!(surplus(&[Permission::PayrollIntegration]).contains("Payroll Integration."));
    }
}
