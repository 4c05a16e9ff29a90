//! Builds the application from its settings: the only place that knows every concrete type.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use axum::Router;
use ipnet::IpNet;
use services::{Clock, Entropy, Mailer, Parts, Postman, ServiceSettings, Services, UkgGateway};
use storage_sqlite::SqliteStorage;
use tokio::net::TcpListener;
use vault::{Keyring, Vault};

use crate::adapters::{Argon2Hasher, HttpUkgGateway, LetterWriter, LettreMailer, SystemClock, SystemEntropy};
use crate::config::{Config, PublicUrl};
use crate::cookies::Cookies;
use crate::handlers::desk::events::ListWatchers;
use crate::listener::Limits;
use crate::{jobs, listener, router};

/// How often what is over is cleared.
const CLEAN_UP_EVERY: Duration = Duration::from_secs(3600);

/// How long a stop waits for running checks.
const LAST_CHECKS: Duration = Duration::from_secs(8);

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
    storage: SqliteStorage,
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
            clock: Arc::new(SystemClock),
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
        if !config.database_url.starts_with("sqlite:") {
            bail!(
                "LINKDESK_DATABASE_URL: this version keeps its data in SQLite; use sqlite://path/to/file.db"
            );
        }
        let storage = SqliteStorage::open(&config.database_url)
            .await
            .with_context(|| format!("could not open the database {}", config.database_url))?;
        let services = Services::new(Parts {
            storage: Arc::new(storage.clone()),
            vault: Arc::new(vault),
            ukg: deps.ukg,
            hasher: Arc::new(Argon2Hasher::new(config.password_hashes, &*deps.entropy)?),
            postman: postman(deps.mailer, config),
            clock: deps.clock.clone(),
            entropy: deps.entropy.clone(),
            settings: ServiceSettings {
                ukg_suffixes: config.ukg.suffixes.clone(),
                origin: config.public_url.as_str().to_owned(),
            },
        });
        services.prepare().await.context("could not prepare the audit log")?;
        let state = AppState {
            services: services.clone(),
            public_url: config.public_url.clone(),
            company: config.company.as_str().into(),
            suffixes: config.ukg.suffixes.clone().into(),
            trusted_proxies: config.trusted_proxies.clone().into(),
            cookies: Cookies { secure: config.public_url.is_https() },
            clock: deps.clock,
            entropy: deps.entropy,
            list_watchers: ListWatchers::default(),
        };
        let limits = Limits::usual(state.trusted_proxies.clone());
        Ok(Self { router: router::build(state), services, storage, limits })
    }

    /// Serves until the process is told to stop, then finishes what is under way.
    ///
    /// # Errors
    /// When the listener fails.
    pub async fn serve(self, listener: TcpListener) -> Result<()> {
        self.services.abandon_running_checks().await.context("could not tidy up after the last stop")?;
        if let Err(error) = self.services.seed_presets().await {
            tracing::warn!(%error, "could not keep the example presets; the next start tries again");
        }
        let cleaner = tokio::spawn(clean_up(self.services.clone()));
        let reminders = tokio::spawn(jobs::reminders::run(self.services.clone()));
        let audit_end = tokio::spawn(jobs::audit_end::run(self.services.clone()));
        listener::serve(listener, self.router, self.limits, told_to_stop()).await;
        cleaner.abort();
        reminders.abort();
        audit_end.abort();
        if tokio::time::timeout(LAST_CHECKS, self.services.finish_checks()).await.is_err() {
            tracing::warn!("stopped while a check was running; the next start tidies up after it");
        }
        if let Err(error) = self.services.tell_all_refusals().await {
            tracing::warn!(%error, "could not note in the audit log how many sign-ins were refused");
        }
        self.storage.close().await;
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
