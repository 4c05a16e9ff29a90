//! The paths there are, and the permission each asks for.

use domain::Permission;
use hyper::Method;

use super::rows::Rows;

/// What an account must have.
#[derive(Clone, Copy)]
pub(crate) enum Needs {
    /// This permission.
    Granted(Permission),
    /// Nothing but to be a valid account, says UKG's specification (see the knob `earnings`).
    ValidAccount,
    /// A permission Linkdesk never asks for, so no account here holds it.
    OutsideTheGrid,
}

/// One path.
pub(crate) struct Endpoint {
    pub(crate) method: Method,
    pub(crate) needs: Needs,
    pub(crate) needs_client_id: bool,
    pub(crate) rows: Rows,
}

/// Personnel Integration's other services: of those only the ids are played.
const OTHER_PERSONNEL: [&str; 9] = [
    "audit-details",
    "contacts",
    "employee-cobra-details",
    "employee-demographic-details",
    "employee-education",
    "employee-employment-details",
    "employee-multi-phone-numbers",
    "employee-supervisor-details",
    "user-details",
];

/// Company Configuration Integration's other services: of those only code and description are played.
const OTHER_CONFIGURATION: [&str; 7] =
    ["jobs", "locations", "positions", "jobgroup", "shift-codes", "tax-groups", "roles"];

/// The endpoint of this path, if there is one.
pub(crate) fn find(path: &str) -> Option<Endpoint> {
    use Permission as P;
    let (area, name) = path.strip_prefix('/')?.split_once("/v1/")?;
    let (permission, rows) = match (area, name) {
        ("personnel", "person-details") => (P::EmployeePersonDetails, Rows::Persons),
        ("personnel", "pto-plans") => (P::PtoPlanIntegration, Rows::PtoPlans),
        ("personnel", "employment-details") => (P::PersonnelIntegration, Rows::Employments),
        ("personnel", "user-defined-fields") => (P::PersonnelIntegration, Rows::UserDefinedFields),
        ("personnel", "employee-job-history-details") => (P::EmployeeJobHistoryDetails, Rows::JobHistory),
        ("personnel", "compensation-details") => (P::EmployeeCompensationDetails, Rows::Compensations),
        ("personnel", "employee-changes") => return Some(get(Needs::OutsideTheGrid, Rows::EmployeeIds)),
        ("personnel", other) if OTHER_PERSONNEL.contains(&other) => {
            (P::PersonnelIntegration, Rows::EmployeeIds)
        }
        ("configuration", "company-details") => (P::CompanyConfigurationIntegration, Rows::Companies),
        ("configuration", "org-levels") => (P::CompanyConfigurationIntegration, Rows::OrgLevels),
        ("configuration", "code-tables") => (P::CompanyConfigurationIntegration, Rows::CodeTables),
        ("configuration", "earnings") => return Some(get(Needs::ValidAccount, Rows::Earnings)),
        ("configuration", other) if OTHER_CONFIGURATION.contains(&other) => {
            (P::CompanyConfigurationIntegration, Rows::Codes)
        }
        ("payroll", "paygroup-payperiods") => (P::PayrollIntegration, Rows::PayPeriods),
        ("payroll", "pay-register" | "earnings-history-base-elements" | "payroll-deductions-history") => {
            (P::PayrollIntegration, Rows::EmployeeIds)
        }
        ("payroll", other) => return pay_statement(other),
        _ => return None,
    };
    Some(get(Needs::Granted(permission), rows))
}

fn get(needs: Needs, rows: Rows) -> Endpoint {
    Endpoint { method: Method::GET, needs, needs_client_id: false, rows }
}

/// Read by `POST`, but for one statement; they alone ask for `US-Client-Id`. There are no statements here.
fn pay_statement(name: &str) -> Option<Endpoint> {
    let method = match name {
        "employees/pay-statements"
        | "employees/pay-statement/last"
        | "companies/pay-statements"
        | "companies/pay-statements-summary" => Method::POST,
        one if one.starts_with("employees/pay-statement/") => Method::GET,
        _ => return None,
    };
    let needs = Needs::Granted(Permission::EmployeePayStatement);
    Some(Endpoint { method, needs, needs_client_id: true, rows: Rows::NoStatement })
}
