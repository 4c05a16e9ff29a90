//! The desk's list at a thousand and at a million made-up links (bars P12, P13, P17, P18), side by side with the same SQL
//! alone and with a plain axum handler that returns the same bytes. Every case is asked once a round, so that whatever else
//! the machine does meets all of them alike.
//!
//! `cargo bench -p server --bench desk_list -- [ROUNDS [LINKS]]`. The databases are made once, under `target/bench`; fewer
//! links than a million are for trying something out.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a benchmark stops at the first fault"
)]

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::header::{ACCEPT_ENCODING, CONTENT_TYPE, COOKIE, SET_COOKIE};
use axum::http::{Request, StatusCode};
use axum::routing::get;
use domain::{EmailAddress, Role, Secret};
use server::config::{Config, Source};
use server::startup::{Application, Deps};
use services::{AddStaffError, Operator};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};
use tower::ServiceExt as _;
use vault::Keyring;

const EMAIL: &str = "bench@northwind.example";
const PASSWORD: &str = "correct horse battery";
const THOUSAND: u64 = 1_000;
const MILLION: u64 = 1_000_000;

/// What the first page reads, without a program around it.
const SQL: [&str; 3] = [
    "SELECT status, turn, stage, links FROM link_tally WHERE links > 0",
    "SELECT * FROM link ORDER BY changed_at DESC, id DESC LIMIT 51",
    "SELECT link_id, started_at, outcome, problem FROM check_run WHERE outcome IS NOT NULL AND started_at >= 0 \
     AND link_id IN (SELECT id FROM link ORDER BY changed_at DESC, id DESC LIMIT 50)",
];

/// The pages that are asked for, beside the first and the last.
const PAGES: [(&str, &str); 13] = [
    ("needs action", "/desk?stage=action"),
    ("status=broken", "/desk?status=broken"),
    ("who=us", "/desk?who=us"),
    ("linked, by customer", "/desk?status=linked&sort=customer"),
    ("broken, by customer", "/desk?status=broken&sort=customer"),
    ("by customer", "/desk?sort=customer"),
    ("newest", "/desk?sort=created"),
    ("search: one link", "/desk?q=T-000777"),
    ("search: a mail address", "/desk?q=payroll%40contoso-robotics"),
    ("search: a name, 2 %", "/desk?q=northwind"),
    ("search: 17 % of all", "/desk?q=holdings"),
    ("search: nearly all", "/desk?q=example"),
    ("search: two letters", "/desk?q=co"),
];

#[tokio::main]
async fn main() {
    let mut numbers = std::env::args().filter_map(|word| word.parse::<u64>().ok());
    let (rounds, many) = (numbers.next().unwrap_or(300), numbers.next().unwrap_or(MILLION));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/bench");
    std::fs::create_dir_all(&folder).unwrap();
    let key = folder.join("master.key");
    if !key.exists() {
        Keyring::create_file(&key).unwrap();
    }
    let small = Desk::open(&folder, THOUSAND).await;
    let large = Desk::open(&folder, many).await;

    let mut cases = Vec::new();
    for (size, desk) in [("1 k", &small), ("1 M", &large)] {
        let page = desk.page("/desk").await;
        cases.push(Case::sql(format!("{size}  raw SQL, first page"), desk));
        cases.push(Case::plain(format!("{size}  plain axum, same bytes"), page));
        cases.push(Case::page(format!("{size}  first page"), desk, "/desk"));
        cases.push(Case::page(format!("{size}  last page"), desk, "/desk?after=end"));
    }
    for (name, path) in PAGES {
        cases.push(Case::page(format!("1 M  {name}"), &large, path));
    }
    for _ in 0..rounds {
        for case in &mut cases {
            case.run().await;
        }
    }
    println!(
        "{rounds} rounds, each case once a round; milliseconds\n{:<34}{:>9}{:>9}{:>9}",
        "", "p50", "p99", "max"
    );
    for case in &mut cases {
        let [p50, p99, max] = case.told();
        println!("{:<34}{p50:>9.2}{p99:>9.2}{max:>9.2}", case.name);
    }
    let p99 = |name: &str| cases.iter().find(|case| case.name == name).unwrap().quantile(99);
    let p50 = |name: &str| cases.iter().find(|case| case.name == name).unwrap().quantile(50);
    let search = cases.iter().filter(|case| case.name.contains("search")).map(|case| case.quantile(99));
    println!();
    bar("P12 list, p99 at 1 M", p99("1 M  first page"), 10.0, "ms");
    bar("P12 last page / first page, p50", p50("1 M  last page") / p50("1 M  first page"), 1.3, "x");
    bar("P12 1 M / 1 k, p50", p50("1 M  first page") / p50("1 k  first page"), 2.0, "x");
    bar("P13 slowest search, p99 at 1 M", search.fold(0.0, f64::max), 50.0, "ms");
    let mut starts: Vec<f64> = (0..7).map(|_| millis(start(&large))).collect();
    starts.sort_by(f64::total_cmp);
    bar("P17 start to first 200 at 1 M, median of 7", starts[3], 200.0, "ms");
}

fn bar(name: &str, is: f64, most: f64, unit: &str) {
    let holds = if is <= most { "holds" } else { "MISSED" };
    println!("{name:<46}{is:>8.2} {unit:<3} at most {most} {unit}: {holds}");
}

/// The application on a seeded database, with somebody signed in.
struct Desk {
    router: Router,
    cookie: String,
    raw: SqlitePool,
    database: PathBuf,
    key: PathBuf,
}

