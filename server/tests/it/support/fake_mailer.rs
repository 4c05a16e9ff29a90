//! A mail server that keeps what it is given.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use services::{Mail, Mailer};

/// The mail server.
#[derive(Default)]
pub struct FakeMailer {
    sent: Mutex<Vec<Mail>>,
    broken: AtomicBool,
    silent: AtomicBool,
}

impl FakeMailer {
    /// Takes nothing from now on.
    pub fn breaks(&self) {
        self.broken.store(true, Ordering::Relaxed);
    }

    /// Takes mails again.
    pub fn mends(&self) {
        self.broken.store(false, Ordering::Relaxed);
        self.silent.store(false, Ordering::Relaxed);
    }

    /// Takes a mail from now on and never says whether it has it.
    pub fn hangs(&self) {
        self.silent.store(true, Ordering::Relaxed);
    }

    pub fn sent(&self) -> Vec<Mail> {
        self.sent.lock().unwrap().clone()
    }
}

#[async_trait]
impl Mailer for FakeMailer {
    async fn send(&self, mail: Mail) -> anyhow::Result<()> {
        if self.silent.load(Ordering::Relaxed) {
            std::future::pending::<()>().await;
        }
        if self.broken.load(Ordering::Relaxed) {
            anyhow::bail!("the mail server does not answer");
        }
        self.sent.lock().unwrap().push(mail);
        Ok(())
    }
}
