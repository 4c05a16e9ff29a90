//! The report in the making: one row per permission.

use domain::{
    CheckReport, ConnectionStep, Permission, PermissionResult, PermissionSet, ProblemCode, RowResult,
};

use crate::answer::Answer;

/// A row for each asked-for permission, in UKG's order.
pub(crate) struct Rows(Vec<RowResult>);

impl Rows {
    /// Nothing tried yet.
    pub(crate) fn new(permissions: &PermissionSet) -> Self {
        let row = |permission: Permission| {
            let result = if permission.is_testable() {
                PermissionResult::Unchecked
            } else {
                PermissionResult::Untestable
            };
            RowResult { permission, result, problem: None, took_ms: None }
        };
        Self(permissions.iter().map(row).collect())
    }

    /// The permissions nobody has asked UKG Pro about yet.
    pub(crate) fn untried(&self) -> Vec<Permission> {
        let untried = |row: &&RowResult| row.result == PermissionResult::Unchecked && row.problem.is_none();
        self.0.iter().filter(untried).map(|row| row.permission).collect()
    }

    /// UKG Pro lets the account do this.
    pub(crate) fn granted(&mut self, permission: Permission) {
        self.set(permission, PermissionResult::Granted, None);
    }

    /// UKG Pro knows the account and does not let it do this.
    pub(crate) fn missing(&mut self, permission: Permission) {
        self.set(permission, PermissionResult::Missing, Some(ProblemCode::PermissionMissing));
    }

    /// There was no clear answer, for this reason.
    pub(crate) fn unclear(&mut self, permission: Permission, problem: ProblemCode) {
        self.set(permission, PermissionResult::Unchecked, Some(problem));
    }

    /// What an answer means for a permission once the account is known to be accepted: then a 401, as ASP.NET's
    /// own filter gives for a missing role (`ukg-pro.md` §4c), can only mean the permission.
    pub(crate) fn answered(&mut self, permission: Permission, answer: Answer) {
        match answer {
            Answer::List => self.granted(permission),
            Answer::Forbidden | Answer::Refused => self.missing(permission),
            Answer::NotApi => self.unclear(permission, ProblemCode::UkgUnexpected),
            Answer::Failed(problem) => self.unclear(permission, problem),
        }
    }

    /// The report. A failed check names its reason in the required permission's row, from which the outcome follows.
    pub(crate) fn report(self, reached_ms: Option<u32>, accepted_ms: Option<u32>) -> CheckReport {
        let connection = match (reached_ms, accepted_ms) {
            (_, Some(_)) => ConnectionStep::Accepted,
            (Some(_), None) => ConnectionStep::Reached,
            (None, None) => ConnectionStep::NotReached,
        };
        let outcome = CheckReport::outcome_of(&self.0);
        CheckReport { outcome, connection, reached_ms, accepted_ms, rows: self.0 }
    }

    fn set(&mut self, permission: Permission, result: PermissionResult, problem: Option<ProblemCode>) {
        if let Some(row) = self.0.iter_mut().find(|row| row.permission == permission) {
            *row = RowResult { permission, result, problem, took_ms: None };
        }
    }
}
