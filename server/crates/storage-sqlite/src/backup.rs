//! A copy of the database's file, taken while servers read and write: one moment of it, in a file of its own.
//!
//! It is written under another name in the target's folder and gets its own name when it is whole, on the disk and sound.
//! What was deleted is not in it: `VACUUM INTO` copies rows, not pages.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection, query};
use storage::StorageError;

use crate::error::failed;
use crate::query::all;
use crate::{BUSY_TIMEOUT, file};

/// How files begin and end that are being written.
const UNDER_WAY: (&str, &str) = (".linkdesk-backup-", ".part");
/// How often what was written is sent to the disk. All of it at the end would keep servers on the same disk waiting.
const SYNC_EVERY: Duration = Duration::from_millis(100);

/// How many of SQLite's steps between two looks whether it is to stop.
const LOOK_EVERY: i32 = 10_000;

/// Why there is no backup.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A file of this name is there.
    #[error("{0} exists already, and a backup overwrites nothing")]
    Exists(PathBuf),
    /// There is nothing to copy.
    #[error("there is no database at {0}")]
    NoDatabase(PathBuf),
    /// The folder or the disk does not take it.
    #[error("could not write {path}; does its folder exist, may this program write to it, is there room?")]
    NotWritten {
        /// The backup's name.
        path: PathBuf,
        /// The operating system's reason.
        #[source]
        source: io::Error,
    },
    /// The database could not be read, or the copy not be written.
    #[error("could not copy the database")]
    NotCopied(#[source] StorageError),
    /// Somebody wanted it to.
    #[error("stopped; nothing was kept")]
    Stopped,
    /// SQLite finds faults in the copy, so very likely the database has them.
    #[error("the copy is not sound, so it was not kept: {0}; has the database itself been damaged?")]
    NotSound(String),
}

/// Copies the database at `url`, as [`crate::SqliteStorage::open`] takes it, into the new file `to`, readable by its owner
/// alone; how many bytes that are. Changes nothing in the database, and needs no key. Gives up when `stop` is ready.
///
/// # Errors
/// Then there is no file `to`, and nothing else is left in its folder.
pub async fn back_up(url: &str, to: &Path, stop: impl Future<Output = ()>) -> Result<u64, BackupError> {
    file::refuse_memory(url).map_err(BackupError::NotCopied)?;
    let options = SqliteConnectOptions::from_str(url).map_err(not_copied)?;
    let options = options.read_only(true).create_if_missing(false).busy_timeout(BUSY_TIMEOUT);
    if !options.get_filename().exists() {
        return Err(BackupError::NoDatabase(options.get_filename().to_owned()));
    }
    if to.symlink_metadata().is_ok() {
        return Err(BackupError::Exists(to.to_owned()));
    }
    let not_written = |source| BackupError::NotWritten { path: to.to_owned(), source };
    let folder = folder_of(to);
    remove_abandoned(folder);
    let part = Part::create(folder).map_err(not_written)?;
    let mut db = options.connect().await.map_err(not_copied)?;
    copy(&mut db, &part, stop).await?;
    db.close().await.map_err(not_copied)?;
    part.sync().await.map_err(not_written)?;
    check(&part).await?;
    let bytes = part.file.metadata().map_err(not_written)?.len();
    let taken = |error: &io::Error| error.kind() == ErrorKind::AlreadyExists;
    part.become_file(to).map_err(|error| {
        if taken(&error) { BackupError::Exists(to.to_owned()) } else { not_written(error) }
    })?;
    Ok(bytes)
}

async fn copy(
    db: &mut SqliteConnection,
    part: &Part,
    stop: impl Future<Output = ()>,
) -> Result<(), BackupError> {
    let (stopped, mut stop) = (Arc::new(AtomicBool::new(false)), pin!(stop));
    let goes_on = stopped.clone();
    let mut handle = db.lock_handle().await.map_err(not_copied)?;
    handle.set_progress_handler(LOOK_EVERY, move || !goes_on.load(Ordering::Relaxed));
    drop(handle);
    let copying = query("VACUUM INTO $1").bind(part.path.to_string_lossy().into_owned());
    let mut copying = pin!(copying.execute(db));
    let mut syncs = tokio::time::interval(SYNC_EVERY);
    loop {
        tokio::select! {
            copied = &mut copying => return match copied {
                _ if stopped.load(Ordering::Relaxed) => Err(BackupError::Stopped),
                Ok(_) => Ok(()),
                Err(error) => Err(not_copied(error)),
            },
            () = &mut stop, if !stopped.load(Ordering::Relaxed) => stopped.store(true, Ordering::Relaxed),
            // Whether it could be sent counts at the end alone.
            _ = syncs.tick() => { let _ = part.sync().await; }
        }
    }
}

async fn check(part: &Part) -> Result<(), BackupError> {
    let options = SqliteConnectOptions::new().filename(&part.path).read_only(true).immutable(true);
    let mut db = options.connect().await.map_err(not_copied)?;
    let faults = all(&mut db, query("PRAGMA quick_check(3)"), |row| {
        sqlx::Row::try_get::<String, _>(row, 0).map_err(failed)
    });
    let faults = faults.await.map_err(BackupError::NotCopied)?;
    db.close().await.map_err(not_copied)?;
    if faults == ["ok"] { Ok(()) } else { Err(BackupError::NotSound(faults.join("; "))) }
}

/// A file that is being written; removed when it is dropped, and by the next backup when this process is killed.
struct Part {
    path: PathBuf,
    /// Held open and locked for as long as somebody writes to it.
    file: File,
}

impl Part {
    fn create(folder: &Path) -> io::Result<Self> {
        let path = folder.join(format!("{}{}{}", UNDER_WAY.0, std::process::id(), UNDER_WAY.1));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let part = Self { file: options.open(&path)?, path };
        part.file.lock()?;
        // Another backup may have taken it for abandoned just before.
        part.path.symlink_metadata()?;
        Ok(part)
    }

    async fn sync(&self) -> io::Result<()> {
        let file = self.file.try_clone()?;
        match tokio::task::spawn_blocking(move || file.sync_all()).await {
            Ok(synced) => synced,
            Err(error) => Err(io::Error::other(error)),
        }
    }

    /// Gives it its name; an error when somebody else has taken that meanwhile.
    fn become_file(self, to: &Path) -> io::Result<()> {
        match fs::hard_link(&self.path, to) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::AlreadyExists => return Err(error),
            // Not every file system knows hard links.
            Err(_) if !to.exists() => fs::rename(&self.path, to)?,
            Err(error) => return Err(error),
        }
        File::open(folder_of(to))?.sync_all()
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        remove(&self.path);
    }
}

/// Removes it, and the journal that SQLite keeps beside it while it writes. What cannot be removed, the next backup tries again.
fn remove(part: &Path) {
    let mut journal = part.as_os_str().to_owned();
    journal.push("-journal");
    for file in [Path::new(&journal), part] {
        let _ = fs::remove_file(file);
    }
}

/// Removes what was left by a backup that was killed.
fn remove_abandoned(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if !(name.starts_with(UNDER_WAY.0) && name.ends_with(UNDER_WAY.1)) {
            continue;
        }
        let Ok(file) = File::open(entry.path()) else { continue };
        if file.try_lock().is_ok() {
            remove(&entry.path());
        }
    }
}

fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        Some(_) | None => Path::new("."),
    }
}

fn not_copied(error: sqlx::Error) -> BackupError {
    BackupError::NotCopied(failed(error))
}
