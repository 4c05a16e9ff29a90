//! Keyed fingerprints: the same values give the same 32 bytes, and without the key those bytes tell nothing.

use std::fmt;

use aws_lc_rs::hmac;

use crate::aead::Key;

/// The only way of computing them so far. A change of it takes the next number, and knows no earlier fingerprint.
const VERSION: u8 = 1;

/// Makes fingerprints under the installation key. Holds the key: wiped when dropped, shown by nobody.
pub struct Fingerprinter(Key);

/// What a fingerprint is for. The same parts give another one for each purpose, so that fingerprints of different
/// columns can never be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// One value of one link. Parts: link, field, value.
    Value,
    /// All values that one check used. Parts: those values, in an order that is always the same.
    Submission,
    /// A UKG Pro account, the same for every link. Parts: host, Customer API Key, username.
    Account,
    /// A question put to a passkey. Parts: random bytes, until when, whose.
    Challenge,
    /// What a guess at sign-in counts against. Parts: its kind, what it is.
    Guess,
    /// The secret of an authenticator app. Parts: staff account, seed.
    Authenticator,
    /// The secret that messages to an endpoint are signed with. Parts: endpoint, seed.
    Webhook,
    /// An entry of the audit log. Parts: its hash, which holds every entry before it.
    AuditEntry,
    /// The newest entry of the audit log, as it is kept beside the log. Parts: its position (8, big endian), its
    /// hash, up to which position (8, big endian) entries were there before the log was a chain. Without the last: before
    /// the installation's key said that there is such a seal.
    AuditHead,
    /// The token of an invite that a letter brings, so that a second try to send it has the same one. Parts: the invite.
    LetterToken,
    /// What proves that an address to stop reminders is one of ours. Parts: link, invite of the reminder.
    Unsubscribe,
}

impl Fingerprinter {
    pub(crate) fn new(key: Key) -> Self {
        Self(key)
    }

    /// The fingerprint of these parts. Their number and their borders count: `["ab", "c"]` is not `["a", "bc"]`.
    #[must_use]
    pub fn of(&self, purpose: Purpose, parts: &[&[u8]]) -> [u8; 32] {
        // Made anew for each use; the library wipes its own copy when it frees it.
        let mut mac = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, self.0.bytes()));
        mac.update(b"linkdesk fingerprint\0");
        mac.update(&[VERSION]);
        mac.update(purpose.as_str().as_bytes());
        mac.update(b"\0");
        for part in parts {
            mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            mac.update(part);
        }
        let mut bytes = [0; 32];
        bytes.copy_from_slice(mac.sign().as_ref());
        bytes
    }
}

impl Purpose {
    /// Every purpose.
    pub const ALL: [Self; 11] = [
        Self::Value,
        Self::Submission,
        Self::Account,
        Self::Challenge,
        Self::Guess,
        Self::Authenticator,
        Self::Webhook,
        Self::AuditEntry,
        Self::AuditHead,
        Self::LetterToken,
        Self::Unsubscribe,
    ];

    /// The name that goes into the fingerprint; it never changes.
    const fn as_str(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Submission => "submission",
            Self::Account => "account",
            Self::Challenge => "challenge",
            Self::Guess => "guess",
            Self::Authenticator => "authenticator",
            Self::Webhook => "webhook",
            Self::AuditEntry => "audit entry",
            Self::AuditHead => "audit head",
            Self::LetterToken => "letter token",
            Self::Unsubscribe => "unsubscribe",
        }
    }
}

impl fmt::Debug for Fingerprinter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Fingerprinter(***)")
    }
}
