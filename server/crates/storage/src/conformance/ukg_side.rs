//! What checks say of UKG Pro's hosts. Each case looks at hosts of its own.

use std::sync::atomic::{AtomicU32, Ordering};

use domain::{CheckOutcome, CheckReport, ProblemCode, Timestamp, WebServicesHost};

use super::fixtures::{finished, kept_link, link_id, now, report, running_check};
use crate::{HostChecks, Link, Result, Storage};

const BUSY: CheckOutcome = CheckOutcome::Failed(ProblemCode::UkgBusy);
const REJECTED: CheckOutcome = CheckOutcome::Failed(ProblemCode::CredentialsRejected);

pub async fn checks_are_counted_by_host_and_links_by_their_last_check(storage: &dyn Storage) -> Result<()> {
    let (since, host) = (now(), own_host());
    let (mended, failing, refused) =
        (kept_link(storage).await?, kept_link(storage).await?, kept_link(storage).await?);
    ended(storage, &mended, &host, Some(BUSY)).await?;
    ended(storage, &mended, &host, Some(CheckOutcome::Linked)).await?;
    ended(storage, &failing, &host, Some(CheckOutcome::Linked)).await?;
    let first = ended(storage, &failing, &host, Some(BUSY)).await?;
    ended(storage, &failing, &host, Some(BUSY)).await?;
    ended(storage, &refused, &host, Some(REJECTED)).await?;

    let counted = of(storage, &host, since).await?;

    assert_eq!(counted, Some(HostChecks { host, checks: 6, links: 3, failing: 1, first_fault: Some(first) }));
    Ok(())
}

pub async fn only_faults_of_ukg_pro_count_as_faults(storage: &dyn Storage) -> Result<()> {
    for code in ProblemCode::ALL {
        let (since, host) = (now(), own_host());
        ended(storage, &kept_link(storage).await?, &host, Some(CheckOutcome::Failed(code))).await?;

        let counted = of(storage, &host, since).await?;

        let expected = u64::from(code.is_fault_of_ukg());
        assert_eq!(counted.map(|counted| counted.failing), Some(expected), "{code}");
    }
    Ok(())
}

pub async fn checks_that_run_were_cut_short_or_ended_before_do_not_count(
    storage: &dyn Storage,
) -> Result<()> {
    let host = own_host();
    ended(storage, &kept_link(storage).await?, &host, Some(BUSY)).await?;
    let since = now();
    ended(storage, &kept_link(storage).await?, &host, None).await?;
    let running = kept_link(storage).await?;
    let mut unit = storage.begin().await?;
    let mut check = running_check(running.id);
    check.host = host.clone();
    unit.insert_check(&check).await?;
    unit.commit().await?;

    assert_eq!(of(storage, &host, since).await?, None);
    Ok(())
}

pub async fn the_last_fault_of_others_is_found_and_ones_own_is_not(storage: &dyn Storage) -> Result<()> {
    let (since, host, other) = (now(), own_host(), own_host());
    let (mine, theirs) = (kept_link(storage).await?, kept_link(storage).await?);
    assert_eq!(storage.last_fault(&host, mine.id, since).await?, None);
    ended(storage, &theirs, &host, Some(BUSY)).await?;
    let last = ended(storage, &theirs, &host, Some(BUSY)).await?;
    ended(storage, &theirs, &host, Some(REJECTED)).await?;
    ended(storage, &theirs, &other, Some(BUSY)).await?;
    let own = ended(storage, &mine, &host, Some(BUSY)).await?;

    assert_eq!(storage.last_fault(&host, mine.id, since).await?, Some(last));
    assert_eq!(storage.last_fault(&host, theirs.id, since).await?, Some(own));
    assert_eq!(storage.last_fault(&host, link_id(), own.plus_seconds(1)).await?, None);
    Ok(())
}

async fn of(storage: &dyn Storage, host: &WebServicesHost, since: Timestamp) -> Result<Option<HostChecks>> {
    Ok(storage.host_checks(since).await?.into_iter().find(|counted| counted.host == *host))
}

/// A check of the link on the host, ended so; when.
async fn ended(
    storage: &dyn Storage,
    link: &Link,
    host: &WebServicesHost,
    outcome: Option<CheckOutcome>,
) -> Result<Timestamp> {
    let mut check = running_check(link.id);
    check.host = host.clone();
    let at = now();
    let mut done = finished(&check, outcome.map(|outcome| CheckReport { outcome, ..report() }));
    done.finished_at = Some(at);
    let mut unit = storage.begin().await?;
    unit.insert_check(&check).await?;
    unit.finish_check(check.id, &done).await?;
    unit.commit().await?;
    Ok(at)
}

/// A host no other case asks.
fn own_host() -> WebServicesHost {
    static LAST: AtomicU32 = AtomicU32::new(1_000);
    let number = LAST.fetch_add(1, Ordering::Relaxed);
    super::fixtures::host(&format!("service{number}.ultipro.com"))
}
