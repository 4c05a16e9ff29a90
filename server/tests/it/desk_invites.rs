//! Invites made at the desk: one by a form, many by a table.

use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Method, StatusCode};
use domain::Role;

use crate::support::{Answer, Browser, TestApp};

const NEW: &str = "/desk/invites/new";
const BULK: &str = "/desk/invites/bulk";
const HOSTILE: &str = "</textarea><script>alert(1)</script>\"><img src=x onerror=alert(1)>'";

const SHORT: &str = "\"><script>alert(1)</script>";

async fn support() -> (TestApp, Browser) {
    let app = TestApp::new().await;
    app.services.seed_presets().await.unwrap();
    let browser = app.as_staff(Role::Support).await;
    (app, browser)
}

/// The paths of the invites that a page or file shows, in order and once each.
fn invites(answer: &Answer) -> Vec<String> {
    let plain = |c: &char| c.is_ascii_alphanumeric() || "-_".contains(*c);
    let mut found: Vec<String> = Vec::new();
    for rest in answer.text().split("/i/").skip(1) {
        let path = format!("/i/{}", rest.chars().take_while(plain).collect::<String>());
        if !found.contains(&path) {
            found.push(path);
        }
    }
    found
}

async fn rows(app: &TestApp, table: &str) -> usize {
    app.dump().await.table(table).len()
}

/// Sends a file as a browser does.
async fn upload(browser: &mut Browser, fields: &[(&str, &str)], file: &[u8]) -> Answer {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(
            format!("--b\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
        );
    }
    body.extend(b"--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n");
    body.extend(file);
    body.extend(b"\r\n--b--\r\n");
    let finish = |request: axum::http::request::Builder| {
        request
            .header("sec-fetch-site", "same-origin")
            .header(CONTENT_TYPE, "multipart/form-data; boundary=b")
    };
    browser.send(Method::POST, BULK, Body::from(body), finish).await
}

#[tokio::test]
async fn an_invite_made_at_the_desk_opens_with_everything_that_was_asked_for() {
    let (app, mut staff) = support().await;
    let fields = [
        ("customer", "Fabrikam & Söhne"),
        ("email", "Maria@Fabrikam.example"),
        ("reference", "T-4711"),
        ("permission", "payroll_integration"),
        ("permission", "pto_plan_integration"),
        ("days", "5"),
        ("language", "en"),
        ("note", "Hello Maria,\r\nwe spoke on Monday."),
    ];

    let page = staff.post(NEW, &fields).await;

    assert_eq!((page.status, page.header("cache-control")), (StatusCode::OK, Some("no-store")));
    let paths = invites(&page);
    assert_eq!(paths.len(), 1, "{}", page.text());
    let welcome = app.get(&paths[0]).await;
    assert!(welcome.text().contains("A note from Northwind Learning"));
    assert!(welcome.text().contains("Hello Maria,\nwe spoke on Monday."), "{}", welcome.text());
    let kept = app.value("SELECT contact || reference || permissions || language FROM link").await;
    assert_eq!(
        kept,
        "maria@fabrikam.exampleT-4711employee_person_details,pto_plan_integration,payroll_integrationen"
    );
    assert_eq!(
        app.value("SELECT (expires_at - created_at) || '' FROM invite").await,
        (5 * 86_400_000).to_string()
    );
    let who = "SELECT count(*) FROM audit_entry WHERE action = 'invite_created' AND actor_id LIKE 'stf_%'";
    assert_eq!(app.value(&format!("SELECT ({who}) || ''")).await, "1");
    assert!(app.post(&paths[0], &[]).await.location().ends_with("/key"));
}

#[tokio::test]
async fn the_address_is_told_once_and_kept_nowhere() {
    let (app, mut staff) = support().await;

    let page = staff.post(NEW, &[("customer", "Fabrikam")]).await;

    let token = invites(&page)[0].replace("/i/", "");
    assert!(!app.dump().await.contains(&token));
    let link = page.attribute("data-link-id")[0].to_owned();
    for path in ["/desk", NEW, BULK, &format!("/desk/links/{link}")] {
        assert!(!staff.get(path).await.text().contains(&token), "{path}");
    }
}

