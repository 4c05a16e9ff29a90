//! Who is calling. Only this crate makes these, so an unchecked call does not compile.

use domain::{EmailAddress, Role, SessionId, StaffId, Timestamp};
use storage::{Staff, StaffSession};

/// A staff member whose session was checked.
#[derive(Clone, Debug)]
pub struct StaffCaller {
    id: StaffId,
    email: EmailAddress,
    role: Role,
    session: SessionId,
    confirmed_at: Timestamp,
}

/// An owner whose session was checked.
#[derive(Clone, Debug)]
pub struct OwnerCaller(StaffCaller);

/// Somebody who proved in the last minutes who they are: what cannot be taken back is asked for by nobody else. Made by
/// [`Services::confirmed_staff`](crate::Services::confirmed_staff) and
/// [`Services::confirmed_owner`](crate::Services::confirmed_owner).
#[derive(Clone, Debug)]
pub struct Confirmed<C>(C);

impl StaffCaller {
    pub(super) fn of(staff: Staff, session: &StaffSession) -> Self {
        Self {
            id: staff.id,
            email: staff.email,
            role: staff.role,
            session: session.id,
            confirmed_at: session.confirmed_at,
        }
    }

    /// Whose.
    #[must_use]
    pub const fn id(&self) -> StaffId {
        self.id
    }

    /// The address they signed in with.
    #[must_use]
    pub const fn email(&self) -> &EmailAddress {
        &self.email
    }

    /// What they may do.
    #[must_use]
    pub const fn role(&self) -> Role {
        self.role
    }

    /// The name of their session.
    #[must_use]
    pub const fn session(&self) -> SessionId {
        self.session
    }

    /// When they last proved who they are.
    #[must_use]
    pub const fn confirmed_at(&self) -> Timestamp {
        self.confirmed_at
    }

    /// The same with an owner's right; `None` for everybody else.
    #[must_use]
    pub fn as_owner(&self) -> Option<OwnerCaller> {
        (self.role == Role::Owner).then(|| OwnerCaller(self.clone()))
    }
}

impl OwnerCaller {
    /// The same as any staff member.
    #[must_use]
    pub const fn staff(&self) -> &StaffCaller {
        &self.0
    }
}

impl<C> Confirmed<C> {
    pub(super) const fn new(caller: C) -> Self {
        Self(caller)
    }

    /// Who.
    #[must_use]
    pub const fn caller(&self) -> &C {
        &self.0
    }
}
