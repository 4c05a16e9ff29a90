//! Letters about where a link stands that was made.

use domain::{Language, Permission, ProblemCode};

use super::{safe, whose};
use crate::rich;
use crate::text::mail::layout::{Part, letter, words};
use crate::text::mail::{About, Invited, MailText, Proven};
use crate::text::problems;

/// It is linked.
pub(in crate::text::mail) fn linked(about: &About<'_>, proven: &Proven<'_>) -> MailText {
    let (company, customer) = (about.company, about.customer);
    let mut parts = vec![
        words("Hello,"),
        words(format!(
            "{} UKG\u{a0}Pro is linked with {company}. Thank you{}",
            whose(customer),
            nothing_more(proven.missing)
        )),
    ];
    if !proven.granted.is_empty() {
        parts.push(words(match proven.host {
            Some(host) => format!("We asked UKG Pro at {host}, and the service account may see:"),
            None => "We asked UKG Pro, and the service account may see:".to_owned(),
        }));
        parts.push(labels(proven.granted));
    }
    parts.extend(gaps(proven.missing));
    parts.push(words(format!(
        "We look from time to time whether it still works, and write to you should UKG Pro refuse the account. To see \
         the receipt again, to enter a new password or to end the link: {}",
        match proven.opens_until {
            Some(day) => format!(
                "open the address of your invite once more. It opens until {day}; after that, ask {company} for a new one."
            ),
            None => format!("ask {company} for a new invite."),
        }
    )));
    letter(company, &format!("Your UKG Pro is linked with {company}"), &parts)
}

/// UKG Pro refuses the account.
pub(in crate::text::mail) fn broken(
    about: &About<'_>,
    problem: Option<ProblemCode>,
    missing: &[Permission],
    invited: &Invited<'_>,
) -> MailText {
    let (company, customer) = (about.company, about.customer);
    let lost = problem == Some(ProblemCode::PermissionMissing);
    let mut parts = vec![
        words("Hello,"),
        words(format!(
            "{} UKG\u{a0}Pro was linked with {company}, and the link has stopped working: {}. We do not try again by \
             ourselves. This is what is in the way:",
            whose(customer),
            if lost {
                "the service account may not see any more what it has to"
            } else {
                "UKG Pro does not accept the service account any more"
            }
        )),
    ];
    if let Some(code) = problem {
        let text = problems::admin(Language::English, code);
        parts.push(Part::Strong(text.title.to_owned()));
        parts.push(Part::Rich(rich::without_links(text.body)));
        if code == ProblemCode::PermissionMissing && !missing.is_empty() {
            parts.push(labels(missing));
        }
    }
    parts.extend([
        words("This button leads straight to what has to be put right. What is saved stays saved:"),
        Part::Button("Put it right", invited.url.to_owned()),
        words(format!("It is good until {}.", invited.good_until)),
        safe(),
        Part::Small(format!(
            "You get this once, when the link stops working, because {company} gets nothing from your UKG Pro until it \
             works again."
        )),
    ]);
    letter(company, &format!("Your UKG Pro link with {company} has stopped working"), &parts)
}

/// It works again.
pub(in crate::text::mail) fn mended(about: &About<'_>, missing: &[Permission]) -> MailText {
    let (company, customer) = (about.company, about.customer);
    let mut parts = vec![
        words("Hello,"),
        words(format!(
            "The link between {} UKG\u{a0}Pro and {company} works again. Thank you{}",
            whose(customer),
            nothing_more(missing)
        )),
    ];
    parts.extend(gaps(missing));
    letter(company, &format!("Your UKG Pro link with {company} works again"), &parts)
}

/// It was ended.
pub(in crate::text::mail) fn ended(about: &About<'_>, at: &str, by_company: bool) -> MailText {
    let (company, customer) = (about.company, about.customer);
    let what = if by_company {
        format!("{company} ended the link with {} UKG\u{a0}Pro on {at} UTC.", whose(customer))
    } else {
        format!(
            "The link between {} UKG\u{a0}Pro and {company} was ended on {at} UTC, by somebody who opened it with the \
             address of your invite.",
            whose(customer)
        )
    };
    let next = if by_company {
        format!(
            "The addresses of your invites open nothing any more. To link again, ask {company} for a new one."
        )
    } else {
        format!(
            "It was not you or a colleague? Then write to {company}: they can see by which invite it was done, and \
             withdraw it. Until then the address of the invite still opens, and with it the link can be made again."
        )
    };
    let parts = [
        words("Hello,"),
        words(what),
        words("What had been entered is destroyed. Nothing is asked of UKG Pro any more."),
        words(next),
    ];
    letter(company, &format!("Your UKG Pro link with {company} was ended"), &parts)
}

/// Behind the thanks: the end, unless something is still open.
const fn nothing_more(missing: &[Permission]) -> &'static str {
    if missing.is_empty() { "; there is nothing more to do." } else { "." }
}

fn labels(permissions: &[Permission]) -> Part {
    Part::List(permissions.iter().map(|permission| permission.label().to_owned()).collect())
}

/// What was asked for and is not granted.
fn gaps(missing: &[Permission]) -> Vec<Part> {
    if missing.is_empty() {
        return Vec::new();
    }
    let ask = "These were asked for as well and are not granted yet. Whenever it suits you, tick View for them in UKG Pro:";
    vec![words(ask), labels(missing)]
}
