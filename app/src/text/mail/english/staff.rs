//! Letters to staff.

use std::collections::BTreeSet;

use domain::{Language, News};

use crate::text::mail::layout::{Part, letter, words};
use crate::text::mail::{Invited, MailText, NewsItem};
use crate::text::problems;

/// How many pieces of news one mail names.
const NAMED: usize = 40;

/// An invite to become staff.
pub(in crate::text::mail) fn invite(company: &str, by: &str, invited: &Invited<'_>) -> MailText {
    let parts = [
        words("Hello,"),
        words(format!(
            "{by} invites you to Linkdesk, where {company} sees how its customers link UKG Pro, and helps those who are \
             stuck. Choose a password, and you are in:"
        )),
        Part::Button("Choose a password", invited.url.to_owned()),
        words(format!("This link is for you alone. It works once, until {} UTC.", invited.good_until)),
        words("You did not expect this? Then you need not do anything."),
    ];
    letter(company, &format!("Join the Linkdesk of {company}"), &parts)
}

/// What happened to links.
pub(in crate::text::mail) fn news(company: &str, items: &[NewsItem], desk: &str, settings: &str) -> MailText {
    let subject = match items {
        [one] => format!("{} {}", one.customer, happened(one.news)),
        many => match many.iter().map(|item| &item.url).collect::<BTreeSet<_>>().len() {
            ..=1 => format!("News of {}", many.first().map_or("a link", |item| item.customer.as_str())),
            links => format!("News of {links} links"),
        },
    };
    let mut parts = match items {
        [one] => vec![
            words(format!("{} {} on {} UTC.", one.customer, happened(one.news), one.at)),
            words(reason(one)),
            Part::Button("Open the link", one.url.clone()),
        ],
        many => {
            let line = |item: &NewsItem| {
                let line = format!("{} {}, {} UTC", item.customer, happened(item.news), item.at);
                (line, item.url.clone())
            };
            let mut parts = vec![Part::Leads(many.iter().take(NAMED).map(line).collect())];
            let rest = many.len().saturating_sub(NAMED);
            parts.extend((rest > 0).then(|| words(format!("And {rest} more."))));
            parts.push(Part::Button("Open the desk", desk.to_owned()));
            parts
        }
    };
    parts.push(Part::SmallLead("Choose what you are mailed about".to_owned(), settings.to_owned()));
    letter(&format!("Linkdesk of {company}"), &subject, &parts)
}

const fn happened(news: News) -> &'static str {
    match news {
        News::Linked => "is linked",
        News::Broken => "is broken",
        News::NeedsUs => "needs us",
        News::Stuck => "is stuck",
    }
}

fn reason(item: &NewsItem) -> String {
    match (item.news, item.problem) {
        (News::Linked, _) => "UKG Pro accepts the account.".to_owned(),
        (News::Broken | News::NeedsUs | News::Stuck, Some(code)) => {
            problems::staff(Language::English, code).happened.to_owned()
        }
        (News::NeedsUs, None) => "They wait for something that only we can do.".to_owned(),
        (News::Broken | News::Stuck, None) => "The link’s page says where it stands.".to_owned(),
    }
}
