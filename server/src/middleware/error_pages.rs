//! Draws the page for an answer that has none: what happened, what to do, and the request's id.

use app::pages::{MessageAction, MessagePage, MessageTone, MessageView};
use app::shell::{Page, Top};
use app::text::message::{self, Message};
use app::text::problems;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use leptos::prelude::*;

use super::request_id::RequestId;
use crate::error::ErrorPage;
use crate::render;

/// Replaces the empty body that [`ErrorPage`] marks.
pub async fn draw(request: Request, next: Next) -> Response {
    let id = request.extensions().get::<RequestId>().map_or_else(String::new, |id| id.0.clone());
    let response = next.run(request).await;
    let Some(page) = response.extensions().get::<ErrorPage>().copied() else { return response };
    let view = view(page, id);
    let title = view.title.clone();
    let mut drawn = render::page(response.status(), move || {
        let (view, title) = (view.clone(), title.clone());
        view! {
            <Page assets=render::assets() title=title top=Top::Plain foot=None refresh=None>
                <MessagePage view />
            </Page>
        }
    })
    .await;
    for (name, value) in response.headers() {
        if name != axum::http::header::CONTENT_TYPE && name != axum::http::header::CONTENT_LENGTH {
            drawn.headers_mut().insert(name, value.clone());
        }
    }
    drawn
}

fn view(page: ErrorPage, request_id: String) -> MessageView {
    let (Message { title, body }, tone, action) = match page {
        ErrorPage::NotFound => (message::NOT_FOUND, MessageTone::Plain, MessageAction::Home),
        ErrorPage::NoSuchLink => (message::NO_LINK, MessageTone::Plain, MessageAction::Desk),
        ErrorPage::NoSuchStaff => (message::NO_STAFF, MessageTone::Plain, MessageAction::Desk),
        ErrorPage::JoinOver => (message::JOIN_OVER, MessageTone::Over, MessageAction::Home),
        ErrorPage::OwnersOnly => (message::OWNERS_ONLY, MessageTone::Plain, MessageAction::Desk),
        ErrorPage::OpenAgain => (message::OPEN_AGAIN, MessageTone::Plain, MessageAction::Home),
        ErrorPage::StepOver => (message::STEP_OVER, MessageTone::Plain, MessageAction::Home),
        ErrorPage::WrongMethod => (message::WRONG_METHOD, MessageTone::Plain, MessageAction::Home),
        ErrorPage::CrossSite => (message::CROSS_SITE, MessageTone::Plain, MessageAction::Home),
        ErrorPage::TooLarge => (message::TOO_LARGE, MessageTone::Plain, MessageAction::Again),
        ErrorPage::BadForm => (message::BAD_FORM, MessageTone::Plain, MessageAction::Again),
        ErrorPage::Fault => (message::FAULT, MessageTone::Fault, MessageAction::Again),
        ErrorPage::Unavailable => (message::UNAVAILABLE, MessageTone::Fault, MessageAction::Again),
        ErrorPage::Busy => (message::BUSY, MessageTone::Over, MessageAction::Again),
        ErrorPage::TooManyExports => (message::TOO_MANY_EXPORTS, MessageTone::Over, MessageAction::Desk),
        ErrorPage::Invite(code) => {
            let text = problems::for_admin(code);
            (Message { title: text.title, body: text.body }, MessageTone::Over, MessageAction::Home)
        }
    };
    let code = if let ErrorPage::Invite(code) = page { Some(code) } else { None };
    MessageView { code, tone, title: title.to_owned(), body: body.to_owned(), action, request_id }
}
