//! What staff do for a customer who is stuck: check again, send a fresh invite, withdraw those that are out.

use domain::{EmailAddress, LinkId, Timestamp};
use storage::{Actor, AuditAction, LetterKind, Link};

use crate::invites::{MadeLink, Origin, VALID_SECONDS};
use crate::letters::{Drawn, HEAD_START_MS};
use crate::{
    CheckAsked, CheckStart, InviteLetter, LetterOccasion, ServiceError, Services, StaffCaller, Token,
};

/// A fresh invite to a link. The token is told this once.
#[derive(Clone, Debug)]
pub struct FreshInvite {
    /// The secret part of its URL.
    pub token: Token,
    /// Until when it lets somebody in.
    pub expires_at: Timestamp,
}

/// What came of mailing something to a link's contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MailOutcome {
    /// The mail server took it.
    Sent {
        /// Where it went.
        to: EmailAddress,
    },
    /// The mail server did not take it.
    NotSent,
    /// No mail is set up, or no address is known.
    NoWay,
    /// One was sent less than a minute ago.
    TooSoon,
    /// As many were sent in a day as one customer gets.
    Enough,
    /// There is no such link.
    NoSuchLink,
}

impl Services {
    /// Starts a check of the link, held back by the same rules as the administrator's own. Whether the account was mended
    /// in UKG Pro is hers to say: nobody at the desk can.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn check_link(&self, caller: &StaffCaller, link: LinkId) -> Result<CheckStart, ServiceError> {
        self.start_check_of(link, Actor::Staff(caller.id()), CheckAsked::default(), None).await
    }

    /// Makes a fresh invite to a link, whether it is being made, stands or was ended; `None` when there is no such link.
    /// What is saved stays saved.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn new_invite(
        &self,
        caller: &StaffCaller,
        link: LinkId,
    ) -> Result<Option<FreshInvite>, ServiceError> {
        let mut unit = self.storage().begin().await?;
        if unit.link(link).await?.is_none() {
            return Ok(None);
        }
        let origin =
            Origin { actor: Actor::Staff(caller.id()), renews: None, shown: true, drawn: Drawn::ByChance };
        let (invite, token) = self.add_invite(&mut *unit, link, VALID_SECONDS, origin).await?;
        unit.commit().await?;
        Ok(Some(FreshInvite { token, expires_at: invite.expires_at }))
    }

    /// The same for its contact alone, owed by mail: nobody here sees its address.
    async fn invite_to_mail(&self, caller: &StaffCaller, link: Link) -> Result<MadeLink, ServiceError> {
        let mut unit = self.storage().begin().await?;
        let origin =
            Origin { actor: Actor::Staff(caller.id()), renews: None, shown: false, drawn: Drawn::ForLetter };
        let (invite, token) = self.add_invite(&mut *unit, link.id, VALID_SECONDS, origin).await?;
        let made = MadeLink { link, invite, token };
        self.owe_invite(&mut *unit, &made, LetterKind::Again, HEAD_START_MS).await?;
        unit.commit().await?;
        Ok(made)
    }

    /// Makes a fresh invite and mails it to the link's contact, and to no other address.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn mail_fresh_invite(
        &self,
        caller: &StaffCaller,
        id: LinkId,
    ) -> Result<MailOutcome, ServiceError> {
        let Some(link) = self.storage().link(id).await? else { return Ok(MailOutcome::NoSuchLink) };
        let (Some(to), Some(postman)) = (self.mailable(&link), self.inner().parts.postman.clone()) else {
            return Ok(MailOutcome::NoWay);
        };
        let turn = match self.mail_turn(id).await? {
            Ok(turn) => turn,
            Err(outcome) => return Ok(outcome),
        };
        let made = self.invite_to_mail(caller, link).await?;
        let letter = InviteLetter {
            occasion: LetterOccasion::Again,
            to: to.clone(),
            language: made.link.language,
            customer: made.link.customer.clone(),
            note: None,
            token: made.token,
            expires_at: made.invite.expires_at,
            stop: None,
        };
        let sent = postman.send_invite(letter).await;
        let owed = Some(LetterKind::Again).filter(|_| sent.is_ok());
        self.note_staff_mail(caller, id, "staff invite", sent.as_ref().err(), owed).await?;
        turn.end().await?;
        Ok(if sent.is_ok() { MailOutcome::Sent { to } } else { MailOutcome::NotSent })
    }

    /// Withdraws every invite to the link and ends the sessions that came from them; how many were withdrawn.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn withdraw_invites(&self, caller: &StaffCaller, link: LinkId) -> Result<usize, ServiceError> {
        self.withdraw(link, Actor::Staff(caller.id())).await
    }

    /// Keeps that a mail was handed over, or could not be; `settled` is the letter that is not owed any more.
    pub(super) async fn note_staff_mail(
        &self,
        caller: &StaffCaller,
        link: LinkId,
        what: &'static str,
        failure: Option<&anyhow::Error>,
        settled: Option<LetterKind>,
    ) -> Result<(), ServiceError> {
        let detail = match failure {
            None => what.to_owned(),
            Some(error) => {
                tracing::error!(link.id = %link, what, error = format!("{error:#}"),
                    "could not send a mail of the desk: see LINKDESK_SMTP_URL, and run `linkdesk doctor`");
                format!("{what} failed")
            }
        };
        let mut unit = self.storage().begin().await?;
        if let Some(kind) = settled {
            self.owe_no_more(&mut *unit, link, kind).await?;
        }
        let actor = Actor::Staff(caller.id());
        self.audit(&mut *unit, Some(link), actor, AuditAction::MailSent, detail).await?;
        Ok(unit.commit().await?)
    }
}
