//! What can be wrong with a key file, each with what to do about it.

use std::io;
use std::path::PathBuf;

use super::KeyId;

/// Why there is no keyring. Linkdesk does not start then: it never stores anything in the clear.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// There is no file at this path.
    #[error("there is no key file at {path}; make one with `linkdesk keygen --out {path}`", path = path.display())]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// Somebody beside the owner may read or change it.
    #[error(
        "the key file {path} is open to others than its owner (mode {mode:03o}); run `chmod 600 {path}`, \
         and make a new key if anyone else may have read it",
        path = path.display()
    )]
    OpenToOthers {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The file is there but could not be read.
    #[error("could not read the key file {path}", path = path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The operating system's reason.
        #[source]
        source: io::Error,
    },
    /// The file is no text, no regular file, or far too long: some other file.
    #[error("{path} is not a key file; make one with `linkdesk keygen --out FILE`", path = path.display())]
    NotAKeyFile {
        /// The file.
        path: PathBuf,
    },
    /// `keygen` never overwrites: what was sealed under the old keys would be lost.
    #[error("{path} exists already and is left as it is; choose another name, or move it away", path = path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The new file could not be written.
    #[error("could not write the key file {path}", path = path.display())]
    NotWritten {
        /// The file.
        path: PathBuf,
        /// The operating system's reason.
        #[source]
        source: io::Error,
    },
    /// The text holds no key at all.
    #[error("the key file holds no key; make one with `linkdesk keygen --out FILE`")]
    NoKey,
    /// No key is marked.
    #[error("no key in the key file is primary; write `primary` after the key that new links shall use")]
    NoPrimary,
    /// Two keys are marked.
    #[error("line {line} of the key file marks a second key as primary, beside `{first}`; leave one of them")]
    SecondPrimary {
        /// The line, from 1.
        line: usize,
        /// The key marked before.
        first: KeyId,
    },
    /// The line is not `id key` or `id key primary`.
    #[error("line {line} of the key file should read `id key`, or `id key primary`")]
    NotAKeyLine {
        /// The line, from 1.
        line: usize,
    },
    /// The first word cannot be an id.
    #[error("line {line} of the key file: an id is 1 to 32 characters of a-z, 0-9, - and _")]
    BadId {
        /// The line, from 1.
        line: usize,
    },
    /// The second word cannot be a key.
    #[error("line {line} of the key file: the key is neither hexadecimal nor base64; was it cut or wrapped?")]
    NotHexOrBase64 {
        /// The line, from 1.
        line: usize,
    },
    /// The key is too short or too long.
    #[error("line {line} of the key file: a key is 32 bytes, this one is {found}; was it cut?")]
    WrongKeyLength {
        /// The line, from 1.
        line: usize,
        /// How many bytes it is.
        found: usize,
    },
    /// Two lines name the same key differently.
    #[error("line {line} of the key file: `{id}` is the same key as `{other}`; a rotation needs a new key")]
    SameKeyTwice {
        /// The later line, from 1.
        line: usize,
        /// The later id.
        id: KeyId,
        /// The earlier id.
        other: KeyId,
    },
    /// Two lines have the same id.
    #[error("line {line} of the key file: there is a key `{id}` already; give the newer one another id")]
    DuplicateId {
        /// The later line, from 1.
        line: usize,
        /// The id.
        id: KeyId,
    },
    /// The operating system gave no random bytes.
    #[error("the operating system gave no random bytes for a new key")]
    NoRandomness,
}
