//! Mail into a folder: `0001.eml`, `0002.eml`, … in the order in which they were sent, for the demo and for tests.

use std::fmt;
use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

/// A folder that mails are written to. Its files are for its owner alone: whoever reads a mail can open the invite in it.
#[derive(Clone)]
pub(super) struct Folder(PathBuf);

impl Folder {
    /// Makes the folder, and those above it, if they are not there.
    pub(super) fn new(path: &Path) -> Result<Self> {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::DirBuilderExt as _;
            builder.mode(0o700);
        }
        builder.create(path).with_context(|| format!("could not make the mail folder {}", path.display()))?;
        Ok(Self(path.to_owned()))
    }

    /// Writes one mail under the next number. A file that can be seen is complete, and none is ever overwritten,
    /// whichever processes write at the same time.
    pub(super) fn write(&self, mail: &[u8]) -> Result<()> {
        self.try_write(mail).with_context(|| format!("could not write a mail to {self}"))
    }

    /// Whether a mail could be written now.
    pub(super) fn try_out(&self) -> Result<String> {
        let (part, _) =
            self.part(b"").with_context(|| format!("could not write to the mail folder {self}"))?;
        fs::remove_file(&part).with_context(|| format!("could not remove {}", part.display()))?;
        Ok(format!("each mail is written to {self}"))
    }

    fn try_write(&self, mail: &[u8]) -> io::Result<()> {
        let (part, first) = self.part(mail)?;
        let named = (first..).find_map(|number| {
            // Unlike a rename, a link fails when the name is taken.
            match fs::hard_link(&part, self.0.join(format!("{number:04}.eml"))) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => None,
                done => Some(done),
            }
        });
        fs::remove_file(&part)?;
        named.unwrap_or_else(|| Err(io::ErrorKind::StorageFull.into()))
    }

    /// The mail under a name of its own that no reader looks for, and the number to try first.
    fn part(&self, mail: &[u8]) -> io::Result<(PathBuf, u32)> {
        let first = self.next_number()?;
        let process = std::process::id();
        for attempt in first.. {
            let path = self.0.join(format!(".{attempt:04}.{process}.part"));
            let mut options = OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            {
                use std::os::unix::fs::OpenOptionsExt as _;
                options.mode(0o600);
            }
            match options.open(&path) {
                Ok(mut file) => return file.write_all(mail).map(|()| (path, first)),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::ErrorKind::StorageFull.into())
    }

    fn next_number(&self) -> io::Result<u32> {
        let mut last = 0_u32;
        for entry in fs::read_dir(&self.0)? {
            let name = entry?.file_name();
            let number = name.to_str().and_then(|name| name.strip_suffix(".eml")?.parse().ok());
            last = last.max(number.unwrap_or(0));
        }
        Ok(last.saturating_add(1))
    }
}

impl fmt::Display for Folder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.display().fmt(f)
    }
}
