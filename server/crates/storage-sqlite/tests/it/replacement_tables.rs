//! What the second migration's tables and columns refuse, whoever writes.

use crate::home::{Home, TestResult};
use crate::tables::{KEY, assert_refused, home_with_link};

/// What is no fingerprint, as SQL.
const NO_FINGERPRINTS: [&str; 6] =
    ["x''", "zeroblob(31)", "zeroblob(33)", "'01234567890123456789012345678901'", "1", "'Winter2026!'"];

#[tokio::test]
async fn an_account_is_a_fingerprint_or_unknown() -> TestResult {
    let (home, _) = home_with_link().await?;
    let replaced = "previous_host = 'service4.ultipro.com', previous_status = 'linked', replaced_at = 1";

    for bytes in NO_FINGERPRINTS {
        assert_refused(&home, &format!("UPDATE link SET account = {bytes}"), bytes).await;
        let change = format!("UPDATE link SET {replaced}, previous_account = {bytes}");
        assert_refused(&home, &change, bytes).await;
    }
    for bytes in ["zeroblob(32)", "NULL"] {
        home.execute(&format!("UPDATE link SET account = {bytes}")).await?;
        home.execute(&format!("UPDATE link SET {replaced}, previous_account = {bytes}")).await?;
    }
    Ok(())
}

