//! `linkdesk copy`: an installation moves from SQLite to PostgreSQL and back, row by row.

use domain::{Permission, Role};
use server::config::DatabaseUrl;
use server::copying;
use server::database::Database;
use services::Operator;
use storage::rows::{Cell, Cells, RowReader, RowWriter, Table};

use crate::support::{Admin, OnServer, Program, STAFF_PASSWORD, Script, TestApp, TestDatabase, change};

/// Tables that no installation of this test has anything in: nothing but `linkdesk seed` writes there.
const UNUSED: [&str; 1] = ["made_up"];

/// Adds to an installation what no visit in this test brings about, so that every table has rows, and rows of every kind:
/// nothing at all, every sign, every byte.
const ODD: &str = "UPDATE link SET note = 'Ä''\"\\ \u{1F511}' || char(10) || char(9), reference = 'Ünï 100%_'; \
    INSERT INTO staff_device SELECT unhex('00ff' || hex(zeroblob(30))), id, -1 FROM staff LIMIT 1; \
    INSERT INTO pending_sign_in SELECT unhex('01ff' || hex(zeroblob(30))), id, 9223372036854775807, 5 FROM staff LIMIT 1; \
    INSERT INTO authenticator SELECT id, zeroblob(32), 0, NULL, NULL FROM staff LIMIT 1; \
    INSERT INTO recovery_code SELECT id, zeroblob(32), NULL FROM staff LIMIT 1; \
    INSERT INTO passkey SELECT 'pky_1', id, x'00', -7, x'ff00', 0, 'Schlüssel', 0, NULL FROM staff LIMIT 1; \
    INSERT INTO staff_invite SELECT 'sti_1', zeroblob(32), 'new@b.example', 'support', id, 0, 1 FROM staff LIMIT 1; \
    INSERT INTO desk_view SELECT id, 'Mine', 'q=%C3%9C', 0 FROM staff LIMIT 1; \
    INSERT INTO step_attempt SELECT id, 'key', 0, 'key_missing', NULL, 3 FROM link LIMIT 1; \
    INSERT INTO reminder SELECT id, 3, 0, NULL, -1 FROM link WHERE true ON CONFLICT DO NOTHING; \
    INSERT INTO job VALUES ('test', 'Ü', 9223372036854775807, 3, -1, NULL, 0, 0, 1) ON CONFLICT DO NOTHING; \
    INSERT INTO answered VALUES (x'00ff0102030405060708090a0b0c0d0e', 9223372036854775807); \
    INSERT INTO to_overwrite SELECT 7, id, -1 FROM link LIMIT 1; \
    INSERT INTO webhook_endpoint VALUES ('whe_1', 'https://r.example/', '*', 'gone', 2, zeroblob(32), zeroblob(32), 1, 3, 4, 5, \
        0, 0, 6); \
    INSERT INTO webhook_delivery VALUES ('msg_1', 'whe_1', 2, 'webhook.test', NULL, '{\"ä\":\"\u{1F511}\"}', 'failed', 0, 0, 1, 2, 1, \
        503, 'status', 9); \
    INSERT INTO webhook_attempt VALUES ('msg_1', 1, 0, NULL, 'timeout', 15000); \
    INSERT INTO letter SELECT link_id, 'broken', -1, id FROM invite LIMIT 1; \
    INSERT INTO mail_wish SELECT id, 'stuck', 'every' FROM staff LIMIT 1; \
    INSERT INTO notice SELECT staff.id, link.id, 'linked', -1 FROM staff, link LIMIT 1; \
    UPDATE link SET lapsed = 1 WHERE status = 'invited';";

/// An installation with something in every table, on a file.
async fn used(app: &TestApp) -> String {
    let file = app.folder().join("used.db");
    let url = format!("sqlite://{}", file.display());
    let mut program = Program::bare();
    program.set("LINKDESK_MASTER_KEY_FILE", app.folder().join("master.key").to_str().unwrap());
    program.set("LINKDESK_DATABASE_URL", &url);
    assert!(program.run(&["migrate"]).status.success());
    // Whatever database the application of this test is on: what it holds is moved into the file.
    let (from, to) = (opened(app.database.url().as_str()).await, opened(&url).await);
    let copied = copying::copy(&mut *from.read_rows().await.unwrap(), to.write_rows().await.unwrap()).await;
    copied.unwrap();
    to.close().await;
    from.close().await;
    change(&file, ODD).await;
    url
}

