//! What the database holds, read behind the program's back.

use std::time::{Duration, Instant};

use domain::{CredentialField, LinkId};
use vault::{Keyring, SealedValue, Vault, WrappedDataKey};

use crate::database::query;
use crate::ground::{HOST, KEY, Login};
use crate::program::Program;

/// A check ends within its own deadline of 20 s, and is kept soon after.
const PATIENCE: Duration = Duration::from_secs(40);

/// Where a link stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub status: String,
    /// Username and password in use, opened; `None` when nothing is.
    pub in_use: Option<(String, String)>,
    /// Whether a way back is kept.
    pub has_previous: bool,
}

pub async fn standing(program: &Program, link: LinkId) -> Standing {
    let sql = format!(
        "SELECT status || ' ' || ifnull(host, '-') || ' ' || ifnull(fresh_host, '-') FROM link WHERE id = '{link}'"
    );
    let row = query(&program.database(), &sql).await.pop().unwrap();
    let [status, host, fresh_host] = row.split(' ').collect::<Vec<_>>().try_into().unwrap();
    assert!([HOST, "-"].contains(&host) && fresh_host == "-", "{row}");
    let key = opened(program, link, CredentialField::CustomerApiKey, "saved").await;
    assert_eq!(key, KEY);
    let username = opened(program, link, CredentialField::Username, "saved").await;
    let password = opened(program, link, CredentialField::Password, "saved").await;
    // Whatever waits or is kept can be opened, too.
    let mut beside = Vec::new();
    for slot in ["fresh", "previous"] {
        opened(program, link, CredentialField::Username, slot).await;
        beside.push(!opened(program, link, CredentialField::Password, slot).await.is_empty());
    }
    Standing {
        status: status.to_owned(),
        in_use: (!password.is_empty()).then_some((username, password)),
        has_previous: beside[1],
    }
}

impl Standing {
    pub fn is(&self, (username, password): Login) -> bool {
        self.in_use.as_ref().is_some_and(|used| (used.0.as_str(), used.1.as_str()) == (username, password))
    }
}

/// Fails when anything is half made: broken pages, checks that nobody will end, checks without their audit entries.
pub async fn assert_nothing_is_half_made(program: &Program) {
    let database = program.database();
    assert_eq!(query(&database, "PRAGMA quick_check").await, ["ok"]);
    assert!(query(&database, "PRAGMA foreign_key_check").await.is_empty());
    assert_eq!(running(program).await, 0, "a check that nobody will end");
    assert_eq!(count(program, "link WHERE status = 'checking'").await, 0);
    let audited = |actions: &str| format!("audit_entry WHERE action IN ({actions})");
    let checks = count(program, "check_run").await;
    assert_eq!(count(program, &audited("'check_started'")).await, checks);
    assert_eq!(count(program, &audited("'check_finished', 'check_abandoned'")).await, checks);
    assert_eq!(count(program, &audited("'credentials_opened'")).await, 3 * checks);
    // A report is there with all its rows, or not at all.
    let rows = "check_run WHERE outcome IS NOT NULL AND (SELECT count(*) FROM check_row WHERE check_id = check_run.id) <> 10";
    assert_eq!(count(program, rows).await, 0);
    // A link that stands has exactly its job, and no job is about anything else.
    let jobless = "link l WHERE status IN ('linked', 'linked_with_gaps', 'attention') AND (SELECT count(*) FROM job j \
                   WHERE j.kind = 'recheck' AND j.subject = l.id) <> 1";
    assert_eq!(count(program, jobless).await, 0, "a link that stands without its re-check");
    let stray = "job j WHERE j.kind = 'recheck' AND NOT EXISTS (SELECT 1 FROM link l WHERE l.id = j.subject \
                 AND l.status IN ('linked', 'linked_with_gaps', 'attention'))";
    assert_eq!(count(program, stray).await, 0, "a re-check of what is not checked");
    let replaced = "audit_entry a WHERE action = 'credentials_replaced'";
    let swaps = "check_run c JOIN audit_entry a ON a.action = 'credentials_replaced' AND a.detail = c.id";
    assert_eq!(count(program, replaced).await, count(program, swaps).await, "each swap is of one check");
}

/// How many checks are under way.
pub async fn running(program: &Program) -> usize {
    count(program, "check_run WHERE finished_at IS NULL").await
}

/// Waits until no check runs.
pub async fn all_ended(program: &Program) {
    let began = Instant::now();
    while running(program).await > 0 {
        assert!(began.elapsed() < PATIENCE, "a check does not end");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

async fn count(program: &Program, rows: &str) -> usize {
    let sql = format!("SELECT count(*) || '' FROM {rows}");
    query(&program.database(), &sql).await[0].parse().unwrap()
}

/// The value in this slot as the key file opens it; empty when there is none.
async fn opened(program: &Program, link: LinkId, field: CredentialField, slot: &str) -> String {
    let value = format!(
        "SELECT key_id || ' ' || hex(k.envelope) || ' ' || hex(v.envelope) FROM sealed_value v JOIN link_key k USING \
         (link_id) WHERE link_id = '{link}' AND field = '{field}' AND slot = '{slot}'"
    );
    let Some(row) = query(&program.database(), &value).await.pop() else { return String::new() };
    let parts: Vec<&str> = row.split(' ').collect();
    let vault = Vault::new(Keyring::read_file(&program.path("master.key")).unwrap());
    let key = WrappedDataKey::from_stored(parts[0], hex::decode(parts[1]).unwrap()).unwrap();
    let value = SealedValue::from_stored(hex::decode(parts[2]).unwrap()).unwrap();
    vault.open(&key, link, field, &value).unwrap().expose().to_owned()
}
