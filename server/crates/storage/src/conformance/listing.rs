//! The desk's list: filtered, searched, sorted, page by page; links that lapse.

#![expect(clippy::unwrap_used, reason = "the texts below are well formed")]

use domain::{
    CustomerName, EmailAddress, LinkId, LinkSort, LinkStage, LinkStatus, ProblemCode, Reference, WhoActs,
};

use super::fixtures::{
    email, invite_to, keep, kept_invite_to, kept_link, kept_staff, link, link_id, now, settle_lapsed,
};
use super::list_rows::details;
use crate::{Invite, Link, LinkFilter, LinkPart, LinkPlace, LinkQuery, Result, Storage};

pub async fn pages_follow_one_another_both_ways_in_every_order(storage: &dyn Storage) -> Result<()> {
    let mark = mark();
    let at = now();
    // Many of one time and one name: the id decides between them.
    for n in 0_i64..11 {
        let when = at.plus_seconds(-(n / 4));
        let name = name(&format!("{mark} {}", if n % 3 == 0 { "alpha" } else { "Beta" }));
        keep(storage, &Link { customer: name, created_at: when, changed_at: when, ..link() }).await?;
    }
    let filter = LinkFilter { search: Some(mark), ..LinkFilter::default() };

    for sort in LinkSort::ALL {
        let all = |part, limit| LinkQuery { filter: filter.clone(), sort, part, limit };
        let whole = storage.links(&all(LinkPart::First, 100)).await?;
        assert_eq!(whole.len(), 11, "{sort:?}");
        assert!(whole.is_sorted_by(|one, next| in_order(one, next, sort)), "{sort:?}");

        let (mut forth, mut part) = (Vec::new(), LinkPart::First);
        loop {
            let page = storage.links(&all(part, 4)).await?;
            let Some(last) = page.last() else { break };
            part = LinkPart::After(LinkPlace::of(last, sort));
            forth.extend(page);
        }
        assert_eq!(forth, whole, "{sort:?}");

        let (mut back, mut part) = (Vec::new(), LinkPart::Last);
        loop {
            let page = storage.links(&all(part, 4)).await?;
            let Some(first) = page.first() else { break };
            part = LinkPart::Before(LinkPlace::of(first, sort));
            back.splice(0..0, page);
        }
        assert_eq!(back, whole, "{sort:?}");
    }
    Ok(())
}

pub async fn a_text_is_found_wherever_it_stands_and_whatever_its_case(storage: &dyn Storage) -> Result<()> {
    let mark = mark();
    let by_name = Link { customer: name(&format!("Contoso {mark}x Health")), ..bare() };
    let by_mail = Link { contact: Some(email(&format!("hr.{mark}@contoso.example"))), ..bare() };
    let by_reference = Link { reference: Reference::parse(&format!("T-{mark}/7")).ok(), ..bare() };
    let other = bare();
    for link in [&by_name, &by_mail, &by_reference, &other] {
        keep(storage, link).await?;
    }

    for text in [mark.clone(), mark.to_uppercase(), format!(" {mark} ")] {
        let found = found(storage, &text).await?;
        assert_eq!(found, [by_reference.id, by_mail.id, by_name.id], "{text}");
    }
    assert_eq!(found(storage, &format!("{mark}X HEA")).await?, [by_name.id]);
    assert_eq!(found(storage, &format!("{mark}@")).await?, [by_mail.id]);
    assert_eq!(found(storage, &format!("{mark}nowhere")).await?, []);
    Ok(())
}

pub async fn letters_of_other_alphabets_are_found_too(storage: &dyn Storage) -> Result<()> {
    let mark = mark();
    let link = Link { customer: name(&format!("Ängström {mark} 北京医院 Ελλάδα")), ..bare() };
    keep(storage, &link).await?;

    for text in [format!("ängström {mark}"), format!("{mark} 北京医"), format!("{mark} 北京医院 ελλάδα")]
    {
        assert_eq!(found(storage, &text).await?, [link.id], "{text}");
    }
    Ok(())
}

pub async fn a_short_text_must_be_how_one_begins(storage: &dyn Storage) -> Result<()> {
    let (at_once, inside) = ("\u{f0}\u{fe}one", "one \u{f0}\u{fe}");
    let begins = Link { customer: name(at_once), ..bare() };
    let by_reference = Link { reference: Reference::parse(at_once).ok(), ..bare() };
    let holds = Link { customer: name(inside), ..bare() };
    for link in [&begins, &by_reference, &holds] {
        keep(storage, link).await?;
    }

    let short = found(storage, "\u{f0}\u{fe}").await?;

    assert_eq!(short, [by_reference.id, begins.id]);
    assert!(found(storage, "\u{f0}").await?.contains(&begins.id));
    Ok(())
}

