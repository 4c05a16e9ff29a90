//! What happens to links by nothing happening: their last invite runs out, or somebody starts and does not go on.

use domain::{InviteId, LinkId, News, Timestamp, WebhookEvent};
use storage::UnitOfWork;

use super::body::About;
use crate::desk::mark_lapsed;
use crate::{ServiceError, Services};

/// How many links are told of in one unit of work.
const PART: u32 = 200;
/// How many are noted, when nobody is to be told.
const PART_UNTOLD: u32 = 5_000;
/// How long somebody who started does nothing before that is told.
const IDLE_SECONDS: i64 = 24 * 60 * 60;
/// What was left alone for longer than that is not told any more: an endpoint that is new would be told of years.
const IDLE_MOST_SECONDS: i64 = 7 * 24 * 60 * 60;

impl Services {
    /// Notes which unfinished links no invite leads to any more, and tells of those whose invite ran out; tells of those
    /// that were started and left alone. Called every minute.
    ///
    /// # Errors
    /// When the database fails; the next call goes on.
    pub async fn tell_of_time(&self) -> Result<(), ServiceError> {
        self.settle_all_lapsed(self.now()).await?;
        self.tell_of_idle().await
    }

    /// The same of lapsed links alone: whoever reads the list wants them found.
    pub(crate) async fn settle_all_lapsed(&self, now: Timestamp) -> Result<(), ServiceError> {
        while self.storage().any_about_to_lapse(now).await? {
            let mut unit = self.storage().begin().await?;
            let endpoints = unit.webhook_endpoints().await?;
            let told = endpoints.iter().any(|endpoint| endpoint.events.wants(WebhookEvent::InviteExpired));
            // Receivers are told, and staff by mail.
            let heard = told || self.can_mail();
            let lapsed = unit.settle_lapsed(now, if heard { PART } else { PART_UNTOLD }).await?;
            for link in lapsed.into_iter().filter(|_| heard) {
                // Otherwise staff withdrew them: they know.
                let Some(invite) = expired_invite(&mut *unit, link, now).await? else { continue };
                let Some(mut link) = unit.link(link).await? else { continue };
                mark_lapsed(&mut link);
                let about = About { invite: Some(invite), ..About::default() };
                self.tell(&mut *unit, &link, &[WebhookEvent::InviteExpired], &about).await?;
                self.owe_news(&mut *unit, &link, News::NeedsUs).await?;
            }
            unit.commit().await?;
        }
        Ok(())
    }

    async fn tell_of_idle(&self) -> Result<(), ServiceError> {
        let endpoints = self.storage().webhook_endpoints().await?;
        if !endpoints.iter().any(|endpoint| endpoint.events.wants(WebhookEvent::InviteAbandoned)) {
            return Ok(());
        }
        let now = self.now();
        let (since, until) = (now.plus_seconds(-IDLE_MOST_SECONDS), now.plus_seconds(-IDLE_SECONDS));
        loop {
            let mut unit = self.storage().begin().await?;
            let idle = unit.settle_idle(since, until, now, PART).await?;
            if idle.is_empty() {
                return Ok(());
            }
            for link in idle {
                let Some(link) = unit.link(link).await? else { continue };
                self.tell(&mut *unit, &link, &[WebhookEvent::InviteAbandoned], &About::default()).await?;
            }
            unit.commit().await?;
        }
    }
}

/// The invite that let somebody in last, when none was withdrawn that would still.
async fn expired_invite(
    unit: &mut dyn UnitOfWork,
    link: LinkId,
    now: Timestamp,
) -> Result<Option<InviteId>, ServiceError> {
    let invites = unit.invites_of(link).await?;
    let expired = invites.iter().filter(|invite| invite.revoked_at.is_none() && invite.expires_at <= now);
    Ok(expired.max_by_key(|invite| invite.expires_at).map(|invite| invite.id))
}
