//! One link at the desk: what staff see of it, and what they do for the customer.

use axum::http::StatusCode;
use domain::{LinkId, ProblemCode, Role};

use crate::support::{Admin, Answer, Browser, PASSWORD, Script, TestApp};

const HOSTILE: &str = "</textarea></option><script>alert(1)</script>\"'&";

fn page(link: LinkId) -> String {
    format!("/desk/links/{link}")
}

async fn act(staff: &mut Browser, link: LinkId, what: &str, fields: &[(&str, &str)]) -> Answer {
    staff.post(&format!("{}/{what}", page(link)), fields).await
}

/// Does it, and reads what the link's page says then.
async fn done(staff: &mut Browser, link: LinkId, what: &str, fields: &[(&str, &str)]) -> (String, Answer) {
    let to = act(staff, link, what, fields).await.location().to_owned();
    let answer = staff.get(&to).await;
    let said = answer.attribute("data-said").first().map(|said| (*said).to_owned());
    (said.unwrap_or_default(), answer)
}

fn token_in(text: &str) -> &str {
    text.split("/i/").nth(1).unwrap().get(..43).unwrap()
}

async fn gapped_admin(app: &TestApp) -> Admin {
    app.checked_admin(Script::Gaps).await
}

#[tokio::test]
async fn the_timeline_tells_who_did_what_and_how_long_it_took() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;
    app.clock.advance(60_000);
    admin.post("key", &[("key", "QX7MCD0000K0")]).await;
    app.clock.advance(180_000);
    admin.save_all().await;

    let desk = app.desk(admin.link).await;

    let text = desk.text();
    for part in
        ["Command line", "Customer", "Linkdesk", "4 min on this step", "12 characters, letters, digits"]
    {
        assert!(text.contains(part), "{part}");
    }
    assert!(text.contains("<b>That is a User API Key</b>"), "the very sentence she read");
    assert!(!text.contains("QX7MCD0000K0"), "never the value");
}

#[tokio::test]
async fn a_check_with_gaps_says_what_was_missing_and_the_day_is_marked() {
    let app = TestApp::new().await;
    let admin = gapped_admin(&app).await;

    let desk = app.desk(admin.link).await;

    assert!(desk.text().contains("View is not ticked for PTO Plan Integration"), "{}", desk.text());
    assert!(desk.text().contains("aria-label=\"Granted on 1 day.\""));
    assert!(desk.text().contains("missing on 2 March."));
    assert_eq!(desk.text().matches("strip__bad").count(), 6 + 1, "six missing rows, and the legend");
}

#[tokio::test]
async fn a_long_timeline_is_read_on_and_loses_nothing() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;
    for _ in 0..70 {
        app.clock.advance(1_000);
        admin.post("key", &[("key", "QX7MCD0000K0")]).await;
    }
    let mut staff = app.as_staff(Role::Support).await;

    let newest = staff.get(&page(admin.link)).await;
    let attempts = |answer: &Answer| answer.text().matches("timeline__shape").count();
    assert_eq!(attempts(&newest), 60);
    let before = newest.text().split("?before=").nth(1).unwrap().split('#').next().unwrap().to_owned();
    let earlier = staff.get(&format!("{}?before={before}", page(admin.link))).await;

    assert_eq!(attempts(&earlier), 10);
    assert!(earlier.text().contains("Invite made") && !newest.text().contains("Invite made"));
    assert!(earlier.text().contains(">Newest<") && !earlier.text().contains("?before="));
    for nonsense in ["aud_x", "%00", &format!("aud_{}", "0".repeat(32))] {
        let answer = staff.get(&format!("{}?before={nonsense}", page(admin.link))).await;
        assert_eq!(answer.status, StatusCode::OK, "{nonsense}");
    }
}

#[tokio::test]
async fn staff_check_again_by_the_same_rules_as_the_customer() {
    let app = TestApp::new().await;
    let admin = app.linked_admin().await;
    let mut staff = app.as_staff(Role::Support).await;
    app.clock.advance(1_000);

    let (said, desk) = done(&mut staff, admin.link, "check", &[]).await;

    assert_eq!((said.as_str(), desk.link_status(), app.ukg.calls()), ("checked", "linked", 2));
    assert_eq!(
        app.value("SELECT actor_kind FROM audit_entry WHERE action = 'check_started'").await,
        "customer,staff"
    );
    assert!(desk.text().contains("support@northwind.example"));
}

