//! Bar R8: UKG Pro has no reason to lock an account. Refused requests are counted where they arrive, at UKG Pro.

use domain::ProblemCode;

use crate::support::{Admin, KEY, PASSWORD, Script, TestApp, URL, USERNAME};

const MINUTE: i64 = 60_000;
/// Longer than anything counts together.
const HOUR: i64 = 60 * MINUTE;
const OTHER: &str = "Another+Pass(1)";
const REFUSED: Script = Script::Fails(ProblemCode::CredentialsRejected);

/// What is refused for values that were entered, and for those of a link that stands.
const NEW: usize = 3;
const STORED: usize = 4;

/// Every code that is no word of UKG Pro about the account.
fn faults() -> Vec<ProblemCode> {
    let about_the_account = [ProblemCode::CredentialsRejected, ProblemCode::PermissionMissing];
    let checks = ProblemCode::ALL.into_iter().filter(|code| code.kind() == domain::ProblemKind::Check);
    checks.filter(|code| !about_the_account.contains(code)).collect()
}

async fn press_check(admin: &mut Admin, times: usize) {
    for _ in 0..times {
        assert_eq!(admin.post("check", &[]).await.location(), admin.path("check"));
    }
}

/// Everything an administrator does who does not believe that it is refused, without changing a value.
async fn insist(app: &TestApp, admin: &mut Admin) {
    press_check(admin, 10).await;
    for (step, fields) in [
        ("key", vec![("key", KEY)]),
        ("key", vec![("key", "ab1c2")]),
        ("account", vec![("username", USERNAME), ("password", PASSWORD)]),
        ("account", vec![("username", USERNAME), ("password", "")]),
        ("account", vec![("username", ""), ("password", PASSWORD)]),
        ("domain", vec![("url", URL)]),
        ("domain", vec![("url", "service4.ultipro.com")]),
    ] {
        admin.post(step, &fields).await;
        admin.post("check", &[("permission", "payroll_integration")]).await;
    }
    let invite = admin.invite.path();
    admin.browser.post(&invite, &[]).await;
    // Another browser with a new invite.
    let mut elsewhere = app.admin_of(app.invite_again(admin.link).await).await;
    press_check(&mut elsewhere, 2).await;
}

#[tokio::test]
async fn values_that_were_refused_are_not_sent_again_however_they_are_sent_again() {
    let mut app = TestApp::new().await;
    let mut admin = app.checked_admin(REFUSED).await;
    assert_eq!(app.ukg.refused(PASSWORD), NEW);

    for _ in 0..3 {
        insist(&app, &mut admin).await;
        app.clock.advance(HOUR);
        app = app.restarted().await;
        admin = app.admin_of(admin.invite).await;
    }

    assert_eq!(app.ukg.refused(PASSWORD), NEW);
    assert_eq!(app.stored_status(admin.link).await, "in_progress");
}

#[tokio::test]
async fn the_values_of_a_link_that_stands_cost_four_refused_requests_and_no_more() {
    let mut app = TestApp::new().await;
    let mut admin = app.linked_admin().await;
    app.ukg.answers(REFUSED);

    for _ in 0..3 {
        insist(&app, &mut admin).await;
        app.clock.advance(HOUR);
        app = app.restarted().await;
        admin = app.admin_of(admin.invite).await;
    }

    assert_eq!(app.ukg.refused(PASSWORD), STORED);
    assert_eq!(app.stored_status(admin.link).await, "broken");
}

#[tokio::test]
async fn an_account_that_was_mended_is_tried_with_one_request_three_times_at_most() {
    for (first, most) in [(REFUSED, NEW), (Script::Linked, STORED)] {
        let app = TestApp::new().await;
        let mut admin = app.checked_admin(first).await;
        app.ukg.answers(REFUSED);
        press_check(&mut admin, 2).await;
        assert_eq!(app.ukg.refused(PASSWORD), most);

        for mended in 1..=5 {
            let offered = admin.get("check").await.offers("mended", "yes");
            assert_eq!(offered, mended <= 3, "{mended}");
            admin.post("check", &[("mended", "yes")]).await;
            assert_eq!(app.ukg.refused(PASSWORD), most + mended.min(3), "{mended}");
            press_check(&mut admin, 3).await;
            app.clock.advance(HOUR);
        }

        assert_eq!(app.ukg.refused(PASSWORD), most + 3);
    }
}

