//! Everything that happened to a link, by day, the newest first: what, who, how long it took, what the customer read.

use domain::{ProblemCode, Timestamp};
use leptos::prelude::*;

use crate::rich::{rich, without_links};
use crate::text::desk::timeline as words;
use crate::text::{desk, problems};
use crate::when;

/// How an entry of the timeline looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimelineTone {
    /// Nothing special.
    Plain,
    /// Good news.
    Good,
    /// Something could not be done, and nothing changed by it.
    Warn,
    /// A problem.
    Bad,
}

/// One entry of the timeline.
#[derive(Clone, Debug)]
pub struct TimelineItem {
    /// When.
    pub at: Timestamp,
    /// Who did it.
    pub who: String,
    /// What happened.
    pub what: String,
    /// How long it took.
    pub took: Option<String>,
    /// How often it happened, when it is told once for all, and when first.
    pub repeats: Option<(u32, Timestamp)>,
    /// More about it.
    pub more: Option<String>,
    /// The problem it tells of.
    pub code: Option<ProblemCode>,
    /// Whether the administrator read the problem's sentences.
    pub was_read: bool,
    /// The shape of what was entered. Never the value.
    pub shape: Option<String>,
    /// Where it leads: an address and its words.
    pub leads: Option<(String, &'static str)>,
    /// How it looks.
    pub tone: TimelineTone,
}

/// What happened on one day (UTC).
#[derive(Clone, Debug)]
pub struct TimelineDay {
    /// The day.
    pub day: Timestamp,
    /// The entries, newest first.
    pub items: Vec<TimelineItem>,
}

/// A part of what happened.
#[derive(Clone, Debug)]
pub struct TimelineView {
    /// The days, newest first.
    pub days: Vec<TimelineDay>,
    /// The entry that what happened earlier is asked for by, when there is more.
    pub earlier: Option<String>,
    /// Whether this is not the newest part.
    pub is_earlier: bool,
}

/// The section.
pub(super) fn section(id: &str, timeline: TimelineView) -> impl IntoView + use<> {
    let TimelineView { days, earlier, is_earlier } = timeline;
    let page = format!("/desk/links/{id}");
    let newest = is_earlier
        .then(|| view! { <a class="button button--quiet button--small" href=format!("{page}#time-title")>{words::NEWEST}</a> });
    let earlier = earlier.map(|entry| {
        let href = format!("{page}?before={entry}#time-title");
        view! { <a class="button button--quiet button--small" href=href rel="next">{words::EARLIER}</a> }
    });
    let any = newest.is_some() || earlier.is_some();
    view! {
        <section aria-labelledby="time-title">
            <h2 id="time-title">{desk::TIMELINE}</h2>
            <div class="days" data-days="">{days.into_iter().map(day).collect_view()}</div>
            {any.then(|| view! { <nav class="pages" aria-label=desk::TIMELINE>{newest} {earlier}</nav> })}
        </section>
    }
}

fn day(day: TimelineDay) -> impl IntoView {
    let name = words::day(&when::date(day.day));
    view! {
        <section class="day">
            <h3 class="day__name">{name}</h3>
            <ol class="timeline">{day.items.into_iter().map(item).collect_view()}</ol>
        </section>
    }
}

fn item(item: TimelineItem) -> impl IntoView {
    let class = match item.tone {
        TimelineTone::Plain => "timeline__item",
        TimelineTone::Good => "timeline__item timeline__item--ok",
        TimelineTone::Warn => "timeline__item timeline__item--warn",
        TimelineTone::Bad => "timeline__item timeline__item--bad",
    };
    let read = item.code.filter(|_| item.was_read).map(|code| {
        let text = problems::for_admin(code);
        view! {
            <p class="timeline__read">
                <span>{words::READ}</span>
                " “"
                <b>{text.title}</b>
                ". "
                {rich(&without_links(text.body))}
                "”"
            </p>
        }
    });
    view! {
        <li class=class data-code=item.code.map(ProblemCode::as_str)>
            <p class="timeline__line">
                <span class="timeline__what">{item.what}</span>
                {item.took.map(|took| view! { <span class="timeline__took">{took}</span> })}
            </p>
            {item
                .repeats
                .map(|(times, since)| {
                    view! { <p>{when::within(words::repeats(times), since, when::date_and_time(since))}</p> }
                })}
            {item.more.map(|more| view! { <p>{more}</p> })}
            {read}
            {item.shape.map(|shape| view! { <p class="timeline__shape">{words::ENTERED} " " {shape}</p> })}
            {item.leads.map(|(href, name)| view! { <p><a href=href>{name}</a></p> })}
            <p class="timeline__when">
                {when::time(item.at, when::clock(item.at), "timeline__clock")}
                " · "
                <span class="timeline__who">{item.who}</span>
            </p>
        </li>
    }
}
