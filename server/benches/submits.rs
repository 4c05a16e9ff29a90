//! Durable submits (bar P11): an administrator's key saved in step 1, with its audit entry, the link's new state and all
//! else that belongs to it, against raw transactions of one row with `synchronous=FULL` on the same disk.
//!
//! Two ways lead to a save: the use case alone, and the whole way of a request through the router (its middleware, the
//! session's look-up, the form, the redirect). Each case has its turn in every round, so that whatever else the machine
//! and its disk do meets all of them alike; ratios are taken within a round.
//!
//! `cargo bench -p server --bench submits -- [ROUNDS]`. A disk with a write cache of its own syncs in a tenth of a
//! millisecond, and then the processor is measured more than the disk. How it is on one that takes two, this tells:
//! `strace -f --seccomp-bpf -o /dev/null -e trace=fsync -e inject=fsync:delay_exit=2000 target/release/deps/submits-…`.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark stops at the first fault")]

use std::path::Path;
use std::str::FromStr as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use axum::http::{Request, StatusCode};
use domain::{CustomerName, Language, LinkId, Permission, PermissionSet, Secret};
use server::config::{Config, Source};
use server::startup::{Application, Deps};
use services::{FlowCaller, KeyInput, NewInvite, Operator, Services, StepOutcome};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions as _, SqliteConnection};
use tokio::task::JoinSet;
use tower::ServiceExt as _;
use vault::Keyring;

/// How long each case is taken for in each round.
const FOR: Duration = Duration::from_millis(1500);
/// How many submit at once.
const CROWD: usize = 32;
/// What the bar asks of one client and of many.
const ALONE: f64 = 0.6;
const TOGETHER: f64 = 2.0;

/// An administrator in the flow of a link.
#[derive(Clone)]
struct Admin {
    link: LinkId,
    cookie: String,
    caller: FlowCaller,
}

struct Ground {
    router: Router,
    services: Services,
    admins: Vec<Admin>,
    raw: SqliteConnection,
    saved: Arc<AtomicU64>,
}

#[tokio::main]
async fn main() {
    let mut numbers = std::env::args().filter_map(|word| word.parse::<u64>().ok());
    let rounds = numbers.next().unwrap_or(9);
    let parent = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target");
    let folder = tempfile::tempdir_in(parent).unwrap();
    let mut ground = Ground::prepare(folder.path()).await;
    let names = [
        "raw, one row",
        "use case, 1 client",
        "use case, 32",
        "whole request, 1 client",
        "whole request, 32",
    ];
    let mut rates = names.map(|_| Vec::new());
    for _ in 0..rounds {
        let round = [
            ground.raw().await,
            ground.use_case(1).await,
            ground.use_case(CROWD).await,
            ground.requests(1).await,
            ground.requests(CROWD).await,
        ];
        for (rates, rate) in rates.iter_mut().zip(round) {
            rates.push(rate);
        }
    }
    println!("{rounds} rounds of {FOR:?} each; a second: median (least to most)");
    let [raw, ..] = rates.clone();
    for ((name, rates), bar) in
        names.iter().zip(&rates).zip([None, Some(ALONE), Some(TOGETHER), Some(ALONE), Some(TOGETHER)])
    {
        let ratios: Vec<f64> = rates.iter().zip(&raw).map(|(rate, raw)| rate / raw).collect();
        let [least, middle, most] = spread(rates);
        let [low, ratio, high] = spread(&ratios);
        print!("{name:<26}{middle:>8.0} ({least:.0} to {most:.0})");
        match bar {
            Some(bar) => {
                let holds = if ratio >= bar { "holds" } else { "MISSED" };
                println!("   {ratio:.2} ({low:.2} to {high:.2}) times raw, at least {bar}: {holds}");
            }
            None => println!(),
        }
    }
    ground.count(folder.path()).await;
}

fn spread(values: &[f64]) -> [f64; 3] {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    let at = |place: usize| values.get(place).copied().unwrap_or(f64::NAN);
    [at(0), at(values.len() / 2), at(values.len() - 1)]
}

impl Ground {
    async fn prepare(folder: &Path) -> Self {
        let key = folder.join("master.key");
        Keyring::create_file(&key).unwrap();
        let database = format!("sqlite://{}", folder.join("linkdesk.db").display());
        let source = Source::of(&[("LINKDESK_COMPANY_NAME", "Northwind Learning")])
            .with("LINKDESK_MASTER_KEY_FILE", key.display().to_string())
            .with("LINKDESK_DATABASE_URL", database);
        let config = Config::from_source(&source).unwrap();
        let application = Application::build(&config, Deps::real(&config).unwrap()).await.unwrap();
        let (router, services) = (application.router, application.services);
        let mut admins = Vec::new();
        for _ in 0..CROWD {
            admins.push(Admin::start(&router, &services).await);
        }
        let mut raw =
            SqliteConnectOptions::from_str(&format!("sqlite://{}", folder.join("raw.db").display()))
                .unwrap()
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .connect()
                .await
                .unwrap();
        sqlx::query("CREATE TABLE raw (id INTEGER PRIMARY KEY, text TEXT)").execute(&mut raw).await.unwrap();
        Self { router, services, admins, raw, saved: Arc::default() }
    }

