//! What one wants to be mailed about.

use app::pages::MailWishesPage;
use app::shell::DeskTab;
use app::text::desk::account::mail as words;
use axum::extract::State;
use axum::response::Response;
use domain::{MailWishes, News};
use leptos::prelude::*;

use super::super::page;
use crate::error::HandlerError;
use crate::forms::{Fields, Form};
use crate::render::see_other;
use crate::sessions::AtDesk;
use crate::startup::AppState;

/// The page.
pub async fn show(State(state): State<AppState>, desk: AtDesk) -> Result<Response, HandlerError> {
    let wishes = state.services.my_mail_wishes(&desk.caller).await?;
    let can_mail = state.services.can_mail();
    let title = words::HEADING.to_owned();
    Ok(page(&desk, DeskTab::Account, title, move || view! { <MailWishesPage wishes can_mail /> }).await)
}

/// The form. An answer that is none leaves what was there.
pub async fn change(
    State(state): State<AppState>,
    desk: AtDesk,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, HandlerError> {
    let fields = Fields(fields);
    let before = state.services.my_mail_wishes(&desk.caller).await?;
    let wishes: MailWishes = News::ALL.into_iter().fold(before, |wishes, news| {
        fields.one(news.as_str()).parse().map_or(wishes, |wish| wishes.with(news, wish))
    });
    if wishes != before {
        state.services.change_mail_wishes(&desk.caller, &wishes).await?;
    }
    Ok(see_other("/desk/account?done=mail"))
}
