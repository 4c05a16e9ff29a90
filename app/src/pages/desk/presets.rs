//! `/desk/settings/presets`: the sets of permissions that invites start from, for owners.

use domain::Permission;
use leptos::prelude::*;

use super::settings::{SettingsPart, parts};
use crate::components::{FieldWords, LineField, LineKind, PermissionBoxes};
use crate::icons::Icon;
use crate::text::desk::presets as words;

/// A preset's form.
#[derive(Clone, Debug, Default)]
pub struct PresetForm {
    /// Its id; empty for a new one.
    pub id: String,
    /// The name, as it is typed.
    pub name: String,
    /// The boxes that are ticked.
    pub ticked: Vec<Permission>,
    /// What is wrong.
    pub problem: Option<String>,
}

/// What the page shows.
#[derive(Clone, Debug, Default)]
pub struct PresetsView {
    /// Those there are.
    pub presets: Vec<PresetForm>,
    /// The form for a new one.
    pub add: PresetForm,
    /// What was done.
    pub done: Option<&'static str>,
}

/// The page.
#[component]
pub fn PresetsPage(
    /// What it shows.
    view: PresetsView,
) -> impl IntoView {
    let PresetsView { presets, add, done } = view;
    let none = presets.is_empty();
    let list = presets.into_iter().enumerate().map(|(n, preset)| one(preset, n + 1));
    let wrong = add.problem.is_some();
    view! {
        <main class="desk desk--form" id="main" tabindex="-1">
            {parts(SettingsPart::Presets)}
            <header class="desk__head">
                <div>
                    <h1>{words::PRESETS}</h1>
                    <p class="soft">{words::LEAD}</p>
                </div>
            </header>
            {done.map(|done| view! { <p class="note note--ok done" role="status">{Icon::Check.view()} <span>{done}</span></p> })}
            <div class="order">
                {none.then(|| view! { <p class="soft">{words::NONE}</p> })}
                {list.collect_view()}
                <section class="card order__part" aria-labelledby="add-title">
                    <h2 id="add-title">{words::ADD}</h2>
                    <form class="order__form" method="post" action="/desk/settings/presets">
                        {fields(add, 0, wrong)}
                        <div class="actions">
                            <button class="button" type="submit" name="do" value="add">{words::ADD_BUTTON}</button>
                        </div>
                    </form>
                </section>
            </div>
        </main>
    }
}

fn one(preset: PresetForm, number: usize) -> impl IntoView {
    let wrong = preset.problem.is_some();
    let id = preset.id.clone();
    let name = preset.name.clone();
    let count = how_many(&preset.ticked);
    view! {
        <details class="card more preset-card" open=wrong data-preset=id.clone()>
            <summary class="more__head">
                <b>{name}</b>
                " "
                <span class="soft small">{count}</span>
            </summary>
            <form class="order__form more__body" method="post" action="/desk/settings/presets">
                <input type="hidden" name="id" value=id.clone() />
                {fields(preset, number, wrong)}
                <div class="actions">
                    <button class="button" type="submit" name="do" value="change">{words::SAVE}</button>
                    <button class="button button--quiet button--end" type="submit" name="do" value="remove">
                        {words::REMOVE}
                    </button>
                </div>
            </form>
        </details>
    }
}

/// How many permissions a preset has, the required one among them.
fn how_many(ticked: &[Permission]) -> String {
    words::count(Permission::ALL.into_iter().filter(|p| p.is_required() || ticked.contains(p)).count())
}

fn fields(preset: PresetForm, number: usize, first: bool) -> impl IntoView {
    let field =
        FieldWords { label: words::NAME, hint: words::NAME_HINT, optional: false, problem: preset.problem };
    view! {
        <LineField id=format!("name-{number}") name="name" words=field value=preset.name kind=LineKind::Text first />
        <PermissionBoxes ticked=preset.ticked />
    }
}
