//! What a recogniser changed between the text and the value, so that it can be said.

/// A harmless change a recogniser made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub enum Change {
    /// White space or line breaks around the text were left out.
    Trimmed = 1,
    /// Small letters were made capital ones.
    Uppercased = 1 << 1,
    /// Words that were copied along, such as the label, were left out.
    LabelLeftOut = 1 << 2,
    /// One of several values was taken: the Customer API Key, or the Login service endpoint.
    OneOfSeveral = 1 << 3,
    /// Characters that cannot be seen were left out.
    InvisibleLeftOut = 1 << 4,
    /// Quotes, brackets or punctuation around the value were left out.
    QuotesLeftOut = 1 << 5,
    /// Spaces or line breaks inside the value were left out.
    SpacesLeftOut = 1 << 6,
    /// Wide letters or long dashes were made the plain ones they stand for.
    MadePlain = 1 << 7,
    /// The address was written with `http`, or its `https` was misspelled; calls go to https always.
    HttpsUsed = 1 << 8,
    /// What follows the host in the address was left out.
    PathLeftOut = 1 << 9,
}

/// A set of changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes(u16);

impl Change {
    /// Every change, in the order in which they are said.
    pub const ALL: [Self; 10] = [
        Self::OneOfSeveral,
        Self::LabelLeftOut,
        Self::QuotesLeftOut,
        Self::SpacesLeftOut,
        Self::Trimmed,
        Self::InvisibleLeftOut,
        Self::MadePlain,
        Self::Uppercased,
        Self::HttpsUsed,
        Self::PathLeftOut,
    ];
}

impl Changes {
    /// No change.
    pub const NONE: Self = Self(0);

    /// Whether this change is among them.
    #[must_use]
    pub const fn contains(self, change: Change) -> bool {
        self.0 & change as u16 != 0
    }

    /// Whether nothing was changed.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The changes, in the order in which they are said.
    pub fn iter(self) -> impl Iterator<Item = Change> {
        Change::ALL.iter().copied().filter(move |change| self.contains(*change))
    }

    /// Adds a change.
    pub(super) fn add(&mut self, change: Change) {
        self.0 |= change as u16;
    }

    /// Adds these changes.
    pub(super) fn add_all(&mut self, more: Self) {
        self.0 |= more.0;
    }

    /// Adds a change if `made`.
    pub(super) fn add_if(&mut self, made: bool, change: Change) {
        if made {
            self.add(change);
        }
    }
}

impl FromIterator<Change> for Changes {
    fn from_iter<I: IntoIterator<Item = Change>>(changes: I) -> Self {
        let mut set = Self::NONE;
        changes.into_iter().for_each(|change| set.add(change));
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_tells_what_is_in_it() {
        let set: Changes = [Change::Uppercased, Change::LabelLeftOut].into_iter().collect();

        assert!(set.contains(Change::Uppercased) && !set.contains(Change::Trimmed));
        assert_eq!(set.iter().collect::<Vec<_>>(), [Change::LabelLeftOut, Change::Uppercased]);
        assert!(Changes::NONE.is_empty() && !set.is_empty());
        assert_eq!(Change::ALL.into_iter().collect::<Changes>().iter().count(), Change::ALL.len());
    }
}
