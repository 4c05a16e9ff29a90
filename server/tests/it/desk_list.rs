//! The desk's list: what its address asks for, page by page, searched, as a file, saved, and as it changes.

use std::collections::BTreeSet;
use std::time::Duration;

use axum::http::StatusCode;
use domain::{Permission, Role};

use crate::support::{Answer, Browser, TestApp, events_at};

const TWO_WEEKS: i64 = 14 * 86_400;

/// The ids of the rows, in their order.
fn ids(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.attribute("data-link-id").into_iter().map(str::to_owned).collect()
}

/// The address behind a link with this `rel`.
fn rel(answer: &Answer, name: &str) -> Option<String> {
    let before = answer.text().split(&format!(" rel=\"{name}\"")).next()?;
    (before.len() < answer.text().len()).then(|| {
        let href = before.rsplit("href=\"").next().unwrap();
        href.split('"').next().unwrap().replace("&amp;", "&")
    })
}

/// The address behind the link with this name.
fn link(answer: &Answer, name: &str) -> Option<String> {
    let before = answer.text().split(&format!(">{name}</a>")).next()?;
    (before.len() < answer.text().len())
        .then(|| before.rsplit("href=\"").next().unwrap().split('"').next().unwrap().replace("&amp;", "&"))
}

async fn invite(app: &TestApp, customer: &str) -> String {
    app.invite_to(None, customer, &[Permission::EmployeePersonDetails], TWO_WEEKS).await.link.to_string()
}

#[tokio::test]
async fn every_link_is_on_one_page_there_and_back_though_many_changed_at_one_time() {
    let app = TestApp::new().await;
    let mut made = Vec::new();
    for n in 0..117 {
        if n % 60 == 0 {
            app.clock.advance(1);
        }
        made.push(invite(&app, if n % 2 == 0 { "Alpha" } else { "beta" }).await);
    }
    let mut staff = app.as_staff(Role::Support).await;

    for sort in ["changed", "customer", "created"] {
        let mut page = staff.get(&format!("/desk?sort={sort}")).await;
        assert_eq!(rel(&page, "prev"), None);
        let (mut forth, mut sizes) = (ids(&page), vec![ids(&page).len()]);
        while let Some(next) = rel(&page, "next") {
            page = staff.get(&next).await;
            forth.extend(ids(&page));
            sizes.push(ids(&page).len());
        }
        assert_eq!(sizes, [50, 50, 17], "{sort}");
        assert_eq!(forth.iter().collect::<BTreeSet<_>>(), made.iter().collect::<BTreeSet<_>>(), "{sort}");
        let mut back = ids(&page);
        while let Some(previous) = rel(&page, "prev") {
            page = staff.get(&previous).await;
            back.splice(0..0, ids(&page));
        }
        assert_eq!(back, forth, "{sort}");
        assert_eq!(rel(&page, "prev"), None, "back at the start");

        let start = staff.get(&format!("/desk?sort={sort}")).await;
        let last = staff.get(&link(&start, "Last").unwrap()).await;
        assert_eq!(ids(&last), forth[67..], "{sort}");
        assert_eq!(rel(&last, "next"), None);
    }
}

#[tokio::test]
async fn a_page_beyond_the_end_leads_back_to_the_start() {
    let app = TestApp::new().await;
    for n in 0..51 {
        invite(&app, &format!("Customer {n}")).await;
    }
    let mut staff = app.as_staff(Role::Support).await;
    let start = staff.get("/desk").await;
    let second = staff.get(&rel(&start, "next").unwrap()).await;
    let beyond = rel(&start, "next").unwrap() + "&q=nobody";

    let page = staff.get(&beyond).await;

    assert_eq!(ids(&second).len(), 1);
    assert_eq!(ids(&page), Vec::<String>::new());
    assert!(page.text().contains("There is nothing further"), "{}", page.text());
    assert_eq!(link(&page, "Back to the first page").as_deref(), Some("/desk?q=nobody"));
}

#[tokio::test]
async fn a_search_takes_its_text_as_text() {
    let app = TestApp::new().await;
    app.clock.advance(1);
    let odd = invite(&app, "100%_sure \"AND\" (Söhne)").await;
    app.clock.advance(1);
    let plain = invite(&app, "1000 Sons").await;
    let by_mail = app.invite_to(Some("ops@wingtip.example"), "Wing", &[], TWO_WEEKS).await.link.to_string();
    let mut staff = app.as_staff(Role::Support).await;

    for (search, expected) in [
        ("100%25", vec![&odd]),
        ("0%25_s", vec![&odd]),
        ("%22AND%22", vec![&odd]),
        ("(s%C3%96hn", vec![&odd]),
        ("SONS", vec![&plain]),
        ("WINGTIP.exa", vec![&by_mail]),
        ("10", vec![&plain, &odd]),
        ("op", vec![&by_mail]),
        ("+100+", vec![&plain, &odd]),
        ("%25", vec![]),
        ("___", vec![]),
        ("*", vec![]),
        ("%22", vec![]),
        ("%22%22%22", vec![]),
        ("x'+OR+1=1--", vec![]),
        ("NEAR(Sons+1000)", vec![]),
        ("customer:Sons", vec![]),
    ] {
        let page = staff.get(&format!("/desk?q={search}")).await;
        assert_eq!(ids(&page).iter().collect::<Vec<_>>(), expected, "{search}");
    }
    let hostile = staff.get("/desk?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").await;
    assert!(hostile.text().contains("Nothing found") && !hostile.text().contains("<script>alert"));
    assert_eq!(ids(&staff.get(&format!("/desk?q={}", "x".repeat(5_000))).await), Vec::<String>::new());
}

