//! The database's file: created for its owner alone, before SQLite opens it.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use storage::{Result, StorageError};
use tokio::fs;

/// Why there is no file to open.
#[derive(Debug, thiserror::Error)]
enum FileError {
    #[error(
        "could not create the database file {path}; does its folder exist, and may this program write to it?"
    )]
    NotCreated {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error(
        "keep the database in a file, as sqlite://path/to/linkdesk.db: what is in memory is lost at the next stop"
    )]
    InMemory,
}

/// What is acknowledged must outlive the process.
pub(crate) fn refuse_memory(url: &str) -> Result<()> {
    if url.contains(":memory:") || url.contains("mode=memory") {
        return Err(StorageError::Database(Box::new(FileError::InMemory)));
    }
    Ok(())
}

/// Creates the file when it is missing; SQLite gives the mode it finds to the files beside it. One that is there is
/// left as it is, and not even opened: closing it would drop the locks this process may hold on it.
pub(crate) async fn create_private(path: &Path) -> Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    options.mode(0o600);
    let made = match options.open(path).await {
        Ok(_) => Ok(()),
        // Not so when it is a symbolic link to nothing, through which SQLite would create a readable file.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => fs::metadata(path).await.map(|_| ()),
        Err(error) => Err(error),
    };
    made.map_err(|source| {
        StorageError::Unwritable(Box::new(FileError::NotCreated { path: path.to_owned(), source }))
    })
}
