//! `/metrics`: on an address of its own, in Prometheus's text format, and never with anything that somebody entered.

use std::net::SocketAddr;
use std::time::Duration;

use crate::support::{
    KEY, Program, SERVICE, STAFF_PASSWORD, UKG_HOST, Visitor, form, free_address, http, with_ukg,
};

const CANARIES: [&str; 3] = ["CANARYKEY77", "canary.user.77", "Canary+Pass/77"];

async fn scrape(address: SocketAddr) -> String {
    http(address, "GET", "/metrics", "", "").await.unwrap()
}

/// Reads every line of the body as Prometheus would: the samples, each with its labels.
fn samples(answer: &str) -> Vec<(String, f64)> {
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.contains("text/plain; version=0.0.4"), "{head}");
    let mut family = String::new();
    let mut read = Vec::new();
    for line in body.lines() {
        if let Some(comment) = line.strip_prefix("# ") {
            let words: Vec<_> = comment.splitn(3, ' ').collect();
            match words[..] {
                ["HELP", name, help] => {
                    assert!(!help.is_empty());
                    family = name.to_owned();
                }
                ["TYPE", name, kind] => {
                    assert_eq!(name, family, "HELP and TYPE stand together");
                    assert!(["counter", "gauge", "histogram"].contains(&kind), "{line}");
                }
                _ => panic!("{line}"),
            }
            continue;
        }
        let (name, value) = line.rsplit_once(' ').unwrap_or_else(|| panic!("{line}"));
        let (bare, labels) = name.split_once('{').unwrap_or((name, "}"));
        assert!(bare.starts_with(&family), "{line} stands under {family}");
        assert!(bare.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'), "{line}");
        let labels = labels.strip_suffix('}').unwrap_or_else(|| panic!("{line}"));
        for label in labels.split("\",").filter(|label| !label.is_empty()) {
            let (key, text) = label.split_once("=\"").unwrap_or_else(|| panic!("{line}"));
            assert!(
                ["route", "method", "status", "le", "host", "outcome", "kind", "version"].contains(&key),
                "{line}"
            );
            let bounded = text.trim_end_matches('"');
            assert!(!bounded.contains("lnk_") && bounded.len() < 60, "{line}");
        }
        read.push((name.to_owned(), value.parse().unwrap_or_else(|_| panic!("{line}"))));
    }
    assert!(read.len() > 20, "{body}");
    read
}

fn value(samples: &[(String, f64)], name: &str) -> f64 {
    let found = samples.iter().find(|(found, _)| found == name);
    found.unwrap_or_else(|| panic!("{name} is missing: {samples:?}")).1
}

