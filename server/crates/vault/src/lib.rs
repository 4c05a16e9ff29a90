//! The only crate that knows ciphers: it seals what a customer entrusts to us and opens it again.
//!
//! Envelope encryption, AES-256-GCM throughout. Each link has its own random **data key**; the data key is
//! **wrapped** by a **key-encryption key** from the key file and stored beside the values it seals. Destroying
//! the wrapped data key therefore destroys the values, backups of the other columns included.
//!
//! What this crate must not do: store anything, log anything, read the environment, or offer a way to run
//! without a key.
//!
//! # What is bound to what
//!
//! Both envelopes are `version (1 byte) ‖ nonce (12) ‖ ciphertext ‖ tag (16)`; the nonce is fresh each time.
//! The associated data are not stored but must match to open:
//!
//! | envelope | associated data |
//! |---|---|
//! | [`WrappedDataKey`] | purpose, version, id of the key-encryption key, link |
//! | [`WrappedInstallationKey`] | purpose (one says that the audit log's end has its seal), version, id of the key-encryption key |
//! | [`SealedValue`] | purpose, version, link, field |
//!
//! So a ciphertext copied to another field, row or link does not open, even for someone who can write to
//! the database. What this does not stop: putting back an older value of the same field of the same link.
//!
//! # Fingerprints
//!
//! To know a value again without opening it, the installation has one more key of 32 random bytes, wrapped like a data
//! key and stored beside the links. Under it [`Fingerprinter`] computes HMAC-SHA256 of
//! `"linkdesk fingerprint\0" ‖ version (1 byte) ‖ purpose ‖ \0 ‖ (length (8, big endian) ‖ part)*`:
//!
//! | [`Purpose`] | parts, in this order | tells |
//! |---|---|---|
//! | `value` | link, field, value | that a value of this link was entered before |
//! | `submission` | the values of one check | that these very values were refused before |
//! | `account` | host, Customer API Key, username | that two links lead to the same UKG Pro account |
//! | `challenge` | random bytes, time, staff account or nothing | that a question to a passkey is one of ours |
//! | `guess` | kind, address, account or session | that a guess at sign-in counts against the same as another |
//! | `authenticator` | staff account, seed | nothing: its first 20 bytes are the secret of an authenticator app |
//! | `webhook` | endpoint, seed | nothing: it is the secret that messages to an endpoint are signed with |
//! | `audit entry` | the hash of an entry of the audit log | that this installation wrote the entry, and all before it |
//! | `audit head` | position (8 bytes, big endian), hash of the newest entry, position (as before) up to which entries were found | the same of the note of where the log ends |
//! | `letter token` | invite | nothing: it is the token of an invite that is mailed |
//! | `unsubscribe` | link, invite | that an address to stop reminders is one of ours |
//!
//! The database alone therefore tells which values are equal and nothing about them: without the key file nobody can
//! try guesses against a fingerprint. A username is short enough to be guessed, so an unkeyed digest would not do.
//!
//! # The key file
//!
//! Plain text, readable by its owner alone (`chmod 600`); `linkdesk keygen --out FILE` makes one. `#` begins a
//! comment, blank lines are skipped, every other line is one key:
//!
//! ```text
//! # id      key: 32 bytes, as 64 hexadecimal digits or as base64
//! k5d01c7ae 8Pz0c3…=                primary
//! k19f3a2b0 6f1d…                   # still needed for what was sealed before the rotation
//! ```
//!
//! - An id is 1 to 32 of `a-z`, `0-9`, `-`, `_`. It is stored beside each data key, so it never changes.
//! - Exactly one line ends in the word `primary`: new data keys are wrapped by that key. All keys unwrap.
//! - To rotate: make a second key file, copy its key line into the first, move the word `primary` to it,
//!   restart, let [`Vault::rewrap`] run over every link and [`Vault::rewrap_installation_key`] over the installation's
//!   key, and only then remove the old line.
//!
//! # Example
//!
//! ```
//! use domain::{LinkId, Secret, Timestamp};
//! use vault::{CredentialField, Keyring, Vault, random_bytes};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let vault = Vault::new(Keyring::parse(&Keyring::generate()?)?);
//! let link = LinkId::new(Timestamp::from_millis(0), random_bytes()?);
//!
//! let key = vault.new_data_key(link)?;
//! let sealed = vault.seal(&key, link, CredentialField::Password, &Secret::new("made-up".into()))?;
//!
//! assert_eq!(vault.open(&key, link, CredentialField::Password, &sealed)?.expose(), "made-up");
//! assert!(vault.open(&key, link, CredentialField::Username, &sealed).is_err());
//! # Ok(()) }
//! ```

mod aead;
mod envelope;
mod error;
mod fingerprint;
mod keyring;
mod mac;
mod one_time;
mod random;
mod sealing;
mod signature;

#[cfg(test)]
mod tests;

pub use domain::CredentialField;
pub use envelope::{SealedValue, WrappedDataKey, WrappedInstallationKey};
pub use error::VaultError;
pub use fingerprint::{Fingerprinter, Purpose};
pub use keyring::{InvalidKeyId, KeyFileError, KeyId, Keyring};
pub use mac::hmac_sha256;
pub use one_time::is_one_time_code;
pub use random::{random_bytes, sha256};
pub use sealing::Vault;
pub use signature::{PASSKEY_ALGORITHMS, is_public_key, is_signed};
