//! Two servers on one PostgreSQL: whatever one of them was told, the other knows.

use axum::http::StatusCode;
use domain::Role;

use crate::support::{Admin, Browser, TestApp, TestDatabase, events};

/// Two servers, with a UKG Pro each that counts what it is asked.
async fn two() -> (TestApp, TestApp) {
    let one = TestApp::new().await.on(TestDatabase::on_server().await).await;
    let two = one.beside().await;
    (one, two)
}

/// The same browser, whose next request comes to this server.
fn moved(browser: &Browser, to: &TestApp) -> Browser {
    let mut moved = to.browser();
    moved.cookies = browser.cookies.clone();
    moved
}

fn admin_at(admin: &Admin, to: &TestApp) -> Admin {
    let mut admin = admin.clone();
    admin.browser = moved(&admin.browser, to);
    admin
}

#[tokio::test]
async fn the_flow_goes_on_at_whichever_server_answers() {
    let (one, two) = two().await;
    let mut admin = one.admin().await;
    admin.post("key", &[("key", crate::support::KEY)]).await;

    let mut admin = admin_at(&admin, &two);
    assert_eq!(admin.get("account").await.status, StatusCode::OK);
    admin.save_all().await;

    assert_eq!(one.stored_status(admin.link).await, "linked");
    assert_eq!((one.ukg.calls(), two.ukg.calls()), (0, 1));
    assert_eq!(admin_at(&admin, &one).get("done").await.link_status(), "linked");
}

#[tokio::test]
async fn who_signs_out_at_one_server_is_out_at_the_other() {
    let (one, two) = two().await;
    let mut desk = one.as_staff(Role::Support).await;
    let mut there = moved(&desk, &two);
    assert_eq!(there.get("/desk").await.status, StatusCode::OK);

    desk.post("/sign-out", &[]).await;

    assert_eq!(there.get("/desk").await.location(), "/sign-in");
}

#[tokio::test]
async fn a_step_that_was_handed_over_is_begun_once_though_both_are_asked_at_once() {
    let (one, two) = two().await;
    let mut admin = one.admin().await;
    for _ in 0..5 {
        let hand = one.handed(&mut admin, "account").await;
        let (mut here, mut there) = (one.browser(), two.browser());

        tokio::join!(here.post(&hand, &[]), there.post(&hand, &[]));

        let let_in = [here, there].iter().filter(|browser| !browser.cookies.is_empty()).count();
        assert_eq!(let_in, 1);
    }
}

#[tokio::test]
async fn a_check_at_one_server_is_seen_at_the_other_runs_once_and_is_left_alone() {
    let (one, two) = two().await;
    let mut admin = one.linked_admin().await;
    let mut there = admin_at(&admin, &two);
    one.ukg.hold();
    let calls = one.ukg.calls();
    tokio::select! {
        _ = admin.post("check", &[]) => panic!("it waits for the check"),
        () = one.ukg.called(calls + 1) => {}
    }

    assert_eq!(there.get("check").await.link_status(), "checking");
    there.post("check", &[]).await;
    two.services.abandon_stuck_checks().await.unwrap();
    let mut stream = events(&two.router, &there).await;
    assert_eq!(two.ukg.calls(), 0, "one check at a time, wherever");
    assert_eq!(there.get("check").await.link_status(), "checking");
    one.ukg.release();

    assert_eq!(stream.next().await.unwrap().0, "done");
    assert_eq!(there.get("check").await.link_status(), "linked");
}

#[tokio::test]
async fn a_check_whose_server_is_gone_is_ended_by_the_other_once_no_check_could_last_so_long() {
    let (one, two) = two().await;
    let mut admin = one.linked_admin().await;
    one.ukg.hold();
    let calls = one.ukg.calls();
    tokio::select! {
        _ = admin.post("check", &[]) => panic!("it waits for the check"),
        () = one.ukg.called(calls + 1) => {}
    }
    let mut there = admin_at(&admin, &two);

    two.clock.advance(89_000);
    two.services.abandon_stuck_checks().await.unwrap();
    assert_eq!(there.get("check").await.link_status(), "checking");
    two.clock.advance(2_000);
    two.services.abandon_stuck_checks().await.unwrap();

    assert_eq!(there.get("check").await.link_status(), "linked");
    assert_eq!(two.audited("check_abandoned").await, 1);
    // What the other finds after all is too late, and changes nothing.
    one.ukg.release();
    one.services.finish_checks().await;
    assert_eq!(two.audited("check_abandoned").await, 1);
    assert_eq!(there.get("check").await.link_status(), "linked");
}

#[tokio::test]
async fn the_audit_log_is_whole_when_both_write_to_it_at_once() {
    let (one, two) = two().await;

    tokio::join!(
        async {
            for _ in 0..3 {
                one.linked_admin().await;
            }
        },
        async {
            for _ in 0..3 {
                two.linked_admin().await;
            }
        }
    );

    let operator = services::Operator::at_command_line();
    let walked = one.services.verify_audit_here(operator, None).await.unwrap();
    assert_eq!(walked.fault, None);
    assert!(walked.whole >= 60, "{walked:?}");
}
