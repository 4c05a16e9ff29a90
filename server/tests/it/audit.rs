//! The audit log as a chain: whoever touches the database is found out, and every opening of an envelope is in it.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use base64::Engine as _;
use services::{Acceptance, AuditFault, Entries, Operator, Verification};
use vault::{Keyring, Purpose, Vault, WrappedInstallationKey, sha256};

use crate::support::{Program, Script, TestApp, change, query};

/// Takes away what keeps the tables as they are, as somebody with the database's file can.
const UNGUARDED: &str = "DROP TRIGGER audit_entry_is_never_changed; DROP TRIGGER audit_entry_is_never_deleted; \
    DROP TRIGGER audit_entry_is_never_replaced; DROP TRIGGER audit_chain_is_never_changed; \
    DROP TRIGGER audit_chain_is_never_deleted; DROP TRIGGER audit_chain_is_never_replaced; \
    DROP TRIGGER audit_head_only_moves_on; DROP TRIGGER audit_head_is_never_deleted; \
    DROP TRIGGER audit_head_is_never_replaced; PRAGMA foreign_keys = OFF;";

async fn walked(app: &TestApp) -> Verification {
    app.services.verify_audit_here(Operator::at_command_line(), None).await.unwrap()
}

/// An installation whose log has a flow's worth of entries.
async fn used() -> TestApp {
    let app = TestApp::new().await;
    app.linked_admin().await;
    app
}

async fn tamper(app: &TestApp, sql: &str) {
    app.database.change(&format!("{UNGUARDED} {sql}")).await;
}

#[tokio::test]
async fn a_log_nobody_touched_is_whole_and_goes_on_being_so() {
    let app = used().await;

    let first = walked(&app).await;
    app.linked_admin().await;
    let again = app.restarted().await;
    let second = walked(&again).await;

    assert_eq!((first.fault, second.fault, second.found), (None, None, 0));
    assert!(first.whole >= 10 && second.whole > first.whole + 10, "{first:?} {second:?}");
    assert_eq!(app.value("SELECT count(*) || '' FROM audit_entry").await, (second.whole + 1).to_string());
}

#[tokio::test]
async fn every_kind_of_tampering_is_found_where_it_begins() {
    use AuditFault::{Changed, Foreign, HeadChanged, Missing, Unsealed, WrongSeal};
    let swapped = "UPDATE audit_entry SET position = -5 WHERE position = 5; \
         UPDATE audit_entry SET position = 5 WHERE position = 6; UPDATE audit_entry SET position = 6 WHERE position = -5;";
    let shifted = "UPDATE audit_entry SET position = -position WHERE position >= 5; \
         UPDATE audit_entry SET position = 1 - position WHERE position < 0; \
         INSERT INTO audit_entry (position, id, at, actor_kind, action, detail) \
         VALUES (5, 'aud_0196f0c1e4007000800000000000000a', 0, 'system', 'signed_in', '');";
    let taken_out = "DELETE FROM audit_entry WHERE position = 5; \
         UPDATE audit_entry SET position = -position WHERE position > 5; \
         UPDATE audit_entry SET position = -position - 1 WHERE position < 0;";
    let cases: Vec<(&str, u64, AuditFault)> = vec![
        ("UPDATE audit_entry SET detail = detail || '.' WHERE position = 5;", 5, Changed),
        ("UPDATE audit_entry SET at = at + 1 WHERE position = 1;", 1, Changed),
        ("UPDATE audit_entry SET action = 'signed_out' WHERE position = 5;", 5, Changed),
        ("UPDATE audit_entry SET actor_kind = 'system', actor_id = NULL WHERE position = 2;", 2, Changed),
        ("UPDATE audit_entry SET link_id = NULL WHERE position = 5;", 5, Changed),
        ("UPDATE audit_entry SET address = '192.0.2.1' WHERE position = 5;", 5, Changed),
        ("UPDATE audit_entry SET browser = 'opera' WHERE position = 5;", 5, Changed),
        ("DELETE FROM audit_entry WHERE position = 5;", 5, Missing),
        ("DELETE FROM audit_entry WHERE position = 1;", 1, Missing),
        ("DELETE FROM audit_entry;", 1, Missing),
        (swapped, 5, Changed),
        (shifted, 5, Changed),
        (taken_out, 5, Changed),
        ("DELETE FROM audit_chain WHERE position = 5;", 5, Foreign),
        ("UPDATE audit_chain SET seal = NULL WHERE position = 5;", 5, Unsealed),
        ("UPDATE audit_chain SET seal = zeroblob(32) WHERE position = 5;", 5, WrongSeal),
        (
            "UPDATE audit_chain SET seal = (SELECT seal FROM audit_chain WHERE position = 4) WHERE position = 5;",
            5,
            WrongSeal,
        ),
        ("UPDATE audit_chain SET hash = zeroblob(32) WHERE position = 5;", 5, Changed),
        ("UPDATE audit_head SET seal = NULL;", 0, HeadChanged),
        ("UPDATE audit_head SET hash = zeroblob(32);", 0, HeadChanged),
    ];
    for (sql, position, fault) in cases {
        let app = used().await;
        assert_eq!(walked(&app).await.fault, None, "before: {sql}");

        tamper(&app, sql).await;

        let found = walked(&app).await;
        let (at, why) = found.fault.unwrap_or_else(|| panic!("not found: {sql}"));
        assert_eq!(why, fault, "{sql}");
        if position > 0 {
            assert_eq!((at, found.whole), (position, position - 1), "{sql}");
        }
    }
}

