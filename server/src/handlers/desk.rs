//! The desk: what staff see and do, one file per page.

pub mod events;
pub mod export;
pub mod invite_new;
pub mod invites_bulk;
pub mod link;
pub mod list;
mod list_query;
pub mod presets;
mod timeline;
pub mod views;

use app::shell::{DeskTab, Page, Top};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use crate::render;
use crate::sessions::AtDesk;

/// A page of the desk, with its top bar.
async fn page<V, F>(desk: &AtDesk, tab: DeskTab, title: String, content: F) -> Response
where
    V: IntoView + 'static,
    F: Fn() -> V + Clone + Send + Sync + 'static,
{
    document(desk, tab, title, false, content).await
}

/// The same with the script that copies texts.
async fn page_with_script<V, F>(desk: &AtDesk, tab: DeskTab, title: String, content: F) -> Response
where
    V: IntoView + 'static,
    F: Fn() -> V + Clone + Send + Sync + 'static,
{
    document(desk, tab, title, true, content).await
}

async fn document<V, F>(desk: &AtDesk, tab: DeskTab, title: String, live: bool, content: F) -> Response
where
    V: IntoView + 'static,
    F: Fn() -> V + Clone + Send + Sync + 'static,
{
    let top = Top::Desk { email: desk.caller.email().to_string(), tab };
    render::page(StatusCode::OK, move || {
        let (title, top, content) = (title.clone(), top.clone(), content.clone());
        view! {
            <Page assets=render::assets() title=title top=top foot=None live=live refresh=None>
                {content()}
            </Page>
        }
    })
    .await
}
