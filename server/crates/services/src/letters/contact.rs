//! Letters to a link's contact: whether one is still true when its turn comes, sending it, and what the timeline says of it.

use domain::{EmailAddress, InviteId, InviteState, LinkId, LinkStatus, PermissionResult, Timestamp, WhoActs};
use storage::{Actor, AuditAction, AuditEntry, Invite, Job, JobEnd, Letter, LetterKind, Link, UnitOfWork};

use super::{Drawn, StopToken};
use crate::invites::{Origin, VALID_SECONDS};
use crate::{
    EndedLetter, InviteLetter, LetterOccasion, Postman, ServiceError, Services, Standing, StandingLetter,
    Token,
};

/// How many letters about where a link stands go to its contact in a day: one that breaks and mends all the time must not
/// flood anybody.
const A_DAY: usize = 6;
/// A day, in milliseconds.
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
/// How many of a link's mails are looked through.
const LOOK_BACK: u32 = 100;

/// What to do with a letter whose turn has come.
enum Turn {
    /// Send it.
    Send(Box<Ready>),
    /// What it says is not so any more, or nobody is to be told.
    Drop,
    /// Enough was sent today.
    Later { delay_ms: i64 },
}

/// A letter with everything it says.
enum Ready {
    Invite(InviteLetter),
    Standing(StandingLetter),
    Ended(EndedLetter),
}

impl Ready {
    async fn send(self, postman: &dyn Postman) -> anyhow::Result<()> {
        match self {
            Self::Invite(letter) => postman.send_invite(letter).await,
            Self::Standing(letter) => postman.send_standing(letter).await,
            Self::Ended(letter) => postman.send_ended(letter).await,
        }
    }
}

impl Services {
    pub(super) async fn send_letter(
        &self,
        job: &Job,
        id: LinkId,
        kind: LetterKind,
    ) -> Result<(), ServiceError> {
        let mails = self.storage().timeline_of(id, AuditAction::MailSent, LOOK_BACK).await?;
        let mut unit = self.storage().begin().await?;
        if !self.owns(&mut *unit, Some(job)).await? {
            return Ok(());
        }
        let (Some(link), Some(letter)) = (unit.link(id).await?, unit.letter(id, kind).await?) else {
            return self.end_with(unit, job, JobEnd::Done).await;
        };
        let way_out = self.mailable(&link).zip(self.inner().parts.postman.clone());
        let Some((to, postman)) = way_out else {
            unit.delete_letter(id, kind).await?;
            return self.end_with(unit, job, JobEnd::Done).await;
        };
        match self.turn(&mut *unit, &link, &letter, &mails, to).await? {
            Turn::Send(ready) => {
                // An invite in it is kept before anybody can hold it.
                unit.commit().await?;
                let sent = ready.send(&*postman).await;
                self.keep_letter(job, &letter, sent).await
            }
            Turn::Drop => {
                unit.delete_letter(id, kind).await?;
                tracing::debug!(link.id = %id, %kind, "a letter has become untrue, and is not sent");
                self.end_with(unit, job, JobEnd::Done).await
            }
            Turn::Later { delay_ms } => self.end_with(unit, job, JobEnd::Postponed { delay_ms }).await,
        }
    }

    /// What became of the letter: in the timeline, and for the queue.
    async fn keep_letter(
        &self,
        job: &Job,
        letter: &Letter,
        sent: anyhow::Result<()>,
    ) -> Result<(), ServiceError> {
        let (id, kind, now) = (letter.link, letter.kind, self.now());
        let what = name(kind);
        let (end, detail) = match &sent {
            Ok(()) => {
                tracing::info!(link.id = %id, %kind, "mailed a letter");
                (JobEnd::Done, Some(what.to_owned()))
            }
            Err(error) => {
                let end = self.after_failure(job, now.millis_since(letter.created_at))?;
                let given_up = matches!(end, JobEnd::Dead { .. });
                tracing::error!(link.id = %id, %kind, given_up, attempts = job.attempts, error = format!("{error:#}"),
                    "could not mail a letter: see LINKDESK_SMTP_URL, and run `linkdesk doctor`");
                let first = (job.attempts == 1).then(|| format!("{what} delayed"));
                (end, if given_up { Some(format!("{what} given up")) } else { first })
            }
        };
        let mut unit = self.storage().begin().await?;
        if sent.is_ok() {
            unit.delete_letter(id, kind).await?;
        }
        if let Some(detail) = detail {
            self.audit(&mut *unit, Some(id), Actor::System, AuditAction::MailSent, detail).await?;
        }
        self.end_with(unit, job, end).await
    }

