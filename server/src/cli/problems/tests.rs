//! The page names every problem once, and every way it names leads there.

use std::net::SocketAddr;
use std::sync::Arc;

use app::text::fields::{KEY_LABEL, PASSWORD_LABEL, URL_LABEL, USERNAME_LABEL};
use async_trait::async_trait;
use domain::{
    CheckOutcome, CheckProgress, CustomerApiKey, PermissionSet, ProblemCode, ProblemKind, Secret,
    ServiceAccountPassword, ServiceAccountUsername, WebServicesHost, WebServicesUrl,
};
use ukg_simulator::{AccountRow, DEMO_HOSTS, Scenarios, Simulator};

use super::{page, ways, ways::Way};
use crate::adapters::HttpUkgGateway;
use crate::config::UkgConfig;
use services::{CheckRequest, CheckWatcher, UkgGateway as _};

/// The hosts that are allowed by default, as in the demo.
const ALLOWED: [&str; 2] = ["ultipro.com", "ultipro.ca"];

#[test]
fn each_problem_has_one_row_and_every_row_six_cells() {
    let page = page();

    for code in ProblemCode::ALL {
        assert_eq!(page.matches(&format!("\n| `{code}` | **")).count(), 1, "{code}");
    }
    for line in page.lines().filter(|line| line.starts_with('|')) {
        let cells = line.replace("\\|", "").matches('|').count() - 1;
        assert_eq!(cells, 6, "{line}");
    }
    assert!(!page.contains("](#"), "a link to a place that is not in this page");
}

#[test]
fn what_is_to_be_typed_brings_its_problem_about() {
    for code in ProblemCode::ALL {
        let (field, text) = match ways::way(code) {
            Way::LeaveEmpty(field) => (field, ""),
            Way::Type { field, text } => (field, text),
            Way::Account(_) | Way::Host(_) => {
                assert_eq!(code.kind(), ProblemKind::Check, "{code}");
                continue;
            }
            Way::Do(sentence) => {
                assert!(sentence.ends_with('.'), "{code}");
                continue;
            }
        };
        assert_eq!(recognised(field, text), Some(code), "{field}: {text:?}");
    }
}

/// The problem or the doubt that this text in this field leads to.
fn recognised(field: &str, text: &str) -> Option<ProblemCode> {
    match field {
        KEY_LABEL => CustomerApiKey::recognise(text).map_or_else(Some, |accepted| accepted.warning),
        USERNAME_LABEL => {
            ServiceAccountUsername::recognise(text).map_or_else(Some, |accepted| accepted.warning)
        }
        PASSWORD_LABEL => {
            ServiceAccountPassword::recognise(text).map_or_else(Some, |accepted| accepted.warning)
        }
        URL_LABEL => WebServicesUrl::recognise(text, &ALLOWED).map_or_else(Some, |url| url.warning),
        other => panic!("no field is called {other}"),
    }
}

#[tokio::test]
async fn the_accounts_and_hosts_named_bring_their_problems_about() {
    let simulator = Simulator::start(SocketAddr::from(([127, 0, 0, 1], 0)), Scenarios::demo()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let ca = folder.path().join("ca.pem");
    std::fs::write(&ca, simulator.ca_pem()).unwrap();
    let gateway = HttpUkgGateway::new(&UkgConfig {
        suffixes: ALLOWED.map(str::to_owned).to_vec(),
        resolve: DEMO_HOSTS.iter().map(|host| ((*host).to_owned(), simulator.address())).collect(),
        ca_file: Some(ca),
    })
    .unwrap();
    let accounts = Scenarios::demo().table();
    let named = |name: &str| accounts.iter().find(|row| row.name == name).unwrap();

    for code in ProblemCode::ALL {
        let (host, account) = match ways::way(code) {
            // It takes the whole 20 s; `ukg` tries the same with less patience.
            Way::Account("hanging") => continue,
            Way::Account(name) => ("service4.ultipro.com", named(name)),
            Way::Host(host) => (host, named("all-granted")),
            Way::LeaveEmpty(_) | Way::Type { .. } | Way::Do(_) => continue,
        };
        assert_eq!(outcome(&gateway, host, account).await, CheckOutcome::Failed(code), "{code}");
    }
    simulator.stop().await;
}

async fn outcome(gateway: &HttpUkgGateway, host: &str, account: &AccountRow) -> CheckOutcome {
    let request = CheckRequest {
        host: WebServicesHost::from_stored(host).unwrap(),
        customer_api_key: Secret::new(account.customer_api_key.clone()),
        username: Secret::new(account.username.clone()),
        password: Secret::new(account.password.clone()),
        permissions: PermissionSet::new(&[]),
        refusals_left: 3,
        known: None,
    };
    gateway.check(request, Arc::new(Nobody)).await.outcome
}

/// Nobody looks on.
struct Nobody;

#[async_trait]
impl CheckWatcher for Nobody {
    fn progressed(&self, _: &CheckProgress) {}

    async fn refused(&self) {}
}
