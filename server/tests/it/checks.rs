//! The check: started once, told in full, and never a reason to send a refused password again.

use std::time::Duration;

use axum::http::StatusCode;
use domain::{Permission, ProblemCode, Role};

use crate::support::{Admin, KEY, PASSWORD, Script, TestApp, URL, USERNAME};

/// What is stored of where the link stands: status, who acts, problem.
async fn standing(app: &TestApp, admin: &Admin) -> String {
    let columns = "status || ' ' || who_acts || ' ' || ifnull(problem, 'none')";
    app.value(&format!("SELECT {columns} FROM link WHERE id = '{}'", admin.link)).await
}

// Fails without the look for a `running_check` in `Services::start_check`: the database then refuses the second.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_check_is_started_once_although_it_is_asked_for_ten_times_at_once() {
    let app = TestApp::new().await;
    let mut admin = app.checked_admin(Script::Gaps).await;
    assert_eq!(app.ukg.calls(), 1);
    app.ukg.hold();

    let asking: Vec<_> = (0..10)
        .map(|_| {
            let mut admin = admin.clone();
            tokio::spawn(async move { admin.post("check", &[]).await.location().to_owned() })
        })
        .collect();
    app.ukg.called(2).await;
    // Nine come back at once; the one that started it waits for it.
    while asking.iter().filter(|task| task.is_finished()).count() < 9 {
        tokio::task::yield_now().await;
    }
    app.ukg.release();

    for task in asking {
        assert_eq!(task.await.unwrap(), admin.path("check"));
    }
    assert_eq!(app.ukg.calls(), 2);
    assert_eq!(app.value("SELECT count(*) || '' FROM check_run").await, "2");
    assert_eq!(admin.get("check").await.link_status(), "linked_with_gaps");
}

#[tokio::test]
async fn everything_granted_is_linked() {
    let app = TestApp::new().await;
    let mut admin = app.checked_admin(Script::Linked).await;

    let page = admin.get("check").await;

    assert_eq!(standing(&app, &admin).await, "linked nobody none");
    assert_eq!(page.link_status(), "linked");
    assert!(page.codes().is_empty());
    let expected: Vec<_> = Permission::ALL
        .into_iter()
        .map(|p| (p.slug(), if p.is_testable() { "granted" } else { "untestable" }))
        .collect();
    assert_eq!(page.permissions(), expected);
    assert_eq!(page.refresh(), None);
    let receipt = admin.get("done").await;
    assert_eq!(receipt.link_status(), "linked");
    assert_eq!(app.value("SELECT count(*) || '' FROM invite WHERE completed_at IS NOT NULL").await, "1");
}

#[tokio::test]
async fn a_missing_permission_beside_the_required_one_is_a_gap_with_its_mend_and_an_end_for_now() {
    let app = TestApp::new().await;
    let mut admin = app.checked_admin(Script::Gaps).await;

    let page = admin.get("check").await;

    assert_eq!(standing(&app, &admin).await, "linked_with_gaps customer permission_missing");
    assert_eq!(page.link_status(), "linked_with_gaps");
    let rows = page.permissions();
    assert_eq!(rows[0], ("employee_person_details", "granted"));
    assert_eq!(rows.iter().filter(|(_, result)| *result == "missing").count(), 6);
    assert_eq!(rows.iter().filter(|(_, result)| *result == "untestable").count(), 3);
    assert_eq!(page.codes(), ["permission_missing"; 6]);
    assert!(page.text().contains("Finish for now"));
    assert_eq!(admin.get("done").await.link_status(), "linked_with_gaps");
}

#[tokio::test]
async fn a_gap_that_was_mended_is_linked_by_the_next_check() {
    let app = TestApp::new().await;
    let mut admin = app.checked_admin(Script::Gaps).await;
    app.ukg.answers(Script::Linked);
    app.clock.advance(60_000);

    let answer = admin.post("check", &[]).await;

    assert_eq!(answer.location(), admin.path("check"));
    assert_eq!(standing(&app, &admin).await, "linked nobody none");
}

