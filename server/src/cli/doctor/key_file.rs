//! The key file: is it there, can it be read, and by nobody else.

use std::path::Path;

use super::Finding;
use crate::config::Config;
use crate::startup::keyring;

pub(super) fn try_out(config: &Config) -> Finding {
    let keys = match keyring(config) {
        Ok(keys) => keys,
        Err(error) => return Finding::Failed(format!("{error:#}")),
    };
    let others = keys.ids().count().saturating_sub(1);
    let more = if others == 0 { String::new() } else { format!(", and opening with {others} more") };
    let fine = format!("sealing with key {}{more}", keys.primary_id());
    match config.master_key_file.as_deref().and_then(open_to_others) {
        Some(mode) => Finding::Warning(format!(
            "{fine}; but others on this machine may read the file (mode {mode:o}): chmod 600 it"
        )),
        None => Finding::Fine(fine),
    }
}

/// The file's mode, when it lets anybody but its owner in.
fn open_to_others(file: &Path) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = std::fs::metadata(file).ok()?.permissions().mode() & 0o777;
    (mode & 0o077 != 0).then_some(mode)
}
