//! Builds the application from its settings: the only place that knows every concrete type.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use axum::Router;
use ipnet::IpNet;
use services::{Clock, Entropy, Mailer, Parts, Postman, ServiceSettings, Services, UkgGateway};
use storage::JobKind;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::time::Instant;
use vault::{Keyring, Vault};

use crate::adapters::{
    Argon2Hasher, CountedMailer, HttpUkgGateway, HttpWebhookSender, LetterWriter, LettreMailer, SharedClock,
    SystemClock, SystemEntropy,
};
use crate::changes::Changes;
use crate::config::{Config, PublicUrl};
use crate::cookies::Cookies;
use crate::database::Database;
use crate::handlers::desk::events::ListWatchers;
use crate::health::Health;
use crate::listener::Limits;
use crate::metrics::{Gauge, Metrics, Watched};
use crate::tasks::Tasks;
use crate::{jobs, listener, metrics, router, signals};

/// How often what is over is cleared.
const CLEAN_UP_EVERY: Duration = Duration::from_secs(3600);

/// How long a stop waits for running checks, for jobs and for requests, all at the same time.
const LAST_WORK: Duration = Duration::from_millis(8500);
/// How long it takes after that at most, to write down what is left and to close the database.
const LAST_WORDS: Duration = Duration::from_secs(1);
/// How long it takes at most to end the checks that are not.
const GIVING_UP: Duration = Duration::from_millis(400);
/// How many connections may ask for metrics at a time.
const METRICS_CONNECTIONS: usize = 16;

/// How often the clock is put right by the database's, when servers share it.
const CLOCK_EVERY: Duration = Duration::from_secs(60);

/// How many links are checked again at a time: most of that time is waiting for UKG Pro.
const RECHECKS: usize = 64;

/// How many endpoints are sent to at a time, each with several requests.
const ENDPOINTS: usize = 8;

/// How many mails are handed over at a time: each is a connection of its own.
const MAILS: usize = 4;

/// What every handler may use.
#[derive(Clone)]
pub struct AppState {
    /// The use cases.
    pub services: Services,
    /// The address people see.
    pub public_url: PublicUrl,
    /// The inviting company.
    pub company: Arc<str>,
    /// The domains a Web Services URL may belong to.
    pub suffixes: Arc<[String]>,
    /// Networks whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Arc<[IpNet]>,
    /// How cookies are written.
    pub cookies: Cookies,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Draws request ids.
    pub entropy: Arc<dyn Entropy>,
    /// Who has the desk's list open.
    pub list_watchers: ListWatchers,
    /// Tells of changes by other servers.
    pub changes: Changes,
    /// Knows how the server is, and whether it stops.
    pub health: Health,
    /// Counts what happens.
    pub metrics: Metrics,
}

/// What tests put in the place of the real world.
pub struct Deps {
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Draws tokens, ids and request ids.
    pub entropy: Arc<dyn Entropy>,
    /// Asks UKG Pro.
    pub ukg: Arc<dyn UkgGateway>,
    /// Sends mail; `None` when none is to be sent.
    pub mailer: Option<Arc<dyn Mailer>>,
}

/// The application, ready to serve.
pub struct Application {
    /// Every route with its middleware.
    pub router: Router,
    /// The use cases, for the command line and for tests.
    pub services: Services,
    database: Database,
    changes: Changes,
    /// Whether links are checked again by themselves.
    rechecks: bool,
    clock: Arc<dyn Clock>,
    limits: Limits,
    /// How it is.
    pub health: Health,
    metrics: Metrics,
    metrics_addr: Option<SocketAddr>,
}

impl Deps {
    /// The real world.
    ///
    /// # Errors
    /// When the extra root certificate for UKG Pro cannot be used, or mail cannot be set up.
    pub fn real(config: &Config) -> Result<Self> {
        let mailer = mailer(config)?.map(|mailer| Arc::new(mailer) as Arc<dyn Mailer>);
        Ok(Self {
            clock: Arc::new(SharedClock::default()),
            entropy: Arc::new(SystemEntropy),
            ukg: Arc::new(HttpUkgGateway::new(&config.ukg)?),
            mailer,
        })
    }
}

