//! The desk's list of links.

use domain::{LinkSort, LinkStage, LinkStatus, Permission, ProblemCode, Step, WhoActs};

use super::view_for;

/// Table headings.
pub const COLUMNS: [&str; 5] = ["Customer", "Status", "What happens next", "30 days", "Last change"];
/// The same, short, for narrow screens.
pub const COLUMNS_SHORT: [&str; 5] = ["Customer", "Status", "Next", "30 days", "Last change"];
/// No link yet.
pub const EMPTY: (&str, &str) = (
    "Invite your first customer",
    "You get a link for the customer’s UKG Pro administrator. Send it to them, and watch the steps arrive here.",
);
/// Nothing is the reader's.
pub const NONE_MINE: (&str, &str) =
    ("You look after no link here", "Open a link and press “Assign to me”: then it stands in this list.");
/// Nothing matches the filters.
pub const NONE: (&str, &str) = ("No link matches now", "Choose another filter, or look at all of them.");
/// Nothing was found.
pub const NOT_FOUND: &str = "Nothing found";
/// Under it.
#[must_use]
pub fn not_found(search: &str) -> String {
    format!("No customer, e-mail address or reference holds “{search}”.")
}
/// Under it, when the text is short.
#[must_use]
pub fn not_found_short(search: &str) -> String {
    format!(
        "No customer, e-mail address or reference begins with “{search}”. From three letters on, they may stand anywhere."
    )
}
/// Nothing stands in the way of any link.
pub const ALL_WELL: (&str, &str) = (
    "Nothing needs action",
    "No customer is stuck, and every linked account works. New trouble shows up here by itself.",
);
/// Beyond the last page.
pub const BEYOND: (&str, &str) =
    ("There is nothing further", "The list has become shorter since this page was opened.");
/// Ends the search.
pub const CLEAR_SEARCH: &str = "Clear the search";
/// Ends every filter.
pub const SHOW_ALL: &str = "Show all links";
/// Back to the list's beginning.
pub const TO_THE_START: &str = "Back to the first page";
/// The search field.
pub const SEARCH: &str = "Search customer, e-mail, reference";
/// Its button.
pub const SEARCH_DO: &str = "Search";
/// Loads the page again, where no script does.
pub const REFRESH: &str = "Refresh";
/// The file to take away.
pub const EXPORT: &str = "Export CSV";
/// Help on keys.
pub const KEYS: &str = "Keyboard";
/// The keys and what they do.
pub const KEYS_LIST: [(&str, &str); 5] = [
    ("/", "go to the search field"),
    ("j  k", "next and previous link"),
    ("Enter", "open the link"),
    ("?", "show this help"),
    ("Esc", "close this help, or leave the search field"),
];
/// Closes the help.
pub const CLOSE: &str = "Close";
/// The region of the filters.
pub const FILTERS: &str = "Filter by stage";
/// All links.
pub const ALL: &str = "All";
/// The reader's own.
pub const MINE: &str = "Mine";
/// More filters.
pub const MORE: &str = "More filters";
/// Names of the groups of filters.
pub const BY_STATUS: &str = "Status";
/// Who acts.
pub const BY_WHO: &str = "Who acts";
/// Order.
pub const BY_ORDER: &str = "Order";
/// Saved views.
pub const VIEWS: &str = "Saved views";
/// Saves the view.
pub const SAVE_VIEW: &str = "Save this view";
/// Its name.
pub const VIEW_NAME: &str = "Name";
/// Its button.
pub const SAVE: &str = "Save";
/// Newer page.
pub const BEFORE: &str = "Previous";
/// Older page.
pub const AFTER: &str = "Next";
/// The first page.
pub const FIRST: &str = "First";
/// The last page.
pub const LAST: &str = "Last";
/// The region of the pager.
pub const PAGES: &str = "Pages";
/// A name for a view that cannot be taken.
pub const VIEW_REFUSED_NAME: &str = "Give the view a name of at most 40 characters.";
/// Too many views.
pub const VIEW_REFUSED_MANY: &str = "You have 20 saved views. Delete one first.";

