//! The desk: what staff see and do, one file per page.

pub mod account;
pub mod audit;
pub mod confirm;
pub mod events;
pub mod export;
pub mod insights;
pub mod invite_new;
pub mod invites_bulk;
pub mod link;
pub mod list;
mod list_query;
pub mod presets;
pub mod preview;
mod qr;
pub mod staff;
mod timeline;
pub mod ukg;
pub mod views;
pub mod webhooks;
pub mod work;

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
    page_with(StatusCode::OK, desk, tab, title, content).await
}

/// The same with another status: a form that was refused.
async fn page_with<V, F>(
    status: StatusCode,
    desk: &AtDesk,
    tab: DeskTab,
    title: String,
    content: F,
) -> Response
where
    V: IntoView + 'static,
    F: Fn() -> V + Clone + Send + Sync + 'static,
{
    document(status, desk, tab, title, None, content).await
}

/// The same, which a browser without script loads again after so many seconds.
async fn page_again<V, F>(desk: &AtDesk, tab: DeskTab, title: String, again: u32, content: F) -> Response
where
    V: IntoView + 'static,
    F: Fn() -> V + Clone + Send + Sync + 'static,
{
    document(StatusCode::OK, desk, tab, title, Some(again), content).await
}

async fn document<V, F>(
    status: StatusCode,
    desk: &AtDesk,
    tab: DeskTab,
    title: String,
    again: Option<u32>,
    content: F,
) -> Response
where
    V: IntoView + 'static,
    F: Fn() -> V + Clone + Send + Sync + 'static,
{
    let top = Top::Desk { email: desk.caller.email().to_string(), tab, role: desk.caller.role() };
    render::page(status, move || {
        let (title, top, content) = (title.clone(), top.clone(), content.clone());
        view! {
            <Page assets=render::assets() title=title top=top foot=None live=true passkey=true refresh=again>
                {content()}
            </Page>
        }
    })
    .await
}