impl Application {
    /// Opens the key file and the database and puts everything together.
    ///
    /// # Errors
    /// Says which setting is missing or wrong, and how to mend it. Without a key-encryption key nothing starts: nothing
    /// could be sealed.
    pub async fn build(config: &Config, deps: Deps) -> Result<Self> {
        // Fails only when it was told before, as by another test in this process.
        let _ = any_spawner::Executor::init_tokio();
        let vault = Vault::new(keyring(config)?);
        let database = Database::open(&config.database_url).await?;
        for lack in database.lacks() {
            tracing::warn!("the database {}: {lack}", config.database_url);
        }
        database.set_clock(&*deps.clock).await.context("could not ask the database for the time")?;
        let (health, metrics) = (Health::default(), Metrics::default());
        let hasher = Argon2Hasher::new(config.password_hashes, &*deps.entropy)?;
        let services = Services::new(Parts {
            storage: database.storage(),
            vault: Arc::new(vault),
            ukg: deps.ukg,
            hasher: Arc::new(hasher.counted_by(metrics.passwords().clone())),
            postman: postman(deps.mailer, config, &metrics),
            webhooks: Arc::new(HttpWebhookSender::new(config.webhook_allow.clone())),
            clock: deps.clock.clone(),
            entropy: deps.entropy.clone(),
            meter: Arc::new(metrics.clone()),
            settings: ServiceSettings {
                ukg_suffixes: config.ukg.suffixes.clone(),
                origin: config.public_url.as_str().to_owned(),
                pace: config.pace,
            },
        });
        services.prepare().await.context("could not prepare the audit log")?;
        let changes = Changes::default();
        let state = AppState {
            services: services.clone(),
            public_url: config.public_url.clone(),
            company: config.company.as_str().into(),
            suffixes: config.ukg.suffixes.clone().into(),
            trusted_proxies: config.trusted_proxies.clone().into(),
            cookies: Cookies { secure: config.public_url.is_https() },
            clock: deps.clock.clone(),
            entropy: deps.entropy,
            list_watchers: ListWatchers::default(),
            changes: changes.clone(),
            health: health.clone(),
            metrics: metrics.clone(),
        };
        let rechecks = config.pace.every_ms.is_some();
        let limits = Limits::usual(state.trusted_proxies.clone());
        Ok(Self {
            router: router::build(state),
            services,
            database,
            changes,
            rechecks,
            clock: deps.clock,
            limits,
            health,
            metrics,
            metrics_addr: config.metrics_addr,
        })
    }

    /// Serves until the process is told to stop, then finishes what is under way.
    ///
    /// # Errors
    /// When the listener fails.
    pub async fn serve(self, listener: TcpListener) -> Result<()> {
        let tidied = if self.database.is_shared() {
            // Another server may be running what looks abandoned: only what no check can last is ended.
            self.services.abandon_stuck_checks().await
        } else {
            match self.services.abandon_running_checks().await {
                Ok(()) => self.services.free_jobs().await,
                Err(error) => Err(error),
            }
        };
        tidied.context("could not tidy up after the last stop")?;
        if let Err(error) = self.services.seed_presets().await {
            tracing::warn!(%error, "could not keep the example presets; the next start tries again");
        }
        let metrics_listener = self.metrics_listener().await?;
        let mut tasks = self.begin_tasks();
        if let Some(listener) = metrics_listener {
            tasks.run("metrics", self.tell_metrics(listener));
        }
        let Self { router, services, database, limits, health, metrics, .. } = self;
        let stop = async {
            signals::told_to_stop().await;
            tracing::info!("stopping: finishing what is under way");
            health.stop();
        };
        let stopped = health.clone();
        let (serving, winding_up) =
            (listener::serve(listener, router, limits, metrics.connections().clone(), stop), async {
                stopped.stopping().await;
                let until = Instant::now() + LAST_WORK;
                tokio::join!(tasks.end(until), finish_checks(&services, until));
            });
        tokio::join!(serving, winding_up);
        let last_words = async {
            if let Err(error) = services.tell_all_refusals().await {
                tracing::warn!(%error, "could not note in the audit log how many sign-ins were refused");
            }
            database.close().await;
        };
        if tokio::time::timeout(LAST_WORDS, last_words).await.is_err() {
            tracing::warn!("stopped before the database was closed; nothing that was acknowledged is lost");
        }
        Ok(())
    }

