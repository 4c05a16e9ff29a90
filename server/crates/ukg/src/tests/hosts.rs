//! Where connections go, and where they never go.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use domain::{ConnectionStep, ProblemCode, Secret};
use tokio::net::TcpListener;

use super::identity::Ca;
use super::stand_in::{Reply, StandIn};
use super::{HOST, PERSON, QUICK, check, checker, credentials, failed, host, some};
use crate::resolve::{Lookup, system_lookup};
use crate::{Credentials, UkgChecker, UkgSettings};

fn by_dns(ca: &Ca, lookup: Lookup) -> UkgChecker {
    let settings = UkgSettings {
        suffixes: vec!["ultipro.com".into()],
        resolve: Vec::new(),
        extra_root_pem: Some(ca.pem().into_bytes()),
    };
    UkgChecker::with(settings, lookup, QUICK).unwrap()
}

/// DNS that counts the questions and answers with this address.
fn counting(ip: &'static str) -> (Lookup, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let lookup: Lookup = Arc::new(move |_| {
        count.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move { Ok(vec![ip.parse().unwrap()]) })
    });
    (lookup, asked)
}

// The last two rows are the positive control: with the check of the suffix off, the others would count as they do.
#[tokio::test]
async fn a_host_outside_the_allowed_domains_is_not_even_looked_up() {
    let outside = ["evil.example", "service4.ultipro.com.evil.example", "evilultipro.com", "ultipro.com"];
    let table = outside.map(|name| (name, ProblemCode::UrlNotUkg, 0)).into_iter().chain([
        ("service4.ultipro.com", ProblemCode::HostUnreachable, 1),
        ("hcm.ultipro.com", ProblemCode::HostUnreachable, 1),
    ]);
    for (name, problem, lookups) in table {
        let (lookup, asked) = counting("10.0.0.1");

        let report = by_dns(&Ca::new(), lookup).quietly(&host(name), &credentials(), &some()).await;

        assert_eq!(report.outcome, failed(problem), "{name}");
        assert_eq!(report.connection, ConnectionStep::NotReached);
        assert_eq!(asked.load(Ordering::SeqCst), lookups, "{name}");
    }
}

// That such an address is left out, rather than connected to in vain, is tested in `resolve`.
#[tokio::test]
async fn a_name_that_leads_inside_is_unreachable() {
    for ip in ["127.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1"] {
        let (lookup, _) = counting(ip);

        let report = by_dns(&Ca::new(), lookup).quietly(&host(HOST), &credentials(), &some()).await;

        assert_eq!(report.outcome, failed(ProblemCode::HostUnreachable), "{ip}");
    }
}

#[tokio::test]
async fn a_name_without_an_address_is_not_found() {
    let ca = Ca::new();
    let unknown = host("service9-no-such-host.ultipro.com");

    for lookup in [super::no_dns(), system_lookup()] {
        let report = by_dns(&ca, lookup).quietly(&unknown, &credentials(), &some()).await;

        assert_eq!(report.outcome, failed(ProblemCode::HostNotFound));
    }
}

#[tokio::test]
async fn a_port_that_nobody_listens_on_is_unreachable() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);

    let report = checker(&Ca::new(), address).quietly(&host(HOST), &credentials(), &some()).await;

    assert_eq!(report.outcome, failed(ProblemCode::HostUnreachable));
    assert_eq!(report.reached_ms, None);
}

#[tokio::test]
async fn a_redirect_to_the_portal_is_not_followed() {
    let portal = StandIn::answering(|_, _| Reply::list()).await;
    let target = format!("https://{HOST}:{}/portal", portal.address.port());
    let ukg = {
        let target = target.clone();
        StandIn::answering(move |_, _| Reply::With(302, ("location", target.clone()), "")).await
    };

    let report = check(&ukg, &some()).await;

    assert_eq!(report.outcome, failed(ProblemCode::HostNotWebServices));
    assert_eq!(ukg.paths(), [PERSON]);
    assert_eq!(portal.connections(), 0);

    // Positive control: a client that follows redirects does get there by that Location.
    let follows = reqwest::Client::builder()
        .tls_danger_accept_invalid_certs(true)
        .no_proxy()
        .resolve(HOST, ukg.address)
        .build()
        .unwrap();
    follows.get(format!("https://{HOST}:{}/", ukg.address.port())).send().await.unwrap();
    assert_eq!(portal.connections(), 1);
}

#[tokio::test]
async fn a_key_that_no_header_can_carry_is_rejected_without_a_connection() {
    let ukg = StandIn::answering(|_, _| Reply::list()).await;
    let odd = Credentials { customer_api_key: Secret::new("QX7MÇ".into()), ..credentials() };

    let report = checker(&ukg.ca, ukg.address).quietly(&host(HOST), &odd, &some()).await;

    assert_eq!(report.outcome, failed(ProblemCode::CredentialsRejected));
    assert_eq!(ukg.connections(), 0);
}
