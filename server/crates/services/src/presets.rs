//! Presets: sets of permissions with a name. Staff choose one for an invite, owners edit them.

use domain::{Permission, PermissionSet, PresetId, PresetName};
use storage::{Actor, AuditAction, Preset, UnitOfWork};

use crate::{OwnerCaller, ServiceError, Services, StaffCaller};

/// How many presets there are at most: more than a page of buttons helps nobody.
pub const PRESETS_MAX: usize = 30;

/// The presets of a new installation, as examples.
const EXAMPLES: [(&str, &[Permission]); 2] = [
    ("Everything", &Permission::ALL),
    (
        "Only people",
        &[
            Permission::EmployeePersonDetails,
            Permission::EmployeeEmploymentInformation,
            Permission::PersonnelIntegration,
            Permission::EmployeeJobHistoryDetails,
        ],
    ),
];

/// What came of editing a preset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PresetOutcome {
    /// It was kept.
    Kept,
    /// Another has this name.
    NameTaken,
    /// There are as many as there may be.
    TooMany,
    /// There is none of this id any more.
    Gone,
}

impl Services {
    /// The presets, by name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn presets(&self, _: &StaffCaller) -> Result<Vec<Preset>, ServiceError> {
        Ok(self.storage().presets().await?)
    }

    /// Adds a preset.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn add_preset(
        &self,
        owner: &OwnerCaller,
        name: PresetName,
        permissions: PermissionSet,
    ) -> Result<PresetOutcome, ServiceError> {
        let mut unit = self.storage().begin().await?;
        let presets = unit.presets().await?;
        if presets.len() >= PRESETS_MAX {
            return Ok(PresetOutcome::TooMany);
        }
        if presets.iter().any(|other| other.name.is(name.as_str())) {
            return Ok(PresetOutcome::NameTaken);
        }
        self.keep_preset(&mut *unit, name, permissions, Actor::Staff(owner.staff().id())).await?;
        unit.commit().await?;
        Ok(PresetOutcome::Kept)
    }

    /// Gives a preset another name and other permissions. Links made with it keep theirs.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn change_preset(
        &self,
        owner: &OwnerCaller,
        id: PresetId,
        name: PresetName,
        permissions: PermissionSet,
    ) -> Result<PresetOutcome, ServiceError> {
        let mut unit = self.storage().begin().await?;
        let presets = unit.presets().await?;
        let Some(preset) = presets.iter().find(|preset| preset.id == id) else {
            return Ok(PresetOutcome::Gone);
        };
        if presets.iter().any(|other| other.id != id && other.name.is(name.as_str())) {
            return Ok(PresetOutcome::NameTaken);
        }
        if preset.name == name && preset.permissions == permissions {
            return Ok(PresetOutcome::Kept);
        }
        let changed = Preset { name, permissions, changed_at: self.now(), ..preset.clone() };
        unit.update_preset(&changed).await?;
        let (actor, action) = (Actor::Staff(owner.staff().id()), AuditAction::PresetChanged);
        self.audit(&mut *unit, None, actor, action, told(&changed)).await?;
        unit.commit().await?;
        Ok(PresetOutcome::Kept)
    }

    /// Removes a preset. Links made with it stay as they are.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn remove_preset(
        &self,
        owner: &OwnerCaller,
        id: PresetId,
    ) -> Result<PresetOutcome, ServiceError> {
        let mut unit = self.storage().begin().await?;
        let presets = unit.presets().await?;
        let Some(preset) = presets.iter().find(|preset| preset.id == id) else {
            return Ok(PresetOutcome::Gone);
        };
        unit.remove_preset(id, self.now()).await?;
        let (actor, action) = (Actor::Staff(owner.staff().id()), AuditAction::PresetRemoved);
        self.audit(&mut *unit, None, actor, action, told(preset)).await?;
        unit.commit().await?;
        Ok(PresetOutcome::Kept)
    }

    /// Gives a new installation its examples; one whose owners removed every preset stays without. Called at start.
    ///
    /// # Errors
    /// When they cannot be kept.
    pub async fn seed_presets(&self) -> Result<(), ServiceError> {
        if self.storage().ever_had_presets().await? {
            return Ok(());
        }
        let mut unit = self.storage().begin().await?;
        // Another process may have been faster.
        if unit.ever_had_presets().await? {
            return Ok(());
        }
        for (name, permissions) in EXAMPLES {
            let name = PresetName::parse(name).map_err(|invalid| ServiceError::Unexpected(invalid.into()))?;
            self.keep_preset(&mut *unit, name, PermissionSet::new(permissions), Actor::System).await?;
        }
        Ok(unit.commit().await?)
    }

    async fn keep_preset(
        &self,
        unit: &mut dyn UnitOfWork,
        name: PresetName,
        permissions: PermissionSet,
        actor: Actor,
    ) -> Result<(), ServiceError> {
        let now = self.now();
        let id = PresetId::new(now, self.id_bytes()?);
        let preset = Preset { id, name, permissions, created_at: now, changed_at: now, removed_at: None };
        unit.insert_preset(&preset).await?;
        self.audit(unit, None, actor, AuditAction::PresetAdded, told(&preset)).await
    }
}

/// What the audit log says of a preset: its id, its permissions, and its name last, which may hold anything.
fn told(preset: &Preset) -> String {
    let permissions: Vec<&str> = preset.permissions.iter().map(Permission::slug).collect();
    format!("{}: {}: {}", preset.id, permissions.join(","), preset.name)
}
