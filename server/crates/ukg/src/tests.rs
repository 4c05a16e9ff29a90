//! Whole checks against a scripted stand-in on this machine, over real sockets and real TLS.
//!
//! The stand-in is reached through `resolve`, as the demo's simulator is, so nothing is relaxed for a test. Each
//! test of a protection has a positive control beside it or says what makes it fail with the protection off.

mod bad_peers;
mod corpus;
mod decisions;
mod fronts;
mod hosts;
mod identity;
mod refusals;
mod requests;
mod row_again;
mod secrets;
mod stand_in;
mod surplus;
mod tls;
mod transient;
mod watching;

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use domain::{
    CheckOutcome, CheckProgress, CheckReport, Permission, PermissionResult, PermissionSet, ProblemCode,
    Secret, WebServicesHost,
};

use crate::limits::Limits;
use crate::resolve::Lookup;
use crate::{Credentials, Target, UkgChecker, UkgSettings, Watcher};
use identity::Ca;
use stand_in::StandIn;
pub(crate) use tls::Gullible;

const HOST: &str = "service4.ultipro.com";
const KEY: &str = "QX7MC";
const USERNAME: &str = "canary-user-3b91";
const PASSWORD: &str = "canary+Pass/7f3a";
const PERSON: &str = "/personnel/v1/person-details";
const LOGIN: &str = "/services/LoginService";
const EARNINGS: &str = "/configuration/v1/earnings";
const COMPANY: &str = "/configuration/v1/company-details";
const PTO: &str = "/personnel/v1/pto-plans";

/// As in production, only faster.
const QUICK: Limits = Limits {
    whole: Duration::from_millis(3000),
    surplus: Duration::from_millis(2000),
    lookup: Duration::from_millis(800),
    knock: Duration::from_millis(800),
    connect: Duration::from_millis(1200),
    front: Duration::from_millis(1500),
    busy: [Duration::from_millis(10), Duration::from_millis(20), Duration::from_millis(40)],
    longest_retry_after: Duration::from_secs(10),
    unavailable: Duration::from_millis(10),
    reset: Duration::from_millis(10),
};

fn host(name: &str) -> WebServicesHost {
    WebServicesHost::from_stored(name).unwrap()
}

fn credentials() -> Credentials {
    Credentials {
        customer_api_key: Secret::new(KEY.into()),
        username: Secret::new(USERNAME.into()),
        password: Secret::new(PASSWORD.into()),
    }
}

fn all() -> PermissionSet {
    PermissionSet::new(&Permission::ALL)
}

fn some() -> PermissionSet {
    PermissionSet::new(&[Permission::PtoPlanIntegration, Permission::CompanyConfigurationIntegration])
}

/// DNS that knows nobody.
fn no_dns() -> Lookup {
    Arc::new(|_| Box::pin(async { Ok(Vec::new()) }))
}

/// A checker that finds the host at this address and trusts this authority.
fn checker(ca: &Ca, address: SocketAddr) -> UkgChecker {
    let settings = UkgSettings {
        suffixes: vec!["ultipro.com".into(), "ultipro.ca".into()],
        resolve: vec![(HOST.into(), address)],
        extra_root_pem: Some(ca.pem().into_bytes()),
    };
    UkgChecker::with(settings, no_dns(), QUICK).unwrap()
}

/// Checks the account at this stand-in.
async fn check(stand_in: &StandIn, permissions: &PermissionSet) -> CheckReport {
    checker(&stand_in.ca, stand_in.address).quietly(&host(HOST), &credentials(), permissions).await
}

impl UkgChecker {
    /// A check that may be refused three times and that nobody watches.
    pub(crate) async fn quietly(
        &self,
        host: &WebServicesHost,
        credentials: &Credentials,
        permissions: &PermissionSet,
    ) -> CheckReport {
        let target = Target { host, credentials, permissions, refusals_left: 3 };
        self.check(&target, &Recorder::default()).await
    }
}

/// Keeps everything a watcher is told.
#[derive(Default)]
struct Recorder {
    progress: Mutex<Vec<CheckProgress>>,
    refusals: AtomicUsize,
}

impl Recorder {
    fn refusals(&self) -> usize {
        self.refusals.load(Ordering::SeqCst)
    }

    fn progress(&self) -> Vec<CheckProgress> {
        self.progress.lock().unwrap().clone()
    }
}

#[async_trait]
impl Watcher for Recorder {
    fn progressed(&self, progress: &CheckProgress) {
        self.progress.lock().unwrap().push(progress.clone());
    }

    async fn refused(&self) -> bool {
        self.refusals.fetch_add(1, Ordering::SeqCst);
        true
    }
}

fn result(report: &CheckReport, permission: Permission) -> (PermissionResult, Option<ProblemCode>) {
    let row = report.rows.iter().find(|row| row.permission == permission).unwrap();
    (row.result, row.problem)
}

fn failed(problem: ProblemCode) -> CheckOutcome {
    CheckOutcome::Failed(problem)
}