#[tokio::test]
async fn without_the_required_permission_nothing_is_linked_and_checking_again_is_offered() {
    let app = TestApp::new().await;
    let mut admin = app.checked_admin(Script::RequiredMissing).await;

    let page = admin.get("check").await;

    assert_eq!(standing(&app, &admin).await, "in_progress customer permission_missing");
    assert_eq!(page.link_status(), "in_progress");
    assert_eq!(page.permissions()[0], ("employee_person_details", "missing"));
    assert_eq!(page.codes(), ["permission_missing"]);
    assert_eq!(admin.get("done").await.location(), admin.path("check"));
    admin.post("check", &[]).await;
    assert_eq!(app.ukg.calls(), 2, "a box may have been ticked since");
}

#[tokio::test]
async fn a_fault_is_named_tells_who_acts_and_can_be_tried_again() {
    let table = [
        (ProblemCode::HostNotFound, "customer"),
        (ProblemCode::HostUnreachable, "ukg"),
        (ProblemCode::HostTls, "ukg"),
        (ProblemCode::HostNotWebServices, "customer"),
        (ProblemCode::UkgBusy, "ukg"),
        (ProblemCode::UkgUnavailable, "ukg"),
        (ProblemCode::UkgTimeout, "ukg"),
        (ProblemCode::UkgUnexpected, "us"),
    ];
    let app = TestApp::new().await;

    for (n, (code, who)) in table.into_iter().enumerate() {
        let mut admin = app.checked_admin(Script::Fails(code)).await;

        let page = admin.get("check").await;

        assert_eq!(standing(&app, &admin).await, format!("in_progress {who} {code}"));
        assert_eq!(page.link_status(), "in_progress");
        assert_eq!(page.codes(), [code.as_str()]);
        assert!(
            page.permissions().iter().all(|(_, result)| ["unchecked", "untestable"].contains(result)),
            "{code}"
        );
        admin.post("check", &[]).await;
        assert_eq!(app.ukg.calls(), 2 * n + 2, "{code}: the same values may be tried again");
    }
}

