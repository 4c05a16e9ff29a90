//! Step 2's second field.

use domain::{Change, ServiceAccountPassword};
use leptos::prelude::*;

use super::field::{Kept, Typing, Verdict, is_wrong, note, server_problem};
use crate::rich::rich;
use crate::text::fields;

/// The service account's password.
#[island]
pub fn PasswordField(
    /// What the server holds already.
    kept: Kept,
    /// The problem code of the last attempt.
    problem: Option<String>,
) -> impl IntoView {
    let typing = Typing::new(String::new());
    let problem = server_problem(problem);
    let verdict = move || typing.verdict(problem, judge);
    let shown = RwSignal::new(false);
    // Without script the button could do nothing, so it appears only once script runs.
    let scripted = RwSignal::new(false);
    Effect::new(move |_| scripted.set(true));
    let hint = match kept {
        Kept::Nothing | Kept::Pending => fields::PASSWORD_HINT,
        Kept::Saved => fields::PASSWORD_SAVED_HINT,
    };
    view! {
        <div class="field">
            <label class="field__label" for="password">{fields::PASSWORD_LABEL}</label>
            <p class="field__hint" id="password-hint">{rich(hint)}</p>
            <div class="field__reveal">
                <input
                    class="field__input field__input--mono"
                    id="password"
                    name="password"
                    type=move || if shown.get() { "text" } else { "password" }
                    autocomplete="new-password"
                    autocapitalize="none"
                    spellcheck="false"
                    aria-describedby="password-note password-hint"
                    aria-invalid=move || is_wrong(&verdict()).to_string()
                    autofocus=problem.is_some()
                    on:input=move |event| typing.input(event_target_value(&event))
                    on:change=move |_| typing.settle()
                />
                <button
                    class="button button--quiet button--small field__show"
                    type="button"
                    aria-controls="password"
                    aria-pressed=move || shown.get().to_string()
                    hidden=move || !scripted.get()
                    on:click=move |_| shown.update(|shown| *shown = !*shown)
                >
                    {move || if shown.get() { fields::PASSWORD_HIDE } else { fields::PASSWORD_SHOW }}
                </button>
            </div>
            <div id="password-note" class="field__note" aria-live="polite">{move || note(verdict())}</div>
        </div>
    }
}

fn judge(text: &str) -> Verdict {
    match ServiceAccountPassword::recognise(text) {
        Err(code) => Verdict::Problem(code),
        Ok(accepted) if accepted.change == Some(Change::Trimmed) => Verdict::Fine(fields::TRIMMED.to_owned()),
        Ok(_) => Verdict::Silent,
    }
}
