//! `linkdesk doctor`: each thing it tries, when it is well and when it is not, and that it changes nothing.

use std::os::unix::fs::PermissionsExt as _;
use std::time::{Duration, Instant};

use crate::support::{
    OnServer, Program, Receiver, STAFF_PASSWORD, UKG_HOST, Visitor, change, free_address, query, with_ukg,
};

/// What it says, and whether it is content.
fn doctor(program: &Program) -> (String, bool) {
    let output = tokio::task::block_in_place(|| program.run(&["doctor"]));
    (String::from_utf8(output.stdout).unwrap(), output.status.success())
}

/// The line about this thing.
fn line<'a>(told: &'a str, what: &str) -> &'a str {
    let found =
        told.lines().find(|line| line.get(9..).is_some_and(|rest| rest.starts_with(&format!("{what}: "))));
    found.unwrap_or_else(|| panic!("nothing about {what}: {told}"))
}

fn add_owner(program: &Program) {
    let arguments = ["staff", "add", "--email", "o@northwind.example", "--role", "owner", "--password-stdin"];
    assert!(program.run_with_input(&arguments, STAFF_PASSWORD).status.success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_asks_the_hosts_of_settings_and_links_without_any_credentials() {
    let mut program = Program::ready();
    let simulator = with_ukg(&mut program).await;
    add_owner(&program);
    program.serve().await;
    let visitor = Visitor::start(&program).await;
    visitor.enters_all().await;
    visitor.is_linked().await;
    simulator.handle().forget();

    let (told, content) = doctor(&program);

    assert!(content, "{told}");
    let host = line(&told, &format!("UKG Pro at {UKG_HOST}"));
    assert!(host.starts_with("ok       "), "{host}");
    assert!(simulator.handle().requests().iter().all(|request| request.account.is_none()), "no credentials");
    assert!(!simulator.handle().requests().is_empty());

    std::fs::remove_file(program.path("ca.pem")).unwrap();
    let (told, content) = doctor(&program);
    assert!(!content && line(&told, "calls to UKG Pro").starts_with("failed   "), "{told}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_host_that_is_not_trusted_or_not_there_says_what_to_look_at() {
    let mut program = Program::ready();
    let simulator = with_ukg(&mut program).await;
    let nobody = free_address();
    let hosts = format!("{UKG_HOST}={},service5.ultipro.com={nobody}", simulator.address());
    program.set("LINKDESK_UKG_RESOLVE", &hosts);
    program.set("LINKDESK_UKG_CA_FILE", "");

    let (told, content) = doctor(&program);

    assert!(!content);
    let untrusted = line(&told, &format!("UKG Pro at {UKG_HOST}"));
    assert!(untrusted.starts_with("failed") && untrusted.contains("LINKDESK_UKG_CA_FILE"), "{untrusted}");
    let absent = line(&told, "UKG Pro at service5.ultipro.com");
    assert!(absent.starts_with("failed") && absent.contains("firewall"), "{absent}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_endpoint_of_webhooks_is_asked_and_told_nothing() {
    let mut program = Program::ready();
    program.set("LINKDESK_WEBHOOK_ALLOW", "127.0.0.0/8");
    add_owner(&program);
    let (receiver, nobody) = (Receiver::new().await, free_address());
    let add = |url: &str| assert!(program.run(&["webhook", "add", "--url", url]).status.success());
    add(&receiver.url());
    let (told, content) = doctor(&program);
    assert!(content, "{told}");
    assert!(line(&told, &format!("webhooks to http://{}", receiver.address())).starts_with("ok "), "{told}");
    assert_eq!((receiver.asked(), receiver.received().len()), (1, 0));
    assert!(!told.contains("/hooks"), "of an endpoint's address only the host is told: {told}");

    add(&format!("http://{nobody}/hooks"));
    let (told, content) = doctor(&program);
    assert!(!content && line(&told, &format!("webhooks to http://{nobody}")).contains("firewall"), "{told}");

    program.set("LINKDESK_WEBHOOK_ALLOW", "");
    let (told, _) = doctor(&program);
    let refused = line(&told, &format!("webhooks to http://{}", receiver.address()));
    assert!(refused.starts_with("failed") && refused.contains("LINKDESK_WEBHOOK_ALLOW"), "{told}");
}

// Fails without `no_proxy` in either client.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_call_goes_through_a_proxy_that_the_environment_names() {
    let mut program = Program::ready();
    let simulator = with_ukg(&mut program).await;
    program.set("LINKDESK_WEBHOOK_ALLOW", "127.0.0.0/8");
    add_owner(&program);
    let receiver = Receiver::new().await;
    assert!(program.run(&["webhook", "add", "--url", &receiver.url()]).status.success());
    let proxy = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let named = format!("http://{}", proxy.local_addr().unwrap());
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"] {
        program.set(name, &named);
    }

    let (told, content) = doctor(&program);

    assert!(content, "{told}");
    assert_eq!(receiver.asked(), 1);
    assert!(!simulator.handle().requests().is_empty());
    let asked = tokio::time::timeout(Duration::from_millis(100), proxy.accept()).await;
    assert!(asked.is_err(), "somebody asked the proxy");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_does_not_answer_is_waited_for_ten_seconds_and_no_longer() {
    let mut program = Program::ready();
    // Takes connections, by the system's queue, and never says a word.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = silent.local_addr().unwrap();
    program.set("LINKDESK_UKG_RESOLVE", &format!("{UKG_HOST}={address}"));
    let began = Instant::now();

    let (told, content) = doctor(&program);

    assert!(!content && line(&told, &format!("UKG Pro at {UKG_HOST}")).starts_with("failed"), "{told}");
    assert!(began.elapsed() < Duration::from_secs(15), "{:?}", began.elapsed());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_key_file_is_to_be_the_databases_own_and_nobody_elses() {
    let program = Program::ready();
    add_owner(&program);
    let key = program.path("master.key");
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).unwrap();

    let (told, content) = doctor(&program);
    assert!(!content && line(&told, "key file").starts_with("failed"), "{told}");
    assert!(line(&told, "key file").contains("chmod 600"));
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o600)).unwrap();
    let (told, content) = doctor(&program);
    assert!(content && line(&told, "installation key").starts_with("ok"), "{told}");

    std::fs::remove_file(&key).unwrap();
    assert!(program.run(&["keygen", "--out", "master.key"]).status.success());
    let (told, content) = doctor(&program);
    assert!(!content && line(&told, "installation key").starts_with("failed"), "{told}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_is_looked_at_and_not_changed() {
    let program = Program::ready();
    let (told, _) = doctor(&program);
    assert!(line(&told, "database").contains("the first start makes it"), "{told}");
    assert!(!program.database().exists());

    add_owner(&program);
    // As if the version before had made it.
    let last = "DELETE FROM _sqlx_migrations WHERE version = (SELECT max(version) FROM _sqlx_migrations)";
    change(&program.database(), last).await;
    let (told, content) = doctor(&program);
    let database = line(&told, "database");
    assert!(content && database.contains("up to date (1 steps)"), "{told}");
    assert_eq!(
        query(&program.database(), "SELECT count(*) || '' FROM sqlite_master WHERE name LIKE 'tried%'").await,
        ["0"]
    );
    assert!(line(&told, "room").contains(" MB are free"), "{told}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_could_be_better_about_the_network_is_a_warning() {
    let mut program = Program::ready();
    add_owner(&program);
    for (name, value, what) in [
        ("LINKDESK_PUBLIC_URL", "http://link.example.com", "public address"),
        ("LINKDESK_TRUSTED_PROXIES", "0.0.0.0/0", "trusted proxies"),
        ("LINKDESK_METRICS_ADDR", &format!("0.0.0.0:{}", free_address().port()), "metrics"),
    ] {
        program.set(name, value);
        let (told, content) = doctor(&program);
        assert!(content && line(&told, what).starts_with("warning  "), "{told}");
        assert!(told.lines().last().unwrap().starts_with("nothing must be mended; warnings: "), "{told}");
        program.set(name, "");
    }
    program.set("LINKDESK_PUBLIC_URL", &format!("https://127.0.0.1:{}", free_address().port()));
    assert!(line(&doctor(&program).0, "trusted proxies").starts_with("warning  "));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_server_is_tried_too_and_its_password_never_told() {
    let server = OnServer::empty().await;
    let mut program = Program::ready();
    program.set("LINKDESK_DATABASE_URL", &server.url());
    let (told, _) = doctor(&program);
    assert!(line(&told, "database").contains("the next start brings its tables up to date"), "{told}");
    assert!(line(&told, "clock").starts_with("ok"), "{told}");
    add_owner(&program);

    let (told, content) = doctor(&program);

    assert!(content, "{told}");
    assert!(line(&told, "database").contains("PostgreSQL"), "{told}");
    program.set("LINKDESK_DATABASE_URL", "postgres://linkdesk:hunter2@127.0.0.1:1/linkdesk");
    let (told, content) = doctor(&program);
    assert!(!content && line(&told, "database").starts_with("failed") && !told.contains("hunter2"), "{told}");
}
