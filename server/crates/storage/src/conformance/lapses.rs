//! What happens to links by nothing happening: found, and told once.

use domain::LinkStatus;

use super::fixtures::{invite_to, keep, kept_link, link, now, settle_lapsed};
use crate::{Link, Result, Storage};

const DAY: i64 = 24 * 60 * 60;

pub async fn links_that_lapse_are_told_once_and_no_more_than_asked_for(storage: &dyn Storage) -> Result<()> {
    let at = now();
    settle_lapsed(storage, at).await?;
    assert!(!storage.any_about_to_lapse(at).await?);
    let mut lapsing = Vec::new();
    for _ in 0..3 {
        let link = kept_link(storage).await?;
        let mut unit = storage.begin().await?;
        unit.insert_invite(&crate::Invite { expires_at: at, ..invite_to(link.id) }).await?;
        unit.commit().await?;
        lapsing.push(link.id);
    }
    assert!(storage.any_about_to_lapse(at).await?);
    assert!(!storage.any_about_to_lapse(at.plus_seconds(-1)).await?);

    let mut unit = storage.begin().await?;
    let mut first = unit.settle_lapsed(at, 2).await?;
    let rest = unit.settle_lapsed(at, 2).await?;
    unit.commit().await?;

    assert_eq!((first.len(), rest.len()), (2, 1));
    first.extend(rest);
    first.sort();
    lapsing.sort();
    assert_eq!(first, lapsing);
    assert!(!storage.any_about_to_lapse(at).await?);
    Ok(())
}

pub async fn links_left_alone_are_told_once_until_something_happens(storage: &dyn Storage) -> Result<()> {
    let at = now();
    let idle = |status, days: i64| Link { status, changed_at: at.plus_seconds(-days * DAY), ..link() };
    let (opened, under_way) = (idle(LinkStatus::Opened, 2), idle(LinkStatus::InProgress, 3));
    let (lately, long_ago) = (idle(LinkStatus::Opened, 0), idle(LinkStatus::Opened, 9));
    let (invited, shut) = (idle(LinkStatus::Invited, 2), idle(LinkStatus::Opened, 2));
    for link in [&opened, &under_way, &lately, &long_ago, &invited, &shut] {
        keep(storage, link).await?;
        let expires_at = if link.id == shut.id { at } else { at.plus_seconds(DAY) };
        let mut unit = storage.begin().await?;
        unit.insert_invite(&crate::Invite { expires_at, ..invite_to(link.id) }).await?;
        unit.commit().await?;
    }
    let of = |mut links: Vec<_>| {
        links.sort();
        links
    };
    let told = || async {
        let mut unit = storage.begin().await?;
        let told = unit.settle_idle(at.plus_seconds(-7 * DAY), at.plus_seconds(-DAY), at, 100).await?;
        unit.commit().await?;
        Result::Ok(told)
    };

    assert_eq!(of(told().await?), of(vec![opened.id, under_way.id]));
    assert_eq!(told().await?, []);

    let mut unit = storage.begin().await?;
    unit.update_link(&Link { changed_at: at.plus_seconds(-DAY - 1), ..opened.clone() }).await?;
    unit.commit().await?;
    assert_eq!(told().await?, [opened.id], "after the next pause it is told again");
    Ok(())
}
