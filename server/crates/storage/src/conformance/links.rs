//! Links: kept, changed, listed, counted.

use domain::{CustomerName, LinkStatus, Permission, PermissionSet, ProblemCode, Step, WhoActs};

use super::fixtures::{email, fingerprint, host, keep, kept_link, link, link_id, now, previous};
use crate::{Link, LinkCount, LinkFilter, LinkQuery, Previous, Result, Storage, StorageError};

pub async fn a_link_is_read_back_as_it_was_written(storage: &dyn Storage) -> Result<()> {
    let link = link();

    keep(storage, &link).await?;

    assert_eq!(storage.link(link.id).await?.as_ref(), Some(&link));
    assert_eq!(storage.begin().await?.link(link.id).await?, Some(link));
    Ok(())
}

pub async fn a_link_of_which_little_is_known_is_read_back(storage: &dyn Storage) -> Result<()> {
    let bare = Link {
        contact: None,
        reference: None,
        note: None,
        problem: None,
        step_reached: None,
        host: None,
        fresh_host: None,
        account: None,
        previous: None,
        linked_at: None,
        permissions: PermissionSet::new(&[]),
        ..link()
    };

    keep(storage, &bare).await?;

    assert_eq!(storage.link(bare.id).await?, Some(bare));
    Ok(())
}

pub async fn an_unknown_link_is_none(storage: &dyn Storage) -> Result<()> {
    let unknown = link_id();

    assert_eq!(storage.link(unknown).await?, None);
    assert_eq!(storage.begin().await?.link(unknown).await?, None);
    Ok(())
}

pub async fn the_same_link_is_not_added_twice(storage: &dyn Storage) -> Result<()> {
    let kept = kept_link(storage).await?;
    let again = Link { id: kept.id, ..link() };

    let refused = keep(storage, &again).await;

    assert!(matches!(refused, Err(StorageError::Duplicate(_))), "{refused:?}");
    assert_eq!(storage.link(kept.id).await?, Some(kept));
    Ok(())
}

pub async fn every_status_of_a_link_is_read_back(storage: &dyn Storage) -> Result<()> {
    for status in LinkStatus::ALL {
        read_back(storage, Link { status, ..link() }).await?;
    }
    Ok(())
}

pub async fn every_status_before_a_replacement_is_read_back(storage: &dyn Storage) -> Result<()> {
    for status in LinkStatus::ALL {
        let was = Previous { status, account: None, ..previous(now()) };
        read_back(storage, Link { previous: Some(was), ..link() }).await?;
    }
    Ok(())
}

pub async fn everyone_who_can_act_is_read_back(storage: &dyn Storage) -> Result<()> {
    for who_acts in [WhoActs::Customer, WhoActs::Us, WhoActs::Ukg, WhoActs::Nobody] {
        read_back(storage, Link { who_acts, ..link() }).await?;
    }
    Ok(())
}

pub async fn every_problem_of_a_link_is_read_back(storage: &dyn Storage) -> Result<()> {
    for code in ProblemCode::ALL {
        read_back(storage, Link { problem: Some(code), ..link() }).await?;
    }
    Ok(())
}

pub async fn every_step_reached_is_read_back(storage: &dyn Storage) -> Result<()> {
    for step in Step::ALL {
        read_back(storage, Link { step_reached: Some(step), ..link() }).await?;
    }
    Ok(())
}

pub async fn every_permission_is_read_back(storage: &dyn Storage) -> Result<()> {
    for permission in Permission::ALL {
        read_back(storage, Link { permissions: PermissionSet::new(&[permission]), ..link() }).await?;
    }
    read_back(storage, Link { permissions: PermissionSet::new(&Permission::ALL), ..link() }).await
}

pub async fn an_update_changes_what_can_change_and_nothing_else(storage: &dyn Storage) -> Result<()> {
    let kept = kept_link(storage).await?;
    let changed = Link {
        status: LinkStatus::LinkedWithGaps,
        who_acts: WhoActs::Ukg,
        problem: Some(ProblemCode::PermissionMissing),
        step_reached: Some(Step::Domain),
        host: Some(host("servicet.ultipro.ca")),
        fresh_host: Some(host("service12.ultipro.com")),
        account: Some(fingerprint()),
        previous: Some(Previous {
            host: host("service13.ultipro.com"),
            status: LinkStatus::Broken,
            ..previous(now())
        }),
        changed_at: now(),
        linked_at: Some(now()),
        ..kept.clone()
    };
    let asked = Link {
        contact: Some(email("somebody@else.example")),
        permissions: PermissionSet::new(&Permission::ALL),
        created_at: now(),
        ..changed.clone()
    };

    update(storage, &asked).await?;

    assert_eq!(storage.link(kept.id).await?, Some(changed));
    Ok(())
}

