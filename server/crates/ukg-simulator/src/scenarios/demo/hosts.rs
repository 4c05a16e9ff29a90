//! The hosts of the demo.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use crate::scenarios::{Fault, TlsFault};

/// The hosts at which the simulator answers in the demo. Some are alike; what is special about the others is told by
/// [`demo_table`](super::demo_table).
pub const DEMO_HOSTS: [&str; 19] = [
    "service2.ultipro.com",
    "service4.ultipro.com",
    "service5.ultipro.com",
    MAINTENANCE,
    PORTAL,
    OTHER_DATA_CENTRE,
    WRONG_NAME,
    EXPIRED,
    SELF_SIGNED,
    OLD_VERSION,
    PLAIN_TEXT,
    UNREACHABLE,
    SILENT,
    GUARD,
    OTHER_AUTHORITY,
    "servicet.ultipro.com",
    "rental2.ultipro.com",
    "service3.ultipro.ca",
    "service4.ultipro.ca",
];

pub(super) const MAINTENANCE: &str = "service7.ultipro.com";
pub(super) const PORTAL: &str = "service8.ultipro.com";
pub(super) const OTHER_DATA_CENTRE: &str = "service9.ultipro.com";
pub(super) const WRONG_NAME: &str = "service10.ultipro.com";
pub(super) const EXPIRED: &str = "service11.ultipro.com";
pub(super) const SELF_SIGNED: &str = "service12.ultipro.com";
pub(super) const OLD_VERSION: &str = "service13.ultipro.com";
pub(super) const PLAIN_TEXT: &str = "service14.ultipro.com";
/// Has no address.
pub(super) const NOWHERE: &str = "service15.ultipro.com";
pub(super) const UNREACHABLE: &str = "service16.ultipro.com";
pub(super) const SILENT: &str = "service17.ultipro.com";
pub(super) const GUARD: &str = "service18.ultipro.com";
pub(super) const OTHER_AUTHORITY: &str = "service19.ultipro.com";

/// Where the demo's hosts are, for `LINKDESK_UKG_RESOLVE`: at the simulator; one has no address at all, which port 0
/// stands for. So no host of the demo is ever asked about in DNS, or reached for real.
#[must_use]
pub fn demo_resolve(simulator: SocketAddr) -> Vec<(String, SocketAddr)> {
    let no_address = SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 0);
    let answered = DEMO_HOSTS.into_iter().map(|host| (host.to_owned(), simulator));
    answered.chain([(NOWHERE.to_owned(), no_address)]).collect()
}

pub(super) fn faults() -> BTreeMap<String, Fault> {
    named([(MAINTENANCE, Fault::Maintenance), (PORTAL, Fault::PortalRedirect), (GUARD, Fault::Guard)])
}

pub(super) fn tls() -> BTreeMap<String, TlsFault> {
    named([
        (WRONG_NAME, TlsFault::WrongName),
        (EXPIRED, TlsFault::Expired),
        (SELF_SIGNED, TlsFault::SelfSigned),
        (OLD_VERSION, TlsFault::OldVersion),
        (PLAIN_TEXT, TlsFault::PlainText),
        (UNREACHABLE, TlsFault::Reset),
        (SILENT, TlsFault::Silent),
        (OTHER_AUTHORITY, TlsFault::OtherAuthority),
    ])
}

fn named<T, const N: usize>(faults: [(&str, T); N]) -> BTreeMap<String, T> {
    faults.into_iter().map(|(host, fault)| (host.to_owned(), fault)).collect()
}