#[tokio::test]
async fn a_check_that_is_held_back_says_why_and_staff_cannot_say_it_was_mended() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;
    app.ukg.answers(Script::Fails(ProblemCode::CredentialsRejected));
    admin.save_all().await;
    let mut staff = app.as_staff(Role::Support).await;
    let (calls, refused) = (app.ukg.calls(), app.ukg.refused(PASSWORD));

    let shown = staff.get(&page(admin.link)).await;
    assert_eq!(shown.attribute("data-held"), ["refused"]);
    assert!(!shown.text().contains(&format!("action=\"{}/check\"", page(admin.link))));
    let (said, _) = done(&mut staff, admin.link, "check", &[("mended", "yes")]).await;

    assert_eq!(said, "held");
    assert_eq!((app.ukg.calls(), app.ukg.refused(PASSWORD)), (calls, refused), "nothing was sent");
}

#[tokio::test]
async fn without_all_values_and_while_one_runs_no_check_is_started() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;
    let mut staff = app.as_staff(Role::Support).await;

    assert_eq!(done(&mut staff, admin.link, "check", &[]).await.0, "not_ready");

    app.ukg.hold();
    admin.save_two().await;
    let mut other = admin.clone();
    let running = tokio::spawn(async move { other.post("domain", &[("url", crate::support::URL)]).await });
    app.ukg.called(1).await;
    let (said, desk) = done(&mut staff, admin.link, "check", &[]).await;
    assert_eq!((said.as_str(), app.ukg.calls()), ("checking", 1));
    assert_eq!(desk.refresh(), Some("2"), "the page comes back for the outcome by itself");
    app.ukg.release();
    running.await.unwrap();
}

#[tokio::test]
async fn a_fresh_invite_is_shown_once_and_lets_her_in() {
    let app = TestApp::new().await;
    let admin = app.linked_admin().await;
    let mut staff = app.as_staff(Role::Support).await;

    let shown = act(&mut staff, admin.link, "invite", &[("how", "show")]).await;

    assert_eq!((shown.status, shown.header("cache-control")), (StatusCode::OK, Some("no-store")));
    let token = token_in(shown.text()).to_owned();
    let started = app.post(&format!("/i/{token}"), &[]).await;
    assert_eq!(started.location(), admin.path("done"), "a link that stands leads to where it stands");
    assert!(!staff.get(&page(admin.link)).await.text().contains(&token));
    assert!(!app.dump().await.contains(&token), "only its hash is kept");
    let made = "SELECT actor_kind FROM audit_entry WHERE action = 'invite_created' ORDER BY position";
    assert_eq!(app.value(made).await, "command_line,staff");
}

#[tokio::test]
async fn a_fresh_invite_is_mailed_to_the_contact_and_to_nobody_else() {
    let (app, mailer) = TestApp::with_mail().await;
    let admin = app.admin().await;
    let mut staff = app.as_staff(Role::Support).await;

    let fields = [("how", "mail"), ("to", "eve@evil.example"), ("email", "eve@evil.example")];
    assert_eq!(done(&mut staff, admin.link, "invite", &fields).await.0, "mailed");

    let [mail] = &mailer.sent()[..] else { panic!() };
    assert_eq!(mail.to.as_str(), "maria@contoso.example");
    assert_eq!(app.get(&format!("/i/{}", token_in(&mail.text))).await.status, StatusCode::OK);
    mailer.breaks();
    app.clock.advance(60_000);
    let (said, desk) = done(&mut staff, admin.link, "invite", &[("how", "mail")]).await;
    assert_eq!(said, "not_mailed");
    assert!(desk.text().contains("Mail could not be sent"));
}

#[tokio::test]
async fn without_mail_or_contact_nothing_is_made_that_nobody_gets() {
    let app = TestApp::new().await;
    let admin = app.admin().await;
    let mut staff = app.as_staff(Role::Support).await;
    let invites = app.dump().await.table("invite").len();

    assert_eq!(done(&mut staff, admin.link, "invite", &[("how", "mail")]).await.0, "no_mail");
    assert_eq!(act(&mut staff, admin.link, "invite", &[]).await.location(), page(admin.link));

    assert_eq!(app.dump().await.table("invite").len(), invites);
}

