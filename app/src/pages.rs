//! One file per page, each with the view struct it is rendered from.

mod account;
mod check;
mod check_lines;
mod check_notes;
mod check_report;
mod desk;
mod disconnect;
mod domain_step;
mod done;
mod expired;
mod forward;
mod hand_over;
mod home;
mod join;
mod key;
mod message;
mod reminders;
mod sign_in;
mod step_frame;
mod step_side;
#[cfg(test)]
mod tests;
mod welcome;
mod welcome_back;

pub use account::{AccountAsk, AccountPage, AccountView};
pub use check::{CheckPage, CheckState, CheckView};
pub use check_lines::{CheckLines, CheckLinesView, check_lines};
pub use check_notes::{Hold, Replacement};
pub use desk::{
    AccountDeskPage, AccountPageView, AppPage, AppState, AttemptRow, AuditChoice, AuditForm, AuditItem,
    AuditPage, AuditState, AuditView, BulkMadePage, BulkMadeRow, BulkMadeView, BulkPage, BulkPreviewPage,
    BulkPreviewView, BulkRow, BulkRowState, BulkView, CareView, CheckHelp, CodesPage, CodesState,
    ConfirmPage, ConfirmProblem, ConfirmView, DayMarks, DayTone, DeskEndPage, DeskEndView, DeskFreshPage,
    DeskFreshView, DeskHelpView, DeskLinkPage, DeskLinkView, DeskListPage, DeskListView, DeskPreviewsPage,
    DeskPreviewsView, DeskReplyPage, DeskReplyView, DeskRow, DeskTwin, DeskView, EndpointNewPage,
    EndpointNewView, EndpointPage, EndpointPageView, EndpointQuestion, EndpointQuestionPage, EndpointRow,
    EndpointSecretPage, EndpointSecretView, GivenUpRow, InsightsPage, InsightsView, InviteMadePage,
    InviteMadeView, InviteMail, InviteNewPage, InviteNewView, LinkAct, LinkCounts, ListAddress,
    MailWishesPage, MatrixRow, MatrixView, MessageRow, NextTry, NoteView, PasskeyQuestion, PasskeyRow,
    PasskeysPage, PasskeysView, PasswordPage, PasswordView, PeriodChoice, PresetButton, PresetForm,
    PresetsPage, PresetsView, PreviewPage, PreviewView, ReplyNotice, SessionRow, StaffInvitePage,
    StaffInviteRow, StaffInviteState, StaffListPage, StaffListView, StaffOnePage, StaffOneView, StaffRow,
    StageFigures, TimelineDay, TimelineItem, TimelineTone, TimelineView, UkgHost, UkgPage, Verified,
    WebhookMessagePage, WebhookMessageView, WebhooksPage, WebhooksView, WorkKind, WorkPage, WorkView,
    list_parts,
};
pub use disconnect::{DisconnectPage, DisconnectView};
pub use domain_step::{DomainPage, DomainView};
pub use done::{DonePage, DoneView};
pub use expired::{ExpiredPage, ExpiredView, RenewState};
pub use forward::{ForwardPage, ForwardView};
pub use hand_over::{HandOverPage, HandOverState, HandOverView, HandWelcomePage, HandWelcomeView};
pub use home::HomePage;
pub use join::{JoinPage, JoinView};
pub use key::{KeyPage, KeyView};
pub use message::{MessageAction, MessagePage, MessageTone, MessageView};
pub use reminders::{RemindersPage, RemindersView};
pub use sign_in::{CodePage, CodeProblem, SignInPage, SignInProblem, SignInView};
pub use step_side::{HandOff, PasteNotice, Standing};
pub use welcome::{WelcomePage, WelcomeView};
pub use welcome_back::WelcomeBack;
