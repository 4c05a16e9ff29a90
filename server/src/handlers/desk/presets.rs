//! `/desk/settings/presets`: owners add, change and remove presets.

use app::pages::{PresetForm, PresetsPage, PresetsView};
use app::shell::DeskTab;
use app::text::desk::presets as words;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::{DraftMistake, InvalidContact, Permission, PermissionSet, PresetId, PresetName};
use leptos::prelude::*;
use serde::Deserialize;
use services::{PRESETS_MAX, PresetOutcome};

use super::page;
use crate::error::HandlerError;
use crate::forms::{Fields, PastedForm};
use crate::render::see_other;
use crate::sessions::OwnerAtDesk;
use crate::startup::AppState;

/// Where the page is.
const HERE: &str = "/desk/settings/presets";

/// What the page's address may say was done.
#[derive(Debug, Default, Deserialize)]
pub struct DoneQuery {
    /// `kept` or `removed`.
    #[serde(default)]
    done: String,
}

/// The page.
pub async fn show(
    State(state): State<AppState>,
    at_desk: OwnerAtDesk,
    query: Result<Query<DoneQuery>, QueryRejection>,
) -> Result<Response, HandlerError> {
    let done = match query.map(|Query(query)| query.done).unwrap_or_default().as_str() {
        "kept" => Some(words::KEPT),
        "removed" => Some(words::REMOVED),
        _ => None,
    };
    draw(&state, &at_desk, None, done).await
}

/// Adds, changes or removes one.
pub async fn save(
    State(state): State<AppState>,
    at_desk: OwnerAtDesk,
    PastedForm(fields): PastedForm<Vec<(String, String)>>,
) -> Result<Response, HandlerError> {
    let fields = Fields(fields);
    let ticked: Vec<Permission> =
        fields.all("permission").iter().filter_map(|slug| slug.parse().ok()).collect();
    let typed = PresetForm {
        id: fields.one("id").to_owned(),
        name: fields.one("name").to_owned(),
        ticked,
        problem: None,
    };
    let outcome = match (fields.one("do"), typed.id.parse::<PresetId>()) {
        ("remove", Ok(id)) => match state.services.remove_preset(&at_desk.owner, id).await? {
            PresetOutcome::Kept | PresetOutcome::Gone => {
                return Ok(see_other(&format!("{HERE}?done=removed")));
            }
            other @ (PresetOutcome::NameTaken | PresetOutcome::TooMany) => other,
        },
        ("change" | "add", id) => {
            let name = match PresetName::entered(&typed.name) {
                Ok(name) => name,
                Err(invalid) => return refused(&state, &at_desk, typed, mistake(invalid).to_owned()).await,
            };
            let permissions = PermissionSet::new(&typed.ticked);
            match (fields.one("do"), id) {
                ("change", Ok(id)) => {
                    state.services.change_preset(&at_desk.owner, id, name, permissions).await?
                }
                ("change", Err(_)) => PresetOutcome::Gone,
                (_, _) => state.services.add_preset(&at_desk.owner, name, permissions).await?,
            }
        }
        (_, _) => return Err(HandlerError::BadForm),
    };
    match outcome {
        PresetOutcome::Kept => Ok(see_other(&format!("{HERE}?done=kept"))),
        PresetOutcome::NameTaken => refused(&state, &at_desk, typed, words::NAME_TAKEN.to_owned()).await,
        PresetOutcome::TooMany => refused(&state, &at_desk, typed, words::too_many(PRESETS_MAX)).await,
        // What was typed is offered as a new one.
        PresetOutcome::Gone => {
            let typed = PresetForm { id: String::new(), ..typed };
            refused(&state, &at_desk, typed, words::GONE.to_owned()).await
        }
    }
}

/// The page with what was typed and what is wrong with it.
async fn refused(
    state: &AppState,
    at_desk: &OwnerAtDesk,
    typed: PresetForm,
    problem: String,
) -> Result<Response, HandlerError> {
    let typed = PresetForm { problem: Some(problem), ..typed };
    let mut response = draw(state, at_desk, Some(typed), None).await?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

async fn draw(
    state: &AppState,
    at_desk: &OwnerAtDesk,
    typed: Option<PresetForm>,
    done: Option<&'static str>,
) -> Result<Response, HandlerError> {
    let presets = state.services.presets(&at_desk.desk.caller).await?;
    let forms = presets.into_iter().map(|preset| {
        let id = preset.id.to_string();
        typed.clone().filter(|typed| typed.id == id).unwrap_or_else(|| PresetForm {
            id,
            name: preset.name.to_string(),
            ticked: preset.permissions.iter().collect(),
            problem: None,
        })
    });
    let forms: Vec<PresetForm> = forms.collect();
    let known = typed.as_ref().is_some_and(|typed| forms.iter().any(|form| form.id == typed.id));
    let add = typed.filter(|_| !known).unwrap_or_default();
    let view = PresetsView { presets: forms, add, done };
    let content = move || view! { <PresetsPage view=view.clone() /> };
    Ok(page(&at_desk.desk, DeskTab::Settings, words::PRESETS.to_owned(), content).await)
}

fn mistake(invalid: InvalidContact) -> &'static str {
    words::name_mistake(match invalid {
        InvalidContact::Empty | InvalidContact::NotAnAddress => DraftMistake::Missing,
        InvalidContact::TooLong => DraftMistake::TooLong,
        InvalidContact::ControlCharacter => DraftMistake::ControlCharacter,
    })
}
