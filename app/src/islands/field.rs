//! What the fields share: the note under them, and when it speaks.

use domain::ProblemCode;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::icons::Icon;
use crate::rich::rich;
use crate::text::problems;

/// What the server holds of a field already. Never the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kept {
    /// Nothing.
    Nothing,
    /// A value in use.
    Saved,
    /// A doubted value that waits for **Use it anyway**.
    Pending,
}

/// What is said under a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Nothing.
    Silent,
    /// A problem or doubt.
    Problem(ProblemCode),
    /// The value is understood, in this sentence.
    Fine(String),
}

/// What was typed, and whether the person seems to be done typing.
#[derive(Clone, Copy)]
pub(super) struct Typing {
    text: RwSignal<String>,
    settled: RwSignal<bool>,
}

impl Typing {
    pub(super) fn new(text: String) -> Self {
        Self { text: RwSignal::new(text), settled: RwSignal::new(true) }
    }

    /// The field's content changed. More than one character at once is a paste: nothing more is to come.
    pub(super) fn input(self, text: String) {
        let grown = text.chars().count().abs_diff(self.text.with_untracked(|before| before.chars().count()));
        self.settled.set(grown > 1);
        self.text.set(text);
    }

    /// The person left the field.
    pub(super) fn settle(self) {
        self.settled.set(true);
    }

    /// The verdict on what was typed; the server's problem while the field is empty.
    ///
    /// Half a value always looks wrong, so a verdict that more typing may still change waits until it is settled.
    pub(super) fn verdict(
        self,
        from_server: Option<ProblemCode>,
        judge: impl Fn(&str) -> Verdict,
    ) -> Verdict {
        let verdict = self.text.with(|text| if text.is_empty() { None } else { Some(judge(text)) });
        match verdict {
            None => from_server.map_or(Verdict::Silent, Verdict::Problem),
            Some(Verdict::Problem(code)) if may_pass(code) && !self.settled.get() => Verdict::Silent,
            Some(verdict) => verdict,
        }
    }
}

/// Whether more typing can make this problem go away.
const fn may_pass(code: ProblemCode) -> bool {
    matches!(
        code,
        ProblemCode::KeyUnusualShape
            | ProblemCode::KeyIsUrl
            | ProblemCode::PasswordIsApiKey
            | ProblemCode::UrlUnreadable
            | ProblemCode::UrlNotUkg
            | ProblemCode::UrlLoginPortal
            | ProblemCode::UrlIpAddress
    )
}

/// The verdict as an element under the field.
pub(super) fn note(verdict: Verdict) -> impl IntoView {
    match verdict {
        Verdict::Silent => None,
        Verdict::Problem(code) => {
            let (class, icon) = if code.is_warning() {
                ("note note--warn", Icon::Warning)
            } else {
                ("note note--bad", Icon::Problem)
            };
            let text = problems::for_admin(code);
            Some(
                view! {
                    <div class=class data-code=code.as_str()>
                        {icon.view()} <div>
                            <p class="note__title">{text.title}</p>
                            <p>{rich(text.body)}</p>
                        </div>
                    </div>
                }
                .into_any(),
            )
        }
        Verdict::Fine(sentence) => Some(
            view! { <p class="field__read">{Icon::Check.view()} <span>{rich(&sentence)}</span></p> }
                .into_any(),
        ),
    }
}

/// The server's problem, from its code in the island's properties.
pub(super) fn server_problem(code: Option<String>) -> Option<ProblemCode> {
    code.and_then(|code| code.parse().ok())
}

/// Whether the field is to be marked as wrong.
pub(super) fn is_wrong(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Problem(code) if !code.is_warning())
}
