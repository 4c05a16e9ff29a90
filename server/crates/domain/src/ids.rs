//! Ids: UUIDv7 (they sort by creation time) printed with a prefix that tells what they name, as `lnk_018f…`.

use std::fmt;
use std::str::FromStr;

use uuid::{Builder, Uuid};

use crate::Timestamp;

/// The text is not an id of the expected kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a valid {0} id")]
pub struct InvalidId(&'static str);

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Uuid);

        impl $name {
            /// A new id from the time and ten random bytes, both handed in by the caller.
            #[must_use]
            pub fn new(now: Timestamp, random: [u8; 10]) -> Self {
                let millis = u64::try_from(now.as_millis()).unwrap_or(0);
                Self(Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
            }

            /// The sixteen bytes, for binding a ciphertext to its row.
            #[must_use]
            pub fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "_{}"), self.0.as_simple())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                let digits = text.strip_prefix(concat!($prefix, "_")).ok_or(InvalidId($prefix))?;
                // Only the form we print: 32 lower-case digits. Otherwise one row would have many names.
                let ours = digits.len() == 32 && digits.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
                if !ours {
                    return Err(InvalidId($prefix));
                }
                Uuid::try_parse(digits).map(Self).map_err(|_| InvalidId($prefix))
            }
        }
    };
}

id!(
    /// Names a link: one customer's UKG Pro account.
    LinkId, "lnk"
);
id!(
    /// Names an invite. Not the token in its URL, which is secret.
    InviteId, "inv"
);
id!(
    /// Names one step handed to a colleague. Not the token in its URL, which is secret.
    HandOverId, "hov"
);
id!(
    /// Names one run of the check.
    CheckId, "chk"
);
id!(
    /// Names a staff account.
    StaffId, "stf"
);
id!(
    /// Names a preset.
    PresetId, "pre"
);
id!(
    /// Names a staff member's signed-in browser. Not the token in its cookie, which is secret.
    SessionId, "ses"
);
id!(
    /// Names an invite to become staff. Not the token in its URL, which is secret.
    StaffInviteId, "sti"
);
id!(
    /// Names a passkey.
    PasskeyId, "pky"
);
id!(
    /// Names a note of the staff's on a link.
    NoteId, "not"
);
id!(
    /// Names an entry of the audit log.
    AuditId, "aud"
);
id!(
    /// Names an endpoint that webhooks go to.
    EndpointId, "whe"
);
id!(
    /// Names a message to an endpoint: a receiver knows it again by this.
    MessageId, "msg"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_as_printed() {
        let id = LinkId::new(Timestamp::from_millis(1_700_000_000_000), [7; 10]);

        assert_eq!(id.to_string().parse(), Ok(id));
    }

    #[test]
    fn another_kind_or_another_spelling_is_refused() {
        let id = LinkId::new(Timestamp::from_millis(1), [7; 10]).to_string();

        assert!(id.replace("lnk", "inv").parse::<LinkId>().is_err());
        assert!(id.to_uppercase().parse::<LinkId>().is_err());
        assert!("lnk_".parse::<LinkId>().is_err());
        assert!(id.parse::<InviteId>().is_err());
    }

    #[test]
    fn later_ids_sort_later() {
        let early = LinkId::new(Timestamp::from_millis(1_000), [255; 10]);
        let late = LinkId::new(Timestamp::from_millis(2_000), [0; 10]);

        assert!(early.to_string() < late.to_string());
    }
}
