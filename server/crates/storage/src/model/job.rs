//! The queue's records: what is to be done, when, and by whom at the moment.

use std::fmt;

use domain::Timestamp;

/// What a job does; each kind has workers of its own, so that many of one never keep another waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum JobKind {
    /// Checks a link again; the subject is the link's id.
    Recheck,
    /// Sends an endpoint its messages; the subject is the endpoint's id.
    Webhook,
    /// Sends mail that is owed; the subject is a letter (`lnk_….kind`), or a staff member with news to be told.
    Mail,
}

impl JobKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Recheck, Self::Webhook, Self::Mail];

    /// The stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Recheck => "recheck",
            Self::Webhook => "webhook",
            Self::Mail => "mail",
        }
    }
}

impl fmt::Display for JobKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A job as it stands in the queue. Of one kind and subject there is never more than one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// What it does.
    pub kind: JobKind,
    /// What it is about: an id, never contents.
    pub subject: String,
    /// When it is due; while somebody works on it, when that counts as lost.
    pub due_at: Timestamp,
    /// How often somebody began it since it last went well.
    pub attempts: u32,
    /// Goes up whenever somebody begins it and whenever it is put anew. Whoever holds an older one comes too late, and
    /// may write nothing.
    pub fence: i64,
    /// Why the last attempt failed: a short name, never contents.
    pub problem: Option<String>,
    /// Since when nobody tries it any more.
    pub dead_at: Option<Timestamp>,
    /// When it was first put into the queue.
    pub created_at: Timestamp,
}

/// What became of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobEnd {
    /// It is done, and leaves the queue.
    Done,
    /// It went well and is due again, with its attempts forgotten.
    Again {
        /// In how many milliseconds.
        delay_ms: i64,
    },
    /// It failed, and is tried again.
    Retry {
        /// In how many milliseconds.
        delay_ms: i64,
        /// Why: a short name.
        problem: &'static str,
    },
    /// It was not begun after all (its turn had not come; the server stops): it is due again, and this was no attempt.
    Postponed {
        /// In how many milliseconds.
        delay_ms: i64,
    },
    /// It failed for good: it stays in the queue for staff to see, and nobody tries it.
    Dead {
        /// Why: a short name.
        problem: &'static str,
    },
}

/// How much of one kind the queue holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueueDepth {
    /// The kind.
    pub kind: JobKind,
    /// How many wait or are worked on, whenever they are due.
    pub waiting: u64,
    /// How many of these are due.
    pub due: u64,
    /// How many nobody tries any more.
    pub dead: u64,
    /// For how many milliseconds the oldest has been due; `None` when none is.
    pub oldest_ms: Option<i64>,
}
