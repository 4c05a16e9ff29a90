//! The built-in accounts: made up, well formed, and each doing what its row says.

use std::collections::HashSet;

use super::{EARNINGS, Failure, PERSONS, TestResult, World, signed};
use crate::{AccountRow, DEMO_HOSTS, Scenarios};

/// What person details, PTO plans, compensation and earnings answer.
async fn statuses(world: &World, row: &AccountRow) -> Result<Vec<u16>, Failure> {
    let mut statuses = Vec::new();
    for path in [PERSONS, "/personnel/v1/pto-plans", "/personnel/v1/compensation-details", EARNINGS] {
        let request = world.anonymous(path);
        let request = signed(request, &row.customer_api_key, &row.username, &row.password);
        statuses.push(request.send().await?.status().as_u16());
    }
    Ok(statuses)
}

#[tokio::test]
async fn each_account_answers_as_its_row_says() -> TestResult {
    let world = World::playing(Scenarios::demo()).await?;
    let rows = world.handle.scenarios().table();
    let expected = [
        ("all-granted", [200, 200, 200, 200]),
        ("no-pto", [200, 403, 200, 200]),
        ("gaps-as-401", [200, 200, 401, 200]),
        ("no-person-details", [403, 200, 200, 200]),
        ("nothing-granted-401", [401, 401, 401, 200]),
        ("nothing-tells-401", [401, 401, 401, 401]),
        ("suspended", [401, 401, 401, 401]),
        ("locked", [401, 401, 401, 401]),
        ("other-host", [401, 401, 401, 401]),
        ("busy", [429, 429, 429, 429]),
        ("busy-retry-after", [429, 429, 429, 429]),
        ("busy-at-first", [429, 429, 200, 200]),
        ("maintenance", [503, 503, 503, 503]),
        ("error-at-first", [500, 200, 200, 200]),
        ("one-service-down", [200, 200, 500, 200]),
        ("portal-redirect", [302, 302, 302, 302]),
        ("portal-page", [200, 200, 200, 200]),
        ("garbage", [200, 200, 200, 200]),
        ("odd-paging", [200, 200, 200, 200]),
        ("only-required", [200, 401, 401, 401]),
        ("second-account", [200, 200, 200, 200]),
        ("second-tenant", [200, 200, 200, 200]),
        ("test-tenant", [401, 401, 401, 401]),
        ("plain-text", [200, 200, 200, 200]),
        ("gzip", [200, 200, 200, 200]),
        ("slow-body", [200, 200, 200, 200]),
        ("endless-body", [200, 200, 200, 200]),
        ("hostile-list", [200, 200, 200, 200]),
        ("hostile-page", [403, 403, 403, 403]),
    ];

    for (name, expected) in expected {
        let row = rows.iter().find(|row| row.name == name).ok_or(name)?;
        assert_eq!(statuses(&world, row).await?, expected, "{name}");
    }

    // Those without an answer in time, or with one that is no HTTP, are tried in `faults`.
    let tried: HashSet<_> = expected.iter().map(|(name, _)| *name).collect();
    let untried: Vec<_> =
        rows.iter().map(|row| row.name.as_str()).filter(|name| !tried.contains(name)).collect();
    assert_eq!(untried, ["slow", "hanging", "reset", "endless-headers", "not-http"]);
    Ok(())
}

#[test]
fn the_accounts_have_the_shape_of_ukgs_and_are_plainly_made_up() {
    let mut seen = HashSet::new();
    for row in Scenarios::demo().table() {
        let key_fits = row.customer_api_key.len() == 5
            && row.customer_api_key.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        assert!(key_fits, "{}", row.name);
        assert!(row.username.starts_with("Sim") && !row.username.contains(':'), "{}", row.name);
        assert!((25..=50).contains(&row.password.len()), "{}: {}", row.name, row.password.len());
        assert!(row.password.starts_with("MadeUp+") && row.password.bytes().all(|b| b.is_ascii_graphic()));
        assert!(row.what_happens.len() > 10);
        // One tenant has two accounts, and so one key for both.
        let key = if row.name == "second-account" { String::new() } else { row.customer_api_key };
        for value in [row.name, key, row.username, row.password] {
            assert!(seen.insert(value.clone()), "{value} twice");
        }
    }
}

#[test]
fn the_demo_reads_by_the_rules_of_a_file() {
    let scenarios = Scenarios::demo();
    for host in scenarios
        .host_faults
        .keys()
        .chain(scenarios.host_tls.keys())
        .chain(scenarios.accounts.iter().flat_map(|it| &it.hosts))
    {
        assert!(DEMO_HOSTS.contains(&host.as_str()), "{host}");
    }
}

#[test]
fn an_account_without_a_sentence_gets_one_from_its_knobs() {
    let mut account = super::tester().without(&[domain::Permission::PtoPlanIntegration]);
    account.hosts = vec!["service9.ultipro.com".to_owned()];

    let sentences: Vec<_> =
        Scenarios::of(vec![account]).table().into_iter().map(|row| row.what_happens).collect();

    assert_eq!(sentences, ["only at service9.ultipro.com; missing: PTO Plan Integration"]);
}

#[test]
fn every_host_of_the_table_is_resolved_and_none_elsewhere() {
    let simulator = std::net::SocketAddr::from(([127, 0, 0, 1], 4433));
    let resolve: std::collections::HashMap<_, _> = crate::demo_resolve(simulator).into_iter().collect();

    for scenario in crate::demo_table() {
        let address = resolve.get(&scenario.host).copied();
        let nowhere = scenario.problem == Some(domain::ProblemCode::HostNotFound);
        assert_eq!(address.map(|it| it == simulator), Some(!nowhere), "{}", scenario.name);
        assert!(!nowhere || address.is_some_and(|it| it.port() == 0));
    }
}
