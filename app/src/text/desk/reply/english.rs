//! English. Sentences to the administrator, in a mail: no markup, no marks in pictures.

use domain::{LinkStatus, ProblemCode, ProblemKind, Reply, Step};

use super::{Draft, Situation};

const KEY_PLACE: &str = "In UKG Pro, type Service Account Administration into the search box at the top right and open that page. The \
                         Customer API Key stands right under its heading; it usually has five letters and digits.";
const ACCOUNT_PLACE: &str = "In UKG Pro, type Service Account Administration into the search box at the top right, open that page and \
                             click the service account in the list.";
const URL_PLACE: &str = "In UKG Pro, type Web Services into the search box, open that page, and copy the address beside Login service \
                         endpoint.";

/// The whole mail.
pub(super) fn draft(situation: &Situation<'_>) -> Draft {
    let Situation { company, customer, .. } = situation;
    let (saw, what) = told(situation);
    let mut parts = vec![
        "Hello,".to_owned(),
        format!("We looked at the link between the UKG Pro of {customer} and {company}."),
        format!("What we saw: {saw}"),
        format!("What to do: {what}"),
    ];
    parts.extend(place(situation).map(|place| format!("Where to click: {place}")));
    if leads_back(situation) {
        parts.push(format!(
            "This link leads back to where you stopped. What you saved is kept:\n{}",
            Reply::PLACE
        ));
    }
    parts.push("Does your screen look different? Answer this mail and tell us what it says. Please never send us a password or key.".to_owned());
    parts.push((*company).to_owned());
    Draft { subject: format!("UKG Pro and {company}: the next step"), body: parts.join("\n\n") }
}

/// What we saw, and the one thing to do.
fn told(situation: &Situation<'_>) -> (String, String) {
    if let Some(code) = situation.problem {
        let (saw, what) = of_problem(code);
        let rows: Vec<&str> = situation.missing.iter().map(|permission| permission.label()).collect();
        return if code == ProblemCode::PermissionMissing && !rows.is_empty() {
            let what = format!(
                "tick View in the row {}, then press Save at the top and check again.",
                rows.join(" and in the row ")
            );
            (saw.to_owned(), what)
        } else {
            (saw.to_owned(), what.to_owned())
        };
    }
    let (saw, what) = match (situation.status, situation.step) {
        (LinkStatus::Invited, _) => {
            ("the invite has not been opened yet.", "open it and press Start. It takes about ten minutes.")
        }
        (LinkStatus::Checking, _) => {
            ("the check is running.", "nothing for now. Its outcome shows on your page.")
        }
        (LinkStatus::Linked, _) => ("everything works.", "nothing. Thank you."),
        (LinkStatus::Paused, _) => {
            ("the link is paused on our side.", "nothing. We resume it when the reason is gone.")
        }
        (LinkStatus::Disconnected, _) => (
            "the link was ended, and what you had entered was destroyed.",
            "if you want to link again, open the link below and enter the values anew.",
        ),
        (
            LinkStatus::Opened
            | LinkStatus::InProgress
            | LinkStatus::LinkedWithGaps
            | LinkStatus::Attention
            | LinkStatus::Broken,
            step,
        ) => match step {
            None => (
                "the Customer API Key is the next thing we need.",
                "copy it from UKG Pro and paste it in step 1.",
            ),
            Some(Step::Key) => {
                ("the service account is the next thing we need.", "make it in UKG Pro as step 2 shows.")
            }
            Some(Step::Account) => (
                "the Web Services URL is the next thing we need.",
                "copy it from UKG Pro and paste it in step 3.",
            ),
            Some(Step::Domain) => ("all three values are saved.", "open the link below and start the check."),
        },
    };
    (saw.to_owned(), what.to_owned())
}

