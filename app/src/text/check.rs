//! The check's page.

use domain::{ConnectionStep, ProblemCode, ProblemKind, WhoActs};

/// Heading and paragraph while it runs.
pub const RUNNING: (&str, &str) = (
    "Checking with UKG Pro",
    "This takes under a minute. You can stay here or close the page; the check goes on either way.",
);
/// Reloads the page.
pub const SHOW_LATEST: &str = "Show the latest";
/// Heading and paragraph when all is granted.
pub const LINKED: (&str, &str) = (
    "Linked. Everything works",
    "UKG Pro accepted the account, and every permission we can test is granted.",
);
/// Heading when the required permission holds but others could not be tested this time.
pub const LINKED_PARTLY: &str = "Linked";
/// Paragraph then.
#[must_use]
pub fn partly_lead(unchecked: usize) -> String {
    let what = if unchecked == 1 { "one permission" } else { "some permissions" };
    format!(
        "UKG Pro accepted the account. It gave no clear answer about {what}; that is nothing you did. You can check \
         again, or finish."
    )
}
/// Heading when gaps are left.
#[must_use]
pub fn gaps_heading(missing: usize) -> String {
    if missing == 1 {
        "Linked. One box is left to tick".to_owned()
    } else {
        format!("Linked. {missing} boxes are left to tick")
    }
}
/// Paragraph when gaps are left.
#[must_use]
pub fn gaps_lead(company: &str, missing: usize) -> String {
    let what = if missing == 1 { "One permission" } else { "Some permissions" };
    let verb = if missing == 1 { "is" } else { "are" };
    format!("UKG Pro accepted the account. {what} that {company} asked for {verb} not granted yet.")
}
/// What finishing with gaps means.
#[must_use]
pub fn gaps_finish(company: &str) -> String {
    format!(
        "If you finish now, {company} sees which permission is open. You can come back with the same invite and \
         check again."
    )
}
/// Heading and paragraph when the account was refused.
pub const REJECTED: (&str, &str) = (
    "UKG Pro did not accept the account",
    "It does not tell us which part is wrong. Please look at these in turn. All you have entered is kept.",
);
/// The same of an account that was accepted before.
pub const REJECTED_AGAIN: (&str, &str) = (
    "UKG Pro does not accept the account any more",
    "It did before, so something has changed there. Please look at these in turn. All that is saved is kept.",
);
/// The same while it is not sure yet: it is asked once more.
pub const REJECTED_ONCE: (&str, &str) = (
    "UKG Pro refused the account once",
    "That can be a passing fault, so we ask once more by ourselves before we call the link broken. If you know that \
     something was changed in UKG Pro, look at these.",
);
/// Heading and paragraph when the required permission is missing.
pub const REQUIRED_MISSING: (&str, &str) = (
    "Almost there. One box must be ticked",
    "UKG Pro accepted the account. Without this one permission it cannot be linked.",
);
/// The same of a link that worked before.
pub const REQUIRED_LOST: (&str, &str) = (
    "One box is not ticked any more",
    "UKG Pro accepts the account, but this one permission was taken away. With it the link works again.",
);
/// A tick that seems to have no effect.
pub const TICKED_ALREADY: &str =
    "Ticked already? Changes count only after **Save** is clicked on that page, and may take a minute.";
/// Heading and paragraph when UKG Pro or the network is at fault.
pub const TROUBLE: (&str, &str) = (
    "UKG Pro is not answering right now",
    "This is nothing you did. All you have entered is saved, and nothing is lost.",
);
/// The same of a link that stands.
pub const TROUBLE_LINKED: (&str, &str) = (
    "UKG Pro is not answering right now",
    "Your account stays linked meanwhile, and we check again by ourselves: there is nothing you have to do.",
);
/// Title of the note that others have the same trouble.
pub const NOT_YOU: &str = "This is UKG Pro, not you";
/// Others have the same trouble with the same system.
#[must_use]
pub fn others_failed(minutes: i64) -> String {
    let when = match minutes {
        ..1 => "A moment ago".to_owned(),
        1 => "1 minute ago".to_owned(),
        many => format!("{many} minutes ago"),
    };
    format!(
        "{when}, checks of others on the same UKG Pro system failed too. There is nothing for you to change."
    )
}
/// Heading and paragraph when the address leads elsewhere.
pub const WRONG_ADDRESS: (&str, &str) =
    ("The address needs another look", "The key and the account are saved; only step 3 is to be mended.");
