//! The key file: is it there, can it be read, and by nobody else (one that others may read is refused).

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
    Finding::Fine(format!("sealing with key {}{more}", keys.primary_id()))
}
