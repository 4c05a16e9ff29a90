//! Who works at the desk, for owners.

pub mod invite;

use app::pages::{StaffInviteRow, StaffListPage, StaffListView, StaffOnePage, StaffOneView, StaffRow};
use app::shell::DeskTab;
use app::text::desk::staff::{self as words, said};
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::{Role, StaffId};
use leptos::prelude::*;
use serde::Deserialize;
use services::{Managed, StaffMember};
use storage::StaffInvite;

use super::{page, page_with};
use crate::error::HandlerError;
use crate::forms::{ActForm, Form, WhichForm};
use crate::render::see_other;
use crate::sessions::{AtDesk, ConfirmedOwner, OwnerAtDesk};
use crate::startup::AppState;

/// What was just done, after a redirect.
#[derive(Debug, Deserialize)]
pub struct DoneQuery {
    /// Its name.
    #[serde(default)]
    done: String,
}

type Asked = Result<Query<DoneQuery>, QueryRejection>;

/// The list.
pub async fn list(
    State(state): State<AppState>,
    OwnerAtDesk { owner, desk }: OwnerAtDesk,
    asked: Asked,
) -> Result<Response, HandlerError> {
    let found = state.services.list_staff(&owner).await?;
    let view = StaffListView {
        members: found.members.into_iter().map(|member| row(member, &desk)).collect(),
        invites: found.invites.into_iter().map(invite_row).collect(),
        done: done(asked),
        now: state.clock.now(),
    };
    let title = words::HEADING.to_owned();
    Ok(page(&desk, DeskTab::Settings, title, move || view! { <StaffListPage view=view.clone() /> }).await)
}

/// Withdraws an invite.
pub async fn revoke(
    State(state): State<AppState>,
    OwnerAtDesk { owner, .. }: OwnerAtDesk,
    Form(form): Form<WhichForm>,
) -> Result<Response, HandlerError> {
    let id = form.revoke.parse().map_err(|_| HandlerError::BadForm)?;
    state.services.revoke_staff_invite(&owner, id).await?;
    Ok(see_other("/desk/settings/staff?done=revoked"))
}

/// One account.
pub async fn show(
    State(state): State<AppState>,
    confirmed: ConfirmedOwner,
    id: Result<Path<String>, PathRejection>,
    asked: Asked,
) -> Result<Response, HandlerError> {
    one(&state, &confirmed, parsed(id)?, StatusCode::OK, done(asked)).await
}

/// Changes it, by the button pressed.
pub async fn change(
    State(state): State<AppState>,
    confirmed: ConfirmedOwner,
    id: Result<Path<String>, PathRejection>,
    Form(form): Form<ActForm>,
) -> Result<Response, HandlerError> {
    let id = parsed(id)?;
    let (services, owner) = (&state.services, &confirmed.owner);
    let managed = match form.act.as_str() {
        "role" => {
            let role: Role = form.role.parse().map_err(|_| HandlerError::BadForm)?;
            services.change_role(owner, id, role).await?
        }
        "close" => services.deactivate_staff(owner, id).await?,
        "open" => services.reactivate_staff(owner, id).await?,
        "reset" => services.reset_second_factor(owner, id).await?,
        _ => return Err(HandlerError::BadForm),
    };
    match managed {
        Managed::Done => Ok(see_other(&format!("/desk/settings/staff/{id}?done={}", form.act))),
        Managed::Unchanged => Ok(see_other(&format!("/desk/settings/staff/{id}?done=unchanged"))),
        Managed::LastOwner => one(&state, &confirmed, id, StatusCode::CONFLICT, None).await,
        Managed::Unknown => Err(HandlerError::NoSuchStaff),
    }
}

async fn one(
    state: &AppState,
    confirmed: &ConfirmedOwner,
    id: StaffId,
    status: StatusCode,
    done: Option<&'static str>,
) -> Result<Response, HandlerError> {
    let found = state.services.show_staff(&confirmed.owner, id).await?;
    let found = found.ok_or(HandlerError::NoSuchStaff)?;
    let view = StaffOneView {
        since: found.staff.created_at,
        closed_since: found.staff.deactivated_at,
        member: row(found, &confirmed.desk),
        done,
        last_owner: status == StatusCode::CONFLICT,
        now: state.clock.now(),
    };
    let title = view.member.email.clone();
    let page = page_with(status, &confirmed.desk, DeskTab::Settings, title, move || {
        view! { <StaffOnePage view=view.clone() /> }
    });
    Ok(page.await)
}

fn parsed(id: Result<Path<String>, PathRejection>) -> Result<StaffId, HandlerError> {
    let Path(id) = id.map_err(|_| HandlerError::NoSuchStaff)?;
    id.parse().map_err(|_| HandlerError::NoSuchStaff)
}

fn row(member: StaffMember, desk: &AtDesk) -> StaffRow {
    StaffRow {
        id: member.staff.id.to_string(),
        email: member.staff.email.to_string(),
        role: member.staff.role,
        app: member.authenticator,
        passkeys: member.passkeys,
        seen: member.last_seen,
        closed: member.staff.deactivated_at.is_some(),
        you: member.staff.id == desk.caller.id(),
    }
}

fn invite_row(invite: StaffInvite) -> StaffInviteRow {
    StaffInviteRow {
        id: invite.id.to_string(),
        email: invite.email.to_string(),
        role: invite.role,
        until: invite.expires_at,
    }
}

fn done(asked: Asked) -> Option<&'static str> {
    match asked.ok()?.0.done.as_str() {
        "role" => Some(said::ROLE),
        "close" => Some(said::CLOSED),
        "open" => Some(said::OPENED),
        "reset" => Some(said::RESET),
        "unchanged" => Some(said::UNCHANGED),
        "revoked" => Some(said::REVOKED),
        _ => None,
    }
}