async fn lived_in() -> TestApp {
    lived_in_by().await.0
}

async fn lived_in_by() -> (TestApp, Admin) {
    let app = TestApp::new().await;
    app.services.seed_presets().await.unwrap();
    let mut admin = app.linked_admin().await;
    app.handed(&mut admin, "key").await;
    let mut doubted = app.admin().await;
    doubted.save_two().await;
    app.ukg.answers(Script::Gaps);
    app.invite_for("Fabrikam", &[Permission::PayrollIntegration], 14 * 86_400).await;
    let mut desk = app.as_staff(Role::Support).await;
    desk.post(
        &format!("/desk/links/{}/notes", admin.link),
        &[("text", "They called."), ("note", "They called.")],
    )
    .await;
    (app, admin)
}

#[tokio::test]
async fn everything_moves_to_postgresql_and_back_and_every_row_is_the_same() {
    let app = lived_in().await;
    let file = used(&app).await;
    let server = OnServer::empty().await;
    let back = format!("sqlite://{}", app.folder().join("back.db").display());
    let mut program = Program::bare();
    program.set("LINKDESK_MASTER_KEY_FILE", app.folder().join("master.key").to_str().unwrap());

    let there = program.run(&["copy", "--from", &file, "--to", &server.url()]);
    assert!(there.status.success(), "{}", String::from_utf8_lossy(&there.stderr));
    let and_back = program.run(&["copy", "--from", &server.url(), "--to", &back]);
    assert!(and_back.status.success(), "{}", String::from_utf8_lossy(&and_back.stderr));

    // The figures are the same, and no table was left out.
    assert_eq!(there.stdout, and_back.stdout);
    let told = String::from_utf8(there.stdout).unwrap();
    for line in told.lines().filter(|line| line.contains(" rows  ")) {
        let mut words = line.split_whitespace();
        let (table, rows) = (words.next().unwrap(), words.next().unwrap());
        assert_eq!(rows == "0", UNUSED.contains(&table), "{line}");
    }
    assert!(told.contains("every row is the same"), "{told}");
    let tables = |told: &str| told.lines().filter(|line| line.contains(" rows  ")).count();
    assert!(tables(&told) >= 29, "{told}");
    // What the tables do by themselves they did not do, and do again.
    for url in [server.url(), back] {
        assert!(rows_of(&url).await == rows_of(&file).await, "{url}");
        let database = opened(&url).await;
        let storage = database.storage();
        let version = storage.list_version().await.unwrap();
        let mut unit = storage.begin().await.unwrap();
        let link = storage.links(&storage::LinkQuery::first(1)).await.unwrap().remove(0);
        #[expect(clippy::disallowed_methods, reason = "what the tables do by themselves is looked at")]
        unit.update_link(&link).await.unwrap();
        unit.commit().await.unwrap();
        assert!(storage.list_version().await.unwrap() > version, "{url}");
        let filter = storage::LinkFilter { search: Some("ünï 100%".to_owned()), ..Default::default() };
        let query = storage::LinkQuery { filter, ..storage::LinkQuery::first(100) };
        assert!(!storage.links(&query).await.unwrap().is_empty(), "{url}");
        database.close().await;
    }
}

#[tokio::test]
async fn on_the_copy_the_audit_log_is_whole_people_sign_in_and_envelopes_open() {
    let (app, admin) = lived_in_by().await;
    let target = OnServer::empty().await;
    let (from, to) = (opened(&app.database.url()).await, opened(&target.url()).await);
    copying::copy(&mut *from.read_rows().await.unwrap(), to.write_rows().await.unwrap()).await.unwrap();
    to.close().await;
    from.close().await;

    let copy = app.on(TestDatabase::Server(target)).await;

    let walked = copy.services.verify_audit_here(Operator::at_command_line(), None).await.unwrap();
    assert_eq!(walked.fault, None);
    assert!(walked.whole > 10);
    let mut desk = copy.browser();
    let signed_in = [("email", "support@northwind.example"), ("password", STAFF_PASSWORD)];
    assert_eq!(desk.post("/sign-in", &signed_in).await.location(), "/desk");
    // The administrator's browser is known there, and a check opens what was sealed here.
    let mut browser = copy.browser();
    browser.cookies = admin.browser.cookies.clone();
    assert_eq!(copy.services.values_opened(), 0);
    browser.post(&admin.path("check"), &[]).await;
    assert_eq!(copy.services.values_opened(), 3);
    assert_eq!(copy.ukg.calls(), 1);
}

