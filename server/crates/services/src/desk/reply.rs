//! A reply to the customer, which staff have read over: mailed to the link's contact, or filled in to be copied.

use domain::{LinkId, Reply};

use super::help::{FreshInvite, MailOutcome};
use crate::{ReplyLetter, ServiceError, Services, StaffCaller};

/// How a reply gets to the customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplyWay {
    /// We mail it.
    Mail,
    /// Staff copy it into a mail of their own.
    Copy,
}

/// What came of a reply.
#[derive(Clone, Debug)]
pub enum ReplyOutcome {
    /// It was to be mailed.
    Mailed(MailOutcome),
    /// It was to be copied: the fresh invite that belongs into it, when it has a place for one.
    ToCopy(Option<FreshInvite>),
}

impl Services {
    /// Sends the reply its way. A fresh invite is made only when the reply has a place for its address.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn reply(
        &self,
        caller: &StaffCaller,
        id: LinkId,
        reply: &Reply,
        way: ReplyWay,
    ) -> Result<ReplyOutcome, ServiceError> {
        let Some(link) = self.storage().link(id).await? else {
            return Ok(ReplyOutcome::Mailed(MailOutcome::NoSuchLink));
        };
        let way_out = self.mailable(&link).zip(self.inner().parts.postman.clone());
        if way == ReplyWay::Mail && way_out.is_none() {
            return Ok(ReplyOutcome::Mailed(MailOutcome::NoWay));
        }
        let turn = match way {
            ReplyWay::Copy => None,
            ReplyWay::Mail => match self.mail_turn(id).await? {
                Ok(turn) => Some(turn),
                Err(outcome) => return Ok(ReplyOutcome::Mailed(outcome)),
            },
        };
        let fresh = if reply.has_place() { self.new_invite(caller, id).await? } else { None };
        let Some((to, postman)) = way_out.filter(|_| way == ReplyWay::Mail) else {
            return Ok(ReplyOutcome::ToCopy(fresh));
        };
        let token = fresh.map(|fresh| fresh.token);
        let letter = ReplyLetter { to: to.clone(), language: link.language, reply: reply.clone(), token };
        let sent = postman.send_reply(letter).await;
        self.note_staff_mail(caller, id, "reply", sent.as_ref().err(), None).await?;
        if let Some(turn) = turn {
            turn.end().await?;
        }
        Ok(ReplyOutcome::Mailed(if sent.is_ok() { MailOutcome::Sent { to } } else { MailOutcome::NotSent }))
    }
}
