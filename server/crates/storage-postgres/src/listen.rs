//! Being told of changes by other servers: the tables' triggers say so on a channel, at the commit.

use std::time::Duration;

use sqlx::postgres::PgListener;

use crate::PostgresStorage;
use crate::job::JOBS_CHANNEL;

/// The channel the triggers speak on, whenever a link was added or changed.
const CHANNEL: &str = "linkdesk_list";
/// How long is waited after a first failure to connect; each time twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(200);
/// At most.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

impl PostgresStorage {
    /// Calls `told` at every change that any server commits, and after each time it was not listening: something may have
    /// changed in between. Goes on until it is dropped, or the storage is closed.
    pub async fn listen(&self, told: impl Fn() + Send) {
        let mut pause = FIRST_PAUSE;
        while !self.readers.is_closed() {
            if let Ok(mut listener) = self.listener().await {
                pause = FIRST_PAUSE;
                told();
                self.jobs_put.send_modify(|times| *times += 1);
                // Nothing is told while the connection is gone: then it is made anew, here and not by the listener, so
                // that what was missed is caught up with.
                while let Ok(Some(said)) = listener.try_recv().await {
                    if said.channel() == JOBS_CHANNEL {
                        self.jobs_put.send_modify(|times| *times += 1);
                    } else {
                        told();
                    }
                }
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    async fn listener(&self) -> Result<PgListener, sqlx::Error> {
        let mut listener = PgListener::connect_with(&self.readers).await?;
        listener.eager_reconnect(false);
        listener.ignore_pool_close_event(false);
        listener.listen_all([CHANNEL, JOBS_CHANNEL]).await?;
        Ok(listener)
    }
}
