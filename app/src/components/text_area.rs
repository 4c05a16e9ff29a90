//! A field of several lines.

use leptos::prelude::*;

use crate::rich::escape;

/// A `textarea` with a text in it, which may be anything. Leptos does not escape a `textarea`'s children, so its text is
/// escaped here, and the text is never given as a child anywhere else (`.ci/rules.mjs`).
#[component]
pub fn TextArea(
    /// Its id and, unless it is for reading only, its name.
    id: &'static str,
    /// Its text.
    value: String,
    /// How many lines it shows.
    rows: u32,
    /// What describes it, by id.
    #[prop(into)]
    described_by: String,
    /// Whether something is wrong with it.
    #[prop(optional)]
    invalid: bool,
    /// Whether it is only to be read and copied.
    #[prop(optional)]
    readonly: bool,
    /// Whether it holds code rather than sentences.
    #[prop(optional)]
    mono: bool,
) -> impl IntoView {
    // A browser drops one line break after the tag: this one, not the text's own.
    let mut text = String::from("\n");
    escape(&mut text, &value);
    view! {
        <textarea
            class=if mono { "field__input field__input--mono field__area" } else { "field__input field__area" }
            id=id
            name=(!readonly).then_some(id)
            rows=rows
            autocomplete="off"
            spellcheck=if mono { "false" } else { "true" }
            readonly=readonly
            aria-describedby=described_by
            aria-invalid=invalid.then_some("true")
            inner_html=text
        ></textarea>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(value: &str) -> String {
        let value = value.to_owned();
        Owner::new().with(|| view! { <TextArea id="note" value rows=3 described_by="hint" /> }.to_html())
    }

    #[test]
    fn no_text_ends_the_field() {
        let page = html("</textarea><script>alert(1)</script>&lt;b&gt;");

        assert_eq!(page.matches("<script").count(), 0, "{page}");
        assert_eq!(page.matches("</textarea").count(), 1, "{page}");
        assert!(page.contains("&lt;/textarea&gt;&lt;script&gt;"), "{page}");
        assert!(page.contains("&amp;lt;b"), "what looks like an escape is one no more: {page}");
    }

    #[test]
    fn a_line_break_at_the_beginning_is_kept() {
        assert!(html("\nsecond line").contains(">\n\nsecond line</textarea>"));
    }
}
