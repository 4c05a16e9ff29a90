//! `/link/{id}/disconnect`: asks before a link is ended.

use leptos::prelude::*;

use crate::components::{Fact, FlowFrame, Stepper};
use crate::text::{disconnect, done};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct DisconnectView {
    /// What every page of the flow shows.
    pub frame: FlowFrame,
    /// The customer.
    pub customer: String,
    /// The host.
    pub host: String,
}

/// The page.
#[component]
pub fn DisconnectPage(
    /// What it shows.
    view: DisconnectView,
) -> impl IntoView {
    let company = view.frame.company.clone();
    let points = disconnect::points(&company).map(|point| view! { <li>{point}</li> });
    view! {
        <div class="flow">
            <Stepper frame=view.frame />
            <main class="flow__main" id="main" tabindex="-1">
                <div class="flow__read">
                    <header class="lead">
                        <h1>{disconnect::HEADING}</h1>
                        <p class="lead__text">{disconnect::lead(&company)}</p>
                    </header>
                    <section class="card">
                        <dl class="facts">
                            <Fact name=done::RECEIPT>{done::parties(&view.customer, &company)}</Fact>
                            <Fact name=done::SYSTEM>
                                <span class="mono">{view.host}</span>
                            </Fact>
                            <Fact name=disconnect::HAPPENS>
                                <ul class="bullets">{points.collect_view()}</ul>
                            </Fact>
                        </dl>
                    </section>
                    <form class="actions" method="post" action="disconnect">
                        <a class="button" href="done">{disconnect::KEEP}</a>
                        <button class="button button--quiet button--end" type="submit" name="confirm" value="yes">
                            {disconnect::CONFIRM}
                        </button>
                    </form>
                </div>
            </main>
        </div>
    }
}
