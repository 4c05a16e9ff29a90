//! The search, the filters and the saved views. Each is a form or a link: they work without script.

use domain::{LinkSort, LinkStage, LinkStatus, WhoActs};
use leptos::prelude::*;

use super::{DeskListView, DeskView, ListAddress};
use crate::icons::Icon;
use crate::text::desk;
use crate::text::desk::list as words;

/// The search; what else narrows the list stays.
#[component]
pub fn SearchForm(
    /// What is asked for now.
    address: ListAddress,
) -> impl IntoView {
    let kept = [
        ("stage", address.stage.map(LinkStage::as_str)),
        ("status", address.status.map(LinkStatus::as_str)),
        ("who", address.who.map(WhoActs::as_str)),
        ("assignee", address.mine.then_some("me")),
        ("sort", (address.sort != LinkSort::default()).then_some(address.sort.as_str())),
    ];
    let hidden = kept
        .into_iter()
        .filter_map(|(name, value)| Some(view! { <input type="hidden" name=name value=value? /> }))
        .collect_view();
    let cleared = ListAddress { search: String::new(), ..address.clone() };
    let clear = (!address.search.is_empty()).then(|| {
        view! { <a class="search__clear" href=cleared.href() title=words::CLEAR_SEARCH>{Icon::Cross.view()}<span class="hidden">{words::CLEAR_SEARCH}</span></a> }
    });
    view! {
        <form class="search" role="search" action="/desk" method="get">
            <label class="hidden" for="q">{words::SEARCH}</label>
            <span class="search__field">
                <input class="field__input" id="q" name="q" type="text" inputmode="search" value=address.search placeholder=words::SEARCH maxlength="120" autocomplete="off" spellcheck="false" />
                <kbd class="search__key" data-keys aria-hidden="true" hidden>"/"</kbd>
                {clear}
            </span>
            {hidden}
            <button class="button button--quiet" type="submit">{words::SEARCH_DO}</button>
        </form>
    }
}

/// The stages, as chips.
#[component]
pub fn StageFilters(
    /// The list.
    view: DeskListView,
) -> impl IntoView {
    let here = &view.address;
    let to = |stage, mine| ListAddress { stage, mine, status: None, who: None, ..here.clone() };
    let chips = [LinkStage::NeedsAction, LinkStage::Underway, LinkStage::Linked].map(|stage| {
        let count =
            view.counts.stages.iter().find(|(other, _)| *other == stage).map_or(0, |(_, links)| *links);
        chip(words::stage(stage), Some(count), &to(Some(stage), here.mine), here)
    });
    let all = ListAddress { search: here.search.clone(), sort: here.sort, ..ListAddress::default() };
    let mine = ListAddress { mine: !here.mine, ..here.clone() };
    view! {
        <nav class="filters" aria-label=words::FILTERS data-part="stages">
            {chips.collect_view()}
            {chip(words::ALL, Some(view.counts.all()), &all, here)}
            <a class="filters__link" href=mine.href() aria-current=here.mine.then_some("true")>{words::MINE}</a>
        </nav>
    }
}

/// The other filters, folded away unless one is in use.
#[component]
pub fn MoreFilters(
    /// The list.
    view: DeskListView,
) -> impl IntoView {
    let address = &view.address;
    let open = address.status.is_some() || address.who.is_some() || view.refused.is_some();
    let query = address.query();
    let refused = view.refused.map(|why| view! { <p class="views__refused" role="alert">{why}</p> });
    view! {
        <details class="more" open=open>
            <summary>{words::MORE}</summary>
            <MoreGroups view=view.clone() />
            <form class="more__group more__save" action="/desk/views" method="post">
                <input type="hidden" name="query" value=query />
                <label class="more__name" for="view-name">{words::SAVE_VIEW}</label>
                <input class="field__input" id="view-name" name="name" type="text" placeholder=words::VIEW_NAME maxlength="40" required autocomplete="off" />
                <button class="button button--quiet button--small" type="submit">{words::SAVE}</button>
                {refused}
            </form>
        </details>
    }
}

/// Status, who acts, order.
#[component]
pub fn MoreGroups(
    /// The list.
    view: DeskListView,
) -> impl IntoView {
    let here = &view.address;
    let statuses = LinkStatus::ALL.into_iter().filter_map(|status| {
        let count =
            view.counts.statuses.iter().find(|(other, _)| *other == status).map_or(0, |(_, links)| *links);
        let to = ListAddress { status: Some(status), stage: None, ..here.clone() };
        (count > 0 || here.status == Some(status)).then(|| chip(desk::status(status), Some(count), &to, here))
    });
    let who = WhoActs::ALL.into_iter().map(|who| {
        let count = view.counts.who.iter().find(|(other, _)| *other == who).map_or(0, |(_, links)| *links);
        chip(words::by_who(who), Some(count), &ListAddress { who: Some(who), ..here.clone() }, here)
    });
    let orders = LinkSort::ALL
        .into_iter()
        .map(|sort| chip(words::order(sort), None, &ListAddress { sort, ..here.clone() }, here));
    let (statuses, who, orders) = (statuses.collect_view(), who.collect_view(), orders.collect_view());
    view! {
        <div data-part="more">
            {group(words::BY_STATUS, statuses)}
            {group(words::BY_WHO, who)}
            {group(words::BY_ORDER, orders)}
        </div>
    }
}

/// What the reader saved.
#[component]
pub fn Views(
    /// The list.
    view: DeskListView,
) -> impl IntoView {
    let here = view.address.query();
    (!view.views.is_empty()).then(|| {
        let views = view.views.into_iter().map(|DeskView { name, query }| {
            let current = (query == here).then_some("page");
            let href = if query.is_empty() { "/desk".to_owned() } else { format!("/desk?{query}") };
            let delete = words::delete_view(&name);
            view! {
                <span class="views__one">
                    <a class="filters__link" href=href aria-current=current>{name.clone()}</a>
                    <form action="/desk/views/delete" method="post">
                        <input type="hidden" name="name" value=name />
                        <input type="hidden" name="query" value=here.clone() />
                        <button class="views__delete" type="submit" aria-label=delete.clone() title=delete>{Icon::Cross.view()}</button>
                    </form>
                </span>
            }
        });
        view! { <nav class="filters views" aria-label=words::VIEWS>{views.collect_view()}</nav> }
    })
}

fn group(name: &'static str, chips: impl IntoView + 'static) -> impl IntoView {
    view! {
        <nav class="more__group" aria-label=name>
            <span class="more__name" aria-hidden="true">{name}</span>
            <span class="filters">{chips}</span>
        </nav>
    }
}

/// A link to another list; to this very one, when it is chosen.
fn chip(
    name: &'static str,
    count: Option<u64>,
    to: &ListAddress,
    here: &ListAddress,
) -> impl IntoView + use<> {
    view! {
        <a class="filters__link" href=to.href() aria-current=(to == here).then_some("page")>
            {name}
            {count.map(|count| view! { " " <span class="filters__count">{words::number(count)}</span> })}
        </a>
    }
}
