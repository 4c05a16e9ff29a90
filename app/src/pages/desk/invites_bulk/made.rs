//! The invites that were made of a table, shown once.

use leptos::prelude::*;

use super::preview::{BulkRow, lines};
use crate::components::TextArea;
use crate::icons::Icon;
use crate::text::desk::invites_bulk as words;
use crate::text::{desk, forward};

/// One invite.
#[derive(Clone, Debug)]
pub struct BulkMadeRow {
    /// The line it was made of.
    pub number: u64,
    /// The link's id.
    pub link: String,
    /// The customer.
    pub customer: String,
    /// The contact.
    pub contact: String,
    /// Staff's own name for it.
    pub reference: String,
    /// The invite's address.
    pub url: String,
    /// Until when it is good, as machines read it.
    pub good_until: String,
}

/// What the page shows.
#[derive(Clone, Debug, Default)]
pub struct BulkMadeView {
    /// The invites.
    pub made: Vec<BulkMadeRow>,
    /// The same as a table for a spreadsheet.
    pub table: String,
    /// How many are being mailed.
    pub mailing: usize,
    /// The lines of which nothing was made.
    pub left_out: Vec<BulkRow>,
}

/// The page.
#[component]
pub fn BulkMadePage(
    /// What it shows.
    view: BulkMadeView,
) -> impl IntoView {
    let BulkMadeView { made, table, mailing, left_out } = view;
    let (number, left) = (made.len(), left_out.len());
    let lead = if number == 0 { words::NONE_LEAD } else { words::MADE_LEAD };
    let invites = (number > 0).then(|| {
        view! {
            <div class="card order__part">
                <label class="field__label" for="made-table">{words::MADE_LABEL}</label>
                <TextArea id="made-table" value=table rows=6 described_by="" readonly=true mono=true />
                <div class="actions" data-script="" hidden>
                    <button class="button" type="button" data-copy="made-table" data-copied=forward::COPIED>{words::COPY}</button>
                </div>
            </div>
            {invite_table(made)}
        }
    });
    view! {
        <main class="desk" id="main" tabindex="-1">
            <a class="back" href="/desk">{Icon::Back.view()} {desk::ALL_LINKS}</a>
            <header class="desk__head">
                <div>
                    <h1>{words::made(number)}</h1>
                    <p class="soft">{lead}</p>
                    {(mailing > 0).then(|| view! { <p class="soft">{words::mailing(mailing)}</p> })}
                </div>
            </header>
            <div class="order order--wide">
                {invites}
                {(left > 0)
                    .then(|| {
                        view! {
                            <h2>{words::left_out(left)}</h2>
                            {lines(left_out)}
                        }
                    })}
                <div class="actions">
                    <a class="button button--quiet" href="/desk">{words::TO_LIST}</a>
                </div>
            </div>
        </main>
    }
}

fn invite_table(made: Vec<BulkMadeRow>) -> impl IntoView {
    let [customer, contact, url] = words::MADE_HEADINGS;
    let headings = words::MADE_HEADINGS.map(|name| view! { <th role="columnheader" scope="col">{name}</th> });
    let rows = made.into_iter().map(|row| {
        view! {
            <tr role="row" data-link-id=row.link.clone()>
                <td role="cell" data-label=customer>
                    <a class="table__main" href=format!("/desk/links/{}", row.link)>{row.customer}</a>
                    <small>{words::line(row.number)}</small>
                </td>
                <td role="cell" data-label=contact>{row.contact}</td>
                <td role="cell" data-label=url>
                    <span class="mono small">{row.url}</span>
                </td>
            </tr>
        }
    });
    view! {
        <table class="table table--tight lines" role="table" aria-label=words::MADE_LABEL>
            <thead role="rowgroup">
                <tr role="row">{headings.collect_view()}</tr>
            </thead>
            <tbody role="rowgroup">{rows.collect_view()}</tbody>
        </table>
    }
}
