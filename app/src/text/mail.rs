//! Mails: subject, plain text, and the same as simple HTML. One folder per language; `layout` has what they share.

mod english;
mod layout;

use domain::{Language, News, Permission, ProblemCode, Reply};

use layout::{escaped, one_line};

/// A mail without its addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailText {
    /// One line.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// HTML with a style of its own, and nothing loaded from elsewhere.
    pub html: String,
}

/// What every letter to a link's contact names.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// The language she is written to in.
    pub language: Language,
    /// The inviting company.
    pub company: &'a str,
    /// The customer.
    pub customer: &'a str,
}

/// An invite in a letter.
#[derive(Clone, Copy, Debug)]
pub struct Invited<'a> {
    /// Its address.
    pub url: &'a str,
    /// Until which day it lets somebody in.
    pub good_until: &'a str,
}

/// What was proven of a link.
#[derive(Clone, Copy, Debug)]
pub struct Proven<'a> {
    /// The UKG Pro host that was asked.
    pub host: Option<&'a str>,
    /// Which permissions are granted.
    pub granted: &'a [Permission],
    /// Which are missing.
    pub missing: &'a [Permission],
    /// Until which day an invite of hers opens; `None` when none does.
    pub opens_until: Option<&'a str>,
}

/// One piece of news for staff.
#[derive(Clone, Debug)]
pub struct NewsItem {
    /// The customer.
    pub customer: String,
    /// What happened.
    pub news: News,
    /// What stands in the way now.
    pub problem: Option<ProblemCode>,
    /// When, in words.
    pub at: String,
    /// The address of the link's page at the desk.
    pub url: String,
}

/// The first invite. `note` is what staff say.
#[must_use]
pub fn invite(about: &About<'_>, note: Option<&str>, invited: &Invited<'_>) -> MailText {
    match about.language {
        Language::English => english::invites::first(about, note, invited),
    }
}

/// A fresh invite for somebody who did not go on. `stop` is the address that stops reminders.
#[must_use]
pub fn reminder(about: &About<'_>, invited: &Invited<'_>, stop: Option<&str>) -> MailText {
    match about.language {
        Language::English => english::invites::reminder(about, invited, stop),
    }
}

/// A new invite in place of one that ran out.
#[must_use]
pub fn new_invite(about: &About<'_>, invited: &Invited<'_>) -> MailText {
    match about.language {
        Language::English => english::invites::renewed(about, invited),
    }
}

/// A new invite that staff made.
#[must_use]
pub fn invite_again(about: &About<'_>, invited: &Invited<'_>) -> MailText {
    match about.language {
        Language::English => english::invites::again(about, invited),
    }
}

/// That a link is linked, and what was proven.
#[must_use]
pub fn linked(about: &About<'_>, proven: &Proven<'_>) -> MailText {
    match about.language {
        Language::English => english::standing::linked(about, proven),
    }
}

/// That UKG Pro refuses the account, why, and what to do. The invite leads to what must be mended.
#[must_use]
pub fn broken(
    about: &About<'_>,
    problem: Option<ProblemCode>,
    missing: &[Permission],
    invited: &Invited<'_>,
) -> MailText {
    match about.language {
        Language::English => english::standing::broken(about, problem, missing, invited),
    }
}

/// That a link works again; `missing` are the permissions that are not granted still.
#[must_use]
pub fn mended(about: &About<'_>, missing: &[Permission]) -> MailText {
    match about.language {
        Language::English => english::standing::mended(about, missing),
    }
}

/// That a link was ended at this time; by the company, or by whoever has an invite's address.
#[must_use]
pub fn ended(about: &About<'_>, at: &str, by_company: bool) -> MailText {
    match about.language {
        Language::English => english::standing::ended(about, at, by_company),
    }
}

/// An invite to become staff. `by` is the address of whoever invites. Staff are written to in the desk's language.
#[must_use]
pub fn staff_invite(company: &str, by: &str, invited: &Invited<'_>) -> MailText {
    english::staff::invite(company, by, invited)
}

/// What happened to links. `desk` is the address of the list, `settings` of the page where one says what one wants.
#[must_use]
pub fn news(company: &str, items: &[NewsItem], desk: &str, settings: &str) -> MailText {
    english::staff::news(company, items, desk, settings)
}

/// A reply of the staff's, with the invite's address in each of its places.
#[must_use]
pub fn reply(language: Language, subject: &str, body: &str, url: Option<&str>) -> MailText {
    let place = url.map_or(String::new(), escaped);
    let link = url.map_or(String::new(), |_| format!("<a href=\"{place}\">{place}</a>"));
    let paragraphs = body.split("\n\n").map(|paragraph| {
        let html = escaped(paragraph).replace('\n', "<br>\n");
        format!("<p>{}</p>\n", html.replace(&escaped(Reply::PLACE), &link))
    });
    let inside: String = paragraphs.collect();
    let subject = one_line(subject);
    MailText {
        text: body.replace(Reply::PLACE, url.unwrap_or_default()) + "\n",
        html: layout::page(language.as_str(), "", &subject, &inside),
        subject,
    }
}

/// An address as it may be shown to whoever holds an old invite: the first sign and the domain, `m•••@northwind.example`.
#[must_use]
pub fn masked(address: &str) -> String {
    match address.rsplit_once('@') {
        Some((name, domain)) => format!("{}•••@{domain}", name.chars().next().unwrap_or('•')),
        None => "•••".to_owned(),
    }
}

#[cfg(test)]
mod tests;
