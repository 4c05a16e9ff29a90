//! What to type in the demo for each thing that can happen, for its docs to list.

use domain::{CheckOutcome, ProblemCode};

use super::hosts;
use crate::scenarios::{AccountRow, Scenarios};

/// The host where nothing is special.
const HOST: &str = "service4.ultipro.com";

/// The account for which nothing goes wrong.
const GOOD: &str = "all-granted";

/// One thing that can happen: what to type, what it shows, and how the check ends when a link asks for everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoScenario {
    /// Its name, as in the request log.
    pub name: String,
    /// The host of the Web Services URL to type.
    pub host: String,
    /// What to type as Customer API Key.
    pub customer_api_key: String,
    /// What to type as username.
    pub username: String,
    /// What to type as password. Made up, so it may be printed.
    pub password: String,
    /// What it shows.
    pub shows: String,
    /// How the check ends.
    pub outcome: CheckOutcome,
    /// The problem it provokes: the whole check's, or that of one permission's row.
    pub problem: Option<ProblemCode>,
}

/// Every scenario of [`Scenarios::demo`]: its accounts, then those that come from the host or a slip of the fingers.
#[must_use]
pub fn demo_table() -> Vec<DemoScenario> {
    let rows = Scenarios::demo().table();
    let good = rows.iter().find(|row| row.name == GOOD).cloned();
    let others = good.map(|good| at_hosts(&good)).unwrap_or_default();
    rows.into_iter().map(of_account).chain(others).collect()
}

fn of_account(row: AccountRow) -> DemoScenario {
    let (outcome, problem) = ending(&row.name);
    let host = if row.name == "test-tenant" { "servicet.ultipro.com" } else { HOST };
    scenario(&row, &row.name, host, &row.what_happens, outcome, problem)
}

/// How the check of an account ends. What is not named here is linked.
fn ending(account: &str) -> (CheckOutcome, Option<ProblemCode>) {
    use ProblemCode as P;
    let gap = (CheckOutcome::LinkedWithGaps, Some(P::PermissionMissing));
    let failed = |problem| (CheckOutcome::Failed(problem), Some(problem));
    match account {
        "no-pto" | "gaps-as-401" | "only-required" => gap,
        "no-person-details" | "nothing-granted-401" | "hostile-page" => failed(P::PermissionMissing),
        "nothing-tells-401" | "suspended" | "locked" | "other-host" => failed(P::CredentialsRejected),
        "busy" | "busy-retry-after" => failed(P::UkgBusy),
        "maintenance" => failed(P::UkgUnavailable),
        "one-service-down" => (CheckOutcome::Linked, Some(P::UkgUnavailable)),
        "hanging" | "slow-body" => failed(P::UkgTimeout),
        "portal-redirect" | "portal-page" => failed(P::HostNotWebServices),
        "garbage" | "gzip" | "endless-headers" | "not-http" => failed(P::UkgUnexpected),
        "reset" => failed(P::HostUnreachable),
        _ => (CheckOutcome::Linked, None),
    }
}

fn at_hosts(good: &AccountRow) -> Vec<DemoScenario> {
    use ProblemCode as P;
    let at = |name: &str, host: &str, shows: &str, problem| {
        scenario(good, name, host, shows, CheckOutcome::Failed(problem), Some(problem))
    };
    let wrong = AccountRow { password: format!("{}-mistyped", good.password), ..good.clone() };
    let rejected = P::CredentialsRejected;
    vec![
        scenario(
            &wrong,
            "wrong-password",
            HOST,
            "refused: the password is mistyped (401)",
            CheckOutcome::Failed(rejected),
            Some(rejected),
        ),
        at("host-nowhere", hosts::NOWHERE, "the host does not exist", P::HostNotFound),
        at("host-resets", hosts::UNREACHABLE, "the host resets every connection", P::HostUnreachable),
        at("host-silent", hosts::SILENT, "the host takes connections and never says a word", P::UkgTimeout),
        at("host-wrong-name", hosts::WRONG_NAME, "the certificate is for another host", P::HostTls),
        at("host-expired", hosts::EXPIRED, "the certificate ran out", P::HostTls),
        at("host-self-signed", hosts::SELF_SIGNED, "the certificate vouches for itself", P::HostTls),
        at(
            "host-stranger",
            hosts::OTHER_AUTHORITY,
            "the certificate is from an unknown authority",
            P::HostTls,
        ),
        at("host-old-tls", hosts::OLD_VERSION, "the host knows nothing newer than TLS 1.1", P::HostTls),
        at("host-plain-text", hosts::PLAIN_TEXT, "the host speaks no TLS", P::HostTls),
        at(
            "host-portal",
            hosts::PORTAL,
            "the host is a portal: 302 to a sign-in page",
            P::HostNotWebServices,
        ),
        at(
            "host-maintenance",
            hosts::MAINTENANCE,
            "the host is down for maintenance (503)",
            P::UkgUnavailable,
        ),
        at("host-guard", hosts::GUARD, "a firewall lets nobody through (403 with a page)", P::UkgUnexpected),
        scenario(
            good,
            "host-test",
            "servicet.ultipro.com",
            "linked, and badged TEST: the host is a test host",
            CheckOutcome::Linked,
            None,
        ),
    ]
}

fn scenario(
    row: &AccountRow,
    name: &str,
    host: &str,
    shows: &str,
    outcome: CheckOutcome,
    problem: Option<ProblemCode>,
) -> DemoScenario {
    DemoScenario {
        name: name.to_owned(),
        host: host.to_owned(),
        customer_api_key: row.customer_api_key.clone(),
        username: row.username.clone(),
        password: row.password.clone(),
        shows: shows.to_owned(),
        outcome,
        problem,
    }
}
