//! The second migration's columns: what cannot be read there names its place too, also what a table would refuse.

use domain::{InviteId, Step, Timestamp};
use storage::{FlowSession, HandOver, Invite, Storage, TokenHash};

use crate::corrupt_rows::{NONSENSE, check_of, place};
use crate::home::{Home, TestResult};

/// Bytes that are no fingerprint, and the nonsense in them.
const BYTES: &str = "CAST('nonsense-Winter2026!' AS BLOB)";
const REPLACED: &str = "previous_host = 'service4.ultipro.com', previous_status = 'linked', replaced_at = 1";

#[tokio::test]
async fn what_a_link_was_and_cannot_be_read_names_its_column() -> TestResult {
    for (column, value) in [
        ("account", BYTES),
        ("previous_host", "'nonsense-Winter2026!'"),
        ("previous_host", "NULL"),
        ("previous_status", "'nonsense-Winter2026!'"),
        ("previous_status", "NULL"),
        ("previous_account", BYTES),
    ] {
        let home = Home::new().await?;
        let id = home.linked().await?;
        home.execute(&format!("UPDATE link SET {REPLACED}")).await?;
        home.damage(&format!("UPDATE link SET {column} = {value}")).await?;

        assert_eq!(place(home.storage.link(id).await)?, ("link", column, id.to_string()), "{value}");
    }
    Ok(())
}

#[tokio::test]
async fn a_sealed_value_that_cannot_be_read_names_its_column() -> TestResult {
    for (column, value) in [
        ("field", "'nonsense-Winter2026!'"),
        ("slot", "'nonsense-Winter2026!'"),
        ("fingerprint", BYTES),
        ("fingerprint", "x''"),
    ] {
        let home = Home::new().await?;
        let id = home.linked().await?;
        home.damage(&format!("UPDATE sealed_value SET {column} = {value}")).await?;

        let expected = ("sealed_value", column, id.to_string());
        assert_eq!(place(home.storage.field_states(id).await)?, expected);
        assert_eq!(place(home.storage.begin().await?.field_states(id).await)?, expected);
        assert_eq!(place(home.storage.begin().await?.sealed_values(id).await)?, expected);
    }
    Ok(())
}

#[tokio::test]
async fn a_check_whose_beginning_cannot_be_read_names_its_column() -> TestResult {
    for (column, value) in [
        ("submission", BYTES),
        ("submission", "x''"),
        ("of_replacement", "2"),
        ("refused", "-1"),
        ("refused", "4294967296"),
        ("surplus", "'nonsense-Winter2026!'"),
        ("surplus", "'payroll_integration,nonsense-Winter2026!'"),
        ("surplus", "'payroll_integration,'"),
        ("surplus", "' '"),
    ] {
        let home = Home::new().await?;
        let check = check_of(&home).await?;
        home.damage(&format!("UPDATE check_run SET {column} = {value}")).await?;

        let expected = ("check_run", column, check.id.to_string());
        assert_eq!(place(home.storage.last_check(check.link).await)?, expected, "{value}");
        assert_eq!(place(home.storage.begin().await?.running_checks().await)?, expected, "{value}");
    }
    Ok(())
}

#[tokio::test]
async fn refusals_that_cannot_be_counted_name_a_check() -> TestResult {
    for value in ["-1", "4294967296"] {
        let home = Home::new().await?;
        let check = check_of(&home).await?;
        home.damage(&format!("UPDATE check_run SET refused = {value}")).await?;

        let counted = home.storage.begin().await?.refusals(check.link, &check.submission).await;

        assert_eq!(place(counted)?, ("check_run", "refused", check.id.to_string()), "{value}");
    }
    Ok(())
}

#[tokio::test]
async fn what_was_handed_over_and_cannot_be_read_names_its_column() -> TestResult {
    for column in ["link_id", "invite_id", "step", "token_hash"] {
        let home = Home::new().await?;
        let (_, hand_over, _) = handed_over(&home).await?;
        let value = if column == "token_hash" { BYTES.to_owned() } else { format!("'{NONSENSE}'") };
        home.damage(&format!("UPDATE hand_over SET {column} = {value}")).await?;

        let expected = ("hand_over", column, hand_over.id.to_string());
        assert_eq!(place(home.storage.hand_over(hand_over.id).await)?, expected);
    }
    Ok(())
}

#[tokio::test]
async fn a_session_or_an_invite_that_points_nowhere_names_its_column() -> TestResult {
    let home = Home::new().await?;
    let (invite, _, session) = handed_over(&home).await?;
    home.damage(&format!("UPDATE flow_session SET hand_over_id = '{NONSENSE}'")).await?;
    home.damage(&format!("UPDATE invite SET renews = '{NONSENSE}'")).await?;

    let found = place(home.storage.flow_session(&session.token).await)?;
    assert_eq!(found, ("flow_session", "hand_over_id", session.link.to_string()));
    let found = place(home.storage.invites_of(invite.link).await)?;
    assert_eq!(found, ("invite", "renews", invite.id.to_string()));
    Ok(())
}

#[tokio::test]
async fn an_installations_key_that_cannot_be_read_names_its_column() -> TestResult {
    let home = Home::new().await?;
    home.damage("INSERT INTO installation_key VALUES (1, 1, CAST(x'ff80' AS TEXT), x'01')").await?;

    let expected = ("installation_key", "key_id", "1".to_owned());
    assert_eq!(place(home.storage.installation_key().await)?, expected);
    assert_eq!(place(home.storage.begin().await?.installation_key().await)?, expected);
    Ok(())
}

/// An invite, a step its holder handed over, and the session that came from it.
async fn handed_over(home: &Home) -> Result<(Invite, HandOver, FlowSession), Box<dyn std::error::Error>> {
    let link = home.linked().await?;
    let at = Timestamp::from_millis(1);
    let invite = Invite {
        id: InviteId::new(at, [1; 10]),
        link,
        token: TokenHash([1; 32]),
        created_at: at,
        expires_at: at,
        started_at: None,
        revoked_at: None,
        completed_at: None,
        renews: None,
    };
    let hand_over = HandOver {
        id: domain::HandOverId::new(at, [1; 10]),
        link,
        invite: invite.id,
        step: Step::Key,
        token: TokenHash([2; 32]),
        created_at: at,
        expires_at: at,
        started_at: None,
        ended_at: None,
    };
    let session = FlowSession {
        token: TokenHash([3; 32]),
        link,
        invite: invite.id,
        created_at: at,
        expires_at: at,
        hand_over: Some(hand_over.id),
    };
    let mut unit = home.storage.begin().await?;
    unit.insert_invite(&invite).await?;
    unit.insert_hand_over(&hand_over).await?;
    unit.insert_flow_session(&session).await?;
    unit.commit().await?;
    Ok((invite, hand_over, session))
}