    /// One connection, one row in a transaction, over and over.
    async fn raw(&mut self) -> f64 {
        let (began, mut times) = (Instant::now(), 0);
        while began.elapsed() < FOR {
            let insert = sqlx::query("INSERT INTO raw (text) VALUES ($1)").bind("a row of this length or so");
            insert.execute(&mut self.raw).await.unwrap();
            times += 1;
        }
        rate(times, began)
    }

    async fn use_case(&self, clients: usize) -> f64 {
        let services = self.services.clone();
        self.each(clients, move |admin, key| {
            let services = services.clone();
            async move {
                let input = KeyInput { key: Secret::new(key), use_anyway: false };
                let saved = services.save_key(&admin.caller, input).await.unwrap();
                assert!(matches!(saved, StepOutcome::Saved(_)), "{saved:?}");
            }
        })
        .await
    }

    async fn requests(&self, clients: usize) -> f64 {
        let router = self.router.clone();
        self.each(clients, move |admin, key| {
            let form = Request::post(format!("/link/{}/key", admin.link))
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                .header("sec-fetch-site", "same-origin")
                .header(COOKIE, &admin.cookie)
                .body(Body::from(format!("key={key}")))
                .unwrap();
            let router = router.clone();
            async move {
                let answer = router.oneshot(form).await.unwrap();
                assert_eq!(answer.status(), StatusCode::SEE_OTHER);
                let to = answer.headers().get(LOCATION).unwrap().to_str().unwrap();
                assert!(to.ends_with("/account"), "{to}");
            }
        })
        .await
    }

    /// Saves, each client one after another, each time another key.
    async fn each<F: Future<Output = ()> + Send>(
        &self,
        clients: usize,
        save: impl Fn(Admin, String) -> F + Clone + Send + 'static,
    ) -> f64 {
        let began = Instant::now();
        let mut running = JoinSet::new();
        for admin in self.admins.iter().take(clients) {
            let (admin, save, saved) = (admin.clone(), save.clone(), self.saved.clone());
            running.spawn(async move {
                let mut times = 0_u64;
                while began.elapsed() < FOR {
                    let number = saved.fetch_add(1, Ordering::Relaxed);
                    save(admin.clone(), format!("{:05X}", number % 0xf_ffff)).await;
                    times += 1;
                }
                times
            });
        }
        rate(running.join_all().await.iter().sum(), began)
    }

    /// Each save left its audit entry, or the figures are of something else.
    async fn count(&self, folder: &Path) {
        let mut db =
            SqliteConnectOptions::new().filename(folder.join("linkdesk.db")).connect().await.unwrap();
        let entries = sqlx::query_scalar("SELECT count(*) FROM audit_entry WHERE action = 'step_saved'");
        let entries: i64 = entries.fetch_one(&mut db).await.unwrap();
        assert_eq!(u64::try_from(entries).unwrap(), self.saved.load(Ordering::Relaxed));
    }
}

fn rate(times: u64, began: Instant) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a few thousand")]
    let times = times as f64;
    times / began.elapsed().as_secs_f64()
}

impl Admin {
    async fn start(router: &Router, services: &Services) -> Self {
        let new = NewInvite {
            customer: CustomerName::parse("Contoso Health").unwrap(),
            contact: None,
            permissions: PermissionSet::new(&Permission::ALL),
            valid_seconds: 86_400,
            reference: None,
            language: Language::default(),
            note: None,
            remind: None,
        };
        let made = services.create_invite(Operator::at_command_line(), new).await.unwrap();
        let form =
            Request::post(format!("/i/{}", made.token.expose())).header("sec-fetch-site", "same-origin");
        let answer = router.clone().oneshot(form.body(Body::empty()).unwrap()).await.unwrap();
        let head = |name| answer.headers().get(name).unwrap().to_str().unwrap();
        let cookie = head(SET_COOKIE).split(';').next().unwrap().to_owned();
        let link: LinkId = head(LOCATION).split('/').nth(2).unwrap().parse().unwrap();
        let caller = services.enter_flow(cookie.split_once('=').unwrap().1, link).await.unwrap().unwrap();
        Self { link, cookie, caller }
    }
}
