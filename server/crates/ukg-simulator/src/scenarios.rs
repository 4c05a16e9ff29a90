//! What the simulator plays: accounts and the knobs of what UKG does not document.

mod account;
mod demo;
mod knobs;
mod reading;
mod table;

use std::collections::BTreeMap;

use serde::Deserialize;

pub use account::Account;
pub use demo::{DEMO_HOSTS, DemoScenario, demo_resolve, demo_table};
pub use knobs::{
    AccountState, Earnings, ErrorBody, Fault, LinkHeader, MissingPermission, PastLastPage, TlsFault,
};
pub use reading::ScenarioError;
pub use table::AccountRow;

/// One set of accounts and everything around them. The crate's documentation tells each value.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenarios {
    /// Names in the certificate beside `*.ultipro.com` and `*.ultipro.ca`.
    #[serde(default)]
    pub names: Vec<String>,
    /// How long every answer takes at least, in milliseconds.
    #[serde(default)]
    pub latency_ms: u64,
    /// How many people the tenant employs.
    #[serde(default = "three")]
    pub people: u32,
    /// What the tenant's company is called.
    #[serde(default = "company_name")]
    pub company_name: String,
    /// The body of a 401 for a username that no account has.
    #[serde(default)]
    pub error_body: ErrorBody,
    /// Hosts, in lower case, on which everything fails, with or without credentials.
    #[serde(default)]
    pub host_faults: BTreeMap<String, Fault>,
    /// Hosts, in lower case, with which no secure connection comes about.
    #[serde(default)]
    pub host_tls: BTreeMap<String, TlsFault>,
    /// The service accounts there are.
    pub accounts: Vec<Account>,
}

impl Scenarios {
    /// These accounts, and every other knob at its default.
    #[must_use]
    pub fn of(accounts: Vec<Account>) -> Self {
        Self {
            names: Vec::new(),
            latency_ms: 0,
            people: three(),
            company_name: company_name(),
            error_body: ErrorBody::default(),
            host_faults: BTreeMap::new(),
            host_tls: BTreeMap::new(),
            accounts,
        }
    }

    /// The account of this name.
    #[must_use]
    pub fn account(&self, name: &str) -> Option<&Account> {
        self.accounts.iter().find(|account| account.name == name)
    }
}

fn three() -> u32 {
    3
}

fn company_name() -> String {
    "Acme Example Inc".to_owned()
}
