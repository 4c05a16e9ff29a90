//! Fields of the desk's forms: label, hint, what is wrong, and the field itself.

use leptos::prelude::*;

use super::TextArea;
use crate::icons::Icon;
use crate::text::desk::invites::OPTIONAL;

/// What a field is and says.
#[derive(Clone, Debug, Default)]
pub struct FieldWords {
    /// Its label.
    pub label: &'static str,
    /// What it is for; empty for nothing to say.
    pub hint: &'static str,
    /// Whether it may stay empty.
    pub optional: bool,
    /// What is wrong with it.
    pub problem: Option<String>,
}

/// What may be typed into a field of one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// Anything.
    Text,
    /// An e-mail address.
    Email,
    /// A number.
    Number,
}

/// A field of one line.
#[component]
pub fn LineField(
    /// Its id; the name is the same without a number at its end.
    #[prop(into)]
    id: String,
    /// Its name.
    name: &'static str,
    /// What it says.
    words: FieldWords,
    /// What is typed in it.
    value: String,
    /// What may be typed in it.
    kind: LineKind,
    /// Whether it is the one to begin with.
    #[prop(optional)]
    first: bool,
) -> impl IntoView {
    let (input_type, mode) = match kind {
        LineKind::Text => ("text", None),
        // Not `email`: the browser would refuse in its own words, and trim what it thinks is wrong.
        LineKind::Email => ("text", Some("email")),
        LineKind::Number => ("text", Some("numeric")),
    };
    let wrong = words.problem.is_some();
    let (described_by, above) = around(&id, &words);
    view! {
        <div class="field">
            {above}
            <input
                class="field__input"
                id=id
                name=name
                type=input_type
                inputmode=mode
                value=value
                autocomplete="off"
                aria-describedby=described_by
                aria-invalid=wrong.then_some("true")
                autofocus=first
            />
        </div>
    }
}

/// A field of several lines.
#[component]
pub fn AreaField(
    /// Its id and name.
    id: &'static str,
    /// What it says.
    words: FieldWords,
    /// What is typed in it.
    value: String,
    /// How many lines it shows.
    rows: u32,
    /// Whether it holds code rather than sentences.
    #[prop(optional)]
    mono: bool,
) -> impl IntoView {
    let invalid = words.problem.is_some();
    let (described_by, above) = around(id, &words);
    view! { <div class="field">{above} <TextArea id value rows described_by invalid mono /></div> }
}

/// A field with a few answers.
#[component]
pub fn ChoiceField(
    /// Its id and name.
    id: &'static str,
    /// What it says.
    words: FieldWords,
    /// Each answer's value and words.
    options: Vec<(&'static str, &'static str)>,
    /// The value chosen.
    value: String,
) -> impl IntoView {
    let wrong = words.problem.is_some();
    let (described_by, above) = around(id, &words);
    let options = options.into_iter().map(|(answer, words)| {
        view! { <option value=answer selected=answer == value>{words}</option> }
    });
    view! {
        <div class="field">
            {above}
            <select
                class="field__input"
                id=id
                name=id
                aria-describedby=described_by
                aria-invalid=wrong.then_some("true")
            >
                {options.collect_view()}
            </select>
        </div>
    }
}

/// A box to tick, with what it does.
#[component]
pub fn TickField(
    /// Its id and name.
    id: &'static str,
    /// What it does, and more about it.
    words: (&'static str, &'static str),
    /// Whether it is ticked.
    ticked: bool,
) -> impl IntoView {
    view! {
        <label class="tick">
            <input class="tick__box" id=id name=id type="checkbox" value="yes" checked=ticked />
            <span>
                <b class="tick__name">{words.0}</b>
                <span class="tick__why">{words.1}</span>
            </span>
        </label>
    }
}

/// What stands above a field, and the ids that describe it.
fn around(id: &str, words: &FieldWords) -> (String, AnyView) {
    let (hint, problem) = (format!("{id}-hint"), format!("{id}-problem"));
    let mut described = Vec::new();
    if words.problem.is_some() {
        described.push(problem.clone());
    }
    if !words.hint.is_empty() {
        described.push(hint.clone());
    }
    let above = view! {
        <label class="field__label" for=id.to_owned()>
            {words.label}
            {words.optional.then(|| view! { " " <span class="field__optional">{OPTIONAL}</span> })}
        </label>
        {(!words.hint.is_empty()).then(|| view! { <p class="field__hint" id=hint>{words.hint}</p> })}
        {words
            .problem
            .clone()
            .map(|sentence| {
                view! { <p class="field__problem" id=problem>{Icon::Problem.view()} <span>{sentence}</span></p> }
            })}
    };
    (described.join(" "), above.into_any())
}
