//! Scenario files: the documented one, and what each mistake is told.

use std::time::Duration;

use domain::Permission;

use super::TestResult;
use crate::{Earnings, ErrorBody, Fault, LinkHeader, MissingPermission, PastLastPage, Scenarios};

fn refusal(text: &str) -> String {
    Scenarios::from_json(text).err().map_or_else(|| "accepted".to_owned(), |error| error.to_string())
}

fn account(extra: &str) -> String {
    let four = r#""name": "a", "customer_api_key": "SIM01", "username": "u", "password": "MadeUp""#;
    format!("{{ {four} {extra} }}")
}

#[test]
fn the_example_in_the_documentation_turns_every_knob() -> TestResult {
    let scenarios = Scenarios::from_json(include_str!("../../example-scenario.json"))?;

    assert_eq!(Duration::from_millis(scenarios.latency_ms), Duration::from_millis(150));
    let plain = scenarios.account("all-granted").ok_or("no such account")?;
    assert_eq!(plain.permissions, Permission::ALL);
    let turned = scenarios.account("every-knob").ok_or("no such account")?;
    assert_eq!(turned.missing_permission, MissingPermission::Unauthorized);
    assert_eq!(turned.earnings, Earnings::NeedsPermission);
    assert_eq!(turned.error_body, ErrorBody::AspNet);
    assert_eq!(turned.past_last_page, PastLastPage::NotFound);
    assert_eq!(turned.link_header, LinkHeader::Doubled);
    assert_eq!(turned.fault, Some(Fault::BusyRetryAfter { seconds: 1 }));
    assert_eq!((turned.permissions.len(), turned.fault_only_on.len(), turned.fail_first), (2, 1, Some(2)));
    Ok(())
}

#[test]
fn every_fault_has_its_word() -> TestResult {
    for word in [
        "\"busy\"",
        "\"server_error\"",
        "\"maintenance\"",
        "\"portal_redirect\"",
        "\"portal_page\"",
        "\"garbage\"",
        "\"hang\"",
        "\"reset\"",
        "\"gzip\"",
        "\"plain_text\"",
        "\"endless_body\"",
        "\"endless_headers\"",
        "\"not_http\"",
        "\"guard\"",
        "{\"slow_body\": {\"ms\": 5}}",
        "{\"hostile\": {\"status\": 403}}",
        "{\"slow\": {\"ms\": 5}}",
        "{\"busy_retry_after\": {\"seconds\": 5}}",
    ] {
        let text = format!("{{\"accounts\": [{}]}}", account(&format!(", \"fault\": {word}")));

        assert!(Scenarios::from_json(&text)?.account("a").is_some_and(|it| it.fault.is_some()), "{word}");
    }
    Ok(())
}

#[test]
fn every_tls_fault_has_its_word() -> TestResult {
    for word in [
        "wrong_name",
        "expired",
        "self_signed",
        "other_authority",
        "old_version",
        "plain_text",
        "hang_up",
        "reset",
        "silent",
    ] {
        let tls = format!("\"host_tls\": {{\"service5.ultipro.com\": \"{word}\"}}");
        let text = format!("{{{tls}, \"accounts\": [{}]}}", account(""));

        assert_eq!(Scenarios::from_json(&text)?.host_tls.len(), 1, "{word}");
    }
    Ok(())
}

#[test]
fn each_mistake_is_told_plainly() {
    let one = |extra: &str| format!("{{\"accounts\": [{}]}}", account(extra));
    let twice = format!("{{\"accounts\": [{}, {}]}}", account(""), account("").replace("\"a\"", "\"b\""));
    let table = [
        ("{".to_owned(), "EOF while parsing"),
        ("{\"accounts\": []}".to_owned(), "has no account"),
        ("{\"accounts\": [], \"acounts\": []}".to_owned(), "unknown field `acounts`"),
        (one(", \"knob\": 1"), "unknown field `knob`"),
        (
            one(", \"permissions\": [\"employee_person\"]"),
            "`employee_person`: there is no permission of this name",
        ),
        (one(", \"missing_permission\": 404"), "missing_permission is 403 or 401, not 404"),
        (one(", \"fault\": \"broken\""), "unknown variant `broken`"),
        (one(", \"fault\": {\"slow\": {\"ms\": 1, \"s\": 1}}"), "unknown field `s`"),
        (one(", \"fail_first\": 1"), "account `a`: `fail_first` says when the fault strikes"),
        (one(", \"fault_only_on\": [\"payroll_integration\"]"), "account `a`: `fault_only_on` says when"),
        (one(", \"hosts\": [\"https://x\"]"), "account `a`, `hosts`: `https://x` is not a host name"),
        (one("").replace("\"u\"", "\"u:v\""), "account `a`: a username cannot hold a colon"),
        (one("").replace("\"MadeUp\"", "\"\""), "account 1: `password` is empty"),
        (twice.clone(), "account `b`: another account has the same username"),
        (twice.replace("\"b\"", "\"a\""), "account `a`: another account has the same name"),
        (
            format!("{{\"people\": 9000000, \"accounts\": [{}]}}", account("")),
            "`people` may be at most 1000000",
        ),
        (
            format!("{{\"host_faults\": {{\"A.com\": \"busy\"}}, \"accounts\": [{}]}}", account("")),
            "host_faults: `A.com` is not a host name",
        ),
        (
            format!("{{\"host_tls\": {{\"A.com\": \"expired\"}}, \"accounts\": [{}]}}", account("")),
            "host_tls: `A.com` is not a host name",
        ),
        (
            one(", \"fault\": {\"hostile\": {\"status\": 101}}"),
            "account `a`: `hostile` takes a status from 200 to 599, not 101",
        ),
    ];
    for (text, expected) in table {
        let told = refusal(&text);

        assert!(told.contains(expected), "{text}\n{told}");
    }
}