pub async fn signs_that_mean_something_to_a_search_mean_nothing(storage: &dyn Storage) -> Result<()> {
    let mark = mark();
    let odd = Link { customer: name(&format!("{mark} 100%_\\ \"AND\" (OR) NOT* ^-:x'")), ..bare() };
    let plain = Link { customer: name(&format!("{mark} 1000 and more")), ..bare() };
    keep(storage, &odd).await?;
    keep(storage, &plain).await?;

    for text in ["100%", "0%_\\", "\"AND\"", "(OR)", "NOT*", "^-:x'"] {
        assert_eq!(found(storage, text).await?.first(), Some(&odd.id), "{text}");
    }
    for text in
        ["%%%", "___", "%", "_", "\"", "\"\"\"", "*", "'", "\\", "x' OR 1=1 --", "customer:mark", "NEAR(a b)"]
    {
        assert!(!found(storage, text).await?.contains(&plain.id), "{text}");
    }
    assert_eq!(found(storage, &format!("{mark} 1")).await?, [plain.id, odd.id]);
    Ok(())
}

pub async fn filters_narrow_one_another(storage: &dyn Storage) -> Result<()> {
    let (mark, staff) = (mark(), kept_staff(storage).await?);
    let customer = name(&mark);
    let mut made = Vec::new();
    for status in LinkStatus::ALL {
        for problem in [None, Some(ProblemCode::UkgBusy)] {
            let mut link = Link { customer: customer.clone(), assignee: None, ..bare() };
            link.move_to(status, problem, now());
            link.assignee = problem.map(|_| staff.id);
            keep(storage, &link).await?;
            kept_invite_to(storage, link.id).await?;
            made.push(link);
        }
    }
    made.reverse();

    for sort in [LinkSort::Changed, LinkSort::Created] {
        for status in LinkStatus::ALL {
            for who in WhoActs::ALL {
                for assignee in [None, Some(staff.id)] {
                    let filter = LinkFilter {
                        search: Some(mark.clone()),
                        status: Some(status),
                        stage: None,
                        who: Some(who),
                        assignee,
                    };
                    let query = LinkQuery { filter, sort, part: LinkPart::First, limit: 100 };
                    let mut unsearched = query.clone();
                    unsearched.filter.search = None;
                    let expected = made.iter().filter(|link| {
                        link.status == status
                            && link.who_acts == who
                            && assignee.is_none_or(|staff| link.assignee == Some(staff))
                    });
                    let expected: Vec<LinkId> = expected.map(|link| link.id).collect();
                    assert_eq!(ids(&storage.links(&query).await?), expected, "{query:?}");
                    let unsearched = ids(&storage.links(&unsearched).await?);
                    assert!(expected.iter().all(|id| unsearched.contains(id)), "{query:?}");
                }
            }
        }
    }
    Ok(())
}

pub async fn a_link_is_in_the_stage_that_its_status_and_problem_say(storage: &dyn Storage) -> Result<()> {
    let mark = mark();
    for status in LinkStatus::ALL {
        for problem in [None, Some(ProblemCode::UkgBusy)] {
            let mut link = Link { customer: name(&mark), ..bare() };
            link.move_to(status, problem, now());
            keep(storage, &link).await?;
            kept_invite_to(storage, link.id).await?;

            for stage in LinkStage::ALL {
                let filter = LinkFilter {
                    search: Some(mark.clone()),
                    stage: Some(stage),
                    status: Some(status),
                    ..LinkFilter::default()
                };
                let query = LinkQuery { filter, ..LinkQuery::first(100) };
                let is_in = ids(&storage.links(&query).await?).contains(&link.id);
                assert_eq!(is_in, stage == LinkStage::of(status, problem), "{status} {problem:?} {stage:?}");
            }
        }
    }
    Ok(())
}

