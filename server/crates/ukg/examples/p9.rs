//! Bar P9: how long a full check takes when every answer takes 150 ms, and how that compares with the same requests
//! sent by bare reqwest in the same order. Run it with `cargo run --release -p ukg --example p9`; it exits with 1 when
//! a bar is missed.
//!
//! The delay is in the stand-in, so one answer is one round trip. The clock starts when the first request arrives
//! there: connecting is not counted. Runs are interleaved, and each opens connections of its own, as a check does.

#![expect(clippy::print_stdout, reason = "a benchmark's figures are its output")]

use std::convert::Infallible;
use std::error::Error;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use domain::{CheckOutcome, CheckProgress, Permission, PermissionSet, Secret, WebServicesHost};
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::PrivatePkcs8KeyDer;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::{sleep, sleep_until};
use tokio_rustls::TlsAcceptor;
use ukg::{Credentials, Target, UkgChecker, UkgSettings, Watcher};

type Failure = Box<dyn Error + Send + Sync>;

const HOST: &str = "service4.ultipro.com";
const ROUND_TRIP: Duration = Duration::from_millis(150);
const RUNS: usize = 21;
const AT_A_TIME: usize = 4;
const MOST_OVER_BARE: f64 = 1.05;

/// When the stand-in got its first request since this was last emptied.
type FirstRequest = Arc<Mutex<Option<Instant>>>;

struct StandIn {
    address: SocketAddr,
    ca_pem: String,
    first_request: FirstRequest,
}

impl StandIn {
    /// Answers each request after this long.
    async fn start(latency: Duration) -> Result<Self, Failure> {
        let (tls, ca_pem) = identity()?;
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let first_request = FirstRequest::default();
        let mark = Arc::clone(&first_request);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, TlsAcceptor::from(Arc::clone(&tls)), Arc::clone(&mark), latency));
            }
        });
        Ok(Self { address, ca_pem, first_request })
    }

    /// How long this takes from the first request on.
    async fn time<T>(&self, run: impl Future<Output = T>) -> Result<(Duration, T), Failure> {
        *self.first_request.lock().unwrap_or_else(PoisonError::into_inner) = None;
        let value = run.await;
        let ended = Instant::now();
        let first = *self.first_request.lock().unwrap_or_else(PoisonError::into_inner);
        Ok((ended - first.ok_or("no request came")?, value))
    }
}

async fn serve(stream: TcpStream, tls: TlsAcceptor, mark: FirstRequest, latency: Duration) {
    let _ = stream.set_nodelay(true);
    let Ok(stream) = tls.accept(stream).await else { return };
    let service = service_fn(|_| {
        mark.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_with(Instant::now);
        async move {
            sleep(latency).await;
            let body = Full::new(Bytes::from_static(b"[{\"employeeId\":\"MADEUP\"}]"));
            let json = hyper::Response::builder().header("content-type", "application/json").body(body);
            Ok::<_, Infallible>(json.unwrap_or_default())
        }
    });
    let _ = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

fn identity() -> Result<(Arc<ServerConfig>, String), Failure> {
    let ca_key = KeyPair::generate()?;
    let mut ca = CertificateParams::new(Vec::new())?;
    ca.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let ca_pem = ca.self_signed(&ca_key)?.pem();
    let key = KeyPair::generate()?;
    let certificate =
        CertificateParams::new(vec![HOST.to_owned()])?.signed_by(&key, &Issuer::new(ca, ca_key))?;
    let key = PrivatePkcs8KeyDer::from(key.serialize_der());
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key.into())?;
    Ok((Arc::new(config), ca_pem))
}

struct Nobody;

#[async_trait]
impl Watcher for Nobody {
    fn progressed(&self, _: &CheckProgress) {}

    async fn refused(&self) -> bool {
        true
    }
}

struct Ours {
    checker: UkgChecker,
    host: WebServicesHost,
    credentials: Credentials,
}