#[tokio::test]
async fn each_wrong_field_says_what_to_mend_and_nothing_typed_is_lost() {
    let (app, mut staff) = support().await;
    let note = format!("{HOSTILE}\n{}", "x".repeat(700));
    let fields = [
        ("customer", " "),
        ("email", "maria <at> fabrikam"),
        ("reference", "T-4711"),
        ("permission", "personnel_integration"),
        ("days", "ninety"),
        ("note", note.as_str()),
        ("remind", "7"),
    ];

    let page = staff.post(NEW, &fields).await;

    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = page.text();
    for sentence in [
        "Enter the customer’s name.",
        "This is not an e-mail address.",
        "Enter a whole number of days from 1 to 90.",
        "Shorten the note to 600 characters.",
        "4 fields need another look",
    ] {
        assert!(text.contains(sentence), "{sentence}: {text}");
    }
    for kept in ["maria &lt;at&gt; fabrikam", "value=\"T-4711\"", "value=\"ninety\"", &"x".repeat(700)] {
        assert!(text.contains(kept), "{kept}");
    }
    let ticked: Vec<&str> = text.split("<input").filter(|input| input.contains(" checked")).collect();
    assert!(ticked.iter().any(|input| input.contains("personnel_integration")));
    assert!(!text.contains("<script>alert") && !text.contains("<img"), "{text}");
    assert_eq!(rows(&app, "link").await, 0);
}

#[tokio::test]
async fn what_staff_type_is_only_ever_text() {
    let (app, mut staff) = support().await;
    let fields = [("customer", HOSTILE), ("reference", SHORT), ("note", HOSTILE), ("email", HOSTILE)];
    let harmless = |page: &Answer| {
        let text = page.text();
        !text.contains("<script>alert") && !text.contains("<img") && text.matches("</textarea>").count() <= 1
    };

    let refused = staff.post(NEW, &fields).await;
    let made = staff.post(NEW, &fields[..2]).await;
    let noted = staff.post(NEW, &[("customer", "Fabrikam"), ("note", HOSTILE)]).await;
    let welcome = app.get(&invites(&noted)[0]).await;
    let asked = staff.post(NEW, &fields[..3]).await;
    let filled = staff.post(NEW, &[("preset", HOSTILE), ("note", HOSTILE), ("customer", HOSTILE)]).await;

    assert_eq!((refused.status, made.status), (StatusCode::UNPROCESSABLE_ENTITY, StatusCode::OK));
    assert_eq!((asked.status, filled.status), (StatusCode::CONFLICT, StatusCode::OK));
    for (n, page) in [refused, made, noted, welcome, asked, filled].iter().enumerate() {
        assert!(harmless(page), "{n}: {}", page.text());
        assert!(page.text().contains("&lt;script&gt;"), "{n}");
    }
}

#[tokio::test]
async fn a_customer_or_contact_with_an_unfinished_link_is_asked_about_once() {
    let (app, mut staff) = support().await;
    let first = app.invite().await;

    let by_name = staff.post(NEW, &[("customer", "CONTOSO health"), ("note", "typed")]).await;
    let by_contact = staff.post(NEW, &[("customer", "Other"), ("email", "maria@contoso.example")]).await;

    for asked in [&by_name, &by_contact] {
        assert_eq!(asked.status, StatusCode::CONFLICT);
        assert!(asked.text().contains(&format!("href=\"/desk/links/{}\"", first.link)));
        assert!(asked.offers("anyway", "yes"));
    }
    assert!(by_name.text().contains("typed</textarea>"));
    assert_eq!(rows(&app, "link").await, 1);

    let anyway = [("customer", "CONTOSO health"), ("anyway", "yes")];
    assert_eq!(invites(&staff.post(NEW, &anyway).await).len(), 1);
    assert_eq!(rows(&app, "link").await, 2);
}