const fn of_problem(code: ProblemCode) -> (&'static str, &'static str) {
    const KEY: &str = "copy the Customer API Key and paste it in step 1.";
    const URL: &str = "copy the Login service endpoint and paste it in step 3.";
    const LATER: &str = "please check again in a few minutes. You need not change anything.";
    match code {
        ProblemCode::KeyMissing => ("step 1 was sent without a key.", KEY),
        ProblemCode::KeyIsUserApiKey => (
            "the key in step 1 has 12 characters, as a User API Key has. That one belongs to a single user.",
            KEY,
        ),
        ProblemCode::KeyIsTenantId => ("step 1 was given the Tenant ID, which is long and has dashes.", KEY),
        ProblemCode::KeyIsEmail => ("step 1 was given an e-mail address.", KEY),
        ProblemCode::KeyIsUrl => ("step 1 was given a web address, which belongs into step 3.", KEY),
        ProblemCode::KeyUnusualShape => (
            "the key in step 1 looks unusual.",
            "compare it with the one in UKG Pro. If it is the same, press Use it anyway.",
        ),
        ProblemCode::UsernameMissing => (
            "step 2 was sent without a username.",
            "enter the Username you gave the service account, not the one you sign in with.",
        ),
        ProblemCode::UsernameIsEmail => (
            "the username in step 2 is an e-mail address, as people’s own sign-ins often are.",
            "compare it with the Username of the service account. If it is the same, press Use it anyway.",
        ),
        ProblemCode::PasswordMissing => (
            "step 2 was sent without a password.",
            "enter the service account’s password. UKG Pro shows it once; if that window is closed, tick Generate New \
             Password and press Save to get a new one.",
        ),
        ProblemCode::PasswordIsApiKey => (
            "the password in step 2 looks like a key.",
            "enter the service account’s password. UKG Pro shows it once; if that window is closed, tick Generate New \
             Password and press Save to get a new one.",
        ),
        ProblemCode::UrlMissing => ("step 3 was sent without an address.", URL),
        ProblemCode::UrlUnreadable => ("what stands in step 3 is no web address.", URL),
        ProblemCode::UrlPlaceholder => (
            "UKG Pro still shows [[REQUIRES CONFIGURATION]] instead of an address: UKG has not set up web services for \
             your company yet.",
            "ask your UKG representative to set up Web Services. Then go on with step 3.",
        ),
        ProblemCode::UrlLoginPortal => ("step 3 was given the address you sign in at.", URL),
        ProblemCode::UrlRecruiting => ("step 3 was given an address of UKG Pro Recruiting.", URL),
        ProblemCode::UrlWfm => ("step 3 was given an address of UKG Pro Workforce Management.", URL),
        ProblemCode::UrlReady => (
            "step 3 was given an address of UKG Ready, another product.",
            "if your company uses UKG Pro as well, copy its Login service endpoint. If not, tell us.",
        ),
        ProblemCode::UrlNotUkg => ("the address in step 3 does not belong to UKG Pro.", URL),
        ProblemCode::UrlIpAddress => ("step 3 was given a number instead of a name.", URL),
        ProblemCode::UrlTestTenant => (
            "the address in step 3 belongs to a test system.",
            "if the service account is in your live system, copy the live system’s address. If not, press Use it anyway.",
        ),
        ProblemCode::HostNotFound => ("there is no system at the address in step 3.", URL),
        ProblemCode::HostUnreachable => ("we could not reach UKG Pro. This is nothing you did.", LATER),
        ProblemCode::HostTls => ("UKG Pro’s system could not prove who it is, so we sent nothing.", LATER),
        ProblemCode::HostNotWebServices => {
            ("the address in step 3 answers, but not as UKG Pro’s web services.", URL)
        }
        ProblemCode::CredentialsRejected => (
            "UKG Pro does not accept key, username and password together. Most often it is the password.",
            "tick Generate New Password and press Save, copy the new password, and enter it in step 2.",
        ),
        ProblemCode::PermissionMissing => (
            "a permission is not granted.",
            "tick View in the row that your page names, then press Save at the top and check again.",
        ),
        ProblemCode::UkgBusy => ("UKG Pro asked us to wait.", LATER),
        ProblemCode::UkgUnavailable => ("UKG Pro answered with a fault of its own.", LATER),
        ProblemCode::UkgTimeout => ("UKG Pro did not answer in time.", LATER),
        ProblemCode::UkgUnexpected => (
            "UKG Pro gave an answer we do not know. We look into it.",
            "nothing for now; you can check again at any time.",
        ),
        ProblemCode::InviteUnknown => {
            ("the invite’s address was not complete.", "open the one below instead.")
        }
        ProblemCode::InviteExpired => ("the invite has run out.", "open the one below instead."),
        ProblemCode::InviteRevoked => ("the invite was withdrawn.", "open the one below instead."),
    }
}

/// Where in UKG Pro it is put right.
fn place(situation: &Situation<'_>) -> Option<&'static str> {
    let Some(code) = situation.problem else {
        let being_made = matches!(situation.status, LinkStatus::Opened | LinkStatus::InProgress);
        return match situation.step.filter(|_| being_made) {
            None => being_made.then_some(KEY_PLACE),
            Some(Step::Account) => Some(URL_PLACE),
            Some(Step::Key | Step::Domain) => None,
        };
    };
    let account = matches!(code, ProblemCode::CredentialsRejected | ProblemCode::PermissionMissing);
    let address = matches!(code, ProblemCode::HostNotFound | ProblemCode::HostNotWebServices);
    match code.kind() {
        ProblemKind::Key => Some(KEY_PLACE),
        ProblemKind::Account => Some(ACCOUNT_PLACE),
        ProblemKind::Url => Some(URL_PLACE),
        ProblemKind::Check if account => Some(ACCOUNT_PLACE),
        ProblemKind::Check if address => Some(URL_PLACE),
        ProblemKind::Check | ProblemKind::Invite => None,
    }
}

/// Whether a fresh link helps.
fn leads_back(situation: &Situation<'_>) -> bool {
    !matches!(situation.status, LinkStatus::Checking | LinkStatus::Linked | LinkStatus::Paused)
}
