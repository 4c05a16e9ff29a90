//! What the tables themselves refuse, whoever writes: plaintext, tokens, changes to the audit log.

use domain::{AuditId, Timestamp};
use storage::{Actor, AuditAction, AuditBond, AuditEntry, AuditStep, Client, Storage};

use crate::home::{Home, TestResult, link};

/// A wrapped key's and a sealed value's envelope, as SQL.
const KEY: &str = "decode('01' || repeat('00', 60), 'hex')";
const VALUE: &str = "decode('01' || repeat('00', 39), 'hex')";

#[tokio::test]
async fn a_data_key_that_is_not_wrapped_cannot_be_inserted() -> TestResult {
    let (home, link) = home_with_link().await?;

    for (what, version, key_id, envelope) in [
        ("no envelope", "1", "'a'", "NULL"),
        ("an empty one", "1", "'a'", "''::bytea"),
        ("a bare key of 32 bytes", "1", "'a'", "decode(repeat('00', 32), 'hex')"),
        ("one of another first byte", "1", "'a'", "decode(repeat('00', 61), 'hex')"),
        ("one of version 2", "1", "'a'", "decode('02' || repeat('00', 60), 'hex')"),
        ("one a byte too short", "1", "'a'", "decode('01' || repeat('00', 59), 'hex')"),
        ("one a byte too long", "1", "'a'", "decode('01' || repeat('00', 61), 'hex')"),
        ("another version column", "2", "'a'", KEY),
        ("version 0", "0", "'a'", KEY),
        ("no version", "NULL", "'a'", KEY),
        ("no key id", "1", "NULL", KEY),
        ("an empty key id", "1", "''", KEY),
    ] {
        let insert = format!(
            "INSERT INTO link_key (link_id, envelope_version, key_id, envelope) \
             VALUES ('{link}', {version}, {key_id}, {envelope})"
        );
        assert_refused(&home, &insert, what).await;
    }
    let whole = format!(
        "INSERT INTO link_key (link_id, envelope_version, key_id, envelope) VALUES ('{link}', 1, 'a', {KEY})"
    );
    assert_eq!(home.execute(&whole).await?, 1);
    Ok(())
}

#[tokio::test]
async fn a_value_that_is_not_sealed_cannot_be_inserted() -> TestResult {
    let (home, link) = home_with_link().await?;
    home.execute(&format!(
        "INSERT INTO link_key (link_id, envelope_version, key_id, envelope) VALUES ('{link}', 1, 'a', {KEY})"
    ))
    .await?;

    for (what, version, envelope) in [
        ("no envelope", "1", "NULL"),
        ("an empty one", "1", "''::bytea"),
        ("plaintext as bytes", "1", "'Winter2026! Winter2026! Winter2026!'::bytea"),
        ("one of another first byte", "1", "decode(repeat('00', 40), 'hex')"),
        ("one of version 2", "1", "decode('02' || repeat('00', 39), 'hex')"),
        ("one without room for a nonce and a tag", "1", "decode('01' || repeat('00', 28), 'hex')"),
        ("another version column", "2", VALUE),
        ("no version", "NULL", VALUE),
    ] {
        for slot in ["saved", "pending", "fresh", "previous"] {
            let insert = format!(
                "INSERT INTO sealed_value (link_id, field, slot, envelope_version, envelope, changed_at) \
                 VALUES ('{link}', 'password', '{slot}', {version}, {envelope}, 0)"
            );
            assert_refused(&home, &insert, what).await;
        }
    }
    let whole = format!(
        "INSERT INTO sealed_value (link_id, field, slot, envelope_version, envelope, changed_at) \
         VALUES ('{link}', 'password', 'saved', 1, {VALUE}, 0)"
    );
    assert_refused(&home, &whole.replace("password", "note"), "an unknown field").await;
    assert_refused(&home, &whole.replace("saved", "draft"), "an unknown slot").await;
    for slot in ["saved", "pending", "fresh", "previous"] {
        assert_eq!(home.execute(&whole.replace("saved", slot)).await?, 1);
    }
    Ok(())
}

