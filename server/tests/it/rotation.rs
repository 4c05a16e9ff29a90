//! A new key-encryption key takes the place of an old one while everything goes on (bar S4, in small).
//!
//! In full: `LINKDESK_TEST_KEYS=100000 LINKDESK_TEST_KILLS=50 cargo nextest run -p server --test it rotation_that_is_killed`.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use domain::{LinkId, LinkStatus, Timestamp};
use services::{Operator, Rotated};
use storage::JobKind;
use vault::{Keyring, Vault, WrappedDataKey};

use crate::support::{Admin, Program, RepeatableEntropy, TestApp, TestDatabase, form, http};

/// Adds a key to the key file and makes it the primary one; the old one stays.
fn add_primary(app: &TestApp) {
    add_primary_to(&app.key_file());
}

fn add_primary_to(file: &Path) {
    let old = fs::read_to_string(file).unwrap().replace(" primary", "");
    let new = Keyring::generate().unwrap();
    fs::write(file, format!("{old}{}", new.as_str())).unwrap();
}

/// Takes every key but the primary one out of the key file.
fn remove_others(app: &TestApp) {
    remove_others_from(&app.key_file());
}

fn remove_others_from(file: &Path) {
    let text = fs::read_to_string(file).unwrap();
    let primary: Vec<&str> = text.lines().filter(|line| line.ends_with(" primary")).collect();
    assert_eq!(primary.len(), 1);
    fs::write(file, primary.join("\n")).unwrap();
}

async fn rotate(app: &TestApp) -> Rotated {
    app.services.rotate_keys(Operator::at_command_line(), |_| {}).await.unwrap()
}

async fn linked(app: &TestApp, links: usize) -> Vec<Admin> {
    let mut admins = Vec::new();
    for _ in 0..links {
        admins.push(app.linked_admin().await);
    }
    admins
}

/// Checks every link again, which opens what it has sealed; how many could be.
async fn open_all(app: &TestApp) -> usize {
    app.clock.advance(2 * 86_400_000);
    let before = app.ukg.calls();
    for job in app.services.take_jobs(JobKind::Recheck, 1_000).await.unwrap() {
        app.services.do_job(&job).await.unwrap();
    }
    app.ukg.calls() - before
}

#[tokio::test]
async fn after_a_rotation_the_old_key_is_not_needed() {
    let app = TestApp::new().await;
    let admins = linked(&app, 3).await;
    add_primary(&app);
    let app = app.restarted().await;
    assert_eq!(open_all(&app).await, 3, "the old key still opens");

    let rotated = rotate(&app).await;

    assert_eq!((rotated.data_keys, rotated.unopened_count), (3, 0));
    remove_others(&app);
    let app = app.restarted().await;
    assert_eq!(open_all(&app).await, 3);
    for admin in admins {
        assert_eq!(app.stored_status(admin.link).await, LinkStatus::Linked.as_str());
    }
    assert_eq!(app.audited("keys_rotated").await, 1);
    let verified = app.services.verify_audit_here(Operator::at_command_line(), None).await.unwrap();
    assert_eq!(verified.fault, None, "the log's seals are under the installation's key, which is the same");
}

#[tokio::test]
async fn without_the_rotation_the_old_key_is_needed() {
    let app = TestApp::new().await;
    linked(&app, 2).await;
    add_primary(&app);
    let app = app.restarted().await;

    remove_others(&app);
    let app = app.restarted().await;

    assert_eq!(open_all(&app).await, 0);
}

#[tokio::test]
async fn a_second_rotation_has_nothing_to_do() {
    let app = TestApp::new().await;
    linked(&app, 2).await;
    add_primary(&app);
    let app = app.restarted().await;
    rotate(&app).await;

    assert_eq!(rotate(&app).await.data_keys, 0);
}

