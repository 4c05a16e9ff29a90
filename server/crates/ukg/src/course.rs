//! The course of a check: what is known so far, told to the watcher at every turn, and the report in the end.

use domain::{
    CheckProgress, CheckReport, ConnectionStep, Permission, PermissionResult, PermissionSet, ProblemCode,
    RowResult,
};

use crate::answer::Answer;
use crate::session::Told;
use crate::watch::Watcher;

/// The permission without which nothing can be linked. It also carries the reason when a check fails as a whole.
pub(crate) const REQUIRED: Permission = Permission::EmployeePersonDetails;

/// One check's course.
pub(crate) struct Course<'a> {
    progress: CheckProgress,
    watcher: &'a dyn Watcher,
}

impl<'a> Course<'a> {
    /// Nothing asked yet.
    pub(crate) fn new(permissions: &PermissionSet, watcher: &'a dyn Watcher) -> Self {
        Self { progress: CheckProgress::new(permissions), watcher }
    }

    /// Goes on from an earlier report, with one row to be asked anew.
    pub(crate) fn resumed(known: &CheckReport, again: Permission, watcher: &'a dyn Watcher) -> Self {
        let row = |row: &RowResult| {
            if row.permission == again { RowResult::not_asked(again) } else { *row }
        };
        let progress = CheckProgress {
            connection: known.connection,
            reached_ms: known.reached_ms,
            accepted_ms: known.accepted_ms,
            rows: known.rows.iter().map(row).collect(),
            asking: Vec::new(),
        };
        Self { progress, watcher }
    }

    /// The host answered. Told once; a report gone on from may know it already.
    pub(crate) fn reached(&mut self, after_ms: u32) {
        if self.progress.connection == ConnectionStep::NotReached {
            self.progress.connection = ConnectionStep::Reached;
            self.progress.reached_ms = Some(after_ms);
            self.tell();
        }
    }

    /// Key, username and password are accepted. Told once, as above.
    pub(crate) fn accepted(&mut self, after_ms: u32) {
        if self.progress.connection != ConnectionStep::Accepted {
            self.progress.connection = ConnectionStep::Accepted;
            self.progress.accepted_ms = Some(after_ms);
            self.tell();
        }
    }

    /// UKG Pro is being asked about this permission.
    pub(crate) fn begin(&mut self, permission: Permission) {
        let asked_for = self.progress.rows.iter().any(|row| row.permission == permission);
        if asked_for && !self.progress.asking.contains(&permission) {
            self.progress.asking.push(permission);
            self.tell();
        }
    }

    /// What an answer means for a permission once the account is known to be accepted: then a 401, as ASP.NET's
    /// own filter gives for a missing role (`ukg-pro.md` §4c), can only mean the permission.
    pub(crate) fn answered(&mut self, permission: Permission, told: &Told) {
        match told.answer {
            Answer::List => self.set(permission, PermissionResult::Granted, None, Some(told.took_ms)),
            Answer::Forbidden | Answer::ForbiddenPage | Answer::Refused => {
                self.missing(permission, told.took_ms);
            }
            Answer::Portal | Answer::NotThere => {
                self.unclear(permission, ProblemCode::UkgUnexpected, Some(told.took_ms));
            }
            Answer::Failed(problem) => self.unclear(permission, problem, Some(told.took_ms)),
        }
    }

    /// UKG Pro knows the account and does not let it do this.
    pub(crate) fn missing(&mut self, permission: Permission, took_ms: u32) {
        let problem = Some(ProblemCode::PermissionMissing);
        self.set(permission, PermissionResult::Missing, problem, Some(took_ms));
    }

    /// There was no clear answer, for this reason.
    pub(crate) fn unclear(&mut self, permission: Permission, problem: ProblemCode, took_ms: Option<u32>) {
        self.set(permission, PermissionResult::Unchecked, Some(problem), took_ms);
    }

    /// The permissions nobody has asked UKG Pro about yet.
    pub(crate) fn untried(&self) -> Vec<Permission> {
        let untried = |row: &&RowResult| **row == RowResult::not_asked(row.permission);
        let rows = self.progress.rows.iter().filter(untried);
        rows.map(|row| row.permission).filter(|permission| permission.is_testable()).collect()
    }

    /// The permissions known to be granted, in UKG's order.
    pub(crate) fn granted(&self) -> impl Iterator<Item = Permission> + '_ {
        let granted = |row: &&RowResult| row.result == PermissionResult::Granted;
        self.progress.rows.iter().filter(granted).map(|row| row.permission)
    }

    /// The account is not accepted: whatever was known of its permissions is no longer.
    pub(crate) fn rejected(&mut self, took_ms: Option<u32>) {
        for row in &mut self.progress.rows {
            *row = RowResult::not_asked(row.permission);
        }
        if self.progress.connection == ConnectionStep::Accepted {
            self.progress.connection = ConnectionStep::Reached;
            self.progress.accepted_ms = None;
        }
        self.progress.asking.clear();
        self.unclear(REQUIRED, ProblemCode::CredentialsRejected, took_ms);
    }

    /// The report. A failed check names its reason in the required permission's row, from which the outcome follows.
    pub(crate) fn report(self) -> CheckReport {
        let CheckProgress { connection, reached_ms, accepted_ms, rows, asking: _ } = self.progress;
        let outcome = CheckReport::outcome_of(&rows);
        CheckReport { outcome, connection, reached_ms, accepted_ms, rows }
    }

    fn set(
        &mut self,
        permission: Permission,
        result: PermissionResult,
        problem: Option<ProblemCode>,
        took_ms: Option<u32>,
    ) {
        self.progress.asking.retain(|asked| *asked != permission);
        if let Some(row) = self.progress.rows.iter_mut().find(|row| row.permission == permission) {
            *row = RowResult { permission, result, problem, took_ms };
            self.tell();
        }
    }

    fn tell(&self) {
        self.watcher.progressed(&self.progress);
    }
}
