//! The built-in accounts: one for each thing that can happen while linking.

mod hosts;
mod scenarios;
mod troubles;

use domain::Permission::{
    CompanyConfigurationIntegration, EmployeeCompensationDetails, EmployeeJobHistoryDetails,
    EmployeePersonDetails, PayrollIntegration, PersonnelIntegration, PtoPlanIntegration,
};

use super::{Account, Earnings, ErrorBody, LinkHeader, MissingPermission, PastLastPage, Scenarios};

pub use hosts::{DEMO_HOSTS, demo_resolve};
pub use scenarios::{DemoScenario, demo_table};

impl Scenarios {
    /// The built-in scenarios.
    #[must_use]
    pub fn demo() -> Self {
        let mut accounts = Vec::new();
        accounts.extend(permissions());
        accounts.extend(troubles::refusals());
        accounts.extend(troubles::faults());
        accounts.extend(oddities());
        accounts.extend(tenants());
        accounts.extend(troubles::bad_manners());
        Self { host_faults: hosts::faults(), host_tls: hosts::tls(), ..Self::of(accounts) }
    }
}

fn permissions() -> [Account; 6] {
    let unauthorized = MissingPermission::Unauthorized;
    [
        account("all-granted", "linked: every permission holds, also those the link does not ask for", "SIM01", "SimAllGranted", "Every|Thing;Works!(01)"),
        Account {
            error_body: ErrorBody::ProblemJson,
            ..account(
                "no-pto",
                "linked with a gap: PTO Plan Integration is missing (403)",
                "SIM02",
                "SimNoPtoPlans",
                "One#Box*Was@Forgotten^(02)",
            )
            .without(&[PtoPlanIntegration])
        },
        Account {
            missing_permission: unauthorized,
            error_body: ErrorBody::AspNet,
            ..account(
                "gaps-as-401",
                "linked with gaps: job history and compensation are missing, answered with 401",
                "SIM03",
                "SimGapsAs401",
                "Two.Boxes_Were{Forgotten}%(03)",
            )
            .without(&[EmployeeJobHistoryDetails, EmployeeCompensationDetails])
        },
        Account {
            error_body: ErrorBody::Html,
            ..account(
                "no-person-details",
                "not linked: the required permission is missing (403)",
                "SIM04",
                "SimNoPersonDetails",
                "Required\\Box/Forgotten!(04)",
            )
            .without(&[EmployeePersonDetails])
        },
        Account {
            missing_permission: unauthorized,
            ..account(
                "nothing-granted-401",
                "not linked: no permission at all, answered with 401; only earnings tell it from a wrong password",
                "SIM05",
                "SimNothingGranted",
                "Nothing+Ticked;At|All]!(05)",
            )
            .without(&domain::Permission::ALL)
        },
        Account {
            missing_permission: unauthorized,
            earnings: Earnings::NeedsPermission,
            ..account(
                "nothing-tells-401",
                "not linked: as before, but earnings answer 401 too, so it looks like a wrong password",
                "SIM06",
                "SimNothingTells",
                "Nobody^Can*Tell#Why@This(06)",
            )
            .without(&domain::Permission::ALL)
        },
    ]
}

fn oddities() -> [Account; 2] {
    [
        Account {
            past_last_page: PastLastPage::NotFound,
            link_header: LinkHeader::Doubled,
            ..account(
                "odd-paging",
                "linked: past the last page it answers 404, and its Link header is doubled",
                "SIM22",
                "SimOddPaging",
                "Page;Past|The+Last!Page%(22)",
            )
        },
        Account {
            earnings: Earnings::NeedsPermission,
            missing_permission: MissingPermission::Unauthorized,
            error_body: ErrorBody::ProblemJson,
            ..account(
                "only-required",
                "linked with gaps: the required permission alone is granted, the rest answers 401",
                "SIM23",
                "SimOnlyRequired",
                "Just@The^One*Box#Ticked(23)",
            )
            .without(&[
                PtoPlanIntegration,
                CompanyConfigurationIntegration,
                PayrollIntegration,
                PersonnelIntegration,
                EmployeeJobHistoryDetails,
                EmployeeCompensationDetails,
            ])
        },
    ]
}

fn tenants() -> [Account; 3] {
    [
        account(
            "second-account",
            "linked: another service account of the tenant of all-granted; it has the same key",
            "SIM01",
            "SimSecondAccount",
            "Same{Tenant}Other_Account(24)",
        ),
        account(
            "second-tenant",
            "linked: another tenant, so another key",
            "SIM25",
            "SimSecondTenant",
            "Another;Tenant|Altogether+(25)",
        ),
        Account {
            hosts: vec!["servicet.ultipro.com".to_owned(), "rental2.ultipro.com".to_owned()],
            ..account(
                "test-tenant",
                "linked, and badged TEST: exists at the test hosts alone",
                "SIM26",
                "SimTestTenant",
                "Only*In^The#Test@Tenant.(26)",
            )
        },
    ]
}

/// All passwords begin alike, so that nobody takes one for real.
fn account(name: &str, what_happens: &str, key: &str, username: &str, password: &str) -> Account {
    let account = Account::new(name, key, username, &format!("MadeUp+{password}"));
    Account { what_happens: what_happens.to_owned(), ..account }
}
