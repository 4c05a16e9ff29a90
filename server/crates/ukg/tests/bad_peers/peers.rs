//! The bad peers: what each shows, says, and ends in.

use std::time::Duration;

use domain::{CheckOutcome, ProblemCode};

const OK_JSON: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

/// What the peer sends once it has heard something: a start, then pieces without end.
pub(crate) struct Manners {
    pub(crate) start: Vec<u8>,
    pub(crate) piece: Vec<u8>,
    pub(crate) pause: Duration,
}

/// Whose certificate it shows.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Shows {
    Good,
    OtherAuthority,
    OtherName,
    Expired,
    NoTls,
}

pub(crate) struct BadPeer {
    pub(crate) name: &'static str,
    pub(crate) shows: Shows,
    pub(crate) manners: Manners,
    pub(crate) expected: CheckOutcome,
}

pub(crate) fn flood(name: &'static str, start: &str, piece: &[u8], expected: ProblemCode) -> BadPeer {
    let piece = piece.repeat(64 * 1024 / piece.len());
    let manners = Manners { start: start.into(), piece, pause: Duration::ZERO };
    BadPeer { name, shows: Shows::Good, manners, expected: CheckOutcome::Failed(expected) }
}

pub(crate) fn drip(name: &'static str, start: &str, piece: &[u8]) -> BadPeer {
    let manners = Manners { start: start.into(), piece: piece.to_vec(), pause: Duration::from_secs(1) };
    let expected = CheckOutcome::Failed(ProblemCode::UkgTimeout);
    BadPeer { name, shows: Shows::Good, manners, expected }
}

pub(crate) fn impostor(name: &'static str, shows: Shows, start: &[u8]) -> BadPeer {
    let manners = Manners { start: start.to_vec(), piece: Vec::new(), pause: Duration::from_secs(60) };
    BadPeer { name, shows, manners, expected: CheckOutcome::Failed(ProblemCode::HostTls) }
}

/// Those that end at once; each is measured alone.
pub(crate) fn quick() -> Vec<BadPeer> {
    use ProblemCode::{HostUnreachable, UkgUnexpected};
    let body = |extra: &str| format!("{OK_JSON}{extra}\r\n");
    let endless_list = BadPeer {
        expected: CheckOutcome::Linked,
        ..flood("a list without end", &(body("") + "[{\"a\":"), b"1", UkgUnexpected)
    };
    // The classic one: a kilobyte of zeros becomes a megabyte. Here the pieces go on for ever.
    let bomb = "Content-Encoding: gzip\r\nTransfer-Encoding: identity\r\n";
    // A ServerHello of TLS 1.1.
    let old = [&[0x16, 3, 2, 0, 42, 2, 0, 0, 38, 3, 2][..], &[0x5A; 32], &[0, 0, 0x2F, 0]].concat();
    vec![
        impostor("another authority", Shows::OtherAuthority, b""),
        impostor("another name", Shows::OtherName, b""),
        impostor("expired", Shows::Expired, b""),
        impostor("TLS 1.1", Shows::NoTls, &old),
        impostor("plain text", Shows::NoTls, b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]"),
        flood("10 GB promised", &body("Content-Length: 10000000000\r\n"), b" ", UkgUnexpected),
        flood("10 GB of spaces", &body(""), b" ", UkgUnexpected),
        flood("10 GB of zeros", &body(""), b"0", UkgUnexpected),
        endless_list,
        flood("gzip bomb", &body(bomb), b"\x1F\x8B\x08\0\0\0\0\0\0\xFF", UkgUnexpected),
        flood("headers without end", OK_JSON, b"X-More: 1234567890\r\n", UkgUnexpected),
        flood("one header without end", "HTTP/1.1 200 OK\r\nX-More: ", b"a", UkgUnexpected),
        flood("a status line without end", "HTTP/1.1 200 ", b"a", UkgUnexpected),
        flood("not HTTP", "220 mail.example ESMTP ready\r\n", b"250 ok\r\n", UkgUnexpected),
        BadPeer {
            manners: Manners { start: Vec::new(), piece: Vec::new(), pause: Duration::ZERO },
            ..flood("reset", "", b"a", HostUnreachable)
        },
    ]
}

/// Those that only the deadline ends; all at once, and measured together.
pub(crate) fn slow() -> Vec<BadPeer> {
    let interim =
        flood("interim answers without end", "", b"HTTP/1.1 103 Wait\r\n\r\n", ProblemCode::UkgTimeout);
    vec![
        drip("one byte of a body a second", &format!("{OK_JSON}Content-Length: 1000\r\n\r\n"), b" "),
        drip("one byte of a head a second", "HTTP/1.1 200 OK\r\nX-More: ", b"a"),
        drip("one header a second", OK_JSON, b"X-More: 1\r\n"),
        drip("silence", "", b""),
        interim,
    ]
}
