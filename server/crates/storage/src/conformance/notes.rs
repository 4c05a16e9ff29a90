//! What staff write about a link, and who of them looks after it.

#![expect(clippy::unwrap_used, reason = "the texts below are well formed")]

use domain::{LinkId, NoteId, StaffId, StaffNote};

use super::fixtures::{kept_link, kept_staff, link_id, now, random, staff_id};
use crate::{LinkNote, Result, Storage};

pub async fn a_note_is_read_back_as_it_was_written(storage: &dyn Storage) -> Result<()> {
    let (link, author) = (kept_link(storage).await?, kept_staff(storage).await?);
    let note = note(link.id, author.id);

    add(storage, &note).await?;

    assert_eq!(storage.notes_of(link.id).await?, [note]);
    Ok(())
}

pub async fn notes_are_listed_newest_first_and_of_one_link_only(storage: &dyn Storage) -> Result<()> {
    let (link, other) = (kept_link(storage).await?, kept_link(storage).await?);
    let author = kept_staff(storage).await?.id;
    let (first, second, third) = (note(link.id, author), note(link.id, author), note(link.id, author));

    for note in [&second, &note(other.id, author), &third, &first] {
        add(storage, note).await?;
    }

    assert_eq!(storage.notes_of(link.id).await?, [third, second, first]);
    assert_eq!(storage.notes_of(link_id()).await?, []);
    Ok(())
}

pub async fn a_note_needs_its_link_and_its_author(storage: &dyn Storage) -> Result<()> {
    let (link, author) = (kept_link(storage).await?, kept_staff(storage).await?);

    assert!(add(storage, &note(link_id(), author.id)).await.is_err());
    assert!(add(storage, &note(link.id, staff_id())).await.is_err());
    assert_eq!(storage.notes_of(link.id).await?, []);
    Ok(())
}

pub async fn a_note_is_taken_away_by_its_author_alone_and_once(storage: &dyn Storage) -> Result<()> {
    let (link, other) = (kept_link(storage).await?, kept_link(storage).await?);
    let (author, colleague) = (kept_staff(storage).await?.id, kept_staff(storage).await?.id);
    let (gone, stays) = (note(link.id, author), note(link.id, author));
    add(storage, &gone).await?;
    add(storage, &stays).await?;

    let mut unit = storage.begin().await?;
    assert!(!unit.delete_note(link.id, gone.id, colleague).await?);
    assert!(!unit.delete_note(other.id, gone.id, author).await?);
    assert!(unit.delete_note(link.id, gone.id, author).await?);
    assert!(!unit.delete_note(link.id, gone.id, author).await?);
    unit.commit().await?;

    assert_eq!(storage.notes_of(link.id).await?, [stays]);
    Ok(())
}

pub async fn a_link_is_given_to_somebody_and_to_nobody(storage: &dyn Storage) -> Result<()> {
    let (link, other) = (kept_link(storage).await?, kept_link(storage).await?);
    let staff = kept_staff(storage).await?.id;

    for to in [Some(staff), None, Some(staff)] {
        let mut unit = storage.begin().await?;
        assert!(unit.assign(link.id, to).await?);
        unit.commit().await?;

        let mut given = link.clone();
        given.assignee = to;
        assert_eq!(storage.link(link.id).await?, Some(given));
    }
    assert_eq!(storage.link(other.id).await?, Some(other));
    Ok(())
}

pub async fn an_unknown_link_is_given_to_nobody_and_a_link_to_nobody_unknown(
    storage: &dyn Storage,
) -> Result<()> {
    let (link, staff) = (kept_link(storage).await?, kept_staff(storage).await?);

    assert!(!storage.begin().await?.assign(link_id(), Some(staff.id)).await?);
    assert!(storage.begin().await?.assign(link.id, Some(staff_id())).await.is_err());
    Ok(())
}

async fn add(storage: &dyn Storage, note: &LinkNote) -> Result<()> {
    let mut unit = storage.begin().await?;
    unit.insert_note(note).await?;
    unit.commit().await
}

/// A note of this author on this link, not kept yet.
fn note(link: LinkId, author: StaffId) -> LinkNote {
    let at = now();
    let text = StaffNote::parse("Called; \"call\u{a0}back\" at 3.\n</textarea><script>'--").unwrap();
    LinkNote { id: NoteId::new(at, random()), link, author, at, text }
}
