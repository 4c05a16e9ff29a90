//! Letters that are owed: they go out once, to the right address, when they are still true; and how to get no more reminders.

use std::sync::Arc;

use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Method, StatusCode};
use domain::{LinkId, ProblemCode, Role};
use server::routes::STOP_REMINDERS;
use services::{Clock as _, Mail};
use storage::JobKind;

use crate::support::{
    Admin, Answer, Browser, FakeMailer, KEY, PASSWORD, Program, STAFF_PASSWORD, Script, TestApp, USERNAME,
    form, http,
};

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const REFUSED: Script = Script::Fails(ProblemCode::CredentialsRejected);

async fn with_link() -> (TestApp, Arc<FakeMailer>, Admin) {
    let (app, mailer) = TestApp::with_mail().await;
    let admin = app.linked_admin().await;
    app.mail_goes_out().await;
    (app, mailer, admin)
}

/// The next re-check, whenever that is.
async fn recheck(app: &TestApp) {
    let wait = app.services.next_job(JobKind::Recheck).await.unwrap().unwrap();
    app.clock.advance(wait);
    for job in app.services.take_jobs(JobKind::Recheck, 10).await.unwrap() {
        app.services.do_job(&job).await.unwrap();
    }
}

/// UKG Pro refuses the account, and is asked twice.
async fn breaks(app: &TestApp, link: LinkId) {
    app.ukg.answers(REFUSED);
    recheck(app).await;
    recheck(app).await;
    assert_eq!(app.stored_status(link).await, "broken");
}

/// The administrator enters another password, and UKG Pro accepts it.
async fn mends(app: &TestApp, admin: &mut Admin, password: &str) {
    app.ukg.answers(Script::Linked);
    admin.enter_password(password).await;
    assert_eq!(app.stored_status(admin.link).await, "linked");
}

fn subjects(mailer: &FakeMailer) -> Vec<String> {
    mailer.sent().into_iter().map(|mail| mail.subject).collect()
}

/// The path of the address in the mail that begins so.
fn path_in(mail: &Mail, begin: &str) -> String {
    let at = mail.text.split(&format!("https://link.example.com{begin}")).nth(1).unwrap();
    format!("{begin}{}", at.split('\n').next().unwrap())
}

const LINKED: &str = "Your UKG Pro is linked with Northwind Learning";
const BROKEN: &str = "Your UKG Pro link with Northwind Learning has stopped working";
const MENDED: &str = "Your UKG Pro link with Northwind Learning works again";

#[tokio::test]
async fn who_is_linked_reads_what_was_proven_and_how_to_come_back() {
    let (app, mailer, admin) = with_link().await;

    let [mail] = &mailer.sent()[..] else { panic!("{:?}", subjects(&mailer)) };
    assert_eq!((mail.subject.as_str(), mail.to.as_str()), (LINKED, "maria@contoso.example"));
    assert!(mail.text.contains("service4.ultipro.com"), "{}", mail.text);
    assert!(mail.text.contains("- Employee Person Details"), "{}", mail.text);
    assert!(mail.text.contains("It opens until"), "{}", mail.text);
    assert!(!mail.text.contains("/i/"), "no address is needed for it");
    assert!(app.desk(admin.link).await.text().contains("Mail sent: that the link is made"));
    assert_eq!(app.mail_goes_out().await, 0);
}

#[tokio::test]
async fn a_broken_link_is_told_once_with_the_reason_and_a_way_straight_to_it_and_so_is_its_mending() {
    let (app, mailer, mut admin) = with_link().await;
    breaks(&app, admin.link).await;
    app.mail_goes_out().await;

    assert_eq!(subjects(&mailer), [LINKED, BROKEN]);
    let broken = mailer.sent().remove(1);
    assert!(broken.text.contains("Key, username and password do not fit together"), "{}", broken.text);
    assert!(broken.text.contains("You get this once"), "{}", broken.text);
    for secret in [KEY, PASSWORD, USERNAME] {
        assert!(!broken.text.contains(secret) && !broken.html.contains(secret));
    }
    let mut browser = app.browser();
    let led = browser.post(&path_in(&broken, "/i/"), &[]).await.location().to_owned();
    assert!(led.starts_with(&format!("/link/{}", admin.link)), "{led}");
    let page = browser.get(&led).await;
    assert!(page.codes().contains(&"credentials_rejected"), "{led}: {:?}", page.codes());

    mends(&app, &mut admin, "Another+Pass(1)").await;
    app.mail_goes_out().await;
    assert_eq!(subjects(&mailer), [LINKED, BROKEN, MENDED]);
    assert_eq!(app.mail_goes_out().await, 0);
}