fn ready() -> (Program, SocketAddr) {
    let mut program = Program::ready();
    let metrics = free_address();
    program.set("LINKDESK_METRICS_ADDR", &metrics.to_string());
    (program, metrics)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_happens_is_counted_under_load_and_no_secret_is_told() {
    let (mut program, metrics) = ready();
    let _ukg = with_ukg(&mut program).await;
    program.serve().await;
    let address = program.address();
    let visitor = Visitor::start(&program).await;
    let load = tokio::spawn({
        let visitor = visitor.clone();
        async move {
            for _ in 0..20 {
                visitor.sends("key", &[("key", CANARIES[0])]).await;
                visitor.sends("account", &[("username", CANARIES[1]), ("password", CANARIES[2])]).await;
                visitor.page("key").await;
            }
        }
    });
    while !load.is_finished() {
        samples(&scrape(metrics).await);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    load.await.unwrap();
    visitor.enters_all().await;
    visitor.is_linked().await;
    let wrong = form(&[("email", "canary@northwind.example"), ("password", CANARIES[2])]);
    http(address, "POST", "/sign-in", "", &wrong).await.unwrap();
    http(address, "GET", "/i/CANARYTOKEN", "", "").await.unwrap();
    http(address, "GET", "/canary-path", "", "").await.unwrap();

    let answer = scrape(metrics).await;

    for secret in CANARIES.into_iter().chain(["CANARYTOKEN", "canary-path", "canary@", KEY, SERVICE.1]) {
        assert!(!answer.contains(secret), "{secret}: {answer}");
    }
    for id in [visitor.link.to_string(), visitor.cookie.split('=').nth(1).unwrap().to_owned()] {
        assert!(!answer.contains(&id), "{id}");
    }
    let samples = samples(&answer);
    let seconds = "linkdesk_http_request_duration_seconds_count";
    let saves = format!("{seconds}{{route=\"/link/{{id}}/key\",method=\"POST\",status=\"3xx\"}}");
    assert!(value(&samples, &saves) >= 20.0);
    let linked = format!("linkdesk_checks_total{{host=\"{UKG_HOST}\",outcome=\"linked\"}}");
    assert!(value(&samples, &linked) >= 1.0);
    assert!(value(&samples, "linkdesk_check_duration_seconds_count") >= 1.0);
    assert!(value(&samples, "linkdesk_sign_ins_refused_total") >= 1.0);
    assert!((value(&samples, "linkdesk_database_up") - 1.0).abs() < f64::EPSILON);
    assert!(value(&samples, "linkdesk_database_commit_seconds") > 0.0);
    assert!(value(&samples, "linkdesk_tasks_ended").abs() < f64::EPSILON);
    assert!(value(&samples, "process_start_time_seconds") > 1_600_000_000.0);
    assert!(value(&samples, "linkdesk_webhooks_given_up").abs() < f64::EPSILON);
    let jobs = value(&samples, "linkdesk_jobs_given_up{kind=\"recheck\"}");
    assert!(jobs.abs() < f64::EPSILON, "{jobs}");
}

#[tokio::test]
async fn the_address_tells_nothing_else_and_the_public_one_no_metrics() {
    let (mut program, metrics) = ready();
    program.serve().await;

    for (address, method, path, status) in [
        (metrics, "POST", "/metrics", "405"),
        (metrics, "GET", "/", "404"),
        (metrics, "GET", "/sign-in", "404"),
        (metrics, "GET", "/health/live", "404"),
        (program.address(), "GET", "/metrics", "404"),
    ] {
        let answer = http(address, method, path, "", "").await.unwrap();
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{method} {path}: {answer}");
    }
}

#[tokio::test]
async fn a_stream_an_open_connection_and_waiting_jobs_are_seen() {
    let (mut program, metrics) = ready();
    let _ukg = with_ukg(&mut program).await;
    let added = program.run_with_input(
        &["staff", "add", "--email", "o@northwind.example", "--role", "owner", "--password-stdin"],
        STAFF_PASSWORD,
    );
    assert!(added.status.success(), "{added:?}");
    program.serve().await;
    let address = program.address();
    let visitor = Visitor::start(&program).await;
    visitor.enters_all().await;
    visitor.is_linked().await;
    let fields = form(&[("email", "o@northwind.example"), ("password", STAFF_PASSWORD)]);
    let signed_in = http(address, "POST", "/sign-in", "", &fields).await.unwrap();
    let cookies = signed_in.lines().filter_map(|line| line.strip_prefix("set-cookie: "));
    let cookies: Vec<_> = cookies.map(|cookie| cookie.split(';').next().unwrap()).collect();
    let cookie = cookies.join("; ");
    let watching = tokio::spawn(async move { http(address, "GET", "/desk/events", &cookie, "").await });
    tokio::time::sleep(Duration::from_millis(300)).await;

    let samples = samples(&scrape(metrics).await);

    assert!(value(&samples, "linkdesk_list_streams_open") >= 1.0);
    assert!(value(&samples, "linkdesk_connections_open") >= 1.0);
    assert!(value(&samples, "linkdesk_jobs_waiting{kind=\"recheck\"}") >= 1.0);
    watching.abort();
}
