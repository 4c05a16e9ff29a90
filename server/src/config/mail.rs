//! The settings for mail: where it goes and who it comes from.
//!
//! No message here repeats any part of `LINKDESK_SMTP_URL`: it may hold a password, and a mistyped address can have it
//! anywhere.

use std::net::IpAddr;
use std::path::PathBuf;

use anyhow::{Result, anyhow, bail};
use domain::Secret;
use lettre::message::Mailbox;
use url::{Host, Url};

use super::Source;

/// What the setting should look like, for every message about it.
const SHAPES: &str =
    "smtps://user:password@mail.example.com, smtp://user:password@mail.example.com or file:///folder";

/// How mail is sent.
#[derive(Clone, Debug)]
pub struct MailConfig {
    /// Who it comes from.
    pub from: Mailbox,
    /// Where it goes.
    pub transport: MailTransport,
}

/// Where mail goes.
#[derive(Clone, Debug)]
pub enum MailTransport {
    /// To a mail server, which passes it on.
    Smtp(SmtpConfig),
    /// Into this folder, one file each.
    Folder(PathBuf),
}

/// A mail server and how it is spoken to.
#[derive(Clone, Debug)]
pub struct SmtpConfig {
    /// Its name, or its IP address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is kept secret.
    pub security: SmtpSecurity,
    /// What to sign in with; none for a server that asks for nothing.
    pub sign_in: Option<SmtpSignIn>,
}

/// How the connection to a mail server is kept secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmtpSecurity {
    /// TLS from the first byte (`smtps`).
    Tls,
    /// STARTTLS before anything else; a server that does not offer it gets nothing (`smtp`).
    StartTls,
    /// None: the server is this very machine, so nothing travels (`smtp` to a loopback address).
    Loopback,
}

/// What to sign in to a mail server with.
#[derive(Clone, Debug)]
pub struct SmtpSignIn {
    /// The username.
    pub username: String,
    /// The password.
    pub password: Secret,
}

/// `None` when no mail is to be sent.
pub(super) fn read(source: &Source, company: Option<&str>) -> Result<Option<MailConfig>> {
    let Some(url) = source.optional("LINKDESK_SMTP_URL") else { return Ok(None) };
    let transport = transport(&url)?;
    let Some(from) = source.optional("LINKDESK_MAIL_FROM") else {
        bail!(
            "LINKDESK_SMTP_URL is set and LINKDESK_MAIL_FROM is not; set it to the address mails come from, such as \
             linkdesk@example.com"
        );
    };
    Ok(Some(MailConfig { from: mailbox(&from, company)?, transport }))
}

/// The address, under the company's name unless it brings its own.
fn mailbox(text: &str, company: Option<&str>) -> Result<Mailbox> {
    let mailbox: Mailbox = text.parse().map_err(|_| {
        anyhow!(
            "LINKDESK_MAIL_FROM is {text:?}; it should look like linkdesk@example.com, or like Northwind \
             <linkdesk@example.com>"
        )
    })?;
    let name = mailbox.name.or_else(|| company.map(str::to_owned));
    Ok(Mailbox::new(name, mailbox.email))
}

fn transport(text: &str) -> Result<MailTransport> {
    let url = Url::parse(text).map_err(|_| unreadable())?;
    match url.scheme() {
        "smtps" => smtp(&url, SmtpSecurity::Tls).map(MailTransport::Smtp),
        "smtp" => smtp(&url, SmtpSecurity::StartTls).map(MailTransport::Smtp),
        "file" => folder(&url).map(MailTransport::Folder),
        _ => bail!("LINKDESK_SMTP_URL begins with no scheme we know; it should look like {SHAPES}"),
    }
}

fn smtp(url: &Url, security: SmtpSecurity) -> Result<SmtpConfig> {
    if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
        return Err(unreadable());
    }
    let (host, is_loopback) = host(url)?;
    let security = match security {
        SmtpSecurity::StartTls if is_loopback => SmtpSecurity::Loopback,
        SmtpSecurity::Tls | SmtpSecurity::StartTls | SmtpSecurity::Loopback => security,
    };
    let usual_port = match security {
        SmtpSecurity::Tls => 465,
        SmtpSecurity::StartTls => 587,
        SmtpSecurity::Loopback => 25,
    };
    let sign_in = match (url.username(), url.password()) {
        ("", None) => None,
        (_, None) | ("", Some(_)) => {
            bail!("LINKDESK_SMTP_URL should have both user and password before the @, or neither")
        }
        (username, Some(password)) => {
            Some(SmtpSignIn { username: decoded(username)?, password: Secret::new(decoded(password)?) })
        }
    };
    Ok(SmtpConfig { host, port: url.port().unwrap_or(usual_port), security, sign_in })
}