#[tokio::test]
async fn an_account_that_really_was_mended_is_linked_by_the_one_more_try() {
    let app = TestApp::new().await;
    let mut admin = app.checked_admin(REFUSED).await;
    app.ukg.answers(Script::Linked);
    press_check(&mut admin, 1).await;
    assert_eq!(app.stored_status(admin.link).await, "in_progress");

    admin.post("check", &[("mended", "yes")]).await;

    assert_eq!(app.stored_status(admin.link).await, "linked");
    assert_eq!(app.ukg.last_request().refusals_left, 1);
}

#[tokio::test]
async fn saying_that_it_was_mended_lets_nothing_through_that_is_not_held() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;
    admin.save_two().await;
    admin.post("check", &[("mended", "yes")]).await;
    assert_eq!(app.ukg.calls(), 0, "a step is missing");
    app.ukg.answers(REFUSED);

    admin.post("domain", &[("url", URL)]).await;

    assert_eq!(app.ukg.refused(PASSWORD), NEW);
}

#[tokio::test]
async fn going_back_to_a_password_that_was_refused_costs_nothing_more() {
    let app = TestApp::new().await;
    let mut admin = app.checked_admin(REFUSED).await;

    for _ in 0..5 {
        for password in [OTHER, PASSWORD] {
            admin.enter_password(password).await;
            press_check(&mut admin, 2).await;
            app.clock.advance(HOUR);
        }
    }

    assert_eq!((app.ukg.refused(PASSWORD), app.ukg.refused(OTHER)), (NEW, NEW));
}

#[tokio::test]
async fn a_new_password_of_a_link_that_stands_costs_three_and_the_one_in_use_nothing() {
    let mut app = TestApp::new().await;
    let mut admin = app.linked_admin().await;
    app.ukg.answers_to(OTHER, REFUSED);

    for _ in 0..4 {
        for password in [OTHER, PASSWORD, OTHER] {
            admin.enter_password(password).await;
            press_check(&mut admin, 2).await;
        }
        app.clock.advance(HOUR);
        app = app.restarted().await;
        admin = app.admin_of(admin.invite).await;
    }

    assert_eq!((app.ukg.refused(OTHER), app.ukg.refused(PASSWORD)), (NEW, 0));
    assert_eq!(app.stored_status(admin.link).await, "linked");
}

// Fails without `is_refusal` in `checks::keep`: a fault would then be a word about the account.
#[tokio::test]
async fn no_fault_of_ukg_pro_or_the_network_ever_marks_a_link() {
    let table = [
        (Script::Linked, "linked nobody none"),
        (Script::Gaps, "linked_with_gaps customer permission_missing"),
    ];
    for (before, expected) in table {
        let app = TestApp::new().await;
        let mut admin = app.checked_admin(before).await;
        let scripts = faults().into_iter().map(Script::Fails).chain([Script::Panics]);

        for script in scripts {
            app.ukg.answers(script);
            press_check(&mut admin, 3).await;
            app.clock.advance(HOUR);

            let columns = "status || ' ' || who_acts || ' ' || ifnull(problem, 'none')";
            let stands = app.value(&format!("SELECT {columns} FROM link WHERE id = '{}'", admin.link)).await;
            assert_eq!(stands, expected, "{script:?}");
        }
    }
}

#[tokio::test]
async fn a_fault_in_a_link_that_wants_a_look_does_not_break_it() {
    let app = TestApp::new().await;
    let mut admin = app.linked_admin().await;
    app.ukg.answers(REFUSED);
    press_check(&mut admin, 1).await;
    assert_eq!(app.stored_status(admin.link).await, "attention");

    for code in faults() {
        app.ukg.answers(Script::Fails(code));
        press_check(&mut admin, 2).await;
        assert_eq!(app.stored_status(admin.link).await, "attention", "{code}");
    }
}

#[tokio::test]
async fn requests_that_were_refused_before_a_fault_count_all_the_same() {
    let timeout = Script::RefusesThenFails(2, ProblemCode::UkgTimeout);
    for script in [timeout, Script::RefusesThenPanics(2)] {
        let app = TestApp::new().await;
        let mut fresh = app.checked_admin(script).await;
        for _ in 0..5 {
            press_check(&mut fresh, 5).await;
            app.clock.advance(HOUR);
        }
        assert_eq!(app.ukg.refused(PASSWORD), NEW, "{script:?}");
        assert_eq!(app.stored_status(fresh.link).await, "in_progress");

        let app = TestApp::new().await;
        let mut linked = app.linked_admin().await;
        app.ukg.answers(script);
        for _ in 0..5 {
            press_check(&mut linked, 5).await;
            app.clock.advance(HOUR);
        }
        assert_eq!(app.ukg.refused(PASSWORD), STORED, "{script:?}");
        assert_eq!(app.stored_status(linked.link).await, "linked");
    }
}

