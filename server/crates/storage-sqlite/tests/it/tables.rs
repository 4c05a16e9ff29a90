//! What the tables themselves refuse, whoever writes: plaintext, tokens, changes to the audit log.

use domain::{AuditId, Timestamp};
use sqlx::Row;
use storage::{Actor, AuditAction, AuditBond, AuditEntry, AuditStep, Client, Storage};

use crate::home::{Home, TestResult, link};

/// A wrapped key's and a sealed value's envelope, as SQL.
pub(crate) const KEY: &str = "unhex('01' || hex(zeroblob(60)))";
pub(crate) const VALUE: &str = "unhex('01' || hex(zeroblob(39)))";

#[tokio::test]
async fn a_data_key_that_is_not_wrapped_cannot_be_inserted() -> TestResult {
    let (home, link) = home_with_link().await?;

    for (what, version, key_id, envelope) in [
        ("no envelope", "1", "'a'", "NULL"),
        ("an empty one", "1", "'a'", "x''"),
        ("text", "1", "'a'", "'0123456789012345678901234567890123456789012345678901234567890'"),
        ("text that begins like one", "1", "'a'", "char(1) || substr(hex(zeroblob(40)), 1, 60)"),
        ("a bare key of 32 bytes", "1", "'a'", "zeroblob(32)"),
        ("one of another first byte", "1", "'a'", "zeroblob(61)"),
        ("one of version 2", "1", "'a'", "unhex('02' || hex(zeroblob(60)))"),
        ("one a byte too short", "1", "'a'", "unhex('01' || hex(zeroblob(59)))"),
        ("one a byte too long", "1", "'a'", "unhex('01' || hex(zeroblob(61)))"),
        ("a number", "1", "'a'", "1"),
        ("another version column", "2", "'a'", KEY),
        ("version 0", "0", "'a'", KEY),
        ("no version", "NULL", "'a'", KEY),
        ("a version in words", "'one'", "'a'", KEY),
        ("no key id", "1", "NULL", KEY),
        ("an empty key id", "1", "''", KEY),
    ] {
        let insert = format!(
            "INSERT INTO link_key (link_id, envelope_version, key_id, envelope) \
             VALUES ('{link}', {version}, {key_id}, {envelope})"
        );
        assert_refused(&home, &insert, what).await;
        assert_refused(&home, &insert.replace("INSERT", "INSERT OR REPLACE"), what).await;
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
        ("an empty one", "1", "x''"),
        ("plaintext", "1", "'Winter2026! Winter2026! Winter2026!'"),
        ("plaintext as bytes", "1", "CAST('Winter2026! Winter2026! Winter2026!' AS BLOB)"),
        ("text that begins like one", "1", "char(1) || 'Winter2026! Winter2026! Winter2026!'"),
        ("one of another first byte", "1", "zeroblob(40)"),
        ("one of version 2", "1", "unhex('02' || hex(zeroblob(39)))"),
        ("one without room for a nonce and a tag", "1", "unhex('01' || hex(zeroblob(28)))"),
        ("a number", "1", "1"),
        ("another version column", "2", VALUE),
        ("no version", "NULL", VALUE),
        ("a version in words", "'one'", VALUE),
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
            "envelope = x''",
            "envelope = 'Winter2026! Winter2026! Winter2026!'",
            "envelope = CAST('Winter2026! Winter2026! Winter2026!' AS BLOB)",
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
        "INSERT INTO staff_session VALUES (TOKEN, 'ses_1', 'stf_1', 0, 0, 0, '', NULL)",
        "INSERT INTO staff_device VALUES (TOKEN, 'stf_1', 0)",
        "INSERT INTO pending_sign_in VALUES (TOKEN, 'stf_1', 0, 5)",
        "INSERT INTO recovery_code VALUES ('stf_1', TOKEN, NULL)",
        "INSERT INTO staff_invite VALUES ('sti_1', TOKEN, 'b@b.example', 'support', 'stf_1', 0, 1)",
    ] {
        let insert = |token: &str| insert.replace("LINK", &link).replace("TOKEN", token);
        for token in [
            "'Zk3_0123456789012345678901234567890123456789'",
            "CAST('Zk3_0123456789012345678901234567890123456789' AS BLOB)",
            "x'0102'",
            "NULL",
        ] {
            assert_refused(&home, &insert(token), token).await;
        }
        assert_eq!(home.execute(&insert("randomblob(32)")).await?, 1);
    }
    Ok(())
}

