//! What happens by itself while the server runs, one file per job. Each may run twice, in two processes or after a stop,
//! without doing anything twice.

pub mod audit_end;
pub mod lapses;
pub mod reminders;
pub mod stuck_checks;
pub mod worker;
