//! Who of the staff looks after a link, and what they wrote about it.

use domain::Timestamp;
use leptos::prelude::*;

use crate::components::{AreaField, FieldWords};
use crate::text::desk::link as words;
use crate::when;

/// A note.
#[derive(Clone, Debug)]
pub struct NoteView {
    /// Its id.
    pub id: String,
    /// Who wrote it.
    pub author: String,
    /// When.
    pub at: Timestamp,
    /// What it says.
    pub text: String,
    /// Whether the reader wrote it.
    pub is_own: bool,
}

/// Who looks after a link, and notes.
#[derive(Clone, Debug)]
pub struct CareView {
    /// The id of whoever looks after it.
    pub assignee: Option<String>,
    /// Everybody of the staff: id and address.
    pub staff: Vec<(String, String)>,
    /// The reader's own id.
    pub me: String,
    /// The notes, newest first.
    pub notes: Vec<NoteView>,
}

/// The two sections.
pub(super) fn section(id: &str, care: CareView) -> impl IntoView + use<> {
    let CareView { assignee, staff, me, notes } = care;
    let at = |page: &str| format!("/desk/links/{id}/{page}");
    let mine = assignee.as_ref() == Some(&me);
    let options = staff.into_iter().map(|(staff, address)| {
        let selected = assignee.as_ref() == Some(&staff);
        view! { <option value=staff selected=selected>{address}</option> }
    });
    let options = options.collect_view();
    let (save, take, add) = (at("assignee"), at("assignee"), at("notes"));
    let list = if notes.is_empty() {
        view! { <p class="soft small">{words::NO_NOTES}</p> }.into_any()
    } else {
        let notes = notes.into_iter().map(|note| {
            let delete = at(&format!("notes/{}/delete", note.id));
            note_item(note, delete)
        });
        view! { <ol class="staff-notes">{notes.collect_view()}</ol> }.into_any()
    };
    view! {
        <section class="card care" aria-labelledby="care-title">
            <h2 id="care-title">{words::ASSIGNEE}</h2>
            <form class="care__form" method="post" action=save>
                <label class="hidden" for="staff">{words::ASSIGNEE_LABEL}</label>
                <select class="field__input" id="staff" name="staff">
                    <option value="">{words::NOBODY}</option>
                    {options}
                </select>
                <button class="button button--quiet button--small" type="submit">{words::ASSIGN}</button>
            </form>
            {(!mine)
                .then(|| {
                    view! {
                        <form method="post" action=take>
                            <button class="button button--quiet button--small" type="submit" name="staff" value=me>
                                {words::ASSIGN_ME}
                            </button>
                        </form>
                    }
                })}
        </section>
        <section class="card care" id="notes" aria-labelledby="notes-title">
            <h2 id="notes-title">{words::NOTES}</h2>
            {list}
            <form class="form" method="post" action=add>
                <AreaField id="note" words=FieldWords { label: words::NOTE_LABEL, hint: words::NOTE_HINT, ..FieldWords::default() } value=String::new() rows=3 />
                <div>
                    <button class="button button--quiet button--small" type="submit">{words::NOTE_ADD}</button>
                </div>
            </form>
        </section>
    }
}

fn note_item(note: NoteView, delete: String) -> impl IntoView {
    view! {
        <li class="staff-note">
            <p class="staff-note__text">{note.text}</p>
            <div class="staff-note__foot">
                <span>
                    {note.author}
                    " · "
                    {when::time(note.at, when::date_and_time(note.at), "")}
                </span>
                {note
                    .is_own
                    .then(|| {
                        view! {
                            <form method="post" action=delete>
                                <button class="link-button" type="submit">{words::NOTE_DELETE}</button>
                            </form>
                        }
                    })}
            </div>
        </li>
    }
}
