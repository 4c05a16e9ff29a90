//! The program itself, with UKG Pro changing while it runs: what it says of each link stays true, it says so to those who
//! listen, and what must not happen does not. On SQLite, and on PostgreSQL with `LINKDESK_TEST_DATABASE=postgres`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::routing::post;
use domain::{CustomerName, Language, LinkId, LinkStatus, Permission, PermissionSet, ProblemCode, WhoActs};
use serde_json::Value;
use server::config::{Config, Source};
use server::startup::{Application, Deps};
use services::{NewInvite, Operator, Services};
use storage::Link;
use ukg_simulator::{Account, Fault, Scenarios, Simulator, SimulatorHandle};

use crate::support::{Browser, Program, TestDatabase};

const HOST: &str = "service4.ultipro.com";
const KEY: &str = "AB1C2";
/// How often links are checked again.
const EVERY: Duration = Duration::from_secs(2);
/// Long enough for a few re-checks on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// Who each link belongs to, by username. The passwords are looked for in what is told to others.
const DOWN: &str = "DownForAWhile";
const LOSES: &str = "LosesOneBox";
const REFUSED: &str = "RefusedForGood";
const STAYS: &str = "StaysAsItIs";

fn password(username: &str) -> String {
    format!("Canary+{username}(7)")
}

/// Whoever listens: what was told, in the order it came.
type Told = Arc<Mutex<Vec<Value>>>;

struct World {
    ukg: SimulatorHandle,
    services: Services,
    links: BTreeMap<&'static str, LinkId>,
    told: Told,
    bodies: Arc<Mutex<Vec<String>>>,
    program: Program,
    _simulator: Simulator,
}