impl Desk {
    async fn open(folder: &Path, links: u64) -> Self {
        let (database, key) = (folder.join(format!("{links}.db")), folder.join("master.key"));
        let source = Source::of(&[("LINKDESK_COMPANY_NAME", "Northwind Learning")])
            .with("LINKDESK_MASTER_KEY_FILE", key.display().to_string())
            .with("LINKDESK_DATABASE_URL", format!("sqlite://{}", database.display()));
        let config = Config::from_source(&source).unwrap();
        let application = Application::build(&config, Deps::real(&config).unwrap()).await.unwrap();
        let (router, services) = (application.router, application.services);
        let operator = Operator::at_command_line();
        let address = EmailAddress::parse(EMAIL).unwrap();
        match services.add_staff(operator, address, Role::Owner, Secret::new(PASSWORD.to_owned())).await {
            Err(AddStaffError::Exists) => {}
            added => {
                added.unwrap();
                let began = Instant::now();
                services.make_up_links(operator, links, |_| {}).await.unwrap();
                println!("made up {links} links in {:.0?}", began.elapsed());
            }
        }
        let form = Request::post("/sign-in")
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(format!("email={EMAIL}&password={}", PASSWORD.replace(' ', "+"))))
            .unwrap();
        let answer = router.clone().oneshot(form).await.unwrap();
        let cookie = answer.headers()[SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
        let raw = SqlitePool::connect_with(SqliteConnectOptions::new().filename(&database).read_only(true))
            .await
            .unwrap();
        Self { router, cookie, raw, database, key }
    }

    async fn page(&self, path: &str) -> Bytes {
        let request = Request::get(path).header(COOKIE, &self.cookie).header(ACCEPT_ENCODING, "br");
        ask(&self.router, request.body(Body::empty()).unwrap()).await
    }
}

async fn ask(router: &Router, request: Request<Body>) -> Bytes {
    let answer = router.clone().oneshot(request).await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    to_bytes(answer.into_body(), usize::MAX).await.unwrap()
}

/// What is asked.
enum Asked {
    Page { router: Router, cookie: String, path: &'static str },
    Plain(Router),
    Sql(SqlitePool),
}

struct Case {
    name: String,
    asked: Asked,
    took: Vec<Duration>,
}

impl Case {
    fn page(name: String, desk: &Desk, path: &'static str) -> Self {
        let asked = Asked::Page { router: desk.router.clone(), cookie: desk.cookie.clone(), path };
        Self { name, asked, took: Vec::new() }
    }

    fn plain(name: String, page: Bytes) -> Self {
        let router = Router::new().route("/desk", get(move || std::future::ready(page.clone())));
        Self { name, asked: Asked::Plain(router), took: Vec::new() }
    }

    fn sql(name: String, desk: &Desk) -> Self {
        Self { name, asked: Asked::Sql(desk.raw.clone()), took: Vec::new() }
    }

    async fn run(&mut self) {
        let began = Instant::now();
        match &self.asked {
            Asked::Page { router, cookie, path } => {
                let request = Request::get(*path).header(COOKIE, cookie).header(ACCEPT_ENCODING, "br");
                ask(router, request.body(Body::empty()).unwrap()).await;
            }
            Asked::Plain(router) => {
                ask(router, Request::get("/desk").body(Body::empty()).unwrap()).await;
            }
            Asked::Sql(pool) => {
                for sql in SQL {
                    sqlx::query(sql).fetch_all(pool).await.unwrap();
                }
            }
        }
        self.took.push(began.elapsed());
    }

    /// Median, 99th of a hundred, and the longest.
    fn told(&mut self) -> [f64; 3] {
        self.took.sort();
        [self.quantile(50), self.quantile(99), self.took.last().copied().map_or(0.0, millis)]
    }

    /// Only once they are sorted.
    fn quantile(&self, of_hundred: usize) -> f64 {
        millis(self.took[(self.took.len() * of_hundred / 100).min(self.took.len() - 1)])
    }
}

/// From the start of the program to its first answer.
#[expect(clippy::disallowed_methods, reason = "nothing else runs on this thread")]
fn start(desk: &Desk) -> Duration {
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let began = Instant::now();
    let mut program = Command::new(env!("CARGO_BIN_EXE_linkdesk"))
        .arg("serve")
        .env("LINKDESK_ADDR", address.to_string())
        .env("LINKDESK_COMPANY_NAME", "Northwind Learning")
        .env("LINKDESK_MASTER_KEY_FILE", &desk.key)
        .env("LINKDESK_DATABASE_URL", format!("sqlite://{}", desk.database.display()))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    while !answers(address) {
        assert!(began.elapsed() < Duration::from_secs(60), "it does not start");
        std::thread::sleep(Duration::from_millis(1));
    }
    let took = began.elapsed();
    program.kill().unwrap();
    program.wait().unwrap();
    took
}

fn answers(address: std::net::SocketAddr) -> bool {
    use std::io::{Read as _, Write as _};
    let Ok(mut stream) = std::net::TcpStream::connect(address) else { return false };
    let asked = format!("GET /sign-in HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
    let mut answer = [0; 12];
    stream.write_all(asked.as_bytes()).is_ok()
        && stream.read_exact(&mut answer).is_ok()
        && answer == *b"HTTP/1.1 200"
}

fn millis(took: Duration) -> f64 {
    took.as_secs_f64() * 1_000.0
}