/// Heading and paragraph when the answer is unknown to us.
pub const UNEXPECTED: (&str, &str) = (
    "We could not finish the check",
    "This is nothing you did. All you have entered is saved, and nothing is lost.",
);
/// Heading and paragraph before the first check.
pub const READY: (&str, &str) = (
    "Everything is entered",
    "Now we ask UKG Pro whether it accepts the account. That changes nothing there.",
);

/// The same when the check has to wait.
pub const READY_LATER: (&str, &str) = (
    "Saved. The check has to wait a little",
    "All you have entered is kept. You can close this page and come back.",
);

/// Asks for another check.
pub const AGAIN: &str = "Check again";
/// Asks for the first one.
pub const CHECK_NOW: &str = "Check now";
/// Leads to the receipt.
pub const FINISH: &str = "Finish";
/// Leads to the receipt, with gaps.
pub const FINISH_FOR_NOW: &str = "Finish for now";
/// Leads to step 3.
pub const CHANGE_URL: &str = "Change the URL";
/// Where a missing permission is.
pub const SHOW_WHERE: &str = "Show me where";
/// Asks for one permission anew.
pub const ROW_AGAIN: &str = "Check this row again";
/// Said once, when several permissions are missing.
pub const SEVERAL_MISSING: (&str, &str) = (
    "The same for each row marked below",
    "In UKG Pro, open the service account, tick **View** in each of these rows, then press **Save** at the top. [Step \
     2](account#how-3) shows the whole grid.",
);
/// Title when refused values are not sent again.
pub const NEEDS_CHANGE: &str = "We do not send the same values again";
/// Why there is no way to send the same password again.
pub const NOT_AGAIN: &str = "UKG Pro refused exactly these, and could lock the account. Change what is wrong, and we check again: most often \
     it is the [password](account#password).";
/// What else can have been the cause.
pub const MENDED_THERE: &str = "Were the values right, and did you mend something in UKG Pro itself, such as a suspended account? Then we can try \
     them once more.";
/// Tries them once more.
pub const TRY_ONCE_MORE: &str = "I mended it, try once more";
/// Title of the lock-out guard.
#[must_use]
pub fn wait(minutes: i64) -> String {
    match minutes {
        ..=1 => "Please wait a minute before the next try".to_owned(),
        minutes => format!("Please wait {minutes} minutes before the next try"),
    }
}
/// Why.
pub const WAIT_WHY: &str = "So that UKG Pro does not lock the account, we send nothing for now.";
/// When it is over.
#[must_use]
pub fn clock(time: &str) -> String {
    format!("You can check again from {time} (UTC).")
}
/// What to do meanwhile.
pub const WAIT_MEANWHILE: &str = "Meanwhile: on **Service Account Administration**, see that the account’s **Status** is **Active**, and compare \
     the **Customer API Key**. Not sure of the password? Generate a new one and [enter it here](account#password).";

/// The same account is linked elsewhere.
pub const DUPLICATE: &str = "This UKG Pro account is linked already";
/// Under it. Whose link the other one is, is not told.
#[must_use]
pub fn duplicate(company: &str) -> String {
    format!(
        "There is another link of {company} with the same account. That may be as it should be; {company} sees it too. \
         Both work."
    )
}
/// Rows that may be unticked.
pub const SURPLUS: &str = "The account may read more than it needs to";
/// Which.
#[must_use]
pub fn surplus(names: &[&str], company: &str) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("**{name}**")).collect();
    let (these, them) = if names.len() == 1 { ("this row", "it") } else { ("these rows", "them") };
    format!("You may untick **View** in {these}: {}. {company} does not need {them}.", names.join(", "))
}

/// Under a fault.
pub const COME_BACK: &str = "You can also close this page and come back with the same invite.";

