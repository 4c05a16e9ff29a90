//! Bars S1, S6 and S8, as far as this program goes: planted secrets are found nowhere, and a stolen database opens
//! nothing.

use std::io::Write;
use std::sync::{Arc, Mutex, OnceLock};

use axum::http::{Method, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use domain::{ProblemCode, Role, Secret};
use server::forms::{AccountForm, DomainForm, Form, KeyForm, PasteForm, PastedForm, SignInForm, StepForm};
use tracing_subscriber::filter::LevelFilter;

use crate::support::{Browser, Program, Script, TestApp, http, placed};

// Nothing of these occurs by chance, and no recogniser takes one for a mistake.
const CANARY_KEY: &str = "Canary-Key-5e1f";
const CANARY_USERNAME: &str = "canary.user@plover.example";
const CANARY_PASSWORD: &str = "Canary+Pass/97*&=\"<d3>\\é";
const CANARY_REFUSED: &str = "CNRY0REFUSED";
const CANARY_STRAY: &str = "Canary stray! password 4b";
const CANARY_WRONG_STAFF: &str = "canary wrong staff password";
const CANARY_PAGE: &str = "Canary-Of-A-Page-2d";
const CANARY_HANDED: &str = "Canary+Handed/31*&=(x)";
const CANARY_FRESH: &str = "Canary+Fresh/45*&=(x)";

/// Every way a secret could have been written down: its name and its bytes.
fn written(secret: &str) -> Vec<(String, Vec<u8>)> {
    let bytes = secret.as_bytes();
    let hex = hex::encode(bytes);
    let mut ways = vec![
        ("raw".to_owned(), bytes.to_vec()),
        ("hex".to_owned(), hex.clone().into_bytes()),
        ("HEX".to_owned(), hex.to_uppercase().into_bytes()),
        ("a form".to_owned(), serde_urlencoded::to_string([("", secret)]).unwrap()[1..].into()),
        ("JSON".to_owned(), serde_json::to_string(secret).unwrap().trim_matches('"').into()),
        ("Rust".to_owned(), format!("{secret:?}").trim_matches('"').into()),
        (
            "HTML".to_owned(),
            secret.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").into_bytes(),
        ),
        ("UTF-16LE".to_owned(), secret.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("UTF-16BE".to_owned(), secret.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        // As a list of numbers: a derived `Debug` of a byte vector.
        ("numbers".to_owned(), format!("{bytes:?}").trim_matches(['[', ']']).into()),
    ];
    // Inside a longer text, base64 of the same bytes looks three ways; the edges depend on the neighbours.
    for skipped in 0..3 {
        for (name, engine) in [("base64", &STANDARD), ("base64url", &URL_SAFE_NO_PAD)] {
            let inner = &bytes[skipped..];
            let whole = inner.len() - inner.len() % 3;
            let encoded = engine.encode(&inner[..whole]);
            ways.push((format!("{name} at {skipped}"), encoded.into_bytes()));
        }
    }
    ways
}

/// Fails when a secret is in there, however written.
fn assert_free_of(secrets: &[&str], place: &str, content: &[u8]) {
    for secret in secrets {
        if let Some(way) = found(secret, content) {
            panic!("{secret} is in {place}, as {way}");
        }
    }
}

fn found(secret: &str, content: &[u8]) -> Option<String> {
    let holds = |needle: &[u8]| memchr::memmem::find(content, needle).is_some();
    written(secret).into_iter().find(|(_, needle)| holds(needle)).map(|(way, _)| way)
}

#[test]
fn the_search_finds_a_secret_however_it_is_written() {
    let basic = STANDARD.encode(format!("{CANARY_USERNAME}:{CANARY_PASSWORD}"));
    for content in [
        CANARY_PASSWORD.to_owned(),
        format!("Authorization: Basic {basic}"),
        format!("{:?}", CANARY_PASSWORD.as_bytes()),
        serde_urlencoded::to_string([("password", CANARY_PASSWORD)]).unwrap(),
        serde_json::to_string(CANARY_PASSWORD).unwrap(),
        format!("x{:?}", Some(CANARY_PASSWORD)),
    ] {
        assert!(found(CANARY_PASSWORD, content.as_bytes()).is_some(), "{content}");
    }
    for before in ["", "x", "xx"] {
        let content = STANDARD.encode(format!("{before}{CANARY_PASSWORD}"));
        assert!(found(CANARY_PASSWORD, content.as_bytes()).is_some(), "{before}");
    }
    assert_eq!(found(CANARY_PASSWORD, b"nothing of the kind"), None);
}

/// Everything this process logs, at the finest level.
fn log() -> Arc<Mutex<Vec<u8>>> {
    static LOG: OnceLock<Arc<Mutex<Vec<u8>>>> = OnceLock::new();
    LOG.get_or_init(|| {
        let lines = Arc::new(Mutex::new(Vec::new()));
        let writer = lines.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(LevelFilter::TRACE)
            .with_ansi(false)
            .with_writer(move || Lines(writer.clone()))
            .finish();
        tracing::subscriber::set_global_default(subscriber).unwrap();
        lines
    })
    .clone()
}

struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Goes the whole way with planted secrets, mistakes and second thoughts among it; then everybody looks at every page.
async fn whole_run(app: &TestApp) -> (Vec<Browser>, Vec<String>) {
    let mut admin = app.admin().await;
    admin.post("key", &[("key", CANARY_REFUSED)]).await;
    admin.get("key").await;
    admin.post("key", &[("key", CANARY_KEY)]).await;
    admin.get("key").await;
    admin.post("key", &[("key", ""), ("anyway", "yes")]).await;
    admin.post("account", &[("username", CANARY_USERNAME), ("password", CANARY_REFUSED)]).await;
    admin.get("account").await;
    admin.post("account", &[("username", ""), ("password", CANARY_PASSWORD), ("anyway", "yes")]).await;
    admin.post("domain", &[("url", CANARY_STRAY)]).await;
    admin.get("domain").await;
    admin.post("domain", &[("url", &format!("https://service4.ultipro.com/?p={CANARY_STRAY}&x=1"))]).await;
    assert_eq!(app.ukg.last_asked()[1..], [CANARY_KEY, CANARY_USERNAME, CANARY_PASSWORD]);
    for code in [ProblemCode::UkgUnexpected, ProblemCode::CredentialsRejected] {
        app.ukg.answers(Script::Fails(code));
        app.clock.advance(1000);
        admin.post("check", &[]).await;
        admin.get("check").await;
    }

    app.ukg.answers(Script::Linked);
    let page = format!("Customer API Key\tAB1C2\nUser API Key\t{CANARY_REFUSED}\n{CANARY_PAGE}\n");
    admin.post("paste", &[("step", "key"), ("page", &page)]).await;
    let mut colleague = app.colleague(&mut admin, "account").await;
    colleague.post(&[("username", CANARY_USERNAME), ("password", CANARY_REFUSED)]).await;
    colleague.get().await;
    colleague.post(&[("username", CANARY_USERNAME), ("password", CANARY_HANDED), ("anyway", "yes")]).await;
    // The pasted key is another tenant's: the new values wait for an answer.
    for _ in 0..200 {
        admin.post("replace", &[("choice", "use")]).await;
        if app.stored_status(admin.link).await == "linked" {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    assert_eq!(app.stored_status(admin.link).await, "linked");
    app.ukg.answers(Script::Gaps);
    admin.enter_password(CANARY_FRESH).await;
    assert_eq!(app.ukg.last_asked()[2..], [CANARY_USERNAME, CANARY_FRESH]);

    app.staff(Role::Owner).await;
    let mut stranger = app.browser();
    stranger
        .post("/sign-in", &[("email", "owner@northwind.example"), ("password", CANARY_WRONG_STAFF)])
        .await;
    // Forms that are no forms, with secrets inside.
    let twice = [("password", CANARY_PASSWORD), ("password", CANARY_PASSWORD)];
    admin.post("account", &twice).await;
    let json = format!("{{\"password\":{:?}}}", CANARY_PASSWORD);
    let path = admin.path("account");
    let as_json = |r: axum::http::request::Builder| {
        r.header("sec-fetch-site", "same-origin").header("content-type", "application/json")
    };
    admin.browser.send(Method::POST, &path, json.into(), as_json).await;

    let mut browsers = vec![stranger, app.admin().await.browser, colleague.browser];
    for role in [Role::Support, Role::Owner] {
        browsers.push(app.as_staff(role).await);
    }
    let mut tokens = vec![admin.invite.token.clone()];
    tokens.extend(
        admin.browser.cookies.values().chain(browsers.iter().flat_map(|b| b.cookies.values())).cloned(),
    );
    let routes = placed(&admin);
    for browser in browsers.iter_mut().chain([&mut admin.browser]) {
        for route in routes.iter().filter(|route| route.method == Method::GET) {
            browser.get(&route.path).await;
        }
    }
    browsers.push(admin.browser);
    (browsers, tokens)
}

// Fails without the silent `Debug` of `Secret`, or with one log line that exposes a typed value.
#[tokio::test]
async fn planted_secrets_are_in_no_answer_no_log_line_and_no_byte_of_the_database() {
    let log = log();
    let app = TestApp::new().await;
    tracing::trace!("the log is read at this level: {}", "Canary-In-The-Log");
    let secrets = [
        CANARY_KEY,
        CANARY_USERNAME,
        CANARY_PASSWORD,
        CANARY_REFUSED,
        CANARY_STRAY,
        CANARY_WRONG_STAFF,
        CANARY_PAGE,
        CANARY_HANDED,
        CANARY_FRESH,
    ];

    let (browsers, tokens) = whole_run(&app).await;

    let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
    let mut looked_at = 0;
    for answer in browsers.iter().flat_map(|browser| &browser.seen) {
        looked_at += 1;
        assert_free_of(&secrets, "a page", &answer.body);
        assert_free_of(&tokens, "a page", &answer.body);
        for (name, value) in &answer.headers {
            assert_free_of(&secrets, name.as_str(), value.as_bytes());
            if name != "set-cookie" {
                assert_free_of(&tokens, name.as_str(), value.as_bytes());
            }
        }
    }
    assert!(looked_at > 60, "{looked_at}");

    let log = log.lock().unwrap().clone();
    assert_eq!(found("Canary-In-The-Log", &log).as_deref(), Some("raw"), "the log is looked at");
    assert!(found("answered", &log).is_some() && found("checked link", &log).is_some());
    assert_free_of(&secrets, "the log", &log);
    assert_free_of(&tokens, "the log", &log);

    let files = app.database_bytes().await;
    assert!(files.len() >= 2, "the file and its write-ahead log, or every table");
    assert!(
        files.iter().any(|(_, bytes)| found("service4.ultipro.com", bytes).is_some()),
        "they are looked at"
    );
    for (file, bytes) in &files {
        let place = file.display().to_string();
        assert_free_of(&secrets, &place, bytes);
        assert_free_of(&tokens, &place, bytes);
    }
}

#[tokio::test]
async fn a_stolen_database_opens_nothing() {
    let app = TestApp::new().await;
    app.checked_admin(Script::Gaps).await;
    let mut admin = app.admin().await;
    app.handed(&mut admin, "account").await;
    app.colleague(&mut admin, "key").await;
    app.as_staff(Role::Owner).await;
    let dump = app.dump().await;
    let mut values: Vec<String> = Vec::new();
    for row in dump.0.values().flatten() {
        for value in row.split('\'') {
            let unhexed = hex::decode(value).ok();
            values
                .extend(unhexed.filter(|bytes| !bytes.is_empty()).map(|bytes| URL_SAFE_NO_PAD.encode(bytes)));
            values.push(value.to_lowercase());
            values.push(value.to_owned());
        }
    }
    values.retain(|value| {
        value.len() >= 20 && value.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
    });
    assert!(values.iter().filter(|value| value.len() == 43).count() >= 5, "hashes are as long as tokens");

    for value in values {
        let mut browser = app.browser();
        browser.cookies.insert("linkdesk-desk".to_owned(), value.clone());
        browser.cookies.insert(format!("linkdesk-{}", admin.link), value.clone());
        browser.cookies.insert(format!("linkdesk-step-{}", admin.link), value.clone());

        assert_eq!(browser.get(&format!("/i/{value}")).await.status, StatusCode::NOT_FOUND, "{value}");
        assert_eq!(browser.get(&format!("/hand/{value}")).await.status, StatusCode::NOT_FOUND, "{value}");
        assert_eq!(browser.get(&admin.path("key")).await.status, StatusCode::NOT_FOUND, "{value}");
        assert_eq!(browser.get(&admin.path("only/key")).await.status, StatusCode::NOT_FOUND, "{value}");
        assert_eq!(browser.get("/desk").await.location(), "/sign-in", "{value}");
    }
}

#[test]
fn the_forms_themselves_print_nothing_of_what_is_in_them() {
    let secret = || Secret::new(CANARY_PASSWORD.to_owned());
    let printed = [
        format!("{:?}", Form(KeyForm { key: secret(), anyway: String::new() })),
        format!("{:?}", Form(AccountForm { username: secret(), password: secret(), anyway: String::new() })),
        format!("{:?}", Form(DomainForm { url: secret(), anyway: String::new() })),
        format!("{:?}", PastedForm(PasteForm { step: "key".to_owned(), page: secret() })),
        format!(
            "{:?}",
            Form(StepForm {
                key: secret(),
                username: secret(),
                password: secret(),
                url: secret(),
                anyway: String::new()
            })
        ),
        format!("{:#?}", Form(SignInForm { email: secret(), password: secret() })),
    ];

    for text in printed {
        assert!(text.contains("***"), "{text}");
        assert_free_of(&[CANARY_PASSWORD], "a form's Debug", text.as_bytes());
    }
}

/// The real program, its real calls and every log line down to the HTTP library's own.
#[tokio::test]
async fn planted_secrets_are_not_logged_when_the_program_really_calls_ukg_pro() {
    let mut program = Program::ready();
    let scenario = serde_json::json!({ "accounts": [{
        "name": "canary", "customer_api_key": CANARY_KEY, "username": CANARY_USERNAME, "password": CANARY_PASSWORD,
    }] });
    std::fs::write(program.path("scenario.json"), scenario.to_string()).unwrap();
    let simulator = crate::support::free_address();
    let listen = simulator.to_string();
    let arguments =
        ["ukg-simulator", "--listen", &listen, "--ca-out", "ca.pem", "--scenario", "scenario.json"];
    program.start(&arguments, "simulator.out", "simulator.err");
    while !program.path("ca.pem").exists() || tokio::net::TcpStream::connect(simulator).await.is_err() {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    program.set("LINKDESK_UKG_CA_FILE", "ca.pem");
    program.set("LINKDESK_UKG_RESOLVE", &format!("service4.ultipro.com={simulator}"));
    program.set("LINKDESK_LOG", "trace");
    let made = program.run(&["invite", "create", "--customer", "Contoso"]);
    let url = String::from_utf8(made.stdout).unwrap();
    let path = url.trim().split_once("/i/").map(|(_, token)| format!("/i/{token}")).unwrap();
    program.serve().await;
    let address = program.address();

    let started = http(address, "POST", &path, "", "").await.unwrap();
    let header = |answer: &str, name: &str| {
        let line = answer.lines().find(|line| line.to_lowercase().starts_with(name)).unwrap();
        line[name.len()..].trim().to_owned()
    };
    let cookie = header(&started, "set-cookie:").split(';').next().unwrap().to_owned();
    let link = header(&started, "location:").trim_end_matches("/key").to_owned();
    let form = |fields: &[(&str, &str)]| serde_urlencoded::to_string(fields).unwrap();
    let forms = [
        ("key", form(&[("key", CANARY_KEY), ("anyway", "yes")])),
        ("account", form(&[("username", CANARY_USERNAME), ("password", CANARY_PASSWORD), ("anyway", "yes")])),
        ("domain", form(&[("url", "service4.ultipro.com")])),
    ];
    for (step, body) in forms {
        http(address, "POST", &format!("{link}/{step}"), &cookie, &body).await.unwrap();
    }
    let mut page = http(address, "GET", &format!("{link}/check"), &cookie, "").await.unwrap();
    while page.contains("data-link-status=\"checking\"") {
        page = http(address, "GET", &format!("{link}/check"), &cookie, "").await.unwrap();
    }
    assert!(page.contains("data-link-status=\"linked\""), "{page}");
    program.kill();

    let log = std::fs::read(program.path("serve.err")).unwrap();
    let token = path.trim_start_matches("/i/");
    let session = cookie.split('=').nth(1).unwrap();
    assert!(found("checked link", &log).is_some() && found("TRACE", &log).is_some(), "the log is looked at");
    assert_free_of(&[CANARY_KEY, CANARY_USERNAME, CANARY_PASSWORD, token, session], "the log", &log);
    let basic = STANDARD.encode(format!("{CANARY_USERNAME}:{CANARY_PASSWORD}"));
    assert_eq!(found(&basic, &log), None);
    for file in ["linkdesk.db", "linkdesk.db-wal"] {
        let bytes = std::fs::read(program.path(file)).unwrap();
        assert_free_of(&[CANARY_KEY, CANARY_USERNAME, CANARY_PASSWORD, token, session], file, &bytes);
    }
}
