//! What a staff member wants to be mailed about.

use domain::{MailWishes, News};
use storage::{Actor, AuditAction};

use crate::{ServiceError, Services, StaffCaller};

impl Services {
    /// What the caller wants to be mailed about.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn my_mail_wishes(&self, caller: &StaffCaller) -> Result<MailWishes, ServiceError> {
        Ok(self.storage().mail_wishes(caller.id()).await?)
    }

    /// Keeps what the caller wants to be mailed about.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn change_mail_wishes(
        &self,
        caller: &StaffCaller,
        wishes: &MailWishes,
    ) -> Result<(), ServiceError> {
        let mut unit = self.storage().begin().await?;
        unit.put_mail_wishes(caller.id(), wishes).await?;
        let detail = News::ALL.map(|news| format!("{news} {}", wishes.of(news))).join(", ");
        let actor = Actor::Staff(caller.id());
        self.audit(&mut *unit, None, actor, AuditAction::MailWishesChanged, detail).await?;
        Ok(unit.commit().await?)
    }
}
