//! Links are checked again by themselves, and their status stays true: what is a fault is never told as a refusal, what is
//! refused is confirmed once and then left alone.

use domain::{LinkId, LinkStatus, ProblemCode, WhoActs};
use services::Operator;
use storage::{Job, JobKind, Link};

use crate::support::{PASSWORD, Script, TestApp};

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;
const REFUSED: Script = Script::Fails(ProblemCode::CredentialsRejected);
const DOWN: Script = Script::Fails(ProblemCode::UkgUnavailable);

/// Does every re-check that is due; how many.
async fn recheck(app: &TestApp) -> usize {
    let jobs = app.services.take_jobs(JobKind::Recheck, 100).await.unwrap();
    for job in &jobs {
        app.services.do_job(job).await.unwrap();
    }
    jobs.len()
}

/// The same, once the next one is due.
async fn next_recheck(app: &TestApp) -> usize {
    let wait = app.services.next_job(JobKind::Recheck).await.unwrap().unwrap();
    app.clock.advance(wait);
    recheck(app).await
}

async fn shown(app: &TestApp, link: LinkId) -> Link {
    app.services.show_link_here(Operator::at_command_line(), link).await.unwrap().unwrap().link
}

/// Where the link stands, who acts, and what is in the way.
async fn standing(app: &TestApp, link: LinkId) -> (LinkStatus, WhoActs, Option<ProblemCode>) {
    let link = shown(app, link).await;
    (link.status, link.who_acts, link.problem)
}

async fn due_in(app: &TestApp) -> Option<i64> {
    app.services.next_job(JobKind::Recheck).await.unwrap()
}

#[tokio::test]
async fn a_link_that_works_is_checked_once_a_day_and_stays_as_it_is() {
    let app = TestApp::new().await;
    let admin = app.linked_admin().await;
    let before = app.ukg.calls();

    for day in 1..=3 {
        let wait = due_in(&app).await.unwrap();
        assert!((DAY * 9 / 10..=DAY * 11 / 10).contains(&wait), "{wait}");
        assert_eq!(recheck(&app).await, 0, "not before its time");
        assert_eq!(next_recheck(&app).await, 1);
        assert_eq!(app.ukg.calls(), before + day);
    }

    assert_eq!(standing(&app, admin.link).await, (LinkStatus::Linked, WhoActs::Nobody, None));
}

#[tokio::test]
async fn the_desk_names_the_permission_that_was_lost_and_folds_checks_that_found_the_same() {
    let app = TestApp::new().await;
    let admin = app.linked_admin().await;
    for _ in 0..3 {
        next_recheck(&app).await;
    }
    app.ukg.answers(DOWN);
    next_recheck(&app).await;
    app.ukg.answers(Script::RequiredMissing);
    while standing(&app, admin.link).await.0 != LinkStatus::Broken {
        next_recheck(&app).await;
    }

    let page = app.desk(admin.link).await;
    let text = page.text();
    assert_eq!(text.matches("Check started").count(), 1, "the one that she asked for: {text}");
    assert!(text.contains("Checked 3 times since") && text.contains("Could not be checked"), "{text}");
    assert!(text.contains("timeline__item--warn") && !text.contains("They read:"), "{text}");
    assert!(text.contains("Ticks View for Employee Person Details, and checks again."), "{text}");
    assert!(text.contains("Last checked") && !text.contains("Seen last"));
    let list = app.as_staff(domain::Role::Support).await.get("/desk").await;
    assert!(list.text().contains("Customer: tick View for Employee Person Details"), "{}", list.text());
}

#[tokio::test]
async fn links_that_were_made_together_are_not_checked_together() {
    let app = TestApp::new().await;
    for _ in 0..4 {
        app.linked_admin().await;
    }
    next_recheck(&app).await;

    let mut apart = 0;
    for _ in 0..3 {
        apart += i64::from(due_in(&app).await.unwrap() > MINUTE);
        next_recheck(&app).await;
    }

    assert!(apart >= 2, "{apart}");
}

#[tokio::test]
async fn a_fault_asks_for_a_look_and_never_breaks_a_link() {
    let app = TestApp::new().await;
    let admin = app.linked_admin().await;
    app.ukg.answers(DOWN);

    for _ in 0..12 {
        next_recheck(&app).await;
        let expected = (LinkStatus::Attention, WhoActs::Ukg, Some(ProblemCode::UkgUnavailable));
        assert_eq!(standing(&app, admin.link).await, expected);
        assert!(due_in(&app).await.unwrap() <= 80 * MINUTE, "it is tried again sooner than usual");
    }

    app.ukg.answers(Script::Linked);
    next_recheck(&app).await;
    assert_eq!(standing(&app, admin.link).await, (LinkStatus::Linked, WhoActs::Nobody, None));
    assert!(due_in(&app).await.unwrap() >= DAY * 9 / 10, "and as often as before");
}