#[tokio::test]
async fn who_is_stuck_is_found_counted_and_told_why() {
    let app = TestApp::new().await;
    invite(&app, "Waiting").await;
    let mut stuck = app.admin_of(app.invite_to(None, "Stuck", &[], TWO_WEEKS).await).await;
    for _ in 0..3 {
        stuck.post("key", &[("key", "ZK4WVR9120J8")]).await;
    }
    let mut staff = app.as_staff(Role::Support).await;

    let page = staff.get("/desk?stage=action").await;

    assert_eq!(ids(&page), [stuck.link.to_string()]);
    assert!(page.text().contains("Stuck at step 1: 3 times in a row"), "{}", page.text());
    assert!(page.text().contains("Pasted the User API Key"), "{}", page.text());
    assert!(page.text().contains("1 link needs someone to act."), "{}", page.text());
    assert!(!page.text().contains("ZK4WVR9120J8"));
    assert_eq!(page.codes(), ["key_is_user_api_key"]);
    assert_eq!(ids(&staff.get("/desk?who=customer&status=opened").await), [stuck.link.to_string()]);
    assert_eq!(ids(&staff.get("/desk?stage=underway").await).len(), 1);
}

#[tokio::test]
async fn a_link_that_no_invite_leads_to_is_ours_from_that_moment_on() {
    let app = TestApp::new().await;
    let link = app.invite_to(None, "Late", &[], 60).await.link.to_string();
    let mut staff = app.as_staff(Role::Support).await;
    assert_eq!(ids(&staff.get("/desk?who=us").await), Vec::<String>::new());

    app.clock.advance(60_000);
    let page = staff.get("/desk?who=us").await;

    assert_eq!(ids(&page), std::slice::from_ref(&link));
    assert_eq!(page.codes(), ["invite_expired"]);
    assert!(page.text().contains("Us: send a new invite"), "{}", page.text());
    assert_eq!(ids(&staff.get("/desk?who=customer").await), Vec::<String>::new());
    assert_eq!(
        ids(&staff.get("/desk?stage=action&status=invited&sort=created").await),
        std::slice::from_ref(&link)
    );
    app.invite_again(link.parse().unwrap()).await;
    assert_eq!(ids(&staff.get("/desk?who=us").await), Vec::<String>::new());
}

#[tokio::test]
async fn a_file_holds_the_whole_list_and_no_formula_and_is_noted() {
    let app = TestApp::new().await;
    for n in 0..620 {
        invite(&app, &format!("Contoso {n}")).await;
    }
    let hostile =
        ["=cmd|' /C calc'!A0", "+1+1", "-2", "@SUM(A1)", "＝1", "a,\"b\";c", "<script>alert(1)</script>"];
    for name in hostile {
        invite(&app, name).await;
    }
    let mut staff = app.as_staff(Role::Support).await;

    let file = staff.get("/desk/export.csv").await;

    assert_eq!(file.header("content-type"), Some("text/csv; charset=utf-8; header=present"));
    assert!(file.header("content-disposition").unwrap().starts_with("attachment; filename=\"links-20"));
    let lines: Vec<&str> = file.text().split("\r\n").collect();
    assert!(lines[0].starts_with("\u{feff}id,customer,email,"), "{}", lines[0]);
    assert_eq!(lines.len(), 1 + 627 + 1, "every link, and nothing after the last line");
    for cell in file.text().split([',', '\n']) {
        let cell = cell.trim_matches(['"', '\r', '\u{feff}']);
        assert!(!cell.starts_with(['=', '+', '-', '@', '＝']), "{cell}");
    }
    assert!(file.text().contains(",\"'=cmd|' /C calc'!A0\","), "{}", file.text());
    assert!(file.text().contains(",\"a,\"\"b\"\";c\","));
    let some = staff.get("/desk/export.csv?q=contoso+61&sort=customer").await;
    let names: Vec<&str> = some.text().lines().skip(1).map(|line| line.split(',').nth(1).unwrap()).collect();
    assert_eq!(names.first(), Some(&"Contoso 61"));
    assert_eq!(names.len(), 11);
    assert_eq!(app.audited("links_exported").await, 2);
    let noted =
        app.value("SELECT detail FROM audit_entry WHERE action = 'links_exported' ORDER BY position").await;
    assert_eq!(noted, "every link,q=contoso+61&sort=customer");
}