#[tokio::test]
async fn a_tail_that_was_cut_off_is_missed() {
    let app = used().await;
    let last = walked(&app).await.whole;

    tamper(&app, &format!("DELETE FROM audit_entry WHERE position > {last} - 3;")).await;

    assert_eq!(walked(&app).await.fault, Some((last - 2, AuditFault::Missing)));
    // Entries written since do not hide the gap.
    app.linked_admin().await;
    assert_eq!(walked(&app).await.fault, Some((last - 2, AuditFault::Missing)));
}

#[tokio::test]
async fn entries_without_a_seal_are_told_of_and_those_behind_them_are_verified_still() {
    let app = used().await;
    let unsealed = "UPDATE audit_chain SET seal = NULL WHERE position IN (4, 5, 8);";

    tamper(&app, &format!("{unsealed} UPDATE audit_entry SET at = at + 1 WHERE position = 10;")).await;

    let found = walked(&app).await;
    assert_eq!((found.fault, found.whole), (Some((4, AuditFault::Unsealed)), 3));
    assert_eq!(found.unsealed, [Entries { from: 4, to: 5 }, Entries { from: 8, to: 8 }]);
    assert_eq!(found.broken, Some((10, AuditFault::Changed)));
}

// Fails when `Walk::fault_of` heeds an acceptance that is not sealed, and when `Unsealed::take` takes more than was accepted.
#[tokio::test]
async fn what_was_accepted_stands_as_it_is_and_whatever_changes_after_that_is_found() {
    let changes: Vec<(&str, u64, AuditFault)> = vec![
        ("UPDATE audit_entry SET detail = detail || '.' WHERE position = 5;", 5, AuditFault::Changed),
        ("DELETE FROM audit_entry WHERE position = 5;", 5, AuditFault::Missing),
        ("UPDATE audit_chain SET seal = NULL WHERE position = 6;", 6, AuditFault::Unsealed),
        ("UPDATE audit_chain SET seal = zeroblob(32) WHERE position = 6;", 6, AuditFault::WrongSeal),
        (
            "UPDATE audit_chain SET seal = NULL WHERE position = (SELECT position FROM audit_entry WHERE action = 'log_accepted');",
            4,
            AuditFault::Unsealed,
        ),
    ];
    for (sql, position, fault) in changes {
        let app = used().await;
        tamper(&app, "UPDATE audit_chain SET seal = NULL WHERE position IN (4, 5);").await;
        assert_eq!(walked(&app).await.fault, Some((4, AuditFault::Unsealed)));
        let accepted = accept(&app, 5).await;
        assert_eq!(accepted, Acceptance::Accepted(vec![Entries { from: 4, to: 5 }]));
        let found = walked(&app).await;
        assert_eq!((found.fault, found.accepted), (None, vec![Entries { from: 4, to: 5 }]), "before: {sql}");
        let told = app
            .value("SELECT actor_kind || ' ' || detail FROM audit_entry WHERE action = 'log_accepted'")
            .await;
        assert_eq!(told, "command_line until 5: 4 to 5, by ann");

        tamper_again(&app, sql).await;

        let found = walked(&app).await;
        assert_eq!(found.broken.or(found.fault), Some((position, fault)), "{sql}");
    }
}