#[tokio::test]
async fn a_finished_link_of_the_same_customer_is_not_asked_about() {
    let app = TestApp::new().await;
    app.linked_admin().await;
    let mut staff = app.as_staff(Role::Support).await;

    assert_eq!(staff.post(NEW, &[("customer", "Contoso Health")]).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_preset_ticks_its_boxes_and_keeps_what_was_typed() {
    let (app, mut staff) = support().await;
    let id = app.value("SELECT id FROM preset WHERE name = 'Only people'").await;
    let ticked = |page: &Answer| {
        page.text().split("<input").filter(|i| i.contains(" checked") && i.contains("permission")).count()
    };

    let before = staff.get(NEW).await;
    let by_button = staff.post(NEW, &[("customer", "Fabri<b>kam"), ("days", "9"), ("preset", &id)]).await;
    let by_address = staff.get(&format!("{NEW}?preset={id}")).await;

    assert_eq!((ticked(&before), ticked(&by_button), ticked(&by_address)), (1, 4, 4));
    assert!(
        by_button.text().contains("value=\"Fabri&lt;b&gt;kam\"") && by_button.text().contains("value=\"9\"")
    );
    assert_eq!(by_button.attribute("aria-pressed"), ["false", "true"]);
    assert_eq!(rows(&app, "link").await, 0);
}

#[tokio::test]
async fn an_invite_is_mailed_when_that_is_asked_for_with_the_note_in_it() {
    let (app, mailer) = TestApp::with_mail().await;
    let mut staff = app.as_staff(Role::Support).await;
    let fields = [
        ("customer", "Fabrikam"),
        ("email", "maria@fabrikam.example"),
        ("note", "Hello <Maria>,\ncall me."),
        ("mail", "yes"),
    ];

    let page = staff.post(NEW, &fields).await;

    assert!(page.text().contains("It went to maria@fabrikam.example."), "{}", page.text());
    let sent = mailer.sent();
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].subject, "Please link your UKG Pro with Northwind Learning");
    assert!(sent[0].text.contains(&format!("https://link.example.com{}", invites(&page)[0])));
    assert!(sent[0].text.contains("call me.") && sent[0].html.contains("Hello &lt;Maria&gt;,"));
    assert_eq!(app.audited("mail_sent").await, 1);
}

#[tokio::test]
async fn a_mail_that_cannot_be_sent_leaves_a_good_invite_and_says_so() {
    let (app, mailer) = TestApp::with_mail().await;
    mailer.breaks();
    let mut staff = app.as_staff(Role::Support).await;

    let page =
        staff.post(NEW, &[("customer", "Fabrikam"), ("email", "m@fabrikam.example"), ("mail", "yes")]).await;

    assert!(page.text().contains("The mail could not be sent"), "{}", page.text());
    assert_eq!(app.get(&invites(&page)[0]).await.status, StatusCode::OK);
    assert!(app.dump().await.contains("invite failed"));
}

#[tokio::test]
async fn to_mail_an_invite_needs_an_address() {
    let (app, _) = TestApp::with_mail().await;
    let mut staff = app.as_staff(Role::Support).await;

    let page = staff.post(NEW, &[("customer", "Fabrikam"), ("mail", "yes")]).await;

    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text().contains("untick the box that mails the invite"));
    assert_eq!(rows(&app, "link").await, 0);
}

#[tokio::test]
async fn a_table_is_looked_at_line_by_line_before_anything_is_made() {
    let (app, mut staff) = support().await;
    app.invite().await;
    let before = app.dump().await;
    let table = format!(
        "Customer;E-mail;Expires in;Preset;Phone\r\n\
         Fabrikam;m@fabrikam.example;30d;Everything;1\r\n\
         \"{}\";nonsense;100;None;2\r\n\
         fabrikam;;;;3\r\n\
         Contoso Health;;;;4\r\n\
         Tailspin;t@tailspin.example;;;5;6;7\r\n",
        HOSTILE.replace('"', "\"\"")
    );

    let page = staff.post(BULK, &[("table", &table), ("do", "preview")]).await;

    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.attribute("data-line"), ["2", "3", "4", "5", "6"]);
    assert_eq!(page.attribute("data-line-state"), ["ready", "mend", "duplicate", "duplicate", "mend"]);
    let text = page.text();
    for sentence in [
        "1 line is ready. 2 lines have to be mended. 2 lines may be duplicates.",
        "An invite for 10 permissions, good for 30 days",
        "This is not an e-mail address.",
        "There is no preset of this name.",
        "Line 2 is for the same customer or contact.",
        "There are more cells than columns.",
        "means nothing here: Phone.",
    ] {
        assert!(text.contains(sentence), "{sentence}: {text}");
    }
    assert!(!text.contains("<script>alert") && !text.contains("<img"), "{text}");
    assert_eq!(app.dump().await, before);
}

