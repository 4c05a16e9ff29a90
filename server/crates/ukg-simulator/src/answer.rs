//! From a request to an answer, without a network: the order of checks the crate's documentation gives.

mod asked;
mod endpoints;
mod faults;
mod hostile;
mod pages;
mod refusals;
mod responses;
mod rows;
mod soap;

use std::time::Duration;

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::{Response, StatusCode};

use crate::scenarios::{Account, AccountState, Earnings, Fault, MissingPermission, Scenarios};
use endpoints::{Endpoint, Needs};

pub(crate) use asked::Asked;
pub(crate) use responses::bare;

pub(crate) type Answer = Response<Full<Bytes>>;

/// What to do, and how long to wait first.
pub(crate) struct Reply {
    pub(crate) wait: Duration,
    pub(crate) what: What,
}

/// What happens after the wait.
pub(crate) enum What {
    /// This is sent.
    Answer(Answer),
    /// Nothing is, for ever.
    Hang,
    /// The connection is reset.
    Reset,
    /// These bytes are sent as they are.
    Raw(Raw),
}

/// Bytes that are no proper answer: a start, then the same piece again and again, for as long as somebody listens.
pub(crate) struct Raw {
    pub(crate) start: Vec<u8>,
    pub(crate) piece: Vec<u8>,
    pub(crate) pause: Duration,
}

/// Decides. `strikes` says whether the fault of this account strikes now; it is asked at most once.
pub(crate) fn decide(
    asked: &Asked<'_>,
    scenarios: &Scenarios,
    strikes: impl FnOnce(&Account) -> bool,
) -> Reply {
    let latency = Duration::from_millis(scenarios.latency_ms);
    let account = asked.account(scenarios);
    let endpoint = endpoints::find(asked.path);
    let fault = match scenarios.host_faults.get(&asked.host) {
        Some(fault) => Some(*fault),
        None if soap::is_service(asked.path) => None,
        None => account.filter(|it| may_strike(it, endpoint.as_ref()) && strikes(it)).and_then(|it| it.fault),
    };
    let right = || What::Answer(right_answer(asked, scenarios, account, endpoint.as_ref()));
    match fault {
        None => Reply { wait: latency, what: right() },
        Some(Fault::Slow { ms }) => Reply { wait: latency + Duration::from_millis(ms), what: right() },
        Some(fault) => Reply { wait: latency, what: faults::what(fault) },
    }
}

fn may_strike(account: &Account, endpoint: Option<&Endpoint>) -> bool {
    if account.fault.is_none() {
        return false;
    }
    if account.fault_only_on.is_empty() {
        return true;
    }
    matches!(endpoint.map(|it| it.needs), Some(Needs::Granted(permission)) if account.fault_only_on.contains(&permission))
}

fn right_answer(
    asked: &Asked<'_>,
    scenarios: &Scenarios,
    account: Option<&Account>,
    endpoint: Option<&Endpoint>,
) -> Answer {
    if soap::is_service(asked.path) {
        return soap::answer(asked);
    }
    let Some(endpoint) = endpoint else {
        return bare(StatusCode::NOT_FOUND);
    };
    if *asked.method != endpoint.method {
        return responses::method_not_allowed(&endpoint.method);
    }
    let Some(account) = account else {
        return refusals::refuse(StatusCode::UNAUTHORIZED, scenarios.error_body);
    };
    if !may_sign_in(asked, account) {
        return refusals::refuse(StatusCode::UNAUTHORIZED, account.error_body);
    }
    if !holds(account, endpoint.needs) {
        let status = match account.missing_permission {
            MissingPermission::Forbidden => StatusCode::FORBIDDEN,
            MissingPermission::Unauthorized => StatusCode::UNAUTHORIZED,
        };
        return refusals::refuse(status, account.error_body);
    }
    if endpoint.needs_client_id && !asked.headers.contains_key("us-client-id") {
        return refusals::bad_request("US-Client-Id", "The US-Client-Id header is missing.");
    }
    pages::answer(asked, scenarios, account, endpoint.rows)
}

fn may_sign_in(asked: &Asked<'_>, account: &Account) -> bool {
    asked.credentials_are(&account.customer_api_key, &account.username, &account.password)
        && account.state == AccountState::Active
        && (account.hosts.is_empty() || account.hosts.contains(&asked.host))
}

fn holds(account: &Account, needs: Needs) -> bool {
    match needs {
        Needs::Granted(permission) => account.permissions.contains(&permission),
        Needs::ValidAccount => {
            account.earnings == Earnings::Open
                || account.permissions.contains(&domain::Permission::CompanyConfigurationIntegration)
        }
        Needs::OutsideTheGrid => false,
    }
}