pub async fn what_a_paused_link_was_is_read_back_and_cleared(storage: &dyn Storage) -> Result<()> {
    for was in LinkStatus::ALL.into_iter().filter(|status| status.stands()) {
        let stood = Link { status: was, ..link() };
        keep(storage, &stood).await?;
        let paused = Link { status: LinkStatus::Paused, paused_from: Some(was), ..stood.clone() };

        update(storage, &paused).await?;
        assert_eq!(storage.link(stood.id).await?, Some(paused.clone()));
        update(storage, &stood).await?;
        assert_eq!(storage.link(stood.id).await?, Some(stood));

        let made_paused = Link { id: link_id(), ..paused };
        keep(storage, &made_paused).await?;
        assert_eq!(storage.link(made_paused.id).await?, Some(made_paused));
    }
    Ok(())
}

pub async fn only_a_paused_link_was_something_else(storage: &dyn Storage) -> Result<()> {
    let kept = kept_link(storage).await?;

    assert!(update(storage, &Link { paused_from: Some(LinkStatus::Linked), ..kept.clone() }).await.is_err());
    assert_eq!(storage.link(kept.id).await?, Some(kept));
    Ok(())
}

pub async fn an_update_clears_what_is_no_longer_so(storage: &dyn Storage) -> Result<()> {
    let kept = kept_link(storage).await?;
    let cleared = Link {
        problem: None,
        step_reached: None,
        host: None,
        fresh_host: None,
        account: None,
        previous: None,
        linked_at: None,
        ..kept
    };

    update(storage, &cleared).await?;

    assert_eq!(storage.link(cleared.id).await?, Some(cleared));
    Ok(())
}

pub async fn an_update_leaves_other_links_alone(storage: &dyn Storage) -> Result<()> {
    let (mut one, other) = (kept_link(storage).await?, kept_link(storage).await?);

    one.move_to(LinkStatus::Linked, None, now());
    update(storage, &one).await?;

    assert_eq!(storage.link(other.id).await?, Some(other));
    Ok(())
}

pub async fn an_update_of_an_unknown_link_adds_none(storage: &dyn Storage) -> Result<()> {
    let unknown = link();

    update(storage, &unknown).await?;

    assert_eq!(storage.link(unknown.id).await?, None);
    Ok(())
}

pub async fn links_are_listed_last_changed_first(storage: &dyn Storage) -> Result<()> {
    let (mut first, second, third) =
        (kept_link(storage).await?, kept_link(storage).await?, kept_link(storage).await?);
    first.move_to(LinkStatus::Opened, None, now());
    update(storage, &first).await?;

    let listed = storage.links(&LinkQuery::first(3)).await?;

    assert_eq!(listed, [first, third, second]);
    Ok(())
}

pub async fn a_list_of_links_ends_at_its_limit(storage: &dyn Storage) -> Result<()> {
    let (_, second, third) =
        (kept_link(storage).await?, kept_link(storage).await?, kept_link(storage).await?);

    assert_eq!(storage.links(&LinkQuery::first(2)).await?, [third.clone(), second]);
    assert_eq!(storage.links(&of_status(LinkStatus::Invited, 1)).await?, [third]);
    assert_eq!(storage.links(&LinkQuery::first(0)).await?, []);
    assert!(storage.links(&LinkQuery::first(u32::MAX)).await?.len() >= 3);
    Ok(())
}

pub async fn a_list_of_one_status_holds_no_other(storage: &dyn Storage) -> Result<()> {
    let mut newest = Vec::new();
    for _ in 0..2 {
        for status in LinkStatus::ALL {
            let link = Link { status, ..link() };
            keep(storage, &link).await?;
            newest.push(link);
        }
    }

    for status in LinkStatus::ALL {
        let expected: Vec<_> = newest.iter().rev().filter(|link| link.status == status).cloned().collect();
        assert_eq!(storage.links(&of_status(status, 2)).await?, expected);
        assert!(storage.links(&of_status(status, 1_000)).await?.iter().all(|link| link.status == status));
    }
    Ok(())
}

