//! The accounts as a table, for the demo to print.

use domain::Permission;

use super::{Account, AccountState, Scenarios};

/// One account: what to type, and what will happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountRow {
    /// The account's name.
    pub name: String,
    /// What to type as Customer API Key.
    pub customer_api_key: String,
    /// What to type as username.
    pub username: String,
    /// What to type as password. Made up, so it may be printed.
    pub password: String,
    /// What will happen then.
    pub what_happens: String,
}

impl Scenarios {
    /// Every account, in the order of the file.
    #[must_use]
    pub fn table(&self) -> Vec<AccountRow> {
        self.accounts
            .iter()
            .map(|account| AccountRow {
                name: account.name.clone(),
                customer_api_key: account.customer_api_key.clone(),
                username: account.username.clone(),
                password: account.password.clone(),
                what_happens: what_happens(account),
            })
            .collect()
    }
}

fn what_happens(account: &Account) -> String {
    if !account.what_happens.is_empty() {
        return account.what_happens.clone();
    }
    let mut parts = Vec::new();
    match account.state {
        AccountState::Active => {}
        AccountState::Suspended => parts.push("suspended".to_owned()),
        AccountState::Locked => parts.push("locked".to_owned()),
    }
    if !account.hosts.is_empty() {
        parts.push(format!("only at {}", account.hosts.join(", ")));
    }
    if let Some(fault) = account.fault {
        let often = account.fail_first.map_or_else(String::new, |times| format!(" ({times} times)"));
        parts.push(format!("{fault:?}{often}"));
    }
    let missing: Vec<_> = Permission::ALL
        .into_iter()
        .filter(|p| !account.permissions.contains(p))
        .map(Permission::label)
        .collect();
    parts.push(if missing.is_empty() {
        "everything granted".to_owned()
    } else {
        format!("missing: {}", missing.join(", "))
    });
    parts.join("; ")
}
