//! Sends the reminders that are due, now and then. What is due is a matter of days, so nobody waits for this.

use std::time::Duration;

use services::Services;
use tokio::time::MissedTickBehavior;

/// How often it looks: at a million links a look takes seconds of one reader.
const EVERY: Duration = Duration::from_secs(3600);

/// Looks again and again, until it is stopped. The first look is at once: a server that is started anew each night sends
/// reminders too.
pub async fn run(services: Services) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        match services.send_due_reminders().await {
            Ok(0) => {}
            Ok(reminders) => tracing::info!(reminders, "reminded administrators who had not gone on"),
            Err(error) => {
                tracing::warn!(%error, "could not send reminders; trying again in an hour")
            }
        }
    }
}
