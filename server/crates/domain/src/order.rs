//! What staff ask for when they invite a customer: the texts of a form, or of a line of a table, and what is read from
//! them. One reading for both, so that both refuse the same things for the same reasons.

use crate::{
    CustomerName, EmailAddress, InvalidContact, Language, Permission, PermissionSet, PresetName, Reference,
    RemindAfter, WelcomeNote,
};

/// How many days an invite is good for at most.
pub const INVITE_DAYS_MAX: u16 = 90;
/// How many days an invite is good for, unless staff say otherwise.
pub const INVITE_DAYS: u16 = 14;

/// The texts, as they were typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InviteDraft {
    /// The customer.
    pub customer: String,
    /// Whom the invite is for.
    pub email: String,
    /// Staff's own name for it.
    pub reference: String,
    /// Permissions, each by its stable name or by UKG's label.
    pub permissions: Vec<String>,
    /// A preset whose permissions are added.
    pub preset: String,
    /// How many days the invite is good for, as `14` or `14d`; empty for the usual.
    pub days: String,
    /// The language; empty for English.
    pub language: String,
    /// The note on the invite's page.
    pub note: String,
    /// After how many days to remind; empty or `off` for never.
    pub remind: String,
}

/// The texts, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InviteOrder {
    /// The customer.
    pub customer: CustomerName,
    /// Whom the invite is for, if known.
    pub contact: Option<EmailAddress>,
    /// Staff's own name for it.
    pub reference: Option<Reference>,
    /// What the link asks for.
    pub permissions: PermissionSet,
    /// How many days the invite is good for.
    pub days: u16,
    /// The language.
    pub language: Language,
    /// The note on the invite's page.
    pub note: Option<WelcomeNote>,
    /// After how many days to remind.
    pub remind: Option<RemindAfter>,
}

/// A field of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DraftField {
    /// The customer.
    Customer,
    /// The contact's e-mail address.
    Email,
    /// The reference.
    Reference,
    /// The permissions.
    Permissions,
    /// The preset.
    Preset,
    /// How many days.
    Days,
    /// The language.
    Language,
    /// The note.
    Note,
    /// The reminders.
    Remind,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftMistake {
    /// It must not be empty.
    Missing,
    /// It is longer than is kept.
    TooLong,
    /// It holds a character nobody sees.
    ControlCharacter,
    /// It is no e-mail address.
    NotAnAddress,
    /// It names something that does not exist.
    Unknown,
    /// It is no number from 1 to 90.
    NotDays,
    /// It needs an e-mail address.
    NeedsAddress,
}

/// A field with what is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DraftProblem {
    /// The field.
    pub field: DraftField,
    /// What is wrong.
    pub mistake: DraftMistake,
}

impl DraftField {
    /// Every field.
    pub const ALL: [Self; 9] = [
        Self::Customer,
        Self::Email,
        Self::Reference,
        Self::Permissions,
        Self::Preset,
        Self::Days,
        Self::Language,
        Self::Note,
        Self::Remind,
    ];

    /// The field that a heading of a table means, however it is spelt.
    #[must_use]
    pub fn of_heading(heading: &str) -> Option<Self> {
        let plain: String = heading.trim().to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
        Self::ALL.into_iter().find(|field| field.as_str() == plain || field.also().contains(&plain.as_str()))
    }

    /// What else its heading may say, in small letters and without what is neither letter nor digit.
    const fn also(self) -> &'static [&'static str] {
        match self {
            Self::Customer => &["customername", "company"],
            Self::Email => &["emailaddress", "contact", "contactemail"],
            Self::Reference => &["ref"],
            Self::Permissions => &["permission"],
            Self::Days => &["expiresin", "expires", "expiresindays"],
            Self::Remind => &["reminders", "remindafter"],
            Self::Preset | Self::Language | Self::Note => &[],
        }
    }

    /// The field's name in forms and tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Email => "email",
            Self::Reference => "reference",
            Self::Permissions => "permissions",
            Self::Preset => "preset",
            Self::Days => "days",
            Self::Language => "language",
            Self::Note => "note",
            Self::Remind => "remind",
        }
    }
}

