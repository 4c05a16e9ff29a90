//! The sentences about a problem, from the one place they are written in: `app::text`.

use app::text::problems::{self, ProblemText};
use domain::{Language, ProblemCode};

pub(super) fn admin(code: ProblemCode) -> ProblemText {
    problems::admin(Language::English, code)
}

pub(super) fn staff(code: ProblemCode) -> String {
    let words = problems::staff(Language::English, code);
    format!("{} {}", words.happened, words.tell)
}

pub(super) fn who_acts(code: ProblemCode) -> &'static str {
    problems::who_acts(Language::English, code)
}

pub(super) fn trying_again(code: ProblemCode) -> &'static str {
    problems::trying_again(Language::English, code)
}