    /// Whether the letter is sent now, and with what in it. A fresh invite is added to the unit.
    async fn turn(
        &self,
        unit: &mut dyn UnitOfWork,
        link: &Link,
        letter: &Letter,
        mails: &[AuditEntry],
        to: EmailAddress,
    ) -> Result<Turn, ServiceError> {
        let now = self.now();
        let invites = unit.invites_of(link.id).await?;
        let good = invites.iter().find(|invite| invite.state(now) == InviteState::Active);
        let ready = match letter.kind {
            LetterKind::Invite | LetterKind::Renewed | LetterKind::Again => {
                let its = invites.iter().find(|invite| Some(invite.id) == letter.invite);
                let Some(its) = its.filter(|invite| invite.state(now) == InviteState::Active) else {
                    return Ok(Turn::Drop);
                };
                let valid_seconds = its.expires_at.millis_since(its.created_at) / 1000;
                let fresh = self.fresh(unit, letter, &invites, valid_seconds, its.renews).await?;
                Ready::Invite(invite_letter(link, letter.kind, to, fresh, None))
            }
            LetterKind::Reminder => {
                let wanted = unit.reminder(link.id).await?.is_some_and(|wish| wish.stopped_at.is_none());
                let Some(good) = good.filter(|_| wanted && link.who_acts == WhoActs::Customer) else {
                    return Ok(Turn::Drop);
                };
                // Good for as long as the one it renews was when that was new.
                let valid_seconds = good.expires_at.millis_since(good.created_at) / 1000;
                let fresh = self.fresh(unit, letter, &invites, valid_seconds, Some(good.id)).await?;
                let stop = self.stop_token(link.id, fresh.0.id)?;
                Ready::Invite(invite_letter(link, letter.kind, to, fresh, stop))
            }
            LetterKind::Linked | LetterKind::Broken | LetterKind::Mended => {
                if !is_true(link, letter, mails) {
                    return Ok(Turn::Drop);
                }
                if let Some(delay_ms) = wait_of(mails, now) {
                    return Ok(Turn::Later { delay_ms });
                }
                let standing = self.standing(unit, link, letter, &invites).await?;
                let (customer, language) = (link.customer.clone(), link.language);
                Ready::Standing(StandingLetter { to, language, customer, standing })
            }
            LetterKind::EndedByCompany | LetterKind::EndedByHolder => Ready::Ended(EndedLetter {
                to,
                language: link.language,
                customer: link.customer.clone(),
                at: letter.created_at,
                by_company: letter.kind == LetterKind::EndedByCompany,
            }),
        };
        Ok(Turn::Send(Box::new(ready)))
    }

    /// What a letter about where the link stands says.
    async fn standing(
        &self,
        unit: &mut dyn UnitOfWork,
        link: &Link,
        letter: &Letter,
        invites: &[Invite],
    ) -> Result<Standing, ServiceError> {
        let now = self.now();
        let report = unit.last_check(link.id).await?.and_then(|check| check.report);
        let found = |result: PermissionResult| {
            let rows = report.iter().flat_map(|report| &report.rows);
            rows.filter(|row| row.result == result).map(|row| row.permission).collect::<Vec<_>>()
        };
        Ok(match letter.kind {
            LetterKind::Broken => {
                let (invite, token) = self.fresh(unit, letter, invites, VALID_SECONDS, None).await?;
                Standing::Broken {
                    problem: link.problem,
                    missing: found(PermissionResult::Missing),
                    token,
                    good_until: invite.expires_at,
                }
            }
            LetterKind::Mended => Standing::Mended { missing: found(PermissionResult::Missing) },
            LetterKind::Linked
            | LetterKind::Invite
            | LetterKind::Renewed
            | LetterKind::Again
            | LetterKind::Reminder
            | LetterKind::EndedByCompany
            | LetterKind::EndedByHolder => {
                let opens = invites.iter().filter(|invite| invite.state(now).refusal().is_none());
                Standing::Linked {
                    host: link.host.clone(),
                    granted: found(PermissionResult::Granted),
                    missing: found(PermissionResult::Missing),
                    opens_until: opens.map(|invite| invite.expires_at).max(),
                }
            }
        })
    }

