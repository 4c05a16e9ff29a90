//! The rows of UKG Pro's permission grid that a link may ask for.
//!
//! Names and which REST services they open: `ukg-pro.md` §3 (UKG's OpenAPI and the grid's own screen).

use std::fmt;
use std::str::FromStr;

/// One row of the grid on **Add/Change Service Account**; linking needs its **View** box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Permission {
    /// Always required: without it nothing can be linked.
    EmployeePersonDetails,
    /// Pay statements; cannot be tested with the values we hold.
    EmployeePayStatement,
    /// SOAP only; cannot be tested with the values we hold.
    EmployeeEmploymentInformation,
    /// PTO plans.
    PtoPlanIntegration,
    /// Company details, organisation levels, jobs, locations.
    CompanyConfigurationIntegration,
    /// Pay registers and pay calendars.
    PayrollIntegration,
    /// Employment details, supervisors, contacts.
    PersonnelIntegration,
    /// The history of jobs.
    EmployeeJobHistoryDetails,
    /// Salary and rates.
    EmployeeCompensationDetails,
    /// SOAP; its REST service hangs on Personnel Integration, so the box itself cannot be tested.
    EmployeeUserDefinedFields,
}

/// The text names no permission.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no permission of this name; the permissions are: {}", Permission::slugs())]
pub struct UnknownPermission;

impl Permission {
    /// Every permission, in the order of UKG's own guide.
    pub const ALL: [Self; 10] = [
        Self::EmployeePersonDetails,
        Self::EmployeePayStatement,
        Self::EmployeeEmploymentInformation,
        Self::PtoPlanIntegration,
        Self::CompanyConfigurationIntegration,
        Self::PayrollIntegration,
        Self::PersonnelIntegration,
        Self::EmployeeJobHistoryDetails,
        Self::EmployeeCompensationDetails,
        Self::EmployeeUserDefinedFields,
    ];

    /// The stable name used in commands, HTML and the database.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::EmployeePersonDetails => "employee_person_details",
            Self::EmployeePayStatement => "employee_pay_statement",
            Self::EmployeeEmploymentInformation => "employee_employment_information",
            Self::PtoPlanIntegration => "pto_plan_integration",
            Self::CompanyConfigurationIntegration => "company_configuration_integration",
            Self::PayrollIntegration => "payroll_integration",
            Self::PersonnelIntegration => "personnel_integration",
            Self::EmployeeJobHistoryDetails => "employee_job_history_details",
            Self::EmployeeCompensationDetails => "employee_compensation_details",
            Self::EmployeeUserDefinedFields => "employee_user_defined_fields",
        }
    }

    /// UKG's own label, letter for letter: the administrator looks for these words on her screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::EmployeePersonDetails => "Employee Person Details",
            Self::EmployeePayStatement => "Employee Pay Statement",
            Self::EmployeeEmploymentInformation => "Employee Employment Information",
            Self::PtoPlanIntegration => "PTO Plan Integration",
            Self::CompanyConfigurationIntegration => "Company Configuration Integration",
            Self::PayrollIntegration => "Payroll Integration",
            Self::PersonnelIntegration => "Personnel Integration",
            Self::EmployeeJobHistoryDetails => "Employee Job History Details",
            Self::EmployeeCompensationDetails => "Employee Compensation Details",
            Self::EmployeeUserDefinedFields => "Employee User Defined Fields",
        }
    }

    /// The row with nearly the same name that people tick instead; it gives no access here.
    #[must_use]
    pub const fn look_alike(self) -> Option<&'static str> {
        match self {
            Self::EmployeePersonDetails => Some("Employee Person"),
            Self::EmployeeCompensationDetails => Some("Employee Compensation"),
            Self::EmployeeJobHistoryDetails => Some("Employee Job"),
            Self::EmployeePayStatement
            | Self::EmployeeEmploymentInformation
            | Self::PtoPlanIntegration
            | Self::CompanyConfigurationIntegration
            | Self::PayrollIntegration
            | Self::PersonnelIntegration
            | Self::EmployeeUserDefinedFields => None,
        }
    }

    /// Whether linking is impossible without it.
    #[must_use]
    pub const fn is_required(self) -> bool {
        matches!(self, Self::EmployeePersonDetails)
    }

    /// Whether a request with key, username and password alone can tell if it is granted (`ukg-pro.md` §3).
    #[must_use]
    pub const fn is_testable(self) -> bool {
        !matches!(
            self,
            Self::EmployeePayStatement
                | Self::EmployeeEmploymentInformation
                | Self::EmployeeUserDefinedFields
        )
    }

    /// All slugs, comma separated, for messages.
    fn slugs() -> String {
        Self::ALL.map(Self::slug).join(", ")
    }
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slug())
    }
}

impl FromStr for Permission {
    type Err = UnknownPermission;

    fn from_str(text: &str) -> Result<Self, UnknownPermission> {
        Self::ALL.into_iter().find(|p| p.slug() == text).ok_or(UnknownPermission)
    }
}

/// What one link asks for: in UKG's order, without repeats, the required permission always among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PermissionSet(Vec<Permission>);

impl PermissionSet {
    /// The set of these and the required one.
    #[must_use]
    pub fn new(asked: &[Permission]) -> Self {
        Self(Permission::ALL.into_iter().filter(|p| p.is_required() || asked.contains(p)).collect())
    }

    /// The permissions this link does not ask for but could be found to be granted.
    pub fn testable_others(&self) -> impl Iterator<Item = Permission> + '_ {
        Permission::ALL.into_iter().filter(|p| p.is_testable() && !self.0.contains(p))
    }

    /// The permissions, in UKG's order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Permission> + '_ {
        self.0.iter().copied()
    }

    /// How many there are; at least one.
    #[expect(clippy::len_without_is_empty, reason = "never empty: the required permission is always in it")]
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether this permission was asked for.
    #[must_use]
    pub fn contains(&self, permission: Permission) -> bool {
        self.0.contains(&permission)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_slug_reads_back() {
        for permission in Permission::ALL {
            assert_eq!(permission.slug().parse(), Ok(permission));
        }
        assert_eq!("employee_person".parse::<Permission>(), Err(UnknownPermission));
    }

    #[test]
    fn a_set_always_holds_the_required_permission_once() {
        let set = PermissionSet::new(&[Permission::PayrollIntegration, Permission::PayrollIntegration]);

        let all: Vec<_> = set.iter().collect();
        assert_eq!(all, [Permission::EmployeePersonDetails, Permission::PayrollIntegration]);
    }

    #[test]
    fn seven_of_ten_can_be_tested() {
        assert_eq!(Permission::ALL.into_iter().filter(|p| p.is_testable()).count(), 7);
    }
}
