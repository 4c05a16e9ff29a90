//! The desk's list: how links are asked for, page by page, and what is told of those on a page.

use domain::{
    CheckOutcome, EmailAddress, LinkId, LinkSort, LinkStage, LinkStatus, StaffId, Timestamp, WhoActs,
};

use super::{Link, StepAttempt};

/// Which links are meant. What is not said does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkFilter {
    /// Those whose customer, e-mail address or reference holds this text, whatever its case. A text of one or two
    /// characters must be how one of the three begins.
    pub search: Option<String>,
    /// Those of this status.
    pub status: Option<LinkStatus>,
    /// Those of this stage.
    pub stage: Option<LinkStage>,
    /// Those for which this one has to act. When no invite leads to an unfinished link, that is us.
    pub who: Option<WhoActs>,
    /// Those that this staff member looks after.
    pub assignee: Option<StaffId>,
}

/// What a link is sorted by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SortKey {
    /// A time.
    Time(Timestamp),
    /// A customer's name.
    Name(String),
}

/// A place in the list: just beside this link, which need not exist any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkPlace {
    /// What the link is sorted by.
    pub key: SortKey,
    /// The link; decides between equal keys.
    pub id: LinkId,
}

/// The part of the list that is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum LinkPart {
    /// From the beginning.
    #[default]
    First,
    /// What follows this place.
    After(LinkPlace),
    /// What comes before this place, nearest last.
    Before(LinkPlace),
    /// The end.
    Last,
}

/// One page of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkQuery {
    /// Which links.
    pub filter: LinkFilter,
    /// In which order.
    pub sort: LinkSort,
    /// From where.
    pub part: LinkPart,
    /// At most how many.
    pub limit: u32,
}

impl LinkQuery {
    /// The first `limit` links, last changed first.
    #[must_use]
    pub fn first(limit: u32) -> Self {
        Self { filter: LinkFilter::default(), sort: LinkSort::default(), part: LinkPart::default(), limit }
    }
}

impl LinkPlace {
    /// Where the link stands in a list of this order.
    #[must_use]
    pub fn of(link: &Link, sort: LinkSort) -> Self {
        let key = match sort {
            LinkSort::Changed => SortKey::Time(link.changed_at),
            LinkSort::Customer => SortKey::Name(link.customer.as_str().to_owned()),
            LinkSort::Created => SortKey::Time(link.created_at),
        };
        Self { key, id: link.id }
    }
}

/// How many links there are of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkCount {
    /// Their status.
    pub status: LinkStatus,
    /// Who acts: see [`LinkFilter::who`].
    pub who: WhoActs,
    /// Their stage.
    pub stage: LinkStage,
    /// How many.
    pub links: u64,
}

/// What the list tells of a link beside the link itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowDetails {
    /// The link.
    pub link: LinkId,
    /// Whether it is unfinished and no invite leads to it any more.
    pub lapsed: bool,
    /// Whether an invite's holder asked for a new one, since when neither staff made one nor anybody began with one.
    pub renewal_asked: bool,
    /// Where it is stuck: the newest attempt that was not simply saved, and how often in a row the same was wrong.
    pub stuck: Option<(StepAttempt, u32)>,
    /// What the audit log says of the newest value that was not simply saved, as `key: key_is_email: 14 characters, letters`;
    /// told of a link that is stuck alone.
    pub entered: Option<String>,
    /// What the audit log says of the newest check that found a permission missing, as `permission_missing: payroll_integration`;
    /// told of a link that has this problem alone.
    pub missing: Option<String>,
    /// The address of whoever looks after it.
    pub assignee: Option<EmailAddress>,
    /// Its finished checks since the time asked for, oldest first.
    pub checks: Vec<CheckMark>,
}

/// When a check began, and how it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CheckMark {
    /// When it began.
    pub started_at: Timestamp,
    /// How it ended.
    pub outcome: CheckOutcome,
}

/// A list that a staff member looks at often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedView {
    /// Its name; one staff member has no two of one name.
    pub name: String,
    /// What the list's address asks for, as `status=broken&sort=customer`.
    pub query: String,
}
