//! A new key-encryption key takes the place of an old one while everything goes on (bar S4, in small).

use std::fs;
use std::time::Duration;

use domain::LinkStatus;
use services::{Operator, Rotated};
use storage::JobKind;
use vault::Keyring;

use crate::support::{Admin, TestApp};

/// Adds a key to the key file and makes it the primary one; the old one stays.
fn add_primary(app: &TestApp) {
    let old = fs::read_to_string(app.key_file()).unwrap().replace(" primary", "");
    let new = Keyring::generate().unwrap();
    fs::write(app.key_file(), format!("{old}{}", new.as_str())).unwrap();
}

/// Takes every key but the primary one out of the key file.
fn remove_others(app: &TestApp) {
    let text = fs::read_to_string(app.key_file()).unwrap();
    let primary: Vec<&str> = text.lines().filter(|line| line.ends_with(" primary")).collect();
    assert_eq!(primary.len(), 1);
    fs::write(app.key_file(), primary.join("\n")).unwrap();
}

async fn rotate(app: &TestApp) -> Rotated {
    app.services.rotate_keys(Operator::at_command_line(), |_| {}).await.unwrap()
}

async fn linked(app: &TestApp, links: usize) -> Vec<Admin> {
    let mut admins = Vec::new();
    for _ in 0..links {
        admins.push(app.linked_admin().await);
    }
    admins
}

/// Checks every link again, which opens what it has sealed; how many could be.
async fn open_all(app: &TestApp) -> usize {
    app.clock.advance(2 * 86_400_000);
    let before = app.ukg.calls();
    for job in app.services.take_jobs(JobKind::Recheck, 1_000).await.unwrap() {
        app.services.do_job(&job).await.unwrap();
    }
    app.ukg.calls() - before
}

#[tokio::test]
async fn after_a_rotation_the_old_key_is_not_needed() {
    let app = TestApp::new().await;
    let admins = linked(&app, 3).await;
    add_primary(&app);
    let app = app.restarted().await;
    assert_eq!(open_all(&app).await, 3, "the old key still opens");

    let rotated = rotate(&app).await;

    assert_eq!((rotated.data_keys, rotated.unopened_count), (3, 0));
    remove_others(&app);
    let app = app.restarted().await;
    assert_eq!(open_all(&app).await, 3);
    for admin in admins {
        assert_eq!(app.stored_status(admin.link).await, LinkStatus::Linked.as_str());
    }
    assert_eq!(app.audited("keys_rotated").await, 1);
    let verified = app.services.verify_audit_here(Operator::at_command_line(), None).await.unwrap();
    assert_eq!(verified.fault, None, "the log's seals are under the installation's key, which is the same");
}

#[tokio::test]
async fn without_the_rotation_the_old_key_is_needed() {
    let app = TestApp::new().await;
    linked(&app, 2).await;
    add_primary(&app);
    let app = app.restarted().await;

    remove_others(&app);
    let app = app.restarted().await;

    assert_eq!(open_all(&app).await, 0);
}

#[tokio::test]
async fn a_second_rotation_has_nothing_to_do() {
    let app = TestApp::new().await;
    linked(&app, 2).await;
    add_primary(&app);
    let app = app.restarted().await;
    rotate(&app).await;

    assert_eq!(rotate(&app).await.data_keys, 0);
}

#[tokio::test]
async fn a_key_that_is_not_there_is_named_and_the_others_are_rotated() {
    let app = TestApp::new().await;
    linked(&app, 1).await;
    add_primary(&app);
    let app = app.restarted().await;
    let later = linked(&app, 2).await;
    // The installation's own key is wrapped by the first one: only links are lost here.
    rotate(&app).await;
    app.database
        .change("UPDATE link_key SET key_id = 'gone' WHERE link_id = (SELECT min(link_id) FROM link_key)")
        .await;

    let rotated = rotate(&app).await;

    assert_eq!((rotated.data_keys, rotated.unopened_count, rotated.unopened.len()), (0, 1, 1));
    assert_eq!(later.len(), 2);
}

/// Bar S4: reads and writes go on, the rotation is stopped at fifty moments, and goes on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rotation_that_is_stopped_again_and_again_ends_and_nothing_fails_meanwhile() {
    let app = TestApp::new().await;
    let mut admins = linked(&app, 25).await;
    add_primary(&app);
    let mut app = app.restarted().await;
    for round in 0..50_u64 {
        let rotation = tokio::spawn({
            let services = app.services.clone();
            async move { services.rotate_keys(Operator::at_command_line(), |_| {}).await }
        });
        tokio::time::sleep(Duration::from_micros(137 * round)).await;
        rotation.abort();
        let _ = rotation.await;
        if round % 10 == 0 {
            assert_eq!(open_all(&app).await, admins.len(), "round {round}");
            admins.push(app.linked_admin().await);
            add_primary(&app);
            app = app.restarted().await;
        }
    }

    rotate(&app).await;
    remove_others(&app);
    let app = app.restarted().await;

    assert_eq!(open_all(&app).await, admins.len());
}
