//! The audit log, which is also each link's timeline.

use super::fixtures::{self, entry, invite_id, kept_link, link_id, now, staff_id};
use crate::{Actor, AuditAction, AuditEntry, Client, Result, Storage};
use domain::Browser;

pub async fn an_entry_is_read_back(storage: &dyn Storage) -> Result<()> {
    let link = kept_link(storage).await?;
    let entry = entry(Some(link.id));

    append(storage, &[&entry]).await?;

    assert_eq!(storage.timeline(link.id, 10).await?, [entry]);
    Ok(())
}

pub async fn a_unit_reads_the_timeline_with_what_it_has_written(storage: &dyn Storage) -> Result<()> {
    let (link, other) = (link_id(), link_id());
    let (first, second, third) = (entry(Some(link)), entry(Some(link)), entry(Some(link)));
    append(storage, &[&first, &entry(Some(other)), &second]).await?;

    let mut unit = storage.begin().await?;
    fixtures::append(&mut *unit, &third).await?;

    assert_eq!(unit.timeline(link, 2).await?, [third.clone(), second.clone()]);
    assert_eq!(unit.timeline(link, 10).await?, [third, second, first]);
    Ok(())
}

pub async fn a_link_without_entries_has_an_empty_timeline(storage: &dyn Storage) -> Result<()> {
    let link = kept_link(storage).await?;

    assert_eq!(storage.timeline(link.id, 10).await?, []);
    assert_eq!(storage.timeline(link_id(), 10).await?, []);
    Ok(())
}

pub async fn entries_are_listed_newest_first(storage: &dyn Storage) -> Result<()> {
    let link = link_id();
    let (first, second, third) = (entry(Some(link)), entry(Some(link)), entry(Some(link)));

    append(storage, &[&second]).await?;
    append(storage, &[&third, &first]).await?;

    assert_eq!(storage.timeline(link, 10).await?, [third, second, first]);
    Ok(())
}

pub async fn entries_of_one_moment_are_listed_last_appended_first(storage: &dyn Storage) -> Result<()> {
    let link = link_id();
    let first = entry(Some(link));
    let mut entries = vec![first.clone()];
    for _ in 0..15 {
        entries.push(AuditEntry { at: first.at, ..entry(Some(link)) });
    }
    // Their ids sort neither way.
    entries.sort_by_key(|entry| entry.id.to_string().bytes().rev().collect::<Vec<_>>());

    append(storage, &entries.iter().collect::<Vec<_>>()).await?;

    entries.reverse();
    assert_eq!(storage.timeline(link, 100).await?, entries);
    Ok(())
}

pub async fn what_happened_before_an_entry_is_listed_without_it(storage: &dyn Storage) -> Result<()> {
    let (link, other) = (link_id(), link_id());
    let first = entry(Some(link));
    // Three of one moment: only the order in which they were appended tells them apart.
    let second = AuditEntry { at: first.at, ..entry(Some(link)) };
    let third = AuditEntry { at: first.at, ..entry(Some(link)) };
    let fourth = entry(Some(link));
    let foreign = entry(Some(other));
    append(storage, &[&first, &second, &third, &fourth, &foreign]).await?;

    let before = |entry: &AuditEntry, limit| storage.timeline_before(link, entry.id, limit);
    assert_eq!(before(&fourth, 2).await?, [third.clone(), second.clone()]);
    assert_eq!(before(&third, 9).await?, [second.clone(), first.clone()]);
    assert_eq!(before(&second, 9).await?, std::slice::from_ref(&first));
    assert_eq!(before(&first, 9).await?, []);
    assert_eq!(before(&foreign, 9).await?, []);
    assert_eq!(before(&entry(Some(link)), 9).await?, []);
    Ok(())
}

pub async fn entries_of_one_action_are_listed_alone_newest_first(storage: &dyn Storage) -> Result<()> {
    let link = link_id();
    let of = |action, link| AuditEntry { action, ..entry(Some(link)) };
    let (first, second) = (of(AuditAction::Disconnected, link), of(AuditAction::Disconnected, link));
    let (else_, foreign) = (of(AuditAction::Paused, link), of(AuditAction::Disconnected, link_id()));
    append(storage, &[&first, &else_, &second, &foreign]).await?;

    let ended = AuditAction::Disconnected;
    assert_eq!(storage.timeline_of(link, ended, 9).await?, [second.clone(), first]);
    assert_eq!(storage.timeline_of(link, ended, 1).await?, [second]);
    assert_eq!(storage.timeline_of(link, AuditAction::Resumed, 9).await?, []);
    Ok(())
}

