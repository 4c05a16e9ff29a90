//! `/desk/invites/new`: the form for one invite.

use domain::{DraftField, DraftProblem, InviteDraft, Language, Permission, RemindAfter};
use leptos::prelude::*;

use super::DeskTwin;
use crate::components::{
    AreaField, ChoiceField, FieldWords, LineField, LineKind, PermissionBoxes, TickField,
};
use crate::icons::Icon;
use crate::pages::check_notes::note;
use crate::text::desk;
use crate::text::desk::invites as words;

/// A preset, as a button.
#[derive(Clone, Debug)]
pub struct PresetButton {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether the boxes are ticked as it says.
    pub current: bool,
}

/// What the page shows.
#[derive(Clone, Debug, Default)]
pub struct InviteNewView {
    /// What is typed in the fields.
    pub draft: InviteDraft,
    /// The boxes that are ticked.
    pub ticked: Vec<Permission>,
    /// What is wrong.
    pub problems: Vec<DraftProblem>,
    /// The presets.
    pub presets: Vec<PresetButton>,
    /// Whether to mail it; `None` where no mail is set up.
    pub mail: Option<bool>,
    /// Unfinished links of the same customer or contact, to be asked about.
    pub twins: Vec<DeskTwin>,
    /// Whether the reader may edit presets.
    pub owner: bool,
}

/// The page.
#[component]
pub fn InviteNewPage(
    /// What it shows.
    view: InviteNewView,
) -> impl IntoView {
    let InviteNewView { draft, ticked, problems, presets, mail, twins, owner } = view;
    let summary = to_mend(&problems);
    let first = problems.first().map(|problem| problem.field);
    let field = |field: DraftField, optional: bool| {
        let (label, hint) = words::field(field);
        let problem = problems.iter().find(|problem| problem.field == field);
        FieldWords {
            label,
            hint,
            optional,
            problem: problem.map(|problem| words::mistake(*problem).to_owned()),
        }
    };
    let languages = Language::ALL.map(|language| (language.as_str(), words::language(language)));
    let mut pauses = vec![("", words::REMIND_OFF)];
    pauses.extend(RemindAfter::ALL.map(|after| (after.as_str(), words::remind(after))));
    let mailing = match mail {
        Some(ticked) => view! { <TickField id="mail" words=words::MAIL ticked /> }.into_any(),
        None => view! { <p class="aside">{Icon::Mail.view()} <span>{words::NO_MAIL}</span></p> }.into_any(),
    };
    view! {
        <main class="desk desk--form" id="main" tabindex="-1">
            <a class="back" href="/desk">{Icon::Back.view()} {desk::ALL_LINKS}</a>
            <header class="desk__head">
                <div>
                    <h1>{words::NEW}</h1>
                    <p class="soft">{words::NEW_LEAD}</p>
                </div>
                <a class="button button--quiet" href="/desk/invites/bulk">{words::MANY}</a>
            </header>
            <form class="order" method="post" action="/desk/invites/new">
                // The first button of a form is what Enter presses, and a preset's is not meant then.
                <button class="hidden" type="submit" tabindex="-1" aria-hidden="true">{words::MAKE}</button>
                {summary} {asked(twins)}
                <section class="card order__part" aria-labelledby="who-title">
                    <h2 id="who-title">{words::WHO}</h2>
                    <LineField id="customer" name="customer" words=field(DraftField::Customer, false)
                        value=draft.customer kind=LineKind::Text
                        first=matches!(first, None | Some(DraftField::Customer)) />
                    <div class="order__pair">
                        <LineField id="email" name="email" words=field(DraftField::Email, true) value=draft.email
                            kind=LineKind::Email first=first == Some(DraftField::Email) />
                        <LineField id="reference" name="reference" words=field(DraftField::Reference, true)
                            value=draft.reference kind=LineKind::Text first=first == Some(DraftField::Reference) />
                    </div>
                </section>
                <fieldset class="card order__part" id="may">
                    <legend class="order__legend">{words::MAY}</legend>
                    <p class="soft small">{words::field(DraftField::Permissions).1}</p>
                    {preset_buttons(presets, owner)}
                    <PermissionBoxes ticked />
                </fieldset>
                <section class="card order__part" aria-labelledby="how-title">
                    <h2 id="how-title">{words::HOW}</h2>
                    <div class="order__pair order__pair--three">
                        <LineField id="days" name="days" words=field(DraftField::Days, false) value=draft.days
                            kind=LineKind::Number first=first == Some(DraftField::Days) />
                        <ChoiceField id="language" words=field(DraftField::Language, false)
                            options=languages.to_vec() value=draft.language />
                        {mail.map(|_| view! {
                            <ChoiceField id="remind" words=field(DraftField::Remind, false) options=pauses
                                value=draft.remind />
                        })}
                    </div>
                    <AreaField id="note" words=field(DraftField::Note, true) value=draft.note rows=4 />
                    {mailing}
                </section>
                <div class="actions">
                    <button class="button" type="submit">{words::MAKE}</button>
                    <a class="button button--quiet" href="/desk">{words::CANCEL}</a>
                </div>
            </form>
        </main>
    }
}

/// How many fields are wrong, with a way to each.
fn to_mend(problems: &[DraftProblem]) -> Option<AnyView> {
    let ways = problems.iter().map(|problem| {
        let href = format!("#{}", problem.field.as_str());
        view! {
            <li>
                <a href=href>{words::field(problem.field).0}</a>
            </li>
        }
    });
    let list = view! { <ul class="note__list">{ways.collect_view()}</ul> };
    let title = words::to_mend(problems.len());
    (!problems.is_empty()).then(|| note("note note--bad", Icon::Problem, title, list))
}

/// The question about links of the same customer.
fn asked(twins: Vec<DeskTwin>) -> Option<AnyView> {
    let any = !twins.is_empty();
    let body = view! {
        <p>{words::TWINS_BODY}</p>
        <ul class="note__list">{twins.into_iter().map(twin).collect_view()}</ul>
        <p class="note__act">
            <button class="button button--quiet button--small" type="submit" name="anyway" value="yes">
                {words::MAKE_ANYWAY}
            </button>
        </p>
    };
    any.then(|| note("note note--warn", Icon::Warning, words::TWINS.to_owned(), body))
}

/// A link of the same customer.
pub(super) fn twin(twin: DeskTwin) -> impl IntoView {
    view! {
        <li>
            <a href=format!("/desk/links/{}", twin.id)>{twin.customer}</a>
        </li>
    }
}

fn preset_buttons(presets: Vec<PresetButton>, owner: bool) -> impl IntoView {
    let any = !presets.is_empty();
    let buttons = presets.into_iter().map(|preset| {
        // The form comes back at this place, with everything that was typed and the boxes ticked.
        view! {
            <button
                class="filters__link preset"
                type="submit"
                name="preset"
                value=preset.id
                formaction="/desk/invites/new#may"
                aria-pressed=preset.current.to_string()
            >
                {preset.name}
            </button>
        }
    });
    view! {
        <div class="presets">
            {any.then(|| view! { <span class="soft small">{words::PRESETS}</span> })}
            {buttons.collect_view()}
            {owner
                .then(|| view! { <a class="presets__edit small" href="/desk/settings/presets">{words::EDIT_PRESETS}</a> })}
        </div>
    }
}