#[tokio::test]
async fn a_refusal_is_confirmed_once_and_then_nothing_is_asked_with_that_password() {
    let app = TestApp::new().await;
    let admin = app.linked_admin().await;
    app.ukg.answers(REFUSED);

    next_recheck(&app).await;
    let once = (LinkStatus::Attention, WhoActs::Nobody, Some(ProblemCode::CredentialsRejected));
    assert_eq!(standing(&app, admin.link).await, once);
    assert_eq!(due_in(&app).await, Some(10 * MINUTE), "it is confirmed after a delay");

    next_recheck(&app).await;
    let twice = (LinkStatus::Broken, WhoActs::Customer, Some(ProblemCode::CredentialsRejected));
    assert_eq!(standing(&app, admin.link).await, twice);
    assert_eq!(due_in(&app).await, None);
    assert!(app.ukg.refused(PASSWORD) <= 4, "{}", app.ukg.refused(PASSWORD));
    let calls = app.ukg.calls();

    app.clock.advance(30 * DAY);
    app.services.schedule_rechecks().await.unwrap();
    assert_eq!((recheck(&app).await, app.ukg.calls()), (0, calls));
}

#[tokio::test]
async fn a_refusal_that_was_a_mistake_passes() {
    let app = TestApp::new().await;
    let admin = app.linked_admin().await;
    app.ukg.answers(REFUSED);
    next_recheck(&app).await;
    app.ukg.answers(Script::Linked);

    next_recheck(&app).await;

    assert_eq!(standing(&app, admin.link).await, (LinkStatus::Linked, WhoActs::Nobody, None));
}

#[tokio::test]
async fn a_refusal_after_a_fault_is_the_first() {
    let app = TestApp::new().await;
    let admin = app.linked_admin().await;
    app.ukg.answers(DOWN);
    next_recheck(&app).await;
    app.ukg.answers(REFUSED);

    next_recheck(&app).await;

    assert_eq!(standing(&app, admin.link).await.0, LinkStatus::Attention, "it is confirmed first");
}

#[tokio::test]
async fn a_fault_while_a_refusal_waits_to_be_confirmed_changes_nothing() {
    let app = TestApp::new().await;
    let admin = app.linked_admin().await;
    app.ukg.answers(REFUSED);
    next_recheck(&app).await;
    app.ukg.answers(DOWN);
    next_recheck(&app).await;
    let still = (LinkStatus::Attention, WhoActs::Nobody, Some(ProblemCode::CredentialsRejected));
    assert_eq!(standing(&app, admin.link).await, still);

    app.ukg.answers(REFUSED);
    next_recheck(&app).await;

    assert_eq!(standing(&app, admin.link).await.0, LinkStatus::Broken);
    assert!(app.ukg.refused(PASSWORD) <= 4);
}

#[tokio::test]
async fn a_permission_that_is_lost_is_a_gap_and_one_that_comes_back_is_none() {
    let app = TestApp::new().await;
    let admin = app.linked_admin().await;
    app.ukg.answers(Script::Gaps);

    next_recheck(&app).await;
    let gaps = (LinkStatus::LinkedWithGaps, WhoActs::Customer, Some(ProblemCode::PermissionMissing));
    assert_eq!(standing(&app, admin.link).await, gaps);

    app.ukg.answers(Script::Linked);
    next_recheck(&app).await;
    assert_eq!(standing(&app, admin.link).await.0, LinkStatus::Linked);
}

#[tokio::test]
async fn a_link_that_broke_is_checked_again_once_it_is_mended() {
    let app = TestApp::new().await;
    let mut admin = app.linked_admin().await;
    app.ukg.answers(REFUSED);
    next_recheck(&app).await;
    next_recheck(&app).await;
    assert_eq!(due_in(&app).await, None);

    app.ukg.answers(Script::Linked);
    admin.post("account", &[("username", "LinkdeskService"), ("password", "Another+Pass(1)")]).await;
    admin.post("check", &[]).await;

    assert_eq!(standing(&app, admin.link).await.0, LinkStatus::Linked);
    assert!(due_in(&app).await.is_some());
}

