//! Two servers on one PostgreSQL: whatever one of them was told, the other knows.

use axum::http::StatusCode;
use domain::Role;

use crate::support::{Admin, Browser, SecurityKey, TestApp, TestDatabase, events, send};

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

// Each server counts for itself when `Storage::shared_guesses` says `None`: then 40 are tried.
#[tokio::test]
async fn whoever_guesses_at_two_servers_has_no_more_guesses_than_at_one() {
    let (one, two) = two().await;
    let email = one.staff(Role::Owner).await;
    let form = |password: &'static str| [("email", email.clone()), ("password", password.to_owned())];

    let mut guesses = tokio::task::JoinSet::new();
    for n in 0..120 {
        let (app, form) = (if n % 2 == 0 { &one } else { &two }, form("wrong horse battery"));
        let mut browser = app.browser().from([203, 0, 113, 9]);
        guesses.spawn(async move {
            let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
            browser.post("/sign-in", &form).await.status
        });
    }
    let statuses = guesses.join_all().await;

    assert_eq!(
        statuses.iter().filter(|status| **status == StatusCode::UNAUTHORIZED).count(),
        20,
        "{statuses:?}"
    );
    let form = form(crate::support::STAFF_PASSWORD);
    let right: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let refused = two.browser().from([203, 0, 113, 9]).post("/sign-in", &right).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(two.browser().from([203, 0, 113, 10]).post("/sign-in", &right).await.location(), "/desk");
    for _ in 0..30 {
        let again = two.browser().from([203, 0, 113, 11]).post("/sign-in", &right).await;
        assert_eq!(again.location(), "/desk", "a right one costs nothing");
    }
    two.clock.advance(3_601_000);
    let later = one.browser().from([203, 0, 113, 9]).post("/sign-in", &right).await;
    assert_eq!(later.location(), "/desk");
    two.services.clean_up().await.unwrap();
    assert_eq!(two.value("SELECT CAST(count(*) AS TEXT) FROM guess WHERE guesses > 0").await, "0");
}

#[tokio::test]
async fn an_answer_to_a_passkeys_question_counts_at_one_server_alone() {
    const ORIGIN: &str = "https://link.example.com";
    let one =
        TestApp::with(&[("LINKDESK_PUBLIC_URL", ORIGIN)]).await.on(TestDatabase::on_server().await).await;
    let two = one.beside().await;
    let mut key = SecurityKey::new(ORIGIN);
    key.added(&mut one.as_staff(Role::Owner).await).await;

    for _ in 0..3 {
        let answer = key.signed(&one.browser().get("/sign-in/passkey").await);
        let (mut here, mut there) = (one.browser(), two.browser());
        let (here, there) = tokio::join!(
            send(&mut here, "/sign-in/passkey", &answer),
            send(&mut there, "/sign-in/passkey", &answer)
        );

        let mut statuses = [here.status, there.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [StatusCode::SEE_OTHER, StatusCode::UNAUTHORIZED]);
    }
}

// Each server has a turn of its own without `Storage::shared_guesses` in `Services::mail_turn`: then two are sent.
#[tokio::test]
async fn staff_at_two_servers_who_write_to_a_customer_at_once_send_one_mail() {
    let (one, mailer) = TestApp::with_mail().await;
    let one = one.on(TestDatabase::on_server().await).await;
    let two = one.beside().await;
    let admin = one.admin().await;
    let page = format!("/desk/links/{}/invite", admin.link);
    let desk = one.as_staff(Role::Support).await;

    for sent in 1..=5 {
        let mut asked = tokio::task::JoinSet::new();
        for n in 0..8 {
            let (mut desk, page) = (moved(&desk, if n % 2 == 0 { &one } else { &two }), page.clone());
            asked.spawn(async move {
                desk.post(&page, &[("how", "mail")]).await.location().ends_with("said=mailed")
            });
        }
        let mailed = asked.join_all().await.into_iter().filter(|mailed| *mailed).count();

        assert_eq!((mailed, mailer.sent().len()), (1, sent));
        one.clock.advance(60_000);
    }
    mailer.breaks();
    let mut there = moved(&desk, &two);
    for _ in 0..2 {
        let answer = there.post(&page, &[("how", "mail")]).await;
        assert!(
            answer.location().ends_with("said=not_mailed"),
            "one that failed keeps nobody: {}",
            answer.location()
        );
    }
}
