//! `/desk/insights`: how customers fare, by period.

use app::pages::{InsightsPage, InsightsView, PeriodChoice, StageFigures};
use app::shell::DeskTab;
use app::text::desk::insights as words;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use leptos::prelude::*;
use serde::Deserialize;
use services::{Insights, Period, Stage};

use super::page;
use crate::error::HandlerError;
use crate::sessions::AtDesk;
use crate::startup::AppState;

/// What the address may ask for; what it does not know is left out.
#[derive(Debug, Default, Deserialize)]
pub struct InsightsQuery {
    /// A period.
    #[serde(default)]
    period: String,
}

/// The page.
pub async fn show(
    State(state): State<AppState>,
    desk: AtDesk,
    query: Result<Query<InsightsQuery>, QueryRejection>,
) -> Result<Response, HandlerError> {
    let asked = query.map(|Query(query)| query.period).unwrap_or_default();
    let period = Period::ALL.into_iter().find(|period| period.as_str() == asked).unwrap_or_default();
    let insights = state.services.insights(&desk.caller, period).await?;
    let view = view_of(period, insights);
    let content = move || view! { <InsightsPage view=view.clone() /> };
    Ok(page(&desk, DeskTab::Insights, words::HEADING.to_owned(), content).await)
}

fn view_of(period: Period, insights: Insights) -> InsightsView {
    let none = StageFigures { reached: 0, median_millis: None, stopped: 0, quiet: 0 };
    let stages = Stage::ALL.map(|stage| {
        let counted = insights.stages.iter().find(|counted| counted.stage == stage);
        counted.map_or(none, |counted| StageFigures {
            reached: counted.reached,
            median_millis: counted.median_millis,
            stopped: counted.stopped,
            quiet: counted.quiet,
        })
    });
    let counts = insights.time.counts;
    InsightsView {
        periods: Period::ALL.map(|choice| PeriodChoice { value: choice.as_str(), current: choice == period }),
        links: insights.links,
        cut: insights.is_cut,
        stages,
        problems: insights.problems,
        time: insights.time.median_millis.zip(insights.time.p90_millis),
        times: std::array::from_fn(|bar| counts.get(bar).copied().unwrap_or_default()),
    }
}
