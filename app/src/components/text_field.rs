//! A field of a step's form: label, hint, input, and the note under it, which `islands::LiveFields` keeps true.

use domain::ProblemCode;
use leptos::prelude::*;

use super::Crop;
use crate::islands::note;
use crate::islands::verdict::{Kind, Verdict};
use crate::rich::rich;
use crate::text::fields;

/// What the server holds of a field already. Never the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Nothing.
    Nothing,
    /// A value in use.
    Saved,
    /// A value in use that UKG Pro does not accept any more: another one is wanted.
    Refused,
    /// A doubted value that waits for **Use it anyway**.
    Pending,
}

/// A field.
#[component]
pub fn TextField(
    /// Which recogniser it has; also its id and name.
    kind: Kind,
    /// What the server holds already.
    #[prop(optional_no_strip)]
    kept: Option<Kept>,
    /// The last attempt's problem.
    problem: Option<ProblemCode>,
    /// The address to show again. Only an address: nothing else ever comes back.
    #[prop(optional)]
    value: String,
    /// The domains an address may belong to.
    #[prop(optional)]
    allowed: Vec<String>,
    /// Leaves the crop out, on a page that lacks the picture it is cut from.
    #[prop(optional)]
    no_crop: bool,
) -> impl IntoView {
    let id = kind.as_str();
    let (label, hint) = words(kind, kept.unwrap_or(Kept::Nothing));
    let secret = kind == Kind::Password;
    let mono = matches!(kind, Kind::Key | Kind::Password);
    let wrong = problem.is_some_and(|code| !code.is_warning());
    let said = problem.map_or(Verdict::Silent, Verdict::Problem);
    view! {
        <div class="field">
            <label class="field__label" for=id>{label}</label>
            <p class="field__hint" id=format!("{id}-hint")>{rich(hint)}</p>
            <div class="field__reveal">
                <input
                    class=if mono { "field__input field__input--mono" } else { "field__input" }
                    id=id
                    name=id
                    type=if secret { "password" } else { "text" }
                    value=(kind == Kind::Url).then_some(value)
                    autocomplete=if secret { "new-password" } else { "off" }
                    autocapitalize="none"
                    spellcheck="false"
                    aria-describedby=format!("{id}-note {id}-hint")
                    aria-invalid=wrong.to_string()
                    autofocus=problem.is_some()
                    data-recognise=id
                    data-allowed=(!allowed.is_empty()).then(|| allowed.join(","))
                />
                {secret
                    .then(|| {
                        view! {
                            <button
                                class="button button--quiet button--small field__show"
                                type="button"
                                aria-controls=id
                                aria-pressed="false"
                                data-reveal=id
                                hidden
                            >
                                {fields::PASSWORD_SHOW}
                            </button>
                        }
                    })}
            </div>
            <div
                class="field__note"
                id=format!("{id}-note")
                aria-live="polite"
                data-from-server=problem.is_some().then_some("")
                inner_html=note::html(&said)
            ></div>
            {(!no_crop).then(|| view! { <Crop kind shown=problem.is_some() /> })}
        </div>
    }
}

/// The field's label and its hint.
const fn words(kind: Kind, kept: Kept) -> (&'static str, &'static str) {
    match (kind, kept) {
        (Kind::Key, Kept::Nothing) => (fields::KEY_LABEL, fields::KEY_HINT),
        (Kind::Key, Kept::Saved | Kept::Refused) => (fields::KEY_LABEL, fields::KEY_SAVED_HINT),
        (Kind::Key, Kept::Pending) => (fields::KEY_LABEL, fields::KEY_PENDING_HINT),
        (Kind::Username, Kept::Nothing) => (fields::USERNAME_LABEL, fields::USERNAME_HINT),
        (Kind::Username, Kept::Saved | Kept::Refused) => {
            (fields::USERNAME_LABEL, fields::USERNAME_SAVED_HINT)
        }
        (Kind::Username, Kept::Pending) => (fields::USERNAME_LABEL, fields::USERNAME_PENDING_HINT),
        (Kind::Password, Kept::Saved) => (fields::PASSWORD_LABEL, fields::PASSWORD_SAVED_HINT),
        (Kind::Password, Kept::Refused) => (fields::PASSWORD_LABEL, fields::PASSWORD_REFUSED_HINT),
        (Kind::Password, Kept::Nothing | Kept::Pending) => (fields::PASSWORD_LABEL, fields::PASSWORD_HINT),
        (Kind::Url, _) => (fields::URL_LABEL, fields::URL_HINT),
    }
}
