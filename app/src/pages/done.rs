//! The receipt: what was linked, what is kept, who sees what. Printable.

use domain::{LinkStatus, PermissionResult, RowResult, Timestamp};
use leptos::prelude::*;

use super::welcome::point;
use crate::components::{Fact, FlowFrame, Sign, Stepper};
use crate::icons::Icon;
use crate::rich::rich;
use crate::text::check::done;
use crate::when;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct DoneView {
    /// What every page of the flow shows.
    pub frame: FlowFrame,
    /// The link's status.
    pub status: LinkStatus,
    /// The customer.
    pub customer: String,
    /// Whom the invite was sent to, if known.
    pub contact: Option<String>,
    /// When it was linked.
    pub linked_at: Timestamp,
    /// The host.
    pub host: String,
    /// What the last check found.
    pub rows: Vec<RowResult>,
}

/// The page.
#[component]
pub fn DonePage(
    /// What it shows.
    view: DoneView,
) -> impl IntoView {
    let company = view.frame.company.clone();
    let number = view.frame.link.to_string();
    let named = |result: PermissionResult| -> Vec<&'static str> {
        view.rows.iter().filter(|row| row.result == result).map(|row| row.permission.label()).collect()
    };
    let (granted, missing, untestable) = (
        named(PermissionResult::Granted),
        named(PermissionResult::Missing),
        named(PermissionResult::Untestable),
    );
    let unchecked = named(PermissionResult::Unchecked);
    let gaps = !missing.is_empty() || !unchecked.is_empty();
    view! {
        <div class="flow">
            <Stepper frame=view.frame />
            <main class="flow__main" id="main" tabindex="-1">
                <div class="flow__read">
                    <header class="lead">
                        <h1>{done::HEADING.0}</h1>
                        <p class="lead__text">{done::HEADING.1}</p>
                    </header>
                    <section
                        class="card receipt"
                        aria-labelledby="receipt-title"
                        data-link-status=view.status.as_str()
                    >
                        <div class="receipt__head">
                            <Sign tone="ok" icon=Icon::Check big=true />
                            <div>
                                <h2 id="receipt-title">{done::RECEIPT}</h2>
                                <p>{done::parties(&view.customer, &company)}</p>
                            </div>
                        </div>
                        <dl class="facts">
                            <Fact name=done::WHEN>
                                {when::time(
                                    view.linked_at,
                                    format!("{} (UTC)", when::date_and_time(view.linked_at)),
                                    "",
                                )}
                            </Fact>
                            <Fact name=done::WHO>{rich(&done::who(view.contact.as_deref()))}</Fact>
                            <Fact name=done::SYSTEM>
                                <span class="mono">{view.host}</span>
                            </Fact>
                            <Fact name=done::GRANTED>{list(Icon::Check, granted)}</Fact>
                            {(!missing.is_empty())
                                .then(|| view! { <Fact name=done::MISSING>{list(Icon::Alert, missing)}</Fact> })}
                            {(!unchecked.is_empty())
                                .then(|| view! { <Fact name=done::UNCHECKED>{list(Icon::Dash, unchecked)}</Fact> })}
                            {(!untestable.is_empty())
                                .then(|| view! { <Fact name=done::UNTESTABLE>{list(Icon::Dash, untestable)}</Fact> })}
                            <Fact name=done::KEPT>{list(Icon::Lock, done::KEPT_ROWS.to_vec())}</Fact>
                            <Fact name=done::sees(&company)>
                                <p>{done::SEES}</p>
                            </Fact>
                            <Fact name=done::NUMBER>
                                <span class="mono">{number}</span>
                            </Fact>
                        </dl>
                    </section>
                    {gaps
                        .then(|| {
                            view! {
                                <p class="actions screen">
                                    <a class="button button--quiet" href="check">{done::BACK_TO_CHECK}</a>
                                </p>
                            }
                        })}
                    <section aria-labelledby="later">
                        <h2 id="later">{done::LATER}</h2>
                        <ul class="points">
                            {point(Icon::Clock, done::LATER_BACK)} {point(Icon::Lock, done::LATER_END)}
                        </ul>
                    </section>
                    <p class="soft small screen">{done::PRINT}</p>
                </div>
            </main>
        </div>
    }
}

fn list(icon: Icon, names: Vec<&'static str>) -> impl IntoView {
    // Only what is granted or kept safe has the colour of good news.
    let class = if matches!(icon, Icon::Alert | Icon::Dash) { "receipt__open" } else { "" };
    view! { <ul class=class>{names.into_iter().map(|name| view! { <li>{icon.view()} {name}</li> }).collect_view()}</ul> }
}
