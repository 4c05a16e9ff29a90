//! Builds the application from its settings: the only place that knows every concrete type.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use axum::Router;
use ipnet::IpNet;
use services::{Clock, Entropy, Mailer, Parts, Postman, ServiceSettings, Services, UkgGateway};
use storage::JobKind;
use tokio::net::TcpListener;
use tokio::sync::watch;
use vault::{Keyring, Vault};

use crate::adapters::{
    Argon2Hasher, HttpUkgGateway, HttpWebhookSender, LetterWriter, LettreMailer, SharedClock, SystemClock,
    SystemEntropy,
};
use crate::changes::Changes;
use crate::config::{Config, PublicUrl};
use crate::cookies::Cookies;
use crate::database::Database;
use crate::handlers::desk::events::ListWatchers;
use crate::listener::Limits;
use crate::{jobs, listener, router};

/// How often what is over is cleared.
const CLEAN_UP_EVERY: Duration = Duration::from_secs(3600);

/// How long a stop waits for running checks.
const LAST_CHECKS: Duration = Duration::from_secs(8);

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
        let services = Services::new(Parts {
            storage: database.storage(),
            vault: Arc::new(vault),
            ukg: deps.ukg,
            hasher: Arc::new(Argon2Hasher::new(config.password_hashes, &*deps.entropy)?),
            postman: postman(deps.mailer, config),
            webhooks: Arc::new(HttpWebhookSender::new(config.webhook_allow.clone())),
            clock: deps.clock.clone(),
            entropy: deps.entropy.clone(),
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
        let cleaner = tokio::spawn(clean_up(self.services.clone()));
        let reminders = tokio::spawn(jobs::reminders::run(self.services.clone()));
        let audit_end = tokio::spawn(jobs::audit_end::run(self.services.clone()));
        let clock = tokio::spawn(keep_time(self.database.clone(), self.clock.clone()));
        let (stop, stopped) = watch::channel(false);
        let webhooks = tokio::spawn(jobs::worker::run(
            self.services.clone(),
            JobKind::Webhook,
            ENDPOINTS,
            stopped.clone(),
        ));
        let lapses = tokio::spawn(jobs::lapses::run(self.services.clone()));
        let mails = jobs::worker::run(self.services.clone(), JobKind::Mail, MAILS, stopped.clone());
        let mails = tokio::spawn(mails);
        let rechecks = self.rechecks.then(|| tokio::spawn(recheck(self.services.clone(), stopped)));
        let listening = tokio::spawn({
            let (database, changes) = (self.database.clone(), self.changes.clone());
            async move { database.listen(changes).await }
        });
        let others =
            self.database.is_shared().then(|| tokio::spawn(jobs::stuck_checks::run(self.services.clone())));
        listener::serve(listener, self.router, self.limits, told_to_stop()).await;
        stop.send_replace(true);
        cleaner.abort();
        reminders.abort();
        audit_end.abort();
        if let Some(Err(error)) = join(rechecks).await {
            tracing::error!(%error, "the re-checks ended early");
        }
        lapses.abort();
        if let Err(error) = webhooks.await {
            tracing::error!(%error, "sending webhooks ended early");
        }
        if let Err(error) = mails.await {
            tracing::error!(%error, "the mails ended early");
        }
        listening.abort();
        clock.abort();
        others.iter().for_each(tokio::task::JoinHandle::abort);
        if tokio::time::timeout(LAST_CHECKS, self.services.finish_checks()).await.is_err() {
            tracing::warn!("stopped while a check was running; the next start tidies up after it");
        }
        if let Err(error) = self.services.tell_all_refusals().await {
            tracing::warn!(%error, "could not note in the audit log how many sign-ins were refused");
        }
        self.database.close().await;
        Ok(())
    }
}

/// Who writes to people; nobody, when no mail is set up.
fn postman(mailer: Option<Arc<dyn Mailer>>, config: &Config) -> Option<Arc<dyn Postman>> {
    let letters = LetterWriter::new(mailer?, config.public_url.clone(), &config.company);
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

async fn join<T>(task: Option<tokio::task::JoinHandle<T>>) -> Option<Result<T, tokio::task::JoinError>> {
    match task {
        Some(task) => Some(task.await),
        None => None,
    }
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

async fn told_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    let mut terminated = match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(signal) => signal,
        Err(error) => {
            tracing::warn!(%error, "cannot listen for SIGTERM; only Ctrl-C stops in order");
            let _ = interrupted.await;
            return;
        }
    };
    tokio::select! {
        _ = interrupted => {}
        _ = terminated.recv() => {}
    }
    tracing::info!("stopping: no new requests, finishing those under way");
}
