//! Searching the audit log. The log is shared with every other case: each looks for entries of links of its own.

use domain::{CustomerName, Timestamp};

use super::fixtures::{append, entry, invite_id, keep, kept_staff, link, link_id};
use crate::{Actor, ActorKind, AuditAction, AuditEntry, AuditFound, AuditSearch, Link, Result, Storage};

pub async fn entries_are_found_newest_first_with_the_names_they_are_about(
    storage: &dyn Storage,
) -> Result<()> {
    let (link, staff) = (named(storage, "Northwind & <Sons>").await?, kept_staff(storage).await?);
    let first = AuditEntry { actor: Actor::Staff(staff.id), ..entry(Some(link.id)) };
    let second = entry(Some(link.id));
    note(storage, &[first.clone(), second.clone()]).await?;

    let found = of(storage, &link, AuditSearch::default()).await?;

    assert_eq!(entries(&found), [second, first]);
    assert!(found.iter().all(|found| found.customer.as_ref() == Some(&link.customer)));
    assert_eq!(found.iter().map(|found| found.staff.clone()).collect::<Vec<_>>(), [None, Some(staff.email)]);
    assert!(found.iter().map(|found| found.position).is_sorted_by(|a, b| *a == b + 1));
    Ok(())
}

pub async fn an_entry_of_a_link_or_a_staff_member_that_is_gone_has_no_names(
    storage: &dyn Storage,
) -> Result<()> {
    let gone = entry(Some(link_id()));
    note(storage, std::slice::from_ref(&gone)).await?;
    let head = storage.audit_head().await?.position;

    let found = storage.search_audit(&AuditSearch::default(), Some(head + 1), 1).await?;

    assert_eq!(found, [AuditFound { position: head, entry: gone, customer: None, staff: None }]);
    Ok(())
}

pub async fn a_search_goes_on_where_it_stopped(storage: &dyn Storage) -> Result<()> {
    let link = named(storage, "Goes On").await?;
    let all: Vec<_> = (0..5).map(|_| entry(Some(link.id))).collect();
    note(storage, &all).await?;
    let search = AuditSearch { text: Some(link.id.to_string()), ..AuditSearch::default() };

    let mut seen = Vec::new();
    let mut before = None;
    loop {
        let page = storage.search_audit(&search, before, 2).await?;
        let Some(last) = page.last() else { break };
        before = Some(last.position);
        assert!(page.len() <= 2);
        seen.extend(entries(&page));
    }

    assert_eq!(seen, all.into_iter().rev().collect::<Vec<_>>());
    Ok(())
}

pub async fn who_what_and_when_narrow_a_search(storage: &dyn Storage) -> Result<()> {
    let link = named(storage, "Narrow").await?;
    let staff = kept_staff(storage).await?;
    let at = Timestamp::from_millis;
    let make = |millis, actor, action| AuditEntry { at: at(millis), actor, action, ..entry(Some(link.id)) };
    let [a, b, c, d] = [
        make(1_000, Actor::CommandLine, AuditAction::InviteCreated),
        make(2_000, Actor::Customer(invite_id()), AuditAction::FlowStarted),
        make(3_000, Actor::Staff(staff.id), AuditAction::InviteCreated),
        make(4_000, Actor::System, AuditAction::CheckFinished),
    ];
    note(storage, &[a.clone(), b.clone(), c.clone(), d.clone()]).await?;
    let any = AuditSearch::default;

    for (search, expected) in [
        (AuditSearch { who: Some(ActorKind::Customer), ..any() }, vec![&b]),
        (AuditSearch { who: Some(ActorKind::Staff), ..any() }, vec![&c]),
        (AuditSearch { who: Some(ActorKind::CommandLine), ..any() }, vec![&a]),
        (AuditSearch { who: Some(ActorKind::System), ..any() }, vec![&d]),
        (AuditSearch { what: Some(AuditAction::InviteCreated), ..any() }, vec![&c, &a]),
        (AuditSearch { since: Some(at(3_000)), ..any() }, vec![&d, &c]),
        (AuditSearch { until: Some(at(3_000)), ..any() }, vec![&b, &a]),
        (AuditSearch { since: Some(at(2_000)), until: Some(at(2_001)), ..any() }, vec![&b]),
        (
            AuditSearch {
                who: Some(ActorKind::Staff),
                what: Some(AuditAction::InviteCreated),
                since: Some(at(1_000)),
                until: Some(at(9_000)),
                ..any()
            },
            vec![&c],
        ),
        (AuditSearch { what: Some(AuditAction::Disconnected), ..any() }, vec![]),
    ] {
        let found = of(storage, &link, search.clone()).await?;
        assert_eq!(entries(&found).iter().collect::<Vec<_>>(), expected, "{search:?}");
    }
    Ok(())
}

pub async fn text_finds_customers_and_staff_by_any_part_of_their_names(storage: &dyn Storage) -> Result<()> {
    let link = named(storage, "Quibble_100% O'Hara\\Zoë").await?;
    let other = named(storage, "QuibbleX100 OHara").await?;
    let staff = kept_staff(storage).await?;
    let by_staff = AuditEntry { actor: Actor::Staff(staff.id), ..entry(None) };
    let (about, beside) = (entry(Some(link.id)), entry(Some(other.id)));
    note(storage, &[about.clone(), beside.clone(), by_staff.clone()]).await?;

    for (text, expected) in [
        ("Quibble_100%", vec![about.clone()]),
        ("o'hara\\zo", vec![about.clone()]),
        ("QUIBBLE", vec![beside, about.clone()]),
        (staff.email.as_str(), vec![by_staff]),
        (&link.id.to_string(), vec![about]),
        ("nobody has this name: '; DROP TABLE link; --", vec![]),
        (&link_id().to_string(), vec![]),
    ] {
        let search = AuditSearch { text: Some(text.to_owned()), ..AuditSearch::default() };
        assert_eq!(entries(&storage.search_audit(&search, None, 10).await?), expected, "{text}");
    }
    Ok(())
}

fn entries(found: &[AuditFound]) -> Vec<AuditEntry> {
    found.iter().map(|found| found.entry.clone()).collect()
}

async fn of(storage: &dyn Storage, link: &Link, search: AuditSearch) -> Result<Vec<AuditFound>> {
    let search = AuditSearch { text: Some(link.id.to_string()), ..search };
    storage.search_audit(&search, None, 100).await
}

async fn named(storage: &dyn Storage, customer: &str) -> Result<Link> {
    let mut link = link();
    link.customer = CustomerName::parse(customer).unwrap_or(link.customer);
    keep(storage, &link).await?;
    Ok(link)
}

async fn note(storage: &dyn Storage, entries: &[AuditEntry]) -> Result<()> {
    let mut unit = storage.begin().await?;
    for entry in entries {
        append(&mut *unit, entry).await?;
    }
    unit.commit().await
}
