//! Reminders: an administrator who has not gone on for some days gets a fresh invite by mail, at most twice.
//!
//! What goes out is counted, with the fresh invite and its audit entries, in one unit of work that is committed before
//! the mail is handed over. A stop in between costs the mail, never a second one in the same days.

use domain::{InviteState, LinkId, REMINDERS_MAX, Timestamp, WhoActs};
use storage::{Actor, AuditAction, Invite, Link, Reminder};

use crate::invites::{MadeLink, MailWords, Origin};
use crate::{ServiceError, Services};

/// How many links are looked up at a time.
const BATCH: u32 = 100;
/// How many batches one run goes through at most; the rest is for the next.
const BATCHES_MAX: u32 = 20;

impl Services {
    /// Sends every reminder that is due; how many. Safe to run twice, also at the same time. Without mail it does nothing.
    ///
    /// # Errors
    /// When the database fails. A mail that cannot be sent is no error: the link's timeline tells of it.
    pub async fn send_due_reminders(&self) -> Result<u32, ServiceError> {
        let mut sent = 0;
        if !self.can_mail() {
            return Ok(sent);
        }
        for _ in 0..BATCHES_MAX {
            let due = self.storage().due_reminders(self.now(), BATCH).await?;
            if due.is_empty() {
                break;
            }
            for link in due {
                sent += u32::from(self.remind(link).await?);
            }
        }
        Ok(sent)
    }

    /// Reminds the link's administrator, unless something speaks against it by now; whether a reminder was made.
    async fn remind(&self, id: LinkId) -> Result<bool, ServiceError> {
        let now = self.now();
        let mut unit = self.storage().begin().await?;
        let (Some(link), Some(reminder)) = (unit.link(id).await?, unit.reminder(id).await?) else {
            return Ok(false);
        };
        let invites = unit.invites_of(id).await?;
        let Some(good) = due(&link, &reminder, &invites, now) else { return Ok(false) };
        // Good for as long as the one it renews was when that was new.
        let valid_seconds = good.expires_at.millis_since(good.created_at) / 1000;
        let origin = Origin { actor: Actor::System, renews: Some(good.id), shown: false };
        let (invite, token) = self.add_invite(&mut *unit, id, valid_seconds, origin).await?;
        unit.count_reminder(id, now).await?;
        let detail = format!("{} of {REMINDERS_MAX}", reminder.sent + 1);
        self.audit(&mut *unit, Some(id), Actor::System, AuditAction::ReminderSent, detail).await?;
        unit.commit().await?;
        self.mail_invite(&MadeLink { link, invite, token }, MailWords::Reminder).await?;
        Ok(true)
    }
}

/// The good invite that a reminder would renew; `None` when no reminder is due. The same rule as
/// `Storage::due_reminders`, which only finds whom to ask about: what it found may have moved since.
fn due<'i>(link: &Link, reminder: &Reminder, invites: &'i [Invite], now: Timestamp) -> Option<&'i Invite> {
    let since = now.plus_seconds(-reminder.after.seconds());
    let waits = link.who_acts == WhoActs::Customer && link.contact.is_some() && link.changed_at <= since;
    let may = reminder.sent < REMINDERS_MAX && reminder.last_sent_at.is_none_or(|last| last <= since);
    let fresh = invites.iter().any(|invite| invite.created_at > since);
    let good = invites.iter().find(|invite| invite.state(now) == InviteState::Active);
    good.filter(|_| waits && may && !fresh)
}
