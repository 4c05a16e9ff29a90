//! A stolen database opens nothing: whatever stands in it, sent back as a cookie or in a URL, is refused.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::Role;

use crate::support::{Browser, Script, TestApp};

/// Every value of every column, as it stands there and in the forms a token could be sent in.
async fn values(app: &TestApp) -> BTreeSet<String> {
    let dump = app.dump().await;
    let mut values = BTreeSet::new();
    for row in dump.0.values().flatten() {
        for part in row.split(['\'', ' ', '=', ',', ':']).filter(|part| !part.is_empty()) {
            values.insert(part.to_owned());
            let bytes: Option<Vec<u8>> = part
                .as_bytes()
                .chunks(2)
                .map(|two| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok())
                .collect();
            values.extend(bytes.map(|bytes| URL_SAFE_NO_PAD.encode(bytes)));
            values.insert(part.to_lowercase());
        }
    }
    values.retain(|value| value.bytes().all(|sign| sign.is_ascii_graphic() && !b";/\\?#%\"".contains(&sign)));
    values
}

#[tokio::test]
async fn nothing_that_stands_in_the_database_opens_anything() {
    let app = TestApp::new().await;
    let admin = app.checked_admin(Script::Gaps).await;
    let mut admin = admin;
    let hand = app.handed(&mut admin, "account").await;
    let mut owner = app.as_staff(Role::Owner).await;
    let mut support = app.as_staff(Role::Support).await;
    app.set_up_phone(&mut support).await;
    let fields = [("email", "support@northwind.example"), ("password", crate::support::STAFF_PASSWORD)];
    support.post("/sign-in", &fields).await;
    let invite = [("email", "sam@northwind.example"), ("role", "owner")];
    owner.post("/desk/settings/staff/new", &invite).await;
    app.invite().await;
    let values = values(&app).await;
    assert!(values.len() > 200, "{}", values.len());
    let link = admin.link.to_string();

    for value in &values {
        for (cookie, page) in [
            ("linkdesk-desk".to_owned(), "/desk".to_owned()),
            ("linkdesk-pending".to_owned(), "/sign-in/code".to_owned()),
            (format!("linkdesk-{link}"), format!("/link/{link}/key")),
            (format!("linkdesk-step-{link}-account"), format!("/link/{link}/only/account")),
        ] {
            let mut thief: Browser = app.browser();
            thief.cookies.insert(cookie.clone(), value.clone());
            let answer = thief.get(&page).await;
            assert!(!answer.status.is_success(), "{cookie}={value} opens {page}");
        }
        for page in ["/i/", "/hand/", "/join/", "/reminders/"] {
            let answer = app.get(&format!("{page}{value}")).await;
            assert!(!answer.status.is_success(), "{page}{value}");
        }
    }
    // The positive control: the very things the hashes were made of do open.
    assert!(app.get(&hand).await.status.is_success());
    assert!(app.get(&admin.invite.path()).await.status.is_success());
    assert!(owner.get("/desk").await.status.is_success());
    assert!(support.get("/sign-in/code").await.status.is_success());
}
