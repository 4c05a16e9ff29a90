//! No secret in anything that is written down: logs at TRACE, `Debug`, reports (bar S1).

use std::cell::RefCell;
use std::io;

use super::stand_in::{Reply, StandIn};
use super::{KEY, PASSWORD, PERSON, PTO, USERNAME, all, check, checker, credentials};
use crate::UkgSettings;

/// base64 of `canary-user-3b91:canary+Pass/7f3a`, and a body's canary beside the plain texts.
const CANARIES: [&str; 5] =
    [KEY, USERNAME, PASSWORD, "Y2FuYXJ5LXVzZXItM2I5MTpjYW5hcnkrUGFzcy83ZjNh", "canary-body-123"];

thread_local! {
    static LINES: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Keeps each thread's lines apart: every test, with the runtime it starts, has a thread of its own.
struct ThisThread;

impl io::Write for ThisThread {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LINES.with_borrow_mut(|lines| lines.extend_from_slice(bytes));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

// The subscriber is the whole process's: whether a line is wanted is remembered for all threads together, so one
// for this thread alone would miss lines that another test's thread came by first.
#[tokio::test]
async fn a_log_at_trace_tells_path_status_and_duration_and_no_secret() {
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(|| ThisThread)
        .finish();
    tracing::subscriber::set_global_default(subscriber).unwrap();
    let good = StandIn::answering(|path, _| match path {
        PTO => Reply::Http(403, "application/json", r#"{"message":"canary-body-123"}"#),
        _ => Reply::list(),
    })
    .await;
    let bad = StandIn::answering(|_, _| Reply::Http(401, "text/html", "<p>canary-body-123</p>")).await;
    let cut = StandIn::answering(|_, _| Reply::Cut).await;

    for ukg in [good, bad, cut] {
        check(&ukg, &all()).await;
    }

    let text = LINES.with_borrow(|lines| String::from_utf8_lossy(lines).into_owned());
    // Positive control: the lines that should be there are.
    let ours: Vec<_> = text.lines().filter(|line| line.contains(" ukg::")).collect();
    assert_eq!(ours.len(), 7 + 3 + 2, "{text}");
    for part in
        ["DEBUG ukg.check{host=service4.ultipro.com}", PERSON, "status=401", "status=403", "duration_ms="]
    {
        assert!(ours.iter().any(|line| line.contains(part)), "{part}: {ours:?}");
    }
    for canary in CANARIES {
        assert!(!text.contains(canary), "{canary}");
    }
    assert!(!text.contains(" ERROR ") && !ours.iter().any(|line| line.contains("WARN")), "{text}");
}

#[tokio::test]
async fn neither_debug_nor_a_report_shows_a_secret() {
    let ukg = StandIn::answering(|_, _| Reply::list()).await;

    let report = check(&ukg, &all()).await;

    let shown = format!("{:?} {report:?} {:#?}", credentials(), credentials());
    for canary in CANARIES {
        assert!(!shown.contains(canary), "{canary}");
    }
}

#[test]
fn the_checker_can_be_shared_between_threads() {
    fn shared<T: Clone + Send + Sync + 'static>(_: &T) {}

    shared(&checker(&super::identity::Ca::new(), "127.0.0.1:1".parse().unwrap()));
    shared(&UkgSettings::default());
}
