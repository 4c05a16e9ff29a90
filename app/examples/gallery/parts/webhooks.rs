//! Webhooks: endpoints, and what became of their messages.

use app::pages::{
    AttemptRow, EndpointNewPage, EndpointNewView, EndpointPage, EndpointPageView, EndpointQuestion,
    EndpointQuestionPage, EndpointRow, EndpointSecretPage, EndpointSecretView, MessageRow, NextTry,
    WebhookMessagePage, WebhookMessageView, WebhooksPage, WebhooksView,
};
use app::text::desk::webhooks::{self as words, new, said};
use domain::{DeliveryProblem, DeliveryState, EndpointState, InvalidWebhookUrl, WebhookEvent, WebhookEvents};
use leptos::prelude::*;

use super::NOW;
use crate::Shown;

const BODY: &str = "{\n  \"type\": \"link.linked\",\n  \"timestamp\": \"2026-11-26T20:50:00.000Z\",\n  \"sequence\": 17,\n  \
    \"data\": {\n    \"link_id\": \"lnk_01938a1f2b3c7d4e8f90123456789abc\",\n    \"customer\": \"Contoso Health\",\n    \
    \"status\": \"linked\"\n  }\n}";

fn endpoint(url: &str, state: EndpointState, quiet: bool) -> EndpointRow {
    EndpointRow {
        id: "whe_1".to_owned(),
        url: url.to_owned(),
        state,
        quiet_until: quiet.then_some(NOW),
        events: if quiet {
            WebhookEvents::of(&[WebhookEvent::LinkLinked, WebhookEvent::LinkBroken])
        } else {
            WebhookEvents::All
        },
        waiting: if quiet { 1_204 } else { 0 },
        failed: if quiet { 3 } else { 0 },
    }
}

fn message(sequence: u64, event: WebhookEvent, state: DeliveryState) -> MessageRow {
    let waits = state == DeliveryState::Waiting;
    MessageRow {
        id: format!("msg_{sequence}"),
        sequence,
        event,
        state,
        attempts: if waits { 4 } else { 1 },
        status: if waits { Some(503) } else { Some(204) },
        problem: waits.then_some(DeliveryProblem::Status),
        at: NOW,
        next: waits.then_some(NextTry::At(NOW)),
    }
}

fn one(endpoint: EndpointRow, may_change: bool) -> EndpointPageView {
    let failed = MessageRow {
        problem: Some(DeliveryProblem::Timeout),
        status: None,
        ..message(15, WebhookEvent::LinkAttention, DeliveryState::Failed)
    };
    EndpointPageView {
        endpoint,
        since: NOW,
        old_secret_until: may_change.then_some(NOW),
        messages: vec![
            message(17, WebhookEvent::LinkLinked, DeliveryState::Waiting),
            message(16, WebhookEvent::LinkStepSaved, DeliveryState::Delivered),
            failed,
        ],
        listed: None,
        older: Some("/desk/webhooks/whe_1?below=15".to_owned()),
        is_older: true,
        may_change,
        done: may_change.then(|| said::of("tested")).flatten(),
    }
}

/// Every state.
pub fn all() -> Vec<Shown> {
    const URL: &str = "https://hooks.northwind.example/linkdesk";
    let long = format!(
        "https://integration.a-long-name-of-a-host.northwind-learning.example/{}",
        "hook/".repeat(12)
    );
    let list = WebhooksView {
        endpoints: vec![
            endpoint(URL, EndpointState::Active, false),
            endpoint(&long, EndpointState::Active, true),
            endpoint("https://old.example/", EndpointState::Gone, false),
            endpoint("http://10.20.0.7:8080/", EndpointState::Paused, false),
        ],
        may_change: true,
        done: said::of("removed"),
    };
    let none = WebhooksView { endpoints: Vec::new(), may_change: true, done: None };
    let refused = EndpointNewView {
        url: "example.com".to_owned(),
        ticked: vec![WebhookEvent::LinkBroken],
        problem: Some(new::invalid(InvalidWebhookUrl::Unreadable).to_owned()),
    };
    let secret =
        EndpointSecretView { id: "whe_1".to_owned(), secret: "whsec_…".to_owned(), replaces: true };
    let attempts = vec![
        AttemptRow {
            number: 1,
            at: NOW,
            answer: words::problem(DeliveryProblem::Timeout, None),
            took_ms: 15_000,
        },
        AttemptRow { number: 2, at: NOW, answer: words::message::taken(204), took_ms: 48 },
    ];
    let shown = WebhookMessageView {
        back: "/desk/webhooks/whe_1".to_owned(),
        message: message(17, WebhookEvent::LinkLinked, DeliveryState::Delivered),
        link: Some(("lnk_01938a1f2b3c7d4e8f90123456789abc".to_owned(), "Contoso Health".to_owned())),
        body: BODY.to_owned(),
        give_up_at: None,
        attempts,
        may_change: true,
        done: None,
    };
    let (failing, gone) = (
        one(endpoint(&long, EndpointState::Active, true), true),
        one(endpoint(URL, EndpointState::Gone, false), false),
    );
    vec![
        Shown::desk("webhooks", view! { <WebhooksPage view=list /> }),
        Shown::desk("webhooks-none", view! { <WebhooksPage view=none /> }),
        Shown::desk("webhook-new", view! { <EndpointNewPage view=refused /> }),
        Shown::desk("webhook-secret", view! { <EndpointSecretPage view=secret /> }),
        Shown::desk("webhook-failing", view! { <EndpointPage view=failing /> }),
        Shown::desk("webhook-gone", view! { <EndpointPage view=gone /> }),
        Shown::desk(
            "webhook-remove",
            view! { <EndpointQuestionPage question=EndpointQuestion::Removal id="whe_1".to_owned() url=URL.to_owned() /> },
        ),
        Shown::desk("webhook-message", view! { <WebhookMessagePage view=shown /> }),
    ]
}
