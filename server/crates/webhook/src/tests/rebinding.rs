//! Bar N2: whatever a name leads to, and however an address is written, nothing that is not public is connected to.
//!
//! What is public here is 127.0.0.2, as a network that is allowed, so that no test calls anybody outside; what is not is every
//! other address of this machine, where a listener counts.

use domain::DeliveryProblem;
use tokio::net::TcpListener;

use super::stand_in::{Receiver, answering, send};
use crate::allowed::Allowed;
use crate::resolve::Lookup;
use crate::sender::{Answer, Sender};

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

/// What DNS answers, look-up after look-up. `P` is the address that may be called.
const NAMES: &[&[&[&str]]] = &[
    // It was public once.
    &[&["127.0.0.2"], &["127.0.0.1"]],
    &[&["127.0.0.2"], &["127.0.0.1", "127.0.0.2"]],
    &[&["127.0.0.2"], &["127.0.0.2"], &["127.0.0.1"]],
    &[&["127.0.0.2"], &["::1"]],
    &[&["127.0.0.2"], &["0.0.0.0"]],
    &[&["127.0.0.2"], &["::ffff:127.0.0.1"]],
    &[&["127.0.0.1"], &["127.0.0.2"]],
    &[&["::1"], &["127.0.0.2"], &["::1"]],
    // It is both, in any order.
    &[&["127.0.0.1", "127.0.0.2"]],
    &[&["127.0.0.2", "127.0.0.1"]],
    &[&["127.0.0.1", "::1", "127.0.0.2"]],
    &[&["::1", "127.0.0.2", "::1"]],
    &[&["127.0.0.2", "::ffff:127.0.0.1", "0.0.0.0"]],
    // It never was.
    &[&["127.0.0.1"]],
    &[&["127.0.0.3"]],
    &[&["127.1.2.3"]],
    &[&["127.255.255.254"]],
    &[&["0.0.0.0"]],
    &[&["::"]],
    &[&["::1"]],
    &[&["::ffff:127.0.0.1"]],
    &[&["::ffff:0.0.0.0"]],
    &[&["127.0.0.1", "127.0.0.3"]],
    &[&["::1", "127.0.0.1"]],
    &[&["127.0.0.1"], &["127.0.0.3"], &["::1"]],
];

/// Addresses in place of a name, and names that lead to this machine by themselves.
const LITERALS: &[&str] = &[
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0177.0.0.1",
    "0177.1",
    "127.0.0.01",
    "127.000.000.001",
    "127.0.0.1.",
    "0",
    "0.0.0.0",
    "0x0",
    "127.0.0.3",
    "[::1]",
    "[::]",
    "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[0:0:0:0:0:ffff:127.0.0.1]",
    "localhost",
    "localhost.",
    "a.localhost",
];

/// Written so that nothing may be sent there even before anything is looked up; nobody could count these here.
const REFUSED: &[&str] = &[
    "https://10.0.0.1/",
    "https://169.254.169.254/latest/meta-data/",
    "https://192.168.1.1/",
    "https://172.16.0.1/",
    "https://100.64.0.1/",
    "https://224.0.0.1/",
    "https://255.255.255.255/",
    "https://192.0.2.1/",
    "https://198.51.100.1/",
    "https://203.0.113.1/",
    "https://198.18.0.1/",
    "https://0x0a000001/",
    "https://167772161/",
    "https://[fe80::1]/",
    "https://[fc00::1]/",
    "https://[fd00:ec2::254]/",
    "https://[ff02::1]/",
    "https://[2001:db8::1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[64:ff9b::a00:1]/",
    "https://[2002:7f00:1::1]/",
    "https://[2002:a00:1::1]/",
    "https://[2001:0:4136:e378::1]/",
    "https://[::ffff:10.0.0.1]/",
    "https://[::10.0.0.1]/",
    "https://user:pw@example.com/",
    "https://example.com:0/",
    "http://8.8.8.8/",
    "ftp://example.com/",
    "file:///etc/passwd",
    "https://",
    "nonsense",
];

