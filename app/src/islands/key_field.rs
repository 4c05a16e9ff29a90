//! Step 1's field.

use domain::CustomerApiKey;
use leptos::prelude::*;

use super::field::{Kept, Typing, Verdict, is_wrong, note, server_problem};
use crate::text::fields;

/// The Customer API Key.
#[island]
pub fn KeyField(
    /// What the server holds already.
    kept: Kept,
    /// The problem code of the last attempt.
    problem: Option<String>,
) -> impl IntoView {
    let typing = Typing::new(String::new());
    let problem = server_problem(problem);
    let verdict = move || typing.verdict(problem, judge);
    let hint = match kept {
        Kept::Nothing => fields::KEY_HINT,
        Kept::Saved => fields::KEY_SAVED_HINT,
        Kept::Pending => fields::KEY_PENDING_HINT,
    };
    view! {
        <div class="field">
            <label class="field__label" for="key">{fields::KEY_LABEL}</label>
            <p class="field__hint" id="key-hint">{hint}</p>
            <input
                class="field__input field__input--mono"
                id="key"
                name="key"
                type="text"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                aria-describedby="key-note key-hint"
                aria-invalid=move || is_wrong(&verdict()).to_string()
                autofocus=problem.is_some()
                on:input=move |event| typing.input(event_target_value(&event))
                on:change=move |_| typing.settle()
            />
            <div id="key-note" class="field__note" aria-live="polite">{move || note(verdict())}</div>
        </div>
    }
}

fn judge(text: &str) -> Verdict {
    match CustomerApiKey::recognise(text) {
        Err(code) => Verdict::Problem(code),
        Ok(accepted) => {
            accepted.warning.map_or_else(|| Verdict::Fine(fields::KEY_FINE.to_owned()), Verdict::Problem)
        }
    }
}
