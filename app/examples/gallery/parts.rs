//! Made-up data, and the pages of each area.

use app::components::{FlowFrame, StepMark};
use domain::{
    CheckOutcome, CheckReport, ConnectionStep, LinkId, Permission, PermissionResult, PermissionSet,
    ProblemCode, RowResult, Timestamp,
};

pub mod desk;
pub mod flow;
pub mod invites;
pub mod outside;
pub mod staff;
pub mod standing;

/// The inviting company.
pub const COMPANY: &str = "Acme Benefits";
/// The customer.
pub const CUSTOMER: &str = "Northwind Clinics";
/// The host.
pub const HOST: &str = "service4.ultipro.com";
/// 24 November 2026, 10:42.
pub const NOW: Timestamp = Timestamp::from_millis(1_795_516_920_000);

/// What the made-up link asks for.
pub fn permissions() -> PermissionSet {
    PermissionSet::new(&[
        Permission::EmployeePayStatement,
        Permission::PtoPlanIntegration,
        Permission::CompanyConfigurationIntegration,
        Permission::PayrollIntegration,
        Permission::EmployeeCompensationDetails,
    ])
}

/// A frame at this place, with this many steps saved.
pub fn frame(current: usize, saved: usize) -> FlowFrame {
    let mark = |n: usize, note: &str, time: &str| {
        if n <= saved { StepMark::Done(note.to_owned()) } else { StepMark::Open(time.to_owned()) }
    };
    FlowFrame {
        company: COMPANY.to_owned(),
        link: LinkId::new(NOW, [7; 10]),
        current,
        marks: [
            mark(1, "Saved", "About 2 minutes"),
            mark(2, "Saved", "About 6 minutes"),
            mark(3, HOST, "About 2 minutes"),
            StepMark::Open("We do this for you".to_owned()),
        ],
        test: false,
    }
}

/// Rows with these missing and these without an answer; all others granted.
pub fn rows(missing: &[Permission], unclear: &[Permission]) -> Vec<RowResult> {
    permissions()
        .iter()
        .map(|permission| {
            let mut row = RowResult::not_asked(permission);
            if missing.contains(&permission) {
                row.result = PermissionResult::Missing;
                row.problem = Some(ProblemCode::PermissionMissing);
                row.took_ms = Some(380);
            } else if unclear.contains(&permission) {
                row.problem = Some(ProblemCode::UkgTimeout);
                row.took_ms = Some(8_000);
            } else if permission.is_testable() {
                row.result = PermissionResult::Granted;
                row.took_ms = Some(610);
            }
            row
        })
        .collect()
}

/// A report with these rows.
pub fn report(outcome: CheckOutcome, connection: ConnectionStep, rows: Vec<RowResult>) -> CheckReport {
    CheckReport {
        outcome,
        connection,
        reached_ms: (connection >= ConnectionStep::Reached).then_some(412),
        accepted_ms: (connection >= ConnectionStep::Accepted).then_some(1_290),
        rows,
    }
}