pub async fn links_with_the_same_account_are_found_last_changed_first(storage: &dyn Storage) -> Result<()> {
    let shared = fingerprint();
    let account = Some(shared);
    let (mut one, other, asking) =
        (Link { account, ..link() }, Link { account, ..link() }, Link { account, ..link() });
    // Linked with it before, or not any more.
    let was = Link { previous: Some(Previous { account, ..previous(now()) }), ..link() };
    let ended = Link { account, status: LinkStatus::Disconnected, ..link() };
    for link in [&one, &other, &asking, &was, &ended, &Link { account: None, ..link() }] {
        keep(storage, link).await?;
    }
    one.move_to(LinkStatus::Broken, None, now());
    update(storage, &one).await?;

    assert_eq!(storage.links_with_account(&shared, asking.id).await?, [one.clone(), other.clone()]);
    assert_eq!(storage.links_with_account(&shared, link_id()).await?, [one.clone(), asking, other]);
    assert_eq!(storage.links_with_account(&fingerprint(), one.id).await?, []);
    Ok(())
}

pub async fn a_link_that_changed_its_account_is_found_with_the_new_one(storage: &dyn Storage) -> Result<()> {
    let (old, new) = (fingerprint(), fingerprint());
    let mut changed = Link { account: Some(old), ..link() };
    keep(storage, &changed).await?;
    changed.account = Some(new);

    update(storage, &changed).await?;

    assert_eq!(storage.links_with_account(&old, link_id()).await?, []);
    assert_eq!(storage.links_with_account(&new, link_id()).await?, [changed]);
    Ok(())
}

pub async fn unfinished_links_of_a_customer_or_contact_are_found_last_changed_first(
    storage: &dyn Storage,
) -> Result<()> {
    let unique = link_id().to_string();
    let customer = CustomerName::parse(&format!("Twin {unique}")).map_err(|_| unreadable())?;
    let contact = email(&format!("{unique}@twin.example"));
    let by_name = Link { customer: customer.clone(), ..link() };
    let by_contact = Link { contact: Some(contact.clone()), status: LinkStatus::Checking, ..link() };
    let linked = Link { customer: customer.clone(), status: LinkStatus::Linked, ..link() };
    let other = link();
    for link in [&by_name, &by_contact, &linked, &other] {
        keep(storage, link).await?;
    }
    let louder = CustomerName::parse(&format!("TWIN {unique}")).map_err(|_| unreadable())?;

    let both = storage.unfinished_links(&louder, Some(&contact), 10).await?;
    assert_eq!(both, [by_contact.clone(), by_name.clone()]);
    let mut unit = storage.begin().await?;
    assert_eq!(unit.unfinished_links(&louder, Some(&contact), 1).await?, [by_contact]);
    assert_eq!(unit.unfinished_links(&customer, None, 10).await?, [by_name]);
    Ok(())
}

fn unreadable() -> StorageError {
    StorageError::Database("the case's own texts are well formed".into())
}

pub async fn links_are_counted_by_status(storage: &dyn Storage) -> Result<()> {
    let before = storage.count_links().await?;
    for status in LinkStatus::ALL {
        keep(storage, &Link { status, ..link() }).await?;
    }
    keep(storage, &Link { status: LinkStatus::Paused, ..link() }).await?;

    let after = storage.count_links().await?;

    for status in LinkStatus::ALL {
        let more = if status == LinkStatus::Paused { 2 } else { 1 };
        assert_eq!(of(&after, status), of(&before, status) + more, "{status}");
    }
    Ok(())
}

async fn read_back(storage: &dyn Storage, link: Link) -> Result<()> {
    keep(storage, &link).await?;

    assert_eq!(storage.link(link.id).await?, Some(link));
    Ok(())
}

fn of_status(status: LinkStatus, limit: u32) -> LinkQuery {
    let filter = LinkFilter { status: Some(status), ..LinkFilter::default() };
    LinkQuery { filter, ..LinkQuery::first(limit) }
}

async fn update(storage: &dyn Storage, link: &Link) -> Result<()> {
    let mut unit = storage.begin().await?;
    unit.update_link(link).await?;
    unit.commit().await
}

fn of(counts: &[LinkCount], status: LinkStatus) -> u64 {
    counts.iter().filter(|count| count.status == status).map(|count| count.links).sum()
}