    /// Begins what goes on by itself.
    fn begin_tasks(&self) -> Tasks {
        let mut tasks = Tasks::new(self.health.clone());
        tasks.run("cleaning up", clean_up(self.services.clone()));
        tasks.run("reminders", jobs::reminders::run(self.services.clone()));
        tasks.run("saying where the audit log ends", jobs::audit_end::run(self.services.clone()));
        if self.database.is_shared() {
            let (database, changes) = (self.database.clone(), self.changes.clone());
            tasks.run("keeping time", keep_time(self.database.clone(), self.clock.clone()));
            tasks.run("listening to the database", async move { database.listen(changes).await });
            tasks.run("ending stuck checks", jobs::stuck_checks::run(self.services.clone()));
        }
        tasks.run("finding lapsed invites", jobs::lapses::run(self.services.clone()));
        let webhooks =
            jobs::worker::run(self.services.clone(), JobKind::Webhook, ENDPOINTS, self.health.stops());
        tasks.run_until_stopped("webhooks", webhooks);
        let mails = jobs::worker::run(self.services.clone(), JobKind::Mail, MAILS, self.health.stops());
        tasks.run_until_stopped("mails", mails);
        if self.rechecks {
            tasks.run_until_stopped("re-checks", recheck(self.services.clone(), self.health.stops()));
        }
        tasks
    }

    /// Where machines ask for what is counted.
    async fn metrics_listener(&self) -> Result<Option<TcpListener>> {
        let Some(addr) = self.metrics_addr else { return Ok(None) };
        let listener = TcpListener::bind(addr)
            .await
            .with_context(|| format!("could not listen on {addr} (LINKDESK_METRICS_ADDR)"))?;
        tracing::info!(%addr, "telling metrics");
        Ok(Some(listener))
    }

    fn tell_metrics(&self, listener: TcpListener) -> impl Future<Output = ()> + Send + 'static {
        let (metrics, health, services) = (self.metrics.clone(), self.health.clone(), self.services.clone());
        let watched = Watched::new(metrics, health, services, self.clock.now());
        let limits = Limits {
            connections: METRICS_CONNECTIONS,
            per_address: METRICS_CONNECTIONS,
            trusted: Arc::default(),
        };
        listener::serve(listener, metrics::router(watched), limits, Gauge::default(), std::future::pending())
    }
}

async fn finish_checks(services: &Services, until: Instant) {
    if tokio::time::timeout_at(until, services.finish_checks()).await.is_ok() {
        return;
    }
    let gave_up = tokio::time::timeout(GIVING_UP, services.abandon_own_checks()).await;
    if !matches!(gave_up, Ok(Ok(()))) {
        tracing::warn!("stopped while a check was running; the next start tidies up after it");
    }
}

/// Who writes to people; nobody, when no mail is set up.
fn postman(mailer: Option<Arc<dyn Mailer>>, config: &Config, metrics: &Metrics) -> Option<Arc<dyn Postman>> {
    let mailer = Arc::new(CountedMailer::new(mailer?, metrics.clone()));
    let letters = LetterWriter::new(mailer, config.public_url.clone(), &config.company);
    Some(Arc::new(letters))
}

/// The keys in the file the settings name.
pub fn keyring(config: &Config) -> Result<Keyring> {
    let Some(path) = &config.master_key_file else {
        bail!(
            "there is no key to seal credentials with: make one with `linkdesk keygen --out master.key`, and set \
             LINKDESK_MASTER_KEY_FILE=master.key"
        );
    };
    Keyring::read_file(path).with_context(|| format!("LINKDESK_MASTER_KEY_FILE ({})", path.display()))
}

/// Mail as the settings say; `None` when none is to be sent.
///
/// # Errors
/// When the folder for mails cannot be made, or TLS cannot be set up.
pub fn mailer(config: &Config) -> Result<Option<LettreMailer>> {
    let Some(mail) = &config.mail else { return Ok(None) };
    let mailer = LettreMailer::new(mail, Arc::new(SystemClock), Arc::new(SystemEntropy));
    mailer.map(Some).context("LINKDESK_SMTP_URL")
}

async fn keep_time(database: Database, clock: Arc<dyn Clock>) {
    let mut ticks = tokio::time::interval(CLOCK_EVERY);
    loop {
        ticks.tick().await;
        if let Err(error) = database.set_clock(&*clock).await {
            tracing::warn!(%error, "could not ask the database for the time; trying again in a minute");
        }
    }
}

async fn recheck(services: Services, stopped: watch::Receiver<bool>) {
    if let Err(error) = services.schedule_rechecks().await {
        tracing::warn!(%error, "could not see to it that every link is checked again; the next start tries again");
    }
    jobs::worker::run(services, JobKind::Recheck, RECHECKS, stopped).await;
}

async fn clean_up(services: Services) {
    let mut ticks = tokio::time::interval(CLEAN_UP_EVERY);
    loop {
        ticks.tick().await;
        if let Err(error) = services.clean_up().await {
            tracing::warn!(%error, "could not clear ended sessions; trying again in an hour");
        }
    }
}
