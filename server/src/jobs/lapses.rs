//! Tells receivers of what happens by nothing happening: an invite ran out, somebody started and did not go on.

use std::time::Duration;

use services::Services;
use tokio::time::MissedTickBehavior;

/// How often it looks: two looks into indexes, which find nothing nearly always.
const EVERY: Duration = Duration::from_secs(60);

/// Looks again and again, until it is stopped.
pub async fn run(services: Services) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(error) = services.tell_of_time().await {
            tracing::warn!(%error, "could not tell of invites that ran out; trying again in a minute");
        }
    }
}
