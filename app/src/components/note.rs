//! A problem in a box: what is wrong and what to do.

use domain::ProblemCode;
use leptos::prelude::*;

use crate::icons::Icon;
use crate::rich::rich;
use crate::text::problems;

/// The administrator's sentences for a problem code.
#[component]
pub fn Problem(
    /// Which problem.
    code: ProblemCode,
) -> impl IntoView {
    // What UKG or we must mend is no fault of the reader's, so it is not shown in the colour of one.
    let hers = code.who_acts() == domain::WhoActs::Customer && !code.is_warning();
    let (class, icon) =
        if hers { ("note note--bad", Icon::Problem) } else { ("note note--warn", Icon::Warning) };
    let text = problems::for_admin(code);
    view! {
        <div class=class data-code=code.as_str()>
            {icon.view()} <div>
                <p class="note__title">{text.title}</p>
                <p>{rich(text.body)}</p>
            </div>
        </div>
    }
}
