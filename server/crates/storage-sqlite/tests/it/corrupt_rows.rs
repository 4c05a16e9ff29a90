//! A row that cannot be read is named by its place, and its contents are not repeated.

use domain::{CheckId, Step, Timestamp, WebServicesHost};
use storage::{
    Actor, AuditAction, AuditEntry, CheckRun, Fingerprint, Result, StaffReads as _, StepAttempt, Storage,
    StorageError,
};

use crate::home::{Home, TestResult, link};

/// Stands in for something that must not reach a log.
pub(crate) const NONSENSE: &str = "nonsense-Winter2026!";

#[tokio::test]
async fn a_link_that_cannot_be_read_names_its_column() -> TestResult {
    for column in
        ["status", "who_acts", "problem", "step_reached", "contact", "host", "fresh_host", "permissions"]
    {
        let home = Home::new().await?;
        let id = home.linked().await?;
        home.execute(&format!("UPDATE link SET {column} = '{NONSENSE}'")).await?;

        let expected = ("link", column, id.to_string());
        assert_eq!(place(home.storage.link(id).await)?, expected);
        assert_eq!(place(home.storage.links(None, 10).await)?, expected);
        assert_eq!(place(home.storage.begin().await?.link(id).await)?, expected);
    }
    Ok(())
}

#[tokio::test]
async fn counting_links_of_an_unreadable_status_names_a_link() -> TestResult {
    let home = Home::new().await?;
    let id = home.linked().await?;
    home.execute(&format!("UPDATE link SET status = '{NONSENSE}'")).await?;

    assert_eq!(place(home.storage.count_links().await)?, ("link", "status", id.to_string()));
    Ok(())
}

#[tokio::test]
async fn permissions_that_would_be_widened_by_reading_are_refused() -> TestResult {
    for text in ["payroll_integration", "", "employee_person_details,", "employee_person_details,payroll"] {
        let home = Home::new().await?;
        let id = home.linked().await?;
        home.execute(&format!("UPDATE link SET permissions = '{text}'")).await?;

        assert_eq!(place(home.storage.link(id).await)?, ("link", "permissions", id.to_string()));
    }
    Ok(())
}

#[tokio::test]
async fn bytes_that_are_no_text_are_a_corrupt_row_too() -> TestResult {
    let home = Home::new().await?;
    let id = home.linked().await?;
    home.execute("UPDATE link SET customer = CAST(x'ff80' AS TEXT)").await?;

    assert_eq!(place(home.storage.link(id).await)?, ("link", "customer", id.to_string()));
    Ok(())
}

#[tokio::test]
async fn an_attempt_that_cannot_be_read_names_its_column() -> TestResult {
    let home = Home::new().await?;
    let id = home.linked().await?;
    let attempt = StepAttempt {
        step: Step::Key,
        at: Timestamp::from_millis(1),
        problems: vec![domain::ProblemCode::KeyMissing],
        typed_address: None,
    };
    let mut unit = home.storage.begin().await?;
    unit.put_step_attempt(id, &attempt).await?;
    unit.commit().await?;
    home.execute(&format!("UPDATE step_attempt SET problems = 'key_missing,{NONSENSE}'")).await?;

    let found = place(home.storage.step_attempt(id, Step::Key).await)?;

    assert_eq!(found, ("step_attempt", "problems", id.to_string()));
    Ok(())
}

#[tokio::test]
async fn a_check_that_cannot_be_read_names_its_column() -> TestResult {
    for (column, change) in [
        ("outcome", "outcome = 'NONSENSE'"),
        ("outcome", "outcome = 'linked', problem = 'ukg_busy', connection = 'accepted'"),
        ("outcome", "outcome = 'failed', connection = 'accepted'"),
        ("problem", "outcome = 'failed', problem = 'NONSENSE', connection = 'accepted'"),
        ("connection", "outcome = 'linked', connection = 'NONSENSE'"),
        ("connection", "outcome = 'linked'"),
        ("reached_ms", "outcome = 'linked', connection = 'accepted', reached_ms = -1"),
        ("accepted_ms", "outcome = 'linked', connection = 'accepted', accepted_ms = 4294967296"),
    ] {
        let home = Home::new().await?;
        let check = check_of(&home).await?;
        home.execute(&format!("UPDATE check_run SET {}", change.replace("NONSENSE", NONSENSE))).await?;

        let expected = ("check_run", column, check.id.to_string());
        assert_eq!(place(home.storage.last_check(check.link).await)?, expected, "{change}");
    }
    Ok(())
}

