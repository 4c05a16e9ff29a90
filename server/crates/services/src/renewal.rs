//! An invite that ran out heals itself: its holder asks, and a fresh one goes to the address it is for, and to no other.

use domain::{EmailAddress, InviteState, News, ProblemCode, Timestamp};
use storage::{Actor, AuditAction, AuditEntry, Link, UnitOfWork};

use crate::invites::{MadeLink, MailWords, Mailed, Origin, VALID_SECONDS};
use crate::letters::{Drawn, HEAD_START_MS};
use crate::{InviteRefusal, ServiceError, Services, Token};

/// How long after one fresh invite the next may be asked for, in seconds.
const PAUSE_SECONDS: i64 = 10 * 60;
/// The same after one that could not be sent.
const RETRY_SECONDS: i64 = 60;
/// How many entries of a link's timeline are looked through for the last time somebody asked.
const LOOK_BACK: u32 = 50;

/// What came of asking for a fresh invite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Renewal {
    /// It was mailed to the invited address.
    Mailed {
        /// The address; to be masked wherever it is shown, since anybody may hold an old invite.
        to: EmailAddress,
    },
    /// One was asked for a short while ago.
    TooSoon {
        /// Where it went; `None` when the inviting company was told instead.
        to: Option<EmailAddress>,
    },
    /// No mail is set up, or no address is known: the inviting company was told, and sends one by hand.
    CompanyTold,
    /// The mail server did not take it yet; it is tried again, and the inviting company was told.
    NotSent,
    /// It has not run out: it still lets her in.
    StillGood,
}

/// The last time somebody asked.
struct Last {
    at: Timestamp,
    was_sent: bool,
}

/// What the holder of an invite that ran out may ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenewalOffer {
    /// Where a fresh invite would be mailed; `None` when the inviting company would be told instead.
    pub to: Option<EmailAddress>,
}

impl Services {
    /// What the holder of this invite may ask for; `None` unless it has run out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn renewal_offer(&self, token: &str) -> Result<Option<RenewalOffer>, ServiceError> {
        let Some(token) = Token::parse(token) else { return Ok(None) };
        let Some(invite) = self.storage().invite_by_token(&token.hash()).await? else { return Ok(None) };
        if invite.state(self.now()) != InviteState::Expired {
            return Ok(None);
        }
        let link = self.storage().link(invite.link).await?;
        Ok(link.map(|link| RenewalOffer { to: self.mailable(&link) }))
    }

    /// Sends a fresh invite for one that ran out.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn renew_invite(&self, token: &str) -> Result<Result<Renewal, InviteRefusal>, ServiceError> {
        let unknown = InviteRefusal { code: ProblemCode::InviteUnknown };
        let Some(token) = Token::parse(token) else { return Ok(Err(unknown)) };
        let now = self.now();
        let mut unit = self.storage().begin().await?;
        let Some(old) = unit.invite_by_token(&token.hash()).await? else { return Ok(Err(unknown)) };
        let Some(link) = unit.link(old.link).await? else { return Ok(Err(unknown)) };
        match old.state(now).refusal() {
            None => return Ok(Ok(Renewal::StillGood)),
            Some(ProblemCode::InviteExpired) => {}
            Some(code) => return Ok(Err(InviteRefusal { code })),
        }
        match last_asked(&mut *unit, &link).await? {
            Some(Last { at, was_sent: true }) if now < at.plus_seconds(PAUSE_SECONDS) => {
                return Ok(Ok(Renewal::TooSoon { to: self.mailable(&link) }));
            }
            // What could not be sent may be tried again soon, but not without end.
            Some(Last { at, was_sent: false }) if now < at.plus_seconds(RETRY_SECONDS) => {
                return Ok(Ok(Renewal::TooSoon { to: None }));
            }
            Some(Last { .. }) | None => {}
        }
        let actor = Actor::Customer(old.id);
        if self.mailable(&link).is_none() {
            let (action, detail) = (AuditAction::InviteRenewed, "not mailed".to_owned());
            self.audit(&mut *unit, Some(link.id), actor, action, detail).await?;
            self.owe_news(&mut *unit, &link, News::NeedsUs).await?;
            unit.commit().await?;
            tracing::info!(link.id = %link.id, "the holder of an invite that ran out asks for a new one");
            return Ok(Ok(Renewal::CompanyTold));
        }
        let origin =
            Origin { actor: actor.clone(), renews: Some(old.id), shown: false, drawn: Drawn::ForLetter };
        let (fresh, token) = self.add_invite(&mut *unit, link.id, VALID_SECONDS, origin).await?;
        let (action, detail) = (AuditAction::InviteRenewed, fresh.id.to_string());
        self.audit(&mut *unit, Some(link.id), actor, action, detail).await?;
        let made = MadeLink { link, invite: fresh, token };
        self.owe_invite(&mut *unit, &made, MailWords::Renewed.letter(), HEAD_START_MS).await?;
        unit.commit().await?;
        Ok(Ok(match self.mail_invite(&made, MailWords::Renewed).await? {
            Mailed::Sent(to) => Renewal::Mailed { to },
            Mailed::NotSent(_) | Mailed::NotAsked => Renewal::NotSent,
        }))
    }

    /// Where a mail to the link's contact would go.
    pub(crate) fn mailable(&self, link: &Link) -> Option<EmailAddress> {
        link.contact.clone().filter(|_| self.inner().parts.postman.is_some())
    }
}

/// When one was last asked for, and whether it could be sent; `None` when never.
async fn last_asked(unit: &mut dyn UnitOfWork, link: &Link) -> Result<Option<Last>, ServiceError> {
    let timeline = unit.timeline(link.id, LOOK_BACK).await?;
    let mail = |entry: &AuditEntry| entry.action == AuditAction::MailSent;
    let asked = timeline.iter().position(|entry| entry.action == AuditAction::InviteRenewed);
    Ok(asked.and_then(|n| {
        let failed =
            timeline.iter().take(n).any(|entry| mail(entry) && entry.detail == MailWords::Renewed.failed());
        timeline.get(n).map(|entry| Last { at: entry.at, was_sent: !failed })
    }))
}
