//! Mail: the mail server answers, over TLS, and lets us sign in; or the folder can be written to. Nothing is sent.

use std::path::Path;

use anyhow::Context as _;

use super::Finding;
use crate::config::{Config, MailConfig, MailTransport};
use crate::startup::mailer;

pub(super) async fn try_out(config: &Config) -> Finding {
    if let Some(MailConfig { transport: MailTransport::Folder(folder), .. }) = &config.mail
        && !folder.exists()
        && folder.ancestors().find(|above| above.exists()).is_some_and(Path::is_dir)
    {
        let folder = folder.display();
        return Finding::Warning(format!(
            "LINKDESK_SMTP_URL: the folder {folder} is not there; the server will make it"
        ));
    }
    match mailer(config) {
        Ok(Some(mailer)) => mailer.try_out().await.context("LINKDESK_SMTP_URL").into(),
        Ok(None) => Finding::Fine(
            "not set up, so the pages say what to send by hand; LINKDESK_SMTP_URL sets it up".to_owned(),
        ),
        Err(error) => Finding::Failed(format!("{error:#}")),
    }
}
