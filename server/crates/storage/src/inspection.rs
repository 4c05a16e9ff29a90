//! What a look at a database shows that changes nothing in it: for `linkdesk doctor`, before anything is started on it.

use domain::{Timestamp, WebServicesHost};

use crate::{StorageError, WebhookEndpoint, WrappedKey};

/// What was found.
#[derive(Debug)]
pub struct Inspection {
    /// Which database it is, with its version.
    pub version: String,
    /// How many migrations the next start makes; all of them when there are no tables yet.
    pub pending: usize,
    /// Whether it has no tables of ours at all.
    pub bare: bool,
    /// How many migrations were made by a newer version of this program.
    pub newer: usize,
    /// What time it is there; `None` when that is this machine's own.
    pub time: Option<Timestamp>,
    /// Why a change could not be made; `None` when one could, which was then taken back.
    pub unwritable: Option<StorageError>,
    /// What could be better about it, in a sentence each: it works without.
    pub lacks: Vec<&'static str>,
    /// What its tables hold; `None` while migrations are pending.
    pub contents: Option<Contents>,
}

/// What the tables hold, as far as it can be tried out.
#[derive(Debug)]
pub struct Contents {
    /// The installation's own wrapped key; `None` before it is made.
    pub installation_key: Option<WrappedKey>,
    /// Whether anybody can sign in.
    pub has_staff: bool,
    /// The hosts that most links are linked with, at most so many as were asked for.
    pub hosts: Vec<WebServicesHost>,
    /// Every endpoint of webhooks.
    pub endpoints: Vec<WebhookEndpoint>,
}

impl Inspection {
    /// How many of the known migrations are not among those that were made, and how many of those are not known.
    #[must_use]
    pub fn compare(known: &[i64], made: &[i64]) -> (usize, usize) {
        let pending = known.iter().filter(|version| !made.contains(version)).count();
        let newer = made.iter().filter(|version| !known.contains(version)).count();
        (pending, newer)
    }
}
