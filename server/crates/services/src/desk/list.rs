//! The desk's list of links: a page at a time, with what is told of each link.

use std::collections::HashMap;

use domain::{CheckOutcome, EmailAddress, LinkId, LinkSort, Permission, ProblemCode, Step, Timestamp};
use storage::{
    CheckMark, Link, LinkCount, LinkFilter, LinkPart, LinkPlace, LinkQuery, RowDetails, SavedView,
    StepAttempt,
};

use super::link::mark_lapsed;
use crate::{ServiceError, Services, StaffCaller};

/// How many links a page of the list holds.
pub const LIST_PAGE: u32 = 50;
/// How many days of checks are told of each link; today is the last.
pub const STRIP_DAYS: usize = 30;
const DAY_MILLIS: i64 = 86_400_000;

/// What is asked of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListRequest {
    /// Which links.
    pub filter: LinkFilter,
    /// In which order.
    pub sort: LinkSort,
    /// From where.
    pub part: LinkPart,
}

/// One page of the list.
#[derive(Clone, Debug)]
pub struct LinkList {
    /// The links, in the list's order.
    pub links: Vec<ListedLink>,
    /// The page before; `None` on the first.
    pub before: Option<LinkPart>,
    /// The page after; `None` on the last.
    pub after: Option<LinkPart>,
    /// How many links there are of each kind, whatever is asked for.
    pub counts: Vec<LinkCount>,
    /// What the caller saved of the list.
    pub views: Vec<SavedView>,
    /// Differs when anything about any link changed since: see [`Services::list_version`].
    pub version: i64,
}

/// A link of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedLink {
    /// The link. When it lapsed, that is what stands in its way.
    pub link: Link,
    /// Whether an invite's holder asked for a new one, which was neither made by staff nor used since.
    pub renewal_asked: bool,
    /// The permissions that are missing, when that is what stands in its way.
    pub missing: Vec<Permission>,
    /// Where its administrator is stuck, when that is what stands in its way.
    pub stuck: Option<Stuck>,
    /// The address of whoever looks after it.
    pub assignee: Option<EmailAddress>,
    /// How the checks of the last [`STRIP_DAYS`] days went, oldest first; `None` for a day without.
    pub days: Vec<Option<DayMark>>,
    /// The newest of these checks.
    pub last_check: Option<CheckMark>,
}

/// Where an administrator is stuck.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stuck {
    /// At which step.
    pub step: Step,
    /// By what.
    pub code: ProblemCode,
    /// How often in a row.
    pub tries: u32,
    /// When it happened last.
    pub at: Timestamp,
    /// The shape of what was entered, as `12 characters, letters, digits`. Never the value.
    pub shape: Option<String>,
}

/// How a day's checks went: the worst of them counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DayMark {
    /// Everything was granted.
    Fine,
    /// Linked, but a permission was missing.
    Gaps,
    /// It could not be done: UKG Pro or the network failed.
    Fault,
    /// UKG Pro refused the account.
    Refused,
}