#[tokio::test]
async fn a_tail_cut_off_after_an_acceptance_is_found_and_needs_one_of_its_own() {
    let app = used().await;
    tamper(&app, "UPDATE audit_chain SET seal = NULL WHERE position = 4;").await;
    accept(&app, 4).await;
    let last = walked(&app).await.whole;
    let cut = format!(
        "DELETE FROM audit_entry WHERE position > {last}; DELETE FROM audit_chain WHERE position > {last}; UPDATE audit_head \
         SET position = {last}, hash = (SELECT hash FROM audit_chain WHERE position = {last}), seal = NULL;"
    );

    tamper_again(&app, &cut).await;

    assert_eq!(walked(&app).await.fault, Some((last, AuditFault::HeadChanged)));
    let found = walked(&app).await;
    assert_eq!(found.fault, Some((last + 1, AuditFault::Unsealed)), "the entry about the first verification");
    assert_eq!(found.accepted, [Entries { from: 4, to: 4 }]);
}

#[tokio::test]
async fn only_entries_that_lack_nothing_but_the_seal_are_accepted() {
    let app = used().await;
    assert_eq!(accept(&app, 5).await, Acceptance::Nothing);
    assert_eq!(accept(&app, 0).await, Acceptance::NotThere);
    assert_eq!(accept(&app, 9_999).await, Acceptance::NotThere);

    tamper(&app, "UPDATE audit_chain SET seal = NULL WHERE position IN (4, 5);").await;
    assert_eq!(accept(&app, 4).await, Acceptance::Accepted(vec![Entries { from: 4, to: 4 }]));
    assert_eq!(walked(&app).await.unsealed, [Entries { from: 5, to: 5 }]);

    app.database.change("UPDATE audit_entry SET at = at + 1 WHERE position = 7;").await;
    assert_eq!(accept(&app, 5).await, Acceptance::NotWhole(7, AuditFault::Changed));
    assert_eq!(app.audited("log_accepted").await, 1);
}

async fn accept(app: &TestApp, until: u64) -> Acceptance {
    app.services.accept_audit_here(Operator::at_command_line(), until, "ann").await.unwrap()
}

/// With the note of where the log ends moved back, as somebody without the key can only do it with a wrong seal.
#[tokio::test]
async fn a_tail_cut_off_with_the_head_moved_back_is_found_before_and_after_the_next_entry() {
    for seal in ["NULL", "(SELECT seal FROM audit_chain WHERE position = 7)", "zeroblob(32)"] {
        let app = used().await;
        let cut = format!(
            "DELETE FROM audit_entry WHERE position > 7; DELETE FROM audit_chain WHERE position > 7; UPDATE audit_head \
             SET position = 7, hash = (SELECT hash FROM audit_chain WHERE position = 7), seal = {seal};"
        );

        tamper(&app, &cut).await;

        assert_eq!(walked(&app).await.fault, Some((7, AuditFault::HeadChanged)), "{seal}");
        app.linked_admin().await;
        assert_eq!(walked(&app).await.fault, Some((8, AuditFault::Unsealed)), "{seal}");
    }
}

/// What the crate's documentation says is hashed, written down once more.
fn hash(before: &[u8], position: u64, at: i64, columns: [Option<&str>; 8]) -> [u8; 32] {
    let mut text = vec![1];
    text.extend(before);
    text.extend(position.to_be_bytes());
    text.extend(at.to_be_bytes());
    for column in columns {
        text.push(u8::from(column.is_some()));
        let column = column.unwrap_or_default().as_bytes();
        text.extend((column.len() as u64).to_be_bytes());
        text.extend(column);
    }
    sha256(&text)
}

