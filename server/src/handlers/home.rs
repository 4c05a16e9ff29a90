//! `/`.

use app::pages::HomePage;
use app::shell::{Page, Top};
use app::text::message::home;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use crate::render;

/// What this is, and which door is whose.
pub async fn show() -> Response {
    render::page(StatusCode::OK, || {
        view! {
            <Page assets=render::assets() title=home::TITLE top=Top::Plain foot=Some(home::FOOT.to_owned())>
                <HomePage />
            </Page>
        }
    })
    .await
}
