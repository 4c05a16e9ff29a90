//! The key-encryption keys, and the text they are read from (the format is described at the crate's top).

mod error;
mod file;

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use zeroize::Zeroizing;

use crate::aead::{KEY_LENGTH, Key};
use crate::random_bytes;

pub use error::KeyFileError;

/// The word that marks the key for new data keys.
const PRIMARY: &str = "primary";

/// One or more key-encryption keys, one of them primary.
pub struct Keyring {
    primary: (KeyId, Key),
    others: Vec<(KeyId, Key)>,
}

/// The name of a key-encryption key: 1 to 32 of `a-z`, `0-9`, `-`, `_`. Not secret.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyId(String);

/// The text cannot name a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a key's id is 1 to 32 characters of a-z, 0-9, - and _")]
pub struct InvalidKeyId;

impl Keyring {
    /// Reads the text of a key file.
    ///
    /// # Errors
    /// Says which line is wrong and what it should be. No message repeats any part of a key.
    pub fn parse(text: &str) -> Result<Self, KeyFileError> {
        let mut primary = None;
        let mut others: Vec<(KeyId, Key)> = Vec::new();
        for (line, content) in (1..).zip(text.lines()) {
            let content = content.split_once('#').map_or(content, |(before, _)| before);
            if content.trim().is_empty() {
                continue;
            }
            let (id, key, is_primary) = parse_line(line, content)?;
            for (other_id, other_key) in primary.iter().chain(&others) {
                if *other_id == id {
                    return Err(KeyFileError::DuplicateId { line, id });
                }
                if other_key.bytes() == key.bytes() {
                    return Err(KeyFileError::SameKeyTwice { line, id, other: other_id.clone() });
                }
            }
            match (is_primary, &primary) {
                (true, Some((first, _))) => {
                    return Err(KeyFileError::SecondPrimary { line, first: first.clone() });
                }
                (true, None) => primary = Some((id, key)),
                (false, _) => others.push((id, key)),
            }
        }
        match primary {
            Some(primary) => Ok(Self { primary, others }),
            None if others.is_empty() => Err(KeyFileError::NoKey),
            None => Err(KeyFileError::NoPrimary),
        }
    }

    /// The text of a new key file: one fresh key, primary, under a fresh id.
    ///
    /// # Errors
    /// Only when the operating system gives no randomness.
    pub fn generate() -> Result<Zeroizing<String>, KeyFileError> {
        let key = Key::random().map_err(|_| KeyFileError::NoRandomness)?;
        let id = random_bytes().map(u32::from_be_bytes).map_err(|_| KeyFileError::NoRandomness)?;
        let encoded = Zeroizing::new(STANDARD.encode(key.bytes()));
        Ok(Zeroizing::new(format!(
            "# Linkdesk's key-encryption keys. Whoever reads this file and the database reads every stored\n\
             # credential; without it none can be read again. Keep a copy apart from the database's backups.\n\
             k{id:08x} {} {PRIMARY}\n",
            encoded.as_str()
        )))
    }

    /// The id of the key that wraps new data keys.
    #[must_use]
    pub fn primary_id(&self) -> &KeyId {
        &self.primary.0
    }

    /// The ids of all keys, the primary one first; for `doctor` and for saying what may be removed.
    pub fn ids(&self) -> impl Iterator<Item = &KeyId> {
        std::iter::once(&self.primary).chain(&self.others).map(|(id, _)| id)
    }

    pub(crate) fn primary(&self) -> (&KeyId, &Key) {
        (&self.primary.0, &self.primary.1)
    }

    pub(crate) fn get(&self, id: &KeyId) -> Option<&Key> {
        std::iter::once(&self.primary).chain(&self.others).find(|(other, _)| other == id).map(|(_, key)| key)
    }
}

fn parse_line(line: usize, content: &str) -> Result<(KeyId, Key, bool), KeyFileError> {
    let mut words = content.split_whitespace();
    let (Some(id), Some(key)) = (words.next(), words.next()) else {
        return Err(KeyFileError::NotAKeyLine { line });
    };
    let is_primary = match (words.next(), words.next()) {
        (None, _) => false,
        (Some(PRIMARY), None) => true,
        (Some(_), _) => return Err(KeyFileError::NotAKeyLine { line }),
    };
    let id = id.parse().map_err(|_| KeyFileError::BadId { line })?;
    let bytes = decode(key).ok_or(KeyFileError::NotHexOrBase64 { line })?;
    let bytes: &[u8; KEY_LENGTH] =
        bytes.as_slice().try_into().map_err(|_| KeyFileError::WrongKeyLength { line, found: bytes.len() })?;
    Ok((id, Key::new(Zeroizing::new(*bytes)), is_primary))
}

/// Hexadecimal when every character is a digit of it: base64 of 32 bytes is 43 or 44 characters long, never 64.
fn decode(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    if text.len().is_multiple_of(2) && text.bytes().all(|b| b.is_ascii_hexdigit()) {
        let mut bytes = Zeroizing::new(Vec::with_capacity(text.len() / 2));
        for pair in text.as_bytes().chunks_exact(2) {
            bytes.push(u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok()?);
        }
        return Some(bytes);
    }
    let engine = if text.ends_with('=') { STANDARD } else { STANDARD_NO_PAD };
    let mut buffer = Zeroizing::new(vec![0; text.len()]);
    let length = engine.decode_slice(text, &mut buffer).ok()?;
    buffer.truncate(length);
    Some(buffer)
}

impl KeyId {
    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for KeyId {
    type Err = InvalidKeyId;

    fn from_str(text: &str) -> Result<Self, InvalidKeyId> {
        let allowed = |b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_');
        if !(1..=32).contains(&text.len()) || !text.bytes().all(allowed) {
            return Err(InvalidKeyId);
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.ids()).finish()
    }
}
