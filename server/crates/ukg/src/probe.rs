//! Which request tells which permission: method GET, the query asks for one record.
//!
//! Every path, and the spelling of its query, is `ukg-pro.md` §3 and §4b (UKG's OpenAPI). `per_Page=1` always: the
//! default is 10,000 records of real people.

use domain::Permission;

/// Open to every valid account without any permission, says UKG's OpenAPI; Nango found it needs one after all
/// (`ukg-pro.md` §3). So it may speak for an account, never against it.
pub(crate) const EARNINGS: &str = "/configuration/v1/earnings?page=1&per_Page=1";

/// Holds no personal data; the request other vendors test credentials with.
pub(crate) const COMPANY_DETAILS: &str = "/configuration/v1/company-details?page=1&per_Page=1";

/// The cheapest request that needs this permission; `None` where none can tell.
pub(crate) const fn path_of(permission: Permission) -> Option<&'static str> {
    match permission {
        Permission::EmployeePersonDetails => Some("/personnel/v1/person-details?page=1&per_Page=1"),
        // UKG's OpenAPI spells this one parameter without the capital.
        Permission::PtoPlanIntegration => Some("/personnel/v1/pto-plans?page=1&per_page=1"),
        Permission::CompanyConfigurationIntegration => Some(COMPANY_DETAILS),
        // Calendar data; the pay register beside it holds social security numbers.
        Permission::PayrollIntegration => Some("/payroll/v1/paygroup-payperiods?page=1&per_Page=1"),
        Permission::PersonnelIntegration => Some("/personnel/v1/employment-details?page=1&per_Page=1"),
        Permission::EmployeeJobHistoryDetails => {
            Some("/personnel/v1/employee-job-history-details?page=1&per_Page=1")
        }
        Permission::EmployeeCompensationDetails => {
            Some("/personnel/v1/compensation-details?page=1&per_Page=1")
        }
        // Needs a fourth value (`US-Client-Id`), the other two are SOAP services.
        Permission::EmployeePayStatement
        | Permission::EmployeeEmploymentInformation
        | Permission::EmployeeUserDefinedFields => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exactly_the_testable_permissions_have_a_request() {
        for permission in Permission::ALL {
            assert_eq!(path_of(permission).is_some(), permission.is_testable(), "{permission}");
        }
    }

    #[test]
    fn no_request_asks_for_more_than_one_record() {
        let paths = Permission::ALL.into_iter().filter_map(path_of).chain([EARNINGS]);

        assert!(paths.into_iter().all(|path| path.to_lowercase().ends_with("?page=1&per_page=1")));
    }
}