#[tokio::test]
async fn an_outage_is_no_reason_to_write_to_anybody() {
    let (app, mailer, admin) = with_link().await;
    app.ukg.answers(Script::Fails(ProblemCode::UkgUnavailable));
    recheck(&app).await;
    recheck(&app).await;
    assert_eq!(app.stored_status(admin.link).await, "attention");
    app.ukg.answers(Script::Linked);
    recheck(&app).await;
    app.mail_goes_out().await;

    assert_eq!(subjects(&mailer), [LINKED]);
}

#[tokio::test]
async fn what_became_untrue_before_it_could_be_mailed_is_not_mailed() {
    let (app, mailer, mut admin) = with_link().await;
    mailer.breaks();
    breaks(&app, admin.link).await;
    app.mail_goes_out().await;
    mends(&app, &mut admin, "Another+Pass(1)").await;
    app.mail_goes_out().await;
    mailer.mends();
    app.clock.advance(HOUR);
    app.mail_goes_out().await;

    assert_eq!(subjects(&mailer), [LINKED], "who was not told that it broke need not hear that it works");
    assert!(app.value("SELECT count(*) || '' FROM letter").await == "0");
}

// Fails without `wait_of` in `services/src/letters/contact.rs`.
#[tokio::test]
async fn a_link_that_breaks_and_mends_all_day_is_told_six_times() {
    let (app, mailer, mut admin) = with_link().await;
    app.clock.advance(DAY);
    let began = app.clock.now().as_millis();
    for n in 0..4 {
        app.database.change(&format!("UPDATE job SET due_at = {};", app.clock.now().as_millis())).await;
        breaks(&app, admin.link).await;
        app.mail_goes_out().await;
        if n < 3 {
            mends(&app, &mut admin, &format!("Another+Pass({n})")).await;
            app.mail_goes_out().await;
        }
    }
    assert!(app.clock.now().as_millis() - began < DAY, "the re-checks alone took a day");

    let told = [LINKED, BROKEN, MENDED, BROKEN, MENDED, BROKEN, MENDED];
    assert_eq!(subjects(&mailer), told, "the fourth time waits");
    app.clock.advance(DAY);
    app.mail_goes_out().await;
    assert_eq!(subjects(&mailer).last().map(String::as_str), Some(BROKEN), "and is told the day after");
}

#[tokio::test]
async fn a_mail_is_tried_for_a_day_and_then_given_up_where_staff_see_it() {
    let (app, mailer, admin) = with_link().await;
    mailer.breaks();
    breaks(&app, admin.link).await;
    let mut waits = Vec::new();
    app.mail_goes_out().await;
    while let Some(wait) = app.services.next_job(JobKind::Mail).await.unwrap() {
        waits.push(wait);
        app.clock.advance(wait);
        assert_eq!(app.mail_goes_out().await, 1);
    }

    let day: i64 = waits.iter().sum();
    assert!((DAY..DAY + 3 * HOUR).contains(&day), "{waits:?}");
    assert!((12..40).contains(&waits.len()) && waits[0] <= MINUTE, "{waits:?}");
    let depths = app.services.queue_depths().await.unwrap();
    assert!(depths.iter().any(|depth| depth.kind == JobKind::Mail && depth.dead == 1));
    let desk = app.desk(admin.link).await;
    assert!(desk.text().contains("Mail could not be sent for a day, and was given up"));
    assert_eq!(desk.text().matches("Mail could not be sent yet").count(), 1, "told once, not at each try");
    assert_eq!(
        app.value("SELECT count(*) || '' FROM invite WHERE link_id IN (SELECT link_id FROM letter)").await,
        "2"
    );
}

