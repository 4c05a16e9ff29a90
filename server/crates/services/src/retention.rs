//! How long is kept what nobody needs for ever: the reports of checks. (Sessions and replaced values: `clean_up`; the audit
//! log is never shortened.)

use crate::{ServiceError, Services};

/// How long the report of a check is kept, when nothing needs it longer: three times what the desk shows of a link.
const CHECKS_KEPT_DAYS: i64 = 90;
/// How many checks one unit of work looks at: some milliseconds.
const PART: u32 = 200;

impl Services {
    /// Removes the reports of old checks, but for those that [`storage::Tidying::forget_checks`] keeps.
    pub(crate) async fn forget_old_checks(&self) -> Result<(), ServiceError> {
        let before = self.now().plus_seconds(-CHECKS_KEPT_DAYS * 86_400);
        let (mut after, mut forgotten) = (None, 0);
        loop {
            let mut unit = self.storage().begin().await?;
            let part = unit.forget_checks(before, after, PART).await?;
            // What was only looked at needs no commit.
            if part.removed > 0 {
                unit.commit().await?;
            }
            forgotten += part.removed;
            after = part.last;
            if after.is_none() {
                break;
            }
            // Whoever waits to write comes first.
            tokio::task::yield_now().await;
        }
        if forgotten > 0 {
            tracing::info!(checks = forgotten, days = CHECKS_KEPT_DAYS, "removed the reports of old checks");
        }
        Ok(())
    }
}