impl Services {
    /// A page of the list.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_links(
        &self,
        caller: &StaffCaller,
        request: &ListRequest,
    ) -> Result<LinkList, ServiceError> {
        let now = self.now();
        self.settle_lapsed(now).await;
        // Asked for first: a change that comes meanwhile is then told once too often, and not never.
        let version = self.storage().list_version().await?;
        let page = self.page(request).await?;
        Ok(LinkList {
            links: self.listed(page.links, now, first_day(now)).await?,
            before: page.before,
            after: page.after,
            counts: self.storage().count_links().await?,
            views: self.storage().saved_views(caller.id()).await?,
            version,
        })
    }

    /// Differs from the version of a list when that may not be what [`Services::list_links`] would answer now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_version(&self, _: &StaffCaller) -> Result<i64, ServiceError> {
        self.settle_lapsed(self.now()).await;
        Ok(self.storage().list_version().await?)
    }

    /// Notes which links lapsed. While nothing can be written the list still tells them, but does not find them by it.
    pub(super) async fn settle_lapsed(&self, now: Timestamp) {
        if let Err(error) = self.settle_all_lapsed(now).await {
            tracing::warn!(%error, "could not note which links lapsed");
        }
    }

    async fn page(&self, request: &ListRequest) -> Result<Page, ServiceError> {
        let mut query = LinkQuery {
            filter: request.filter.clone(),
            sort: request.sort,
            part: request.part.clone(),
            limit: LIST_PAGE + 1,
        };
        let mut links = self.storage().links(&query).await?;
        let full = is_full(&links);
        let backwards = matches!(query.part, LinkPart::Before(_));
        // The page before the second begins where the list does, and is as long as any other.
        if backwards && !full {
            query.part = LinkPart::First;
            links = self.storage().links(&query).await?;
        }
        let more = is_full(&links);
        let (is_first, is_last) = match query.part {
            LinkPart::First => (true, !more),
            LinkPart::After(_) => (false, !more),
            LinkPart::Before(_) => (false, false),
            LinkPart::Last => (!more, true),
        };
        if more {
            // One more than a page: the one that is farthest along the way.
            if matches!(query.part, LinkPart::Before(_) | LinkPart::Last) {
                links.remove(0);
            } else {
                links.pop();
            }
        }
        let place = |link: &Link| LinkPlace::of(link, request.sort);
        let before = links.first().map(place).map(LinkPart::Before).filter(|_| !is_first);
        let after = links.last().map(place).map(LinkPart::After).filter(|_| !is_last);
        Ok(Page { links, before, after })
    }

    /// What is told of these links, with their checks since `since`.
    pub(super) async fn listed(
        &self,
        links: Vec<Link>,
        now: Timestamp,
        since: Timestamp,
    ) -> Result<Vec<ListedLink>, ServiceError> {
        let ids: Vec<LinkId> = links.iter().map(|link| link.id).collect();
        let details = self.storage().row_details(&ids, now, since).await?;
        let mut details: HashMap<LinkId, RowDetails> =
            details.into_iter().map(|details| (details.link, details)).collect();
        Ok(links
            .into_iter()
            .map(|link| {
                let details = details.remove(&link.id);
                listed(link, details, since)
            })
            .collect())
    }
}

/// Links with the pages beside them.
struct Page {
    links: Vec<Link>,
    before: Option<LinkPart>,
    after: Option<LinkPart>,
}

fn is_full(links: &[Link]) -> bool {
    u32::try_from(links.len()).is_ok_and(|length| length > LIST_PAGE)
}

fn listed(mut link: Link, details: Option<RowDetails>, since: Timestamp) -> ListedLink {
    let Some(details) = details else {
        let (stuck, assignee, last_check) = (None, None, None);
        let (missing, days) = (Vec::new(), Vec::new());
        return ListedLink { link, renewal_asked: false, missing, stuck, assignee, days, last_check };
    };
    if details.lapsed {
        mark_lapsed(&mut link);
    }
    let stuck = details.stuck.and_then(|(attempt, tries)| {
        let code = *attempt.problems.first()?;
        let shape = details.entered.as_deref().and_then(|told| shape_of(told, &attempt));
        Some(Stuck { step: attempt.step, code, tries, at: attempt.at, shape })
    });
    ListedLink {
        stuck: stuck.filter(|stuck| link.problem == Some(stuck.code)),
        renewal_asked: details.renewal_asked,
        missing: details.missing.as_deref().map(missing_in).unwrap_or_default(),
        assignee: details.assignee,
        days: days(&details.checks, since),
        last_check: details.checks.last().copied(),
        link,
    }
}

/// The shape in an entry of the audit log, when the entry tells of this very attempt.
fn shape_of(entered: &str, attempt: &StepAttempt) -> Option<String> {
    let mut parts = entered.splitn(3, ": ");
    let of_step = parts.next() == Some(attempt.step.as_str());
    let code: Option<ProblemCode> = parts.next().and_then(|code| code.parse().ok());
    let of_attempt = of_step && code.is_some_and(|code| attempt.problems.contains(&code));
    parts.next().filter(|shape| of_attempt && !shape.is_empty()).map(str::to_owned)
}