#[tokio::test]
async fn a_fault_never_takes_back_a_link() {
    let app = TestApp::new().await;
    let mut admin = app.checked_admin(Script::Gaps).await;

    for code in [ProblemCode::UkgTimeout, ProblemCode::HostNotFound, ProblemCode::UkgUnexpected] {
        app.clock.advance(1000);
        app.ukg.answers(Script::Fails(code));
        admin.post("check", &[]).await;

        assert_eq!(app.stored_status(admin.link).await, "linked_with_gaps", "{code}");
        let page = admin.get("check").await;
        assert_eq!((page.link_status(), page.codes()), ("linked_with_gaps", vec![code.as_str()]));
        assert_eq!(admin.get("done").await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn a_refused_password_is_not_sent_again_until_a_value_is_changed() {
    let app = TestApp::new().await;
    let mut admin = app.checked_admin(Script::Fails(ProblemCode::CredentialsRejected)).await;
    assert_eq!(standing(&app, &admin).await, "in_progress customer credentials_rejected");
    let page = admin.get("check").await;
    assert_eq!(page.codes(), ["credentials_rejected"]);
    assert_eq!(page.text().matches("type=\"submit\"").count(), 1, "no button that would do nothing");
    assert!(page.offers("mended", "yes"));

    // Asking again, sending a step without a value, or opening the invite again is no change.
    for _ in 0..3 {
        assert_eq!(admin.post("check", &[]).await.location(), admin.path("check"));
        admin.post("key", &[("key", "")]).await;
        admin.post("account", &[("username", ""), ("password", "")]).await;
        let invite = admin.invite.path();
        admin.browser.post(&invite, &[]).await;
    }
    assert_eq!(app.ukg.calls(), 1);
    app.ukg.answers(Script::Linked);
    app.clock.advance(1000);
    let answer = admin.post("account", &[("username", ""), ("password", "Another+Pass(1)")]).await;

    assert_eq!(answer.location(), admin.path("check"));
    assert_eq!(app.ukg.calls(), 2);
    assert_eq!(app.ukg.last_asked()[2..], [USERNAME, "Another+Pass(1)"]);
    assert_eq!(app.stored_status(admin.link).await, "linked");
}

// Fails without `was_rejected` in `guard::decide`.
#[tokio::test]
async fn a_value_that_is_not_taken_does_not_let_a_refused_password_be_sent_again() {
    let app = TestApp::new().await;
    let mut admin = app.checked_admin(Script::Fails(ProblemCode::CredentialsRejected)).await;
    let attempts: [(&str, &[(&str, &str)]); 5] = [
        ("key", &[("key", "QX7MCD0000K0")]),
        ("key", &[("key", "Odd-Key-77")]),
        ("account", &[("username", ""), ("password", "AB1C2")]),
        ("account", &[("username", "svc@contoso.example"), ("password", "")]),
        ("domain", &[("url", "http://10.0.0.1")]),
    ];

    for (step, fields) in attempts {
        admin.post(step, fields).await;
        admin.post("check", &[]).await;
        assert_eq!(app.ukg.calls(), 1, "{fields:?}");
    }
}

#[tokio::test]
async fn a_new_address_lets_the_same_account_be_tried_there() {
    let app = TestApp::new().await;
    let mut admin = app.checked_admin(Script::Fails(ProblemCode::CredentialsRejected)).await;

    admin.post("domain", &[("url", "service9.ultipro.com")]).await;

    assert_eq!(app.ukg.calls(), 2);
    assert_eq!(app.ukg.last_asked(), ["service9.ultipro.com", KEY, USERNAME, PASSWORD]);
}

#[tokio::test]
async fn a_first_refusal_of_a_link_that_stands_wants_a_look_and_the_second_is_believed() {
    let app = TestApp::new().await;
    let mut admin = app.checked_admin(Script::Gaps).await;
    app.clock.advance(1000);
    app.ukg.answers(Script::Fails(ProblemCode::CredentialsRejected));

    admin.post("check", &[]).await;
    assert_eq!(standing(&app, &admin).await, "attention nobody credentials_rejected");
    assert_eq!(admin.get("check").await.codes(), ["credentials_rejected"]);
    assert_eq!(admin.get("done").await.link_status(), "attention");
    admin.post("check", &[]).await;
    assert_eq!(standing(&app, &admin).await, "broken customer credentials_rejected");
    assert_eq!(admin.get("done").await.link_status(), "broken");
    admin.post("check", &[]).await;

    assert_eq!(app.ukg.calls(), 3, "then it is not sent again");
    assert_eq!(standing(&app, &admin).await, "broken customer credentials_rejected");
}

#[tokio::test]
async fn a_required_permission_that_is_gone_is_told_at_once_and_believed_the_second_time() {
    let app = TestApp::new().await;
    let mut admin = app.linked_admin().await;
    app.ukg.answers(Script::RequiredMissing);

    admin.post("check", &[]).await;
    assert_eq!(standing(&app, &admin).await, "attention nobody permission_missing");
    admin.post("check", &[]).await;
    assert_eq!(standing(&app, &admin).await, "broken customer permission_missing");
    app.ukg.answers(Script::Linked);
    admin.post("check", &[]).await;

    assert_eq!(standing(&app, &admin).await, "linked nobody none");
}

#[tokio::test]
async fn a_refusal_that_does_not_come_again_is_forgotten() {
    let app = TestApp::new().await;
    let mut admin = app.linked_admin().await;
    app.ukg.answers(Script::Fails(ProblemCode::CredentialsRejected));
    admin.post("check", &[]).await;
    assert_eq!(standing(&app, &admin).await, "attention nobody credentials_rejected");
    app.ukg.answers(Script::Linked);

    admin.post("check", &[]).await;

    assert_eq!(standing(&app, &admin).await, "linked nobody none");
}

#[tokio::test]
async fn a_running_check_shows_itself_and_loads_the_page_again() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;
    admin.save_two().await;
    app.ukg.hold();
    let mut tab = admin.clone();

    let domain = [("url", URL)];
    tokio::join!(admin.post("domain", &domain), async {
        app.ukg.called(1).await;
        let page = tab.get("check").await;
        assert_eq!(page.status, StatusCode::OK);
        assert_eq!(page.refresh(), Some("2"));
        assert_eq!(page.link_status(), "checking");
        assert!(
            page.permissions().iter().all(|(_, result)| ["unchecked", "untestable"].contains(result)),
            "nothing is known yet"
        );
        assert!(page.codes().is_empty());
        assert!(!page.text().contains("type=\"submit\""));
        assert_eq!(page.attribute("data-live"), ["check/events"]);
        app.ukg.release();
    });

    let page = tab.get("check").await;
    assert_eq!((page.link_status(), page.refresh()), ("linked", None));
}

#[tokio::test]
async fn a_form_waits_for_a_slow_check_only_for_a_moment() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;
    admin.save_two().await;
    app.ukg.hold();

    let began = std::time::Instant::now();
    let answer = admin.post("domain", &[("url", URL)]).await;

    assert_eq!(answer.location(), admin.path("check"));
    assert!(began.elapsed() < Duration::from_secs(10));
    assert_eq!(admin.get("check").await.link_status(), "checking");
}

#[tokio::test]
async fn a_check_goes_on_when_the_page_is_closed() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;
    admin.save_two().await;
    app.ukg.hold();
    let mut tab = admin.clone();
    let domain = [("url", URL)];

    tokio::select! {
        _ = admin.post("domain", &domain) => panic!("it waits for the check"),
        () = app.ukg.called(1) => {}
    }
    app.ukg.release();

    while app.stored_status(tab.link).await == "checking" {
        tokio::task::yield_now().await;
    }
    assert_eq!(tab.get("check").await.link_status(), "linked");
}

