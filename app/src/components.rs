//! Pieces that several pages are made of.

mod chart;
mod check_rows;
mod crop;
mod facts;
mod figure;
mod note;
mod permission_grid;
mod permission_list;
mod sign;
mod status_pill;
mod stepper;
mod test_badge;
mod text_field;
mod ukg_banner;

pub use chart::{Bar, BarChart, length_of};
pub use check_rows::{PermissionRow, PlainRow, RowHelp, RunningRow, Tone};
use crop::Crop;
pub use facts::Fact;
pub use figure::{Figure, Picture};
pub use note::Problem;
pub use permission_grid::{PermissionGrid, PermissionSpot};
pub use permission_list::PermissionList;
pub use sign::Sign;
pub use status_pill::StatusPill;
pub use stepper::{FlowFrame, StepMark, Stepper};
pub use test_badge::TestBadge;
pub use text_field::{Kept, TextField};
pub use ukg_banner::{UkgBanner, UkgTrouble};
