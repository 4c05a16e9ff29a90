//! Bringing invites to people: a letter after the commit, and what became of it in the link's timeline.

use domain::EmailAddress;
use storage::{Actor, AuditAction, LetterKind};

use super::MadeLink;
use crate::{InviteLetter, LetterOccasion, ServiceError, Services};

/// Whether an invite was mailed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mailed {
    /// Nobody asked for it, no mail is set up, or there is no address.
    NotAsked,
    /// The mail server took it.
    Sent(EmailAddress),
    /// The mail server did not take it; it is tried again.
    NotSent(EmailAddress),
}

/// Which words a letter has, and by which name the audit log tells of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MailWords {
    /// A new invite.
    Invite,
    /// One in place of one that ran out.
    Renewed,
}

impl MailWords {
    /// What the audit log says of a mail that was sent.
    const fn sent(self) -> &'static str {
        match self {
            Self::Invite => "first invite",
            Self::Renewed => "invite",
        }
    }

    /// What the audit log says of a mail that could not be sent.
    pub(crate) const fn failed(self) -> &'static str {
        match self {
            Self::Invite => "first invite failed",
            Self::Renewed => "invite failed",
        }
    }

    const fn occasion(self) -> LetterOccasion {
        match self {
            Self::Invite => LetterOccasion::Invited,
            Self::Renewed => LetterOccasion::Renewed,
        }
    }

    /// The same letter when the queue sends it.
    pub(crate) const fn letter(self) -> LetterKind {
        match self {
            Self::Invite => LetterKind::Invite,
            Self::Renewed => LetterKind::Renewed,
        }
    }
}

impl Services {
    /// Whether mail is set up.
    #[must_use]
    pub fn can_mail(&self) -> bool {
        self.inner().parts.postman.is_some()
    }

    /// Mails the invite to the link's contact at once, so that whoever waits is told whether the mail server took it. Called
    /// after the commit of a unit that owes the letter too: what does not get out here is sent by the queue.
    pub(crate) async fn mail_invite(
        &self,
        made: &MadeLink,
        words: MailWords,
    ) -> Result<Mailed, ServiceError> {
        let (link, invite) = (&made.link, &made.invite);
        let (Some(to), Some(postman)) = (link.contact.clone(), self.inner().parts.postman.clone()) else {
            return Ok(Mailed::NotAsked);
        };
        let letter = InviteLetter {
            occasion: words.occasion(),
            to: to.clone(),
            language: link.language,
            customer: link.customer.clone(),
            note: link.note.clone(),
            token: made.token.clone(),
            expires_at: invite.expires_at,
            stop: None,
        };
        let sent = postman.send_invite(letter).await;
        let detail = if sent.is_ok() { words.sent() } else { words.failed() };
        match &sent {
            Ok(()) => tracing::info!(link.id = %link.id, invite.id = %invite.id, "mailed an invite"),
            Err(error) => {
                tracing::error!(link.id = %link.id, invite.id = %invite.id, error = format!("{error:#}"),
                "could not mail an invite: see LINKDESK_SMTP_URL, and run `linkdesk doctor`");
            }
        }
        let mut unit = self.storage().begin().await?;
        let action = AuditAction::MailSent;
        self.audit(&mut *unit, Some(link.id), Actor::System, action, detail.to_owned()).await?;
        if sent.is_ok() {
            self.owe_no_more(&mut *unit, link.id, words.letter()).await?;
        }
        unit.commit().await?;
        Ok(if sent.is_ok() { Mailed::Sent(to) } else { Mailed::NotSent(to) })
    }
}
