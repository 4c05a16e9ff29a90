//! The settings: from the environment or, by the same names, from `linkdesk.toml`; the environment wins.
//!
//! `catalogue` lists every setting once; `--help` prints it and an unknown name in the file is refused by it. What is
//! read here is parsed here: the rest of the program gets types, never text.

mod catalogue;
mod database;
pub mod duration;
mod mail;
mod source;
mod ukg;

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use ipnet::IpNet;
use services::Pace;

pub use catalogue::{SETTINGS, Setting, help};
pub use database::{DatabaseKind, DatabaseUrl};
pub use mail::{MailConfig, MailTransport, SmtpConfig, SmtpSecurity, SmtpSignIn};
pub use source::Source;

/// Everything that can be set.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where it listens.
    pub addr: SocketAddr,
    /// Where it tells machines what it counts; `None` for nowhere.
    pub metrics_addr: Option<SocketAddr>,
    /// The address people see.
    pub public_url: PublicUrl,
    /// The inviting company, as customers read it.
    pub company: String,
    /// The database.
    pub database_url: DatabaseUrl,
    /// The key-encryption keys; without it nothing starts.
    pub master_key_file: Option<PathBuf>,
    /// How UKG Pro is called.
    pub ukg: UkgConfig,
    /// How mail is sent; `None` when nothing is mailed.
    pub mail: Option<MailConfig>,
    /// Networks whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Networks that webhooks may go to although they are not public.
    pub webhook_allow: Vec<IpNet>,
    /// How many staff passwords are hashed at a time.
    pub password_hashes: usize,
    /// How often links are checked again.
    pub pace: Pace,
    /// What is logged.
    pub log: LogConfig,
}

/// The address people see: scheme and host, without a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(String);

/// How UKG Pro is called.
#[derive(Clone, Debug, Default)]
pub struct UkgConfig {
    /// Domains a Web Services URL may belong to.
    pub suffixes: Vec<String>,
    /// Where to connect for a host, instead of DNS.
    pub resolve: Vec<(String, SocketAddr)>,
    /// One more root certificate to trust.
    pub ca_file: Option<PathBuf>,
}

/// What is logged and how.
#[derive(Clone, Debug)]
pub struct LogConfig {
    /// The filter, in `tracing`'s words.
    pub filter: String,
    /// Whether each line is JSON.
    pub json: bool,
}

impl Config {
    /// Reads and checks every setting.
    ///
    /// # Errors
    /// Names the setting that cannot be used, and what it should look like.
    pub fn from_source(source: &Source) -> Result<Self> {
        let addr = address("LINKDESK_ADDR", &source.get("LINKDESK_ADDR"))?;
        let metrics_addr = source.optional("LINKDESK_METRICS_ADDR");
        let metrics_addr = metrics_addr.map(|text| address("LINKDESK_METRICS_ADDR", &text)).transpose()?;
        if metrics_addr == Some(addr) {
            bail!(
                "LINKDESK_METRICS_ADDR is LINKDESK_ADDR too; what is counted is told on an address of its own"
            );
        }
        let public_url = match source.optional("LINKDESK_PUBLIC_URL") {
            Some(text) => PublicUrl::parse(&text)?,
            None => PublicUrl(format!("http://{addr}")),
        };
        Ok(Self {
            addr,
            metrics_addr,
            public_url,
            company: source.get("LINKDESK_COMPANY_NAME"),
            database_url: DatabaseUrl::parse(&source.get("LINKDESK_DATABASE_URL"))
                .context("LINKDESK_DATABASE_URL")?,
            master_key_file: source.optional("LINKDESK_MASTER_KEY_FILE").map(PathBuf::from),
            ukg: ukg::read(source)?,
            mail: mail::read(source, source.optional("LINKDESK_COMPANY_NAME").as_deref())?,
            trusted_proxies: networks(source, "LINKDESK_TRUSTED_PROXIES")?,
            webhook_allow: networks(source, "LINKDESK_WEBHOOK_ALLOW")?,
            password_hashes: match source.optional("LINKDESK_STAFF_PASSWORD_HASHES") {
                Some(text) => number("LINKDESK_STAFF_PASSWORD_HASHES", &text)?,
                // One is left for pages.
                None => {
                    std::thread::available_parallelism().map_or(1, |all| all.get().saturating_sub(1)).max(1)
                }
            },
            pace: pace(source)?,
            log: LogConfig {
                filter: source.get("LINKDESK_LOG"),
                json: match source.get("LINKDESK_LOG_FORMAT").as_str() {
                    "text" => false,
                    "json" => true,
                    other => bail!("LINKDESK_LOG_FORMAT is {other:?}; it is either text or json"),
                },
            },
        })
    }
}