#[tokio::test]
async fn what_was_entered_and_who_looks_after_it_are_told_in_the_row_and_in_the_file() {
    let app = TestApp::new().await;
    let mut stuck = app.admin_of(app.invite_to(None, "Stuck", &[], TWO_WEEKS).await).await;
    stuck.post("key", &[("key", "ZK4WVR9120J8")]).await;
    let mut staff = app.as_staff(Role::Support).await;
    let before = staff.get("/desk/export.csv").await;
    assert!(before.text().trim_end().ends_with(",,\"12 characters, letters, digits\""), "{}", before.text());
    let me = app.value("SELECT id FROM staff").await;
    staff.post(&format!("/desk/links/{}/assignee", stuck.link), &[("staff", &me)]).await;
    let email = app.value("SELECT email FROM staff").await;

    let page = staff.get("/desk").await;
    let file = staff.get("/desk/export.csv").await;

    assert!(page.text().contains(">12 characters, letters, digits</small>"), "{}", page.text());
    assert!(page.text().contains(&format!("title=\"{email}\"")) && page.text().contains("You</small>"));
    assert!(!page.text().contains("ZK4WVR9120J8"), "the value is on the page");
    assert!(file.text().lines().next().is_some_and(|names| names.ends_with(",linked_at,assignee,entered")));
    let ends = format!(",{email},\"12 characters, letters, digits\"");
    assert!(file.text().trim_end().ends_with(&ends), "{}", file.text());
}

#[tokio::test]
async fn a_view_is_saved_for_oneself_shown_replaced_and_deleted() {
    let app = TestApp::new().await;
    invite(&app, "Contoso").await;
    let mut staff = app.as_staff(Role::Support).await;
    let mut other = app.as_staff(Role::Owner).await;
    let save = async |staff: &mut Browser, name: &str, query: &str| {
        staff.post("/desk/views", &[("name", name), ("query", query)]).await
    };

    let saved = save(&mut staff, " <b>Stuck</b> ", "sort=customer&stage=action&x=1&after=end").await;

    assert_eq!(saved.location(), "/desk?stage=action&sort=customer", "as the list itself would write it");
    let page = staff.get("/desk").await;
    assert_eq!(link(&page, "&lt;b&gt;Stuck&lt;/b&gt;").as_deref(), Some("/desk?stage=action&sort=customer"));
    assert!(!other.get("/desk").await.text().contains("Stuck"));
    save(&mut staff, "<b>Stuck</b>", "//evil.example").await;
    let page = staff.get("/desk").await;
    assert_eq!(link(&page, "&lt;b&gt;Stuck&lt;/b&gt;").as_deref(), Some("/desk"));
    for name in ["", "   ", "a\nb", &"x".repeat(41)] {
        let refused = save(&mut staff, name, "").await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(refused.text().contains("Give the view a name"), "{name}");
    }
    for n in 1..20 {
        assert_eq!(save(&mut staff, &format!("View {n}"), "").await.location(), "/desk");
    }
    assert!(save(&mut staff, "One more", "").await.text().contains("You have 20 saved views."));

    let deleted = staff.post("/desk/views/delete", &[("name", "<b>Stuck</b>"), ("query", "who=us")]).await;

    assert_eq!(deleted.location(), "/desk?who=us");
    assert!(!staff.get("/desk").await.text().contains("Stuck"));
    assert_eq!(app.audited("views_changed").await, 22);
}

#[tokio::test]
async fn the_list_arrives_anew_when_a_link_changed_and_only_then() {
    let app = TestApp::new().await;
    invite(&app, "First").await;
    let staff = app.as_staff(Role::Support).await;
    let mut stream = events_at(&app.router, &staff, "/desk/events?q=contoso").await;
    let (name, first) = stream.next().await.unwrap();
    assert_eq!(name, "list");
    assert!(first.contains("Nothing found") && first.contains("data-part=\"rows\""), "{first}");

    let quiet = tokio::time::timeout(Duration::from_secs(5), stream.next()).await;
    assert!(quiet.is_err(), "nothing changed: {quiet:?}");
    let link = invite(&app, "Contoso <Health>").await;

    let (_, second) = stream.next().await.unwrap();
    assert!(second.contains(&link) && second.contains("Contoso &lt;Health&gt;"), "{second}");
    assert!(!second.contains("name=\"q\""), "what is typed is left alone");
}

#[tokio::test]
async fn a_stream_ends_with_its_session_keeps_none_alive_and_does_not_come_in_hordes() {
    let app = TestApp::new().await;
    let mut staff = app.as_staff(Role::Support).await;
    let mut streams = Vec::new();
    for _ in 0..6 {
        streams.push(events_at(&app.router, &staff, "/desk/events").await);
    }
    assert_eq!(staff.get("/desk/events").await.status, StatusCode::TOO_MANY_REQUESTS);
    drop(streams.pop());
    let mut stream = events_at(&app.router, &staff, "/desk/events").await;
    stream.next().await.unwrap();

    app.clock.advance(31 * 60 * 1000);

    assert_eq!(stream.next().await, None, "the session was not used for half an hour");
    assert_eq!(staff.get("/desk").await.location(), "/sign-in");
}