impl Ours {
    /// Finds the stand-in at this address.
    fn new(stand_in: &StandIn, address: SocketAddr) -> Result<Self, Failure> {
        let settings = UkgSettings {
            suffixes: vec!["ultipro.com".into()],
            resolve: vec![(HOST.into(), address)],
            extra_root_pem: Some(stand_in.ca_pem.clone().into_bytes()),
        };
        let host = WebServicesHost::from_stored(HOST).map_err(|code| code.to_string())?;
        let secret = |text: &str| Secret::new(text.into());
        let credentials = Credentials {
            customer_api_key: secret("QX7MC"),
            username: secret("svc"),
            password: secret("made+up"),
        };
        Ok(Self { checker: UkgChecker::new(settings)?, host, credentials })
    }

    async fn check(&self, permissions: &PermissionSet) -> Result<(), Failure> {
        let target =
            Target { host: &self.host, credentials: &self.credentials, permissions, refusals_left: 3 };
        let report = self.checker.check(&target, &Nobody).await;
        if report.outcome == CheckOutcome::Linked && report.unchecked() == 0 {
            Ok(())
        } else {
            Err(format!("the check failed: {report:?}").into())
        }
    }
}

/// The same requests in the same order, and nothing but that.
async fn bare(stand_in: &StandIn, paths: &[&'static str]) -> Result<(), Failure> {
    let certificate = reqwest::tls::Certificate::from_pem(stand_in.ca_pem.as_bytes())?;
    let client = reqwest::Client::builder()
        .tls_certs_only([certificate])
        .no_proxy()
        .http1_only()
        .resolve(HOST, stand_in.address)
        .build()?;
    let ask = |path: &'static str| {
        let request = client.get(format!("https://{HOST}:{}{path}", stand_in.address.port()));
        let request = request.header("us-customer-api-key", "QX7MC").basic_auth("svc", Some("made+up"));
        async move { request.send().await?.bytes().await }
    };
    let (first, others) = paths.split_first().ok_or("no path")?;
    ask(first).await?;
    let mut others = others.iter();
    let mut running = JoinSet::new();
    loop {
        while running.len() < AT_A_TIME
            && let Some(path) = others.next()
        {
            running.spawn(ask(path));
        }
        match running.join_next().await {
            Some(answer) => answer??,
            None => return Ok(()),
        };
    }
}

/// Lower quartile, median, upper quartile.
fn quartiles(mut times: Vec<Duration>) -> [f64; 3] {
    times.sort_unstable();
    [1, 2, 3].map(|quarter| {
        times.get(times.len() * quarter / 4).copied().unwrap_or_default().as_secs_f64() * 1000.0
    })
}

async fn measure(asked: &[Permission], paths: &[&'static str], rounds: f64) -> Result<bool, Failure> {
    let stand_in = StandIn::start(ROUND_TRIP).await?;
    let ours = Ours::new(&stand_in, stand_in.address)?;
    let permissions = PermissionSet::new(asked);
    let (mut checks, mut bares) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let (time, result) = stand_in.time(ours.check(&permissions)).await?;
        result?;
        checks.push(time);
        let (time, result) = stand_in.time(bare(&stand_in, paths)).await?;
        result?;
        bares.push(time);
    }
    let ([low, check, high], [bare_low, bare, bare_high]) = (quartiles(checks), quartiles(bares));
    let round_trip = ROUND_TRIP.as_secs_f64() * 1000.0;
    let (most, ratio) = ((rounds + 0.15).mul_add(round_trip, 10.0), check / bare);
    let holds = check <= most && ratio <= MOST_OVER_BARE;
    println!("{} testable permissions, {rounds} rounds, median of {RUNS} (quartiles)", paths.len());
    println!("  check  {check:6.1} ms ({low:.1} to {high:.1}) = {:.2} round trips", check / round_trip);
    println!("         at most {most:.1} ms");
    println!("  bare   {bare:6.1} ms ({bare_low:.1} to {bare_high:.1})");
    println!("  ratio  {ratio:.3}, at most {MOST_OVER_BARE}: {}", if holds { "holds" } else { "MISSED" });
    Ok(holds)
}

