//! Re-checks (bar P10): the queue, the use case with its units of work and envelopes, and the client, against a stand-in in a
//! process of its own that answers at once, over TLS; beside it reqwest alone, sending the same requests in the same order.
//!
//! Each check has connections of its own, so that no answer can be read as another customer's: so has the bare loop. What
//! connections kept open would save is told beside it. As the stand-in needs a processor too, what counts is requests by
//! second of this process's processor time.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use domain::{
    CredentialField, CustomerName, Language, LinkId, LinkStatus, Permission, PermissionSet, Secret,
    Timestamp, WebServicesHost, WhoActs,
};
use reqwest::Client;
use services::Clock as _;
use storage::{JobKind, Link, SealedCredential, Slot, Storage, WrappedKey};
use storage_sqlite::SqliteStorage;
use tokio::sync::watch;
use tokio::task::JoinSet;
use ukg_simulator::{Account, Scenarios, Simulator};
use vault::{Keyring, Vault};

use crate::config::UkgConfig;
use crate::gateway::HttpUkgGateway;
use crate::ours::{Ours, Real};
use crate::{AT_A_TIME, spread, worker};

const LINKS: usize = 300;
/// Each is asked by eight at a time.
const HOSTS: usize = 8;
const BESIDE: usize = 4;
const KEY: &str = "AB1C2";
const USERNAME: &str = "Svc";
const PASSWORD: &str = "Good+Pass(1)";
/// What a check of every permission asks, in its order.
const PATHS: [&str; 7] = [
    "/personnel/v1/person-details?page=1&per_Page=1",
    "/personnel/v1/pto-plans?page=1&per_page=1",
    "/configuration/v1/company-details?page=1&per_Page=1",
    "/payroll/v1/paygroup-payperiods?page=1&per_Page=1",
    "/personnel/v1/employment-details?page=1&per_Page=1",
    "/personnel/v1/employee-job-history-details?page=1&per_Page=1",
    "/personnel/v1/compensation-details?page=1&per_Page=1",
];
const LEAST: f64 = 0.5;

/// Plays UKG Pro until it is ended.
pub async fn stand_in(ca_file: &Path) -> anyhow::Result<()> {
    let scenarios = Scenarios::of(vec![Account::new("good", KEY, USERNAME, PASSWORD)]);
    let simulator = Simulator::start("127.0.0.1:0".parse()?, scenarios).await?;
    std::fs::write(ca_file, simulator.ca_pem())?;
    println!("{}", simulator.address());
    loop {
        tokio::time::sleep(Duration::from_secs(1)).await;
        // Its memory of requests is for tests.
        simulator.handle().forget();
    }
}

pub async fn run(rounds: usize) -> anyhow::Result<()> {
    let folder = tempfile::tempdir_in(concat!(env!("CARGO_MANIFEST_DIR"), "/target"))?;
    let ca_file = folder.path().join("ca.pem");
    let mut stand_in = Command::new(std::env::current_exe()?)
        .arg("stand-in")
        .arg(&ca_file)
        .stdout(Stdio::piped())
        .spawn()?;
    let mut line = String::new();
    BufReader::new(stand_in.stdout.take().context("no output")?).read_line(&mut line)?;
    let address: SocketAddr = line.trim().parse()?;
    let _ended = Ended(stand_in);

    let url = format!("sqlite://{}", folder.path().join("rechecks.db").display());
    let storage = Arc::new(SqliteStorage::open(&url).await?);
    let config = UkgConfig {
        ca_file: Some(ca_file.clone()),
        suffixes: vec!["ultipro.com".to_owned()],
        resolve: (0..HOSTS).map(|number| (host(number), address)).collect(),
    };
    let ours = Ours::on(storage.clone(), folder.path(), Arc::new(HttpUkgGateway::new(&config)?)).await?;
    let links = fill(&*storage, &folder.path().join("master.key")).await?;
    let bare = Bare::new(&std::fs::read(&ca_file)?, address)?;
    let mut rates = [Vec::new(), Vec::new(), Vec::new()];
    for _ in 0..rounds {
        let round = [
            per_core(rechecks(&ours, &*storage, &links)).await?,
            per_core(bare.with_connections_of_its_own()).await?,
            per_core(bare.with_shared_connections()).await?,
        ];
        for (rates, rate) in rates.iter_mut().zip(round) {
            rates.push(rate);
        }
    }
    println!(
        "{rounds} rounds of {LINKS} checks; requests a second of processor time: median (least to most)"
    );
    let names = ["re-checks", "bare, connections for each check", "bare, connections kept open"];
    let [ours, ..] = rates.clone();
    for (name, rates) in names.iter().zip(&rates) {
        let [least, middle, most] = spread(rates);
        let ratios: Vec<f64> = ours.iter().zip(rates).map(|(ours, bare)| ours / bare).collect();
        let [low, ratio, high] = spread(&ratios);
        println!(
            "{name:<36}{middle:>8.0} ({least:.0} to {most:.0})   ours are {ratio:.2} ({low:.2} to {high:.2}) of it"
        );
    }
    println!("P10 is at least {LEAST} of a bare loop");
    Ok(())
}

/// Requests by second of this process's processor time.
async fn per_core(work: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<f64> {
    let before = processor_time()?;
    work.await?;
    Ok((LINKS * PATHS.len()) as f64 / (processor_time()? - before).as_secs_f64())
}

fn processor_time() -> anyhow::Result<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    // After the name, which may hold spaces; ticks are hundredths of a second.
    let (_, rest) = stat.rsplit_once(") ").context("no name")?;
    let ticks: u64 = rest.split(' ').skip(11).take(2).map(|ticks| ticks.parse::<u64>().unwrap_or(0)).sum();
    Ok(Duration::from_millis(ticks * 10))
}