#[tokio::test]
async fn after_a_restart_in_the_middle_of_a_check_the_administrator_goes_on() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;
    admin.save_two().await;
    app.ukg.hold();
    let domain = [("url", URL)];
    tokio::select! {
        _ = admin.post("domain", &domain) => panic!("it waits for the check"),
        () = app.ukg.called(1) => {}
    }
    assert_eq!(app.stored_status(admin.link).await, "checking");

    let again = app.restarted().await;

    let mut back = again.admin_of(admin.invite.clone()).await;
    let page = back.get("check").await;
    assert_eq!((page.link_status(), page.refresh()), ("in_progress", None));
    assert!(page.text().contains("Check now"));
    back.post("check", &[]).await;
    assert_eq!(again.stored_status(back.link).await, "linked");
    assert_eq!((again.ukg.calls(), again.audited("check_abandoned").await), (1, 1));
    assert_eq!(again.ukg.last_asked(), ["service4.ultipro.com", KEY, USERNAME, PASSWORD]);
}

#[tokio::test]
async fn a_check_cut_short_by_a_restart_leaves_a_link_with_gaps_as_it_was() {
    let app = TestApp::new().await;
    let mut admin = app.checked_admin(Script::Gaps).await;
    app.ukg.hold();
    tokio::select! {
        _ = admin.post("check", &[]) => panic!("it waits for the check"),
        () = app.ukg.called(2) => {}
    }

    let again = app.restarted().await;

    assert_eq!(standing(&again, &admin).await, "linked_with_gaps customer permission_missing");
}

// Fails without the audit entry for each credential in `Services::start_check`.
#[tokio::test]
async fn every_opening_of_an_envelope_has_its_audit_entry() {
    let app = TestApp::new().await;
    let mut admin = app.checked_admin(Script::Gaps).await;
    admin.post("check", &[]).await;
    app.ukg.answers(Script::Fails(ProblemCode::CredentialsRejected));
    for _ in 0..3 {
        admin.post("check", &[]).await;
    }

    let checks = app.ukg.calls();

    assert_eq!(checks, 4);
    assert_eq!(app.audited("credentials_opened").await, 3 * checks);
    assert_eq!((app.audited("check_started").await, app.audited("check_finished").await), (checks, checks));
    let twice = "SELECT count(*) || '' FROM (SELECT detail FROM audit_entry WHERE action = 'credentials_opened' \
                 GROUP BY detail HAVING count(*) > 1) AS twice";
    assert_eq!(app.value(twice).await, "0", "each names its field and its check");
}

#[tokio::test]
async fn looking_at_pages_opens_no_envelope() {
    let app = TestApp::new().await;
    let mut admin = app.checked_admin(Script::Gaps).await;
    let mut owner = app.as_staff(Role::Owner).await;
    let before = app.dump().await;

    for page in ["key", "account", "domain", "check", "done"] {
        assert_eq!(admin.get(page).await.status, StatusCode::OK);
    }
    owner.get("/desk").await;
    owner.get(&format!("/desk/links/{}", admin.link)).await;

    assert_eq!(app.dump().await, before);
}