#[tokio::test]
async fn a_database_that_holds_anything_is_not_copied_into_and_stays_as_it_is() {
    let app = lived_in().await;
    let (url, other) = (app.database.url(), TestApp::new().await);
    let before = other.dump().await;
    let program = Program::bare();

    let refused = program.run(&["copy", "--from", &url, "--to", &other.database.url()]);

    assert_eq!(refused.status.code(), Some(1));
    let told = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(told.contains("it holds data already"), "{told}");
    assert_eq!(other.dump().await, before);
    let same = program.run(&["copy", "--from", &url, "--to", &url]);
    assert!(String::from_utf8_lossy(&same.stderr).contains("one and the same"));
}

#[tokio::test]
async fn a_url_that_cannot_be_used_is_not_repeated() {
    let program = Program::bare();

    for url in ["mysql://root:hunter2@db/linkdesk", "postgres://linkdesk:hunter2@127.0.0.1:1/linkdesk"] {
        let refused = program.run(&["copy", "--from", url, "--to", "sqlite:///nowhere/at/all.db"]);

        assert_eq!(refused.status.code(), Some(1));
        let told = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(!told.contains("hunter2"), "{told}");
    }
}

/// A copy that loses, changes or invents something.
struct Careless {
    to: Box<dyn RowWriter>,
    how: fn(&mut Vec<Cells>),
}

#[async_trait::async_trait]
impl RowReader for Careless {
    async fn tables(&mut self) -> storage::Result<Vec<Table>> {
        self.to.tables().await
    }

    async fn rows(
        &mut self,
        table: &Table,
        after: Option<&Cells>,
        limit: u32,
    ) -> storage::Result<Vec<Cells>> {
        self.to.rows(table, after, limit).await
    }
}

#[async_trait::async_trait]
impl RowWriter for Careless {
    async fn add(&mut self, table: &Table, rows: &[Cells]) -> storage::Result<()> {
        let mut rows = rows.to_vec();
        if table.name == "audit_entry" {
            (self.how)(&mut rows);
        }
        self.to.add(table, &rows).await
    }

    async fn commit(self: Box<Self>) -> storage::Result<()> {
        self.to.commit().await
    }
}

#[tokio::test]
async fn a_copy_that_is_not_the_same_in_every_row_is_not_kept() {
    let app = lived_in().await;
    let ways: [fn(&mut Vec<Cells>); 3] = [
        |rows| drop(rows.pop()),
        |rows| {
            let cells = rows.iter_mut().flatten();
            let mut texts = cells.filter_map(|cell| match cell {
                Cell::Text(text) if text == "link_created" || text == "flow_started" => Some(text),
                Cell::Text(_) | Cell::Null | Cell::Whole(_) | Cell::Bytes(_) => None,
            });
            texts.next().unwrap().push('.');
        },
        |rows| {
            let mut another = rows[0].clone();
            for cell in &mut another {
                match cell {
                    Cell::Text(text) if text.starts_with("aud_") => text.push('0'),
                    Cell::Whole(number) if *number < 1_000 => *number += 1_000_000,
                    Cell::Text(_) | Cell::Null | Cell::Whole(_) | Cell::Bytes(_) => {}
                }
            }
            rows.push(another);
        },
    ];
    for how in ways {
        let target = OnServer::empty().await;
        let (from, to) = (opened(&app.database.url()).await, opened(&target.url()).await);
        let careless = Box::new(Careless { to: to.write_rows().await.unwrap(), how });

        let refused = copying::copy(&mut *from.read_rows().await.unwrap(), careless).await;

        let told = format!("{:#}", refused.unwrap_err());
        assert!(told.contains("audit_entry") && told.contains("nothing was kept"), "{told}");
        assert_eq!(rows_of(&target.url()).await.len(), 2, "as it was when it was empty");
    }
}

async fn opened(url: &str) -> Database {
    Database::open(&DatabaseUrl::parse(url).unwrap()).await.unwrap()
}

/// Every row of every table, by table.
async fn rows_of(url: &str) -> Vec<(String, Cells)> {
    let database = opened(url).await;
    let mut reader = database.read_rows().await.unwrap();
    let mut all = Vec::new();
    for table in reader.tables().await.unwrap() {
        let rows = reader.rows(&table, None, 10_000).await.unwrap();
        all.extend(rows.into_iter().map(|row| (table.name.clone(), row)));
    }
    drop(reader);
    database.close().await;
    all
}
