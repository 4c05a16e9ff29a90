//! Which values a link's next check asks with: what is to replace those in use where there is such, else those in use.

use domain::{CredentialField, WebServicesHost};
use storage::{FieldState, Fingerprint, Link, SealedCredential, Slot};

/// A link's values for the next check; only of a link that has all of them.
#[derive(Debug)]
pub(crate) struct InEffect<'a> {
    host: &'a WebServicesHost,
    credentials: [&'a SealedCredential; 3],
}

impl<'a> InEffect<'a> {
    /// The values the next check asks with; `None` while one is missing.
    pub(crate) fn next(link: &'a Link, values: &'a [SealedCredential]) -> Option<Self> {
        let host = link.fresh_host.as_ref().or(link.host.as_ref())?;
        Self::of(host, |field| find(values, field, Slot::Fresh).or_else(|| find(values, field, Slot::Saved)))
    }

    /// The values in use, whatever is to replace them; `None` while one is missing.
    pub(crate) fn in_use(link: &'a Link, values: &'a [SealedCredential]) -> Option<Self> {
        Self::of(link.host.as_ref()?, |field| find(values, field, Slot::Saved))
    }

    fn of(
        host: &'a WebServicesHost,
        find: impl Fn(CredentialField) -> Option<&'a SealedCredential>,
    ) -> Option<Self> {
        let credentials = [
            find(CredentialField::CustomerApiKey)?,
            find(CredentialField::Username)?,
            find(CredentialField::Password)?,
        ];
        Some(Self { host, credentials })
    }

    /// The host.
    pub(crate) const fn host(&self) -> &WebServicesHost {
        self.host
    }

    /// Key, username, password.
    pub(crate) const fn credentials(&self) -> [&'a SealedCredential; 3] {
        self.credentials
    }
}

fn find(values: &[SealedCredential], field: CredentialField, slot: Slot) -> Option<&SealedCredential> {
    values.iter().find(|value| value.field == field && value.slot == slot)
}

/// Whether anything waits to replace what is in use.
pub(crate) fn has_fresh(link: &Link, fields: &[FieldState]) -> bool {
    link.fresh_host.is_some() || fields.iter().any(|state| state.slot == Slot::Fresh)
}

/// What tells one value of a field in this slot from another.
pub(crate) fn print_in(fields: &[FieldState], field: CredentialField, slot: Slot) -> Option<Fingerprint> {
    fields.iter().find(|state| state.field == field && state.slot == slot)?.fingerprint
}

/// Whether what waits leads to another UKG Pro tenant than what is in use: another host, or another Customer API Key.
/// A new service account in the same tenant is none.
pub(crate) fn is_other_tenant(link: &Link, fields: &[FieldState]) -> bool {
    let key = CredentialField::CustomerApiKey;
    let fresh_key = fields.iter().any(|state| state.field == key && state.slot == Slot::Fresh);
    let other_host = link.fresh_host.is_some() && link.fresh_host != link.host;
    other_host || (fresh_key && print_in(fields, key, Slot::Fresh) != print_in(fields, key, Slot::Saved))
}
