//! `/desk/ukg`: how UKG Pro answers on each host; and what other pages of the desk say of it.

use app::components::UkgTrouble;
use app::pages::{UkgHost, UkgPage};
use app::shell::DeskTab;
use app::text::desk::ukg as words;
use axum::extract::State;
use axum::response::Response;
use leptos::prelude::*;
use services::HostSide;

use super::page;
use crate::error::HandlerError;
use crate::sessions::AtDesk;
use crate::startup::AppState;

/// Every host that was asked of late.
pub async fn show(State(state): State<AppState>, desk: AtDesk) -> Result<Response, HandlerError> {
    let sides = state.services.ukg_side(&desk.caller).await?;
    let hosts: Vec<UkgHost> = sides.iter().map(host).collect();
    let title = words::HEADING.to_owned();
    Ok(page(&desk, DeskTab::Links, title, move || view! { <UkgPage hosts=hosts.clone() /> }).await)
}

/// The hosts in trouble; only this one, if it is named.
pub async fn troubles(
    state: &AppState,
    desk: &AtDesk,
    only: Option<&str>,
) -> Result<Vec<UkgTrouble>, HandlerError> {
    let sides = state.services.ukg_side(&desk.caller).await?;
    let here = |side: &&HostSide| only.is_none_or(|only| only == side.checks.host.as_str());
    Ok(sides.iter().filter(here).filter_map(trouble).collect())
}

fn trouble(side: &HostSide) -> Option<UkgTrouble> {
    let since = side.checks.first_fault.filter(|_| side.is_in_trouble())?;
    Some(UkgTrouble {
        host: side.checks.host.to_string(),
        failed: side.checks.failing,
        links: side.checks.links,
        since,
    })
}

fn host(side: &HostSide) -> UkgHost {
    UkgHost {
        host: side.checks.host.to_string(),
        checks: side.checks.checks,
        links: side.checks.links,
        failed: side.checks.failing,
        since: side.checks.first_fault,
        in_trouble: side.is_in_trouble(),
    }
}
