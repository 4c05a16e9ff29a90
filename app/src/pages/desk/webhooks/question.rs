//! What is asked before an endpoint's secret is replaced or it is removed; and a secret, told once.

use leptos::prelude::*;

use crate::components::{FreshAddress, Sign};
use crate::icons::Icon;
use crate::text::desk::webhooks::{self as words, removal, secret};

/// What is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndpointQuestion {
    /// Replacing its secret.
    Secret,
    /// Removing it.
    Removal,
}

/// The question.
#[component]
pub fn EndpointQuestionPage(
    /// What is asked about.
    question: EndpointQuestion,
    /// The endpoint's id.
    id: String,
    /// Its address.
    url: String,
    /// Which secret is to be replaced: sent a second time, as by loading the answer again, the form replaces nothing.
    #[prop(optional)]
    since: String,
) -> impl IntoView {
    let back = format!("/desk/webhooks/{id}");
    let (heading, points, button, keep, action) = match question {
        EndpointQuestion::Secret => {
            (secret::HEADING, &secret::POINTS[..], secret::BUTTON, secret::KEEP, format!("{back}/secret"))
        }
        EndpointQuestion::Removal => {
            (removal::HEADING, &removal::POINTS[..], removal::BUTTON, removal::KEEP, format!("{back}/remove"))
        }
    };
    let points = points.iter().map(|point| view! { <li>{*point}</li> });
    view! {
        <main class="desk desk--one" id="main" tabindex="-1">
            <a class="back" href=back.clone()>{Icon::Back.view()} {words::message::BACK}</a>
            <h1>{heading}</h1>
            <p class="soft wrap">{url}</p>
            <section class="card">
                <ul class="bullets">{points.collect_view()}</ul>
            </section>
            <form class="card form" method="post" action=action>
                {(!since.is_empty()).then(|| view! { <input type="hidden" name="since" value=since /> })}
                <div class="actions">
                    <button class="button button--quiet button--end" type="submit">{button}</button>
                    <a class="button button--quiet" href=back>{keep}</a>
                </div>
            </form>
        </main>
    }
}

/// What a fresh secret's page shows.
#[derive(Clone, Debug)]
pub struct EndpointSecretView {
    /// The endpoint's id.
    pub id: String,
    /// The secret.
    pub secret: String,
    /// Whether it replaces another.
    pub replaces: bool,
}

/// A fresh secret, this once.
#[component]
pub fn EndpointSecretPage(
    /// What it shows.
    view: EndpointSecretView,
) -> impl IntoView {
    let EndpointSecretView { id, secret: text, replaces } = view;
    let heading = if replaces { secret::REPLACED } else { secret::ADDED };
    view! {
        <main class="narrow narrow--wide narrow--secret" id="main" tabindex="-1" data-endpoint-id=id.clone()>
            <Sign tone="ok" icon=Icon::Check big=true />
            <h1>{heading}</h1>
            {replaces.then(|| view! { <p class="narrow__text">{secret::BOTH}</p> })}
            <div class="card">
                <FreshAddress
                    id="webhook-secret"
                    label=secret::LABEL
                    url=text
                    copy=secret::COPY
                    until=secret::ONCE.to_owned()
                />
            </div>
            <div class="actions">
                <a class="button button--quiet" href=format!("/desk/webhooks/{id}")>{secret::GO_ON}</a>
            </div>
        </main>
    }
}