/// The host, and whether it is this very machine.
fn host(url: &Url) -> Result<(String, bool)> {
    let plain = |name: &str| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-');
    match url.host() {
        // Of a scheme it does not know, `url` takes an IPv4 address for a name.
        Some(Host::Domain(name)) if !name.is_empty() && plain(name) => {
            let name = name.to_ascii_lowercase();
            let is_loopback =
                name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
            Ok((name, is_loopback))
        }
        Some(Host::Ipv4(address)) => Ok((address.to_string(), address.is_loopback())),
        Some(Host::Ipv6(address)) => Ok((address.to_string(), address.is_loopback())),
        Some(Host::Domain(_)) | None => Err(unreadable()),
    }
}

fn folder(url: &Url) -> Result<PathBuf> {
    let is_local = url.host().is_none() && url.query().is_none() && url.fragment().is_none();
    let path = url.to_file_path().ok().filter(|_| is_local);
    path.ok_or_else(|| {
        anyhow!("LINKDESK_SMTP_URL should name a folder from the root, after three slashes: file:///var/mail/linkdesk")
    })
}

fn decoded(text: &str) -> Result<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
        bytes.push(match byte {
            b'%' => match (digit(rest.next()), digit(rest.next())) {
                (Some(high), Some(low)) => u8::try_from(high * 16 + low).unwrap_or(u8::MAX),
                _ => return Err(unreadable()),
            },
            _ => byte,
        });
    }
    String::from_utf8(bytes).map_err(|_| unreadable())
}

