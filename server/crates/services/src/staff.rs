//! Staff: accounts, signing in, sessions, second factors, colleagues.
//!
//! - `callers`: who is calling, as types; [`Confirmed`] is somebody who proved just now who they are.
//! - `sign_in`: the door. `limits` counts guesses, `admission` for all servers, `refusals` writes them down.
//! - `sessions`: being recognised, being listed, ending. `confirm`: proving again who one is.
//! - `password`, `authenticator`, `recovery`, `passkeys`: what somebody proves it with.
//! - `colleagues`: what owners do with other accounts; `joining`: inviting one. `add`: the command line's way in;
//!   `reset`: its way back in.

mod add;
mod admission;
mod authenticator;
mod base32;
mod callers;
mod colleagues;
mod confirm;
mod joining;
mod limits;
mod passkeys;
mod password;
mod recovery;
mod refusals;
mod reset;
mod sessions;
mod sign_in;

pub use add::AddStaffError;
pub use authenticator::{AuthenticatorSetUp, SecondFactors};
pub use callers::{Confirmed, OwnerCaller, StaffCaller};
pub use colleagues::{Managed, StaffList, StaffMember};
pub use confirm::{CONFIRMED_SECONDS, Confirmation};
pub use joining::{Joining, StaffInviting};
pub(crate) use limits::Guesses;
pub use passkeys::{PasskeyAnswer, PasskeyAsk, PasskeyMaking, PasskeySignIn};
pub use password::{PASSWORD_MAX, PASSWORD_MIN, PasswordChange, PasswordProblem};
pub use recovery::RECOVERY_CODES;
pub(crate) use refusals::Refused;
pub use reset::{PasswordReset, ResetPasswordError};
pub use sessions::SessionView;
pub use sign_in::{SecondStep, SignIn, SignedIn, Visitor};
