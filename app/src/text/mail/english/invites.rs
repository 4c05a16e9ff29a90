//! Letters that bring an invite.

use super::{safe, whose};
use crate::text::mail::layout::{Part, letter, words};
use crate::text::mail::{About, Invited, MailText};

/// The first one.
pub(in crate::text::mail) fn first(about: &About<'_>, note: Option<&str>, invited: &Invited<'_>) -> MailText {
    let company = about.company;
    let mut parts = vec![words("Hello,")];
    // Its writer greets her, too.
    if let Some(note) = note {
        parts.push(Part::Strong(format!("A note from {company}")));
        parts.extend(note.lines().map(words));
    }
    parts.extend([
        words(format!(
            "Please link your company’s UKG Pro with {company}. It takes about ten minutes, and you need administrator \
             access to UKG Pro. Every screen is shown on the way:"
        )),
        Part::Button("Look at what is needed", invited.url.to_owned()),
        words(format!(
            "It is good until {}. You can stop at any point and come back.",
            invited.good_until
        )),
        safe(),
        words("You are not the right person? The page has a message ready to pass on."),
    ]);
    letter(company, &format!("Please link your UKG Pro with {company}"), &parts)
}

/// For somebody who did not go on.
pub(in crate::text::mail) fn reminder(
    about: &About<'_>,
    invited: &Invited<'_>,
    stop: Option<&str>,
) -> MailText {
    let (company, customer) = (about.company, about.customer);
    let mut parts = vec![
        words("Hello,"),
        words(format!(
            "Some days ago you were asked to link {} UKG\u{a0}Pro with {company}, and it is not done yet. This button \
             leads to where you stopped; what you saved is kept:",
            whose(customer)
        )),
        Part::Button("Go on", invited.url.to_owned()),
        words(format!("It is good until {}.", invited.good_until)),
        safe(),
        words(format!(
            "Something does not work, or you are not the right person? Write to {company}: they can help."
        )),
    ];
    parts.extend(
        stop.map(|url| Part::SmallLead("No more reminders about this, please".to_owned(), url.to_owned())),
    );
    letter(company, &format!("Reminder: link your UKG Pro with {company}"), &parts)
}

/// In place of one that ran out.
pub(in crate::text::mail) fn renewed(about: &About<'_>, invited: &Invited<'_>) -> MailText {
    let (company, customer) = (about.company, about.customer);
    let parts = [
        words("Hello,"),
        words(format!(
            "You asked for a new invite to link {} UKG\u{a0}Pro with {company}. Here it is; it leads back to where you \
             stopped:",
            whose(customer)
        )),
        Part::Button("Go on", invited.url.to_owned()),
        words(format!("It is good until {}. Whatever you saved before is kept.", invited.good_until)),
        safe(),
        words("You did not ask for this? Then somebody opened your old invite. You need not do anything."),
    ];
    letter(company, &format!("Your new invite to link UKG Pro with {company}"), &parts)
}

/// One that staff made.
pub(in crate::text::mail) fn again(about: &About<'_>, invited: &Invited<'_>) -> MailText {
    let (company, customer) = (about.company, about.customer);
    let parts = [
        words("Hello,"),
        words(format!(
            "Here is a new invite to link {} UKG\u{a0}Pro with {company}. It leads to where you stopped, or to what \
             needs a look:",
            whose(customer)
        )),
        Part::Button("Go on", invited.url.to_owned()),
        words(format!("It is good until {}. Whatever you saved before is kept.", invited.good_until)),
        safe(),
    ];
    letter(company, &format!("Your new invite to link UKG Pro with {company}"), &parts)
}
