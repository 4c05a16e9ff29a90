//! The built-in accounts: one for each thing that can happen while linking.

mod troubles;

use std::collections::BTreeMap;

use domain::Permission::{
    CompanyConfigurationIntegration, EmployeeCompensationDetails, EmployeeJobHistoryDetails,
    EmployeePersonDetails, PayrollIntegration, PersonnelIntegration, PtoPlanIntegration,
};

use super::{Account, Earnings, ErrorBody, Fault, LinkHeader, MissingPermission, PastLastPage, Scenarios};

/// The hosts of the demo: connect to the simulator for each, instead of asking DNS.
///
/// All but three are alike. At `service7.ultipro.com` everything is down for maintenance, at
/// `service8.ultipro.com` a portal answers, and the account `other-host` exists at `service9.ultipro.com` alone.
pub const DEMO_HOSTS: [&str; 9] = [
    "service2.ultipro.com",
    "service4.ultipro.com",
    "service5.ultipro.com",
    "service7.ultipro.com",
    "service8.ultipro.com",
    "service9.ultipro.com",
    "servicet.ultipro.com",
    "service3.ultipro.ca",
    "service4.ultipro.ca",
];

impl Scenarios {
    /// The built-in scenarios.
    #[must_use]
    pub fn demo() -> Self {
        let host_faults = BTreeMap::from([
            ("service7.ultipro.com".to_owned(), Fault::Maintenance),
            ("service8.ultipro.com".to_owned(), Fault::PortalRedirect),
        ]);
        let mut accounts = Vec::new();
        accounts.extend(permissions());
        accounts.extend(troubles::refusals());
        accounts.extend(troubles::faults());
        accounts.extend(oddities());
        Self { host_faults, ..Self::of(accounts) }
    }
}

fn permissions() -> [Account; 6] {
    let unauthorized = MissingPermission::Unauthorized;
    [
        account("all-granted", "linked: every permission holds", "SIM01", "SimAllGranted", "Every|Thing;Works!(01)"),
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

/// All passwords begin alike, so that nobody takes one for real.
fn account(name: &str, what_happens: &str, key: &str, username: &str, password: &str) -> Account {
    let account = Account::new(name, key, username, &format!("MadeUp+{password}"));
    Account { what_happens: what_happens.to_owned(), ..account }
}
