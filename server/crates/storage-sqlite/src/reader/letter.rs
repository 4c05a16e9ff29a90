//! `LetterReads`.

use async_trait::async_trait;
use domain::{MailWishes, StaffId};
use storage::{LetterReads, Result};

use crate::{SqliteStorage, letter};

#[async_trait]
impl LetterReads for SqliteStorage {
    async fn mail_wishes(&self, staff: StaffId) -> Result<MailWishes> {
        letter::wishes(&mut *self.reader().await?, staff).await
    }
}