#[tokio::test]
async fn a_re_check_looks_at_what_is_in_use_and_not_at_what_is_to_replace_it() {
    let app = TestApp::new().await;
    let mut admin = app.linked_admin().await;
    app.ukg.answers_to("Another+Pass(1)", REFUSED);
    admin.post("account", &[("username", "LinkdeskService"), ("password", "Another+Pass(1)")]).await;
    admin.post("check", &[]).await;
    assert_eq!(standing(&app, admin.link).await.0, LinkStatus::Linked, "what is in use stays in use");
    let refused = app.ukg.refused("Another+Pass(1)");

    next_recheck(&app).await;

    assert_eq!(app.ukg.last_asked()[3], PASSWORD);
    assert_eq!(app.ukg.refused("Another+Pass(1)"), refused);
    assert_eq!(standing(&app, admin.link).await.0, LinkStatus::Linked);
}

#[tokio::test]
async fn a_link_that_is_paused_or_ended_is_not_checked() {
    let app = TestApp::new().await;
    let mut admin = app.linked_admin().await;
    admin.post("disconnect", &[("confirm", "yes")]).await;
    assert_eq!(standing(&app, admin.link).await.0, LinkStatus::Disconnected);
    assert_eq!(due_in(&app).await, None);
}

#[tokio::test]
async fn who_lost_the_job_changes_nothing() {
    let app = TestApp::new().await;
    let admin = app.linked_admin().await;
    app.clock.advance(due_in(&app).await.unwrap());
    app.ukg.answers(REFUSED);
    app.ukg.hold();
    let slow: Job = app.services.take_jobs(JobKind::Recheck, 1).await.unwrap().remove(0);
    let late = tokio::spawn({
        let (services, job) = (app.services.clone(), slow.clone());
        async move { services.do_job(&job).await }
    });
    app.ukg.called(2).await;

    // As if the machine had slept: somebody else has the job now.
    app.clock.advance(services::LEASE_MS);
    let other = app.services.take_jobs(JobKind::Recheck, 1).await.unwrap();
    assert_eq!(other.len(), 1);
    app.ukg.release();
    late.await.unwrap().unwrap();

    assert_eq!(standing(&app, admin.link).await, (LinkStatus::Linked, WhoActs::Nobody, None));
    assert_eq!(
        app.services.next_job(JobKind::Recheck).await.unwrap(),
        Some(services::LEASE_MS),
        "it is the other's"
    );
}

#[tokio::test]
async fn a_host_that_fails_for_everybody_is_left_alone_and_its_links_keep_their_status() {
    let app = TestApp::new().await;
    let mut links = Vec::new();
    for _ in 0..20 {
        links.push(app.linked_admin().await.link);
    }
    let before = app.ukg.calls();
    app.ukg.answers(DOWN);
    app.clock.advance(2 * DAY);

    assert_eq!(recheck(&app).await, 20);

    assert_eq!(app.ukg.calls() - before, 5, "the rest is not asked");
    let mut attention = 0;
    for link in &links {
        attention += usize::from(standing(&app, *link).await.0 == LinkStatus::Attention);
    }
    assert_eq!(attention, 5);

    // One asks after a while; while that fails nobody else does.
    app.clock.advance(MINUTE);
    recheck(&app).await;
    assert_eq!(app.ukg.calls() - before, 6);

    app.ukg.answers(Script::Linked);
    for _ in 0..40 {
        app.clock.advance(30 * MINUTE);
        recheck(&app).await;
    }
    for link in &links {
        assert_eq!(standing(&app, *link).await.0, LinkStatus::Linked);
    }
}

#[tokio::test]
async fn links_of_an_earlier_version_are_checked_too() {
    let app = TestApp::new().await;
    let admin = app.linked_admin().await;
    app.database.change("DELETE FROM job").await;
    assert_eq!(due_in(&app).await, None);

    app.services.schedule_rechecks().await.unwrap();

    assert!((0..DAY).contains(&due_in(&app).await.unwrap()));
    next_recheck(&app).await;
    assert_eq!(app.ukg.calls(), 2);
    assert_eq!(standing(&app, admin.link).await.0, LinkStatus::Linked);
}

#[tokio::test]
async fn a_re_check_that_finds_nothing_new_does_not_move_the_link_in_the_list() {
    let app = TestApp::new().await;
    let admin = app.linked_admin().await;
    let before = shown(&app, admin.link).await.changed_at;

    next_recheck(&app).await;

    assert_eq!(shown(&app, admin.link).await.changed_at, before);
}