#[tokio::test]
async fn a_key_that_is_not_there_is_named_and_the_others_are_rotated() {
    let app = TestApp::new().await;
    linked(&app, 1).await;
    add_primary(&app);
    let app = app.restarted().await;
    let later = linked(&app, 2).await;
    // The installation's own key is wrapped by the first one: only links are lost here.
    rotate(&app).await;
    app.database
        .change("UPDATE link_key SET key_id = 'gone' WHERE link_id = (SELECT min(link_id) FROM link_key)")
        .await;

    let rotated = rotate(&app).await;

    assert_eq!((rotated.data_keys, rotated.unopened_count, rotated.unopened.len()), (0, 1, 1));
    assert_eq!(later.len(), 2);
}

/// Bar S4: reads and writes go on, the rotation is stopped at fifty moments, and goes on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rotation_that_is_stopped_again_and_again_ends_and_nothing_fails_meanwhile() {
    let app = TestApp::new().await;
    let mut admins = linked(&app, 25).await;
    add_primary(&app);
    let mut app = app.restarted().await;
    for round in 0..50_u64 {
        let rotation = tokio::spawn({
            let services = app.services.clone();
            async move { services.rotate_keys(Operator::at_command_line(), |_| {}).await }
        });
        tokio::time::sleep(Duration::from_micros(137 * round)).await;
        rotation.abort();
        let _ = rotation.await;
        if round % 10 == 0 {
            assert_eq!(open_all(&app).await, admins.len(), "round {round}");
            admins.push(app.linked_admin().await);
            add_primary(&app);
            app = app.restarted().await;
        }
    }

    rotate(&app).await;
    remove_others(&app);
    let app = app.restarted().await;

    assert_eq!(open_all(&app).await, admins.len());
}

/// How many data keys there are, and how often the rotation is killed, in an ordinary run.
const KEYS: usize = 10_000;
const KILLS: usize = 6;

/// Bar S4 with the program itself: the command is killed (SIGKILL) while a server saves and shows.
// Fails when a rotation seals its part without asking whether the key is still the one it read: what was saved meanwhile
// under another data key could not be opened any more.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rotation_that_is_killed_again_and_again_ends_and_no_read_or_write_fails() {
    let (keys, kills) = (said("LINKDESK_TEST_KEYS", KEYS), said("LINKDESK_TEST_KILLS", KILLS));
    let mut program = Program::ready();
    let key_file = program.path("master.key");
    let database = TestDatabase::new(key_file.parent().unwrap()).await;
    program.set("LINKDESK_DATABASE_URL", &database.url());
    let invite = program.run(&["invite", "create", "--customer", "Contoso"]);
    add_keys(&database, &key_file, keys).await;
    let old = database.query("SELECT DISTINCT key_id FROM link_key").await;
    add_primary_to(&key_file);
    program.serve().await;
    let visitor = Visitor::start(&program, &String::from_utf8(invite.stdout).unwrap()).await;
    let (over, done) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let using = tokio::spawn(visitor.clone().uses_until(over.clone(), done.clone()));
    let moments = RepeatableEntropy::new(u64::from(std::process::id()));

    let mut in_the_middle = 0;
    let stretch = keys / (kills + 1);
    for round in 0..kills {
        program.start(&["rotate-keys"], "rotate.out", "rotate.err");
        // It is killed when it has come so far, or as soon as it is there, when it came farther before.
        let place = stretch * round + usize::try_from(moments.next()).unwrap() % stretch;
        let there = format!("SELECT key_id FROM link_key ORDER BY link_id LIMIT 1 OFFSET {place}");
        tokio::time::timeout(Duration::from_secs(60), async {
            while database.query(&there).await == old {
                tokio::time::sleep(Duration::from_millis(moments.next() % 5)).await;
            }
        })
        .await
        .expect("it goes on");
        program.kill();
        let kinds = database.query("SELECT count(DISTINCT key_id) || '' FROM link_key").await;
        in_the_middle += usize::from(kinds == ["2"]);
    }
    let rotated = program.run(&["rotate-keys"]);
    assert!(rotated.status.success(), "{rotated:?}");
    over.store(true, Ordering::SeqCst);
    using.await.unwrap();

    remove_others_from(&key_file);
    let vault = Vault::new(Keyring::read_file(&key_file).unwrap());
    let rows = "SELECT link_id || ' ' || key_id || ' ' || hex(envelope) FROM link_key";
    let rows = database.query(rows).await;
    assert_eq!(rows.len(), keys + 1);
    for row in &rows {
        let [link, key, envelope] = row.split(' ').collect::<Vec<_>>().try_into().unwrap();
        let wrapped = WrappedDataKey::from_stored(key, unhex(envelope)).unwrap();
        vault.rewrap(&wrapped, link.parse().unwrap()).unwrap();
    }
    // A second server on the one key alone goes on where the first was.
    program.kill();
    program.serve().await;
    assert!(visitor.saves(u32::MAX).await && visitor.looks().await);
    let uses = done.load(Ordering::SeqCst);
    println!(
        "{keys} data keys, {kills} kills, {in_the_middle} of them in the middle; {uses} saves and pages meanwhile, none failed"
    );
    assert!(uses > kills, "{uses} saves and pages");
    assert!(in_the_middle > 0, "no kill came while it ran");
}

