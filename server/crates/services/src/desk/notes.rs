//! What staff write about a link for one another, and who of them looks after it.

use domain::{LinkId, NoteId, StaffId, StaffNote};
use storage::{Actor, AuditAction, LinkNote};

use crate::{ServiceError, Services, StaffCaller};

/// What came of giving a link into somebody's hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AssignOutcome {
    /// Done, or it was so already.
    Done,
    /// There is no such link.
    NoSuchLink,
    /// Nobody of the staff has this id, or their account is closed.
    NoSuchStaff,
}

impl Services {
    /// Adds a note; `false` when there is no such link.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn add_note(
        &self,
        caller: &StaffCaller,
        link: LinkId,
        text: StaffNote,
    ) -> Result<bool, ServiceError> {
        let at = self.now();
        let note = LinkNote { id: NoteId::new(at, self.id_bytes()?), link, author: caller.id(), at, text };
        let mut unit = self.storage().begin().await?;
        if unit.link(link).await?.is_none() {
            return Ok(false);
        }
        unit.insert_note(&note).await?;
        // What it says is not in the log: notes can be taken away, the log cannot.
        let (action, detail) = (AuditAction::NoteAdded, note.id.to_string());
        self.audit(&mut *unit, Some(link), Actor::Staff(caller.id()), action, detail).await?;
        unit.commit().await?;
        Ok(true)
    }

    /// Takes the caller's own note away; `false` when there is none, or it is another's.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn delete_note(
        &self,
        caller: &StaffCaller,
        link: LinkId,
        note: NoteId,
    ) -> Result<bool, ServiceError> {
        let mut unit = self.storage().begin().await?;
        if !unit.delete_note(link, note, caller.id()).await? {
            return Ok(false);
        }
        let (action, detail) = (AuditAction::NoteDeleted, note.to_string());
        self.audit(&mut *unit, Some(link), Actor::Staff(caller.id()), action, detail).await?;
        unit.commit().await?;
        Ok(true)
    }

    /// Gives the link into these hands, or into nobody's.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn assign(
        &self,
        caller: &StaffCaller,
        link: LinkId,
        to: Option<StaffId>,
    ) -> Result<AssignOutcome, ServiceError> {
        let mut unit = self.storage().begin().await?;
        if let Some(to) = to
            && unit.staff(to).await?.is_none_or(|staff| staff.deactivated_at.is_some())
        {
            return Ok(AssignOutcome::NoSuchStaff);
        }
        let Some(known) = unit.link(link).await? else { return Ok(AssignOutcome::NoSuchLink) };
        if known.assignee == to {
            return Ok(AssignOutcome::Done);
        }
        unit.assign(link, to).await?;
        let detail = to.map_or_else(|| "nobody".to_owned(), |staff| staff.to_string());
        let actor = Actor::Staff(caller.id());
        self.audit(&mut *unit, Some(link), actor, AuditAction::Assigned, detail).await?;
        unit.commit().await?;
        Ok(AssignOutcome::Done)
    }
}
