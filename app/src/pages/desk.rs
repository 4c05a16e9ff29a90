//! The desk's pages, one per file.

mod account;
mod confirm;
mod link;
mod list;
mod staff;

pub use account::{
    AccountDeskPage, AccountPageView, AppPage, AppState, CodesPage, CodesState, PasskeyQuestion, PasskeyRow,
    PasskeysPage, PasskeysView, PasswordPage, PasswordView, SessionRow,
};
pub use confirm::{ConfirmPage, ConfirmView};
pub use link::{DeskLinkPage, DeskLinkView, DeskTwin, TimelineItem, TimelineTone};
pub use list::{DeskListPage, DeskListView, DeskRow, StatusFilter};
pub use staff::{
    StaffInvitePage, StaffInviteRow, StaffInviteState, StaffListPage, StaffListView, StaffOnePage,
    StaffOneView, StaffRow,
};
