//! `Tidying` over the unit's transaction.

use async_trait::async_trait;
use domain::Timestamp;
use storage::{CheckPlace, ForgottenChecks, Result, Tidying};

use super::SqliteUnit;
use crate::tidying;

#[async_trait]
impl Tidying for SqliteUnit {
    async fn forget_checks(
        &mut self,
        before: Timestamp,
        after: Option<CheckPlace>,
        limit: u32,
    ) -> Result<ForgottenChecks> {
        tidying::forget_checks(&mut self.0, before, after, limit).await
    }
}