/// The permissions that an entry of the audit log names as missing.
fn missing_in(told: &str) -> Vec<Permission> {
    let slugs = told.split_once(": ").map_or("", |(_, slugs)| slugs);
    slugs.split(", ").filter_map(|slug| slug.parse().ok()).collect()
}

/// The beginning of the first day that is told of.
fn first_day(now: Timestamp) -> Timestamp {
    let before_today = i64::try_from(STRIP_DAYS).unwrap_or(0) - 1;
    Timestamp::from_millis((now.as_millis().div_euclid(DAY_MILLIS) - before_today) * DAY_MILLIS)
}

fn days(checks: &[CheckMark], since: Timestamp) -> Vec<Option<DayMark>> {
    let mut days = vec![None; STRIP_DAYS];
    for check in checks {
        let day = check.started_at.millis_since(since).div_euclid(DAY_MILLIS);
        if let Some(day) = usize::try_from(day).ok().and_then(|day| days.get_mut(day)) {
            *day = (*day).max(Some(mark(check.outcome)));
        }
    }
    days
}

const fn mark(outcome: CheckOutcome) -> DayMark {
    match outcome {
        CheckOutcome::Linked => DayMark::Fine,
        CheckOutcome::LinkedWithGaps => DayMark::Gaps,
        CheckOutcome::Failed(code) => {
            if code.is_refusal() {
                DayMark::Refused
            } else {
                DayMark::Fault
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: i64, hour: i64) -> Timestamp {
        Timestamp::from_millis(day * DAY_MILLIS + hour * 3_600_000)
    }

    #[test]
    fn a_shape_is_told_of_the_attempt_it_belongs_to_alone() {
        let attempt = |step| StepAttempt {
            step,
            at: at(0, 0),
            problems: vec![ProblemCode::KeyIsEmail],
            typed_address: None,
        };
        let told = "key: key_is_email: 14 characters, letters, punctuation";

        assert_eq!(
            shape_of(told, &attempt(Step::Key)).as_deref(),
            Some("14 characters, letters, punctuation")
        );
        assert_eq!(shape_of(told, &attempt(Step::Domain)), None);
        assert_eq!(shape_of("key: key_missing: nothing", &attempt(Step::Key)), None);
        assert_eq!(shape_of("key: key_is_email", &attempt(Step::Key)), None);
    }

    #[test]
    fn missing_permissions_are_read_as_the_log_tells_them() {
        let told = "permission_missing: pto_plan_integration, payroll_integration";

        assert_eq!(missing_in(told), [Permission::PtoPlanIntegration, Permission::PayrollIntegration]);
        assert_eq!(missing_in("permission_missing"), []);
    }

    #[test]
    fn a_day_is_as_good_as_its_worst_check() {
        let now = at(20_029, 15);
        let since = first_day(now);
        let check = |started_at, outcome| CheckMark { started_at, outcome };
        let checks = [
            check(at(20_000, 0), CheckOutcome::Linked),
            check(at(20_028, 1), CheckOutcome::Linked),
            check(at(20_028, 9), CheckOutcome::Failed(ProblemCode::CredentialsRejected)),
            check(at(20_028, 23), CheckOutcome::Failed(ProblemCode::UkgBusy)),
            check(at(20_029, 14), CheckOutcome::LinkedWithGaps),
        ];

        let days = days(&checks, since);

        assert_eq!(since, at(20_000, 0));
        assert_eq!(days.len(), STRIP_DAYS);
        assert_eq!(days.first(), Some(&Some(DayMark::Fine)));
        assert_eq!(days.get(1), Some(&None));
        assert_eq!(days.get(28), Some(&Some(DayMark::Refused)));
        assert_eq!(days.last(), Some(&Some(DayMark::Gaps)));
    }
}