/// What deletes a view.
#[must_use]
pub fn delete_view(name: &str) -> String {
    format!("Delete the view {name}")
}

/// Leads to those who need somebody.
pub const SHOW_THEM: &str = "Show them";

/// How many need somebody.
#[must_use]
pub fn summary(acting: u64) -> String {
    match acting {
        0 => "Nobody has to act right now.".to_owned(),
        1 => "1 link needs someone to act.".to_owned(),
        many => format!("{} links need someone to act.", number(many)),
    }
}

/// A number as people read it: `1,000,000`.
#[must_use]
pub fn number(count: u64) -> String {
    let digits = count.to_string();
    let mut words = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            words.push(',');
        }
        words.push(digit);
    }
    words
}

/// A stage in words.
#[must_use]
pub const fn stage(stage: LinkStage) -> &'static str {
    match stage {
        LinkStage::NeedsAction => "Needs action",
        LinkStage::Underway => "In progress",
        LinkStage::Linked => "Linked",
        LinkStage::Resting => "Paused or ended",
    }
}

/// Who acts, as a filter.
#[must_use]
pub const fn by_who(who: WhoActs) -> &'static str {
    match who {
        WhoActs::Customer => "The customer",
        WhoActs::Us => "We",
        WhoActs::Ukg => "UKG Pro",
        WhoActs::Nobody => "Nobody",
    }
}

/// An order in words.
#[must_use]
pub const fn order(sort: LinkSort) -> &'static str {
    match sort {
        LinkSort::Changed => "Last change",
        LinkSort::Customer => "Customer",
        LinkSort::Created => "Newest",
    }
}

/// Where a link stands, beside the status.
#[must_use]
pub fn at_step(status: LinkStatus, step: u8) -> Option<String> {
    (status == LinkStatus::InProgress).then(|| format!("step {step}"))
}

/// Before whoever looks after a link, for assistive technology.
pub const LOOKED_AFTER: &str = "Looked after by";

/// Whoever looks after a link, short: the name in their address.
#[must_use]
pub fn looked_after_by(address: &str, you: bool) -> String {
    if you {
        return "You".to_owned();
    }
    address.split_once('@').map_or(address, |(name, _)| name).to_owned()
}

/// Where the administrator is stuck, and how often.
#[must_use]
pub fn stuck(step: Step, tries: u32) -> String {
    let step = step.number();
    match tries {
        0 | 1 => format!("Stuck at step {step}"),
        2 => format!("Stuck at step {step}: twice in a row"),
        many => format!("Stuck at step {step}: {many} times in a row"),
    }
}

/// Who does the next thing, and what it is.
#[must_use]
pub fn next(
    who: WhoActs,
    status: LinkStatus,
    problem: Option<ProblemCode>,
    reached: Option<Step>,
    missing: &[Permission],
) -> String {
    let ticks = match (status, who) {
        (LinkStatus::LinkedWithGaps, _) => true,
        (LinkStatus::Broken | LinkStatus::Attention, WhoActs::Customer) => {
            problem == Some(ProblemCode::PermissionMissing)
        }
        (_, _) => false,
    };
    if ticks {
        return format!("Customer: tick View for {}", view_for(missing));
    }
    next_alone(who, status, problem, reached).to_owned()
}

