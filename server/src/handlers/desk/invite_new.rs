//! `/desk/invites/new`: one invite, from a form to its address, which is shown once.

use app::pages::{
    DeskTwin, InviteMadePage, InviteMadeView, InviteMail, InviteNewPage, InviteNewView, PresetButton,
};
use app::shell::DeskTab;
use app::text::desk::invites as words;
use app::when;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::{DraftField, DraftMistake, DraftProblem, INVITE_DAYS, InviteDraft, Permission, PermissionSet};
use leptos::prelude::*;
use serde::Deserialize;
use services::{CreatedInvite, InviteOutcome, Mailed, NewInvite, Twins};
use storage::{Link, Preset};

use super::page;
use crate::error::HandlerError;
use crate::forms::{Fields, PastedForm};
use crate::sessions::AtDesk;
use crate::startup::AppState;

/// What the form's address may ask for.
#[derive(Debug, Default, Deserialize)]
pub struct NewQuery {
    /// A preset to begin with, by its id.
    #[serde(default)]
    preset: String,
}

/// The form, as it came and with what is said about it.
struct Filled {
    draft: InviteDraft,
    mail: bool,
    problems: Vec<DraftProblem>,
    twins: Vec<Link>,
}

/// The form.
pub async fn show(
    State(state): State<AppState>,
    desk: AtDesk,
    query: Result<Query<NewQuery>, QueryRejection>,
) -> Result<Response, HandlerError> {
    let presets = state.services.presets(&desk.caller).await?;
    let asked = query.map(|Query(query)| query.preset).unwrap_or_default();
    let mut draft = InviteDraft { days: INVITE_DAYS.to_string(), ..InviteDraft::default() };
    tick(&mut draft, &presets, &asked);
    let filled = Filled { draft, mail: false, problems: Vec::new(), twins: Vec::new() };
    Ok(form(&state, &desk, &presets, filled, StatusCode::OK).await)
}

/// Makes the invite; or ticks the boxes as a preset says and shows the form again.
pub async fn make(
    State(state): State<AppState>,
    desk: AtDesk,
    PastedForm(fields): PastedForm<Vec<(String, String)>>,
) -> Result<Response, HandlerError> {
    let fields = Fields(fields);
    let presets = state.services.presets(&desk.caller).await?;
    let (mut draft, mail) = (draft_of(&fields), fields.has("mail"));
    if fields.has("preset") {
        tick(&mut draft, &presets, fields.one("preset"));
        let filled = Filled { draft, mail, problems: Vec::new(), twins: Vec::new() };
        return Ok(form(&state, &desk, &presets, filled, StatusCode::OK).await);
    }
    let new = match read(&draft, mail) {
        Ok(new) => new,
        Err(problems) => {
            let filled = Filled { draft, mail, problems, twins: Vec::new() };
            return Ok(form(&state, &desk, &presets, filled, StatusCode::UNPROCESSABLE_ENTITY).await);
        }
    };
    let twins = if fields.has("anyway") { Twins::Accept } else { Twins::Ask };
    match state.services.invite_customer(&desk.caller, new.clone(), twins, mail).await? {
        InviteOutcome::Made { invite, mailed } => Ok(made(&state, &desk, &new, &invite, mailed).await),
        InviteOutcome::Twins(twins) => {
            let filled = Filled { draft, mail, problems: Vec::new(), twins };
            Ok(form(&state, &desk, &presets, filled, StatusCode::CONFLICT).await)
        }
    }
}

fn draft_of(fields: &Fields) -> InviteDraft {
    let text = |field: DraftField| fields.one(field.as_str()).to_owned();
    InviteDraft {
        customer: text(DraftField::Customer),
        email: text(DraftField::Email),
        reference: text(DraftField::Reference),
        permissions: fields.all("permission"),
        preset: String::new(),
        days: text(DraftField::Days),
        language: text(DraftField::Language),
        note: text(DraftField::Note),
        remind: text(DraftField::Remind),
    }
}

/// What the draft asks for, or what is wrong with it; an invite to be mailed needs an address.
fn read(draft: &InviteDraft, mail: bool) -> Result<NewInvite, Vec<DraftProblem>> {
    let nowhere = mail && draft.email.trim().is_empty();
    let order = match draft.read(&[]) {
        Ok(order) if !nowhere => return Ok(order.into()),
        Ok(_) => Vec::new(),
        Err(problems) => problems,
    };
    let mut problems = order;
    if nowhere {
        problems.push(DraftProblem { field: DraftField::Email, mistake: DraftMistake::NeedsAddress });
    }
    Err(problems)
}

/// Ticks the boxes as the preset of this id says; leaves them when there is none.
fn tick(draft: &mut InviteDraft, presets: &[Preset], id: &str) {
    if let Some(preset) = presets.iter().find(|preset| preset.id.to_string() == id) {
        draft.permissions =
            preset.permissions.iter().map(|permission| permission.slug().to_owned()).collect();
    }
}

async fn form(
    state: &AppState,
    desk: &AtDesk,
    presets: &[Preset],
    filled: Filled,
    status: StatusCode,
) -> Response {
    let ticked: Vec<Permission> =
        filled.draft.permissions.iter().filter_map(|slug| slug.parse().ok()).collect();
    let now = PermissionSet::new(&ticked);
    let buttons = presets.iter().map(|preset| PresetButton {
        id: preset.id.to_string(),
        name: preset.name.to_string(),
        current: preset.permissions == now,
    });
    let view = InviteNewView {
        draft: filled.draft,
        ticked,
        problems: filled.problems,
        presets: buttons.collect(),
        mail: state.services.can_mail().then_some(filled.mail),
        twins: filled.twins.iter().map(twin).collect(),
        owner: desk.caller.as_owner().is_some(),
    };
    let content = move || view! { <InviteNewPage view=view.clone() /> };
    let mut response = page(desk, DeskTab::Links, words::NEW.to_owned(), content).await;
    *response.status_mut() = status;
    response
}

/// Another link of the same customer, as pages lead to it.
pub(super) fn twin(link: &Link) -> DeskTwin {
    DeskTwin { id: link.id.to_string(), customer: link.customer.to_string() }
}

async fn made(
    state: &AppState,
    desk: &AtDesk,
    new: &NewInvite,
    invite: &CreatedInvite,
    mailed: Mailed,
) -> Response {
    let url = format!("{}/i/{}", state.public_url.as_str(), invite.token.expose());
    let good_until = when::date(state.clock.now().plus_seconds(new.valid_seconds));
    let note = new.note.as_ref().map(domain::WelcomeNote::as_str);
    let view = InviteMadeView {
        customer: new.customer.to_string(),
        link: invite.link.to_string(),
        message: words::message(&state.company, note, &url, &good_until),
        url,
        good_until,
        mail: match mailed {
            Mailed::NotAsked => InviteMail::None,
            Mailed::Sent(to) => InviteMail::Sent(to.to_string()),
            Mailed::NotSent(to) => InviteMail::NotSent(to.to_string()),
        },
    };
    let title = words::made(&view.customer);
    page(desk, DeskTab::Links, title, move || view! { <InviteMadePage view=view.clone() /> }).await
}
