//! The presets' page, for owners.

use domain::DraftMistake;

/// The heading.
pub const PRESETS: &str = "Presets";
/// Under it.
pub const LEAD: &str = "Sets of permissions with a name. Whoever makes an invite starts from one with a click; links that exist keep \
                        what they ask for.";
/// Heading of the form for a new one.
pub const ADD: &str = "Add a preset";
/// Its button.
pub const ADD_BUTTON: &str = "Add the preset";
/// Label of the name.
pub const NAME: &str = "Name";
/// Its hint.
pub const NAME_HINT: &str = "Up to 40 characters, such as “Payroll and time off”.";
/// Saves a changed one.
pub const SAVE: &str = "Save";
/// Removes one.
pub const REMOVE: &str = "Remove";
/// Opens one to be changed.
pub const CHANGE: &str = "Change";
/// When there is none.
pub const NONE: &str = "There are no presets. Whoever makes an invite ticks each permission.";
/// The number of permissions.
#[must_use]
pub fn count(permissions: usize) -> String {
    match permissions {
        1 => "1 permission".to_owned(),
        many => format!("{many} permissions"),
    }
}
/// After it was kept.
pub const KEPT: &str = "Saved.";
/// After it was removed.
pub const REMOVED: &str = "Removed. Links made with it keep their permissions.";
/// Another has the name.
pub const NAME_TAKEN: &str = "Another preset has this name. Choose another.";
/// There are as many as may be.
#[must_use]
pub fn too_many(most: usize) -> String {
    format!("There are {most} presets already. Remove one that nobody uses.")
}
/// It is gone.
pub const GONE: &str = "This preset was removed in the meantime.";

/// What is wrong with a name.
#[must_use]
pub const fn name_mistake(mistake: DraftMistake) -> &'static str {
    match mistake {
        DraftMistake::TooLong => "Shorten the name to 40 characters.",
        DraftMistake::ControlCharacter => "There is an invisible character in it. Type it anew, in one line.",
        DraftMistake::Missing
        | DraftMistake::NotAnAddress
        | DraftMistake::Unknown
        | DraftMistake::NotDays
        | DraftMistake::NeedsAddress => "Give it a name.",
    }
}
