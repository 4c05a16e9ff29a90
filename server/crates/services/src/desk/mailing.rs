//! How much mail staff send to one customer: enough to help, and no more. What was sent is counted in the link's timeline,
//! so a restart forgets nothing.

use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::LinkId;
use storage::{Actor, AuditAction};

use super::MailOutcome;
use crate::{ServiceError, Services};

/// How many mails staff send to a link's contact in a day.
const A_DAY: usize = 10;
/// How far apart they are, in seconds.
const APART_SECONDS: i64 = 60;
/// How many of a link's mails are looked through: those of Linkdesk itself are among them.
const LOOK_BACK: u32 = 100;

/// The links to whose contacts a mail is just being sent.
#[derive(Default)]
pub(crate) struct Mailing(Mutex<HashSet<LinkId>>);

/// The right to send one mail to a link's contact.
pub(super) struct MailTurn {
    services: Services,
    link: LinkId,
}

impl Mailing {
    fn links(&self) -> MutexGuard<'_, HashSet<LinkId>> {
        // Nothing that holds the lock can stop half-way.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Services {
    /// A turn to write to this link's contact; what to say when there is none now.
    pub(super) async fn mail_turn(
        &self,
        link: LinkId,
    ) -> Result<Result<MailTurn, MailOutcome>, ServiceError> {
        // One at a time: two clicks are not counted past one another.
        if !self.inner().mailing.links().insert(link) {
            return Ok(Err(MailOutcome::TooSoon));
        }
        let turn = MailTurn { services: self.clone(), link };
        let now = self.now();
        let mails = self.storage().timeline_of(link, AuditAction::MailSent, LOOK_BACK).await?;
        // What could not be sent reached nobody.
        let by_staff = mails
            .iter()
            .filter(|entry| matches!(entry.actor, Actor::Staff(_)) && !entry.detail.ends_with("failed"));
        let today: Vec<_> = by_staff.filter(|entry| entry.at > now.plus_seconds(-86_400)).collect();
        if today.first().is_some_and(|last| last.at > now.plus_seconds(-APART_SECONDS)) {
            return Ok(Err(MailOutcome::TooSoon));
        }
        Ok(if today.len() >= A_DAY { Err(MailOutcome::Enough) } else { Ok(turn) })
    }
}

impl Drop for MailTurn {
    fn drop(&mut self) {
        self.services.inner().mailing.links().remove(&self.link);
    }
}