#[tokio::test]
async fn nothing_secret_waits_in_the_database() {
    let (app, mailer, admin) = with_link().await;
    mailer.breaks();
    breaks(&app, admin.link).await;
    app.mail_goes_out().await;
    let waiting = app.dump().await;
    mailer.mends();
    app.clock.advance(MINUTE);
    app.mail_goes_out().await;

    let token = path_in(&mailer.sent()[1], "/i/").replace("/i/", "");
    assert!(!format!("{:?}", waiting.table("letter")).contains("contoso"));
    assert!(waiting.table("letter").len() == 1 && !format!("{waiting:?}").contains(&token));
    assert!(!format!("{:?}", app.dump().await).contains(&token));
}

#[tokio::test]
async fn an_invite_that_the_mail_server_did_not_take_goes_out_later_with_the_same_address() {
    let (app, mailer) = TestApp::with_mail().await;
    let mut staff = app.as_staff(Role::Support).await;
    mailer.breaks();
    let fields = [("customer", "Fabrikam"), ("email", "m@fabrikam.example"), ("mail", "yes")];
    let page = staff.post("/desk/invites/new", &fields).await;
    assert!(page.text().contains("We try again for a day"), "{}", page.text());
    mailer.mends();
    assert_eq!(app.mail_goes_out().await, 0);
    app.clock.advance(MINUTE);
    app.mail_goes_out().await;

    let [mail] = &mailer.sent()[..] else { panic!("{:?}", subjects(&mailer)) };
    assert!(page.text().contains(path_in(mail, "/i/").as_str()), "the address that was shown");
    assert_eq!(app.audited("invite_created").await, 1);
    app.clock.advance(HOUR);
    assert_eq!(app.mail_goes_out().await, 0);
}

#[tokio::test]
async fn an_invite_that_was_mailed_at_once_is_not_mailed_again() {
    let (app, mailer) = TestApp::with_mail().await;
    let admin = app.admin().await;
    let mut staff = app.as_staff(Role::Support).await;
    let fields = [("customer", "Fabrikam"), ("email", "m@fabrikam.example"), ("mail", "yes")];
    staff.post("/desk/invites/new", &fields).await;
    staff.post(&format!("/desk/links/{}/invite", admin.link), &[("how", "mail")]).await;
    app.clock.advance(HOUR);

    assert_eq!((app.mail_goes_out().await, mailer.sent().len()), (0, 2));
}

#[tokio::test]
async fn an_invite_that_was_withdrawn_meanwhile_is_not_mailed() {
    let (app, mailer) = TestApp::with_mail().await;
    let mut staff = app.as_staff(Role::Support).await;
    let table = "customer,email\nFabrikam,m@fabrikam.example\n";
    staff.post("/desk/invites/bulk", &[("table", table), ("do", "make"), ("mail", "yes")]).await;
    let link: LinkId = app.value("SELECT id FROM link").await.parse().unwrap();
    staff.post(&format!("/desk/links/{link}/withdraw"), &[]).await;
    app.mail_goes_out().await;

    assert!(mailer.sent().is_empty());
}

#[tokio::test]
async fn a_link_without_an_address_owes_nothing() {
    let (app, mailer) = TestApp::with_mail().await;
    let invite = app.invite_to(None, "Contoso Health", &domain::Permission::ALL, 14 * 86_400).await;
    let mut admin = app.admin_of(invite).await;
    admin.save_all().await;
    breaks(&app, admin.link).await;

    assert_eq!((app.mail_goes_out().await, mailer.sent().len()), (0, 0));
}

