//! The desk's pages, one per file.

mod link;
mod list;

pub use link::{DeskLinkPage, DeskLinkView, DeskTwin, TimelineItem, TimelineTone};
pub use list::{DayTone, DeskListPage, DeskListView, DeskRow, DeskView, LinkCounts, ListAddress, list_parts};
