//! Which events a change of a link is. Pure: follows from what its record says before and after, and from what was done.

use domain::{CheckReport, LinkStatus, Permission, PermissionResult, Step, WebhookEvent};
use storage::Link;

/// What was done to a link, beside what its record tells.
#[derive(Clone, Debug, Default)]
pub(crate) enum Happened {
    /// Nothing that is told by itself.
    #[default]
    Moved,
    /// A step's values were saved.
    StepSaved(Step),
    /// A check of it ended, or what one found was put in use.
    Checked(Checked),
}

/// What came of a check.
#[derive(Clone, Debug, Default)]
pub(crate) struct Checked {
    /// Whether somebody had asked for it, and it did not link the account.
    pub(crate) failed: bool,
    /// What is missing, when the account was accepted.
    pub(crate) gaps: Option<Gaps>,
}

/// Permissions that were asked for and are missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Gaps {
    /// Before; `None` when nobody knows.
    pub(crate) before: Option<Vec<Permission>>,
    /// Now.
    pub(crate) after: Vec<Permission>,
}

impl Gaps {
    /// What is missing and was not before.
    pub(crate) fn lost(&self) -> Vec<Permission> {
        let before = self.before.as_deref().unwrap_or_default();
        self.after.iter().copied().filter(|one| !before.contains(one)).collect()
    }

    /// What was missing and is not any more.
    pub(crate) fn regained(&self) -> Vec<Permission> {
        let before = self.before.iter().flatten().copied();
        before.filter(|one| !self.after.contains(one)).collect()
    }
}

impl Happened {
    pub(super) fn gaps(&self) -> Option<&Gaps> {
        match self {
            Self::Moved | Self::StepSaved(_) => None,
            Self::Checked(checked) => checked.gaps.as_ref(),
        }
    }

    pub(super) const fn step(&self) -> Option<Step> {
        match self {
            Self::StepSaved(step) => Some(*step),
            Self::Moved | Self::Checked(_) => None,
        }
    }
}

/// The permissions that a report says are missing.
pub(crate) fn missing_of(report: &CheckReport) -> Vec<Permission> {
    let missing = report.rows.iter().filter(|row| row.result == PermissionResult::Missing);
    missing.map(|row| row.permission).collect()
}

/// What receivers are told, in this order.
pub(super) fn events_of(before: &Link, after: &Link, happened: &Happened) -> Vec<WebhookEvent> {
    use LinkStatus as S;
    use WebhookEvent as E;
    let (was, is) = (before.status, after.status);
    let begins = |status| was.stands() && was != status && is == status;
    // A link that staff let go on stands as it stood: that is no news of the account.
    let (made, resumed) = (!was.stands() && is.is_linked(), was == S::Paused);
    let table = [
        (E::LinkOpened, was == S::Invited && is == S::Opened),
        (E::LinkStepSaved, matches!(happened, Happened::StepSaved(_))),
        (E::LinkCheckFailed, matches!(happened, Happened::Checked(Checked { failed: true, .. }))),
        (E::LinkLinked, made && !resumed),
        (E::LinkAttention, begins(S::Attention)),
        (E::LinkBroken, begins(S::Broken)),
        (E::LinkRecovered, matches!(was, S::Attention | S::Broken) && is.is_linked()),
        (E::LinkGapsChanged, was.stands() && is.stands() && gaps_changed(was, is, happened.gaps())),
        (E::LinkDisconnected, was != S::Disconnected && is == S::Disconnected),
    ];
    table.into_iter().filter_map(|(event, happened)| happened.then_some(event)).collect()
}

fn gaps_changed(was: LinkStatus, is: LinkStatus, gaps: Option<&Gaps>) -> bool {
    match gaps {
        Some(Gaps { before: Some(before), after }) => before != after,
        // Where nobody knows which were missing before, the status tells whether any were.
        Some(Gaps { before: None, .. }) | None => was.is_linked() && is.is_linked() && was != is,
    }
}