// Killed with a mail server that does not answer, it starts again with one that does.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_owed_when_the_server_was_killed_is_mailed_after_the_next_start() {
    let mut program = Program::ready();
    // A mail server that takes connections and says nothing.
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    program.set("LINKDESK_SMTP_URL", &format!("smtp://{}", silent.local_addr().unwrap()));
    program.set("LINKDESK_MAIL_FROM", "linkdesk@northwind.example");
    let added = ["staff", "add", "--email", "sam@northwind.example", "--role", "support", "--password-stdin"];
    assert!(program.run_with_input(&added, STAFF_PASSWORD).status.success());
    program.serve().await;
    let address = program.address();
    let sign_in = form(&[("email", "sam@northwind.example"), ("password", STAFF_PASSWORD)]);
    let signed_in = http(address, "POST", "/sign-in", "", &sign_in).await.unwrap();
    let cookies = signed_in.lines().filter_map(|line| line.strip_prefix("set-cookie: "));
    let cookies: Vec<&str> = cookies.filter_map(|line| line.split(';').next()).collect();
    let table = "customer,email\nFabrikam,m@fabrikam.example\nTailspin,t@tailspin.example\n";
    let fields = form(&[("table", table), ("do", "make"), ("mail", "yes")]);
    let made = http(address, "POST", "/desk/invites/bulk", &cookies.join("; "), &fields).await.unwrap();
    assert!(made.starts_with("HTTP/1.1 200") && made.contains("2 are being mailed."), "{made}");
    program.kill();

    let folder = program.path("mails");
    program.set("LINKDESK_SMTP_URL", &format!("file://{}", folder.display()));
    program.serve().await;
    let mails = || {
        std::fs::read_dir(&folder).map_or(0, |files| {
            files
                .filter(|file| {
                    file.as_ref().is_ok_and(|file| file.path().extension().is_some_and(|e| e == "eml"))
                })
                .count()
        })
    };
    // A job that was being worked on is due again half a minute later.
    for _ in 0..900 {
        if mails() == 2 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }

    assert_eq!(mails(), 2);
}

/// A reminder that was mailed: the application, its mail, and the link.
async fn reminded() -> (TestApp, Arc<FakeMailer>, Mail, LinkId) {
    let (app, mailer) = TestApp::with_mail().await;
    let mut staff = app.as_staff(Role::Support).await;
    let fields =
        [("customer", "Fabrikam"), ("email", "maria@fabrikam.example"), ("days", "60"), ("remind", "3")];
    let page = staff.post("/desk/invites/new", &fields).await;
    let link = page.attribute("data-link-id")[0].parse().unwrap();
    app.clock.advance(3 * DAY);
    app.services.send_due_reminders().await.unwrap();
    app.mail_goes_out().await;
    let mail = mailer.sent().remove(0);
    (app, mailer, mail, link)
}

/// As a mail program does it: from nowhere, with no cookie.
async fn one_click(browser: &mut Browser, path: &str) -> Answer {
    let body = Body::from("List-Unsubscribe=One-Click");
    let kind = "application/x-www-form-urlencoded";
    browser.send(Method::POST, path, body, |request| request.header(CONTENT_TYPE, kind)).await
}

async fn reminders_until_day_ten(app: &TestApp, mailer: &FakeMailer) -> usize {
    for _ in 0..7 {
        app.clock.advance(DAY);
        app.services.send_due_reminders().await.unwrap();
        app.mail_goes_out().await;
    }
    mailer.sent().len()
}

#[tokio::test]
async fn one_click_in_the_mail_program_stops_reminders_and_the_desk_says_so() {
    let (app, mailer, mail, link) = reminded().await;
    let path = path_in(&mail, "/reminders/");
    assert_eq!(mail.unsubscribe, Some(format!("https://link.example.com{path}")));

    let answer = one_click(&mut app.browser(), &path).await;

    assert_eq!((answer.status, answer.set_cookie()), (StatusCode::OK, None));
    assert_eq!(one_click(&mut app.browser(), &path).await.status, StatusCode::OK, "twice is fine");
    assert_eq!(app.audited("reminders_stopped").await, 1);
    assert_eq!(reminders_until_day_ten(&app, &mailer).await, 1);
    let desk = app.desk(link).await;
    assert!(desk.text().contains("They want no more reminders"), "{}", desk.text());
    assert!(desk.text().contains("None: they stopped them on"), "{}", desk.text());
}

#[tokio::test]
async fn looking_at_the_page_changes_nothing_and_its_buttons_do() {
    let (app, mailer, mail, _) = reminded().await;
    let path = path_in(&mail, "/reminders/");
    let before = app.dump().await;
    let mut browser = app.browser();

    let page = browser.get(&path).await;
    assert_eq!((page.status, page.heading()), (StatusCode::OK, "No more reminders?"));
    assert!(!page.text().contains(path.rsplit('/').next().unwrap()), "the address stands nowhere in it");
    assert_eq!(app.dump().await, before);

    assert_eq!(browser.post(&path, &[]).await.location(), path);
    assert_eq!(browser.get(&path).await.heading(), "You get no more reminders");
    assert_eq!(browser.post(&format!("{path}?again"), &[]).await.location(), path);
    assert_eq!(browser.get(&path).await.heading(), "No more reminders?");
    assert_eq!(app.audited("reminders_wanted").await, 1);
    assert_eq!(reminders_until_day_ten(&app, &mailer).await, 2);
}