#[tokio::test]
async fn what_was_before_a_replacement_is_kept_whole_or_not_at_all() -> TestResult {
    let (home, _) = home_with_link().await?;
    let values = ["'service4.ultipro.com'", "'linked'", "zeroblob(32)", "1"];
    let change = |present: u8| {
        let [host, status, account, at] =
            [0, 1, 2, 3].map(|column| if present >> column & 1 == 1 { values[column] } else { "NULL" });
        format!(
            "UPDATE link SET previous_host = {host}, previous_status = {status}, previous_account = {account}, \
             replaced_at = {at}"
        )
    };
    // Whether an account was known is the only thing left open.
    let whole = [0b0000, 0b1011, 0b1111];

    for present in 0..16 {
        let change = change(present);
        if whole.contains(&present) {
            assert_eq!(home.execute(&change).await?, 1, "{change}");
        } else {
            assert_refused(&home, &change, &change).await;
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_sealed_value_has_a_fingerprint_or_none() -> TestResult {
    let home = Home::new().await?;
    home.linked().await?;

    for bytes in NO_FINGERPRINTS {
        assert_refused(&home, &format!("UPDATE sealed_value SET fingerprint = {bytes}"), bytes).await;
    }
    for bytes in ["zeroblob(32)", "NULL"] {
        assert_eq!(home.execute(&format!("UPDATE sealed_value SET fingerprint = {bytes}")).await?, 1);
    }
    Ok(())
}

#[tokio::test]
async fn what_the_first_table_of_sealed_values_refused_the_new_one_refuses() -> TestResult {
    let home = Home::new().await?;
    home.linked().await?;

    for change in [
        "link_id = NULL",
        "link_id = 'lnk_1'",
        "field = NULL",
        "field = 'note'",
        "slot = NULL",
        "slot = 'draft'",
        "slot = 'Saved'",
        "envelope = zeroblob(40)",
        "envelope = unhex('01' || hex(zeroblob(28)))",
        "changed_at = NULL",
        "changed_at = 'today'",
    ] {
        assert_refused(&home, &format!("UPDATE sealed_value SET {change}"), change).await;
    }
    let again = "INSERT INTO sealed_value SELECT * FROM sealed_value";
    assert_refused(&home, again, "two values in one slot").await;
    assert_refused(&home, "DELETE FROM link_key", "values without their key").await;
    Ok(())
}

#[tokio::test]
async fn the_installations_key_is_wrapped_and_there_is_one() -> TestResult {
    let home = Home::new().await?;

    for (what, row) in [
        ("no id", "NULL, 1, 'a', KEY"),
        ("another id", "2, 1, 'a', KEY"),
        ("id 0", "0, 1, 'a', KEY"),
        ("no envelope", "1, 1, 'a', NULL"),
        ("a bare key of 32 bytes", "1, 1, 'a', zeroblob(32)"),
        ("text", "1, 1, 'a', char(1) || substr(hex(zeroblob(40)), 1, 60)"),
        ("one of another first byte", "1, 1, 'a', zeroblob(61)"),
        ("one of version 2", "1, 1, 'a', unhex('02' || hex(zeroblob(60)))"),
        ("one a byte too short", "1, 1, 'a', unhex('01' || hex(zeroblob(59)))"),
        ("one a byte too long", "1, 1, 'a', unhex('01' || hex(zeroblob(61)))"),
        ("another version column", "1, 2, 'a', KEY"),
        ("no version", "1, NULL, 'a', KEY"),
        ("no key id", "1, 1, NULL, KEY"),
        ("an empty key id", "1, 1, '', KEY"),
    ] {
        let row = row.replace("KEY", KEY);
        // An id that is left out is chosen by SQLite: the first one is 1.
        if what != "no id" {
            assert_refused(&home, &format!("INSERT INTO installation_key VALUES ({row})"), what).await;
        }
        assert_refused(&home, &format!("INSERT INTO installation_key VALUES ({row}), ({row})"), what).await;
    }
    home.execute(&format!("INSERT INTO installation_key VALUES (1, 1, 'a', {KEY})")).await?;
    for id in ["1", "2", "NULL"] {
        let second = format!("INSERT INTO installation_key VALUES ({id}, 1, 'a', {KEY})");
        assert_refused(&home, &second, "a second one").await;
    }
    Ok(())
}

#[tokio::test]
async fn a_check_knows_its_values_and_counts_from_zero() -> TestResult {
    let (home, link) = home_with_link().await?;
    home.execute(&format!(
        "INSERT INTO check_run (id, link_id, host, started_at, submission) \
         VALUES ('chk_1', '{link}', 'service4.ultipro.com', 0, randomblob(32))"
    ))
    .await?;

    for change in
        NO_FINGERPRINTS.map(|bytes| format!("submission = {bytes}")).iter().map(String::as_str).chain([
            "submission = NULL",
            "of_replacement = NULL",
            "of_replacement = 2",
            "of_replacement = -1",
            "of_replacement = 'yes'",
            "refused = NULL",
            "refused = -1",
            "refused = 'once'",
            "surplus = NULL",
        ])
    {
        assert_refused(&home, &format!("UPDATE check_run SET {change}"), change).await;
    }
    for change in ["of_replacement = 1", "of_replacement = 0", "refused = 1", "refused = 0"] {
        assert_eq!(home.execute(&format!("UPDATE check_run SET {change}")).await?, 1, "{change}");
    }
    Ok(())
}

#[tokio::test]
async fn a_hand_over_is_whole_and_belongs_somewhere() -> TestResult {
    let (home, link) = home_with_link().await?;
    home.execute(&format!(
        "INSERT INTO invite (id, link_id, token_hash, created_at, expires_at) \
         VALUES ('inv_1', '{link}', randomblob(32), 0, 1)"
    ))
    .await?;
    home.execute(&format!(
        "INSERT INTO hand_over VALUES ('hov_1', '{link}', 'inv_1', 'key', zeroblob(32), 0, 1, NULL, NULL)"
    ))
    .await?;

    for change in [
        "id = NULL",
        "link_id = NULL",
        "link_id = 'lnk_1'",
        "invite_id = NULL",
        "invite_id = 'inv_2'",
        "step = NULL",
        "created_at = NULL",
        "expires_at = NULL",
        "started_at = 'today'",
        "ended_at = 'today'",
    ] {
        assert_refused(&home, &format!("UPDATE hand_over SET {change}"), change).await;
    }
    for (what, row) in [
        ("the same id", "'hov_1', 'LINK', 'inv_1', 'key', randomblob(32), 0, 1, NULL, NULL"),
        ("the same token", "'hov_2', 'LINK', 'inv_1', 'key', zeroblob(32), 0, 1, NULL, NULL"),
    ] {
        let row = row.replace("LINK", &link);
        assert_refused(&home, &format!("INSERT INTO hand_over VALUES ({row})"), what).await;
    }
    let session =
        format!("INSERT INTO flow_session VALUES (randomblob(32), '{link}', 'inv_1', 0, 1, 'hov_1')");
    assert_refused(&home, &session.replace("hov_1", "hov_2"), "a session of no hand-over").await;
    assert_eq!(home.execute(&session).await?, 1);
    assert_refused(&home, "DELETE FROM hand_over", "a session's hand-over").await;
    assert_refused(&home, "UPDATE invite SET renews = 'inv_2'", "it renews no invite").await;
    assert_eq!(home.execute("UPDATE invite SET renews = id").await?, 1);
    Ok(())
}
