//! Step 3's field.

use domain::WebServicesUrl;
use leptos::prelude::*;

use super::field::{Typing, Verdict, is_wrong, note, server_problem};
use crate::text::fields;

/// The Web Services URL.
#[island]
pub fn UrlField(
    /// The address to show: the one typed last, or the host in use. An address is no secret.
    value: String,
    /// The domains an address may belong to.
    suffixes: Vec<String>,
    /// The problem code of the last attempt.
    problem: Option<String>,
) -> impl IntoView {
    let typing = Typing::new(value.clone());
    let problem = server_problem(problem);
    let suffixes = StoredValue::new(suffixes);
    let verdict =
        move || typing.verdict(problem, move |text| suffixes.with_value(|allowed| judge(text, allowed)));
    view! {
        <div class="field">
            <label class="field__label" for="url">{fields::URL_LABEL}</label>
            <p class="field__hint" id="url-hint">{fields::URL_HINT}</p>
            <input
                class="field__input"
                id="url"
                name="url"
                type="text"
                inputmode="url"
                value=value
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                aria-describedby="url-note url-hint"
                aria-invalid=move || is_wrong(&verdict()).to_string()
                autofocus=problem.is_some()
                on:input=move |event| typing.input(event_target_value(&event))
                on:change=move |_| typing.settle()
            />
            <div id="url-note" class="field__note" aria-live="polite">{move || note(verdict())}</div>
        </div>
    }
}

fn judge(text: &str, suffixes: &[String]) -> Verdict {
    let allowed: Vec<&str> = suffixes.iter().map(String::as_str).collect();
    match WebServicesUrl::recognise(text, &allowed) {
        Err(code) => Verdict::Problem(code),
        Ok(url) => match url.warning {
            Some(code) => Verdict::Problem(code),
            None => Verdict::Fine(fields::url_understood(url.host.as_str())),
        },
    }
}
