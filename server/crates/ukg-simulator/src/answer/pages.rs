//! Paging: `page` from 1, `per_Page` at most 10,000 (also its default), and the `Link` header.

use hyper::StatusCode;
use hyper::header::{HeaderValue, LINK};
use serde_json::Value;

use super::rows::Rows;
use super::{Answer, Asked, bare, refusals, responses};
use crate::scenarios::{Account, LinkHeader, PastLastPage, Scenarios};

/// UKG's default and, since 2022, its maximum.
const MOST_PER_PAGE: u64 = 10_000;

/// The specification's upper end of both parameters.
const LARGEST: u64 = 2_147_483_647;

struct Page {
    number: u64,
    size: u64,
}

/// The page that was asked for.
pub(crate) fn answer(asked: &Asked<'_>, scenarios: &Scenarios, account: &Account, rows: Rows) -> Answer {
    if rows == Rows::NoStatement {
        return bare(StatusCode::NOT_FOUND);
    }
    let total = rows.total(scenarios);
    if !rows.paged() {
        return responses::json(StatusCode::OK, &list(0..total, rows, scenarios));
    }
    let page = match read(asked.query) {
        Ok(page) => page,
        Err(parameter) => {
            return refusals::bad_request(parameter, "The value is not a whole number from 1 to 2147483647.");
        }
    };
    let last = total.div_ceil(page.size).max(1);
    if page.number > last && account.past_last_page == PastLastPage::NotFound {
        return bare(StatusCode::NOT_FOUND);
    }
    let start = (page.number - 1).saturating_mul(page.size).min(total);
    let end = start.saturating_add(page.size).min(total);
    let mut answer = responses::json(StatusCode::OK, &list(start..end, rows, scenarios));
    if let Some(links) = links(asked, &page, last, account.link_header) {
        answer.headers_mut().insert(LINK, links);
    }
    answer
}

fn list(range: std::ops::Range<u64>, rows: Rows, scenarios: &Scenarios) -> Value {
    range.map(|index| rows.row(index, scenarios)).collect()
}

/// The last one counts when a parameter comes twice; any other parameter (filters) is let pass.
fn read(query: &str) -> Result<Page, &'static str> {
    let mut page = Page { number: 1, size: MOST_PER_PAGE };
    for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
        let number = || value.parse().ok().filter(|number| (1..=LARGEST).contains(number));
        if name.eq_ignore_ascii_case("page") {
            page.number = number().ok_or("page")?;
        } else if name.eq_ignore_ascii_case("per_page") {
            page.size = number().ok_or("per_Page")?.min(MOST_PER_PAGE);
        }
    }
    Ok(page)
}

/// None when everything is on one page.
fn links(asked: &Asked<'_>, page: &Page, last: u64, form: LinkHeader) -> Option<HeaderValue> {
    let (open, close) = match form {
        LinkHeader::Plain => ("<", ">"),
        LinkHeader::Doubled => ("<<", ">>"),
        LinkHeader::None => return None,
    };
    let mut rels = Vec::new();
    if page.number > 1 {
        rels.push((1, "first"));
        rels.push(((page.number - 1).min(last), "prev"));
    }
    if page.number < last {
        rels.push((page.number + 1, "next"));
        rels.push((last, "last"));
    }
    if rels.is_empty() {
        return None;
    }
    let (host, path, size) = (&asked.host, asked.path, page.size);
    let links: Vec<_> = rels
        .into_iter()
        .map(|(number, rel)| {
            format!("{open}https://{host}{path}?page={number}&per_page={size}{close}; rel=\"{rel}\"")
        })
        .collect();
    HeaderValue::from_str(&links.join(", ")).ok()
}
