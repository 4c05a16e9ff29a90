//! `/desk/preview`: any screen of the customer's in any state, with made-up data. Nothing in it can act.

use app::pages::{DeskPreviewsPage, DeskPreviewsView, PreviewPage, PreviewView};
use app::shell::{DeskTab, Page, Top};
use app::text::desk::preview as words;
use app::{previews, text};
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::page;
use crate::error::HandlerError;
use crate::render;
use crate::sessions::AtDesk;

/// The index.
pub async fn index(desk: AtDesk) -> Response {
    let title = words::HEADING.to_owned();
    page(&desk, DeskTab::Links, title, || view! { <DeskPreviewsPage view=DeskPreviewsView /> }).await
}

/// One of them.
pub async fn show(_: AtDesk, name: Result<Path<String>, PathRejection>) -> Result<Response, HandlerError> {
    let Path(name) = name.map_err(|_| HandlerError::NotFound)?;
    let told = words::told(&name).ok_or(HandlerError::NotFound)?;
    let mut response = render::page(StatusCode::OK, move || {
        let view = PreviewView { told, html: previews::inert(&name).unwrap_or_default() };
        let top = Top::Previewed { company: previews::COMPANY.to_owned() };
        view! {
            <Page
                assets=render::assets()
                title=words::BANNER
                top=top
                foot=Some(text::flow::foot(previews::COMPANY))
                refresh=None
            >
                <PreviewPage view />
            </Page>
        }
    })
    .await;
    render::make_inert(&mut response);
    Ok(response)
}
