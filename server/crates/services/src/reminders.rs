//! Reminders: an administrator who has not gone on for some days gets a fresh invite by mail, at most twice.
//!
//! What is to go out is counted, with its audit entry and the letter that is owed, in one unit of work; the queue sends the
//! letter, with a fresh invite that is made then.

use domain::{InviteState, LinkId, REMINDERS_MAX, Timestamp, WhoActs};
use storage::{Actor, AuditAction, Invite, LetterKind, Link, Reminder};

use crate::{ServiceError, Services};

/// How many links are looked up at a time.
const BATCH: u32 = 100;
/// How many batches one run goes through at most; the rest is for the next.
const BATCHES_MAX: u32 = 20;

impl Services {
    /// Owes every reminder that is due; how many. Safe to run twice, also at the same time. Without mail it does nothing.
    ///
    /// # Errors
    /// When the database fails.
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
        if !due(&link, &reminder, &invites, now) {
            return Ok(false);
        }
        unit.count_reminder(id, now).await?;
        let detail = format!("{} of {REMINDERS_MAX}", reminder.sent + 1);
        self.audit(&mut *unit, Some(id), Actor::System, AuditAction::ReminderSent, detail).await?;
        self.owe(&mut *unit, &link, LetterKind::Reminder).await?;
        unit.commit().await?;
        Ok(true)
    }
}

/// Whether a reminder is due. The same rule as `Storage::due_reminders`, which only finds whom to ask about: what it found may
/// have moved since.
fn due(link: &Link, reminder: &Reminder, invites: &[Invite], now: Timestamp) -> bool {
    let since = now.plus_seconds(-reminder.after.seconds());
    let waits = link.who_acts == WhoActs::Customer && link.contact.is_some() && link.changed_at <= since;
    let may = reminder.sent < REMINDERS_MAX && reminder.last_sent_at.is_none_or(|last| last <= since);
    let fresh = invites.iter().any(|invite| invite.created_at > since);
    let good = invites.iter().any(|invite| invite.state(now) == InviteState::Active);
    waits && may && good && !fresh && reminder.stopped_at.is_none()
}
