//! One run: somebody saves a step again and again, the program is killed again and again, and then everything is counted.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde_json::Value;

use crate::database::query;
use crate::program::{Program, http};
use crate::receiver::Receiver;

/// How long after the last event everything has to be delivered: what failed several times waits for minutes.
const PATIENCE: Duration = Duration::from_secs(900);

pub async fn run(events: usize, kills: usize) -> String {
    let receiver = Receiver::new().await;
    let mut program = Program::ready();
    program.set("LINKDESK_WEBHOOK_ALLOW", "127.0.0.0/8");
    let url = format!("http://{}/hooks", receiver.address);
    let added = program.run(&["webhook", "add", "--url", &url, "--event", "link.step_saved"]);
    assert!(added.status.success(), "{added:?}");
    let invited = program.run(&["invite", "create", "--customer", "Contoso"]);
    let invite = String::from_utf8(invited.stdout).unwrap();
    let path = format!("/i/{}", invite.trim().rsplit('/').next().unwrap());
    program.serve().await;

    let started = http(program.address(), "POST", &path, "", "").await.unwrap();
    let cookie = header(&started, "set-cookie").split(';').next().unwrap().to_owned();
    let key = format!("{}/key", header(&started, "location").trim_end_matches("/key"));
    let mut saved = 0;
    let mut killed = 0;
    while saved < events {
        // Another key each time: the same one again would be no change.
        let body = format!("key={}", if saved % 2 == 0 { "AB1C2" } else { "AB1C3" });
        let answer = http(program.address(), "POST", &key, &cookie, &body).await;
        saved += usize::from(answer.is_some_and(|answer| answer.starts_with("HTTP/1.1 303")));
        if killed < kills && saved * kills >= killed * events {
            // At a moment it cannot choose, with requests under way.
            tokio::time::sleep(Duration::from_micros(
                u64::from(std::process::id()).wrapping_mul(saved as u64 + 7) % 120_000,
            ))
            .await;
            program.kill();
            killed += 1;
            program.serve().await;
        }
    }
    while killed < kills {
        tokio::time::sleep(Duration::from_millis(150)).await;
        program.kill();
        killed += 1;
        program.serve().await;
    }
    let waiting = "SELECT CAST(count(*) AS TEXT) FROM webhook_delivery WHERE state <> 'delivered'";
    let until = tokio::time::Instant::now() + PATIENCE;
    while query(&program.database(), waiting).await != ["0"] {
        assert!(tokio::time::Instant::now() < until, "not everything is delivered");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    count(&program, &receiver, saved, killed).await
}

async fn count(program: &Program, receiver: &Receiver, saved: usize, killed: usize) -> String {
    let written = query(&program.database(), "SELECT id FROM webhook_delivery ORDER BY sequence").await;
    assert!(written.len() >= saved, "{saved} were answered, {} are written", written.len());
    let came = receiver.came();
    let mut by_number: BTreeMap<u64, BTreeSet<(String, String)>> = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for one in &came {
        let body: Value = serde_json::from_str(&one.body).unwrap();
        let number = body["sequence"].as_u64().unwrap();
        by_number.entry(number).or_default().insert((one.id.clone(), one.body.clone()));
        if one.taken {
            taken.insert(number);
        }
    }
    let numbers: Vec<u64> = by_number.keys().copied().collect();
    let expected: Vec<u64> = (1..=written.len() as u64).collect();
    assert_eq!(numbers, expected, "the numbers have no gaps");
    assert_eq!(taken.into_iter().collect::<Vec<_>>(), expected, "each was taken");
    for ((number, sent), id) in by_number.iter().zip(&written) {
        let sent: Vec<_> = sent.iter().map(|(id, _)| id).collect();
        assert_eq!(sent, [id], "message {number} has one id and one text, however often it came");
    }
    let again = came.iter().filter(|one| one.taken).count() - written.len();
    let failed = came.iter().filter(|one| !one.taken).count();
    format!(
        "{} events, {killed} kills: all delivered, {failed} attempts failed, {again} came twice with the same id",
        written.len()
    )
}

fn header<'a>(answer: &'a str, name: &str) -> &'a str {
    let line = answer.lines().find(|line| line.to_ascii_lowercase().starts_with(&format!("{name}:")));
    line.and_then(|line| line.split_once(':')).unwrap_or_else(|| panic!("no {name} in {answer}")).1.trim()
}