#[expect(clippy::disallowed_methods, reason = "a switch of the tests, not a setting of the program")]
fn said(name: &str, usual: usize) -> usize {
    std::env::var(name).map_or(usual, |said| said.parse().unwrap())
}

/// Data keys of links that have nothing else: the rotation reads no more of them.
async fn add_keys(database: &TestDatabase, key_file: &Path, keys: usize) {
    let vault = Vault::new(Keyring::read_file(key_file).unwrap());
    let numbers: Vec<usize> = (0..keys).collect();
    for some in numbers.chunks(5_000) {
        let rows = some.iter().map(|number| {
            let mut random = [0; 10];
            random[..8].copy_from_slice(&number.to_be_bytes());
            let link = LinkId::new(Timestamp::from_millis(1_700_000_000_000), random);
            let key = vault.new_data_key(link).unwrap();
            let hex = hex::encode(key.bytes());
            let envelope = match database.file() {
                Some(_) => format!("x'{hex}'"),
                None => format!("decode('{hex}', 'hex')"),
            };
            format!("('{link}', 1, '{}', {envelope})", key.key_id())
        });
        let rows: Vec<String> = rows.collect();
        let insert = "INSERT INTO link_key (link_id, envelope_version, key_id, envelope) VALUES";
        database.change(&format!("PRAGMA foreign_keys = OFF; {insert} {}", rows.join(", "))).await;
    }
}

fn unhex(text: &str) -> Vec<u8> {
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

/// An administrator at the program's door.
#[derive(Clone)]
struct Visitor {
    address: std::net::SocketAddr,
    page: String,
    cookie: String,
}

impl Visitor {
    async fn start(program: &Program, invite: &str) -> Self {
        let path = format!("/i/{}", invite.trim().rsplit('/').next().unwrap());
        let answer = http(program.address(), "POST", &path, "", "").await.unwrap();
        let line = |name: &str| answer.lines().find_map(|line| line.strip_prefix(name)).unwrap().trim();
        let cookie = line("set-cookie:").split(';').next().unwrap().to_owned();
        let link = line("location:").split('/').nth(2).unwrap().to_owned();
        Self { address: program.address(), page: format!("/link/{link}"), cookie }
    }

    /// Seals another password under the link's data key, which is opened for it.
    async fn saves(&self, number: u32) -> bool {
        let body = form(&[("username", "Svc"), ("password", &format!("Pass+{number}(x)"))]);
        let path = format!("{}/account", self.page);
        let answer = http(self.address, "POST", &path, &self.cookie, &body).await.unwrap();
        answer.starts_with("HTTP/1.1 303") && !answer.contains(&format!("location: {path}\r\n"))
    }

    async fn looks(&self) -> bool {
        let path = format!("{}/account", self.page);
        http(self.address, "GET", &path, &self.cookie, "").await.unwrap().starts_with("HTTP/1.1 200")
    }

    async fn uses_until(self, over: Arc<AtomicBool>, done: Arc<AtomicUsize>) {
        for number in 0.. {
            if over.load(Ordering::SeqCst) {
                return;
            }
            assert!(self.saves(number).await, "save {number} failed");
            assert!(self.looks().await, "page {number} failed");
            done.fetch_add(2, Ordering::SeqCst);
        }
    }
}
