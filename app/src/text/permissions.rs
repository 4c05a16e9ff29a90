//! What each permission lets the inviting company read, and what the check found, in words.

use domain::{Permission, PermissionResult};

/// What it gives access to.
#[must_use]
pub const fn why(permission: Permission) -> &'static str {
    match permission {
        Permission::EmployeePersonDetails => {
            "Names, work contact details and who is employed. Without it no account can be linked."
        }
        Permission::EmployeePayStatement => "Pay statements.",
        Permission::EmployeeEmploymentInformation => "Hire dates, employment status and the like.",
        Permission::PtoPlanIntegration => "Time-off plans and balances.",
        Permission::CompanyConfigurationIntegration => {
            "The lists your company keeps: departments, locations, jobs."
        }
        Permission::PayrollIntegration => "Pay groups, pay periods, earnings and deductions.",
        Permission::PersonnelIntegration => "Employment details, supervisors and contacts.",
        Permission::EmployeeJobHistoryDetails => "Past jobs and dates of change.",
        Permission::EmployeeCompensationDetails => "Pay rates and salaries.",
        Permission::EmployeeUserDefinedFields => "The extra fields your company has added.",
    }
}

/// Marks the one that is always asked for.
pub const REQUIRED: &str = "always required";

/// The result in a word or three.
#[must_use]
pub const fn result(result: PermissionResult) -> &'static str {
    match result {
        PermissionResult::Granted => "Granted",
        PermissionResult::Missing => "Not granted",
        PermissionResult::Untestable => "Cannot be tested",
        PermissionResult::Unchecked => "Not checked",
    }
}

/// Said of a permission no request can test.
pub const UNTESTABLE: &str =
    "UKG Pro gives no way to test this one from outside. Please make sure that **View** is ticked.";

/// How to grant a missing one.
#[must_use]
pub fn mend(permission: Permission) -> String {
    let row = permission.label();
    format!(
        "In UKG Pro, open the service account. In the row **{row}**, tick **View**, then press **Save** at the top, as \
         in [step 2](account#how-3)."
    )
}

/// What it is taken for; empty when no other row looks alike.
#[must_use]
pub fn not_the_same(permission: Permission) -> String {
    permission
        .look_alike()
        .map(|other| format!("**{other}** is not **{}**.", permission.label()))
        .unwrap_or_default()
}

/// `one permission`, `these four permissions`: how many rows there are to tick.
#[must_use]
pub fn count(number: usize) -> String {
    const WORDS: [&str; 11] =
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    WORDS.get(number).map_or_else(|| number.to_string(), |word| (*word).to_owned())
}
