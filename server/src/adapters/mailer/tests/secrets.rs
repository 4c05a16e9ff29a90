//! Neither the password nor a body is seen anywhere but at the mail server.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use services::Mailer as _;
use tracing_subscriber::fmt::MakeWriter;

use super::server::{MailServer, Script};
use super::{CANARY, impatient, into_folder, mail, to_server};
use crate::config::SmtpSecurity::{Loopback, Tls};

/// The canary as it is and as it stands in a sign-in.
fn assert_unseen(shown: &str) {
    for canary in [CANARY, "AGxpbmtkZXNrAGNhbmFyeS03ZjNh", "Y2FuYXJ5LTdmM2E"] {
        assert!(!shown.contains(canary), "{shown}");
    }
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn an_error_repeats_nothing_of_what_a_server_quotes() {
    for (at, answer) in [
        ("AUTH", "535 5.7.8 cannot sign in with {}"),
        ("AUTH", "500 unrecognized: {}"),
        ("AUTH", "{}"),
        ("AUTH", "334 canary-7f3a"),
        (".", "554 5.7.1 https://link.example.com/i/canary-7f3a is on a list"),
        (".", "canary-7f3a"),
        (".", "554-canary-7f3a\r\n554 canary-7f3a"),
    ] {
        let server = MailServer::start(Script { answers: vec![(at, answer)], ..Script::default() }).await;

        let error = to_server(&server, Loopback).send(mail()).await.unwrap_err();

        assert_unseen(&format!("{error:#} {error:?}"));
    }
}

#[tokio::test]
async fn logs_and_debug_show_neither_password_nor_body() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::level_filters::LevelFilter::TRACE)
        .with_writer(log.clone())
        .finish();
    let _here = tracing::subscriber::set_default(subscriber);
    tracing::trace!("this is kept");
    let folder = tempfile::tempdir().unwrap();
    let well = MailServer::start(Script { tls: true, ..Script::default() }).await;
    let refusing = MailServer::start(Script { answers: vec![("AUTH", "535 {}")], ..Script::default() }).await;
    let silent = MailServer::start(Script { answers: vec![(".", "")], ..Script::default() }).await;

    let mailers = [
        into_folder(folder.path()),
        to_server(&well, Tls),
        to_server(&refusing, Loopback),
        impatient(&silent),
    ];
    let mut shown = String::new();
    for mailer in &mailers {
        shown.push_str(&format!("{mailer:?} {:?} ", mailer.send(mail()).await));
    }

    shown.push_str(std::str::from_utf8(&log.0.lock().unwrap()).unwrap());
    assert!(shown.contains("this is kept") && shown.contains("Ok(())"), "{shown}");
    assert_unseen(&shown);
    // The control: the servers did get them.
    assert!(well.lines().iter().any(|line| line.contains(CANARY)));
    assert!(refusing.lines().iter().any(|line| line.contains("AGxpbmtkZXNrAGNhbmFyeS03ZjNh")));
}