#[tokio::test]
async fn withdrawn_invites_let_nobody_in_and_end_their_sessions() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;
    let mut staff = app.as_staff(Role::Support).await;

    assert_eq!(done(&mut staff, admin.link, "withdraw", &[]).await.0, "withdrawn");

    assert_eq!(app.get(&admin.invite.path()).await.codes(), ["invite_revoked"]);
    assert_eq!(admin.get("key").await.status, StatusCode::NOT_FOUND);
    assert_eq!(done(&mut staff, admin.link, "withdraw", &[]).await.0, "nothing_to_withdraw");
    assert_eq!(app.audited("invite_revoked").await, 1);
}

#[tokio::test]
async fn a_reply_is_drafted_from_the_real_failure_and_mailed_with_a_link_that_works() {
    let (app, mailer) = TestApp::with_mail().await;
    let mut admin = app.admin().await;
    admin.post("key", &[("key", "QX7MCD0000K0")]).await;
    let mut staff = app.as_staff(Role::Support).await;

    let draft = staff.get(&format!("{}/reply", page(admin.link))).await;
    assert!(
        draft.text().contains("User API Key") && draft.text().contains("[fresh link]"),
        "{}",
        draft.text()
    );
    let fields = [("subject", "Your key"), ("body", "Hello,\r\n\r\n[fresh link]"), ("how", "mail")];
    assert_eq!(done(&mut staff, admin.link, "reply", &fields).await.0, "mailed");

    let [mail] = &mailer.sent()[..] else { panic!() };
    assert_eq!((mail.to.as_str(), mail.subject.as_str()), ("maria@contoso.example", "Your key"));
    assert!(mail.text.starts_with("Hello,\n\nhttps://link.example.com/i/"), "{}", mail.text);
    assert_eq!(app.get(&format!("/i/{}", token_in(&mail.text))).await.status, StatusCode::OK);
    assert!(!app.dump().await.contains("Your key"), "what staff write to a customer is not kept");
}

#[tokio::test]
async fn a_reply_without_a_place_makes_no_invite_and_a_broken_one_loses_no_word() {
    let (app, mailer) = TestApp::with_mail().await;
    let admin = app.admin().await;
    let mut staff = app.as_staff(Role::Support).await;
    let invites = app.dump().await.table("invite").len();

    let plain = [("subject", "Hello"), ("body", "All is well."), ("how", "mail")];
    assert_eq!(done(&mut staff, admin.link, "reply", &plain).await.0, "mailed");
    assert_eq!(app.dump().await.table("invite").len(), invites);
    assert!(!mailer.sent()[0].text.contains("/i/"));

    mailer.breaks();
    app.clock.advance(60_000);
    let failed =
        act(&mut staff, admin.link, "reply", &[("subject", "A"), ("body", HOSTILE), ("how", "mail")]).await;
    assert!(failed.text().contains("Nothing you wrote is lost"));
    assert!(failed.text().contains("&lt;/textarea&gt;&lt;/option&gt;&lt;script&gt;"));
    assert!(!failed.text().contains("<script>alert"));
    let refused =
        act(&mut staff, admin.link, "reply", &[("subject", "a\r\nBcc: x"), ("body", "b"), ("how", "mail")])
            .await;
    assert!(refused.text().contains("It needs a subject of one line"));
}

#[tokio::test]
async fn a_reply_to_copy_has_the_link_filled_in_once() {
    let app = TestApp::new().await;
    let admin = app.admin().await;
    let mut staff = app.as_staff(Role::Support).await;

    let fields = [("subject", "Hello"), ("body", "Here: [fresh link]"), ("how", "copy")];
    let filled = act(&mut staff, admin.link, "reply", &fields).await;

    assert!(!filled.text().contains("Here: [fresh link]"));
    assert_eq!(app.get(&format!("/i/{}", token_in(filled.text()))).await.status, StatusCode::OK);
}

#[tokio::test]
async fn notes_are_text_and_only_their_author_takes_them_away() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;
    let (mut support, mut owner) = (app.as_staff(Role::Support).await, app.as_staff(Role::Owner).await);

    let (said, desk) = done(&mut support, admin.link, "notes", &[("note", HOSTILE)]).await;

    assert_eq!(said, "noted");
    assert!(desk.text().contains("&lt;script&gt;alert(1)") && !desk.text().contains("<script>alert"));
    assert!(!admin.get("key").await.text().contains("alert(1)"), "only staff see it");
    let delete = desk.text().split("/notes/not_").nth(1).unwrap().split('"').next().unwrap();
    let delete = format!("notes/not_{delete}");
    assert!(!owner.get(&page(admin.link)).await.text().contains(&delete));
    assert_eq!(done(&mut owner, admin.link, &delete, &[]).await.0, "not_now");
    assert_eq!(done(&mut support, admin.link, &delete, &[]).await.0, "note_gone");
    assert_eq!(app.dump().await.table("link_note").len(), 0);
    assert_eq!((app.audited("note_added").await, app.audited("note_deleted").await), (1, 1));
    for bad in ["", "   ", &"x".repeat(2001)] {
        assert_eq!(done(&mut support, admin.link, "notes", &[("note", bad)]).await.0, "note_refused");
    }
}

