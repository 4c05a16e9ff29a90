//! Ends checks whose server was stopped in the middle of them, where several servers share a database: the one that ran
//! them may never come back.

use std::time::Duration;

use services::Services;
use tokio::time::MissedTickBehavior;

/// How often it looks. A check that is started by hand ends a stuck one of its link by itself.
const EVERY: Duration = Duration::from_secs(30);

/// Looks again and again, until it is stopped.
pub async fn run(services: Services) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(error) = services.abandon_stuck_checks().await {
            tracing::warn!(%error, "could not end checks that were cut short; trying again in half a minute");
        }
    }
}
