//! A field of several lines. Leptos does not escape what stands in a `<textarea>`, so this is the only place that fills one.

use leptos::prelude::*;

use crate::rich::escaped;

/// A field of several lines, filled in.
#[component]
pub fn TextArea(
    /// Its id, and its name in the form.
    name: &'static str,
    /// What stands above it.
    #[prop(into)]
    label: String,
    /// What it holds, whatever that is.
    value: String,
    /// How many lines are seen.
    rows: u32,
    /// How many characters it takes.
    most: u32,
    /// The id of what explains it.
    #[prop(optional, into)]
    described_by: Option<String>,
) -> impl IntoView {
    // A line break right after the opening tag belongs to the tag: without one, the text's own first would be lost.
    let inside = format!("\n{}", escaped(&value));
    view! {
        <div class="field">
            <label class="field__label" for=name>{label}</label>
            <textarea
                class="field__input field__input--lines"
                id=name
                name=name
                rows=rows
                maxlength=most
                required
                aria-describedby=described_by
                inner_html=inside
            ></textarea>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(value: &str) -> String {
        let value = value.to_owned();
        Owner::new()
            .with(|| view! { <TextArea name="body" label="Message" value rows=3 most=10 /> }.to_html())
    }

    #[test]
    fn nothing_it_holds_becomes_markup() {
        let html = html("</textarea><script>alert(1)</script>&amp;");

        assert!(html.contains("&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;"), "{html}");
        assert!(!html.contains("<script"), "{html}");
        assert_eq!(html.matches("</textarea>").count(), 1, "{html}");
    }

    #[test]
    fn its_first_line_break_is_not_lost() {
        assert!(html("\nsecond line").contains(">\n\nsecond line</textarea>"), "{}", html("\nsecond line"));
    }
}
