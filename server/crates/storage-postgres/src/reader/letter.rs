//! `LetterReads`.

use async_trait::async_trait;
use domain::{MailWishes, StaffId};
use storage::{LetterReads, Result};

use crate::{PostgresStorage, letter};

#[async_trait]
impl LetterReads for PostgresStorage {
    async fn mail_wishes(&self, staff: StaffId) -> Result<MailWishes> {
        letter::wishes(&mut *self.reader().await?, staff).await
    }
}
