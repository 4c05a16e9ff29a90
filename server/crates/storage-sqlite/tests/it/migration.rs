//! A database of the first version is brought up to date with everything in it.

use std::borrow::Cow;
use std::str::FromStr;

use domain::{
    CheckOutcome, CredentialField, LinkId, LinkStatus, Permission, PermissionSet, ProblemCode, Step,
    Timestamp, WhoActs,
};
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, Executor, SqliteConnection};
use storage::{
    FieldState, Fingerprint, Refusals, SealedCredential, Slot, StaffReads as _, Storage, TokenHash,
    WrappedKey,
};
use storage_sqlite::SqliteStorage;
use tempfile::TempDir;

use crate::home::{TestResult, envelope, url};

const FIRST: &str = include_str!("../../migrations/0001_first.sql");
/// What sqlx has noted in every installation of the first version: with another file, none of them would start.
const FIRST_CHECKSUM: &str =
    "78c2f19d15f6569ea01f8d9a0880eb1372a6ca1b128a597e3a2886c0b3a5effcd41b7ae7d19488fdc2a6cb7947f3f03a";

/// Rows as the first version wrote them.
const ROWS: &str = "
INSERT INTO link VALUES ('lnk_0196f0c1e4007000800000000000000a', 'Northwind', 'maria@northwind.example',
    'employee_person_details,payroll_integration', 'linked_with_gaps', 'customer', 'permission_missing', 'domain',
    'service5.ultipro.com', 10, 20, 30);
INSERT INTO link VALUES ('lnk_0196f0c1e4007000800000000000000b', 'Contoso', NULL, 'employee_person_details',
    'invited', 'customer', NULL, NULL, NULL, 11, 11, NULL);
INSERT INTO invite VALUES ('inv_0196f0c1e4007000800000000000000a', 'lnk_0196f0c1e4007000800000000000000a',
    unhex('A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1'), 10, 1000, 12, NULL, 30);
INSERT INTO flow_session VALUES (unhex('B1B1B1B1B1B1B1B1B1B1B1B1B1B1B1B1B1B1B1B1B1B1B1B1B1B1B1B1B1B1B1B1'),
    'lnk_0196f0c1e4007000800000000000000a', 'inv_0196f0c1e4007000800000000000000a', 12, 1000);
INSERT INTO link_key VALUES ('lnk_0196f0c1e4007000800000000000000a', 1, '2026-a',
    unhex('01' || replace(hex(zeroblob(60)), '00', '07')));
INSERT INTO sealed_value VALUES ('lnk_0196f0c1e4007000800000000000000a', 'customer_api_key', 'saved', 1,
    unhex('01' || replace(hex(zeroblob(39)), '00', '11')), 14);
INSERT INTO sealed_value VALUES ('lnk_0196f0c1e4007000800000000000000a', 'username', 'saved', 1,
    unhex('01' || replace(hex(zeroblob(39)), '00', '12')), 15);
INSERT INTO sealed_value VALUES ('lnk_0196f0c1e4007000800000000000000a', 'password', 'saved', 1,
    unhex('01' || replace(hex(zeroblob(4999)), '00', '13')), 16);
INSERT INTO sealed_value VALUES ('lnk_0196f0c1e4007000800000000000000a', 'password', 'pending', 1,
    unhex('01' || replace(hex(zeroblob(39)), '00', '14')), 17);
INSERT INTO step_attempt VALUES ('lnk_0196f0c1e4007000800000000000000b', 'key', 18, 'key_missing', NULL);
INSERT INTO check_run VALUES ('chk_0196f0c1e4007000800000000000000a', 'lnk_0196f0c1e4007000800000000000000a',
    'service5.ultipro.com', 20, 21, 'failed', 'credentials_rejected', 'reached', 100, NULL);
INSERT INTO check_run VALUES ('chk_0196f0c1e4007000800000000000000b', 'lnk_0196f0c1e4007000800000000000000a',
    'service5.ultipro.com', 22, 23, 'failed', 'credentials_rejected', 'reached', 100, NULL);
INSERT INTO check_run VALUES ('chk_0196f0c1e4007000800000000000000c', 'lnk_0196f0c1e4007000800000000000000a',
    'service5.ultipro.com', 24, 25, NULL, NULL, NULL, NULL, NULL);
INSERT INTO check_run VALUES ('chk_0196f0c1e4007000800000000000000d', 'lnk_0196f0c1e4007000800000000000000a',
    'service5.ultipro.com', 26, 27, 'linked_with_gaps', NULL, 'accepted', 100, 200);
INSERT INTO check_row VALUES ('chk_0196f0c1e4007000800000000000000d', 0, 'employee_person_details', 'granted', NULL);
INSERT INTO check_row VALUES ('chk_0196f0c1e4007000800000000000000d', 1, 'payroll_integration', 'missing',
    'permission_missing');
