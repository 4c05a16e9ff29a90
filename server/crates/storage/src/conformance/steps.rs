//! The last attempt at a step.

use domain::{LinkId, ProblemCode, Step};

use super::fixtures::{kept_link, link_id, now};
use crate::{Result, StepAttempt, Storage};

pub async fn an_attempt_is_read_back(storage: &dyn Storage) -> Result<()> {
    let link = kept_link(storage).await?;
    let attempt = attempt(Step::Domain);

    put(storage, link.id, &attempt).await?;

    assert_eq!(storage.step_attempt(link.id, Step::Domain).await?, Some(attempt));
    Ok(())
}

pub async fn a_step_never_tried_has_no_attempt(storage: &dyn Storage) -> Result<()> {
    let link = kept_link(storage).await?;
    put(storage, link.id, &attempt(Step::Key)).await?;

    assert_eq!(storage.step_attempt(link.id, Step::Account).await?, None);
    assert_eq!(storage.step_attempt(link_id(), Step::Key).await?, None);
    Ok(())
}

pub async fn every_step_keeps_its_own_attempt(storage: &dyn Storage) -> Result<()> {
    let link = kept_link(storage).await?;
    let attempts = Step::ALL.map(attempt);
    for attempt in &attempts {
        put(storage, link.id, attempt).await?;
    }

    for attempt in attempts {
        assert_eq!(storage.step_attempt(link.id, attempt.step).await?, Some(attempt));
    }
    Ok(())
}

pub async fn a_link_s_attempts_are_listed_newest_first(storage: &dyn Storage) -> Result<()> {
    let link = kept_link(storage).await?;
    let older = attempt(Step::Domain);
    let newer = StepAttempt { at: older.at.plus_seconds(1), ..attempt(Step::Key) };
    put(storage, link.id, &newer).await?;
    put(storage, link.id, &older).await?;

    let mut unit = storage.begin().await?;

    assert_eq!(unit.step_attempts(link.id).await?, [newer, older]);
    assert_eq!(unit.step_attempts(link_id()).await?, []);
    Ok(())
}

pub async fn every_problem_of_an_attempt_is_read_back_in_order(storage: &dyn Storage) -> Result<()> {
    let link = kept_link(storage).await?;
    let mut all = ProblemCode::ALL.to_vec();
    for problems in ProblemCode::ALL.map(|code| vec![code]) {
        let attempt = StepAttempt { problems, typed_address: None, ..attempt(Step::Account) };
        put(storage, link.id, &attempt).await?;

        assert_eq!(storage.step_attempt(link.id, Step::Account).await?, Some(attempt));
    }

    all.reverse();
    let attempt = StepAttempt { problems: all, ..attempt(Step::Account) };
    put(storage, link.id, &attempt).await?;

    assert_eq!(storage.step_attempt(link.id, Step::Account).await?, Some(attempt));
    Ok(())
}

pub async fn an_attempt_replaces_the_one_before(storage: &dyn Storage) -> Result<()> {
    let link = kept_link(storage).await?;
    put(storage, link.id, &attempt(Step::Domain)).await?;
    let later = StepAttempt {
        problems: vec![ProblemCode::UrlWfm, ProblemCode::UrlTestTenant],
        typed_address: None,
        ..attempt(Step::Domain)
    };

    put(storage, link.id, &later).await?;

    assert_eq!(storage.step_attempt(link.id, Step::Domain).await?, Some(later));
    Ok(())
}

pub async fn a_cleared_attempt_is_gone_and_twice_is_fine(storage: &dyn Storage) -> Result<()> {
    let link = kept_link(storage).await?;
    put(storage, link.id, &attempt(Step::Key)).await?;

    clear(storage, link.id, Step::Key).await?;
    clear(storage, link.id, Step::Key).await?;

    assert_eq!(storage.step_attempt(link.id, Step::Key).await?, None);
    Ok(())
}

pub async fn clearing_concerns_one_step_of_one_link(storage: &dyn Storage) -> Result<()> {
    let (one, other) = (kept_link(storage).await?, kept_link(storage).await?);
    for (link, step) in [(one.id, Step::Key), (one.id, Step::Domain), (other.id, Step::Key)] {
        put(storage, link, &attempt(step)).await?;
    }

    clear(storage, one.id, Step::Key).await?;

    assert!(storage.step_attempt(one.id, Step::Domain).await?.is_some());
    assert!(storage.step_attempt(other.id, Step::Key).await?.is_some());
    Ok(())
}

pub async fn an_attempt_without_problems_is_refused(storage: &dyn Storage) -> Result<()> {
    let link = kept_link(storage).await?;
    let empty = StepAttempt { problems: Vec::new(), ..attempt(Step::Key) };

    assert!(put(storage, link.id, &empty).await.is_err());

    assert_eq!(storage.step_attempt(link.id, Step::Key).await?, None);
    Ok(())
}

pub async fn an_attempt_needs_its_link(storage: &dyn Storage) -> Result<()> {
    let unknown = link_id();

    assert!(put(storage, unknown, &attempt(Step::Key)).await.is_err());

    assert_eq!(storage.step_attempt(unknown, Step::Key).await?, None);
    Ok(())
}

fn attempt(step: Step) -> StepAttempt {
    StepAttempt {
        step,
        at: now(),
        problems: vec![ProblemCode::UrlLoginPortal],
        typed_address: Some("https://northwind.ultipro.com/Login.aspx".to_owned()),
    }
}

async fn put(storage: &dyn Storage, link: LinkId, attempt: &StepAttempt) -> Result<()> {
    let mut unit = storage.begin().await?;
    unit.put_step_attempt(link, attempt).await?;
    unit.commit().await
}

async fn clear(storage: &dyn Storage, link: LinkId, step: Step) -> Result<()> {
    let mut unit = storage.begin().await?;
    unit.clear_step_attempt(link, step).await?;
    unit.commit().await
}