/// This machine: the address that may be called, and everything else, on the same port.
struct Machine {
    open: Receiver,
    closed: Vec<Receiver>,
    port: u16,
}

impl Machine {
    async fn new() -> Self {
        let open = Receiver::on("127.0.0.2:0", OK).await;
        let port = open.address.port();
        let mut closed = Vec::new();
        for address in ["127.0.0.1", "127.0.0.3", "127.1.2.3", "127.255.255.254", "[::1]"] {
            // A machine without IPv6 cannot be reached that way either.
            if let Ok(listener) = TcpListener::bind(format!("{address}:{port}")).await {
                closed.push(Receiver::of(listener, OK));
            }
        }
        assert!(closed.len() >= 4);
        Self { open, closed, port }
    }

    fn wrong(&self) -> usize {
        self.closed.iter().map(Receiver::connections).sum()
    }
}

fn only_open() -> Allowed {
    Allowed::new(vec!["127.0.0.2/32".parse().unwrap()])
}

/// Sends to every case, thrice each, over both schemes; how many there were.
async fn try_all(machine: &Machine, allowed: impl Fn() -> Allowed) -> usize {
    let mut cases = 0;
    let mut cases_of = Vec::new();
    for answers in NAMES {
        cases_of.push((answering(answers), "receiver.example".to_owned()));
    }
    for host in LITERALS {
        cases_of.push((answering(&[&["127.0.0.1"]]), (*host).to_owned()));
    }
    for (lookup, host) in cases_of {
        let sender = sender(allowed(), lookup);
        for scheme in ["http", "https"] {
            cases += 1;
            for _ in 0..3 {
                send(&sender, &format!("{scheme}://{host}:{}/hooks", machine.port)).await;
            }
        }
    }
    cases
}

fn sender(allowed: Allowed, lookup: Lookup) -> Sender {
    Sender::of(allowed, lookup, Vec::new())
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_but_what_may_be_called_is_ever_connected_to() {
    let machine = Machine::new().await;

    let cases = try_all(&machine, only_open).await;

    assert!(cases >= 80, "{cases}");
    assert_eq!(machine.wrong(), 0, "of {cases} cases");
    assert!(machine.open.connections() >= 20, "what may be called is: {}", machine.open.connections());
}

/// The control: the same cases without the protection connect where they must not.
#[tokio::test(flavor = "multi_thread")]
async fn without_the_protection_these_cases_do_connect() {
    let machine = Machine::new().await;

    let cases = try_all(&machine, Allowed::everything).await;

    assert!(machine.wrong() >= cases, "{} connections in {cases} cases", machine.wrong());
}

#[tokio::test]
async fn an_address_that_is_not_public_is_refused_before_anything_is_looked_up() {
    let nobody: Lookup = std::sync::Arc::new(|name| panic!("{name} was looked up"));
    let sender = sender(only_open(), nobody);

    for url in REFUSED {
        assert!(!sender.may_send_to(url), "{url}");
        let answer = send(&sender, url).await;
        assert!(
            matches!(answer, Answer::Failed(DeliveryProblem::NotPublic | DeliveryProblem::HostNotFound)),
            "{url}: {answer:?}"
        );
    }
    assert!(sender.may_send_to("https://receiver.example/") && sender.may_send_to("https://8.8.8.8:8443/"));
}

#[tokio::test]
async fn a_name_that_leads_nowhere_public_is_told_from_one_that_leads_nowhere() {
    let inside = sender(Allowed::new(Vec::new()), answering(&[&["10.0.0.1", "169.254.169.254"]]));
    let nowhere = sender(Allowed::new(Vec::new()), answering(&[&[]]));
    let url = "https://receiver.example/";

    assert_eq!(send(&inside, url).await, Answer::Failed(DeliveryProblem::NotPublic));
    assert_eq!(send(&nowhere, url).await, Answer::Failed(DeliveryProblem::HostNotFound));
    let plain = "http://receiver.example/";
    assert_eq!(
        send(&inside, plain).await,
        Answer::Failed(DeliveryProblem::NotPublic),
        "and never without TLS"
    );
}