#[tokio::test]
async fn who_computes_the_chain_anew_without_the_key_is_found_by_the_seals() {
    let app = used().await;
    let last = walked(&app).await.whole;
    tamper(&app, "UPDATE audit_entry SET detail = 'nothing happened' WHERE position = 5;").await;

    // Every hash from there on, made to fit.
    let mut before = vec![0; 32];
    let mut sql = String::new();
    for position in 1..=last + 1 {
        let column = |name: &str| {
            format!("SELECT coalesce(CAST({name} AS TEXT), '-') FROM audit_entry WHERE position = {position}")
        };
        let mut values = Vec::new();
        for name in
            ["id", "link_id", "actor_kind", "actor_id", "action", "detail", "address", "browser", "at"]
        {
            values.push(app.value(&column(name)).await);
        }
        let at = values.pop().unwrap().parse().unwrap();
        let columns: Vec<_> = values.iter().map(|value| (value != "-").then_some(value.as_str())).collect();
        before = hash(&before, position, at, columns.try_into().unwrap()).to_vec();
        sql += &format!(
            "UPDATE audit_chain SET hash = x'{}' WHERE position = {position};",
            hex::encode(&before)
        );
    }
    let stored = app.value("SELECT lower(hex(hash)) FROM audit_chain WHERE position = 4").await;
    assert!(sql.contains(&stored), "the hashes are computed as the program computes them");
    tamper_again(&app, &format!("{sql} UPDATE audit_head SET hash = x'{}';", hex::encode(&before))).await;

    assert_eq!(walked(&app).await.fault, Some((5, AuditFault::WrongSeal)));
}

async fn tamper_again(app: &TestApp, sql: &str) {
    app.database.change(&format!("PRAGMA foreign_keys = OFF; {sql}")).await;
}

/// The log's entries, and nothing of its chain.
const UNCHAINED: &str = "DELETE FROM audit_chain; UPDATE audit_head SET position = 0, hash = zeroblob(32), seal = NULL, \
    found = (SELECT max(position) FROM audit_entry);";

/// As a database of an earlier version is after its migration: entries, nothing of the chain, and a key of an installation
/// that says nothing of one.
async fn unchain(app: &TestApp) -> u64 {
    let entries = app.value("SELECT count(*) || '' FROM audit_entry").await;
    tamper(app, UNCHAINED).await;
    as_wrapped_before(app).await;
    entries.parse().unwrap()
}

/// Wraps the installation's key as it was before the log's end had a seal that the key speaks of.
async fn as_wrapped_before(app: &TestApp) {
    let (id, key) = key_file(app);
    let aead = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &key).unwrap());
    let aad = |purpose: &str| {
        [purpose.as_bytes(), &[0, 1, u8::try_from(id.len()).unwrap()], id.as_bytes()].concat()
    };
    let envelope = hex::decode(app.value("SELECT hex(envelope) FROM installation_key").await).unwrap();
    let mut text = envelope[13..].to_vec();
    let nonce = || Nonce::assume_unique_for_key(envelope[1..13].try_into().unwrap());
    let opened =
        aead.open_in_place(nonce(), Aad::from(aad("linkdesk installation key of a sealed log")), &mut text);
    let mut text = opened.unwrap().to_vec();
    aead.seal_in_place_append_tag(nonce(), Aad::from(aad("linkdesk installation key")), &mut text).unwrap();
    let before = [&envelope[..13], &text].concat();
    app.database
        .change(&format!("UPDATE installation_key SET envelope = x'{}';", hex::encode(&before)))
        .await;
}

/// The id and the bytes of the key in the key file.
fn key_file(app: &TestApp) -> (String, Vec<u8>) {
    let text = std::fs::read_to_string(app.folder().join("master.key")).unwrap();
    let line = text.lines().find(|line| line.ends_with("primary")).unwrap();
    let mut words = line.split(' ');
    let id = words.next().unwrap().to_owned();
    (id, base64::engine::general_purpose::STANDARD.decode(words.next().unwrap()).unwrap())
}

