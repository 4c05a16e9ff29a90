//! What one check found: how far the connection came and which permissions hold.

use crate::{Permission, PermissionSet, ProblemCode};

/// One permission's result. Names are relied on from outside (`contract.md`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PermissionResult {
    /// UKG Pro answered the request that needs it.
    Granted,
    /// UKG Pro knows the account and refuses this request.
    Missing,
    /// UKG Pro offers no request that could tell.
    Untestable,
    /// Not tried, or tried without a clear answer.
    Unchecked,
}

impl PermissionResult {
    /// The stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::Missing => "missing",
            Self::Untestable => "untestable",
            Self::Unchecked => "unchecked",
        }
    }

    /// The result of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Granted, Self::Missing, Self::Untestable, Self::Unchecked]
            .into_iter()
            .find(|r| r.as_str() == name)
    }
}

/// A permission with its result and, when it was tried in vain, why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowResult {
    /// Which permission.
    pub permission: Permission,
    /// What was found.
    pub result: PermissionResult,
    /// `permission_missing` for a missing one; for an unchecked one the fault that hid the answer.
    pub problem: Option<ProblemCode>,
    /// How long UKG Pro took to answer, tries and waits included, in milliseconds; `None` when it was not asked.
    pub took_ms: Option<u32>,
}

impl RowResult {
    /// A row nobody has asked about, or can.
    #[must_use]
    pub const fn not_asked(permission: Permission) -> Self {
        let result =
            if permission.is_testable() { PermissionResult::Unchecked } else { PermissionResult::Untestable };
        Self { permission, result, problem: None, took_ms: None }
    }
}

/// How far a check that is still running has come; holds nothing secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckProgress {
    /// How far the connection came.
    pub connection: ConnectionStep,
    /// Time until the host was reached, in milliseconds; `None` before it.
    pub reached_ms: Option<u32>,
    /// Time until the account was accepted, in milliseconds; `None` before it.
    pub accepted_ms: Option<u32>,
    /// One row per asked-for permission, in UKG's order, as far as they are known.
    pub rows: Vec<RowResult>,
    /// The permissions being asked about at this moment.
    pub asking: Vec<Permission>,
}

impl CheckProgress {
    /// Nothing asked yet.
    #[must_use]
    pub fn new(permissions: &PermissionSet) -> Self {
        Self {
            connection: ConnectionStep::NotReached,
            reached_ms: None,
            accepted_ms: None,
            rows: permissions.iter().map(RowResult::not_asked).collect(),
            asking: Vec::new(),
        }
    }
}

/// How far a check came before the permissions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConnectionStep {
    /// The host was not reached securely.
    NotReached,
    /// The host answered; the account was not (or not yet) accepted.
    Reached,
    /// Key, username and password were accepted.
    Accepted,
}

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CheckOutcome {
    /// Every asked-for permission that can be tested is granted.
    Linked,
    /// The required one is granted, another is missing.
    LinkedWithGaps,
    /// Not linked, for this reason.
    Failed(ProblemCode),
}

/// Everything one check found; holds nothing secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckReport {
    /// How it ended.
    pub outcome: CheckOutcome,
    /// How far the connection came.
    pub connection: ConnectionStep,
    /// Time until the host was reached, in milliseconds; `None` when it was not.
    pub reached_ms: Option<u32>,
    /// Time until the account was accepted, in milliseconds; `None` when it was not.
    pub accepted_ms: Option<u32>,
    /// One row per asked-for permission, in UKG's order.
    pub rows: Vec<RowResult>,
}

impl CheckReport {
    /// How many permissions could have been tested but were not.
    #[must_use]
    pub fn unchecked(&self) -> usize {
        self.rows.iter().filter(|row| row.result == PermissionResult::Unchecked).count()
    }

    /// The outcome that follows from the rows once the account was accepted: the required permission decides,
    /// a gap among the others never prevents linking.
    #[must_use]
    pub fn outcome_of(rows: &[RowResult]) -> CheckOutcome {
        let required = rows.iter().find(|row| row.permission.is_required());
        match required.map(|row| (row.result, row.problem)) {
            Some((PermissionResult::Granted, _)) => {
                if rows.iter().any(|row| row.result == PermissionResult::Missing) {
                    CheckOutcome::LinkedWithGaps
                } else {
                    CheckOutcome::Linked
                }
            }
            Some((PermissionResult::Missing, _)) => CheckOutcome::Failed(ProblemCode::PermissionMissing),
            Some((PermissionResult::Unchecked | PermissionResult::Untestable, problem)) => {
                CheckOutcome::Failed(problem.unwrap_or(ProblemCode::UkgUnexpected))
            }
            None => CheckOutcome::Failed(ProblemCode::UkgUnexpected),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(permission: Permission, result: PermissionResult) -> RowResult {
        RowResult { permission, result, problem: None, took_ms: None }
    }

    #[test]
    fn only_the_required_permission_decides_whether_it_links() {
        let required = Permission::EmployeePersonDetails;
        let other = Permission::PayrollIntegration;

        let all = [row(required, PermissionResult::Granted), row(other, PermissionResult::Granted)];
        let gap = [row(required, PermissionResult::Granted), row(other, PermissionResult::Missing)];
        let none = [row(required, PermissionResult::Missing), row(other, PermissionResult::Granted)];

        assert_eq!(CheckReport::outcome_of(&all), CheckOutcome::Linked);
        assert_eq!(CheckReport::outcome_of(&gap), CheckOutcome::LinkedWithGaps);
        assert_eq!(CheckReport::outcome_of(&none), CheckOutcome::Failed(ProblemCode::PermissionMissing));
    }

    #[test]
    fn an_unclear_answer_for_the_required_permission_never_links() {
        let rows = [row(Permission::EmployeePersonDetails, PermissionResult::Unchecked)];

        assert_eq!(CheckReport::outcome_of(&rows), CheckOutcome::Failed(ProblemCode::UkgUnexpected));
    }
}
