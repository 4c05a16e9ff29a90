//! Refused sign-ins in the audit log: the first from an address at once, the others as a number when its hour is over.
//! Were each an entry, whoever guesses would fill the log.
//!
//! Whether an entry is written while somebody waits depends on where they come from, never on whether the account
//! exists: the time it takes would tell.

use std::collections::HashMap;
use std::mem;
use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::{StaffId, Timestamp};
use storage::{Actor, AuditAction};

use super::limits::{Network, WINDOW_SECONDS};
use crate::{ServiceError, Services};

/// From how many addresses refusals are told apart; those from further ones are told in one.
const ADDRESSES_MAX: usize = 1000;
/// Of how many accounts refusals are counted.
const ACCOUNTS_MAX: usize = 1000;

/// What was refused and is not written down yet.
#[derive(Default)]
pub(crate) struct Refused(Mutex<Counts>);

#[derive(Default)]
struct Counts {
    addresses: HashMap<Network, Count>,
    accounts: HashMap<StaffId, Count>,
}

#[derive(Clone, Copy)]
struct Count {
    since: Timestamp,
    refused: u64,
}

impl Refused {
    /// Counts one; whether it is the first from there, to be told at once.
    fn count(&self, from: Network, account: Option<StaffId>, now: Timestamp) -> bool {
        let mut counts = self.counts();
        if let Some(account) = account
            && (counts.accounts.len() < ACCOUNTS_MAX || counts.accounts.contains_key(&account))
        {
            counts.accounts.entry(account).or_insert(Count { since: now, refused: 0 }).refused += 1;
        }
        let told_apart = counts.addresses.len() < ADDRESSES_MAX || counts.addresses.contains_key(&from);
        let from = if told_apart { from } else { Network(None) };
        let count = counts.addresses.entry(from).or_insert(Count { since: now, refused: 0 });
        count.refused += 1;
        count.refused == 1
    }

    /// Takes out what has lasted its hour, or everything, as details for the log.
    fn take(&self, over_at: Option<Timestamp>) -> Vec<String> {
        let mut counts = self.counts();
        let mut told = Vec::new();
        let over =
            |count: &Count| over_at.is_none_or(|now| now.millis_since(count.since) >= WINDOW_SECONDS * 1000);
        for (from, count) in mem::take(&mut counts.addresses) {
            if !over(&count) {
                counts.addresses.insert(from, count);
            } else if count.refused > 1 {
                told.push(format!("{} more from {}", count.refused - 1, place(from)));
            }
        }
        for (account, count) in mem::take(&mut counts.accounts) {
            if !over(&count) {
                counts.accounts.insert(account, count);
            } else if count.refused > 1 {
                told.push(format!("{account}: {} in all", count.refused));
            }
        }
        told.sort_unstable();
        told
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Services {
    /// Notes a refused sign-in. What was typed is not noted: people type their password into the address field.
    pub(super) async fn note_refusal(
        &self,
        from: Network,
        account: Option<StaffId>,
    ) -> Result<(), ServiceError> {
        self.meter().sign_in_refused();
        let now = self.now();
        if !self.refused().count(from, account, now) {
            return Ok(());
        }
        let who = account.map_or_else(|| "unknown address".to_owned(), |account| account.to_string());
        let detail = format!("{who}: from {}", place(from));
        let mut unit = self.storage().begin().await?;
        self.audit(&mut *unit, None, Actor::System, AuditAction::SignInRefused, detail).await?;
        Ok(unit.commit().await?)
    }

    /// Writes down how many sign-ins were refused in the hours that are over.
    pub(crate) async fn tell_refusals(&self) -> Result<(), ServiceError> {
        self.write_refusals(self.refused().take(Some(self.now()))).await
    }

    /// Writes down how many sign-ins were refused so far, before a stop.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tell_all_refusals(&self) -> Result<(), ServiceError> {
        self.write_refusals(self.refused().take(None)).await
    }

    async fn write_refusals(&self, told: Vec<String>) -> Result<(), ServiceError> {
        if told.is_empty() {
            return Ok(());
        }
        let mut unit = self.storage().begin().await?;
        for detail in told {
            self.audit(&mut *unit, None, Actor::System, AuditAction::SignInRefused, detail).await?;
        }
        Ok(unit.commit().await?)
    }
}

fn place(from: Network) -> String {
    from.0.map_or_else(|| "elsewhere".to_owned(), |address| address.to_string())
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_000_000);

    fn from(n: u32) -> Network {
        Network::of(Some(IpAddr::from(n.to_be_bytes())))
    }

    #[test]
    fn the_first_is_told_at_once_and_the_others_as_a_number() {
        let refused = Refused::default();
        let staff = StaffId::new(NOW, [1; 10]);
        assert!(refused.count(from(1), Some(staff), NOW));
        for _ in 0..41 {
            assert!(!refused.count(from(1), Some(staff), NOW));
        }
        assert!(refused.count(from(2), None, NOW));

        assert!(refused.take(Some(NOW.plus_seconds(3599))).is_empty());
        let told = refused.take(Some(NOW.plus_seconds(3600)));

        assert_eq!(told, ["41 more from 0.0.0.1".to_owned(), format!("{staff}: 42 in all")]);
        assert!(refused.take(None).is_empty());
        assert!(refused.count(from(1), None, NOW.plus_seconds(3600)), "a new hour begins");
    }

    #[test]
    fn however_many_addresses_guess_the_log_gets_a_bounded_number_of_entries() {
        let refused = Refused::default();
        let at_once = (0..100_000).filter(|n| refused.count(from(*n), None, NOW)).count();

        assert_eq!(at_once, 1001);
        assert_eq!(refused.take(None), ["98999 more from elsewhere"]);
    }
}
