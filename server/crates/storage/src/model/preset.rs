//! Named sets of permissions.

use domain::{PermissionSet, PresetId, PresetName, Timestamp};

/// A set of permissions with a name. One that was removed stays, so that the audit log's ids lead somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preset {
    /// Its id.
    pub id: PresetId,
    /// Its name; of those not removed, no two have the same, whatever the case.
    pub name: PresetName,
    /// What a link made with it asks for.
    pub permissions: PermissionSet,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub changed_at: Timestamp,
    /// When it was removed.
    pub removed_at: Option<Timestamp>,
}
