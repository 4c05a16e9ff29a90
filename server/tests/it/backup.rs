//! `linkdesk backup`, and the way back: another server on the copy, with the same key file.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::support::{KEY, Program, SERVICE, UKG_HOST, Visitor, query, with_ukg};

/// Administrators who are done before the backup begins, and others who go on entering.
const DONE: usize = 4;
const ENTERING: usize = 3;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_taken_under_load_starts_as_the_same_installation() {
    let mut program = Program::ready();
    let simulator = with_ukg(&mut program).await;
    program.serve().await;
    let mut done = Vec::new();
    for _ in 0..DONE {
        let visitor = Visitor::start(&program).await;
        visitor.enters_all().await;
        visitor.is_linked().await;
        done.push(visitor);
    }
    let stop = Arc::new(AtomicBool::new(false));
    let mut entering = Vec::new();
    for _ in 0..ENTERING {
        let visitor = Visitor::start(&program).await;
        entering.push(tokio::spawn(keep_entering(visitor, stop.clone())));
    }
    tokio::time::sleep(Duration::from_millis(200)).await;

    let file = program.path("backup.db");
    let made = tokio::task::block_in_place(|| program.run(&["backup", "--to", "backup.db"]));
    assert!(made.status.success(), "{made:?}");
    tokio::time::sleep(Duration::from_millis(200)).await;
    stop.store(true, Ordering::Relaxed);
    for visitor in entering {
        let (visitor, saves, slowest) = visitor.await.unwrap();
        assert!(saves > 5, "only {saves}");
        println!("{saves} saves, the slowest took {slowest:?}");
        done.push(visitor);
    }
    program.kill();

    let mut restored = Program::bare();
    fs::copy(&file, restored.database()).unwrap();
    for (name, value) in program.settings() {
        restored.set(name, value);
    }
    for name in ["master.key", "ca.pem"] {
        fs::copy(program.path(name), restored.path(name)).unwrap();
    }
    restored.serve().await;
    let before = simulator.handle().requests().len();
    for (number, visitor) in done.iter().enumerate() {
        if number >= DONE {
            assert!(visitor.sends("domain", &[("url", UKG_HOST)]).await);
        } else {
            let path = format!("/link/{}/check", visitor.link);
            let again =
                crate::support::http(visitor.address, "POST", &path, &visitor.cookie, "").await.unwrap();
            assert!(again.starts_with("HTTP/1.1 303"), "{again}");
        }
        visitor.is_linked().await;
    }
    let asked = simulator.handle().requests().len() - before;
    assert!(asked >= done.len(), "{asked} requests: what was sealed was opened for each");
    let verified = restored.run(&["audit", "verify"]);
    assert!(verified.status.success(), "{verified:?}");
    let links = "SELECT count(*) || '' FROM link";
    assert_eq!(query(&restored.database(), links).await, [(DONE + ENTERING).to_string()]);
}

/// Enters key and account again and again; how often that was confirmed, and how long it took at most.
async fn keep_entering(visitor: Visitor, stop: Arc<AtomicBool>) -> (Visitor, usize, Duration) {
    let (mut saves, mut slowest) = (0, Duration::ZERO);
    while !stop.load(Ordering::Relaxed) || saves % 2 == 1 {
        let began = Instant::now();
        let saved = if saves % 2 == 0 {
            visitor.sends("key", &[("key", KEY)]).await
        } else {
            visitor.sends("account", &[("username", SERVICE.0), ("password", SERVICE.1)]).await
        };
        assert!(saved);
        slowest = slowest.max(began.elapsed());
        saves += 1;
    }
    (visitor, saves, slowest)
}

#[test]
fn a_backup_that_cannot_be_made_says_why_in_one_line_and_overwrites_nothing() {
    let program = Program::ready();
    let nothing = program.run(&["backup", "--to", "backup.db"]);
    assert!(program.run(&["migrate"]).status.success());
    fs::write(program.path("taken.db"), "mine").unwrap();

    let taken = program.run(&["backup", "--to", "taken.db"]);
    let nowhere = program.run(&["backup", "--to", "no/such/folder/backup.db"]);

    for (output, reason) in [(&nothing, "no database"), (&taken, "exists already"), (&nowhere, "folder")] {
        let error = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        assert!(error.lines().count() == 1 && error.contains(reason), "{error}");
    }
    assert_eq!(fs::read_to_string(program.path("taken.db")).unwrap(), "mine");
    assert!(!program.path("backup.db").exists());
}

#[tokio::test]
async fn on_postgresql_it_names_the_tool_and_never_the_password() {
    let mut program = Program::ready();
    let url = "postgres://linkdesk:hunter2@db.example.com/linkdesk";
    program.set("LINKDESK_DATABASE_URL", url);

    let refused = program.run(&["backup", "--to", "backup.dump"]);

    let error = String::from_utf8_lossy(&refused.stderr);
    assert_eq!((refused.status.code(), error.lines().count()), (Some(1), 1), "{error}");
    assert!(
        error.contains("pg_dump --format=custom --no-owner --no-privileges --file=backup.dump"),
        "{error}"
    );
    assert!(error.contains("pg_restore") && !error.contains("hunter2"), "{error}");
}
