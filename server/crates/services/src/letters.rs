//! Mail that is owed: put into the queue by the unit of work that makes it true, sent by a worker afterwards.
//!
//! What waits in the database is which letter, and to which link's contact or to whom of the staff: never an address, a
//! token or a sentence. Whether it is still true is asked when it is sent. `owed` says which change owes what; `contact`
//! and `news` send; `reminders_off` is how a contact gets no more reminders; `wishes` what staff want.

mod contact;
mod news;
mod owed;
mod reminders_off;
mod tokens;
mod wishes;

use domain::{LinkId, StaffId};
use storage::{Job, JobEnd, LetterKind, UnitOfWork};

use crate::{ServiceError, Services};

pub use reminders_off::{Reminders, StopToken};

pub(crate) use owed::Before;
pub(crate) use tokens::Drawn;

/// How long a request has to send a letter itself that the queue would send: longer than a mail server may take.
pub(crate) const HEAD_START_MS: i64 = 60 * 1_000;
/// For how long a mail is tried that the mail server does not take.
const TRIED_MS: i64 = 24 * 60 * 60 * 1_000;
/// The first wait; each later one is twice as long.
const FIRST_WAIT_MS: i64 = 60 * 1_000;
/// The longest wait.
const LONGEST_WAIT_MS: i64 = 2 * 60 * 60 * 1_000;
/// Why a mail was not sent, as the queue tells it.
const PROBLEM: &str = "mail_server";

/// What a job of the queue sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Owed {
    /// A letter to a link's contact.
    Letter(LinkId, LetterKind),
    /// News for a staff member.
    News(StaffId),
}

/// By which name the queue knows a letter.
fn subject_of(link: LinkId, kind: LetterKind) -> String {
    format!("{link}.{kind}")
}

impl Owed {
    fn of(subject: &str) -> Option<Self> {
        let Some((link, kind)) = subject.split_once('.') else {
            return subject.parse().ok().map(Self::News);
        };
        let kind = LetterKind::ALL.into_iter().find(|known| known.as_str() == kind)?;
        link.parse().ok().map(|link| Self::Letter(link, kind))
    }
}

impl Services {
    /// Sends one mail that the queue gave out. When it returns, the job was ended, or is somebody else's.
    ///
    /// # Errors
    /// When the database fails; the job is then due again once its lease is over.
    pub(crate) async fn send_owed(&self, job: &Job) -> Result<(), ServiceError> {
        match Owed::of(&job.subject) {
            Some(Owed::Letter(link, kind)) => self.send_letter(job, link, kind).await,
            Some(Owed::News(staff)) => self.send_news(job, staff).await,
            None => self.end(job, JobEnd::Done).await,
        }
    }

    /// What becomes of a job whose mail was not taken, owed for so long.
    fn after_failure(&self, job: &Job, owed_ms: i64) -> Result<JobEnd, ServiceError> {
        if owed_ms >= TRIED_MS {
            return Ok(JobEnd::Dead { problem: PROBLEM });
        }
        Ok(JobEnd::Retry { delay_ms: wait_ms(job.attempts, self.chance()?), problem: PROBLEM })
    }

    /// Ends the job in its unit and commits; nothing is kept when the job is somebody else's by now.
    async fn end_with(
        &self,
        mut unit: Box<dyn UnitOfWork>,
        job: &Job,
        end: JobEnd,
    ) -> Result<(), ServiceError> {
        if unit.end_job(job, end, self.now()).await? {
            unit.commit().await?;
        }
        Ok(())
    }
}

/// How long to wait after so many tries: a half for sure, and up to as much again by chance, so that what failed together
/// does not come back together.
fn wait_ms(attempts: u32, chance: u32) -> i64 {
    let doubled = FIRST_WAIT_MS.saturating_mul(1 << attempts.saturating_sub(1).min(16));
    let half = doubled.min(LONGEST_WAIT_MS) / 2;
    half + i64::try_from(i128::from(half) * i128::from(chance) / i128::from(u32::MAX)).unwrap_or(half)
}

#[cfg(test)]
mod tests {
    use domain::Timestamp;

    use super::*;

    #[test]
    fn every_subject_reads_back_and_no_other() {
        let (link, staff) = (
            LinkId::new(Timestamp::from_millis(1), [7; 10]),
            StaffId::new(Timestamp::from_millis(1), [7; 10]),
        );

        for kind in LetterKind::ALL {
            assert_eq!(Owed::of(&subject_of(link, kind)), Some(Owed::Letter(link, kind)));
        }
        assert_eq!(Owed::of(&staff.to_string()), Some(Owed::News(staff)));
        for odd in ["", ".", "lnk_1.broken", &format!("{link}.bill"), &link.to_string()] {
            assert_eq!(Owed::of(odd), None, "{odd}");
        }
    }

    #[test]
    fn waits_double_up_to_two_hours_and_chance_adds_no_more_than_half() {
        assert_eq!([1, 2, 3].map(|n| wait_ms(n, u32::MAX)), [60_000, 120_000, 240_000]);
        assert_eq!([1, 2, 3].map(|n| wait_ms(n, 0)), [30_000, 60_000, 120_000]);
        assert_eq!(wait_ms(40, u32::MAX), LONGEST_WAIT_MS);
        let day: i64 = (1..30).map(|n| wait_ms(n, u32::MAX / 2)).take_while(|wait| *wait > 0).sum();
        assert!(day > TRIED_MS, "thirty tries last longer than a day");
    }
}
