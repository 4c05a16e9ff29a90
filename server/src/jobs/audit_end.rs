//! Says once a day, in the server's own log, where the audit log ends. Whoever can write to the database can take the
//! audit log's last entries away and put back the note of where it ended then; a line kept elsewhere shows that.

use std::time::Duration;

use services::Services;
use tokio::time::MissedTickBehavior;

/// How often it is said.
const EVERY: Duration = Duration::from_secs(86_400);

/// Says it again and again, until it is stopped; for the first time at once.
pub async fn run(services: Services) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(error) = services.say_where_audit_ends().await {
            tracing::warn!(%error, "could not read where the audit log ends; trying again tomorrow");
        }
    }
}
