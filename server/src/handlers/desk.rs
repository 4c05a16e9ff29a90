//! The desk: what staff see and do, one file per page.

pub mod link;
pub mod list;
pub mod preview;
mod timeline;

use app::shell::{DeskTab, Page, Top};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use crate::render;
use crate::sessions::AtDesk;

/// What a page of the desk has besides.
#[derive(Clone, Copy, Debug, Default)]
struct PageExtras {
    /// Whether there is something for the live script, as a text to copy.
    live: bool,
    /// After how many seconds a browser without script loads the page again.
    refresh: Option<u32>,
}

/// A page of the desk, with its top bar.
async fn page<V, F>(desk: &AtDesk, tab: DeskTab, title: String, content: F) -> Response
where
    V: IntoView + 'static,
    F: Fn() -> V + Clone + Send + Sync + 'static,
{
    page_with(desk, tab, title, PageExtras::default(), content).await
}

/// The same with more.
async fn page_with<V, F>(
    desk: &AtDesk,
    tab: DeskTab,
    title: String,
    PageExtras { live, refresh }: PageExtras,
    content: F,
) -> Response
where
    V: IntoView + 'static,
    F: Fn() -> V + Clone + Send + Sync + 'static,
{
    let top = Top::Desk { email: desk.caller.email().to_string(), tab };
    render::page(StatusCode::OK, move || {
        let (title, top, content) = (title.clone(), top.clone(), content.clone());
        view! {
            <Page assets=render::assets() title=title top=top foot=None live refresh=refresh>
                {content()}
            </Page>
        }
    })
    .await
}