#[tokio::test]
async fn a_link_is_given_to_somebody_of_the_staff_and_back() {
    let app = TestApp::new().await;
    let admin = app.admin().await;
    let mut staff = app.as_staff(Role::Support).await;
    let me = app.value("SELECT id FROM staff").await;

    assert_eq!(done(&mut staff, admin.link, "assignee", &[("staff", &me)]).await.0, "assigned");
    assert_eq!(app.value("SELECT assignee FROM link").await, me);
    for unknown in ["maria", &format!("stf_{}", "0".repeat(32))] {
        assert_eq!(done(&mut staff, admin.link, "assignee", &[("staff", unknown)]).await.0, "no_such_staff");
    }
    let (_, desk) = done(&mut staff, admin.link, "assignee", &[("staff", "")]).await;

    assert_eq!(app.value("SELECT ifnull(assignee, 'nobody') FROM link").await, "nobody");
    assert!(desk.text().contains("Given to support@northwind.example"));
    assert_eq!(app.audited("assigned").await, 2, "giving it to nobody unknown is not kept");
}

#[tokio::test]
async fn a_paused_link_asks_nothing_says_so_and_goes_on_as_it_stood() {
    let app = TestApp::new().await;
    let mut admin = gapped_admin(&app).await;
    let mut staff = app.as_staff(Role::Support).await;
    let calls = app.ukg.calls();

    let (said, desk) = done(&mut staff, admin.link, "pause", &[]).await;
    assert_eq!((said.as_str(), desk.link_status()), ("paused", "paused"));
    admin.post("check", &[]).await;
    admin.enter_password("Another+Pass(1)").await;
    assert_eq!(done(&mut staff, admin.link, "check", &[]).await.0, "not_ready");
    assert_eq!(app.ukg.calls(), calls, "nothing is asked");
    let receipt = admin.get("done").await;
    assert_eq!(receipt.link_status(), "paused");
    assert!(receipt.text().contains("nothing is asked of UKG Pro until they let it go on"));
    assert_eq!(done(&mut staff, admin.link, "pause", &[]).await.0, "not_now");

    let (said, desk) = done(&mut staff, admin.link, "resume", &[]).await;

    assert_eq!((said.as_str(), desk.link_status()), ("resumed", "linked_with_gaps"));
    assert_eq!(app.value("SELECT problem FROM link").await, "permission_missing");
    assert_eq!(done(&mut staff, admin.link, "resume", &[]).await.0, "not_now");
    assert_eq!((app.audited("paused").await, app.audited("resumed").await), (1, 1));
}

#[tokio::test]
async fn a_link_is_not_paused_while_a_check_runs_nor_before_it_stands() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;
    let mut staff = app.as_staff(Role::Support).await;
    assert_eq!(done(&mut staff, admin.link, "pause", &[]).await.0, "not_now");
    admin.save_all().await;
    app.ukg.hold();
    let mut other = admin.clone();
    let running = tokio::spawn(async move { other.post("check", &[]).await });
    app.ukg.called(2).await;

    assert_eq!(done(&mut staff, admin.link, "pause", &[]).await.0, "busy");

    app.ukg.release();
    running.await.unwrap();
    assert_eq!(app.stored_status(admin.link).await, "linked");
}

