//! The desk's pages, one per file.

mod confirm;
mod link;
mod list;

pub use confirm::{ConfirmPage, ConfirmView};
pub use link::{DeskLinkPage, DeskLinkView, DeskTwin, TimelineItem, TimelineTone};
pub use list::{DeskListPage, DeskListView, DeskRow, StatusFilter};