INSERT INTO check_run VALUES ('chk_0196f0c1e4007000800000000000000e', 'lnk_0196f0c1e4007000800000000000000b',
    'service4.ultipro.com', 28, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO staff VALUES ('stf_0196f0c1e4007000800000000000000a', 'ann@linkdesk.example', 'owner', 'hash', 1);
INSERT INTO staff_session VALUES (unhex('C1C1C1C1C1C1C1C1C1C1C1C1C1C1C1C1C1C1C1C1C1C1C1C1C1C1C1C1C1C1C1C1'),
    'stf_0196f0c1e4007000800000000000000a', 1, 2);
INSERT INTO audit_entry VALUES (1, 'aud_0196f0c1e4007000800000000000000b', 12,
    'lnk_0196f0c1e4007000800000000000000a', 'customer', 'inv_0196f0c1e4007000800000000000000a', 'flow_started', '');
INSERT INTO audit_entry VALUES (2, 'aud_0196f0c1e4007000800000000000000a', 12,
    'lnk_0196f0c1e4007000800000000000000a', 'system', NULL, 'check_finished', 'linked_with_gaps');
";

#[tokio::test]
async fn a_link_of_the_first_version_is_kept_and_was_never_replaced() -> TestResult {
    let (_folder, storage) = migrated().await?;

    let link = storage.link(northwind()?).await?.ok_or("the link is gone")?;

    assert_eq!((link.customer.as_str(), link.status), ("Northwind", LinkStatus::LinkedWithGaps));
    assert_eq!(link.contact.as_ref().map(|email| email.as_str()), Some("maria@northwind.example"));
    assert_eq!(link.permissions, PermissionSet::new(&[Permission::PayrollIntegration]));
    assert_eq!((link.who_acts, link.problem), (WhoActs::Customer, Some(ProblemCode::PermissionMissing)));
    assert_eq!(link.step_reached, Some(Step::Domain));
    assert_eq!(link.host.as_ref().map(|host| host.as_str()), Some("service5.ultipro.com"));
    assert_eq!((link.created_at, link.changed_at, link.linked_at), (at(10), at(20), Some(at(30))));
    assert_eq!((link.fresh_host, link.account, link.previous), (None, None, None));
    assert_eq!(storage.links(None, 10).await?.len(), 2);
    Ok(())
}

#[tokio::test]
async fn credentials_of_the_first_version_are_kept_without_fingerprints() -> TestResult {
    let (_folder, storage) = migrated().await?;
    let link = northwind()?;
    let expected = [
        (CredentialField::CustomerApiKey, Slot::Saved, 14, envelope(40, 0x11)),
        (CredentialField::Password, Slot::Pending, 17, envelope(40, 0x14)),
        (CredentialField::Password, Slot::Saved, 16, envelope(5_000, 0x13)),
        (CredentialField::Username, Slot::Saved, 15, envelope(40, 0x12)),
    ];

    let mut unit = storage.begin().await?;

    let key = WrappedKey { key_id: "2026-a".to_owned(), envelope: envelope(61, 7) };
    assert_eq!(unit.data_key(link).await?, Some(key));
    let (states, values) = (storage.field_states(link).await?, unit.sealed_values(link).await?);
    assert_eq!((states.len(), values.len()), (4, 4));
    for (field, slot, changed, envelope) in expected {
        assert!(values.contains(&SealedCredential { field, slot, envelope, fingerprint: None }));
        assert!(states.contains(&FieldState { field, slot, changed_at: at(changed), fingerprint: None }));
    }
    assert_eq!(unit.installation_key().await?, None);
    Ok(())
}

#[tokio::test]
async fn a_saved_value_of_the_first_version_can_be_replaced_and_the_replacement_undone() -> TestResult {
    let (_folder, storage) = migrated().await?;
    let (link, field) = (northwind()?, CredentialField::Password);
    let fresh = SealedCredential {
        field,
        slot: Slot::Fresh,
        envelope: envelope(50, 0x15),
        fingerprint: Some(Fingerprint([5; 32])),
    };

    let mut unit = storage.begin().await?;
    unit.put_sealed(link, &fresh, at(40)).await?;
    assert!(unit.move_sealed(link, field, Slot::Saved, Slot::Previous).await?);
    assert!(unit.move_sealed(link, field, Slot::Fresh, Slot::Saved).await?);
    assert!(unit.move_sealed(link, field, Slot::Previous, Slot::Saved).await?);
    unit.commit().await?;

    let values = storage.begin().await?.sealed_values(link).await?;
    let old =
        SealedCredential { field, slot: Slot::Saved, envelope: envelope(5_000, 0x13), fingerprint: None };
    assert_eq!((values.len(), values.contains(&old)), (4, true));
    Ok(())
}

#[tokio::test]
async fn checks_of_the_first_version_are_kept_and_equal_nothing() -> TestResult {
    let (_folder, storage) = migrated().await?;
    let link = northwind()?;
    let unknown = Fingerprint([0; 32]);

    let check = storage.last_check(link).await?.ok_or("the check is gone")?;

    assert_eq!((check.id.to_string().as_str(), check.submission), (LAST_CHECK, unknown));
    assert_eq!((check.of_replacement, check.refused, check.surplus), (false, 0, Vec::new()));
    let report = check.report.ok_or("its report is gone")?;
    assert_eq!((report.outcome, report.accepted_ms), (CheckOutcome::LinkedWithGaps, Some(200)));
    let rows: Vec<_> = report.rows.iter().map(|row| (row.permission, row.took_ms)).collect();
    assert_eq!(rows, [(Permission::EmployeePersonDetails, None), (Permission::PayrollIntegration, None)]);
    let mut unit = storage.begin().await?;
    assert_eq!(unit.running_checks().await?.len(), 1);
    let contoso: LinkId = "lnk_0196f0c1e4007000800000000000000b".parse()?;
    for link in [link, contoso] {
        assert_eq!(unit.refusals(link, &unknown).await?, Refusals::default());
    }
    // Which values they were is not known: each counts as values of its own.
    assert_eq!(unit.rejections(link, at(0)).await?, [at(20), at(22)]);
    Ok(())
}

#[tokio::test]
async fn everything_else_of_the_first_version_is_kept() -> TestResult {
    let (_folder, storage) = migrated().await?;

    let invite = storage.invite_by_token(&TokenHash([0xA1; 32])).await?.ok_or("the invite is gone")?;
    assert_eq!((invite.started_at, invite.completed_at, invite.renews), (Some(at(12)), Some(at(30)), None));
    let session = storage.flow_session(&TokenHash([0xB1; 32])).await?.ok_or("the session is gone")?;
    assert_eq!((session.invite, session.expires_at, session.hand_over), (invite.id, at(1000), None));
    assert_eq!(storage.open_hand_overs(invite.link).await?, []);
    assert!(storage.staff_session(&TokenHash([0xC1; 32])).await?.is_some());
    let contoso: LinkId = "lnk_0196f0c1e4007000800000000000000b".parse()?;
    assert!(storage.step_attempt(contoso, Step::Key).await?.is_some());
    let timeline = storage.timeline(northwind()?, 10).await?;
    assert_eq!(
        timeline.iter().map(|entry| entry.detail.as_str()).collect::<Vec<_>>(),
        ["linked_with_gaps", ""]
    );
    Ok(())
}

#[tokio::test]
async fn the_migrated_file_is_sound_and_has_the_tables_of_a_new_one() -> TestResult {
    let (folder, storage) = migrated().await?;
    storage.close().await;
    let fresh = tempfile::tempdir()?;
    SqliteStorage::open(&database(&fresh)).await?.close().await;

    let (mut old, mut new) = (connect(&folder).await?, connect(&fresh).await?);

    let sound: String = sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&mut old).await?;
    assert_eq!(sound, "ok");
    assert!(sqlx::query("PRAGMA foreign_key_check").fetch_all(&mut old).await?.is_empty());
    let tables = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name";
    let of = |db| sqlx::query_scalar::<_, String>(tables).fetch_all(db);
    let (old, new) = (of(&mut old).await?, of(&mut new).await?);
    assert_eq!(old, new);
    assert!(old.iter().filter(|sql| sql.starts_with("CREATE TABLE")).count() >= 12);
    Ok(())
}

