//! The desk's pages, one per file.

mod audit;
mod insights;
mod link;
mod list;
mod ukg;

pub use audit::{AuditChoice, AuditForm, AuditItem, AuditPage, AuditState, AuditView, Verified};
pub use insights::{InsightsPage, InsightsView, PeriodChoice, StageFigures};
pub use link::{DeskLinkPage, DeskLinkView, DeskTwin, TimelineItem, TimelineTone};
pub use list::{DeskListPage, DeskListView, DeskRow, StatusFilter};
pub use ukg::{UkgHost, UkgPage};
