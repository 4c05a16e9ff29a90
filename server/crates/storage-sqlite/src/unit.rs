//! A unit of work: one turn of the writer. `storage::pass_on` makes the traits' methods of the tables' functions.

use storage::Result;

use crate::writer::Turn;
use crate::{
    audit, authenticator, check, credential, erase, hand_over, invite, job, letter, link, listing, note,
    passkey, preset, refusal, reminder, saved_view, session, staff, staff_invite, staff_session,
    step_attempt, tidying, webhook, webhook_delivery,
};

/// A turn of the writer; dropped without `commit`, what was done in it is rolled back.
pub(crate) struct SqliteUnit {
    turn: Turn,
    /// Whether jobs were put: whoever waits for them is told once they are kept.
    jobs_put: bool,
}

impl SqliteUnit {
    pub(crate) fn new(turn: Turn) -> Self {
        Self { turn, jobs_put: false }
    }

    async fn end(self) -> Result<()> {
        self.turn.commit(self.jobs_put).await
    }
}

storage::pass_on_unit_of_work!(SqliteUnit);
storage::pass_on_job_writes!(SqliteUnit);
storage::pass_on_letter_writes!(SqliteUnit);
storage::pass_on_staff_writes!(SqliteUnit);
storage::pass_on_webhook_writes!(SqliteUnit);
storage::pass_on_tidying!(SqliteUnit);
