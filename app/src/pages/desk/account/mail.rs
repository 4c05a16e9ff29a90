//! `/desk/account/mail`: what one wants to be mailed about.

use domain::{MailWishes, News, Wish};
use leptos::prelude::*;

use crate::components::{ChoiceField, FieldWords};
use crate::icons::Icon;
use crate::text::desk::account as words;

/// The page.
#[component]
pub fn MailWishesPage(
    /// What is wanted now.
    wishes: MailWishes,
    /// Whether mail is set up.
    can_mail: bool,
) -> impl IntoView {
    let fields = News::ALL.map(|news| {
        let (label, hint) = words::mail::field(news);
        let options = Wish::ALL.map(|wish| (wish.as_str(), words::mail::wish(wish))).to_vec();
        let field = FieldWords { label, hint, optional: false, problem: None };
        view! { <ChoiceField id=news.as_str() words=field options value=wishes.of(news).to_string() /> }
    });
    view! {
        <main class="narrow narrow--form" id="main" tabindex="-1">
            <a class="back" href="/desk/account">{Icon::Back.view()} {words::BACK}</a>
            <form class="card form" method="post" action="/desk/account/mail">
                <h1>{words::mail::HEADING}</h1>
                <p class="narrow__text">{words::mail::LEAD}</p>
                {(!can_mail)
                    .then(|| {
                        view! { <div class="note note--warn">{Icon::Warning.view()} <div><p>{words::mail::NO_MAIL}</p></div></div> }
                    })}
                {fields.collect_view()}
                <button class="button button--wide" type="submit">{words::mail::BUTTON}</button>
            </form>
        </main>
    }
}
