//! Bar P15: how many messages a second are read, signed, sent and noted as delivered, held against bare reqwest that posts
//! the same requests, signed once and for all, to the same receiver, as many at a time. `cargo run --release -p webhook --example fan_out`; it exits with
//! 1 when the bar is missed.
//!
//! Rounds are interleaved: bare, ours, bare, ours. Ours counts from the first job that is taken until every message is on
//! the disk as delivered.

#![expect(clippy::print_stdout, reason = "a benchmark's figures are its output")]

use std::error::Error;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use async_trait::async_trait;
use domain::{
    CheckReport, DeliveryState, EndpointId, EndpointState, MessageId, Permission, ProblemCode, Secret,
    Timestamp, WebServicesHost, WebhookEvent, WebhookEvents, WebhookUrl,
};
use services::{
    CheckRequest, CheckWatcher, Clock, Entropy, HashError, Meter, Pace, Parts, PasswordHasher,
    ServiceSettings, Services, UkgGateway, WebhookAnswer, WebhookRequest, WebhookSender,
};
use storage::{JobKind, Storage as _, WebhookDelivery, WebhookEndpoint, WebhookReads as _, WebhookSeed};
use storage_sqlite::SqliteStorage;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use vault::{Keyring, Vault};
use webhook::{Answer, Message, Sender};

type Failure = Box<dyn Error + Send + Sync>;