impl InviteDraft {
    /// Reads every field. `presets` are those there are.
    ///
    /// # Errors
    /// Everything that is wrong, at most one mistake per field, in the order of the fields.
    pub fn read(&self, presets: &[(PresetName, PermissionSet)]) -> Result<InviteOrder, Vec<DraftProblem>> {
        let mut problems = Vec::new();
        let customer =
            note(&mut problems, DraftField::Customer, CustomerName::entered(&self.customer).map_err(why));
        let contact =
            note(&mut problems, DraftField::Email, optional(&self.email, EmailAddress::entered)).flatten();
        let reference =
            note(&mut problems, DraftField::Reference, optional(&self.reference, Reference::entered))
                .flatten();
        let asked = note(&mut problems, DraftField::Permissions, permissions(&self.permissions));
        let preset = note(&mut problems, DraftField::Preset, preset(&self.preset, presets)).flatten();
        let days = note(&mut problems, DraftField::Days, days(&self.days));
        let language = note(&mut problems, DraftField::Language, language(&self.language));
        let text = note(&mut problems, DraftField::Note, optional(&self.note, WelcomeNote::parse)).flatten();
        let needs_address = contact.is_none() && self.email.trim().is_empty();
        let remind = note(&mut problems, DraftField::Remind, remind(&self.remind, needs_address)).flatten();
        match (customer, asked, days, language) {
            (Some(customer), Some(mut asked), Some(days), Some(language)) if problems.is_empty() => {
                asked.extend(preset.iter().flat_map(PermissionSet::iter));
                let permissions = PermissionSet::new(&asked);
                Ok(InviteOrder {
                    customer,
                    contact,
                    reference,
                    permissions,
                    days,
                    language,
                    note: text,
                    remind,
                })
            }
            (..) => Err(problems),
        }
    }
}

/// The value, or `None` with the mistake noted.
fn note<T>(problems: &mut Vec<DraftProblem>, field: DraftField, read: Result<T, DraftMistake>) -> Option<T> {
    read.map_err(|mistake| problems.push(DraftProblem { field, mistake })).ok()
}

fn why(invalid: InvalidContact) -> DraftMistake {
    match invalid {
        InvalidContact::Empty => DraftMistake::Missing,
        InvalidContact::TooLong => DraftMistake::TooLong,
        InvalidContact::ControlCharacter => DraftMistake::ControlCharacter,
        InvalidContact::NotAnAddress => DraftMistake::NotAnAddress,
    }
}

/// A field that may be empty.
fn optional<T>(
    text: &str,
    parse: impl Fn(&str) -> Result<T, InvalidContact>,
) -> Result<Option<T>, DraftMistake> {
    if text.trim().is_empty() { Ok(None) } else { parse(text).map(Some).map_err(why) }
}

fn permissions(texts: &[String]) -> Result<Vec<Permission>, DraftMistake> {
    texts.iter().filter(|text| !text.trim().is_empty()).map(|text| permission(text)).collect()
}

/// A permission by its stable name or by UKG's label, whatever the case.
fn permission(text: &str) -> Result<Permission, DraftMistake> {
    let plain = text.trim().to_lowercase();
    Permission::ALL
        .into_iter()
        .find(|known| known.slug() == plain || known.label().to_lowercase() == plain)
        .ok_or(DraftMistake::Unknown)
}

fn preset(
    text: &str,
    presets: &[(PresetName, PermissionSet)],
) -> Result<Option<PermissionSet>, DraftMistake> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let found = presets.iter().find(|(name, _)| name.is(text));
    found.map(|(_, permissions)| Some(permissions.clone())).ok_or(DraftMistake::Unknown)
}

fn days(text: &str) -> Result<u16, DraftMistake> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(INVITE_DAYS);
    }
    let number = text.strip_suffix(['d', 'D']).unwrap_or(text);
    let plain = !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit());
    let days = number.parse::<u16>().ok().filter(|days| plain && (1..=INVITE_DAYS_MAX).contains(days));
    days.ok_or(DraftMistake::NotDays)
}

fn language(text: &str) -> Result<Language, DraftMistake> {
    match text.trim() {
        "" => Ok(Language::default()),
        tag => tag.to_lowercase().parse().map_err(|_| DraftMistake::Unknown),
    }
}

fn remind(text: &str, needs_address: bool) -> Result<Option<RemindAfter>, DraftMistake> {
    match text.trim().to_lowercase().as_str() {
        "" | "off" => Ok(None),
        _ if needs_address => Err(DraftMistake::NeedsAddress),
        days => days.parse().map(Some).map_err(|_| DraftMistake::Unknown),
    }
}

#[cfg(test)]
mod tests;
