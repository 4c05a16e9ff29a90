//! What machines ask.

use axum::http::StatusCode;

use crate::support::TestApp;

#[tokio::test]
async fn a_server_that_is_well_is_live_and_ready() {
    let app = TestApp::new().await;

    for path in ["/health/live", "/health/ready"] {
        let answer = app.get(path).await;

        assert_eq!((answer.status, answer.text()), (StatusCode::OK, "ok\n"), "{path}");
    }
}

#[tokio::test]
async fn without_its_database_a_server_is_live_but_not_ready() {
    let app = TestApp::new().await;
    // A database server cannot be moved away: see `storage-postgres/tests/it/connections`.
    let Some(file) = app.database_file() else { return };
    let away = app.folder().join("away.db");
    std::fs::rename(&file, &away).unwrap();

    let (live, ready) = (app.get("/health/live").await, app.get("/health/ready").await);

    assert_eq!(live.status, StatusCode::OK);
    assert_eq!(ready.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(!file.exists(), "asking does not make an empty one");
    std::fs::rename(&away, &file).unwrap();
    assert_eq!(app.get("/health/ready").await.status, StatusCode::OK, "it heals by itself");
}

#[tokio::test]
async fn a_page_without_its_database_is_our_fault_and_says_so_without_detail() {
    let app = TestApp::new().await;
    let Some(file) = app.database_file() else { return };
    std::fs::rename(file, app.folder().join("away.db")).unwrap();

    let answer = app.get(&format!("/i/{}", "A".repeat(43))).await;

    assert!(answer.status.is_server_error());
    assert!(answer.is_clear_page(), "{}", answer.text());
    let text = answer.text().to_lowercase();
    for inside in ["sqlite", "database", "sqlx", "panicked", ".db", ".rs"] {
        assert!(!text.contains(inside), "{inside}: {text}");
    }
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let admin = app.post("/sign-in", &[("email", "a@b.example"), ("password", "x")]).await;
    assert!(admin.status.is_server_error(), "{}", admin.status);
}