/// The seal of the log's end as it was made before the installation's key spoke of it.
async fn sealed_as_before(app: &TestApp) {
    let (id, key) = key_file(app);
    let vault = Vault::new(
        Keyring::parse(&std::fs::read_to_string(app.folder().join("master.key")).unwrap()).unwrap(),
    );
    assert_eq!(key.len(), 32);
    let envelope = hex::decode(app.value("SELECT hex(envelope) FROM installation_key").await).unwrap();
    let wrapped = WrappedInstallationKey::from_stored(&id, envelope).unwrap();
    let position: u64 = app.value("SELECT position || '' FROM audit_head").await.parse().unwrap();
    let hash = hex::decode(app.value("SELECT hex(hash) FROM audit_head").await).unwrap();
    let prints = vault.fingerprinter(&wrapped).unwrap();
    let seal = prints.of(Purpose::AuditHead, &[&position.to_be_bytes(), &hash]);
    app.database.change(&format!("UPDATE audit_head SET seal = x'{}';", hex::encode(seal))).await;
}

#[tokio::test]
async fn a_log_whose_end_has_its_seal_from_before_goes_on() {
    let app = used().await;
    sealed_as_before(&app).await;
    as_wrapped_before(&app).await;

    let app = app.restarted().await;
    assert_eq!(walked(&app).await.fault, None);
    let app = app.restarted().await;
    app.linked_admin().await;

    let found = walked(&app).await;
    assert_eq!((found.fault, found.found), (None, 0));
    // From the first start on, such a seal is worth nothing.
    sealed_as_before(&app).await;
    assert_eq!(walked(&app).await.fault.map(|(_, why)| why), Some(AuditFault::HeadChanged));
}

// Fails when `Fingerprints::made` takes an end without a seal, and when `old_step` seals behind one.
#[tokio::test]
async fn a_log_that_was_a_chain_is_never_chained_again_as_if_it_were_ours() {
    for more in ["", "DELETE FROM installation_key;"] {
        let app = used().await;
        let rewritten = "UPDATE audit_entry SET action = 'note_added' WHERE position = 5;";
        tamper(&app, &format!("{UNCHAINED} {rewritten} {more}")).await;
        let last: u64 = app.value("SELECT max(position) || '' FROM audit_entry").await.parse().unwrap();

        let app = app.restarted().await;
        app.linked_admin().await;

        let found = walked(&app).await;
        assert_eq!(found.fault, Some((1, AuditFault::Unsealed)), "{more}");
        assert_eq!(found.unsealed, [Entries { from: 1, to: last + 1 }], "and the entry that says so; {more}");
        let app = app.restarted().await;
        assert_eq!(
            walked(&app).await.fault,
            Some((1, AuditFault::Unsealed)),
            "a start mends nothing; {more}"
        );
    }
}

#[tokio::test]
async fn up_to_where_entries_were_found_is_sealed_too() {
    let app = used().await;
    tamper(&app, "UPDATE audit_head SET found = 5;").await;

    assert_eq!(walked(&app).await.fault.map(|(_, why)| why), Some(AuditFault::HeadChanged));
    let app = app.restarted().await;
    app.linked_admin().await;
    assert_eq!(walked(&app).await.fault.map(|(_, why)| why), Some(AuditFault::Unsealed));
}