#[tokio::test]
async fn an_audit_entry_cannot_be_changed_deleted_or_replaced() -> TestResult {
    let home = Home::new().await?;
    let entry = append(&home, 1).await?;
    append(&home, 2).await?;
    let before = audit_log(&home).await?;
    let id = entry.id;

    for sql in [
        "UPDATE audit_entry SET detail = 'nothing happened'".to_owned(),
        format!("UPDATE audit_entry SET at = 0 WHERE id = '{id}'"),
        format!("UPDATE OR REPLACE audit_entry SET id = '{id}'"),
        "DELETE FROM audit_entry".to_owned(),
        format!("DELETE FROM audit_entry WHERE id = '{id}'"),
        format!(
            "INSERT OR REPLACE INTO audit_entry (id, at, actor_kind, action, detail) \
             VALUES ('{id}', 0, 'system', 'signed_out', '')"
        ),
        "REPLACE INTO audit_entry (rowid, id, at, actor_kind, action, detail) \
         VALUES (1, 'aud_2', 0, 'system', 'signed_out', '')"
            .to_owned(),
        format!(
            "INSERT INTO audit_entry (id, at, actor_kind, action, detail) \
             VALUES ('{id}', 0, 'system', 'signed_out', '') ON CONFLICT (id) DO UPDATE SET detail = ''"
        ),
    ] {
        assert_refused(&home, &sql, &sql).await;
        assert_eq!(audit_log(&home).await?, before, "{sql}");
    }
    Ok(())
}

#[tokio::test]
async fn the_chain_of_the_audit_log_cannot_be_changed_deleted_or_moved_back() -> TestResult {
    let home = Home::new().await?;
    append(&home, 1).await?;
    append(&home, 2).await?;
    let head = home.storage.audit_head().await?;
    let rows = home.storage.audit_rows(0, 10).await?;

    for sql in [
        "UPDATE audit_chain SET hash = zeroblob(32)",
        "UPDATE audit_chain SET seal = NULL",
        "UPDATE OR REPLACE audit_chain SET position = 1",
        "DELETE FROM audit_chain",
        "INSERT OR REPLACE INTO audit_chain VALUES (1, zeroblob(32), NULL)",
        "REPLACE INTO audit_chain VALUES (2, zeroblob(32), NULL)",
        "INSERT INTO audit_chain VALUES (3, zeroblob(31), NULL)",
        "INSERT INTO audit_chain VALUES (3, zeroblob(32), x'00')",
        "UPDATE audit_head SET position = 1",
        "UPDATE audit_head SET hash = zeroblob(32)",
        "UPDATE audit_head SET position = 9, found = 9",
        "DELETE FROM audit_head",
        "INSERT INTO audit_head VALUES (2, 9, zeroblob(32), NULL, 0)",
        "INSERT OR REPLACE INTO audit_head VALUES (1, 9, zeroblob(32), NULL, 0)",
    ] {
        assert_refused(&home, sql, sql).await;
        assert_eq!(home.storage.audit_head().await?, head, "{sql}");
        assert_eq!(home.storage.audit_rows(0, 10).await?, rows, "{sql}");
    }
    Ok(())
}

#[tokio::test]
async fn an_audit_entry_about_no_link_is_kept_whole() -> TestResult {
    let home = Home::new().await?;

    let entry = append(&home, 1).await?;

    let kept = ["1".to_owned(), entry.id.to_string(), "NULL".to_owned(), "command_line".to_owned()];
    assert_eq!(audit_log(&home).await?, [kept]);
    Ok(())
}

pub(crate) async fn home_with_link() -> Result<(Home, String), Box<dyn std::error::Error>> {
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

async fn audit_log(home: &Home) -> Result<Vec<[String; 4]>, Box<dyn std::error::Error>> {
    let rows = sqlx::query(
        "SELECT CAST(at AS TEXT), id, coalesce(link_id, 'NULL'), actor_kind FROM audit_entry ORDER BY rowid",
    )
    .fetch_all(&mut home.raw().await?)
    .await?;
    Ok(rows.iter().map(|row| [0, 1, 2, 3].map(|column| row.get(column))).collect())
}

/// A refusal by the table: a constraint, a type or a trigger, not a slip in the SQL above.
pub(crate) async fn assert_refused(home: &Home, sql: &str, what: &str) {
    let refused = home.execute(sql).await.map_err(|error| error.to_string());
    let by_the_table = |text: &String| {
        ["constraint failed", "cannot store", "audit entries are never"]
            .iter()
            .any(|part| text.contains(part))
    };
    assert!(refused.as_ref().is_err_and(by_the_table), "{what}: {refused:?}");
}
