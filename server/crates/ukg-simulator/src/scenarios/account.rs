//! One made-up service account.

use std::fmt;

use domain::Permission;
use serde::{Deserialize, Deserializer};

use super::{AccountState, Earnings, ErrorBody, Fault, LinkHeader, MissingPermission, PastLastPage};

/// A service account and how the services answer it.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// What the request log and the table call it.
    pub name: String,
    /// A sentence for the table; empty makes one from the knobs.
    #[serde(default)]
    pub what_happens: String,
    /// The tenant's Customer API Key.
    pub customer_api_key: String,
    /// The service account's username; no other account has it.
    pub username: String,
    /// Its password, made up like everything here.
    pub password: String,
    /// The hosts it exists on, in lower case; empty means any.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// Whether it may be used at all.
    #[serde(default)]
    pub state: AccountState,
    /// The permissions whose View box is ticked; left out, all of them.
    #[serde(default = "all_permissions", deserialize_with = "permissions")]
    pub permissions: Vec<Permission>,
    /// The status when a permission is missing.
    #[serde(default)]
    pub missing_permission: MissingPermission,
    /// Whether `/configuration/v1/earnings` asks for a permission.
    #[serde(default)]
    pub earnings: Earnings,
    /// The body of 401 and 403.
    #[serde(default)]
    pub error_body: ErrorBody,
    /// The answer past the last page.
    #[serde(default)]
    pub past_last_page: PastLastPage,
    /// The form of the `Link` header.
    #[serde(default)]
    pub link_header: LinkHeader,
    /// What goes wrong.
    #[serde(default)]
    pub fault: Option<Fault>,
    /// The permissions on whose paths alone the fault strikes; empty means every request.
    #[serde(default, deserialize_with = "permissions")]
    pub fault_only_on: Vec<Permission>,
    /// How many requests the fault strikes, counted anew after ten quiet seconds; left out, every one.
    #[serde(default)]
    pub fail_first: Option<u32>,
}

impl Account {
    /// An active account with everything granted and nothing going wrong.
    #[must_use]
    pub fn new(name: &str, customer_api_key: &str, username: &str, password: &str) -> Self {
        Self {
            name: name.to_owned(),
            what_happens: String::new(),
            customer_api_key: customer_api_key.to_owned(),
            username: username.to_owned(),
            password: password.to_owned(),
            hosts: Vec::new(),
            state: AccountState::default(),
            permissions: all_permissions(),
            missing_permission: MissingPermission::default(),
            earnings: Earnings::default(),
            error_body: ErrorBody::default(),
            past_last_page: PastLastPage::default(),
            link_header: LinkHeader::default(),
            fault: None,
            fault_only_on: Vec::new(),
            fail_first: None,
        }
    }

    /// The same account without these permissions.
    #[must_use]
    pub fn without(mut self, missing: &[Permission]) -> Self {
        self.permissions.retain(|permission| !missing.contains(permission));
        self
    }
}

/// Not derived: a scenario file may hold what somebody took for harmless.
impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account").field("name", &self.name).finish_non_exhaustive()
    }
}

fn all_permissions() -> Vec<Permission> {
    Permission::ALL.to_vec()
}

fn permissions<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Permission>, D::Error> {
    let slugs = Vec::<String>::deserialize(deserializer)?;
    slugs
        .iter()
        .map(|slug| slug.parse().map_err(|reason| serde::de::Error::custom(format!("`{slug}`: {reason}"))))
        .collect()
}
