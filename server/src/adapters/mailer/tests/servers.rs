//! Mail to a mail server: one that takes it, and those that do not.

use std::time::{Duration, Instant};

use services::{Mail, Mailer as _};

use super::server::{MailServer, Script};
use super::{PATIENCE, impatient, mail, to_port, to_server};
use crate::config::SmtpSecurity::{Loopback, StartTls, Tls};

/// The commands the server read: what stands between DATA and the dot is left out.
fn commands(server: &MailServer) -> Vec<String> {
    let mut in_mail = false;
    let mut commands = server.lines();
    commands.retain(|line| {
        let keep = !in_mail || line.trim_start_matches("tls ") == ".";
        in_mail = if in_mail { !keep } else { line.ends_with("DATA") };
        keep
    });
    commands
}

/// `\0linkdesk\0canary-7f3a`
const SIGN_IN: &str = "AUTH PLAIN AGxpbmtkZXNrAGNhbmFyeS03ZjNh";
const REST: [&str; 5] =
    ["MAIL FROM:<linkdesk@northwind.example>", "RCPT TO:<maria@contoso.example>", "DATA", ".", "QUIT"];

#[tokio::test]
async fn a_server_on_this_machine_takes_a_mail_without_tls() {
    let server = MailServer::start(Script::default()).await;

    to_server(&server, Loopback).send(mail()).await.unwrap();

    assert_eq!(commands(&server), [&["EHLO northwind.example", SIGN_IN], &REST[..]].concat());
    assert!(server.lines().contains(&"Subject: Please link UKG Pro".to_owned()));
}

#[tokio::test]
async fn over_tls_nothing_is_said_in_the_clear() {
    let server = MailServer::start(Script { tls: true, ..Script::default() }).await;

    to_server(&server, Tls).send(mail()).await.unwrap();

    assert_eq!(commands(&server).len(), 2 + REST.len());
    assert!(server.lines().iter().all(|line| line.starts_with("tls ")), "{:?}", server.lines());
}

#[tokio::test]
async fn after_starttls_everything_is_said_in_secret() {
    let server = MailServer::start(Script { starttls: true, ..Script::default() }).await;

    to_server(&server, StartTls).send(mail()).await.unwrap();

    let commands = commands(&server);
    assert_eq!(commands[..3], ["EHLO northwind.example", "STARTTLS", "tls EHLO northwind.example"]);
    assert_eq!(commands[3], format!("tls {SIGN_IN}"));
    assert!(commands[2..].iter().all(|line| line.starts_with("tls ")), "{commands:?}");
}

#[tokio::test]
async fn a_server_without_starttls_gets_neither_password_nor_mail() {
    let server = MailServer::start(Script::default()).await;

    let error = to_server(&server, StartTls).send(mail()).await.unwrap_err().to_string();

    assert!(error.contains("could not be spoken to in secret: STARTTLS is not supported"), "{error}");
    assert_eq!(server.lines(), ["EHLO northwind.example"]);
}

#[tokio::test]
async fn a_certificate_of_nobody_we_trust_or_for_another_name_ends_it() {
    for (security, tls) in [(Tls, true), (StartTls, false)] {
        let script = Script { tls, starttls: !tls, ..Script::default() };
        let stranger = MailServer::start(script.clone()).await;
        let misnamed =
            MailServer::start(Script { certificate_name: Some("mail.evil.example"), ..script.clone() }).await;

        let untrusted = to_port(stranger.port(), security, None, PATIENCE).send(mail()).await;
        let another_name = to_server(&misnamed, security).send(mail()).await;

        for (server, sent) in [(stranger, untrusted), (misnamed, another_name)] {
            let error = sent.unwrap_err().to_string();
            assert!(error.contains("invalid peer certificate"), "{error}");
            assert!(server.lines().iter().all(|line| !line.contains("AUTH") && !line.contains("MAIL")));
        }
    }
}

#[tokio::test]
async fn a_server_that_says_nothing_is_given_up() {
    for silent_at in ["greeting", "EHLO", "AUTH", "RCPT", "DATA", "."] {
        let server = MailServer::start(Script { answers: vec![(silent_at, "")], ..Script::default() }).await;
        let begun = Instant::now();

        let error = impatient(&server).send(mail()).await.unwrap_err().to_string();

        assert!(error.ends_with("took longer than 0.3 s"), "{silent_at}: {error}");
        assert!(begun.elapsed() < Duration::from_secs(3), "{silent_at}");
    }
    assert_eq!(PATIENCE, Duration::from_secs(10));
}

#[tokio::test]
async fn a_server_that_is_not_there_is_named() {
    let free = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();

    let error = to_port(free, Loopback, None, PATIENCE).send(mail()).await.unwrap_err().to_string();

    assert!(
        error.starts_with(&format!("the mail server localhost:{free} could not be reached: ")),
        "{error}"
    );
    assert!(error.contains("refused"), "{error}");
}

#[tokio::test]
async fn a_refusal_is_told_by_its_code() {
    for (at, answer, told) in [
        ("greeting", "554 no service", "could not be reached: it answered 554"),
        ("EHLO", "502 what", "could not be reached: it answered 502"),
        ("AUTH", "535 5.7.8 no", "did not let us sign in: it answered 535 5.7.8"),
        ("MAIL", "451 4.7.1 later", "did not take the mail: it answered 451 4.7.1"),
        ("RCPT", "550 5.1.1 no such user", "did not take the mail: it answered 550 5.1.1"),
        (".", "554 5.7.1.1 odd", "did not take the mail: it answered 554"),
        (".", "HTTP/1.1 400", "did not take the mail: it answered nothing that SMTP knows"),
    ] {
        let server = MailServer::start(Script { answers: vec![(at, answer)], ..Script::default() }).await;

        let error = to_server(&server, Loopback).send(mail()).await.unwrap_err().to_string();

        assert_eq!(error, format!("the mail server localhost:{} {told}", server.port()));
    }
}

#[tokio::test]
async fn a_body_cannot_end_the_mail_early_and_smuggle_another() {
    let server = MailServer::start(Script::default()).await;
    let evil = ["\r\n.\r\n", "\n.\n", "\r.\r", "\n.\r\n", "\r\n.\n"]
        .map(|end| format!("x{end}MAIL FROM:<thief@evil.example>\r\nRCPT TO:<victim@contoso.example>\r\n"))
        .concat();

    to_server(&server, Loopback).send(Mail { text: evil.clone(), html: evil, ..mail() }).await.unwrap();

    assert_eq!(commands(&server)[2..], REST);
}

#[tokio::test]
async fn trying_a_server_out_signs_in_and_sends_nothing() {
    let server = MailServer::start(Script { tls: true, ..Script::default() }).await;

    let found = to_server(&server, Tls).try_out().await.unwrap();

    assert_eq!(
        found,
        format!(
            "the mail server localhost:{} answers over TLS, and lets us sign in; mails come from \
             linkdesk@northwind.example",
            server.port()
        )
    );
    let sign_in = format!("tls {SIGN_IN}");
    assert_eq!(server.lines(), ["tls EHLO northwind.example", &sign_in, "tls NOOP", "tls QUIT"]);
}
