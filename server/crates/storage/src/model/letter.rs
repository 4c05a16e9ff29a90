//! Records of mail that is owed: letters to links' contacts, news for staff.

use std::fmt;

use domain::{InviteId, LinkId, News, Timestamp};

/// Which letter a link's contact is owed. Names are stored: never renamed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LetterKind {
    /// The first invite, of a table or of one that could not be mailed at once.
    Invite,
    /// A fresh invite in place of one that ran out, asked for by its holder.
    Renewed,
    /// A fresh invite that staff give her.
    Again,
    /// A fresh invite, because she did not go on.
    Reminder,
    /// The link is linked.
    Linked,
    /// UKG Pro refuses the account; with a fresh invite.
    Broken,
    /// The link that was broken works again.
    Mended,
    /// The inviting company ended the link.
    EndedByCompany,
    /// The holder of an invite ended the link.
    EndedByHolder,
}

/// A letter that is owed to the contact of a link; of one link and kind there is never more than one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The link.
    pub link: LinkId,
    /// Which.
    pub kind: LetterKind,
    /// Since when it is owed.
    pub created_at: Timestamp,
    /// The fresh invite in it, once that was made.
    pub invite: Option<InviteId>,
}

/// News of a link that a staff member has still to be mailed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The link.
    pub link: LinkId,
    /// What happened.
    pub news: News,
    /// When.
    pub at: Timestamp,
}

impl LetterKind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Invite,
        Self::Renewed,
        Self::Again,
        Self::Reminder,
        Self::Linked,
        Self::Broken,
        Self::Mended,
        Self::EndedByCompany,
        Self::EndedByHolder,
    ];

    /// The stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Invite => "invite",
            Self::Renewed => "renewed",
            Self::Again => "again",
            Self::Reminder => "reminder",
            Self::Linked => "linked",
            Self::Broken => "broken",
            Self::Mended => "mended",
            Self::EndedByCompany => "ended_by_company",
            Self::EndedByHolder => "ended_by_holder",
        }
    }
}

impl fmt::Display for LetterKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
