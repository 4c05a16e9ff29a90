//! Pieces that several pages are made of.

mod chart;
mod check_rows;
mod crop;
mod facts;
mod figure;
#[cfg(feature = "ssr")]
mod form_field;
mod fresh_address;
mod note;
mod notice;
mod password_field;
#[cfg(feature = "ssr")]
mod permission_boxes;
mod permission_grid;
mod permission_list;
mod proof;
mod sign;
mod status_pill;
mod stepper;
mod test_badge;
#[cfg(feature = "ssr")]
mod text_area;
mod text_field;
mod ukg_banner;
mod work_notice;

pub use chart::{Bar, BarChart, length_of};
pub use check_rows::{PermissionRow, PlainRow, RowHelp, RunningRow, Tone};
use crop::Crop;
pub use facts::Fact;
pub use figure::{Figure, Picture};
#[cfg(feature = "ssr")]
pub use form_field::{AreaField, ChoiceField, FieldWords, LineField, LineKind, TickField};
pub use fresh_address::FreshAddress;
pub use note::Problem;
pub use notice::{Done, NotTaken};
pub use password_field::PasswordField;
#[cfg(feature = "ssr")]
pub use permission_boxes::PermissionBoxes;
pub use permission_grid::{PermissionGrid, PermissionSpot};
pub use permission_list::PermissionList;
pub use proof::{ProofCode, ProofPasskey, ProofPassword};
pub use sign::Sign;
pub use status_pill::StatusPill;
pub use stepper::{FlowFrame, StepMark, Stepper};
pub use test_badge::TestBadge;
#[cfg(feature = "ssr")]
pub use text_area::TextArea;
pub use text_field::{Kept, TextField};
pub use ukg_banner::{UkgBanner, UkgTrouble};
pub use work_notice::{GivenUpCount, WorkNotice};
