//! The box that takes a whole page of UKG Pro.

use domain::Step;

/// What opens it.
pub const SUMMARY: &str = "Easier: paste the whole page";
/// The box's name; must not be the name of a field.
pub const LABEL: &str = "The copied page";
/// The button.
pub const BUTTON: &str = "Read the page";
/// What becomes of it.
pub const KEPT: &str = "We look for the key and the address, and throw the rest away unread.";

/// What to do, in lines.
#[must_use]
pub const fn how(step: Step) -> [&'static str; 3] {
    [
        match step {
            Step::Key | Step::Account => {
                "In UKG Pro, open **Service Account Administration** or **Web Services**, and click once into the page."
            }
            Step::Domain => "In UKG Pro, open **Web Services**, and click once into the page.",
        },
        "Press `Ctrl`+`A`, then `Ctrl`+`C`. On a Mac: `⌘`+`A`, then `⌘`+`C`.",
        "Click into the box here and press `Ctrl`+`V`, or `⌘`+`V`.",
    ]
}

/// Title when something was taken.
pub const TAKEN: &str = "We took from the page:";
/// The key was taken.
pub const TOOK_KEY: &str = "**Customer API Key** (kept sealed)";
/// The host was taken.
#[must_use]
pub fn took_host(host: &str) -> String {
    format!("Web Services host **{host}**")
}
/// After the list.
pub const NOTHING_ELSE: &str = "Nothing else was kept.";
/// Title when nothing was found.
pub const NOTHING: &str = "We found nothing to take in that text";

/// What was looked for and not found, with what to do.
#[must_use]
pub const fn missing(step: Step, key: bool, host: bool) -> Option<&'static str> {
    match (step, key, host) {
        (_, true, true) | (Step::Account, _, _) => None,
        (Step::Key, true, false) => {
            Some("It held no Web Services address; step 3 shows where that one stands.")
        }
        (Step::Domain, false, true) => {
            Some("It held no Customer API Key; the one saved in step 1 stays as it is.")
        }
        (Step::Key, false, _) => Some(
            "It held no **Customer API Key**. Copy the key by itself at [mark 2 in the picture](#how-2), and paste it \
             into the field.",
        ),
        (Step::Domain, _, false) => Some(
            "It held no Web Services address. Copy the **Login service endpoint** by itself at [mark 2 in the \
             picture](#how-2), and paste it into the field.",
        ),
    }
}

/// Leads on, when the step has what it asks for.
#[must_use]
pub const fn go_on(step: Step, key: bool) -> Option<&'static str> {
    match (step, key) {
        (Step::Key, true) => Some("[Go on to step 2](account)"),
        (Step::Key, false) | (Step::Account | Step::Domain, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_found_is_said_with_what_to_do() {
        assert!(missing(Step::Key, false, true).is_some_and(|text| text.contains("#how-2")));
        assert!(missing(Step::Domain, true, false).is_some_and(|text| text.contains("#how-2")));
        assert_eq!(missing(Step::Key, true, true), None);
    }
}
