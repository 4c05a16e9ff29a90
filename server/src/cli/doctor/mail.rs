//! Mail: the mail server answers, over TLS, and lets us sign in; or the folder can be written to. Nothing is sent.

use anyhow::Context as _;

use super::Finding;
use crate::config::Config;
use crate::startup::mailer;

pub(super) async fn try_out(config: &Config) -> Finding {
    match mailer(config) {
        Ok(Some(mailer)) => mailer.try_out().await.context("LINKDESK_SMTP_URL").into(),
        Ok(None) => Finding::Fine(
            "not set up, so the pages say what to send by hand; LINKDESK_SMTP_URL sets it up".to_owned(),
        ),
        Err(error) => Finding::Failed(format!("{error:#}")),
    }
}