const ENDPOINTS: usize = 8;
/// How many requests one endpoint gets at a time.
const EACH: usize = 8;
const MESSAGES: u64 = 4_000;
const ROUNDS: usize = 7;
const LEAST: f64 = 0.6;
const BODY: &str = r#"{"type":"link.linked","timestamp":"2026-11-26T20:50:00.000Z","sequence":1,"data":{"link_id":"lnk_01938a1f2b3c7d4e8f90123456789abc","customer":"Contoso Health","status":"linked","previous_status":"checking","who_acts":"nobody","problem":null,"host":"service4.ultipro.com","permissions":{"asked":["employee_person_details"],"missing":[],"lost":[],"regained":[]}}}"#;
/// One of the right length.
const SIGNATURE: &str = "v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<ExitCode, Failure> {
    let receiver = receiver().await?;
    let folder = tempfile::tempdir()?;
    let ours = Ours::new(folder.path(), receiver).await?;
    let total = MESSAGES * ENDPOINTS as u64;
    let mut rates = Vec::new();
    for round in 0..=ROUNDS {
        let bare = rate(total, bare(receiver).await?);
        let sent = rate(total, ours.round().await?);
        // The first round warms both up.
        if round > 0 {
            println!("round {round}: bare {bare:.0} a second, ours {sent:.0}, {:.2}", sent / bare);
            rates.push((sent / bare, bare, sent));
        }
    }
    rates.sort_by(|one, other| one.0.total_cmp(&other.0));
    let (Some(least), Some(most), Some(median)) = (rates.first(), rates.last(), rates.get(rates.len() / 2))
    else {
        return Ok(ExitCode::FAILURE);
    };
    println!(
        "P15: {:.2} of bare reqwest (median of {ROUNDS}; {:.2} to {:.2}): {:.0} a second to {ENDPOINTS} endpoints, bare \
         {:.0}; at least {LEAST}",
        median.0, least.0, most.0, median.2, median.1
    );
    Ok(if median.0 >= LEAST { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn rate(messages: u64, took: Duration) -> f64 {
    messages as f64 / took.as_secs_f64()
}

/// Posts as many bodies as there are messages, as many at a time.
async fn bare(receiver: SocketAddr) -> Result<Duration, Failure> {
    let client = reqwest::Client::builder().no_proxy().http1_only().tcp_nodelay(true);
    let client = client.user_agent("Linkdesk-Webhooks/0.0.0").build()?;
    let url: Arc<str> = format!("http://{receiver}/hooks").into();
    let began = Instant::now();
    let mut loops = JoinSet::new();
    for _ in 0..ENDPOINTS * EACH {
        let (client, url) = (client.clone(), url.clone());
        loops.spawn(async move {
            for n in 0..MESSAGES / EACH as u64 {
                let request = client
                    .post(&*url)
                    .header("content-type", "application/json")
                    .header("webhook-id", format!("msg_{n:032x}"))
                    .header("webhook-timestamp", 1_800_000_000 + n)
                    .header("webhook-signature", SIGNATURE);
                let answer = request.body(BODY).send().await?;
                answer.bytes().await?;
            }
            Ok::<_, reqwest::Error>(())
        });
    }
    while let Some(ended) = loops.join_next().await {
        ended??;
    }
    // What the division left over.
    let rest = MESSAGES % EACH as u64 * ENDPOINTS as u64;
    for _ in 0..rest {
        client.post(&*url).body(BODY).send().await?;
    }
    Ok(began.elapsed())
}

struct Ours {
    storage: Arc<SqliteStorage>,
    services: Services,
    endpoints: Vec<EndpointId>,
}

impl Ours {
    async fn new(folder: &std::path::Path, receiver: SocketAddr) -> Result<Self, Failure> {
        let storage =
            Arc::new(SqliteStorage::open(&format!("sqlite://{}/bench.db", folder.display())).await?);
        let services = Services::new(Parts {
            storage: storage.clone(),
            vault: Arc::new(Vault::new(Keyring::parse(&Keyring::generate()?)?)),
            ukg: Arc::new(Nothing),
            hasher: Arc::new(Nothing),
            postman: None,
            meter: Arc::new(Nothing),
            webhooks: Arc::new(Http(Sender::new(vec!["127.0.0.0/8".parse()?]))),
            clock: Arc::new(Nothing),
            entropy: Arc::new(Nothing),
            settings: ServiceSettings {
                ukg_suffixes: Vec::new(),
                origin: String::new(),
                pace: Pace { every_ms: None },
            },
        });
        services.prepare().await?;
        let mut endpoints = Vec::new();
        let mut unit = storage.begin().await?;
        for _ in 0..ENDPOINTS {
            let now = Nothing.now();
            let endpoint = WebhookEndpoint {
                id: EndpointId::new(now, vault::random_bytes()?),
                url: WebhookUrl::parse(&format!("http://{receiver}/hooks"))?,
                events: WebhookEvents::All,
                state: EndpointState::Active,
                seed: WebhookSeed(vault::random_bytes()?),
                old_seed: None,
                failures: 0,
                failing_since: None,
                quiet_until: None,
                created_at: now,
                changed_at: now,
            };
            unit.insert_webhook_endpoint(&endpoint).await?;
            endpoints.push(endpoint.id);
        }
        unit.commit().await?;
        Ok(Self { storage, services, endpoints })
    }

    /// Writes messages for every endpoint; how long it takes until all are delivered.
    async fn round(&self) -> Result<Duration, Failure> {
        let now = Nothing.now();
        let mut unit = self.storage.begin().await?;
        for endpoint in &self.endpoints {
            for n in 0..MESSAGES {
                let sequence = unit.next_sequence(*endpoint).await?.unwrap_or(0);
                // One after another, as things happen: their ids are in that order.
                let at = Timestamp::from_millis(now.as_millis() - i64::try_from(MESSAGES - n)?);
                unit.insert_delivery(&message(*endpoint, sequence, at)?).await?;
            }
            unit.put_job(JobKind::Webhook, &endpoint.to_string(), 0, now).await?;
        }
        unit.commit().await?;
        let began = Instant::now();
        loop {
            let jobs = self.services.take_jobs(JobKind::Webhook, ENDPOINTS as u32).await?;
            if jobs.is_empty() {
                break;
            }
            let mut working = JoinSet::new();
            for job in jobs {
                let services = self.services.clone();
                working.spawn(async move { services.do_job(&job).await });
            }
            while let Some(ended) = working.join_next().await {
                ended??;
            }
        }
        let took = began.elapsed();
        for endpoint in &self.endpoints {
            let left = self.storage.deliveries(*endpoint, Some(DeliveryState::Waiting), None, 1).await?;
            if !left.is_empty() {
                return Err("a message was not delivered".into());
            }
        }
        Ok(took)
    }
}

fn message(endpoint: EndpointId, sequence: u64, now: Timestamp) -> Result<WebhookDelivery, Failure> {
    Ok(WebhookDelivery {
        id: MessageId::new(now, vault::random_bytes()?),
        endpoint,
        sequence,
        event: WebhookEvent::LinkLinked,
        link: None,
        body: BODY.to_owned(),
        state: DeliveryState::Waiting,
        created_at: now,
        next_at: now,
        give_up_at: now.plus_seconds(72 * 3_600),
        ended_at: None,
        attempts: 0,
        last_status: None,
        last_problem: None,
        took_ms: None,
    })
}

/// A receiver that answers each request with 204 as soon as it has it.
async fn receiver() -> Result<SocketAddr, Failure> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream));
        }
    });
    Ok(address)
}

