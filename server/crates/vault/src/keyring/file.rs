//! Reading and making the key file, with care for who may read it and for power cuts.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::{KeyFileError, Keyring};

/// A thousand keys fit; a log or database given by mistake does not.
const LONGEST: u64 = 128 * 1024;

impl Keyring {
    /// Reads the key file.
    ///
    /// # Errors
    /// When it is missing, when others than its owner may read it (Unix), or when [`Keyring::parse`] refuses it.
    pub fn read_file(path: &Path) -> Result<Self, KeyFileError> {
        let unreadable = |source| KeyFileError::Unreadable { path: path.to_owned(), source };
        let file = File::open(path).map_err(|source| {
            if source.kind() == io::ErrorKind::NotFound {
                KeyFileError::Missing { path: path.to_owned() }
            } else {
                unreadable(source)
            }
        })?;
        // Asked of the open file, not of the path: the path may point elsewhere a moment later.
        let metadata = file.metadata().map_err(unreadable)?;
        if !metadata.is_file() || metadata.len() > LONGEST {
            return Err(KeyFileError::NotAKeyFile { path: path.to_owned() });
        }
        refuse_if_open_to_others(path, &metadata)?;

        // One byte more than the file has, so that reading to the end does not move the buffer.
        let capacity = usize::try_from(metadata.len()).unwrap_or(0).saturating_add(1);
        let mut bytes = Zeroizing::new(Vec::with_capacity(capacity));
        file.take(LONGEST).read_to_end(&mut bytes).map_err(unreadable)?;
        let text = str::from_utf8(&bytes).map_err(|_| KeyFileError::NotAKeyFile { path: path.to_owned() })?;
        Self::parse(text)
    }

    /// Makes a new key file that only its owner can read, on disk before this returns.
    ///
    /// # Errors
    /// When there is one already (it is left alone), or it cannot be written.
    pub fn create_file(path: &Path) -> Result<(), KeyFileError> {
        let text = Self::generate()?;
        let mut file = new_private_file(path).map_err(|source| {
            if source.kind() == io::ErrorKind::AlreadyExists {
                KeyFileError::Exists { path: path.to_owned() }
            } else {
                KeyFileError::NotWritten { path: path.to_owned(), source }
            }
        })?;
        let written = file
            .write_all(text.as_bytes())
            .and_then(|()| file.sync_all())
            // The name lives in the folder: without this a power cut could leave sealed data and no key.
            .and_then(|()| File::open(folder_of(path))?.sync_all());
        written.map_err(|source| {
            // It is ours and useless; left there, it would stop the next attempt. If even this fails, the
            // error we report is the one that matters.
            let _ = fs::remove_file(path);
            KeyFileError::NotWritten { path: path.to_owned(), source }
        })
    }
}

fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

fn new_private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}

#[cfg(unix)]
fn refuse_if_open_to_others(path: &Path, metadata: &fs::Metadata) -> Result<(), KeyFileError> {
    use std::os::unix::fs::PermissionsExt;
    let mode = metadata.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        return Err(KeyFileError::OpenToOthers { path: path.to_owned(), mode });
    }
    Ok(())
}

#[cfg(not(unix))]
fn refuse_if_open_to_others(_: &Path, _: &fs::Metadata) -> Result<(), KeyFileError> {
    Ok(())
}
