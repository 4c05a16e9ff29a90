//! Reading a scenario file, and refusing one that could not be played as written.

use std::collections::HashSet;

use super::{Account, Fault, Scenarios};

/// More people than any test pages through.
const MOST_PEOPLE: u32 = 1_000_000;

/// What is wrong with a scenario file.
#[derive(Debug, thiserror::Error)]
pub enum ScenarioError {
    /// It is not the JSON it should be; the message names what was met, and line and column.
    #[error("the scenario file could not be read: {0}")]
    NotReadable(#[from] serde_json::Error),
    /// There is nobody to sign in as.
    #[error("the scenario file has no account; write at least one into `accounts`")]
    NoAccount,
    /// `people` is out of bounds.
    #[error("`people` may be at most {MOST_PEOPLE}, not {0}")]
    TooManyPeople(u32),
    /// A value of an account is missing.
    #[error("account {number}: `{field}` is empty")]
    EmptyValue {
        /// Which account, from 1.
        number: usize,
        /// Which of its values.
        field: &'static str,
    },
    /// Two accounts share what must be their own.
    #[error("account `{name}`: another account has the same {field} already")]
    Shared {
        /// The later account.
        name: String,
        /// What they share.
        field: &'static str,
    },
    /// HTTP's Basic scheme ends the username at the first colon.
    #[error("account `{name}`: a username cannot hold a colon, nobody could sign in with it")]
    ColonInUsername {
        /// The account.
        name: String,
    },
    /// A host that no request could be addressed to.
    #[error("{place}: `{host}` is not a host name in lower case, without scheme, port or path")]
    NotAHost {
        /// Where it stands.
        place: String,
        /// What stands there.
        host: String,
    },
    /// A status that no answer has.
    #[error("{place}: `hostile` takes a status from 200 to 599, not {status}")]
    NoStatus {
        /// Where it stands.
        place: String,
        /// What stands there.
        status: u16,
    },
    /// A knob that turns nothing.
    #[error("account `{name}`: `{field}` says when the fault strikes, but there is no `fault`")]
    NoFault {
        /// The account.
        name: String,
        /// The knob.
        field: &'static str,
    },
}

impl Scenarios {
    /// Reads a scenario file; the crate's documentation shows one.
    ///
    /// # Errors
    /// When it is not such JSON, has a field that does not exist, or could not be played as written.
    pub fn from_json(text: &str) -> Result<Self, ScenarioError> {
        let scenarios: Self = serde_json::from_str(text)?;
        if scenarios.accounts.is_empty() {
            return Err(ScenarioError::NoAccount);
        }
        if scenarios.people > MOST_PEOPLE {
            return Err(ScenarioError::TooManyPeople(scenarios.people));
        }
        for (host, fault) in &scenarios.host_faults {
            check_host(host, || "host_faults".to_owned())?;
            check_fault(*fault, || "host_faults".to_owned())?;
        }
        for host in scenarios.host_tls.keys() {
            check_host(host, || "host_tls".to_owned())?;
        }
        let mut names = HashSet::new();
        let mut usernames = HashSet::new();
        for (number, account) in (1..).zip(&scenarios.accounts) {
            check_account(number, account)?;
            let shared = |field| ScenarioError::Shared { name: account.name.clone(), field };
            if !names.insert(&account.name) {
                return Err(shared("name"));
            }
            if !usernames.insert(&account.username) {
                return Err(shared("username"));
            }
        }
        Ok(scenarios)
    }
}

fn check_account(number: usize, account: &Account) -> Result<(), ScenarioError> {
    let values = [
        ("name", &account.name),
        ("customer_api_key", &account.customer_api_key),
        ("username", &account.username),
        ("password", &account.password),
    ];
    if let Some((field, _)) = values.into_iter().find(|(_, value)| value.is_empty()) {
        return Err(ScenarioError::EmptyValue { number, field });
    }
    let name = || account.name.clone();
    if account.username.contains(':') {
        return Err(ScenarioError::ColonInUsername { name: name() });
    }
    for host in &account.hosts {
        check_host(host, || format!("account `{}`, `hosts`", account.name))?;
    }
    if let Some(fault) = account.fault {
        check_fault(fault, || format!("account `{}`", account.name))?;
    }
    if account.fault.is_none() && account.fail_first.is_some() {
        return Err(ScenarioError::NoFault { name: name(), field: "fail_first" });
    }
    if account.fault.is_none() && !account.fault_only_on.is_empty() {
        return Err(ScenarioError::NoFault { name: name(), field: "fault_only_on" });
    }
    Ok(())
}

fn check_fault(fault: Fault, place: impl Fn() -> String) -> Result<(), ScenarioError> {
    if let Fault::Hostile { status } = fault
        && !(200..=599).contains(&status)
    {
        return Err(ScenarioError::NoStatus { place: place(), status });
    }
    Ok(())
}

fn check_host(host: &str, place: impl Fn() -> String) -> Result<(), ScenarioError> {
    let allowed = |b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.');
    if host.is_empty() || !host.bytes().all(allowed) {
        return Err(ScenarioError::NotAHost { place: place(), host: host.to_owned() });
    }
    Ok(())
}