async fn serve(mut stream: TcpStream) {
    let _ = stream.set_nodelay(true);
    let mut read = Vec::with_capacity(4_096);
    while let Ok(1..) = stream.read_buf(&mut read).await {
        // Every request here has this one body.
        while let Some(end) = read.windows(4).position(|part| part == b"\r\n\r\n") {
            let whole = end + 4 + BODY.len();
            if read.len() < whole {
                break;
            }
            read.drain(..whole);
            if stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await.is_err() {
                return;
            }
        }
    }
}

/// The product's own sender, as `server/src/adapters/webhook_sender.rs` has it.
struct Http(Sender);

#[async_trait]
impl WebhookSender for Http {
    async fn send(&self, request: WebhookRequest) -> WebhookAnswer {
        let message = Message {
            url: request.url.as_str(),
            id: &request.id.to_string(),
            timestamp: request.timestamp,
            signature: &request.signature,
            body: request.body,
        };
        match self.0.send(message).await {
            Answer::Status { status, retry_after } => WebhookAnswer::Status { status, retry_after },
            Answer::Failed(problem) => WebhookAnswer::Failed(problem),
        }
    }

    fn may_send_to(&self, url: &WebhookUrl) -> bool {
        self.0.may_send_to(url.as_str())
    }
}

/// What this benchmark has no need of, and the real time.
struct Nothing;

impl Clock for Nothing {
    #[expect(clippy::disallowed_methods, reason = "a benchmark goes by the real time")]
    fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(0))
    }
}

impl Meter for Nothing {
    fn check_ended(&self, _: &WebServicesHost, _: Option<ProblemCode>, _: i64) {}

    fn sign_in_refused(&self) {}
}

impl Entropy for Nothing {
    fn fill(&self, bytes: &mut [u8]) -> anyhow::Result<()> {
        for part in bytes.chunks_mut(8) {
            let drawn: [u8; 8] = vault::random_bytes()?;
            for (byte, random) in part.iter_mut().zip(drawn) {
                *byte = random;
            }
        }
        Ok(())
    }
}

#[async_trait]
impl UkgGateway for Nothing {
    async fn check(&self, _: CheckRequest, _: Arc<dyn CheckWatcher>) -> CheckReport {
        std::future::pending().await
    }

    async fn surplus(&self, _: CheckRequest, _: Vec<Permission>) -> Vec<Permission> {
        Vec::new()
    }
}

#[async_trait]
impl PasswordHasher for Nothing {
    async fn hash(&self, _: Secret) -> Result<String, HashError> {
        Err(HashError::Busy)
    }

    async fn verify(&self, _: Secret, _: Option<String>) -> Result<bool, HashError> {
        Err(HashError::Busy)
    }
}
