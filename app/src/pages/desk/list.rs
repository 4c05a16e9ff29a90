//! `/desk`: every link, who must act, and what happens next.
//!
//! The page's parts that change by themselves carry `data-part`; `parts` renders those alone, for `frontend/desk.js`.

mod address;
mod filters;
mod pager;
mod strip;
mod table;

use domain::{LinkStage, LinkStatus, Timestamp, WhoActs};
use leptos::prelude::*;

use crate::components::{GivenUpCount, Sign, UkgBanner, UkgTrouble, WorkNotice};
use crate::icons::Icon;
use crate::text::desk::invites;
use crate::text::desk::list as words;

pub use address::ListAddress;
use filters::{MoreFilters, SearchForm, StageFilters, Views};
use pager::Pager;
pub use strip::DayTone;
pub use table::DeskRow;
use table::Table;

/// How many links there are of a kind.
#[derive(Clone, Debug, Default)]
pub struct LinkCounts {
    /// Of each stage.
    pub stages: Vec<(LinkStage, u64)>,
    /// Of each status.
    pub statuses: Vec<(LinkStatus, u64)>,
    /// For each who can act.
    pub who: Vec<(WhoActs, u64)>,
}

/// A list that the reader saved.
#[derive(Clone, Debug)]
pub struct DeskView {
    /// Its name.
    pub name: String,
    /// What its address asks for.
    pub query: String,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct DeskListView {
    /// What is asked for.
    pub address: ListAddress,
    /// From where on, as the address says it; `None` from the beginning.
    pub place: Option<String>,
    /// The rows.
    pub rows: Vec<DeskRow>,
    /// How many links there are, whatever is asked for.
    pub counts: LinkCounts,
    /// What the reader saved.
    pub views: Vec<DeskView>,
    /// Why a view was not saved.
    pub refused: Option<&'static str>,
    /// The place of the page before.
    pub before: Option<String>,
    /// The place of the page after.
    pub after: Option<String>,
    /// Now, for ages.
    pub now: Timestamp,
}

impl LinkCounts {
    fn all(&self) -> u64 {
        self.stages.iter().map(|(_, links)| links).sum()
    }

