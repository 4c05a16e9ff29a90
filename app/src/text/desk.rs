//! The desk: statuses, who acts, what happens next, and the timeline, for staff.

use domain::{CredentialField, InviteState, LinkStatus, ProblemCode, Step, WhoActs};

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
    match code {
        ProblemCode::KeyMissing => "Sent step 1 without a key.",
        ProblemCode::KeyIsUserApiKey => "Pasted the User API Key instead of the Customer API Key.",
        ProblemCode::KeyIsTenantId => "Pasted the Tenant ID instead of the Customer API Key.",
        ProblemCode::KeyIsEmail => "Entered an e-mail address instead of the Customer API Key.",
        ProblemCode::KeyIsUrl => "Entered a web address instead of the Customer API Key.",
        ProblemCode::KeyUnusualShape => "Was asked to look again at a key of unusual shape.",
        ProblemCode::UsernameMissing => "Sent step 2 without a username.",
        ProblemCode::UsernameIsEmail => {
            "Was asked whether an e-mail address is the service account’s username."
        }
        ProblemCode::PasswordMissing => "Sent step 2 without a password.",
        ProblemCode::PasswordIsApiKey => "Pasted a key instead of the service account’s password.",
        ProblemCode::UrlMissing => "Sent step 3 without an address.",
        ProblemCode::UrlUnreadable => "Entered something in step 3 that is no address.",
        ProblemCode::UrlPlaceholder => {
            "UKG has not set up web services for this customer. They must ask UKG."
        }
        ProblemCode::UrlLoginPortal => "Pasted the sign-in address instead of the Web Services URL.",
        ProblemCode::UrlRecruiting => "Pasted an address of UKG Pro Recruiting.",
        ProblemCode::UrlWfm => "Pasted an address of UKG Pro Workforce Management.",
        ProblemCode::UrlReady => "Pasted an address of UKG Ready. Do they use UKG Pro at all?",
        ProblemCode::UrlNotUkg => "Pasted an address that does not belong to UKG Pro.",
        ProblemCode::UrlIpAddress => "Entered a number instead of a name in step 3.",
        ProblemCode::UrlTestTenant => "Was asked whether a test system is meant.",
        ProblemCode::HostNotFound => {
            "The host of the Web Services URL does not exist. They must copy it again."
        }
        ProblemCode::HostUnreachable => {
            "UKG Pro’s host could not be reached. The customer can check again later."
        }
        ProblemCode::HostTls => "UKG Pro’s host could not prove its identity; nothing was sent.",
        ProblemCode::HostNotWebServices => "The address answers, but is not UKG Pro’s web services.",
        ProblemCode::CredentialsRejected => {
            "UKG Pro refused key, username and password together. They must look at them in turn, the password first."
        }
        ProblemCode::PermissionMissing => "View is not ticked for a permission, or Save was not clicked.",
        ProblemCode::UkgBusy => {
            "UKG Pro limited our requests. The customer can check again in a few minutes."
        }
        ProblemCode::UkgUnavailable => {
            "UKG Pro answered with a fault of its own. The customer can check again later."
        }
        ProblemCode::UkgTimeout => "UKG Pro did not answer in time. The customer can check again later.",
        ProblemCode::UkgUnexpected => "The check gave an answer we do not know. Look at the server’s log.",
        ProblemCode::InviteUnknown => "Opened an invite that does not exist.",
        ProblemCode::InviteExpired => {
            "The invite ran out. Send a new one: linkdesk invite create --link, with the link’s id."
        }
        ProblemCode::InviteRevoked => "The invite was withdrawn.",
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_tells_staff_something_of_its_own() {
        let mut sentences: Vec<_> = ProblemCode::ALL.into_iter().map(for_staff).collect();
        sentences.sort_unstable();
        sentences.dedup();
        assert_eq!(sentences.len(), ProblemCode::ALL.len());
    }
}
