//! Starting: nothing without a key, and every bad setting by its name.

use std::sync::Arc;

use server::config::{Config, Source};
use server::startup::{Application, Deps};

use crate::support::{FakeUkg, TestApp};

async fn build(settings: &[(&str, &str)]) -> anyhow::Result<Application> {
    let config = Config::from_source(&Source::of(settings))?;
    let deps = Deps { ukg: Arc::new(FakeUkg::new()), ..Deps::real(&config)? };
    Application::build(&config, deps).await
}

/// The error and its causes, in one line.
async fn refusal(settings: &[(&str, &str)]) -> String {
    match build(settings).await {
        Ok(_) => panic!("it starts with {settings:?}"),
        Err(error) => format!("{error:#}"),
    }
}

#[tokio::test]
async fn without_a_key_nothing_starts_and_no_database_is_made() {
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("linkdesk.db");
    let url = format!("sqlite://{}", file.display());

    for settings in [
        &[("LINKDESK_DATABASE_URL", url.as_str())][..],
        &[("LINKDESK_DATABASE_URL", &url), ("LINKDESK_MASTER_KEY_FILE", " ")],
    ] {
        let error = refusal(settings).await;

        assert!(error.contains("make one with `linkdesk keygen --out master.key`"), "{error}");
        assert!(error.contains("LINKDESK_MASTER_KEY_FILE=master.key"), "{error}");
        assert!(!file.exists());
    }
}

#[tokio::test]
async fn a_key_file_that_cannot_be_used_is_named_and_nothing_of_it_repeated() {
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("master.key");
    let path = file.display().to_string();
    let settings =
        [("LINKDESK_MASTER_KEY_FILE", path.as_str()), ("LINKDESK_DATABASE_URL", "sqlite://never.db")];

    let missing = refusal(&settings).await;
    assert!(missing.contains("LINKDESK_MASTER_KEY_FILE") && missing.contains(&path), "{missing}");
    for content in [
        "",
        "# nothing\n",
        "k1 c2VjcmV0LWNhbmFyeQ== primary\n",
        "secret-canary\n",
        "k1 secret-canary primary\n",
    ] {
        std::fs::write(&file, content).unwrap();
        let error = refusal(&settings).await;

        assert!(error.contains("LINKDESK_MASTER_KEY_FILE"), "{error}");
        assert!(!error.contains("secret-canary") && !error.contains("c2VjcmV0"), "{error}");
    }
    assert!(!std::path::Path::new("never.db").exists());
}

#[tokio::test]
async fn a_setting_that_cannot_be_used_is_refused_by_its_name() {
    let app = TestApp::new().await;
    let key = app.folder().join("master.key").display().to_string();
    let table = [
        ("LINKDESK_ADDR", "3000"),
        ("LINKDESK_PUBLIC_URL", "ftp://link.example.com"),
        ("LINKDESK_DATABASE_URL", "mysql://x"),
        ("LINKDESK_DATABASE_URL", "postgres:linkdesk"),
        ("LINKDESK_UKG_SUFFIXES", "com"),
        ("LINKDESK_UKG_RESOLVE", "service4.ultipro.com=localhost"),
        ("LINKDESK_UKG_CA_FILE", "/nowhere/ca.pem"),
        ("LINKDESK_TRUSTED_PROXIES", "everybody"),
        ("LINKDESK_SMTP_URL", "mail.example.com"),
        ("LINKDESK_SMTP_URL", "smtps://mail.example.com"),
        ("LINKDESK_LOG_FORMAT", "xml"),
        ("LINKDESK_STAFF_PASSWORD_HASHES", "many"),
    ];

    for (name, value) in table {
        let error = refusal(&[("LINKDESK_MASTER_KEY_FILE", &key), (name, value)]).await;

        assert!(error.contains(name), "{name}={value}: {error}");
    }
}

#[tokio::test]
async fn a_database_that_cannot_be_opened_is_named() {
    let app = TestApp::new().await;
    let key = app.folder().join("master.key").display().to_string();
    let no_database = app.folder().join("no.db");
    std::fs::write(&no_database, vec![b'x'; 4096]).unwrap();

    for url in ["sqlite:///nowhere/at/all.db".to_owned(), format!("sqlite://{}", no_database.display())] {
        let settings = [("LINKDESK_MASTER_KEY_FILE", key.as_str()), ("LINKDESK_DATABASE_URL", url.as_str())];

        let error = refusal(&settings).await;

        assert!(error.contains(&url), "{error}");
    }
}

#[tokio::test]
async fn starting_again_finds_everything_as_it_was() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;
    admin.save_two().await;
    let before = app.dump().await;

    let again = app.restarted().await;

    assert_eq!(again.dump().await, before);
    // The session lives in the database, so the same browser goes on.
    let mut browser = again.browser();
    browser.cookies = admin.browser.cookies.clone();
    assert_eq!(browser.get(&format!("/link/{}", admin.link)).await.location(), admin.path("domain"));
}