// Fails without `count_refused` before the next request: what a stop cuts short would be forgotten.
#[tokio::test]
async fn requests_that_were_refused_before_a_stop_count_after_the_restart() {
    let mut app = TestApp::new().await;
    let mut admin = app.admin().await;
    admin.save_two().await;
    app.ukg.answers(Script::RefusesThenFails(1, ProblemCode::UkgTimeout));
    let domain = [("url", URL)];

    for round in 0..6 {
        app.ukg.hold();
        let calls = app.ukg.calls();
        let asking = async {
            if round == 0 { admin.post("domain", &domain).await } else { admin.post("check", &[]).await }
        };
        let checking = tokio::time::timeout(std::time::Duration::from_secs(30), app.ukg.called(calls + 1));
        tokio::select! {
            answer = asking => assert_eq!(answer.location(), format!("/link/{}/check", admin.link)),
            called = checking => called.unwrap(),
        }
        app.clock.advance(MINUTE);
        app = app.restarted().await;
        admin = app.admin_of(admin.invite).await;
    }
    assert!(app.ukg.refused(PASSWORD) < NEW, "one of each cut-short check may have come to nothing, too");
    app.clock.advance(HOUR);
    app.ukg.answers(REFUSED);
    press_check(&mut admin, 3).await;

    assert_eq!(app.ukg.refused(PASSWORD), NEW);
}

#[tokio::test]
async fn after_four_refused_passwords_within_a_quarter_of_an_hour_the_fifth_has_to_wait() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;
    app.ukg.answers(REFUSED);
    admin.save_all().await;
    for n in 2..=4 {
        app.clock.advance(MINUTE);
        admin.enter_password(&format!("Wrong+Pass({n})")).await;
        assert_eq!(app.ukg.calls(), n);
    }
    app.ukg.answers(Script::Linked);

    admin.enter_password("Right+Pass(1)").await;
    let page = admin.get("check").await;
    assert_eq!(app.ukg.calls(), 4);
    // The first of the four was three minutes ago.
    assert!(page.text().contains("Please wait 12 minutes before the next try"), "{:?}", page.heading());
    for mended in [false, true] {
        admin.post("check", if mended { &[("mended", "yes")] } else { &[] }).await;
    }
    app.clock.advance(11 * MINUTE);
    press_check(&mut admin, 1).await;
    assert_eq!(app.ukg.calls(), 4);
    app.clock.advance(MINUTE);
    press_check(&mut admin, 1).await;

    assert_eq!(app.ukg.last_asked()[3], "Right+Pass(1)");
    assert_eq!(app.stored_status(admin.link).await, "linked");
}

#[tokio::test]
async fn the_values_in_use_need_not_wait_for_what_others_were_refused() {
    let app = TestApp::new().await;
    let mut admin = app.linked_admin().await;
    for n in 1..=4 {
        let wrong = format!("Wrong+Pass({n})");
        app.ukg.answers_to(&wrong, REFUSED);
        admin.enter_password(&wrong).await;
    }
    admin.enter_password("Wrong+Pass(5)").await;
    assert_eq!(app.ukg.calls(), 5, "the fifth waits");

    admin.enter_password(PASSWORD).await;
    press_check(&mut admin, 1).await;

    assert_eq!((app.ukg.calls(), app.ukg.last_asked()[3].as_str()), (6, PASSWORD));
}

#[tokio::test]
async fn a_refused_account_that_is_then_accepted_starts_from_nothing() {
    let app = TestApp::new().await;
    let mut admin = app.linked_admin().await;
    for _ in 0..3 {
        app.ukg.answers(REFUSED);
        press_check(&mut admin, 1).await;
        assert_eq!(app.stored_status(admin.link).await, "attention");
        app.ukg.answers(Script::Linked);
        press_check(&mut admin, 1).await;
        assert_eq!(app.stored_status(admin.link).await, "linked");
        assert_eq!(app.ukg.last_request().refusals_left, 1, "three of four were spent");
    }
}