async fn rechecks(ours: &Ours, storage: &dyn Storage, links: &[LinkId]) -> anyhow::Result<()> {
    let mut unit = storage.begin().await?;
    for link in links {
        unit.put_job(JobKind::Recheck, &link.to_string(), 0, Real.now()).await?;
    }
    unit.commit().await?;
    let (stop, stopped) = watch::channel(false);
    let working = tokio::spawn(worker::run(ours.services.clone(), JobKind::Recheck, AT_A_TIME, stopped));
    let began = Instant::now();
    // Those under way are due at the end of their lease, those done in a day or so.
    while storage.next_job(JobKind::Recheck, Real.now()).await?.is_some_and(|wait| wait < 60_000) {
        tokio::time::sleep(Duration::from_millis(10)).await;
        anyhow::ensure!(began.elapsed() < Duration::from_secs(60), "re-checks do not end");
    }
    stop.send(true)?;
    Ok(working.await?)
}

/// reqwest alone.
struct Bare {
    certificate: reqwest::tls::Certificate,
    address: SocketAddr,
    shared: Client,
}

impl Bare {
    fn new(pem: &[u8], address: SocketAddr) -> anyhow::Result<Self> {
        let certificate = reqwest::tls::Certificate::from_pem(pem)?;
        let shared = client(&certificate, address)?;
        Ok(Self { certificate, address, shared })
    }

    async fn with_connections_of_its_own(&self) -> anyhow::Result<()> {
        self.checks(|| client(&self.certificate, self.address)).await
    }

    async fn with_shared_connections(&self) -> anyhow::Result<()> {
        self.checks(|| Ok(self.shared.clone())).await
    }

    async fn checks(&self, client: impl Fn() -> anyhow::Result<Client>) -> anyhow::Result<()> {
        let port = self.address.port();
        let mut running = JoinSet::new();
        for number in 0..LINKS {
            if running.len() >= AT_A_TIME {
                running.join_next().await.context("nothing runs")???;
            }
            running.spawn(check(client()?, format!("https://{}:{port}", host(number % HOSTS))));
        }
        while let Some(done) = running.join_next().await {
            done??;
        }
        Ok(())
    }
}

fn client(certificate: &reqwest::tls::Certificate, address: SocketAddr) -> anyhow::Result<Client> {
    let mut client = Client::builder().tls_certs_only([certificate.clone()]).no_proxy().http1_only();
    for number in 0..HOSTS {
        client = client.resolve(&host(number), address);
    }
    Ok(client.build()?)
}

/// The first request alone, then four at a time.
async fn check(client: Client, base: String) -> anyhow::Result<()> {
    let ask = |path: &'static str| {
        let request = client.get(format!("{base}{path}"));
        let request = request.header("us-customer-api-key", KEY).basic_auth(USERNAME, Some(PASSWORD));
        async move {
            let answer = request.send().await?.error_for_status()?;
            answer.bytes().await.map(drop)
        }
    };
    let [first, others @ ..] = PATHS;
    ask(first).await?;
    let mut others = others.into_iter();
    let mut running = JoinSet::new();
    loop {
        while running.len() < BESIDE
            && let Some(path) = others.next()
        {
            running.spawn(ask(path));
        }
        match running.join_next().await {
            Some(answer) => answer??,
            None => return Ok(()),
        }
    }
}

/// Links that stand, each with its sealed values.
async fn fill(storage: &dyn Storage, key: &Path) -> anyhow::Result<Vec<LinkId>> {
    let vault = Vault::new(Keyring::read_file(key)?);
    let at = Real.now();
    let mut unit = storage.begin().await?;
    let mut links = Vec::new();
    for number in 0..LINKS {
        let link = link(number, at)?;
        let wrapped = vault.new_data_key(link.id)?;
        unit.insert_link(&link).await?;
        let stored = WrappedKey { key_id: wrapped.key_id().to_string(), envelope: wrapped.bytes().to_vec() };
        unit.insert_data_key(link.id, &stored).await?;
        for (field, value) in [
            (CredentialField::CustomerApiKey, KEY),
            (CredentialField::Username, USERNAME),
            (CredentialField::Password, PASSWORD),
        ] {
            let sealed = vault.seal(&wrapped, link.id, field, &Secret::new(value.to_owned()))?;
            let envelope = sealed.bytes().to_vec();
            unit.put_sealed(
                link.id,
                &SealedCredential { field, slot: Slot::Saved, envelope, fingerprint: None },
                at,
            )
            .await?;
        }
        links.push(link.id);
    }
    unit.commit().await?;
    Ok(links)
}

fn link(number: usize, at: Timestamp) -> anyhow::Result<Link> {
    let mut random = [0; 10];
    random.iter_mut().zip(number.to_be_bytes()).for_each(|(byte, part)| *byte = part);
    let refused = |error: &dyn std::fmt::Debug| anyhow::anyhow!("{error:?}");
    Ok(Link {
        id: LinkId::new(at, random),
        customer: CustomerName::parse("Contoso Health").map_err(|error| refused(&error))?,
        contact: None,
        reference: None,
        language: Language::English,
        note: None,
        assignee: None,
        permissions: PermissionSet::new(&Permission::ALL),
        status: LinkStatus::Linked,
        who_acts: WhoActs::Nobody,
        paused_from: None,
        problem: None,
        step_reached: None,
        host: Some(WebServicesHost::from_stored(&host(number % HOSTS)).map_err(|error| refused(&error))?),
        fresh_host: None,
        account: None,
        previous: None,
        created_at: at,
        changed_at: at,
        linked_at: Some(at),
    })
}

fn host(number: usize) -> String {
    format!("service{}.ultipro.com", number + 1)
}

/// Ends the process when it is dropped.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}
