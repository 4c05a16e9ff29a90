//! Handing one step to a colleague: the page that offers it and tells the link, and the colleague's first page.

use domain::{Step, Timestamp};
use leptos::prelude::*;

use super::step_side::waiting_note;
use crate::components::{FlowFrame, FreshAddress, Stepper};
use crate::icons::Icon;
use crate::text::{flow, hand_over, welcome};

/// How far it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HandOverState {
    /// Not handed over.
    Offer,
    /// Handed over just now. The address is told this once.
    Made {
        /// The colleague's link.
        url: String,
        /// Until when it lets somebody in, in words.
        good_until: String,
    },
    /// Handed over before.
    Waiting {
        /// When.
        at: Timestamp,
        /// Whether the colleague opened it.
        started: bool,
    },
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct HandOverView {
    /// What every page of the flow shows.
    pub frame: FlowFrame,
    /// The step.
    pub step: Step,
    /// How far it is.
    pub state: HandOverState,
}

/// The page of the administrator who hands a step over.
#[component]
pub fn HandOverPage(
    /// What it shows.
    view: HandOverView,
) -> impl IntoView {
    let HandOverView { frame, step, state } = view;
    let body = match state {
        HandOverState::Offer => offered(step).into_any(),
        HandOverState::Made { url, good_until } => made(url, &good_until).into_any(),
        HandOverState::Waiting { at, started } => view! {
            <header class="lead">
                <h1>{hand_over::offer_heading(step)}</h1>
            </header>
            {waiting_note(step, at, started)}
        }
        .into_any(),
    };
    view! {
        <div class="flow">
            <Stepper frame />
            <main class="flow__main" id="main" tabindex="-1">
                <div class="flow__read">
                    {body}
                    <p>
                        <a class="back" href=step.as_str()>{Icon::Back.view()} {hand_over::BACK}</a>
                    </p>
                </div>
            </main>
        </div>
    }
}

fn offered(step: Step) -> impl IntoView {
    let points = hand_over::OFFER_POINTS.map(|point| view! { <li>{point}</li> });
    view! {
        <header class="lead">
            <h1>{hand_over::offer_heading(step)}</h1>
            <p class="lead__text">{hand_over::OFFER_LEAD}</p>
        </header>
        <section class="card">
            <ul class="bullets">{points.collect_view()}</ul>
        </section>
        <form class="actions" method="post" action="hand-over">
            <input type="hidden" name="step" value=step.as_str() />
            <button class="button" type="submit">{hand_over::MAKE}</button>
        </form>
    }
}

fn made(url: String, good_until: &str) -> impl IntoView {
    view! {
        <header class="lead">
            <h1>{hand_over::MADE_HEADING}</h1>
            <p class="lead__text">{hand_over::MADE_LEAD}</p>
        </header>
        <section class="card">
            <FreshAddress
                id="hand-url"
                label=hand_over::MADE_LABEL
                url
                copy=hand_over::COPY
                until=hand_over::made_until(good_until)
            />
        </section>
    }
}

/// What the colleague's first page shows.
#[derive(Clone, Debug)]
pub struct HandWelcomeView {
    /// The inviting company.
    pub company: String,
    /// The step.
    pub step: Step,
    /// Until when the link lets somebody in, in words.
    pub good_until: String,
}

/// The colleague's first page. Looking at it changes nothing.
#[component]
pub fn HandWelcomePage(
    /// What it shows.
    view: HandWelcomeView,
) -> impl IntoView {
    let HandWelcomeView { company, step, good_until } = view;
    let points = hand_over::welcome_points(&company, &good_until).map(|point| view! { <li>{point}</li> });
    let minutes =
        flow::STEP_TIMES.get(usize::from(step.number()).saturating_sub(1)).copied().unwrap_or_default();
    view! {
        <main class="narrow narrow--wide" id="main" tabindex="-1">
            <section class="card">
                <p class="narrow__over">{minutes}</p>
                <h1>{hand_over::welcome_heading(step)}</h1>
                <p class="narrow__text">{hand_over::welcome_lead(&company)}</p>
                <ul class="bullets">{points.collect_view()}</ul>
                <form method="post">
                    <button class="button button--wide" type="submit">
                        {welcome::START}
                        " "
                        {Icon::Arrow.view()}
                    </button>
                </form>
            </section>
        </main>
    }
}