#[tokio::test]
async fn a_checks_row_that_cannot_be_read_names_its_column() -> TestResult {
    for (column, row) in [
        ("permission", "'NONSENSE', 'granted', NULL, 1"),
        ("result", "'payroll_integration', 'NONSENSE', NULL, 1"),
        ("problem", "'payroll_integration', 'missing', 'NONSENSE', 1"),
        ("took_ms", "'payroll_integration', 'granted', NULL, -1"),
        ("took_ms", "'payroll_integration', 'granted', NULL, 4294967296"),
    ] {
        let home = Home::new().await?;
        let check = check_of(&home).await?;
        home.execute("UPDATE check_run SET outcome = 'linked', connection = 'accepted'").await?;
        let row = row.replace("NONSENSE", NONSENSE);
        home.execute(&format!("INSERT INTO check_row VALUES ('{}', 0, {row})", check.id)).await?;

        let expected = ("check_row", column, check.id.to_string());
        assert_eq!(place(home.storage.last_check(check.link).await)?, expected);
    }
    Ok(())
}

#[tokio::test]
async fn an_audit_entry_that_cannot_be_read_names_its_column() -> TestResult {
    for (column, actor_kind, actor_id, action) in [
        ("action", "'system'", "NULL", "'NONSENSE'"),
        ("actor_id", "'staff'", "'NONSENSE'", "'signed_in'"),
        ("actor_id", "'customer'", "NULL", "'signed_in'"),
    ] {
        let home = Home::new().await?;
        let at = Timestamp::from_millis(1);
        let id = home.linked().await?;
        let entry = AuditEntry {
            id: domain::AuditId::new(at, [1; 10]),
            at,
            link: Some(id),
            actor: Actor::System,
            action: AuditAction::SignedIn,
            detail: String::new(),
        };
        let row = format!("{actor_kind}, {actor_id}, {action}").replace("NONSENSE", NONSENSE);
        home.execute(&format!(
            "INSERT INTO audit_entry (id, at, link_id, actor_kind, actor_id, action, detail) \
             VALUES ('{}', 1, '{id}', {row}, '')",
            entry.id
        ))
        .await?;

        let found = place(home.storage.timeline(id, 10).await)?;

        assert_eq!(found, ("audit_entry", column, entry.id.to_string()));
    }
    Ok(())
}

#[tokio::test]
async fn a_staff_account_that_cannot_be_read_names_its_column() -> TestResult {
    let home = Home::new().await?;
    let id = "stf_00000000000070008000000000000001";
    home.execute(&format!("INSERT INTO staff VALUES ('{id}', '{NONSENSE}', 'owner', 'hash', 0, NULL)"))
        .await?;
    let token = storage::TokenHash([7; 32]);
    let session = "ses_00000000000070008000000000000001";
    home.execute(&format!(
        "INSERT INTO staff_session VALUES (unhex('{}'), '{session}', '{id}', 0, 0, 0, '', NULL)",
        "07".repeat(32)
    ))
    .await?;

    let found = place(home.storage.staff_session(&token).await)?;

    assert_eq!(found, ("staff", "email", id.to_owned()));
    Ok(())
}

pub(crate) async fn check_of(home: &Home) -> std::result::Result<CheckRun, Box<dyn std::error::Error>> {
    let link = link(1)?;
    let at = Timestamp::from_millis(1);
    let check = CheckRun {
        id: CheckId::new(at, [1; 10]),
        link: link.id,
        host: WebServicesHost::from_stored("service4.ultipro.com").map_err(|code| code.to_string())?,
        started_at: at,
        finished_at: None,
        report: None,
        submission: Fingerprint([7; 32]),
        account: None,
        of_replacement: false,
        refused: 0,
        surplus: Vec::new(),
    };
    let mut unit = home.storage.begin().await?;
    unit.insert_link(&link).await?;
    unit.insert_check(&check).await?;
    unit.commit().await?;
    Ok(check)
}

/// Where the row stands that could not be read; an error when it was read, or when its contents are told.
pub(crate) fn place<T>(read: Result<T>) -> std::result::Result<(&'static str, &'static str, String), String> {
    match read {
        Err(error @ StorageError::CorruptRow { .. }) if format!("{error} {error:?}").contains(NONSENSE) => {
            Err(format!("tells the contents: {error:?}"))
        }
        Err(StorageError::CorruptRow { table, column, row }) => Ok((table, column, row)),
        Err(error) => Err(format!("another error: {error:?}")),
        Ok(_) => Err("it was read".to_owned()),
    }
}
