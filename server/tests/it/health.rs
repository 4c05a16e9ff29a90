//! What machines ask.

use std::time::Duration;

use axum::http::StatusCode;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use server::health::Health;
use vault::Keyring;

use crate::support::{Answer, TestApp};

/// Asks until what was found before is no longer kept.
async fn ready_becomes(app: &TestApp, status: StatusCode) -> Answer {
    for _ in 0..100 {
        let answer = app.get("/health/ready").await;
        if answer.status == status {
            return answer;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    app.get("/health/ready").await
}

#[tokio::test]
async fn a_server_that_is_well_is_live_and_ready() {
    let app = TestApp::new().await;

    for path in ["/health/live", "/health/ready"] {
        let answer = app.get(path).await;

        assert_eq!((answer.status, answer.text()), (StatusCode::OK, "ok\n"), "{path}");
    }
}

#[tokio::test]
async fn without_its_database_a_server_is_live_but_not_ready() {
    let app = TestApp::new().await;
    // A database server cannot be moved away: see `storage-postgres/tests/it/connections`.
    let Some(file) = app.database_file() else { return };
    let away = app.folder().join("away.db");
    std::fs::rename(&file, &away).unwrap();

    let (live, ready) = (app.get("/health/live").await, app.get("/health/ready").await);

    assert_eq!(live.status, StatusCode::OK);
    assert_eq!(
        (ready.status, ready.text()),
        (StatusCode::SERVICE_UNAVAILABLE, "the database cannot be read\n")
    );
    assert!(!file.exists(), "asking does not make an empty one");
    std::fs::rename(&away, &file).unwrap();
    assert_eq!(ready_becomes(&app, StatusCode::OK).await.status, StatusCode::OK, "it heals by itself");
}

#[tokio::test]
async fn a_database_that_somebody_else_writes_to_all_along_is_not_ready_after_a_second() {
    let app = TestApp::new().await;
    let began = std::time::Instant::now();

    let in_between = async {
        let mut answers = Vec::new();
        while began.elapsed() < Duration::from_millis(400) {
            answers.push(
                tokio::time::timeout(Duration::from_millis(1300), app.get("/health/ready")).await.unwrap(),
            );
        }
        answers
    };
    let answers = app.database.holds_for(Duration::from_millis(1500), in_between).await;

    let answer = answers.first().unwrap();
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.text(), "the database did not answer within a second\n");
    assert_eq!(app.get("/health/live").await.status, StatusCode::OK, "a new start would not help");
    assert_eq!(ready_becomes(&app, StatusCode::OK).await.status, StatusCode::OK);
}

const ON_A_DISK: &str = "health::a_server_is_ready_when_its_disk_takes_what_is_written";

#[tokio::test]
async fn a_server_is_ready_when_its_disk_takes_what_is_written() {
    let app = TestApp::new().await;
    let usual = getrlimit(Resource::Fsize);
    let is_limited = usual.current.is_some();
    if is_limited {
        setrlimit(Resource::Fsize, Rlimit { current: Some(1), maximum: usual.maximum }).unwrap();
        let ready = app.get("/health/ready").await;
        assert_eq!(
            (ready.status, ready.text()),
            (StatusCode::SERVICE_UNAVAILABLE, "the database cannot be written\n")
        );
        setrlimit(Resource::Fsize, usual).unwrap();
        println!("it was full");
    }

    assert_eq!(ready_becomes(&app, StatusCode::OK).await.status, StatusCode::OK);
}

// Fails when nothing is committed to find it out.
#[test]
fn on_a_full_disk_a_server_is_not_ready_until_there_is_room() {
    // A limit tells the test above to make the disk full; without the trap its signal would end the process.
    let limited = "trap '' XFSZ; ulimit -S -f 1000000; exec \"$@\"";
    let done = std::process::Command::new("sh")
        .args(["-c", limited, "sh"])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", ON_A_DISK, "--nocapture", "--test-threads=1"])
        // Of a database server it is the server's disk that would have to be full.
        .env_remove("LINKDESK_TEST_DATABASE")
        .output()
        .unwrap();

    let output = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.status.success(), "{output}{}", String::from_utf8_lossy(&done.stderr));
    assert!(output.contains("it was full"), "{output}");
}

#[tokio::test]
async fn with_another_key_file_a_server_is_not_ready() {
    let app = TestApp::new().await;
    std::fs::remove_file(app.key_file()).unwrap();
    Keyring::create_file(&app.key_file()).unwrap();
    let app = app.restarted().await;

    let ready = app.get("/health/ready").await;

    assert_eq!(ready.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(ready.text(), "the key file does not open the installation's key\n");
}

#[tokio::test]
async fn asking_often_writes_seldom_and_changes_nothing() {
    let app = TestApp::new().await;
    let before = app.dump().await;
    let commits = async || match app.database_file() {
        // A write that changes nothing makes the log of changes longer all the same.
        Some(file) => std::fs::metadata(format!("{}-wal", file.display())).unwrap().len(),
        None => 0,
    };
    app.get("/health/ready").await;
    let length = commits().await;

    for _ in 0..200 {
        assert_eq!(app.get("/health/ready").await.status, StatusCode::OK);
    }

    let written = commits().await - length;
    assert!(written < 100_000, "{written} bytes");
    assert_eq!(app.dump().await, before);
}

#[tokio::test]
async fn a_background_task_that_ended_makes_a_server_that_is_to_be_started_anew() {
    let health = Health::default();
    health.watch("waiting for ever", tokio::spawn(std::future::pending::<()>()).abort_handle());
    assert_eq!(health.ended(), [""; 0]);

    let broken = tokio::spawn(async { panic!("as a mistake of ours would") });
    health.watch("broken", broken.abort_handle());
    assert!(broken.await.is_err());

    assert_eq!(health.ended(), ["broken"]);
    health.stop();
    assert_eq!(health.ended(), [""; 0], "at a stop, tasks end");
}

#[tokio::test]
async fn the_answers_name_what_ended_and_that_the_server_stops() {
    let app = TestApp::new().await;
    let ended = tokio::spawn(async {});
    app.health.watch("reminders", ended.abort_handle());
    ended.await.unwrap();

    let live = app.get("/health/live").await;
    assert_eq!(live.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(live.text(), "a background task has ended: reminders\n");
    app.health.stop();

    let (live, ready) = (app.get("/health/live").await, app.get("/health/ready").await);
    assert_eq!(live.status, StatusCode::OK, "it is not to be killed while it stops");
    assert_eq!((ready.status, ready.text()), (StatusCode::SERVICE_UNAVAILABLE, "stopping\n"));
}

#[tokio::test]
async fn a_page_without_its_database_is_our_fault_and_says_so_without_detail() {
    let app = TestApp::new().await;
    let Some(file) = app.database_file() else { return };
    std::fs::rename(file, app.folder().join("away.db")).unwrap();

    let answer = app.get(&format!("/i/{}", "A".repeat(43))).await;

    assert!(answer.status.is_server_error());
    assert!(answer.is_clear_page(), "{}", answer.text());
    let text = answer.text().to_lowercase();
    for inside in ["sqlite", "database", "sqlx", "panicked", ".db", ".rs"] {
        assert!(!text.contains(inside), "{inside}: {text}");
    }
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let admin = app.post("/sign-in", &[("email", "a@b.example"), ("password", "x")]).await;
    assert!(admin.status.is_server_error(), "{}", admin.status);
}