pub async fn a_wish_for_a_new_invite_stands_until_staff_make_one_or_somebody_begins(
    storage: &dyn Storage,
) -> Result<()> {
    let (mailed, made, begun) =
        (kept_link(storage).await?.id, kept_link(storage).await?.id, kept_link(storage).await?.id);
    let of = |link, action, actor| AuditEntry { action, actor, ..entry(Some(link)) };
    let customer = || Actor::Customer(invite_id());
    for link in [mailed, made, begun] {
        append(storage, &[&of(link, AuditAction::InviteCreated, Actor::CommandLine)]).await?;
        append(storage, &[&of(link, AuditAction::InviteRenewed, customer())]).await?;
    }
    // Made by the wish itself: whether it arrives is not known.
    append(storage, &[&of(mailed, AuditAction::InviteCreated, customer())]).await?;

    append(storage, &[&of(made, AuditAction::InviteCreated, Actor::Staff(staff_id()))]).await?;
    append(storage, &[&of(begun, AuditAction::FlowStarted, customer())]).await?;

    let told = storage.row_details(&[mailed, made, begun], now(), now()).await?;
    let asked: Vec<_> = told.iter().filter(|row| row.renewal_asked).map(|row| row.link).collect();
    assert_eq!((told.len(), asked), (3, vec![mailed]));
    Ok(())
}

pub async fn a_timeline_ends_at_its_limit(storage: &dyn Storage) -> Result<()> {
    let link = link_id();
    let (first, second, third) = (entry(Some(link)), entry(Some(link)), entry(Some(link)));
    append(storage, &[&first, &second, &third]).await?;

    assert_eq!(storage.timeline(link, 2).await?, [third, second]);
    assert_eq!(storage.timeline(link, 0).await?, []);
    assert_eq!(storage.timeline(link, u32::MAX).await?.len(), 3);
    Ok(())
}

pub async fn an_entry_about_no_link_is_in_no_timeline(storage: &dyn Storage) -> Result<()> {
    let link = link_id();
    let (about_link, about_none) = (entry(Some(link)), entry(None));

    append(storage, &[&about_none, &about_link]).await?;

    assert_eq!(storage.timeline(link, 10).await?, [about_link]);
    Ok(())
}

pub async fn a_timeline_holds_no_other_links_entries(storage: &dyn Storage) -> Result<()> {
    let (one, other) = (entry(Some(link_id())), entry(Some(link_id())));

    append(storage, &[&one, &other]).await?;

    for entry in [one, other] {
        let link = entry.link.unwrap_or_else(link_id);
        assert_eq!(storage.timeline(link, 10).await?, [entry]);
    }
    Ok(())
}

pub async fn every_action_is_read_back(storage: &dyn Storage) -> Result<()> {
    for &action in AuditAction::ALL {
        read_back(storage, AuditEntry { action, ..entry(None) }).await?;
    }
    Ok(())
}

pub async fn every_actor_is_read_back(storage: &dyn Storage) -> Result<()> {
    for actor in [Actor::Customer(invite_id()), Actor::Staff(staff_id()), Actor::CommandLine, Actor::System] {
        read_back(storage, AuditEntry { actor, ..entry(None) }).await?;
    }
    Ok(())
}

pub async fn from_where_is_read_back(storage: &dyn Storage) -> Result<()> {
    let addresses = ["192.0.2.7", "2001:db8::7", "::ffff:192.0.2.7"].map(|text| text.parse().ok());
    for address in addresses.into_iter().chain([None]) {
        for browser in Browser::ALL.map(Some).into_iter().chain([None]) {
            read_back(storage, AuditEntry { client: Client { address, browser }, ..entry(None) }).await?;
        }
    }
    Ok(())
}

pub async fn any_detail_is_read_back(storage: &dyn Storage) -> Result<()> {
    let long = "5 letters, then ".repeat(1_000);
    for detail in ["", "credentials_rejected", "O'Hara; \"Zoë\" – 東京\n\t\\ %", &long] {
        read_back(storage, AuditEntry { detail: detail.to_owned(), ..entry(None) }).await?;
    }
    Ok(())
}

pub async fn an_entry_is_never_replaced(storage: &dyn Storage) -> Result<()> {
    let link = link_id();
    let first = entry(Some(link));
    append(storage, &[&first]).await?;
    let same_id = AuditEntry { id: first.id, ..entry(Some(link)) };

    assert!(append(storage, &[&same_id]).await.is_err());

    assert_eq!(storage.timeline(link, 10).await?, [first]);
    Ok(())
}

async fn append(storage: &dyn Storage, entries: &[&AuditEntry]) -> Result<()> {
    let mut unit = storage.begin().await?;
    for entry in entries {
        fixtures::append(&mut *unit, entry).await?;
    }
    unit.commit().await
}

/// The entry, about a link of its own.
async fn read_back(storage: &dyn Storage, entry: AuditEntry) -> Result<()> {
    let link = link_id();
    let entry = AuditEntry { link: Some(link), ..entry };
    append(storage, &[&entry]).await?;

    assert_eq!(storage.timeline(link, 10).await?, [entry]);
    Ok(())
}