    fn acting(&self) -> u64 {
        let acting = self.stages.iter().filter(|(stage, _)| *stage == LinkStage::NeedsAction);
        acting.map(|(_, links)| links).sum()
    }
}

/// The page.
#[component]
pub fn DeskListPage(
    /// What it shows.
    view: DeskListView,
    /// Where UKG Pro does not answer well.
    #[prop(optional)]
    ukg: Vec<UkgTrouble>,
    /// How much background work was given up.
    #[prop(optional)]
    given_up: GivenUpCount,
) -> impl IntoView {
    let events = match &view.place {
        Some(place) => view.address.href_after(place).replacen("/desk", "/desk/events", 1),
        None => view.address.at("/desk/events"),
    };
    let any = view.counts.all() > 0;
    view! {
        <main class="desk" id="main" tabindex="-1" data-list=events>
            <header class="desk__head">
                <div>
                    <h1>{crate::text::desk::LINKS}</h1>
                    <Summary view=view.clone() />
                </div>
                <div class="desk__tools">
                    <noscript>
                        <a class="button button--quiet button--small" href=view.address.href()>{words::REFRESH}</a>
                    </noscript>
                    <button class="button button--quiet button--small" type="button" data-keys hidden>{words::KEYS}</button>
                    {any
                        .then(|| {
                            let href = view.address.at("/desk/export.csv");
                            view! { <a class="button button--quiet button--small" href=href download="">{words::EXPORT}</a> }
                        })}
                    {any.then(|| view! { <a class="button" href="/desk/invites/new">{invites::NEW}</a> })}
                </div>
            </header>
            <UkgBanner troubles=ukg />
            <WorkNotice given_up />
            <div class="desk__bar">
                <SearchForm address=view.address.clone() />
                <StageFilters view=view.clone() />
            </div>
            <Views view=view.clone() />
            <MoreFilters view=view.clone() />
            <Rows view />
            <Keys />
        </main>
    }
}

/// The parts that change by themselves, as HTML, for a page that is open.
#[must_use]
pub fn list_parts(view: &DeskListView) -> String {
    let view = view.clone();
    let html = Owner::new().with(|| {
        view! {
            <Summary view=view.clone() />
            <StageFilters view=view.clone() />
            <filters::MoreGroups view=view.clone() />
            <Rows view />
        }
        .to_html()
    });
    // An event's data has no line breaks; a customer's name has none either.
    html.replace(['\n', '\r'], " ")
}

#[component]
fn Summary(view: DeskListView) -> impl IntoView {
    let acting = view.counts.acting();
    let to = ListAddress { stage: Some(LinkStage::NeedsAction), ..ListAddress::default() };
    let shown = view.address.stage == to.stage;
    let show = (acting > 0 && !shown).then(|| view! { " " <a href=to.href()>{words::SHOW_THEM}</a> });
    view! { <p class="soft" data-part="summary">{words::summary(acting)} {show}</p> }
}

#[component]
fn Rows(view: DeskListView) -> impl IntoView {
    let content = if view.rows.is_empty() {
        nothing(&view).into_any()
    } else {
        let pager = view.clone();
        view! {
            <Table rows=view.rows now=view.now />
            <Pager view=pager />
        }
        .into_any()
    };
    view! { <div data-part="rows">{content}</div> }
}

/// What stands in the place of rows, and the way on.
fn nothing(view: &DeskListView) -> impl IntoView + use<> {
    let address = &view.address;
    let own = |words: (&str, &str)| (words.0.to_owned(), words.1.to_owned());
    let only_stage =
        ListAddress { stage: Some(LinkStage::NeedsAction), sort: address.sort, ..ListAddress::default() };
    let all = ListAddress { sort: address.sort, ..ListAddress::default() };
    let (icon, tone, (heading, body), action) = if view.counts.all() == 0 {
        (Icon::Link, "now", own(words::EMPTY), None)
    } else if view.place.is_some() {
        (Icon::Back, "now", own(words::BEYOND), Some((words::TO_THE_START, address.href())))
    } else if !address.search.is_empty() {
        let body = if address.search.chars().count() < 3 {
            words::not_found_short(&address.search)
        } else {
            words::not_found(&address.search)
        };
        let cleared = ListAddress { search: String::new(), ..address.clone() };
        (
            Icon::Search,
            "now",
            (words::NOT_FOUND.to_owned(), body),
            Some((words::CLEAR_SEARCH, cleared.href())),
        )
    } else if *address == only_stage {
        (Icon::Check, "ok", own(words::ALL_WELL), Some((words::SHOW_ALL, all.href())))
    } else if address.mine {
        (Icon::Person, "now", own(words::NONE_MINE), Some((words::SHOW_ALL, all.href())))
    } else {
        (Icon::Search, "now", own(words::NONE), Some((words::SHOW_ALL, all.href())))
    };
    let begin = (view.counts.all() == 0).then(|| {
        view! {
            <div class="actions">
                <a class="button" href="/desk/invites/new">{invites::NEW}</a>
                <a class="button button--quiet" href="/desk/invites/bulk">{invites::MANY}</a>
            </div>
        }
    });
    view! {
        <section class="empty" aria-labelledby="empty-title">
            <Sign tone icon big=true />
            <h2 id="empty-title">{heading}</h2>
            <p>{body}</p>
            {begin}
            {action.map(|(name, href)| view! { <a class="button button--quiet" href=href>{name}</a> })}
        </section>
    }
}

/// The keys, for whoever asks.
#[component]
fn Keys() -> impl IntoView {
    view! {
        <dialog class="keys" id="keys" aria-labelledby="keys-title">
            <h2 id="keys-title">{words::KEYS}</h2>
            <dl>
                {words::KEYS_LIST
                    .map(|(key, does)| {
                        let keys = key.split("  ").map(|key| view! { <kbd>{key}</kbd> }).collect_view();
                        view! {
                            <div>
                                <dt>{keys}</dt>
                                <dd>{does}</dd>
                            </div>
                        }
                    })
                    .collect_view()}
            </dl>
            <form method="dialog">
                <button class="button button--quiet button--small">{words::CLOSE}</button>
            </form>
        </dialog>
    }
}