#[tokio::test]
async fn only_the_good_lines_of_a_table_are_made_and_shown_once() {
    let (app, mut staff) = support().await;
    let table =
        "customer,email,reference\nFabrikam,m@fabrikam.example,T-1\nTailspin,nonsense,\nLitware,,T-3\n";

    let page = staff.post(BULK, &[("table", table), ("do", "make")]).await;

    let paths = invites(&page);
    assert_eq!((paths.len(), page.attribute("data-line-state")), (2, vec!["mend"]));
    for path in &paths {
        assert_eq!(app.get(path).await.status, StatusCode::OK);
        assert!(!app.dump().await.contains(&path.replace("/i/", "")));
    }
    assert_eq!(app.value("SELECT group_concat(customer) FROM link").await, "Fabrikam,Litware");
    assert_eq!(app.audited("invite_created").await, 2);

    // The same button again: all of them have an unfinished link now.
    let again = staff.post(BULK, &[("table", table), ("do", "make")]).await;
    assert_eq!((invites(&again).len(), rows(&app, "link").await), (0, 2));
    let wanted = staff.post(BULK, &[("table", table), ("do", "make"), ("twins", "yes")]).await;
    assert_eq!((invites(&wanted).len(), rows(&app, "link").await), (2, 4));
}

#[tokio::test]
async fn the_file_of_invites_holds_no_formula() {
    let (_app, mut staff) = support().await;
    let table = "customer,reference\n\"=HYPERLINK(\"\"https://evil.example\"\")\",+1\n@SUM(A1),-2\n\"Plain, \"\"Ltd\"\"\",T-1\n";

    let file = staff.post(BULK, &[("table", table), ("do", "file")]).await;

    assert_eq!(file.header("content-type"), Some("text/csv; charset=utf-8"));
    assert_eq!(file.header("content-disposition"), Some("attachment; filename=\"invites.csv\""));
    assert_eq!(file.header("cache-control"), Some("no-store"));
    let lines: Vec<&str> = file.text().trim_start_matches('\u{feff}').lines().collect();
    assert!(
        lines[1].starts_with("\"'=HYPERLINK(\"\"https://evil.example\"\")\",\"\",\"'+1\","),
        "{}",
        lines[1]
    );
    assert!(lines[2].starts_with("\"'@SUM(A1)\",\"\",\"'-2\","), "{}", lines[2]);
    assert!(lines[3].starts_with("\"Plain, \"\"Ltd\"\"\",\"\",\"T-1\","), "{}", lines[3]);
    assert_eq!(invites(&file).len(), 3);
}

#[tokio::test]
async fn a_file_is_read_as_spreadsheets_save_it() {
    let (app, mut staff) = support().await;
    let text = "\u{feff}customer\temail\r\nFabrikam Söhne\tm@fabrikam.example\r\n";
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).chain([b'\r', 0, b'\n', 0]).collect();

    let read = upload(&mut staff, &[("table", "ignored"), ("do", "make")], text.as_bytes()).await;
    let read_wide = upload(&mut staff, &[("table", ""), ("do", "preview")], &wide).await;
    let latin = upload(&mut staff, &[("table", "typed"), ("do", "preview")], b"customer\nS\xf6hne\n").await;

    assert_eq!(invites(&read).len(), 1, "{}", read.text());
    assert_eq!(app.value("SELECT customer FROM link").await, "Fabrikam Söhne");
    assert_eq!(read_wide.attribute("data-line-state"), ["duplicate"], "{}", read_wide.text());
    assert_eq!(latin.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(latin.text().contains("CSV UTF-8") && latin.text().contains("typed</textarea>"));
}