#[tokio::test]
async fn only_an_owner_who_types_the_name_ends_a_link_and_the_certificate_never_changes() {
    let app = TestApp::new().await;
    let admin = app.linked_admin().await;
    let (mut support, mut owner) = (app.as_staff(Role::Support).await, app.as_staff(Role::Owner).await);
    let before = app.dump().await;
    let name = [("customer", "Contoso Health")];

    assert_eq!(act(&mut support, admin.link, "end", &name).await.status, StatusCode::FORBIDDEN);
    for wrong in ["", "contoso health", "Contoso", HOSTILE] {
        let asked = act(&mut owner, admin.link, "end", &[("customer", wrong)]).await;
        assert!(asked.text().contains("That is not the customer’s name"), "{wrong}");
        assert!(!asked.text().contains("<script>alert"));
    }
    assert_eq!(app.dump().await, before, "nothing was destroyed");

    let (said, desk) = done(&mut owner, admin.link, "end", &name).await;

    assert_eq!((said.as_str(), desk.link_status()), ("ended", "disconnected"));
    let dump = app.dump().await;
    assert!(dump.table("sealed_value").is_empty() && dump.table("link_key").is_empty());
    let at = desk.text().split("/certificate/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let at = format!("{}/certificate/{at}", page(admin.link));
    let certificate = support.get(&at).await;
    for part in [
        "Contoso Health",
        "owner@northwind.example",
        "2 March 2026, 10:00 UTC",
        "the service account's password",
    ] {
        assert!(certificate.text().contains(part), "{part}: {}", certificate.text());
    }
    assert!(
        certificate
            .header("content-disposition")
            .unwrap()
            .starts_with("attachment; filename=\"certificate-aud_")
    );
    app.clock.advance(1_000_000);
    assert_eq!(support.get(&at).await.body, certificate.body);
    let asked = act(&mut owner, admin.link, "end", &name).await;
    assert!(asked.location().starts_with("/desk/confirm"), "long after, it is asked again who it is");
    let mut owner = app.as_staff(Role::Owner).await;
    assert_eq!(done(&mut owner, admin.link, "end", &name).await.0, "not_now");
}

#[tokio::test]
async fn the_customers_own_ending_has_a_certificate_too_and_no_other_entry_has() {
    let app = TestApp::new().await;
    let mut admin = app.linked_admin().await;
    admin.post("disconnect", &[("confirm", "yes")]).await;
    let mut staff = app.as_staff(Role::Support).await;
    let ids = app.value("SELECT id FROM audit_entry WHERE link_id IS NOT NULL").await;

    let ended = app.value("SELECT id FROM audit_entry WHERE action = 'disconnected'").await;
    for id in ids.split(',') {
        let answer = staff.get(&format!("{}/certificate/{id}", page(admin.link))).await;
        assert_eq!(answer.status == StatusCode::OK, id == ended, "{id}");
    }
    let other = app.linked_admin().await;
    let foreign = staff.get(&format!("{}/certificate/{ended}", page(other.link))).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_preview_is_marked_and_can_do_nothing() {
    let app = TestApp::new().await;
    let mut staff = app.as_staff(Role::Support).await;
    let before = app.dump().await;

    let index = staff.get("/desk/preview").await;
    let names: Vec<_> =
        index.attribute("href").into_iter().filter_map(|href| href.strip_prefix("/desk/preview/")).collect();
    assert!(names.len() > 50);
    for name in names {
        let answer = staff.get(&format!("/desk/preview/{name}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{name}");
        let text = answer.text();
        assert!(text.contains("Preview · made-up data"), "{name}");
        for directive in ["default-src 'none'", "form-action 'none'", "connect-src 'none'"] {
            assert!(answer.policy().contains(directive), "{name}: {}", answer.policy());
        }
        assert_eq!(answer.policy().matches("form-action").count(), 1);
        assert!(!text.contains("type=\"module\""), "{name}: no script of ours");
        let main = text.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
        assert!(!main.contains(" action=\"") && !main.contains(" href=\"/"), "{name}");
    }
    assert_eq!(staff.get("/desk/preview/nothing").await.status, StatusCode::NOT_FOUND);
    assert_eq!(app.dump().await, before);
}

#[tokio::test]
async fn what_is_said_of_a_link_that_is_not_there_is_that_there_is_none() {
    let app = TestApp::new().await;
    let mut owner = app.as_staff(Role::Owner).await;
    let before = app.dump().await;
    let unknown = format!("/desk/links/lnk_{}", "0".repeat(32));

    for (what, fields) in [
        ("invite", [("how", "show")]),
        ("invite", [("how", "mail")]),
        ("reply", [("body", "x")]),
        ("notes", [("note", "x")]),
        ("assignee", [("staff", "")]),
        ("pause", [("x", "")]),
        ("resume", [("x", "")]),
        ("end", [("customer", "x")]),
    ] {
        let answer = owner.post(&format!("{unknown}/{what}"), &fields).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{what}");
        let malformed = owner.post(&format!("/desk/links/lnk_x/{what}"), &fields).await;
        assert_eq!(malformed.status, StatusCode::NOT_FOUND, "{what}");
    }

    assert_eq!(app.dump().await, before);
}
