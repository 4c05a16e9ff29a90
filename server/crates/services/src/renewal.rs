//! An invite that ran out heals itself: its holder asks, and a fresh one goes to the address it is for, and to no other.

use domain::{ProblemCode, Timestamp};
use storage::{Actor, AuditAction, Invite, Link};

use crate::invites::{Origin, VALID_SECONDS};
use crate::{InviteLetter, InviteRefusal, ServiceError, Services, Token};

/// How long after one fresh invite the next may be asked for, in seconds.
const PAUSE_SECONDS: i64 = 10 * 60;
/// How many entries of a link's timeline are looked through for the last time somebody asked.
const LOOK_BACK: u32 = 50;

/// What came of asking for a fresh invite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Renewal {
    /// It was mailed to the invited address.
    Mailed {
        /// The address, with all but its ends left out.
        to: String,
    },
    /// One was asked for a short while ago; another may be asked for from this time on.
    TooSoon {
        /// From when.
        until: Timestamp,
    },
    /// No mail is set up, or no address is known: the inviting company was told, and sends one by hand.
    CompanyTold,
    /// The mail server did not take it; the inviting company was told.
    NotSent,
    /// It has not run out: it still lets her in.
    StillGood,
}

impl Services {
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
        if let Some(until) = self.asked_lately(&link, now).await? {
            return Ok(Ok(Renewal::TooSoon { until }));
        }
        let actor = Actor::Customer(old.id);
        let (Some(to), Some(postman)) = (link.contact.clone(), self.inner().parts.postman.clone()) else {
            let (action, detail) = (AuditAction::InviteRenewed, "not mailed".to_owned());
            self.audit(&mut *unit, Some(link.id), actor, action, detail).await?;
            unit.commit().await?;
            tracing::info!(link.id = %link.id, "the holder of an invite that ran out asks for a new one");
            return Ok(Ok(Renewal::CompanyTold));
        };
        let origin = Origin { actor: actor.clone(), renews: Some(old.id) };
        let (fresh, token) = self.add_invite(&mut *unit, link.id, VALID_SECONDS, origin).await?;
        let (action, detail) = (AuditAction::InviteRenewed, fresh.id.to_string());
        self.audit(&mut *unit, Some(link.id), actor, action, detail).await?;
        unit.commit().await?;
        // After the commit: a letter about an invite that was not kept would lead nowhere.
        let masked = masked(to.as_str());
        let letter =
            InviteLetter { to, customer: link.customer.clone(), token, expires_at: fresh.expires_at };
        let sent = postman.send_invite(letter).await;
        self.note_mail(&link, &fresh, sent.as_ref().err()).await?;
        Ok(Ok(if sent.is_ok() { Renewal::Mailed { to: masked } } else { Renewal::NotSent }))
    }

    /// From when another invite may be asked for; `None` when it may now.
    async fn asked_lately(&self, link: &Link, now: Timestamp) -> Result<Option<Timestamp>, ServiceError> {
        let timeline = self.storage().timeline(link.id, LOOK_BACK).await?;
        let last = timeline.iter().find(|entry| entry.action == AuditAction::InviteRenewed);
        Ok(last.map(|entry| entry.at.plus_seconds(PAUSE_SECONDS)).filter(|until| now < *until))
    }

    async fn note_mail(
        &self,
        link: &Link,
        invite: &Invite,
        failure: Option<&anyhow::Error>,
    ) -> Result<(), ServiceError> {
        let detail = if failure.is_none() { "invite" } else { "invite failed" };
        match failure {
            None => tracing::info!(link.id = %link.id, invite.id = %invite.id, "mailed a fresh invite"),
            Some(error) => {
                tracing::error!(link.id = %link.id, invite.id = %invite.id, error = format!("{error:#}"),
                "could not mail a fresh invite: see LINKDESK_SMTP_URL, and run `linkdesk doctor`")
            }
        }
        let mut unit = self.storage().begin().await?;
        let action = AuditAction::MailSent;
        self.audit(&mut *unit, Some(link.id), Actor::System, action, detail.to_owned()).await?;
        Ok(unit.commit().await?)
    }
}

/// `m•••@northwind.example`: enough for its owner to know it, too little for a stranger to learn it.
fn masked(address: &str) -> String {
    let (name, domain) = address.split_once('@').unwrap_or((address, ""));
    let first: String = name.chars().take(1).collect();
    format!("{first}•••@{domain}")
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn of_an_address_only_its_first_letter_and_its_domain_are_told() {
        assert_eq!(masked("maria.rossi@northwind.example"), "m•••@northwind.example");
        assert_eq!(masked("x@a.example"), "x•••@a.example");
    }
}