#[tokio::test]
async fn an_envelope_cannot_be_changed_into_plaintext() -> TestResult {
    let home = Home::new().await?;
    home.linked().await?;

    for table in ["link_key", "sealed_value"] {
        for change in [
            "envelope = NULL",
            "envelope = ''::bytea",
            "envelope = 'Winter2026! Winter2026! Winter2026!'::bytea",
            "envelope_version = 2",
            "envelope_version = NULL",
        ] {
            assert_refused(&home, &format!("UPDATE {table} SET {change}"), change).await;
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_token_itself_cannot_be_kept() -> TestResult {
    let (home, link) = home_with_link().await?;
    home.execute("INSERT INTO staff VALUES ('stf_1', 'a@b.example', 'owner', 'hash', 0, NULL)").await?;

    for insert in [
        "INSERT INTO invite (id, link_id, token_hash, created_at, expires_at) VALUES ('inv_1', 'LINK', TOKEN, 0, 1)",
        "INSERT INTO flow_session VALUES (TOKEN, 'LINK', 'inv_1', 0, 1, NULL)",
        "INSERT INTO hand_over VALUES ('hov_1', 'LINK', 'inv_1', 'key', TOKEN, 0, 1, NULL, NULL)",
        "INSERT INTO staff_session VALUES (TOKEN, 'stf_1', 0, 0, 'ses_1', 0, '', NULL)",
        "INSERT INTO staff_device VALUES (TOKEN, 'stf_1', 0)",
        "INSERT INTO pending_sign_in VALUES (TOKEN, 'stf_1', 0, 5)",
        "INSERT INTO recovery_code VALUES ('stf_1', TOKEN, NULL)",
        "INSERT INTO staff_invite VALUES ('sti_1', TOKEN, 'b@b.example', 'support', 'stf_1', 0, 1)",
    ] {
        let insert = |token: &str| insert.replace("LINK", &link).replace("TOKEN", token);
        for token in ["'Zk3_0123456789012345678901234567890123456789'::bytea", "'\\x0102'::bytea", "NULL"] {
            assert_refused(&home, &insert(token), token).await;
        }
        assert_eq!(home.execute(&insert("decode(repeat('07', 32), 'hex')")).await?, 1);
    }
    Ok(())
}

#[tokio::test]
async fn the_audit_log_cannot_be_changed_deleted_emptied_or_moved_back() -> TestResult {
    let home = Home::new().await?;
    let entry = append(&home, 1).await?;
    append(&home, 2).await?;
    let head = home.storage.audit_head().await?;
    let rows = home.storage.audit_rows(0, 10).await?;
    let id = entry.id;
    let new = format!(
        "INSERT INTO audit_entry (position, id, at, actor_kind, action, detail) \
         VALUES (1, '{id}', 0, 'system', 'signed_out', '')"
    );

    for sql in [
        "UPDATE audit_entry SET detail = 'nothing happened'".to_owned(),
        format!("UPDATE audit_entry SET at = 0 WHERE id = '{id}'"),
        "DELETE FROM audit_entry".to_owned(),
        "TRUNCATE audit_entry CASCADE".to_owned(),
        new.clone(),
        new.replace("VALUES (1", "VALUES (9"),
        format!("{new} ON CONFLICT (id) DO UPDATE SET detail = ''"),
        "UPDATE audit_chain SET hash = decode(repeat('00', 32), 'hex')".to_owned(),
        "UPDATE audit_chain SET seal = NULL".to_owned(),
        "DELETE FROM audit_chain".to_owned(),
        "TRUNCATE audit_chain".to_owned(),
        "INSERT INTO audit_chain VALUES (3, decode(repeat('00', 31), 'hex'), NULL)".to_owned(),
        "UPDATE audit_head SET position = 1".to_owned(),
        "UPDATE audit_head SET hash = decode(repeat('00', 32), 'hex')".to_owned(),
        "UPDATE audit_head SET position = 9, found = 9".to_owned(),
        "DELETE FROM audit_head".to_owned(),
        "TRUNCATE audit_head".to_owned(),
        "INSERT INTO audit_head VALUES (2, 9, decode(repeat('00', 32), 'hex'), NULL, 0)".to_owned(),
    ] {
        assert_refused(&home, &sql, &sql).await;
        assert_eq!(home.storage.audit_head().await?, head, "{sql}");
        assert_eq!(home.storage.audit_rows(0, 10).await?, rows, "{sql}");
    }
    Ok(())
}

async fn home_with_link() -> Result<(Home, String), Box<dyn std::error::Error>> {
    let home = Home::new().await?;
    let link = link(1)?;
    let mut unit = home.storage.begin().await?;
    unit.insert_link(&link).await?;
    unit.commit().await?;
    Ok((home, link.id.to_string()))
}

async fn append(home: &Home, number: u8) -> Result<AuditEntry, Box<dyn std::error::Error>> {
    let at = Timestamp::from_millis(number.into());
    let entry = AuditEntry {
        id: AuditId::new(at, [number; 10]),
        at,
        link: None,
        actor: Actor::CommandLine,
        action: AuditAction::StaffAdded,
        detail: String::new(),
        client: Client::default(),
    };
    let mut unit = home.storage.begin().await?;
    let step = AuditStep {
        position: unit.audit_head().await?.position + 1,
        bond: AuditBond { hash: [number; 32], seal: None },
        head_seal: None,
    };
    unit.append_audit(&entry, &step).await?;
    unit.commit().await?;
    Ok(entry)
}

/// A refusal by the table: a constraint or a trigger, not a slip in the SQL above.
async fn assert_refused(home: &Home, sql: &str, what: &str) {
    let refused = home.execute(sql).await.map_err(|error| error.to_string());
    let by_the_table =
        |text: &String| ["violates", "audit entries are never"].iter().any(|part| text.contains(part));
    assert!(refused.as_ref().is_err_and(by_the_table), "{what}: {refused:?}");
}
