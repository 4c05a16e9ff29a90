//! Two servers on one PostgreSQL (bar R7): ten thousand re-checks, while one server or the other is killed (SIGKILL), or
//! stopped for longer than its lease and let go on (SIGSTOP, SIGCONT), at random. Their clocks are ten minutes apart. Each
//! re-check has its effect once, whoever comes late.
//!
//! The database itself counts: a trigger notes, in the very transaction that keeps it, that a re-check put its next one off.
//! `cargo bench -p server --bench two_servers -- URL [JOBS]`, with an empty database; `server/benches/on_postgres.sh` has one.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a benchmark stops at the first fault"
)]

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use domain::{
    CredentialField, CustomerName, Language, LinkId, LinkStatus, Permission, PermissionSet, Secret,
    Timestamp, WebServicesHost, WhoActs,
};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use storage::{JobKind, Link, SealedCredential, Slot, Storage, WrappedKey};
use storage_postgres::PostgresStorage;
use ukg_simulator::{Account, Scenarios, Simulator};
use vault::{Keyring, Vault};

const JOBS: usize = 10_000;
/// How many hosts of UKG Pro the links are spread over: each is asked by eight at a time.
const HOSTS: usize = 8;
const KEY: &str = "AB1C2";
const USERNAME: &str = "Svc";
const PASSWORD: &str = "Good+Pass(1)";
/// What makes one server's clock be wrong: put before the C library's own.
const WRONG_CLOCK: &str = "#define _GNU_SOURCE\n#include <dlfcn.h>\n#include <time.h>\n\
    int clock_gettime(clockid_t which, struct timespec *now) {\n\
      static int (*real)(clockid_t, struct timespec *);\n\
      if (!real) real = dlsym(RTLD_NEXT, \"clock_gettime\");\n\
      int told = real(which, now);\n\
      if (which == CLOCK_REALTIME) now->tv_sec += 600;\n\
      return told;\n}\n";
/// Notes that a re-check had its effect: the next one is put off by a day. One that could not ask, because its host is left
/// alone for a while, is put off by less, and comes again.
const COUNTED: &str = "CREATE TABLE effect (subject TEXT NOT NULL); \
    CREATE FUNCTION count_effect() RETURNS TRIGGER LANGUAGE plpgsql AS \
    $$ BEGIN INSERT INTO effect VALUES (NEW.subject); RETURN NULL; END $$; \
    CREATE TRIGGER effect AFTER UPDATE ON job FOR EACH ROW \
    WHEN (OLD.attempts > 0 AND NEW.attempts = 0 AND NEW.due_at > OLD.due_at + 43200000) EXECUTE FUNCTION count_effect()";

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let Some((url, rest)) = arguments.split_first() else { panic!("which database?") };
    let jobs = rest.first().map_or(JOBS, |jobs| jobs.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("master.key");
    Keyring::create_file(&key).unwrap();
    let mut scenarios = Scenarios::of(vec![Account::new("good", KEY, USERNAME, PASSWORD)]);
    scenarios.latency_ms = 20;
    let simulator = Simulator::start("127.0.0.1:0".parse().unwrap(), scenarios).await.unwrap();
    std::fs::write(folder.path().join("ca.pem"), simulator.ca_pem()).unwrap();
    fill(url, &key, jobs).await;
    let mut database = PgConnection::connect(url).await.unwrap();
    sqlx::raw_sql(COUNTED).execute(&mut database).await.unwrap();

    let began = Instant::now();
    let servers = |wrong: bool| Server::start(folder.path(), url, simulator.address(), wrong);
    let mut pair = [servers(false), servers(true)];
    let (mut kills, mut stops, mut chance) = (0, 0, Chance(u64::from(std::process::id())));
    loop {
        tokio::time::sleep(Duration::from_millis(1_000 + chance.next() % 4_000)).await;
        let done = count(&mut database, "effect").await;
        if done >= jobs || began.elapsed() > Duration::from_secs(1_800) {
            break;
        }
        let which = usize::try_from(chance.next() % 2).unwrap();
        let server = pair.get_mut(which).unwrap();
        if chance.next() % 2 == 0 {
            server.child.kill().unwrap();
            server.child.wait().unwrap();
            *server = servers(which == 1);
            kills += 1;
        } else {
            server.signal("-STOP");
            // Longer than a lease now and then, so that somebody else has its jobs when it goes on.
            let rest = if chance.next() % 3 == 0 { 33_000 } else { chance.next() % 8_000 };
            tokio::time::sleep(Duration::from_millis(rest)).await;
            server.signal("-CONT");
            stops += 1;
        }
    }
    // Who comes late comes now, if at all.
    tokio::time::sleep(Duration::from_secs(5)).await;
    let effects = count(&mut database, "effect").await;
    let twice =
        count(&mut database, "(SELECT subject FROM effect GROUP BY subject HAVING count(*) > 1) AS twice")
            .await;
    let checks = count(&mut database, "check_run WHERE outcome IS NOT NULL").await;
    let begun = count(&mut database, "check_run").await;
    println!(
        "{jobs} jobs, {kills} kills, {stops} stops in {:.0?}: {effects} effects, {twice} of them twice; {begun} checks begun, \
         {checks} came to an end, {} of them too late to have an effect",
        began.elapsed(),
        checks.saturating_sub(effects)
    );
    assert_eq!((effects, twice), (jobs, 0));
    println!("R7 holds");
}

