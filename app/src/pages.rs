//! One file per page, each with the view struct it is rendered from.

mod account;
mod check;
mod desk_link;
mod desk_list;
mod domain_step;
mod done;
mod home;
mod key;
mod message;
mod sign_in;
mod step_frame;
mod welcome;

pub use account::{AccountPage, AccountView};
pub use check::{CheckPage, CheckState, CheckView};
pub use desk_link::{DeskLinkPage, DeskLinkView, TimelineItem, TimelineTone};
pub use desk_list::{DeskListPage, DeskListView, DeskRow, StatusFilter};
pub use domain_step::{DomainPage, DomainView};
pub use done::{DonePage, DoneView};
pub use home::HomePage;
pub use key::{KeyPage, KeyView};
pub use message::{MessageAction, MessagePage, MessageTone, MessageView};
pub use sign_in::{SignInPage, SignInView};
pub use welcome::{WelcomePage, WelcomeView};
