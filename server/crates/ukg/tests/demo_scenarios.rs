//! Every scenario of the demo ends as its table says, at the limits of production: the check engine and the simulator
//! share no code, so each is a check of the other.

use std::collections::BTreeSet;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use domain::{
    CheckOutcome, CheckProgress, CheckReport, Permission, PermissionSet, ProblemCode, ProblemKind, Secret,
    WebServicesHost, WebServicesUrl,
};
use tokio::task::JoinSet;
use ukg::{Credentials, Target, UkgChecker, UkgSettings, Watcher};
use ukg_simulator::{DemoScenario, Scenarios, Simulator, demo_resolve, demo_table};

struct Nobody;

#[async_trait]
impl Watcher for Nobody {
    fn progressed(&self, _: &CheckProgress) {}

    async fn refused(&self) -> bool {
        true
    }
}

fn credentials(scenario: &DemoScenario) -> Credentials {
    Credentials {
        customer_api_key: Secret::new(scenario.customer_api_key.clone()),
        username: Secret::new(scenario.username.clone()),
        password: Secret::new(scenario.password.clone()),
    }
}

async fn check(checker: &UkgChecker, scenario: &DemoScenario) -> Result<CheckReport, ProblemCode> {
    let (host, credentials) = (WebServicesHost::from_stored(&scenario.host)?, credentials(scenario));
    let permissions = PermissionSet::new(&Permission::ALL);
    let target =
        Target { host: &host, credentials: &credentials, permissions: &permissions, refusals_left: 3 };
    Ok(checker.check(&target, &Nobody).await)
}

#[tokio::test]
async fn every_scenario_ends_as_its_row_says_and_in_time() {
    let simulator =
        Simulator::start(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), Scenarios::demo()).await.unwrap();
    let settings = UkgSettings {
        suffixes: vec!["ultipro.com".into(), "ultipro.ca".into()],
        resolve: demo_resolve(simulator.address()),
        extra_root_pem: Some(simulator.ca_pem().as_bytes().to_vec()),
    };
    let checker = Arc::new(UkgChecker::new(settings).unwrap());
    let mut checks = JoinSet::new();
    for scenario in demo_table() {
        let checker = Arc::clone(&checker);
        checks.spawn(async move {
            let began = Instant::now();
            let report = check(&checker, &scenario).await.unwrap();
            (scenario, report, began.elapsed())
        });
    }

    for (scenario, report, took) in checks.join_all().await {
        let name = &scenario.name;
        assert_eq!(report.outcome, scenario.outcome, "{name}: {report:?}");
        let provoked = match report.outcome {
            CheckOutcome::Failed(problem) => Some(problem),
            CheckOutcome::Linked | CheckOutcome::LinkedWithGaps => {
                report.rows.iter().find_map(|row| row.problem)
            }
        };
        assert_eq!(provoked, scenario.problem, "{name}: {report:?}");
        assert!(took < Duration::from_millis(20_500), "{name}: {took:?}");
    }
}

#[test]
fn the_table_provokes_every_problem_of_a_check() {
    let provoked: BTreeSet<_> =
        demo_table().iter().filter_map(|scenario| scenario.problem.map(ProblemCode::as_str)).collect();
    let of_a_check: BTreeSet<_> = ProblemCode::ALL
        .into_iter()
        .filter(|code| code.kind() == ProblemKind::Check)
        .map(ProblemCode::as_str)
        .collect();

    assert_eq!(provoked, of_a_check);
}

#[test]
fn every_row_can_be_typed_in() {
    let mut names = BTreeSet::new();
    for scenario in demo_table() {
        let url = format!("http://{}/services/LoginService", scenario.host);
        let recognised = WebServicesUrl::recognise(&url, &["ultipro.com", "ultipro.ca"]);
        assert!(recognised.is_ok_and(|url| url.host.as_str() == scenario.host), "{url}");
        assert!(names.insert(scenario.name.clone()), "{} twice", scenario.name);
    }
}