const fn next_alone(
    who: WhoActs,
    status: LinkStatus,
    problem: Option<ProblemCode>,
    reached: Option<Step>,
) -> &'static str {
    match (status, who) {
        (LinkStatus::Linked, _) => "Nothing to do",
        (LinkStatus::Disconnected, _) => "Nothing: it was ended",
        (LinkStatus::Paused, _) => "Us: resume it when the reason is gone",
        (LinkStatus::Checking, _) => "A check is running",
        (LinkStatus::LinkedWithGaps, _) => "Customer: tick View for the missing permission",
        (_, WhoActs::Us) => match problem {
            Some(ProblemCode::InviteExpired | ProblemCode::InviteRevoked) => "Us: send a new invite",
            _ => "Us: look into it",
        },
        (_, WhoActs::Ukg) => "UKG Pro: has to answer first",
        (LinkStatus::Attention, WhoActs::Nobody) => "Refused once: we ask again to be sure",
        (_, WhoActs::Nobody) => "Nothing to do",
        (LinkStatus::Broken | LinkStatus::Attention, WhoActs::Customer) => {
            "Customer: enter working credentials"
        }
        (LinkStatus::Invited, WhoActs::Customer) => "Customer: open the invite",
        (LinkStatus::Opened | LinkStatus::InProgress, WhoActs::Customer) => match (problem, reached) {
            (Some(_), _) => "Customer: put it right",
            (None, None) => "Customer: copy the Customer API Key",
            (None, Some(Step::Key)) => "Customer: make the service account",
            (None, Some(Step::Account)) => "Customer: copy the Web Services URL",
            (None, Some(Step::Domain)) => "Customer: start the check",
        },
    }
}

/// When a linked account was last checked.
#[must_use]
pub fn checked(when: &str) -> String {
    format!("Checked {}", lower_first(when))
}

/// A month of checks: how many days were fine, had gaps, could not be checked, were refused.
#[must_use]
pub fn strip(days: usize, [fine, gaps, fault, refused]: [usize; 4]) -> String {
    let said: Vec<String> =
        [(fine, "fine"), (gaps, "with gaps"), (fault, "not possible"), (refused, "refused")]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
    if said.is_empty() {
        format!("No checks in the last {days} days")
    } else {
        format!("Checks of the last {days} days: {}", said.join(", "))
    }
}

/// `Yesterday` within a sentence.
fn lower_first(text: &str) -> String {
    let mut signs = text.chars();
    signs.next().map_or_else(String::new, |first| first.to_lowercase().chain(signs).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_numbers_are_grouped() {
        assert_eq!(
            ["7", "999", "1,000", "1,000,000"],
            [7, 999, 1000, 1_000_000].map(number).each_ref().map(String::as_str)
        );
    }

    #[test]
    fn a_month_without_checks_says_so() {
        assert_eq!(strip(30, [0; 4]), "No checks in the last 30 days");
        assert_eq!(
            strip(30, [28, 0, 1, 1]),
            "Checks of the last 30 days: 28 fine, 1 not possible, 1 refused"
        );
    }

    #[test]
    fn a_missing_permission_is_named_and_the_required_one_first() {
        let (some, required) = (Permission::PtoPlanIntegration, Permission::EmployeePersonDetails);
        assert!(required.is_required() && !some.is_required());
        let said = |status, missing: &[Permission]| {
            next(WhoActs::Customer, status, Some(ProblemCode::PermissionMissing), None, missing)
        };

        assert_eq!(
            said(LinkStatus::Broken, &[some, required]),
            "Customer: tick View for Employee Person Details and 1 more"
        );
        assert_eq!(said(LinkStatus::LinkedWithGaps, &[some]), "Customer: tick View for PTO Plan Integration");
        assert_eq!(said(LinkStatus::Broken, &[]), "Customer: tick View for the missing permission");
    }

    #[test]
    fn every_link_says_who_does_what_next() {
        for status in LinkStatus::ALL {
            for problem in [
                None,
                Some(ProblemCode::UkgBusy),
                Some(ProblemCode::KeyIsEmail),
                Some(ProblemCode::InviteExpired),
            ] {
                let said = next(status.who_acts(problem), status, problem, None, &[]);
                assert!(!said.is_empty() && !said.ends_with('.'), "{status}");
            }
        }
    }
}