/// Forwards to the stand-in, each byte after half a round trip: a real distance, connecting included.
async fn far_away(to: SocketAddr) -> Result<SocketAddr, Failure> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move {
        while let Ok((near, _)) = listener.accept().await {
            tokio::spawn(async move {
                let Ok(far) = TcpStream::connect(to).await else { return };
                let _ = (near.set_nodelay(true), far.set_nodelay(true));
                let ((near_in, near_out), (far_in, far_out)) = (near.into_split(), far.into_split());
                tokio::join!(delay(near_in, far_out), delay(far_in, near_out));
            });
        }
    });
    Ok(address)
}

async fn delay(mut from: OwnedReadHalf, mut to: OwnedWriteHalf) {
    let (sender, mut receiver) = mpsc::unbounded_channel::<(tokio::time::Instant, Vec<u8>)>();
    let read = async move {
        let mut buffer = vec![0; 16 * 1024];
        while let Ok(length @ 1..) = from.read(&mut buffer).await {
            let bytes = buffer.get(..length).unwrap_or_default().to_vec();
            let _ = sender.send((tokio::time::Instant::now() + ROUND_TRIP / 2, bytes));
        }
    };
    let write = async move {
        while let Some((at, bytes)) = receiver.recv().await {
            sleep_until(at).await;
            if to.write_all(&bytes).await.is_err() {
                return;
            }
        }
    };
    tokio::join!(read, write);
}

/// Over a real distance: the handshake's round trip, the first request's, and one for the four after it, whose
/// connections came about meanwhile.
async fn measure_far(asked: &[Permission]) -> Result<bool, Failure> {
    let stand_in = StandIn::start(Duration::ZERO).await?;
    let ours = Ours::new(&stand_in, far_away(stand_in.address).await?)?;
    let permissions = PermissionSet::new(asked);
    let mut checks = Vec::new();
    for _ in 0..RUNS {
        let began = Instant::now();
        ours.check(&permissions).await?;
        checks.push(began.elapsed());
    }
    let [low, check, high] = quartiles(checks);
    let round_trip = ROUND_TRIP.as_secs_f64() * 1000.0;
    let most = 3.15_f64.mul_add(round_trip, 10.0);
    println!("the five over a distance of {round_trip} ms, TLS handshake included");
    println!("  check  {check:6.1} ms ({low:.1} to {high:.1}) = {:.2} round trips", check / round_trip);
    println!("         at most {most:.1} ms: {}", if check <= most { "holds" } else { "MISSED" });
    Ok(check <= most)
}

#[tokio::main]
async fn main() -> Result<ExitCode, Failure> {
    use Permission as P;
    let paths = [
        "/personnel/v1/person-details?page=1&per_Page=1",
        "/personnel/v1/pto-plans?page=1&per_page=1",
        "/configuration/v1/company-details?page=1&per_Page=1",
        "/payroll/v1/paygroup-payperiods?page=1&per_Page=1",
        "/personnel/v1/employment-details?page=1&per_Page=1",
        "/personnel/v1/employee-job-history-details?page=1&per_Page=1",
        "/personnel/v1/compensation-details?page=1&per_Page=1",
    ];
    let five = [
        P::PtoPlanIntegration,
        P::CompanyConfigurationIntegration,
        P::PayrollIntegration,
        P::PersonnelIntegration,
    ];
    let five_hold = measure(&five, paths.get(..5).unwrap_or_default(), 2.0).await?;
    // Six beside the required one, four at a time: a round more, and the bar moves with it.
    let seven_hold = measure(&P::ALL, &paths, 3.0).await?;
    let far_holds = measure_far(&five).await?;
    Ok(if five_hold && seven_hold && far_holds { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