#[tokio::test]
async fn a_reminder_on_its_way_is_not_sent_to_whoever_stopped_them() {
    let (app, mailer, mail, _) = reminded().await;
    app.clock.advance(3 * DAY);
    assert_eq!(app.services.send_due_reminders().await.unwrap(), 1);
    one_click(&mut app.browser(), &path_in(&mail, "/reminders/")).await;
    app.mail_goes_out().await;

    assert_eq!(mailer.sent().len(), 1);
}

// `is_one_click` without its path, or with every method: fails in `cross_site` too.
#[tokio::test]
async fn from_elsewhere_reminders_can_be_stopped_and_nothing_else_and_only_with_the_address() {
    let (app, _, mail, _) = reminded().await;
    assert_eq!(STOP_REMINDERS, "/reminders/{token}");
    let path = path_in(&mail, "/reminders/");
    let (before, token) = (app.dump().await, path.rsplit('/').next().unwrap().to_owned());
    let mut wrong: Vec<String> =
        ["x", "AAAA", &"A".repeat(64), &"A".repeat(10_000)].map(str::to_owned).to_vec();
    for at in [0, 20, 30, 45, 63] {
        let other = if token.as_bytes()[at] == b'A' { "B" } else { "A" };
        let mut changed = token.clone();
        changed.replace_range(at..=at, other);
        wrong.push(changed);
    }
    wrong.push(format!("{token}A"));
    wrong.push(token[..63].to_owned());

    for token in wrong {
        let answer = one_click(&mut app.browser(), &format!("/reminders/{token}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{token}");
    }
    assert_eq!(app.dump().await, before);
    // From elsewhere `?again` is no way back in.
    one_click(&mut app.browser(), &format!("{path}?again")).await;
    assert_eq!((app.audited("reminders_stopped").await, app.audited("reminders_wanted").await), (1, 0));
}

/// A staff member who looks after the link, with these wishes.
async fn caring(app: &TestApp, link: LinkId, wishes: &[(&str, &str)]) -> Browser {
    let mut staff = app.as_staff(Role::Support).await;
    let me = app.value("SELECT id FROM staff WHERE role = 'support'").await;
    staff.post(&format!("/desk/links/{link}/assignee"), &[("staff", &me)]).await;
    staff.post("/desk/account/mail", wishes).await;
    staff
}

fn to_staff(mailer: &FakeMailer) -> Vec<Mail> {
    mailer.sent().into_iter().filter(|mail| mail.to.as_str().ends_with("@northwind.example")).collect()
}

#[tokio::test]
async fn whoever_looks_after_a_link_hears_that_it_broke_and_others_do_not() {
    let (app, mailer, admin) = with_link().await;
    app.as_staff(Role::Owner).await;
    caring(&app, admin.link, &[]).await;
    breaks(&app, admin.link).await;
    app.mail_goes_out().await;
    assert!(to_staff(&mailer).is_empty(), "it is gathered for two minutes");
    app.clock.advance(2 * MINUTE);
    app.mail_goes_out().await;

    let [mail] = &to_staff(&mailer)[..] else { panic!("{:?}", subjects(&mailer)) };
    assert_eq!(
        (mail.to.as_str(), mail.subject.as_str()),
        ("support@northwind.example", "Contoso Health is broken")
    );
    let page = format!("https://link.example.com/desk/links/{}\n", admin.link);
    assert!(mail.text.contains(&page) && !mail.text.contains("/i/"), "{}", mail.text);
    assert!(mail.text.contains("/desk/account/mail"));
    app.clock.advance(DAY);
    app.mail_goes_out().await;
    assert_eq!(to_staff(&mailer).len(), 1);
}

#[tokio::test]
async fn what_happens_within_ten_minutes_of_a_mail_is_one_more_mail() {
    let (app, mailer, first) = with_link().await;
    caring(&app, first.link, &[("linked", "every"), ("broken", "every")]).await;
    for _ in 0..2 {
        app.linked_admin().await;
    }
    app.clock.advance(2 * MINUTE);
    app.mail_goes_out().await;
    assert_eq!(to_staff(&mailer).len(), 1);
    for _ in 0..3 {
        app.linked_admin().await;
        app.clock.advance(MINUTE);
        app.mail_goes_out().await;
    }
    assert_eq!(to_staff(&mailer).len(), 1);
    app.clock.advance(10 * MINUTE);
    app.mail_goes_out().await;

    let subjects: Vec<_> = to_staff(&mailer).into_iter().map(|mail| mail.subject).collect();
    assert_eq!(subjects, ["News of 2 links", "News of 3 links"]);
}

// Fails when only an endpoint of webhooks makes an expired invite news.
#[tokio::test]
async fn an_invite_that_ran_out_is_news_with_no_endpoint_to_tell() {
    let (app, mailer, admin) = with_link().await;
    caring(&app, admin.link, &[("linked", "nothing"), ("needs_us", "every")]).await;
    app.invite_for("Fabrikam", &[], 3_600).await;
    app.clock.advance(60 * MINUTE);
    app.services.tell_of_time().await.unwrap();
    app.clock.advance(2 * MINUTE);
    app.mail_goes_out().await;

    let mails = to_staff(&mailer);
    assert_eq!(mails.len(), 1);
    assert!(mails[0].text.contains("Fabrikam"), "{}", mails[0].text);
}

#[tokio::test]
async fn who_wants_nothing_gets_nothing_and_neither_does_a_closed_account() {
    let (app, mailer, admin) = with_link().await;
    caring(&app, admin.link, &[("broken", "nothing"), ("linked", "nothing")]).await;
    breaks(&app, admin.link).await;
    app.clock.advance(DAY);
    app.mail_goes_out().await;
    assert!(to_staff(&mailer).is_empty());

    let (app, mailer, admin) = with_link().await;
    caring(&app, admin.link, &[]).await;
    breaks(&app, admin.link).await;
    let mut owner = app.as_staff(Role::Owner).await;
    let id = app.value("SELECT id FROM staff WHERE role = 'support'").await;
    owner.post(&format!("/desk/settings/staff/{id}"), &[("do", "close")]).await;
    app.clock.advance(DAY);
    app.mail_goes_out().await;
    assert!(to_staff(&mailer).is_empty());
    assert_eq!(app.value("SELECT count(*) || '' FROM notice").await, "0");
}

#[tokio::test]
async fn somebody_stuck_is_told_to_who_wants_it_and_not_once_it_is_over() {
    for over in [false, true] {
        let (app, mailer) = TestApp::with_mail().await;
        let mut admin = app.admin().await;
        caring(&app, admin.link, &[("stuck", "mine"), ("linked", "nothing")]).await;
        for _ in 0..3 {
            admin.post("key", &[("key", "maria@contoso.example")]).await;
        }
        if over {
            admin.save_all().await;
        }
        app.clock.advance(2 * MINUTE);
        app.mail_goes_out().await;

        let expected = if over { vec![] } else { vec!["Contoso Health is stuck".to_owned()] };
        let told: Vec<_> = to_staff(&mailer).into_iter().map(|mail| mail.subject).collect();
        assert_eq!(told, expected);
    }
}

#[tokio::test]
async fn the_account_page_says_what_one_is_mailed_about_and_the_form_changes_it() {
    let app = TestApp::new().await;
    let mut staff = app.as_staff(Role::Support).await;
    let page = staff.get("/desk/account").await;
    let usual = "A link you look after is linked, a link you look after is broken.";
    assert!(page.text().contains(usual), "{}", page.text());

    let fields = [("linked", "nothing"), ("broken", "every"), ("needs_us", "nonsense")];
    assert_eq!(staff.post("/desk/account/mail", &fields).await.location(), "/desk/account?done=mail");

    assert!(staff.get("/desk/account").await.text().contains("Any link is broken."));
    let form = staff.get("/desk/account/mail").await;
    assert!(form.text().contains("No mail server is set up here"), "{}", form.text());
    assert_eq!(app.audited("mail_wishes_changed").await, 1);
    staff.post("/desk/account/mail", &fields).await;
    assert_eq!(app.audited("mail_wishes_changed").await, 1, "nothing changed");
}
