//! Bar R6: the official verifiers of crates.io, npm and PyPI accept what we send, and nothing of it that was changed.

use std::process::Command;

use domain::{Secret, WebhookEvents, WebhookUrl};
use serde_json::json;
use server::adapters::SystemClock;
use services::{Clock as _, EndpointOutcome, NewEndpoint, Operator};
use standardwebhooks::Webhook;
use storage::JobKind;

use crate::support::{KEY, Received, Receiver, RepeatableEntropy, TestApp};

/// How many messages are changed.
const CHANGED: usize = 1_000;

/// Messages as they were sent, and the secret that they are signed with.
async fn sent() -> (Secret, Vec<Received>) {
    let app = TestApp::with(&[("LINKDESK_WEBHOOK_ALLOW", "127.0.0.0/8")]).await;
    // The verifiers refuse what is old, by the real time.
    app.clock.advance(SystemClock.now().millis_since(app.clock.now()));
    let receiver = Receiver::new().await;
    let new = NewEndpoint { url: WebhookUrl::parse(&receiver.url()).unwrap(), events: WebhookEvents::All };
    let created = app.services.add_endpoint_here(Operator::at_command_line(), new).await.unwrap();
    let EndpointOutcome::Done(created) = created else { panic!("{created:?}") };
    let mut admin = app.linked_admin().await;
    for n in 0..20 {
        let key = format!("{}{}", &KEY[..4], char::from(b'A' + n));
        admin.post("key", &[("key", &key), ("anyway", "yes")]).await;
        app.invite_for("Łódź «Ünï» 诊所 \"q\" \\ 👩‍⚕️", &[], 60).await;
    }
    app.clock.advance(1);
    for job in app.services.take_jobs(JobKind::Webhook, 9).await.unwrap() {
        app.services.do_job(&job).await.unwrap();
    }
    (created.secret, receiver.received())
}

/// The messages, each changed in one place.
fn changed(good: &[Received]) -> Vec<Received> {
    let chance = RepeatableEntropy::new(6);
    let below = |most: usize| usize::try_from(chance.next() % most as u64).unwrap();
    let mut changed = Vec::new();
    while changed.len() < CHANGED {
        let one = &good[below(good.len())];
        let other = &good[below(good.len())];
        let mut bad = one.clone();
        match below(7) {
            0 => bad.body = other_sign(&one.body, below(one.body.chars().count()), '~'),
            1 => bad.body.truncate(one.body.char_indices().nth(below(40) + 1).unwrap().0),
            2 => bad.body.push(' '),
            3 => bad.id = other_sign(&one.id, below(one.id.len()), 'g'),
            4 => {
                let at = below(one.timestamp.len());
                bad.timestamp = other_sign(
                    &one.timestamp,
                    at,
                    if one.timestamp.as_bytes()[at] == b'1' { '2' } else { '1' },
                );
            }
            // Not in the last signs: two texts there can stand for the same bytes.
            5 => bad.signature = other_sign(&one.signature, 3 + below(38), 'A'),
            _ => bad.signature = other.signature.clone(),
        }
        let same = |a: &Received, b: &Received| {
            (&a.id, &a.timestamp, &a.signature, &a.body) == (&b.id, &b.timestamp, &b.signature, &b.body)
        };
        if !same(&bad, one) {
            changed.push(bad);
        }
    }
    changed
}

fn other_sign(text: &str, place: usize, sign: char) -> String {
    text.chars().enumerate().map(|(n, known)| if n == place { sign } else { known }).collect()
}

#[tokio::test]
async fn the_verifier_of_crates_io_accepts_ours_and_nothing_changed() {
    let (secret, good) = sent().await;
    let webhook = Webhook::new(secret.expose()).unwrap();
    let accepts = |one: &&Received| {
        let headers = [
            ("webhook-id", &one.id),
            ("webhook-timestamp", &one.timestamp),
            ("webhook-signature", &one.signature),
        ];
        let headers = headers.map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
        webhook.verify(one.body.as_bytes(), &axum::http::HeaderMap::from_iter(headers)).is_ok()
    };

    assert!(good.len() >= 20, "{}", good.len());
    assert_eq!(good.iter().filter(accepts).count(), good.len());
    assert_eq!(changed(&good).iter().filter(accepts).count(), 0);
}

#[tokio::test]
async fn the_verifiers_of_npm_and_pypi_accept_ours_and_nothing_changed() {
    let (secret, good) = sent().await;
    let messages = |all: &[Received]| -> Vec<_> {
        let one = |one: &Received| json!({ "id": one.id, "timestamp": one.timestamp, "signature": one.signature, "body": one.body });
        all.iter().map(one).collect()
    };
    let bad = changed(&good);
    let told = json!({ "secret": secret.expose(), "good": messages(&good), "bad": messages(&bad) });
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("messages.json");
    std::fs::write(&file, told.to_string()).unwrap();
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

    let python = format!("{root}/.tools/python/bin/python");
    for (program, script) in [("node", "verify.mjs"), (python.as_str(), "verify.py")] {
        let script = format!("{root}/end2end/webhooks/{script}");
        let run = Command::new(program).arg(&script).arg(&file).output();
        let run = run.unwrap_or_else(|error| panic!("{program}: {error}; .ci/setup.sh test installs it"));
        let said = String::from_utf8_lossy(&run.stdout);
        assert_eq!(
            said.trim(),
            format!("{} 0", good.len()),
            "{script}: {}",
            String::from_utf8_lossy(&run.stderr)
        );
    }
}