pub async fn an_unfinished_link_lapses_when_no_invite_leads_to_it(storage: &dyn Storage) -> Result<()> {
    let now = now();
    let (open, expired, revoked, never) = (
        kept_link(storage).await?,
        kept_link(storage).await?,
        kept_link(storage).await?,
        kept_link(storage).await?,
    );
    let mut linked = link();
    linked.move_to(LinkStatus::Linked, None, now);
    keep(storage, &linked).await?;
    let until = |link: &Link, expires_at| Invite { expires_at, ..invite_to(link.id) };
    let withdrawn = until(&revoked, now.plus_seconds(1));
    let mut unit = storage.begin().await?;
    for invite in
        [until(&open, now.plus_seconds(1)), until(&open, now), until(&expired, now), withdrawn.clone()]
    {
        unit.insert_invite(&invite).await?;
    }
    unit.revoke_invite(withdrawn.id, now).await?;
    unit.commit().await?;

    assert!(settle_lapsed(storage, now).await? >= 3);

    assert_eq!(settle_lapsed(storage, now).await?, 0, "once is enough");
    for (link, lapsed) in
        [(&open, false), (&expired, true), (&revoked, true), (&never, true), (&linked, false)]
    {
        assert_eq!(storage.is_lapsed(link.id, now).await?, lapsed);
        assert_eq!(details(storage, link.id, now).await?.lapsed, lapsed);
        assert_eq!(of_us(storage).await?.contains(&link.id), lapsed);
    }
    assert!(!storage.is_lapsed(link_id(), now).await?);
    assert!(storage.is_lapsed(open.id, now.plus_seconds(1)).await?, "time goes on");
    Ok(())
}

pub async fn a_new_invite_opens_a_lapsed_link_again(storage: &dyn Storage) -> Result<()> {
    let link = kept_link(storage).await?;
    settle_lapsed(storage, now()).await?;
    assert!(of_us(storage).await?.contains(&link.id));

    let invite = kept_invite_to(storage, link.id).await?;

    assert!(!of_us(storage).await?.contains(&link.id));
    assert!(!storage.is_lapsed(link.id, invite.created_at).await?);
    Ok(())
}

pub async fn a_link_that_lapses_is_counted_where_it_is_found(storage: &dyn Storage) -> Result<()> {
    settle_lapsed(storage, now()).await?;
    let link = Link { problem: None, ..link() };
    let of = |status, stage, who| async move {
        let counts = storage.count_links().await?;
        let alike =
            counts.iter().filter(|count| (count.status, count.stage, count.who) == (status, stage, who));
        Result::Ok(alike.map(|count| count.links).sum::<u64>())
    };
    let (status, underway) = (LinkStatus::Invited, LinkStage::Underway);
    let before = of(status, underway, WhoActs::Customer).await?;
    let lapsed = of(status, LinkStage::NeedsAction, WhoActs::Us).await?;
    keep(storage, &link).await?;
    assert_eq!(of(status, underway, WhoActs::Customer).await?, before + 1);

    settle_lapsed(storage, now()).await?;

    assert_eq!(of(status, underway, WhoActs::Customer).await?, before);
    assert_eq!(of(status, LinkStage::NeedsAction, WhoActs::Us).await?, lapsed + 1);
    Ok(())
}

/// A word that no other link's name holds.
fn mark() -> String {
    let id = link_id().to_string();
    id.chars().skip(20).collect()
}

fn name(text: &str) -> CustomerName {
    CustomerName::parse(text).unwrap()
}

/// A link that nothing is to be found by.
fn bare() -> Link {
    Link { contact: None::<EmailAddress>, reference: None, problem: None, ..link() }
}

fn ids(links: &[Link]) -> Vec<LinkId> {
    links.iter().map(|link| link.id).collect()
}

fn in_order(one: &Link, next: &Link, sort: LinkSort) -> bool {
    let key = |link: &Link| (link.customer.as_str().to_lowercase(), link.id);
    match sort {
        LinkSort::Changed => (one.changed_at, one.id) > (next.changed_at, next.id),
        LinkSort::Customer => key(one) < key(next),
        LinkSort::Created => (one.created_at, one.id) > (next.created_at, next.id),
    }
}

async fn found(storage: &dyn Storage, text: &str) -> Result<Vec<LinkId>> {
    let filter = LinkFilter { search: Some(text.to_owned()), ..LinkFilter::default() };
    Ok(ids(&storage.links(&LinkQuery { filter, ..LinkQuery::first(100) }).await?))
}

async fn of_us(storage: &dyn Storage) -> Result<Vec<LinkId>> {
    let filter = LinkFilter { who: Some(WhoActs::Us), ..LinkFilter::default() };
    Ok(ids(&storage.links(&LinkQuery { filter, ..LinkQuery::first(10_000) }).await?))
}