#[tokio::test]
async fn a_shipped_migration_is_as_it_was_shipped() -> TestResult {
    let (folder, storage) = migrated().await?;
    storage.close().await;

    let checksums: Vec<String> =
        sqlx::query_scalar("SELECT lower(hex(checksum)) FROM _sqlx_migrations ORDER BY version")
            .fetch_all(&mut connect(&folder).await?)
            .await?;

    assert_eq!(checksums.first().map(String::as_str), Some(FIRST_CHECKSUM));
    Ok(())
}

const LAST_CHECK: &str = "chk_0196f0c1e4007000800000000000000d";

fn northwind() -> Result<LinkId, domain::InvalidId> {
    "lnk_0196f0c1e4007000800000000000000a".parse()
}

const fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

fn database(folder: &TempDir) -> String {
    url(&folder.path().join("linkdesk.db"))
}

async fn connect(folder: &TempDir) -> Result<SqliteConnection, Box<dyn std::error::Error>> {
    Ok(SqliteConnectOptions::from_str(&database(folder))?.create_if_missing(true).connect().await?)
}

/// A database that the first version made and used, opened by this one.
async fn migrated() -> Result<(TempDir, SqliteStorage), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let mut db = connect(&folder).await?;
    let first = Migration::new(
        1,
        Cow::Borrowed("first"),
        MigrationType::Simple,
        sqlx::SqlStr::from_static(FIRST),
        false,
    );
    let migrator = Migrator { migrations: vec![first].into(), ..Migrator::DEFAULT };
    migrator.run(&mut db).await?;
    db.execute(ROWS).await?;
    db.close().await?;
    let storage = SqliteStorage::open(&database(&folder)).await?;
    Ok((folder, storage))
}
