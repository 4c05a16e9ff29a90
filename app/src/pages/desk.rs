//! The desk's pages, one per file.

mod link;
mod list;
mod preview;

pub use link::{
    CareView, CheckHelp, DayMarks, DeskEndPage, DeskEndView, DeskFreshPage, DeskFreshView, DeskHelpView,
    DeskLinkPage, DeskLinkView, DeskReplyPage, DeskReplyView, DeskTwin, LinkAct, MatrixRow, MatrixView,
    NoteView, ReplyNotice, TimelineDay, TimelineItem, TimelineTone, TimelineView,
};
pub use list::{DeskListPage, DeskListView, DeskRow, StatusFilter};
pub use preview::{DeskPreviewsPage, DeskPreviewsView, PreviewPage, PreviewView};