impl World {
    async fn new(database: &TestDatabase) -> Self {
        let account = |username: &str| Account::new(username, KEY, username, &password(username));
        let scenarios = Scenarios::of([DOWN, LOSES, REFUSED, STAYS].map(account).to_vec());
        let simulator = Simulator::start("127.0.0.1:0".parse().unwrap(), scenarios).await.unwrap();
        let mut program = Program::ready();
        std::fs::write(program.path("ca.pem"), simulator.ca_pem()).unwrap();
        let settings = [
            ("LINKDESK_DATABASE_URL", database.url()),
            ("LINKDESK_UKG_CA_FILE", program.path("ca.pem").display().to_string()),
            ("LINKDESK_UKG_RESOLVE", format!("{HOST}={}", simulator.address())),
            ("LINKDESK_RECHECK_EVERY", format!("{}s", EVERY.as_secs())),
            ("LINKDESK_WEBHOOK_ALLOW", "127.0.0.0/8".to_owned()),
        ];
        let key = program.path("master.key").display().to_string();
        let mut source = Source::of(&[]).with("LINKDESK_MASTER_KEY_FILE", key);
        for (name, value) in settings {
            program.set(name, &value);
            source = source.with(name, value);
        }
        // The links are made in this process: the program finds them when it starts.
        let config = Config::from_source(&source).unwrap();
        let Application { router, services, .. } =
            Application::build(&config, Deps::real(&config).unwrap()).await.unwrap();
        let mut links = BTreeMap::new();
        for username in [DOWN, LOSES, REFUSED, STAYS] {
            links.insert(username, link(&router, &services, username).await);
        }
        let (told, bodies) = (Told::default(), Arc::default());
        let receiver = receiver(told.clone(), Arc::clone(&bodies)).await;
        let added = program.run(&["webhook", "add", "--url", &receiver]);
        assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));
        program.serve().await;
        Self { ukg: simulator.handle(), services, links, told, bodies, program, _simulator: simulator }
    }

    async fn link(&self, username: &str) -> Link {
        let shown = self.services.show_link_here(Operator::at_command_line(), self.links[username]).await;
        shown.unwrap().unwrap().link
    }

    /// Waits until it stands so; every status it had meanwhile.
    async fn becomes(&self, username: &str, status: LinkStatus) -> BTreeSet<&'static str> {
        let began = Instant::now();
        let mut seen = BTreeSet::new();
        loop {
            let link = self.link(username).await;
            seen.insert(link.status.as_str());
            if link.status == status {
                return seen;
            }
            assert!(began.elapsed() < PATIENCE, "{username} is {link:?} and never became {status}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// How many requests of this account UKG Pro had so far, and how many of them it refused.
    fn asked(&self, username: &str) -> (usize, usize) {
        let requests = self.ukg.requests();
        let own: Vec<_> = requests.iter().filter(|r| r.account.as_deref() == Some(username)).collect();
        (own.len(), own.iter().filter(|request| request.status == Some(401)).count())
    }

    /// What was told of this link, once this was among it.
    async fn told(&self, username: &str, event: &str) -> Vec<String> {
        let id = self.link(username).await.id.to_string();
        let began = Instant::now();
        loop {
            let told = self.told.lock().unwrap().clone();
            let own = told.iter().filter(|told| told["data"]["link_id"] == id.as_str());
            let names: Vec<_> = own.map(|told| told["type"].as_str().unwrap().to_owned()).collect();
            if names.iter().any(|name| name == event) {
                return names;
            }
            assert!(began.elapsed() < PATIENCE, "{event} of {username} was not told: {names:?}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

/// An invite, and everything entered.
async fn link(router: &Router, services: &Services, username: &str) -> LinkId {
    let invite = NewInvite {
        customer: CustomerName::parse(username).unwrap(),
        contact: None,
        permissions: PermissionSet::new(&[Permission::PtoPlanIntegration]),
        valid_seconds: 86_400,
        reference: None,
        language: Language::default(),
        note: None,
        remind: None,
    };
    let made = services.create_invite(Operator::at_command_line(), invite).await.unwrap();
    let mut browser = Browser::new(router.clone());
    let started = browser.post(&format!("/i/{}", made.token.expose()), &[]).await;
    let id: LinkId = started.location().split('/').nth(2).unwrap().parse().unwrap();
    let path = |page: &str| format!("/link/{id}/{page}");
    browser.post(&path("key"), &[("key", KEY)]).await;
    browser.post(&path("account"), &[("username", username), ("password", &password(username))]).await;
    browser.post(&path("domain"), &[("url", &format!("https://{HOST}"))]).await;
    let done = browser.get(&path("check")).await;
    assert_eq!(done.link_status(), "linked", "{username}");
    id
}

/// Takes messages on an address of its own, and keeps what they say.
async fn receiver(told: Told, bodies: Arc<Mutex<Vec<String>>>) -> String {
    let take = move |body: Bytes| {
        let (told, bodies) = (told.clone(), bodies.clone());
        async move {
            told.lock().unwrap().push(serde_json::from_slice(&body).unwrap());
            bodies.lock().unwrap().push(String::from_utf8(body.to_vec()).unwrap());
        }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hooks", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, Router::new().route("/hooks", post(take))).await });
    url
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_changes_at_ukg_pro_every_status_becomes_true_and_is_told() {
    let folder = tempfile::TempDir::new().unwrap();
    let database = TestDatabase::new(folder.path()).await;
    let mut world = World::new(&database).await;

    // UKG Pro is down for one of them, another loses a box, a third is refused.
    world.ukg.update_account(DOWN, |account| account.fault = Some(Fault::Maintenance));
    world.ukg.update_account(LOSES, |account| {
        account.permissions.retain(|p| *p != Permission::PtoPlanIntegration)
    });
    world.ukg.update_account(REFUSED, |account| account.password = "Another+Password(8)".to_owned());
    let accepted = world.asked(REFUSED).1;

    world.becomes(LOSES, LinkStatus::LinkedWithGaps).await;
    let gap = world.link(LOSES).await;
    assert_eq!((gap.who_acts, gap.problem), (WhoActs::Customer, Some(ProblemCode::PermissionMissing)));
    let seen = world.becomes(REFUSED, LinkStatus::Broken).await;
    assert!(seen.is_subset(&BTreeSet::from(["linked", "attention", "broken"])), "{seen:?}");
    let broken = world.link(REFUSED).await;
    assert_eq!(
        (broken.who_acts, broken.problem),
        (WhoActs::Customer, Some(ProblemCode::CredentialsRejected))
    );
    let (asked, refused) = world.asked(REFUSED);
    assert!(refused - accepted <= 4, "{refused} refused");
    world.becomes(DOWN, LinkStatus::Attention).await;
    assert_eq!(world.link(DOWN).await.who_acts, WhoActs::Ukg);

    // For a while nothing else happens: an outage goes on being one, and the refused account is left alone.
    let began = Instant::now();
    while began.elapsed() < 4 * EVERY {
        assert_eq!(world.link(DOWN).await.status, LinkStatus::Attention);
        assert_eq!(world.link(STAYS).await.status, LinkStatus::Linked);
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(world.asked(REFUSED).0, asked, "nothing is asked with a password that is refused");

    // All is mended: what was a fault passes by itself, what the customer must do does not.
    world.ukg.update_account(DOWN, |account| account.fault = None);
    world.ukg.update_account(LOSES, |account| account.permissions = Permission::ALL.to_vec());
    world.becomes(DOWN, LinkStatus::Linked).await;
    world.becomes(LOSES, LinkStatus::Linked).await;
    assert_eq!(world.link(REFUSED).await.status, LinkStatus::Broken);

    assert_eq!(world.told(DOWN, "link.recovered").await, ["link.attention", "link.recovered"]);
    let gaps = world.told(LOSES, "link.gaps_changed").await;
    assert!(!gaps.contains(&"link.broken".to_owned()), "{gaps:?}");
    let refused = world.told(REFUSED, "link.broken").await;
    assert_eq!(refused.last().unwrap(), "link.broken", "{refused:?}");
    assert_eq!(refused.iter().filter(|name| *name == "link.broken").count(), 1);
    let mut sequences: Vec<_> =
        world.told.lock().unwrap().iter().map(|told| told["sequence"].as_u64().unwrap()).collect();
    sequences.sort_unstable();
    sequences.dedup();
    assert_eq!(sequences, (1..=sequences.len() as u64).collect::<Vec<_>>());
    for body in world.bodies.lock().unwrap().iter() {
        assert!(!body.contains("Canary") && !body.contains(KEY), "{body}");
    }
    world.program.kill();
}
