//! The desk: statuses, who acts, what happens next, and the timeline, for staff.

pub mod account;
pub mod audit;
pub mod certificate;
pub mod help;
pub mod insights;
pub mod invites;
pub mod invites_bulk;
pub mod link;
pub mod list;
pub mod presets;
pub mod preview;
pub mod reply;
pub mod staff;
pub mod timeline;
pub mod ukg;
pub mod webhooks;
pub mod work;

use domain::{CredentialField, InviteState, Language, LinkStatus, Permission, ProblemCode, Step, WhoActs};

use super::problems;

/// The list's heading.
pub const LINKS: &str = "Links";
/// The part for owners.
pub const SETTINGS: &str = "Settings";
/// One's own account.
pub const ACCOUNT: &str = "Your account";
/// Ends the session.
pub const SIGN_OUT: &str = "Sign out";
/// Back to the list.
pub const ALL_LINKS: &str = "All links";
/// Section headings of a link's page.
pub const PERMISSIONS: &str = "Permissions";
/// Section heading.
pub const FACTS: &str = "Facts";
/// Section heading.
pub const TIMELINE: &str = "What happened";
/// Said only without script, which tells times in the reader's own zone.
pub const UTC: &str = "Times are UTC.";
/// Nobody's address is known.
pub const NO_ADDRESS: &str = "No address noted";
/// Before the first check.
pub const NEVER: &str = "Never";

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
    if status.stands() {
        return "Linked";
    }
    match step {
        None => "None yet",
        Some(Step::Key) => "Key",
        Some(Step::Account) => "Account",
        Some(Step::Domain) => "URL",
    }
}

/// The permissions to tick, by name: the first one, those that every link needs before others.
#[must_use]
pub fn view_for(missing: &[Permission]) -> String {
    let first = missing.iter().find(|permission| permission.is_required()).or(missing.first());
    match (first, missing.len()) {
        (None, _) => "the missing permission".to_owned(),
        (Some(first), 1) => first.label().to_owned(),
        (Some(first), many) => format!("{} and {} more", first.label(), many - 1),
    }
}

/// What happens next, for a link of this status with this problem, these steps saved and these permissions missing.
#[must_use]
pub fn next(
    status: LinkStatus,
    problem: Option<ProblemCode>,
    reached: Option<Step>,
    missing: &[Permission],
) -> String {
    let ticks = match (status, problem) {
        (LinkStatus::LinkedWithGaps, _) => true,
        (LinkStatus::Broken, Some(ProblemCode::PermissionMissing)) => !missing.is_empty(),
        (_, _) => false,
    };
    if ticks {
        return format!("Ticks View for {}, and checks again.", view_for(missing));
    }
    next_alone(status, problem, reached).to_owned()
}

const fn next_alone(status: LinkStatus, problem: Option<ProblemCode>, reached: Option<Step>) -> &'static str {
    match (status, problem) {
        (_, Some(ProblemCode::InviteExpired)) => for_staff(ProblemCode::InviteExpired),
        (LinkStatus::Invited, _) => "Opens the invite.",
        (LinkStatus::Checking, _) => "A check is running.",
        (LinkStatus::Linked, _) => "Nothing. The account is linked.",
        (LinkStatus::LinkedWithGaps, _) => "Ticks View for the missing permission, and checks again.",
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
/// The same with when: before and after the time.
pub const RENEW_ASKED_BODY: (&str, &str) = (
    "The invite ran out, and its holder asked for a new one on",
    ". See below whether it was mailed. If not, send a fresh one: see Help.",
);
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
    fn a_link_that_was_made_is_past_every_step_whatever_became_of_it() {
        for status in
            [LinkStatus::Linked, LinkStatus::LinkedWithGaps, LinkStatus::Attention, LinkStatus::Broken]
        {
            assert_eq!(step(Some(Step::Domain), status), "Linked");
        }
        assert_eq!(step(Some(Step::Domain), LinkStatus::InProgress), "URL");
    }

    #[test]
    fn a_link_that_stands_but_lacks_a_permission_says_which() {
        let said = |status, missing: &[Permission]| {
            next(status, Some(ProblemCode::PermissionMissing), Some(Step::Domain), missing)
        };
        let missing = [Permission::PayrollIntegration, Permission::PtoPlanIntegration];

        for status in [LinkStatus::LinkedWithGaps, LinkStatus::Broken] {
            assert_eq!(
                said(status, &missing),
                "Ticks View for Payroll Integration and 1 more, and checks again."
            );
        }
        assert_eq!(said(LinkStatus::Broken, &[]), for_staff(ProblemCode::PermissionMissing));
    }

    #[test]
    fn the_row_that_may_be_unticked_is_named_as_in_ukg_pro() {
        assert!(surplus(&[Permission::PayrollIntegration]).contains("Payroll Integration."));
    }
}
