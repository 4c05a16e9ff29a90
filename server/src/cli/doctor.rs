//! `linkdesk doctor`: tries everything that is configured, says what is missing and how to mend it.

use anyhow::{Context as _, Result, bail};
use tokio::net::TcpListener;

use super::output;
use crate::adapters::HttpUkgGateway;
use crate::config::{Config, DatabaseKind, Source};
use crate::database::Database;
use crate::embed;
use crate::startup::{Application, Deps, keyring, mailer};

/// Prints one line per check; fails when one of them does.
pub async fn run(source: Source) -> Result<()> {
    let config = match Config::from_source(&source) {
        Ok(config) => config,
        Err(error) => bail!("settings: {error:#}"),
    };
    let mut ill = 0_u32;
    let mut say = |what: &str, found: Result<String>| {
        let line = match found {
            Ok(fine) => format!("ok       {what}: {fine}"),
            Err(error) => {
                ill += 1;
                format!("MISSING  {what}: {error:#}")
            }
        };
        output::line(&line)
    };
    say("settings", Ok("readable".to_owned()))?;
    say("company name", Ok(company(&source)))?;
    say("key file", keyring(&config).map(|keys| format!("sealing with key {}", keys.primary_id())))?;
    say("database", database(&config).await)?;
    say(
        "calls to UKG Pro",
        HttpUkgGateway::new(&config.ukg).map(|_| format!("hosts under {}", config.ukg.suffixes.join(", "))),
    )?;
    say("mail", mail(&config).await)?;
    say("pages", pages())?;
    say("address", address(&config).await)?;
    say("staff", staff(&config).await)?;
    if ill == 0 { output::line("all well") } else { bail!("{ill} of these must be mended") }
}

async fn database(config: &Config) -> Result<String> {
    let url = &config.database_url;
    if url.kind() == DatabaseKind::Postgres {
        let database = Database::open(url).await?;
        let lacks = database.lacks();
        database.close().await;
        let note = if lacks.is_empty() { String::new() } else { format!("; {}", lacks.join("; ")) };
        return Ok(format!("{url} answers, its tables are up to date{note}"));
    }
    let file = url.expose().trim_start_matches("sqlite:").trim_start_matches("//");
    let file = std::path::Path::new(file.split('?').next().unwrap_or_default());
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    if !file.exists() && folder.is_none_or(std::path::Path::is_dir) {
        return Ok(format!("{url} is not there yet; the first start makes it"));
    }
    Database::open(url).await?.close().await;
    Ok(format!("{url} opens, its tables are up to date"))
}

/// Only a note: the pages work without it, but read oddly.
fn company(source: &Source) -> String {
    source.optional("LINKDESK_COMPANY_NAME").unwrap_or_else(|| {
        "not set, so customers read \"The company that invited you\"; set LINKDESK_COMPANY_NAME".to_owned()
    })
}

async fn mail(config: &Config) -> Result<String> {
    match mailer(config)? {
        Some(mailer) => mailer.try_out().await.context("LINKDESK_SMTP_URL"),
        None => {
            Ok("not set up, so the pages say what to send by hand; LINKDESK_SMTP_URL sets it up".to_owned())
        }
    }
}

fn pages() -> Result<String> {
    if embed::css().is_empty() || embed::loader().is_empty() {
        bail!("this program was built without its style sheet and scripts: build it with `make build`");
    }
    Ok("style sheet and scripts are in the program".to_owned())
}

async fn address(config: &Config) -> Result<String> {
    match TcpListener::bind(config.addr).await {
        Ok(_) => Ok(format!("{} is free", config.addr)),
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
            Ok(format!("{} is in use: by Linkdesk itself, if it runs already", config.addr))
        }
        Err(error) => bail!("cannot listen on {}: {error}; LINKDESK_ADDR chooses another", config.addr),
    }
}

async fn staff(config: &Config) -> Result<String> {
    let application = Application::build(config, Deps::real(config)?).await?;
    if application.services.has_staff().await? {
        Ok("somebody can sign in".to_owned())
    } else {
        bail!("nobody can sign in: `linkdesk staff add --email you@example.com --role owner`")
    }
}