    /// The invite in the letter and its token: the one of an earlier try, or a fresh one.
    async fn fresh(
        &self,
        unit: &mut dyn UnitOfWork,
        letter: &Letter,
        invites: &[Invite],
        valid_seconds: i64,
        renews: Option<InviteId>,
    ) -> Result<(Invite, Token), ServiceError> {
        let its = invites.iter().find(|invite| Some(invite.id) == letter.invite);
        if let Some(its) = its.filter(|invite| invite.state(self.now()).refusal().is_none())
            && let Some(token) = self.letter_token(its.id)?
            && token.hash() == its.token
        {
            return Ok((its.clone(), token));
        }
        let origin = Origin { actor: Actor::System, renews, shown: false, drawn: Drawn::ForLetter };
        let (invite, token) = self.add_invite(unit, letter.link, valid_seconds, origin).await?;
        unit.set_letter_invite(letter.link, letter.kind, invite.id).await?;
        Ok((invite, token))
    }
}

fn invite_letter(
    link: &Link,
    kind: LetterKind,
    to: EmailAddress,
    (invite, token): (Invite, Token),
    stop: Option<StopToken>,
) -> InviteLetter {
    InviteLetter {
        occasion: occasion(kind),
        to,
        language: link.language,
        customer: link.customer.clone(),
        note: link.note.clone(),
        token,
        expires_at: invite.expires_at,
        stop,
    }
}

const fn occasion(kind: LetterKind) -> LetterOccasion {
    match kind {
        LetterKind::Renewed => LetterOccasion::Renewed,
        LetterKind::Again => LetterOccasion::Again,
        LetterKind::Reminder => LetterOccasion::Reminded,
        LetterKind::Invite
        | LetterKind::Linked
        | LetterKind::Broken
        | LetterKind::Mended
        | LetterKind::EndedByCompany
        | LetterKind::EndedByHolder => LetterOccasion::Invited,
    }
}

/// Whether what a letter says of where the link stands is so, and new to whoever gets it.
fn is_true(link: &Link, letter: &Letter, mails: &[AuditEntry]) -> bool {
    let told = mails.iter().find(|mail| tells_standing(mail));
    let last = told.map_or("", |mail| mail.detail.as_str());
    match letter.kind {
        LetterKind::Linked => link.status.stands() && link.status != LinkStatus::Broken,
        LetterKind::Broken => {
            let since = told.filter(|mail| mail.at >= letter.created_at);
            link.status == LinkStatus::Broken && since.is_none_or(|_| last != name(LetterKind::Broken))
        }
        // Whoever was never told that it broke need not hear that it works.
        LetterKind::Mended => link.status.is_linked() && last == name(LetterKind::Broken),
        LetterKind::Invite
        | LetterKind::Renewed
        | LetterKind::Again
        | LetterKind::Reminder
        | LetterKind::EndedByCompany
        | LetterKind::EndedByHolder => true,
    }
}

fn tells_standing(mail: &AuditEntry) -> bool {
    let kinds = [LetterKind::Linked, LetterKind::Broken, LetterKind::Mended];
    kinds.into_iter().any(|kind| mail.detail == name(kind))
}

/// How long the next letter about where a link stands has to wait; `None` when it need not. `mails` are newest first.
fn wait_of(mails: &[AuditEntry], now: Timestamp) -> Option<i64> {
    let today = mails.iter().filter(|mail| tells_standing(mail) && now.millis_since(mail.at) < DAY_MS);
    let full = today.take(A_DAY).collect::<Vec<_>>();
    let oldest = full.last().filter(|_| full.len() >= A_DAY)?;
    Some(DAY_MS - now.millis_since(oldest.at))
}

/// What the audit log says of a letter that was sent.
const fn name(kind: LetterKind) -> &'static str {
    match kind {
        LetterKind::Invite => "first invite",
        LetterKind::Renewed => "invite",
        LetterKind::Again => "staff invite",
        LetterKind::Reminder => "reminder",
        LetterKind::Linked => "linked",
        LetterKind::Broken => "broken",
        LetterKind::Mended => "mended",
        LetterKind::EndedByCompany | LetterKind::EndedByHolder => "ended",
    }
}
