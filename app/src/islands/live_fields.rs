//! The island: listens to the page's fields and keeps the note under each true.

use leptos::prelude::*;

/// Brings the page's fields to life. Renders nothing to be seen.
#[island]
pub fn LiveFields() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    browser::listen();
    view! { <span hidden></span> }
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::sync::atomic::AtomicUsize;
    use std::sync::atomic::Ordering::Relaxed;

    use leptos::ev;
    use leptos::prelude::{document, event_target, window_event_listener};
    use leptos::wasm_bindgen::JsCast as _;
    use leptos::web_sys::{Element, HtmlInputElement};

    use crate::islands::note;
    use crate::islands::verdict::{Kind, Verdict, judge, may_pass};
    use crate::text::fields;

    /// Listens on the window, where what happens in any field arrives.
    pub(super) fn listen() {
        // Kept for as long as the page: there is nothing to take them off for.
        let _ = window_event_listener(ev::input, |event| with_field(&event, |field| field.update(false)));
        let _ = window_event_listener(ev::change, |event| with_field(&event, |field| field.update(true)));
        let _ = window_event_listener(ev::click, |event| reveal(&event_target::<Element>(&event)));
        each("[data-recognise]", |element| {
            // A browser may have put the value back that was there before the page was loaded again. What the server
            // put there, it has said everything about: a test system is asked about once.
            if let Some(field) = Field::of(element.unchecked_into())
                && field.input.value() != field.input.default_value()
            {
                field.update(true);
            }
        });
        each("[data-reveal]", |button| drop(button.remove_attribute("hidden")));
    }

    /// How long the text of each kind of field was; a page has one of each at most.
    static LENGTHS: [AtomicUsize; 4] = [const { AtomicUsize::new(0) }; 4];

    struct Field {
        input: HtmlInputElement,
        note: Element,
        kind: Kind,
    }

    impl Field {
        fn of(input: HtmlInputElement) -> Option<Self> {
            let kind = Kind::from_name(&input.get_attribute("data-recognise")?)?;
            let note = document().get_element_by_id(&[&input.id(), "-note"].concat())?;
            Some(Self { input, note, kind })
        }

        /// Says what is to be said of the field's content. `settled`: the person left the field.
        fn update(&self, settled: bool) {
            let text = self.input.value();
            let length = text.chars().count();
            let before = LENGTHS.get(self.kind as usize).map_or(0, |known| known.swap(length, Relaxed));
            // More than one character at once is a paste: nothing more is to come.
            let settled = settled || length.abs_diff(before) > 1;
            let allowed = self.input.get_attribute("data-allowed").unwrap_or_default();
            // What the server said stays until something is typed.
            if text.is_empty() && self.note.has_attribute("data-from-server") {
                return;
            }
            let verdict = match judge(self.kind, &text, &allowed) {
                Verdict::Problem(code) if text.is_empty() || (!settled && may_pass(code)) => Verdict::Silent,
                verdict @ (Verdict::Silent | Verdict::Problem(_) | Verdict::Fine(_)) => verdict,
            };
            let wrong = matches!(verdict, Verdict::Problem(code) if !code.is_warning());
            let _ = self.input.set_attribute("aria-invalid", if wrong { "true" } else { "false" });
            let html = note::html(&verdict);
            if self.note.inner_html() != html {
                let _ = self.note.remove_attribute("data-from-server");
                self.note.set_inner_html(&html);
            }
        }
    }

    fn with_field(event: &ev::Event, then: impl Fn(&Field)) {
        let target = event_target::<Element>(event);
        if let Some(field) = target.dyn_into::<HtmlInputElement>().ok().and_then(Field::of) {
            then(&field);
        }
    }

    /// The button that shows a password and hides it again; only in this browser.
    fn reveal(button: &Element) {
        let Some(id) = button.get_attribute("data-reveal") else { return };
        let Some(input) = document().get_element_by_id(&id) else { return };
        let input: HtmlInputElement = input.unchecked_into();
        let show = input.type_() == "password";
        input.set_type(if show { "text" } else { "password" });
        button.set_text_content(Some(if show { fields::PASSWORD_HIDE } else { fields::PASSWORD_SHOW }));
        let _ = button.set_attribute("aria-pressed", if show { "true" } else { "false" });
    }

    fn each(selector: &str, then: impl Fn(Element)) {
        let Ok(found) = document().query_selector_all(selector) else { return };
        for n in 0..found.length() {
            if let Some(node) = found.get(n) {
                then(node.unchecked_into());
            }
        }
    }
}
