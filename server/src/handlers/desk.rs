//! The desk: what staff see and do, one file per page.

pub mod audit;
pub mod insights;
pub mod link;
pub mod list;
mod timeline;
pub mod ukg;

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
    let top = Top::Desk { email: desk.caller.email().to_string(), tab, role: desk.caller.role() };
    render::page(StatusCode::OK, move || {
        let (title, top, content) = (title.clone(), top.clone(), content.clone());
        view! {
            <Page assets=render::assets() title=title top=top foot=None refresh=None>
                {content()}
            </Page>
        }
    })
    .await
}
