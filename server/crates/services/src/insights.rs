//! How customers fare: how far they come, how long each step takes, where they stop, and what is in their way. Told from
//! our own database, about links that were made in a period; of very many links, from the newest ones.

use std::collections::{BTreeMap, HashSet};

use domain::{LinkId, ProblemCode, Timestamp};
use storage::LinkProgress;

use crate::{ServiceError, Services, StaffCaller};

/// How many links are looked at: enough for any share and median, and read within some hundredths of a second.
const LINKS_AT_MOST: u32 = 20_000;
/// How many entries that tell of a problem are looked at.
const PROBLEMS_AT_MOST: u32 = 50_000;
/// A link on which nothing moved for this long has stopped.
const QUIET_SECONDS: i64 = 3 * 86_400;
const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// Links of which time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Period {
    /// The last 7 days.
    Week,
    /// The last 30 days.
    #[default]
    Month,
    /// The last 90 days.
    Quarter,
    /// All.
    All,
}

/// How far a link can have come, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The invite was made.
    Invited,
    /// Somebody pressed **Start**.
    Opened,
    /// Step 1 was saved.
    Key,
    /// Step 2 was saved.
    Account,
    /// Step 3 was saved.
    Domain,
    /// A check ended.
    Checked,
    /// The account was linked.
    Linked,
}

/// One stage of the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StageCount {
    /// Which.
    pub stage: Stage,
    /// How many links came here.
    pub reached: u64,
    /// Half of them took no longer from the stage before, in milliseconds; `None` when none did both.
    pub median_millis: Option<i64>,
    /// How many came no further, and are not linked.
    pub stopped: u64,
    /// How many of these have been quiet for three days.
    pub quiet: u64,
}

/// How long links took from the invite until they were linked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TimeToLinked {
    /// Half took no longer, in milliseconds; `None` when none was linked.
    pub median_millis: Option<i64>,
    /// Nine of ten took no longer.
    pub p90_millis: Option<i64>,
    /// How many were linked within each of [`Insights::BOUNDS`], and later than the last of them.
    pub counts: Vec<u64>,
}

/// What is told of a period.
#[derive(Clone, Debug)]
pub struct Insights {
    /// How many links it is told from.
    pub links: u64,
    /// Whether there are more, older ones.
    pub is_cut: bool,
    /// The stages in order.
    pub stages: Vec<StageCount>,
    /// Problems with how many links had them, the most frequent first.
    pub problems: Vec<(ProblemCode, u64)>,
    /// From the invite to the link.
    pub time: TimeToLinked,
}

impl Period {
    /// Every period, the shortest first.
    pub const ALL: [Self; 4] = [Self::Week, Self::Month, Self::Quarter, Self::All];

    /// Its name in an address.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Week => "7",
            Self::Month => "30",
            Self::Quarter => "90",
            Self::All => "all",
        }
    }

    fn start(self, now: Timestamp) -> Timestamp {
        let days = match self {
            Self::Week => 7,
            Self::Month => 30,
            Self::Quarter => 90,
            Self::All => return Timestamp::from_millis(i64::MIN),
        };
        now.plus_seconds(-days * 86_400)
    }
}

impl Stage {
    /// Every stage, in order.
    pub const ALL: [Self; 7] =
        [Self::Invited, Self::Opened, Self::Key, Self::Account, Self::Domain, Self::Checked, Self::Linked];

    /// When the link came here first.
    const fn of(self, link: &LinkProgress) -> Option<Timestamp> {
        match self {
            Self::Invited => Some(link.invited_at),
            Self::Opened => link.opened_at,
            Self::Key => link.key_at,
            Self::Account => link.account_at,
            Self::Domain => link.domain_at,
            Self::Checked => link.checked_at,
            Self::Linked => link.linked_at,
        }
    }
}

impl Insights {
    /// The borders between the bars of [`TimeToLinked::counts`], in milliseconds.
    pub const BOUNDS: [i64; 6] = [HOUR, 4 * HOUR, DAY, 3 * DAY, 7 * DAY, 14 * DAY];
}

impl Services {
    /// What is told of the period.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn insights(&self, _: &StaffCaller, period: Period) -> Result<Insights, ServiceError> {
        let now = self.now();
        let since = period.start(now);
        let mut links = self.storage().progress(since, LINKS_AT_MOST + 1).await?;
        let is_cut = u32::try_from(links.len()).is_ok_and(|found| found > LINKS_AT_MOST);
        if is_cut {
            links.pop();
        }
        let problems = self.storage().problems(since, PROBLEMS_AT_MOST).await?;
        Ok(Insights {
            links: count(&links),
            is_cut,
            stages: stages(&links, now),
            problems: by_frequency(problems),
            time: time_to_linked(&links),
        })
    }
}

fn stages(links: &[LinkProgress], now: Timestamp) -> Vec<StageCount> {
    let mut before = None;
    Stage::ALL
        .into_iter()
        .map(|stage| {
            let here: Vec<_> = links.iter().filter(|link| stage.of(link).is_some()).collect();
            let took = before.map(|before: Stage| {
                let each = |link: &&LinkProgress| Some(stage.of(link)?.millis_since(before.of(link)?));
                here.iter().filter_map(each).filter(|took| *took >= 0).collect()
            });
            let stopped: Vec<_> = links.iter().filter(|link| last_of(link).0 == stage).collect();
            let stopped = if stage == Stage::Linked { Vec::new() } else { stopped };
            let is_quiet = |link: &&&LinkProgress| last_of(link).1.plus_seconds(QUIET_SECONDS) <= now;
            before = Some(stage);
            StageCount {
                stage,
                reached: count(&here),
                median_millis: took.and_then(|took| quantile(took, 50)),
                stopped: count(&stopped),
                quiet: count(&stopped.iter().filter(is_quiet).collect::<Vec<_>>()),
            }
        })
        .collect()
}

