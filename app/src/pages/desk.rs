//! The desk's pages, one per file.

mod account;
mod audit;
mod confirm;
mod insights;
mod invite_made;
mod invite_new;
mod invites_bulk;
mod link;
mod list;
mod presets;
mod preview;
mod settings;
mod staff;
mod ukg;
mod webhooks;
mod work;

pub use account::{
    AccountDeskPage, AccountPageView, AppPage, AppState, CodesPage, CodesState, MailWishesPage,
    PasskeyQuestion, PasskeyRow, PasskeysPage, PasskeysView, PasswordPage, PasswordView, SessionRow,
};
pub use audit::{AuditChoice, AuditForm, AuditItem, AuditPage, AuditState, AuditView, Verified};
pub use confirm::{ConfirmPage, ConfirmProblem, ConfirmView};
pub use insights::{InsightsPage, InsightsView, PeriodChoice, StageFigures};
pub use invite_made::{InviteMadePage, InviteMadeView, InviteMail};
pub use invite_new::{InviteNewPage, InviteNewView, PresetButton};
pub use invites_bulk::{
    BulkMadePage, BulkMadeRow, BulkMadeView, BulkPage, BulkPreviewPage, BulkPreviewView, BulkRow,
    BulkRowState, BulkView,
};
pub use link::{
    CareView, CheckHelp, DayMarks, DeskEndPage, DeskEndView, DeskFreshPage, DeskFreshView, DeskHelpView,
    DeskLinkPage, DeskLinkView, DeskReplyPage, DeskReplyView, DeskTwin, LinkAct, MatrixRow, MatrixView,
    NoteView, ReplyNotice, TimelineDay, TimelineItem, TimelineTone, TimelineView,
};
pub use list::{DayTone, DeskListPage, DeskListView, DeskRow, DeskView, LinkCounts, ListAddress, list_parts};
pub use presets::{PresetForm, PresetsPage, PresetsView};
pub use preview::{DeskPreviewsPage, DeskPreviewsView, PreviewPage, PreviewView};
pub use staff::{
    StaffInvitePage, StaffInviteRow, StaffInviteState, StaffListPage, StaffListView, StaffOnePage,
    StaffOneView, StaffRow,
};
pub use ukg::{UkgHost, UkgPage};
pub use webhooks::{
    AttemptRow, EndpointNewPage, EndpointNewView, EndpointPage, EndpointPageView, EndpointQuestion,
    EndpointQuestionPage, EndpointRow, EndpointSecretPage, EndpointSecretView, MessageRow, NextTry,
    WebhookMessagePage, WebhookMessageView, WebhooksPage, WebhooksView,
};
pub use work::{GivenUpRow, WorkKind, WorkPage, WorkView};