#[tokio::test]
async fn a_key_file_that_cannot_open_a_link_is_our_fault_and_loses_nothing() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;
    admin.save_two().await;
    let file = app.folder().join("master.key");
    std::fs::remove_file(&file).unwrap();
    vault::Keyring::create_file(&file).unwrap();
    let again = app.restarted().await;
    let mut back = again.admin_of(admin.invite.clone()).await;

    let answer = back.post("domain", &[("url", URL)]).await;

    assert_eq!(answer.location(), back.path("check"));
    assert_eq!(again.ukg.calls(), 0);
    assert_eq!(standing(&again, &back).await, "in_progress us ukg_unexpected");
    assert_eq!(again.dump().await.table("sealed_value").len(), 3);
    assert_eq!(back.get("check").await.status, StatusCode::OK);
}

// Fails without the task of its own in `Services::ask`: the link would be `checking` until the next start.
#[tokio::test]
async fn a_check_that_breaks_in_our_own_code_ends_as_our_fault_and_can_be_tried_again() {
    let app = TestApp::new().await;
    let mut admin = app.checked_admin(Script::Panics).await;

    let page = admin.get("check").await;

    assert_eq!(standing(&app, &admin).await, "in_progress us ukg_unexpected");
    assert_eq!((page.link_status(), page.refresh()), ("in_progress", None));
    app.ukg.answers(Script::Linked);
    admin.post("check", &[]).await;
    assert_eq!(app.stored_status(admin.link).await, "linked");
}

#[tokio::test]
async fn a_check_that_was_lost_holds_nobody_up_for_longer_than_a_minute_and_a_half() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;
    admin.save_two().await;
    app.ukg.hold();
    let domain = [("url", URL)];
    tokio::select! {
        _ = admin.post("domain", &domain) => panic!("it waits for the check"),
        () = app.ukg.called(1) => {}
    }
    app.clock.advance(89_998);
    admin.post("check", &[]).await;
    assert_eq!(app.ukg.calls(), 1);

    let mut tab = admin.clone();
    tokio::join!(admin.post("check", &[]), async {
        app.ukg.called(2).await;
        app.ukg.release();
    });

    assert_eq!(app.stored_status(tab.link).await, "linked");
    assert_eq!((app.audited("check_abandoned").await, app.audited("check_started").await), (1, 2));
    assert_eq!(tab.get("check").await.link_status(), "linked");
}

// Fails without `Keeping::is_known` in `steps`, or without `changed` in `Services::save_address`.
#[tokio::test]
async fn a_form_that_changes_nothing_asks_ukg_pro_nothing() {
    let app = TestApp::new().await;
    let mut admin = app.checked_admin(Script::Fails(ProblemCode::UkgTimeout)).await;
    let saved = app.audited("step_saved").await;
    let forms: [(&str, &[(&str, &str)]); 6] = [
        ("key", &[("key", "")]),
        ("key", &[("key", KEY)]),
        ("account", &[("username", ""), ("password", "")]),
        ("account", &[("username", USERNAME), ("password", PASSWORD)]),
        ("domain", &[("url", URL)]),
        ("domain", &[("url", "https://SERVICE4.ultipro.com/")]),
    ];

    for (step, fields) in forms {
        assert_eq!(admin.post(step, fields).await.location(), admin.path("check"), "{fields:?}");
    }

    assert_eq!((app.ukg.calls(), app.audited("step_saved").await), (1, saved));
    assert_eq!(admin.get("check").await.codes(), ["ukg_timeout"]);
}

#[tokio::test]
async fn a_check_that_a_stop_cuts_short_can_be_asked_for_again_at_once() {
    let app = TestApp::new().await;
    let mut admin = app.linked_admin().await;
    admin.enter_password("Another+One(1)").await;
    let other = app.linked_admin().await;
    app.ukg.hold();
    let calls = app.ukg.calls();
    let mut tab = admin.clone();
    let asked = tokio::spawn(async move { tab.post("check", &[]).await });
    app.ukg.called(calls + 1).await;
    assert_eq!(admin.get("check").await.link_status(), "checking");

    app.services.abandon_own_checks().await.unwrap();

    assert_ne!(admin.get("check").await.link_status(), "checking");
    assert_eq!(app.stored_status(other.link).await, "linked", "and no other link is touched");
    assert_eq!(app.audited("check_abandoned").await, 1);
    app.ukg.release();
    asked.await.unwrap();
    let calls = app.ukg.calls();
    admin.post("check", &[]).await;
    assert_eq!(app.ukg.calls(), calls + 1, "nobody waits for the one that is gone");
}
