//! A field for a staff password, with its hint and what is wrong with the last one.

use leptos::prelude::*;

use crate::icons::Icon;

/// The field.
#[component]
pub fn PasswordField(
    /// Its id and name.
    name: &'static str,
    /// Its label.
    label: &'static str,
    /// A hint; empty for none.
    #[prop(optional)]
    hint: &'static str,
    /// Whether a new password is to be chosen; otherwise the present one is asked for.
    #[prop(optional)]
    new: bool,
    /// What is wrong with the last one.
    #[prop(optional_no_strip)]
    problem: Option<&'static str>,
) -> impl IntoView {
    let note = format!("{name}-note");
    let hint_id = format!("{name}-hint");
    let described = if hint.is_empty() { note.clone() } else { format!("{note} {hint_id}") };
    view! {
        <div class="field">
            <label class="field__label" for=name>{label}</label>
            {(!hint.is_empty()).then(|| view! { <p class="field__hint" id=hint_id>{hint}</p> })}
            <input
                class="field__input"
                id=name
                name=name
                type="password"
                autocomplete=if new { "new-password" } else { "current-password" }
                required
                aria-invalid=problem.is_some().then_some("true")
                aria-describedby=described
                autofocus=problem.is_some()
            />
            <div class="field__note" id=note>
                {problem
                    .map(|problem| {
                        view! {
                            <div class="note note--bad" role="alert">
                                {Icon::Problem.view()} <div>
                                    <p>{problem}</p>
                                </div>
                            </div>
                        }
                    })}
            </div>
        </div>
    }
}
