//! The server's queue: its worker, its use case, its storage.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime};

use async_trait::async_trait;
use domain::{CheckReport, Permission, ProblemCode, Secret, Timestamp, WebServicesHost, WebhookUrl};
use services::{
    CheckRequest, CheckWatcher, Clock, Entropy, HashError, Meter, Pace, Parts, PasswordHasher,
    ServiceSettings, Services, UkgGateway, WebhookAnswer, WebhookRequest, WebhookSender,
};
use storage::{JobKind, Storage};
use storage_postgres::PostgresStorage;
use storage_sqlite::SqliteStorage;
use tokio::sync::watch;
use vault::{Keyring, Vault};

use crate::{AT_A_TIME, rate, until_none, worker};

/// How many jobs one unit of work puts.
const AT_ONCE: usize = 500;

pub struct Ours {
    storage: Arc<dyn Storage>,
    pub services: Services,
}

pub async fn on_sqlite(folder: &Path) -> anyhow::Result<Ours> {
    let url = format!("sqlite://{}", folder.join("ours.db").display());
    Ours::on(Arc::new(SqliteStorage::open(&url).await?), folder, Arc::new(Nobody)).await
}

pub async fn on_postgres(url: &str) -> anyhow::Result<Ours> {
    let folder = tempfile::tempdir()?;
    Ours::on(Arc::new(PostgresStorage::open(url).await?), folder.path(), Arc::new(Nobody)).await
}

impl Ours {
    /// On this storage, with a key file in this folder.
    pub async fn on(
        storage: Arc<dyn Storage>,
        folder: &Path,
        ukg: Arc<dyn UkgGateway>,
    ) -> anyhow::Result<Self> {
        let key = folder.join("master.key");
        Keyring::create_file(&key)?;
        let services = Services::new(Parts {
            storage: storage.clone(),
            vault: Arc::new(Vault::new(Keyring::read_file(&key)?)),
            ukg,
            hasher: Arc::new(Nobody),
            postman: None,
            webhooks: Arc::new(Nobody),
            clock: Arc::new(Real),
            entropy: Arc::new(Real),
            meter: Arc::new(Nobody),
            settings: ServiceSettings {
                ukg_suffixes: vec!["ultipro.com".to_owned()],
                origin: "http://localhost".to_owned(),
                pace: Pace { every_ms: None },
            },
        });
        services.prepare().await?;
        Ok(Self { storage, services })
    }

    pub async fn rate(&self, jobs: usize) -> anyhow::Result<f64> {
        let numbers: Vec<usize> = (0..jobs).collect();
        for some in numbers.chunks(AT_ONCE) {
            let mut unit = self.storage.begin().await?;
            for number in some {
                unit.put_job(JobKind::Recheck, &format!("nothing {number}"), 0, Real.now()).await?;
            }
            unit.commit().await?;
        }
        let (stop, stopped) = watch::channel(false);
        let began = Instant::now();
        let working = tokio::spawn(worker::run(self.services.clone(), JobKind::Recheck, AT_A_TIME, stopped));
        until_none(|| self.left()).await?;
        let rate = rate(jobs, began);
        stop.send(true)?;
        working.await?;
        Ok(rate)
    }

    /// From the commit that put a job until the worker has begun it, done it, and kept that: no less than until it began.
    pub async fn pick_ups(&self, times: usize) -> anyhow::Result<Vec<Duration>> {
        let (stop, stopped) = watch::channel(false);
        let working = tokio::spawn(worker::run(self.services.clone(), JobKind::Recheck, AT_A_TIME, stopped));
        let mut waits = Vec::new();
        for number in 0..times {
            let subject = format!("picked up {number}");
            let mut unit = self.storage.begin().await?;
            unit.put_job(JobKind::Recheck, &subject, 0, Real.now()).await?;
            unit.commit().await?;
            let committed = Instant::now();
            while self.storage.job(JobKind::Recheck, &subject).await?.is_some() {
                tokio::time::sleep(Duration::from_micros(200)).await;
            }
            waits.push(committed.elapsed());
        }
        stop.send(true)?;
        working.await?;
        Ok(waits)
    }

    async fn left(&self) -> anyhow::Result<u64> {
        let depths = self.storage.queue_depths(Real.now()).await?;
        Ok(depths.iter().map(|depth| depth.waiting).sum())
    }
}

/// Time and chance for real.
pub struct Real;

impl Clock for Real {
    fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or_default())
    }
}

impl Entropy for Real {
    fn fill(&self, bytes: &mut [u8]) -> anyhow::Result<()> {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        for chunk in bytes.chunks_mut(8) {
            let drawn = NEXT.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed).to_le_bytes();
            chunk.copy_from_slice(&drawn[..chunk.len()]);
        }
        Ok(())
    }
}

/// What these jobs never come to.
struct Nobody;

#[async_trait]
impl UkgGateway for Nobody {
    async fn check(&self, _: CheckRequest, _: Arc<dyn CheckWatcher>) -> CheckReport {
        unreachable!("there is nothing to check")
    }

    async fn surplus(&self, _: CheckRequest, _: Vec<Permission>) -> Vec<Permission> {
        Vec::new()
    }
}

#[async_trait]
impl WebhookSender for Nobody {
    async fn send(&self, _: WebhookRequest) -> WebhookAnswer {
        unreachable!("there is nothing to tell")
    }

    fn may_send_to(&self, _: &WebhookUrl) -> bool {
        false
    }
}

impl Meter for Nobody {
    fn check_ended(&self, _: &WebServicesHost, _: Option<ProblemCode>, _: i64) {}

    fn sign_in_refused(&self) {}
}

#[async_trait]
impl PasswordHasher for Nobody {
    async fn hash(&self, _: Secret) -> Result<String, HashError> {
        Err(HashError::Busy)
    }

    async fn verify(&self, _: Secret, _: Option<String>) -> Result<bool, HashError> {
        Err(HashError::Busy)
    }
}
