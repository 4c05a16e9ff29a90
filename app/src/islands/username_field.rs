//! Step 2's first field.

use domain::ServiceAccountUsername;
use leptos::prelude::*;

use super::field::{Kept, Typing, Verdict, is_wrong, note, server_problem};
use crate::rich::rich;
use crate::text::fields;

/// The service account's username.
#[island]
pub fn UsernameField(
    /// What the server holds already.
    kept: Kept,
    /// The problem code of the last attempt.
    problem: Option<String>,
) -> impl IntoView {
    let typing = Typing::new(String::new());
    let problem = server_problem(problem);
    let verdict = move || typing.verdict(problem, judge);
    let hint = match kept {
        Kept::Nothing => fields::USERNAME_HINT,
        Kept::Saved => fields::USERNAME_SAVED_HINT,
        Kept::Pending => fields::USERNAME_PENDING_HINT,
    };
    view! {
        <div class="field">
            <label class="field__label" for="username">{fields::USERNAME_LABEL}</label>
            <p class="field__hint" id="username-hint">{rich(hint)}</p>
            <input
                class="field__input"
                id="username"
                name="username"
                type="text"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                aria-describedby="username-note username-hint"
                aria-invalid=move || is_wrong(&verdict()).to_string()
                autofocus=problem.is_some()
                on:input=move |event| typing.input(event_target_value(&event))
                on:change=move |_| typing.settle()
            />
            <div id="username-note" class="field__note" aria-live="polite">{move || note(verdict())}</div>
        </div>
    }
}

fn judge(text: &str) -> Verdict {
    match ServiceAccountUsername::recognise(text) {
        Err(code) => Verdict::Problem(code),
        Ok(accepted) => accepted.warning.map_or(Verdict::Silent, Verdict::Problem),
    }
}