/// The furthest stage the link came to, and when it last moved.
fn last_of(link: &LinkProgress) -> (Stage, Timestamp) {
    let reached = || Stage::ALL.into_iter().filter_map(|stage| Some((stage, stage.of(link)?)));
    let stage = reached().next_back().map_or(Stage::Invited, |(stage, _)| stage);
    (stage, reached().map(|(_, at)| at).max().unwrap_or(link.invited_at))
}

fn time_to_linked(links: &[LinkProgress]) -> TimeToLinked {
    let took: Vec<i64> =
        links.iter().filter_map(|link| Some(link.linked_at?.millis_since(link.invited_at).max(0))).collect();
    let mut counts = vec![0; Insights::BOUNDS.len() + 1];
    for time in &took {
        let bar = Insights::BOUNDS.iter().filter(|bound| *time >= **bound).count();
        if let Some(count) = counts.get_mut(bar) {
            *count += 1;
        }
    }
    TimeToLinked { median_millis: quantile(took.clone(), 50), p90_millis: quantile(took, 90), counts }
}

/// The smallest of the values that so many of a hundred do not exceed.
fn quantile(mut values: Vec<i64>, of_hundred: usize) -> Option<i64> {
    let place = (values.len() * of_hundred).div_ceil(100).checked_sub(1)?;
    let (_, value, _) = values.select_nth_unstable(place);
    Some(*value)
}

fn by_frequency(problems: Vec<(LinkId, ProblemCode)>) -> Vec<(ProblemCode, u64)> {
    let mut links: BTreeMap<&str, (ProblemCode, HashSet<LinkId>)> = BTreeMap::new();
    for (link, code) in problems {
        links.entry(code.as_str()).or_insert_with(|| (code, HashSet::new())).1.insert(link);
    }
    let counted = links.into_values().map(|(code, links)| (code, links.len().try_into().unwrap_or(u64::MAX)));
    let mut counted: Vec<(ProblemCode, u64)> = counted.collect();
    // Stable: of equally many, by name.
    counted.sort_by_key(|(_, links)| std::cmp::Reverse(*links));
    counted
}

fn count<T>(list: &[T]) -> u64 {
    list.len().try_into().unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(100 * DAY);

    /// A link invited so many days ago, that came to the next stages an hour after each other.
    fn came(days_ago: i64, stages: usize) -> LinkProgress {
        let invited_at = NOW.plus_seconds(-days_ago * 86_400);
        let at = |place: i64| {
            let reached = usize::try_from(place).is_ok_and(|place| place <= stages);
            reached.then(|| invited_at.plus_seconds(place * 3_600))
        };
        LinkProgress {
            link: LinkId::new(invited_at, [7; 10]),
            invited_at,
            opened_at: at(1),
            key_at: at(2),
            account_at: at(3),
            domain_at: at(4),
            checked_at: at(5),
            linked_at: at(6),
        }
    }

    #[test]
    fn the_way_is_counted_with_who_stopped_where() {
        let links = [came(1, 0), came(5, 2), came(1, 2), came(9, 6), came(1, 6)];

        let stages = stages(&links, NOW);

        let reached: Vec<_> = stages.iter().map(|it| it.reached).collect();
        assert_eq!(reached, [5, 4, 4, 2, 2, 2, 2]);
        let stopped: Vec<_> = stages.iter().map(|it| (it.stopped, it.quiet)).collect();
        assert_eq!(stopped, [(1, 0), (0, 0), (2, 1), (0, 0), (0, 0), (0, 0), (0, 0)]);
        assert_eq!(stages.first().map(|it| it.median_millis), Some(None));
        assert!(stages.iter().skip(1).all(|it| it.median_millis == Some(HOUR)));
    }

    #[test]
    fn of_nothing_there_is_nothing_to_tell() {
        let stages = stages(&[], NOW);

        assert!(stages.iter().all(|it| it.reached == 0 && it.median_millis.is_none() && it.stopped == 0));
        let time = time_to_linked(&[]);
        assert_eq!((time.median_millis, time.p90_millis), (None, None));
        assert_eq!(time.counts, [0; 7]);
    }

    #[test]
    fn quantiles_are_values_that_occurred() {
        assert_eq!(quantile((1..=100).rev().collect(), 50), Some(50));
        assert_eq!(quantile((1..=100).collect(), 90), Some(90));
        assert_eq!(quantile(vec![7], 90), Some(7));
        assert_eq!(quantile(vec![3, 1, 2], 50), Some(2));
        assert_eq!(quantile(Vec::new(), 50), None);
    }

    #[test]
    fn times_fall_between_the_bounds() {
        let linked = |millis: i64| {
            let mut link = came(50, 0);
            link.linked_at = Some(Timestamp::from_millis(link.invited_at.as_millis() + millis));
            link
        };
        let links: Vec<_> = [0, HOUR - 1, HOUR, DAY, 3 * DAY - 1, 30 * DAY].into_iter().map(linked).collect();

        assert_eq!(time_to_linked(&links).counts, [2, 1, 0, 2, 0, 0, 1]);
    }

    #[test]
    fn a_problem_counts_once_for_each_link() {
        let link = |n| LinkId::new(NOW, [n; 10]);
        let (busy, missing) = (ProblemCode::UkgBusy, ProblemCode::KeyMissing);
        let seen = vec![(link(1), busy), (link(1), missing), (link(1), missing), (link(2), busy)];

        assert_eq!(by_frequency(seen), [(busy, 2), (missing, 1)]);
    }
}
