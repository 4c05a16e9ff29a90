//! The sentences about a problem, from the one place they are written in: `app::text`.

use app::text::desk;
use app::text::problems::{self, ProblemText};
use domain::ProblemCode;

pub(super) fn admin(code: ProblemCode) -> ProblemText {
    problems::for_admin(code)
}

pub(super) fn staff(code: ProblemCode) -> &'static str {
    desk::for_staff(code)
}

pub(super) fn who_acts(code: ProblemCode) -> &'static str {
    desk::who(code.who_acts())
}

pub(super) fn trying_again(code: ProblemCode) -> &'static str {
    if code.retry_can_help() { "Yes" } else { "No" }
}
