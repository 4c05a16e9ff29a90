//! Saved views: what a staff member looks at often, under a name of their own.

use storage::{Actor, AuditAction, SavedView};

use crate::{ServiceError, Services, StaffCaller};

/// Longest name of a view, in characters.
pub const VIEW_NAME_MAX: usize = 40;
/// How many views one staff member keeps at most.
pub const VIEWS_MAX: usize = 20;

/// Why a view was not saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ViewRefusal {
    /// It has no name, or one that is too long or holds a control character.
    Name,
    /// There are as many as are kept.
    TooMany,
}

impl Services {
    /// Saves what the list's address asks for under a name; a view of this name is replaced.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn save_view(
        &self,
        caller: &StaffCaller,
        name: &str,
        query: String,
    ) -> Result<Result<(), ViewRefusal>, ServiceError> {
        let name = name.trim();
        let length = name.chars().count();
        if length == 0 || length > VIEW_NAME_MAX || name.chars().any(char::is_control) {
            return Ok(Err(ViewRefusal::Name));
        }
        let views = self.storage().saved_views(caller.id()).await?;
        if views.len() >= VIEWS_MAX && !views.iter().any(|view| view.name == name) {
            return Ok(Err(ViewRefusal::TooMany));
        }
        let mut unit = self.storage().begin().await?;
        let detail = format!("saved: {name}: {query}");
        unit.put_saved_view(caller.id(), &SavedView { name: name.to_owned(), query }, self.now()).await?;
        let actor = Actor::Staff(caller.id());
        self.audit(&mut *unit, None, actor, AuditAction::ViewsChanged, detail).await?;
        unit.commit().await?;
        Ok(Ok(()))
    }

    /// Deletes the caller's view of this name. Deleting it twice is fine.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn delete_view(&self, caller: &StaffCaller, name: &str) -> Result<(), ServiceError> {
        let mut unit = self.storage().begin().await?;
        if unit.delete_saved_view(caller.id(), name).await? {
            let (actor, detail) = (Actor::Staff(caller.id()), format!("deleted: {name}"));
            self.audit(&mut *unit, None, actor, AuditAction::ViewsChanged, detail).await?;
            unit.commit().await?;
        }
        Ok(())
    }
}