#[tokio::test]
async fn the_servers_own_log_says_where_the_audit_log_ends() {
    let mut program = program();
    program.serve().await;
    let end = "SELECT position || ' fingerprint=\"' || lower(hex(hash)) FROM audit_head";
    let end = query(&program.database(), end).await;

    for _ in 0..100 {
        let log = std::fs::read_to_string(program.path("serve.err")).unwrap();
        if log.contains("the audit log ends here") {
            assert!(log.contains(&format!("entry={}", end[0])), "{log}");
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("{}", std::fs::read_to_string(program.path("serve.err")).unwrap());
}

#[tokio::test]
async fn entries_of_an_earlier_version_are_chained_once_in_their_order() {
    let app = used().await;
    let old = unchain(&app).await;

    let app = app.restarted().await;

    let found = walked(&app).await;
    assert_eq!((found.fault, found.found), (None, old));
    assert_eq!(found.whole, old + 1, "and an entry that says so");
    let chained = "SELECT position || ' ' || detail FROM audit_entry WHERE action = 'log_chained'";
    assert_eq!(app.value(chained).await, format!("{} {old}", old + 1));
    // Another start chains nothing again.
    let app = app.restarted().await;
    assert_eq!(app.audited("log_chained").await, 1);
    assert_eq!(walked(&app).await.fault, None);
}

#[tokio::test]
async fn more_old_entries_than_are_chained_at_a_time_are_all_chained() {
    let app = used().await;
    let many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500) INSERT INTO audit_entry \
         (position, id, at, actor_kind, action, detail) SELECT (SELECT max(position) FROM audit_entry) + i, 'aud_' || printf('%032x', i), i, 'system', 'signed_out', '' FROM n;";
    tamper(&app, many).await;
    app.database.change(UNCHAINED).await;
    as_wrapped_before(&app).await;

    let found = walked(&app.restarted().await).await;

    assert_eq!((found.fault, found.whole), (None, found.found + 1));
    assert!(found.found > 2500);
}

#[tokio::test]
async fn entries_put_behind_the_log_are_found_and_never_taken_for_old_ones() {
    let app = used().await;
    let last = walked(&app).await.whole + 1;
    let behind = "INSERT INTO audit_entry (position, id, at, actor_kind, action, detail) \
         VALUES ((SELECT max(position) + 1 FROM audit_entry), 'aud_0196f0c1e4007000800000000000000a', 0, 'system', 'signed_in', '');";
    app.database.change(behind).await;

    // The work goes on, and so does the log, after them.
    let app = app.restarted().await;
    app.linked_admin().await;

    assert_eq!(walked(&app).await.fault, Some((last + 1, AuditFault::Foreign)));
    let chained = format!("SELECT count(*) || '' FROM audit_chain WHERE position > {last}");
    assert!(app.value(&chained).await.parse::<u64>().unwrap() >= 10);
}

/// Bar S6. Fails when a check opens an envelope without its entry, or more often than it says.
#[tokio::test]
async fn every_opening_of_an_envelope_has_its_entry() {
    let app = TestApp::new().await;
    assert_eq!((app.services.values_opened(), app.audited("credentials_opened").await), (0, 0));

    let mut admin = app.linked_admin().await;
    app.checked_admin(Script::Gaps).await;
    app.checked_admin(Script::Panics).await;
    admin.post("check", &[]).await;
    admin.enter_password("another password").await;

    let opened = app.services.values_opened();
    assert!(opened >= 12, "{opened}");
    assert_eq!(app.audited("credentials_opened").await as u64, opened);
}

/// A program with some entries in its log.
fn program() -> Program {
    let program = Program::ready();
    for customer in ["Contoso", "Fabrikam", "Adventure Works"] {
        assert!(program.run(&["invite", "create", "--customer", customer]).status.success());
    }
    program
}

fn printed(output: &std::process::Output) -> String {
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn audit_verify_prints_the_fingerprint_to_note_and_knows_it_later() {
    let program = program();

    let first = printed(&program.run(&["audit", "verify"]));
    let noted = first.trim_end().rsplit(' ').next().unwrap().to_owned();
    assert!(first.starts_with("3 entries, every one whole\nfingerprint of entry 3: "), "{first}");
    printed(&program.run(&["invite", "create", "--customer", "Later"]));
    let second = printed(&program.run(&["audit", "verify", "--head", &noted]));

    assert!(second.contains("is entry 3's; nothing up to it has changed"), "{second}");
    let unknown = program.run(&["audit", "verify", "--head", &"0".repeat(64)]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(
        String::from_utf8_lossy(&unknown.stderr).contains("no entry of the audit log has that fingerprint")
    );
    assert_eq!(program.run(&["audit", "verify", "--head", "abc"]).status.code(), Some(2));
}

#[tokio::test]
async fn audit_verify_fails_naming_the_entry() {
    let program = program();
    change(&program.database(), &format!("{UNGUARDED} UPDATE audit_entry SET at = 0 WHERE position = 2;"))
        .await;

    let output = program.run(&["audit", "verify"]);

    assert_eq!(output.status.code(), Some(1));
    let error = String::from_utf8(output.stderr).unwrap();
    let line =
        "linkdesk: entry 2 of the audit log is not whole: it is not as it was written; 1 before it are\n";
    assert!(error.ends_with(line), "{error}");
}

#[tokio::test]
async fn audit_verify_needs_the_installations_own_key() {
    let mut program = program();
    printed(&program.run(&["keygen", "--out", "other.key"]));
    program.set("LINKDESK_MASTER_KEY_FILE", "other.key");

    let output = program.run(&["audit", "verify"]);

    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("the installation's own key cannot be opened"));
}

#[test]
fn entries_of_a_time_with_a_wrong_key_file_are_named_accepted_and_told_of_from_then_on() {
    let mut program = program();
    printed(&program.run(&["keygen", "--out", "other.key"]));
    program.set("LINKDESK_MASTER_KEY_FILE", "other.key");
    for customer in ["Wrong key one", "Wrong key two"] {
        printed(&program.run(&["invite", "create", "--customer", customer]));
    }
    program.set("LINKDESK_MASTER_KEY_FILE", "master.key");

    let early = program.run(&["audit", "accept", "--until", "5"]);
    assert_eq!(early.status.code(), Some(1));
    assert!(
        String::from_utf8_lossy(&early.stderr).contains("run `linkdesk audit verify` first"),
        "{early:?}"
    );
    let named = program.run(&["audit", "verify"]);
    assert_eq!(named.status.code(), Some(1));
    let error = String::from_utf8_lossy(&named.stderr);
    assert!(error.contains("without a fitting seal: 4 to 6. "), "{error}");
    assert!(error.contains("`linkdesk audit accept --until 6`"), "{error}");
    assert!(error.trim_end().ends_with("every other entry is whole"), "{error}");

    let accepted = printed(&program.run(&["audit", "accept", "--until", "6", "--by", "Ann Smith"]));
    assert!(accepted.starts_with("accepted: 4 to 6; "), "{accepted}");
    printed(&program.run(&["invite", "create", "--customer", "Later"]));
    let verified = printed(&program.run(&["audit", "verify"]));
    assert!(verified.starts_with("8 entries, every one as it was written\n"), "{verified}");
    assert!(verified.contains("\nwithout a fitting seal, and accepted: 4 to 6\n"), "{verified}");
    let exported = printed(&program.run(&["audit", "export", "--json"]));
    assert!(exported.contains("until 6: 4 to 6, by Ann Smith"), "{exported}");
    let twice = program.run(&["audit", "accept", "--until", "6"]);
    assert!(String::from_utf8_lossy(&twice.stderr).contains("up to entry 6 there is none"), "{twice:?}");
}

#[tokio::test]
async fn an_export_is_enough_to_compute_the_chain_elsewhere() {
    let program = program();

    let text = printed(&program.run(&["audit", "export", "--json"]));
    let csv = printed(&program.run(&["audit", "export"]));

    let mut before = vec![0; 32];
    let entries: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(entries.len(), 4, "the export itself is the last");
    for entry in &entries {
        let column = |name: &str| entry[name].as_str();
        let names = ["id", "link_id", "actor_kind", "actor_id", "action", "detail", "address", "browser"];
        let (position, at) = (entry["position"].as_u64().unwrap(), entry["at"].as_i64().unwrap());
        before = hash(&before, position, at, names.map(column)).to_vec();
        assert_eq!(column("hash"), Some(hex::encode(&before).as_str()));
        assert!(csv.contains(&hex::encode(&before)));
    }
    assert_eq!(csv.lines().count(), 6);
    let exported = "SELECT count(*) || '' FROM audit_entry WHERE action = 'log_exported'";
    assert_eq!(query(&program.database(), exported).await, ["2"]);
}