async fn count(database: &mut PgConnection, rows: &str) -> usize {
    let sql = AssertSqlSafe(format!("SELECT count(*) FROM {rows}"));
    let count: i64 = sqlx::query_scalar(sql).fetch_one(database).await.unwrap();
    usize::try_from(count).unwrap()
}

/// Links that stand, each with its sealed values and a re-check that is due.
async fn fill(url: &str, key: &Path, jobs: usize) {
    let storage = PostgresStorage::open(url).await.unwrap();
    let vault = Vault::new(Keyring::read_file(key).unwrap());
    let at = Timestamp::from_millis(1_700_000_000_000);
    let numbers: Vec<usize> = (0..jobs).collect();
    for some in numbers.chunks(500) {
        let mut unit = storage.begin().await.unwrap();
        for number in some {
            let link = link(*number, at);
            let wrapped = vault.new_data_key(link.id).unwrap();
            unit.insert_link(&link).await.unwrap();
            let stored =
                WrappedKey { key_id: wrapped.key_id().to_string(), envelope: wrapped.bytes().to_vec() };
            unit.insert_data_key(link.id, &stored).await.unwrap();
            for (field, value) in [
                (CredentialField::CustomerApiKey, KEY),
                (CredentialField::Username, USERNAME),
                (CredentialField::Password, PASSWORD),
            ] {
                let sealed = vault.seal(&wrapped, link.id, field, &Secret::new(value.to_owned())).unwrap();
                let value = SealedCredential {
                    field,
                    slot: Slot::Saved,
                    envelope: sealed.bytes().to_vec(),
                    fingerprint: None,
                };
                unit.put_sealed(link.id, &value, at).await.unwrap();
            }
            unit.put_job(JobKind::Recheck, &link.id.to_string(), 0, at).await.unwrap();
        }
        unit.commit().await.unwrap();
    }
    storage.close().await;
}

fn link(number: usize, at: Timestamp) -> Link {
    let mut random = [0; 10];
    random.iter_mut().zip(number.to_be_bytes()).for_each(|(byte, part)| *byte = part);
    Link {
        id: LinkId::new(at, random),
        customer: CustomerName::parse("Contoso Health").unwrap(),
        contact: None,
        reference: None,
        language: Language::English,
        note: None,
        assignee: None,
        permissions: PermissionSet::new(&[Permission::EmployeePersonDetails]),
        status: LinkStatus::Linked,
        who_acts: WhoActs::Nobody,
        paused_from: None,
        problem: None,
        step_reached: None,
        host: Some(WebServicesHost::from_stored(&host(number % HOSTS)).unwrap()),
        fresh_host: None,
        account: None,
        previous: None,
        created_at: at,
        changed_at: at,
        linked_at: Some(at),
    }
}

fn host(number: usize) -> String {
    format!("service{}.ultipro.com", number + 1)
}

struct Server {
    child: Child,
}

impl Server {
    fn start(folder: &Path, url: &str, ukg: SocketAddr, has_wrong_clock: bool) -> Self {
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let resolve: Vec<String> = (0..HOSTS).map(|number| format!("{}={ukg}", host(number))).collect();
        let mut server = Command::new(env!("CARGO_BIN_EXE_linkdesk"));
        server
            .arg("serve")
            .env_clear()
            .env("LINKDESK_ADDR", address.to_string())
            .env("LINKDESK_COMPANY_NAME", "Northwind Learning")
            .env("LINKDESK_MASTER_KEY_FILE", folder.join("master.key"))
            .env("LINKDESK_DATABASE_URL", url)
            .env("LINKDESK_UKG_CA_FILE", folder.join("ca.pem"))
            .env("LINKDESK_UKG_RESOLVE", resolve.join(","))
            .env("LINKDESK_LOG", "error")
            .stdout(Stdio::null());
        if has_wrong_clock {
            server.env("LD_PRELOAD", wrong_clock(folder));
        }
        Self { child: server.spawn().unwrap() }
    }

    fn signal(&self, signal: &str) {
        let told = Command::new("kill").args([signal, &self.child.id().to_string()]).status().unwrap();
        assert!(told.success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // One that ended by itself cannot be killed.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// The library that sets a clock ten minutes ahead, made when it is missing.
fn wrong_clock(folder: &Path) -> PathBuf {
    let (source, library) = (folder.join("clock.c"), folder.join("clock.so"));
    if !library.exists() {
        std::fs::write(&source, WRONG_CLOCK).unwrap();
        let made = Command::new("cc")
            .args(["-shared", "-fPIC", "-o"])
            .arg(&library)
            .arg(&source)
            .arg("-ldl")
            .status();
        assert!(made.unwrap().success());
    }
    library
}

/// Numbers that nobody chose (splitmix64).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}
