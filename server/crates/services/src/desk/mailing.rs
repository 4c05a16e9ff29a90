//! How much mail staff send to one customer: enough to help, and no more. What was sent is counted in the link's timeline,
//! so a restart forgets nothing, and one mail at a time is sent, whichever server is asked.

use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::LinkId;
use storage::{Actor, AuditAction, GuessBudget};

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

/// The right to send one mail to a link's contact. When it is dropped without its end, servers that share a database wait
/// for as long as mails are apart.
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
        let Some(turn) = self.take_mail_turn(link).await? else { return Ok(Err(MailOutcome::TooSoon)) };
        match self.against_a_mail(link).await? {
            None => Ok(Ok(turn)),
            Some(outcome) => {
                turn.end().await?;
                Ok(Err(outcome))
            }
        }
    }

    async fn take_mail_turn(&self, link: LinkId) -> Result<Option<MailTurn>, ServiceError> {
        if !self.inner().mailing.links().insert(link) {
            return Ok(None);
        }
        let turn = MailTurn { services: self.clone(), link };
        let Some(shared) = self.storage().shared_guesses() else { return Ok(Some(turn)) };
        let taken = shared.admit(&turn.shared().await?, APART_SECONDS * 1000, self.now()).await?;
        Ok(taken.is_ok().then_some(turn))
    }

    /// Why none is sent now, by what was sent before.
    async fn against_a_mail(&self, link: LinkId) -> Result<Option<MailOutcome>, ServiceError> {
        let now = self.now();
        let mails = self.storage().timeline_of(link, AuditAction::MailSent, LOOK_BACK).await?;
        // What could not be sent reached nobody.
        let by_staff = mails
            .iter()
            .filter(|entry| matches!(entry.actor, Actor::Staff(_)) && !entry.detail.ends_with("failed"));
        let today: Vec<_> = by_staff.filter(|entry| entry.at > now.plus_seconds(-86_400)).collect();
        if today.first().is_some_and(|last| last.at > now.plus_seconds(-APART_SECONDS)) {
            return Ok(Some(MailOutcome::TooSoon));
        }
        Ok((today.len() >= A_DAY).then_some(MailOutcome::Enough))
    }
}

impl MailTurn {
    /// Lets the next mail to this contact be asked for. What came of this one is in the timeline by then.
    pub(super) async fn end(self) -> Result<(), ServiceError> {
        match self.services.storage().shared_guesses() {
            Some(shared) => Ok(shared.give_back(&self.shared().await?).await?),
            None => Ok(()),
        }
    }

    /// What servers that share a database count it as: one at a time.
    async fn shared(&self) -> Result<[GuessBudget; 1], ServiceError> {
        let name = self.services.fingerprints().await?.guess(b"mail by staff", self.link.as_bytes());
        Ok([GuessBudget { name, allows: 1 }])
    }
}

impl Drop for MailTurn {
    fn drop(&mut self) {
        self.services.inner().mailing.links().remove(&self.link);
    }
}