impl PublicUrl {
    fn parse(text: &str) -> Result<Self> {
        let plain = text.trim_end_matches('/');
        let host = plain.strip_prefix("https://").or_else(|| plain.strip_prefix("http://"));
        match host {
            Some(host) if !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ']) => {
                Ok(Self(plain.to_ascii_lowercase()))
            }
            _ => bail!("LINKDESK_PUBLIC_URL is {text:?}; it should look like https://link.example.com"),
        }
    }

    /// Scheme, host and port, as a browser's `Origin` header has it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether people reach it over TLS.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }
}

fn address(name: &'static str, text: &str) -> Result<SocketAddr> {
    text.parse().with_context(|| format!("{name} is {text:?}; it should look like 127.0.0.1:3000"))
}

fn number(name: &'static str, text: &str) -> Result<usize> {
    text.parse().with_context(|| format!("{name} is {text:?}; it should be a number such as 2"))
}

fn pace(source: &Source) -> Result<Pace> {
    let text = source.get("LINKDESK_RECHECK_EVERY");
    if text == "off" {
        return Ok(Pace { every_ms: None });
    }
    let millis = duration::millis(&text).with_context(|| {
        format!("LINKDESK_RECHECK_EVERY is {text:?}; it should look like 24h, 30m or 90s, or be off")
    })?;
    Ok(Pace { every_ms: Some(millis) })
}

fn networks(source: &Source, name: &'static str) -> Result<Vec<IpNet>> {
    let text = source.get(name);
    let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
    parts
        .map(|part| {
            part.parse().with_context(|| format!("{name} holds {part:?}; a network looks like 10.0.0.0/8"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(pairs: &[(&str, &str)]) -> Result<Config> {
        Config::from_source(&Source::of(pairs))
    }

    #[test]
    fn without_any_setting_the_defaults_start_on_a_laptop() {
        let config = config(&[]).unwrap();

        assert_eq!(config.addr.to_string(), "127.0.0.1:3000");
        assert_eq!(config.public_url.as_str(), "http://127.0.0.1:3000");
        assert_eq!(config.database_url.to_string(), "sqlite://linkdesk.db");
        assert_eq!(config.ukg.suffixes, ["ultipro.com", "ultipro.ca"]);
        assert_eq!(config.master_key_file, None);
        assert_eq!(config.pace.every_ms, Some(86_400_000));
    }

    #[test]
    fn links_are_checked_again_as_often_as_is_said_or_never() {
        let pace = |text: &str| config(&[("LINKDESK_RECHECK_EVERY", text)]).unwrap().pace.every_ms;

        assert_eq!(pace("90s"), Some(90_000));
        assert_eq!(pace("30m"), Some(1_800_000));
        assert_eq!(pace("7d"), Some(604_800_000));
        assert_eq!(pace("off"), None);
    }

    #[test]
    fn a_setting_that_cannot_be_used_is_named() {
        for (name, value) in [
            ("LINKDESK_ADDR", "3000"),
            ("LINKDESK_METRICS_ADDR", "9100"),
            ("LINKDESK_METRICS_ADDR", "127.0.0.1:3000"),
            ("LINKDESK_PUBLIC_URL", "link.example.com"),
            ("LINKDESK_PUBLIC_URL", "https://link.example.com/path"),
            ("LINKDESK_DATABASE_URL", "mysql://db/linkdesk"),
            ("LINKDESK_TRUSTED_PROXIES", "10.0.0.0"),
            ("LINKDESK_WEBHOOK_ALLOW", "internal.example"),
            ("LINKDESK_UKG_RESOLVE", "service4.ultipro.com"),
            ("LINKDESK_UKG_SUFFIXES", "https://ultipro.com"),
            ("LINKDESK_LOG_FORMAT", "xml"),
            ("LINKDESK_RECHECK_EVERY", "24"),
            ("LINKDESK_RECHECK_EVERY", "0h"),
            ("LINKDESK_RECHECK_EVERY", "never"),
        ] {
            let error = config(&[(name, value)]).unwrap_err().to_string();
            assert!(error.contains(name), "{error}");
        }
    }
}