/// The connection's first line.
#[must_use]
pub fn reached(host: &str, connection: ConnectionStep) -> String {
    match connection {
        ConnectionStep::NotReached => format!("Reach {host} securely"),
        ConnectionStep::Reached | ConnectionStep::Accepted => format!("Reached {host} securely"),
    }
}
/// The connection's second line.
#[must_use]
pub const fn accepted(connection: ConnectionStep) -> &'static str {
    match connection {
        ConnectionStep::NotReached | ConnectionStep::Reached => "Key, username and password",
        ConnectionStep::Accepted => "Key, username and password accepted",
    }
}
/// A line that was not tried.
pub const NOT_CHECKED: &str = "Not checked";
/// A line being asked.
pub const ASKING: &str = "Asking now";
/// A line to be asked.
pub const WAITING: &str = "Waiting";
/// A line that failed.
pub const FAILED: &str = "Failed";
/// A line that was refused.
pub const REFUSED: &str = "Not accepted";
/// `0.4 seconds`.
#[must_use]
pub fn seconds(millis: u32) -> String {
    if millis < 100 {
        return "Under 0.1 seconds".to_owned();
    }
    format!("{}.{} seconds", millis / 1000, millis % 1000 / 100)
}

/// `Granted · 0.4 seconds`.
#[must_use]
pub fn timed(result: &str, took: Option<u32>) -> String {
    took.map_or_else(|| result.to_owned(), |millis| format!("{result} · {}", seconds(millis)))
}

/// One thing to look at after a refusal: what, why, where, and the link's words.
#[derive(Clone, Copy, Debug)]
pub struct Mend {
    /// What to look at.
    pub title: &'static str,
    /// Why.
    pub body: &'static str,
    /// The field, below the flow's own path.
    pub href: Option<&'static str>,
    /// The link's words.
    pub action: &'static str,
}
/// What to look at when the account was accepted before, the most common cause first.
pub const MENDS_AGAIN: [Mend; 4] = [
    Mend {
        title: "Service account password",
        body: "The most common cause: it was changed, or has run out. Generate a new one in UKG Pro, as at [mark 4 in \
               step 2](account#how-4).",
        href: Some("account#password"),
        action: "Enter the new password",
    },
    Mend {
        title: "The account itself",
        body: "See whether its **Status** on **Service Account Administration** is **Active**. If it is suspended, \
               make it active; then try once more below.",
        href: None,
        action: "",
    },
    Mend {
        title: "Customer API Key",
        body: "Compare it with the one under the heading of **Service Account Administration**, at [mark 2 in step \
               1](key#how-2). It can be made anew there.",
        href: Some("key#key"),
        action: "Change the key",
    },
    Mend {
        title: "Web Services URL",
        body: "Has UKG moved your company to another system? Compare the address with [mark 2 in step \
               3](domain#how-2).",
        href: Some("domain#url"),
        action: "Change the URL",
    },
];
/// What to look at, the most common cause first.
pub const MENDS: [Mend; 5] = [
    Mend {
        title: "Service account password",
        body: "The most common cause. Was the whole line copied, as at [mark 4 in step 2](account#how-4)? If you are \
               not sure, generate a new one in UKG Pro.",
        href: Some("account#password"),
        action: "Enter the password again",
    },
    Mend {
        title: "Service account username",
        body: "It is the **Username** of the new service account, at [mark 2 in step 2](account#how-2). Not the one \
               you sign in with.",
        href: Some("account#username"),
        action: "Change the username",
    },
    Mend {
        title: "Customer API Key",
        body: "It stands right under the heading of **Service Account Administration**, at [mark 2 in step \
               1](key#how-2).",
        href: Some("key#key"),
        action: "Change the key",
    },
    Mend {
        title: "Web Services URL",
        body: "A test address (such as **servicet.ultipro.com**) with an account from your live system, or the other \
               way round, does not work. Compare it with [mark 2 in step 3](domain#how-2).",
        href: Some("domain#url"),
        action: "Change the URL",
    },
    Mend {
        title: "The account itself",
        body: "See whether its **Status** on **Service Account Administration** is **Active**. If it is suspended, \
               make it active. Then try once more below, or generate a new password.",
        href: None,
        action: "",
    },
];

/// What the step list says of the check; `None` for a problem that a step has.
#[must_use]
pub fn step_note(code: ProblemCode) -> Option<&'static str> {
    if code.kind() != ProblemKind::Check {
        return None;
    }
    Some(match code.who_acts() {
        _ if code == ProblemCode::CredentialsRejected => "Not accepted",
        _ if code == ProblemCode::PermissionMissing => "A permission is missing",
        WhoActs::Customer => "The address needs another look",
        WhoActs::Us | WhoActs::Ukg | WhoActs::Nobody => "Waiting for UKG Pro",
    })
}
/// What the step list says of the check when linked.
pub const STEP_LINKED: &str = "Linked";
