//! Sessions: being recognised by one, and one's own as a list.

use domain::{SessionId, Timestamp};
use storage::{Actor, AuditAction, StaffSession};

use super::password::ended_detail;
use crate::{ServiceError, Services, StaffCaller, Token};

/// A session not used for this long is over, in milliseconds.
const IDLE_MILLIS: i64 = 30 * 60 * 1000;
/// A session this old is over, used or not, in seconds.
pub(super) const ABSOLUTE_SECONDS: i64 = 12 * 3600;
/// A use is noted at most this often, in milliseconds, so that reading pages does not write each time.
const TOUCH_MILLIS: i64 = 60 * 1000;

/// One of one's own sessions.
#[derive(Clone, Debug)]
pub struct SessionView {
    /// The session.
    pub session: StaffSession,
    /// Whether it is the one that asks.
    pub this_one: bool,
}

impl Services {
    /// Who holds this session; `None` when it is unknown or over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn recognise_staff(&self, session: &str) -> Result<Option<StaffCaller>, ServiceError> {
        let Some((session, caller)) = self.session_of(session).await? else { return Ok(None) };
        let now = self.now();
        if now.millis_since(session.last_used_at) >= TOUCH_MILLIS {
            let mut unit = self.storage().begin().await?;
            unit.touch_staff_session(&session.token, now).await?;
            unit.commit().await?;
        }
        Ok(Some(caller))
    }

    /// The same for what a page does by itself, which is no use of the session: one that is left alone still ends.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn recognise_watching_staff(&self, session: &str) -> Result<Option<StaffCaller>, ServiceError> {
        Ok(self.session_of(session).await?.map(|(_, caller)| caller))
    }

    /// Whether the caller's session is open still, with the right it had. Asked now and then by what goes on for long.
    pub(crate) async fn is_still_in(&self, caller: &StaffCaller) -> Result<bool, ServiceError> {
        let staff = self.storage().staff(caller.id()).await?;
        let may = staff.is_some_and(|staff| staff.deactivated_at.is_none() && staff.role == caller.role());
        let (now, sessions) = (self.now(), self.storage().staff_sessions(caller.id()).await?);
        Ok(may && sessions.iter().any(|session| session.id == caller.session() && !is_over(session, now)))
    }

    async fn session_of(&self, session: &str) -> Result<Option<(StaffSession, StaffCaller)>, ServiceError> {
        let Some(token) = Token::parse(session) else { return Ok(None) };
        let Some((session, staff)) = self.storage().staff_session(&token.hash()).await? else {
            return Ok(None);
        };
        if is_over(&session, self.now()) || staff.deactivated_at.is_some() {
            return Ok(None);
        }
        let caller = StaffCaller::of(staff, &session);
        Ok(Some((session, caller)))
    }

    /// Ends the session. Ending it twice is fine.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn sign_out(&self, caller: &StaffCaller, session: &str) -> Result<(), ServiceError> {
        let Some(token) = Token::parse(session) else { return Ok(()) };
        let mut unit = self.storage().begin().await?;
        unit.delete_staff_session(&token.hash()).await?;
        let actor = Actor::Staff(caller.id());
        self.audit(&mut *unit, None, actor, AuditAction::SignedOut, String::new()).await?;
        Ok(unit.commit().await?)
    }

    /// One's own sessions that are not over, last used first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn my_sessions(&self, caller: &StaffCaller) -> Result<Vec<SessionView>, ServiceError> {
        let now = self.now();
        let sessions = self.storage().staff_sessions(caller.id()).await?;
        let open = sessions.into_iter().filter(|session| !is_over(session, now));
        Ok(open.map(|session| SessionView { this_one: session.id == caller.session(), session }).collect())
    }

    /// Ends one of one's own sessions; `false` when there is none of this name.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn end_my_session(&self, caller: &StaffCaller, id: SessionId) -> Result<bool, ServiceError> {
        let mut unit = self.storage().begin().await?;
        let ended = unit.end_staff_session(caller.id(), id).await?;
        if ended {
            let (actor, detail) = (Actor::Staff(caller.id()), ended_detail(caller.id(), "one"));
            self.audit(&mut *unit, None, actor, AuditAction::SessionsEnded, detail).await?;
        }
        unit.commit().await?;
        Ok(ended)
    }

    /// Ends all of one's own sessions but the one that asks.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn end_my_other_sessions(&self, caller: &StaffCaller) -> Result<(), ServiceError> {
        let mut unit = self.storage().begin().await?;
        let ended = unit.end_staff_sessions(caller.id(), Some(caller.session())).await?;
        if ended > 0 {
            let (actor, detail) = (Actor::Staff(caller.id()), ended_detail(caller.id(), "all others"));
            self.audit(&mut *unit, None, actor, AuditAction::SessionsEnded, detail).await?;
        }
        Ok(unit.commit().await?)
    }
}

fn is_over(session: &StaffSession, now: Timestamp) -> bool {
    now.millis_since(session.last_used_at) >= IDLE_MILLIS
        || now.millis_since(session.created_at) >= ABSOLUTE_SECONDS * 1000
}