fn unreadable() -> anyhow::Error {
    anyhow!(
        "LINKDESK_SMTP_URL cannot be read; it should look like {SHAPES}, with each of / ? # @ : % in user and password \
         written as %2F %3F %23 %40 %3A %25"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(pairs: &[(&str, &str)]) -> Result<Option<MailConfig>> {
        read(&Source::of(pairs), Some("Northwind Learning"))
    }

    fn of_url(url: &str) -> Result<MailConfig> {
        let config = config(&[("LINKDESK_SMTP_URL", url), ("LINKDESK_MAIL_FROM", "linkdesk@example.com")])?;
        Ok(config.unwrap())
    }

    fn smtp_of(url: &str) -> SmtpConfig {
        match of_url(url).unwrap().transport {
            MailTransport::Smtp(smtp) => smtp,
            MailTransport::Folder(folder) => panic!("{folder:?}"),
        }
    }

    #[test]
    fn without_a_server_nothing_is_mailed() {
        assert!(config(&[]).unwrap().is_none());
        assert!(config(&[("LINKDESK_MAIL_FROM", "linkdesk@example.com")]).unwrap().is_none());
    }

    #[test]
    fn the_scheme_says_how_the_connection_is_kept_secret() {
        for (url, host, port, security) in [
            ("smtps://Mail.Example.com", "mail.example.com", 465, SmtpSecurity::Tls),
            ("smtps://mail.example.com:4650/", "mail.example.com", 4650, SmtpSecurity::Tls),
            ("smtps://localhost", "localhost", 465, SmtpSecurity::Tls),
            ("smtp://mail.example.com", "mail.example.com", 587, SmtpSecurity::StartTls),
            ("smtp://192.0.2.7:25", "192.0.2.7", 25, SmtpSecurity::StartTls),
            ("smtp://[2001:db8::7]", "2001:db8::7", 587, SmtpSecurity::StartTls),
            ("smtp://localhost", "localhost", 25, SmtpSecurity::Loopback),
            ("smtp://127.0.0.2:1025", "127.0.0.2", 1025, SmtpSecurity::Loopback),
            ("smtp://[::1]", "::1", 25, SmtpSecurity::Loopback),
            // Only this very machine, whatever a name looks like.
            ("smtp://localhost.example.com", "localhost.example.com", 587, SmtpSecurity::StartTls),
            ("smtp://127.0.0.1.example.com", "127.0.0.1.example.com", 587, SmtpSecurity::StartTls),
        ] {
            let smtp = smtp_of(url);
            assert_eq!((smtp.host.as_str(), smtp.port, smtp.security), (host, port, security), "{url}");
            assert!(smtp.sign_in.is_none());
        }
    }

    #[test]
    fn user_and_password_are_read_as_they_were_before_they_were_written_into_an_address() {
        let smtp = smtp_of("smtps://link%40example.com:p%2Fa%3Fs%23s%40w%3Ao%25r+d@mail.example.com");

        let sign_in = smtp.sign_in.unwrap();
        assert_eq!(sign_in.username, "link@example.com");
        assert_eq!(sign_in.password.expose(), "p/a?s#s@w:o%r+d");
    }

    #[test]
    fn a_folder_is_named_from_the_root() {
        let config = of_url("file:///var/mail%20of/linkdesk").unwrap();

        assert!(
            matches!(config.transport, MailTransport::Folder(path) if path.as_os_str() == "/var/mail of/linkdesk")
        );
    }

    #[test]
    fn mails_come_from_the_company_unless_the_address_brings_a_name() {
        let from = |text| {
            let config =
                config(&[("LINKDESK_SMTP_URL", "file:///mail"), ("LINKDESK_MAIL_FROM", text)]).unwrap();
            config.unwrap().from.to_string()
        };

        assert_eq!(from("linkdesk@example.com"), "Northwind Learning <linkdesk@example.com>");
        assert_eq!(from("Linking <linkdesk@example.com>"), "Linking <linkdesk@example.com>");
    }

    #[test]
    fn what_cannot_be_used_says_what_it_should_be_and_repeats_nothing() {
        for (url, said) in [
            ("canary-7f3a", "cannot be read"),
            ("user:canary-7f3a@mail.example.com", "no scheme we know"),
            ("https://user:canary-7f3a@mail.example.com", "no scheme we know"),
            ("smtps://", "cannot be read"),
            ("smtps://user:canary-7f3a@", "cannot be read"),
            ("smtps://user:canary-7f3a@mail.example.com:port", "cannot be read"),
            ("smtps://user:25#canary-7f3a@mail.example.com", "cannot be read"),
            ("smtps://user:25/canary-7f3a@mail.example.com", "cannot be read"),
            ("smtps://user:25?canary-7f3a@mail.example.com", "cannot be read"),
            ("smtps://user:canary-7f3a%2@mail.example.com", "cannot be read"),
            ("smtps://user:canary-7f3a%ff@mail.example.com", "cannot be read"),
            ("smtps://user:canary-7f3a@mail_server.example.com", "cannot be read"),
            ("smtps://user:canary-7f3a@mail.example.com?tls=none", "cannot be read"),
            ("smtps://canary-7f3a@mail.example.com", "both user and password"),
            ("smtps://:canary-7f3a@mail.example.com", "both user and password"),
            ("file://canary-7f3a/mail", "after three slashes"),
            ("file:///mail?canary-7f3a", "after three slashes"),
        ] {
            let error = format!("{:#}", of_url(url).unwrap_err());

            assert!(error.contains("LINKDESK_SMTP_URL") && error.contains(said), "{url}: {error}");
            assert!(!error.contains("canary"), "{error}");
        }
    }

    #[test]
    fn a_sender_is_needed_and_must_be_an_address() {
        let without = config(&[("LINKDESK_SMTP_URL", "smtp://localhost")]).unwrap_err().to_string();
        assert!(without.contains("LINKDESK_MAIL_FROM is not; set it to"), "{without}");

        for from in [
            "linkdesk",
            "Linkdesk <linkdesk>",
            "a@example.com, b@example.com",
            "a@example.com\r\nBcc: b@x.example",
        ] {
            let pairs = [("LINKDESK_SMTP_URL", "smtp://localhost"), ("LINKDESK_MAIL_FROM", from)];
            let error = config(&pairs).unwrap_err().to_string();
            assert!(error.starts_with("LINKDESK_MAIL_FROM is "), "{error}");
        }
    }

    #[test]
    fn debug_does_not_show_the_password() {
        let config = of_url("smtps://user:canary-7f3a@mail.example.com").unwrap();

        let shown = format!("{config:?} {config:#?}");

        assert!(shown.contains("mail.example.com") && !shown.contains("canary"), "{shown}");
    }
}