#[tokio::test]
async fn a_table_that_cannot_be_read_says_why_and_comes_back() {
    let (app, mut staff) = support().await;
    let many = format!("customer\n{}", "Fabrikam\n".repeat(2_001));
    let cases = [
        ("", "Paste a table, or choose a file."),
        ("customer\n", "no line under them"),
        ("name,email\nFabrikam,x\n", "No column is called “customer”"),
        ("customer,</textarea><script>,customer\nx,y,z\n", "Two columns are for the same thing"),
        (many.as_str(), "more than 2,000 lines"),
    ];

    for (table, sentence) in cases {
        for what in ["preview", "make", "file"] {
            let page = staff.post(BULK, &[("table", table), ("do", what)]).await;

            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{sentence}");
            assert!(page.text().contains(sentence), "{sentence}: {}", page.text());
            assert!(!page.text().contains("<script>"), "{sentence}");
        }
    }
    assert_eq!(rows(&app, "link").await, 0);
}

#[tokio::test]
async fn a_quotation_mark_that_is_not_closed_swallows_no_other_customers_lines() {
    let (app, mut staff) = support().await;
    let table = "customer,note\nFabrikam,\"Hello\nLitware,secret of Litware\n";

    let page = staff.post(BULK, &[("table", table), ("do", "make")]).await;

    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text().contains("cannot be read from line 2 on"), "{}", page.text());
    assert_eq!(rows(&app, "link").await, 0);
}

#[tokio::test]
async fn a_cell_of_any_size_is_refused_and_shown_cut() {
    let (_app, mut staff) = support().await;
    let table = format!("customer,note\n{},x\nFabrikam,\u{1}bell\n", "A".repeat(100_000));

    let page = staff.post(BULK, &[("table", &table), ("do", "preview")]).await;

    assert_eq!(page.attribute("data-line-state"), ["mend", "mend"]);
    assert!(page.text().contains("Shorten the name to 120 characters."));
    assert!(page.text().contains(&format!("<b>{}…</b>", "A".repeat(80))));
}

#[tokio::test]
async fn two_thousand_lines_are_looked_at_and_made() {
    let (app, mut staff) = support().await;
    let lines: String = (0..2_000).map(|n| format!("Customer {n},c{n}@x.example\n")).collect();
    let table = format!("customer,email\n{lines}");

    let looked = staff.post(BULK, &[("table", &table), ("do", "preview")]).await;
    let made = staff.post(BULK, &[("table", &table), ("do", "file")]).await;

    assert_eq!(looked.attribute("data-line-state").iter().filter(|state| **state == "ready").count(), 2_000);
    assert_eq!(made.text().lines().count(), 2_001);
    assert_eq!((rows(&app, "link").await, rows(&app, "invite").await), (2_000, 2_000));
}

#[tokio::test]
async fn the_invites_of_a_table_are_mailed_to_those_who_have_an_address() {
    let (app, mailer) = TestApp::with_mail().await;
    let mut staff = app.as_staff(Role::Support).await;
    let table = "customer,email\nFabrikam,m@fabrikam.example\nLitware,\nTailspin,t@tailspin.example\n";

    let page = staff.post(BULK, &[("table", table), ("do", "make"), ("mail", "yes")]).await;
    assert!(mailer.sent().is_empty(), "nobody waits for the mail server");
    app.mail_goes_out().await;

    assert!(page.text().contains("2 are being mailed."), "{}", page.text());
    let mut to: Vec<String> = mailer.sent().iter().map(|mail| mail.to.to_string()).collect();
    to.sort();
    assert_eq!(to, ["m@fabrikam.example", "t@tailspin.example"]);
    assert_eq!((app.audited("mail_sent").await, app.audited("invite_created").await), (2, 3));
}
