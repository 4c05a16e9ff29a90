//! Why no HTTP answer came, read from the chain of errors: their types and kinds, never their wording.

use std::error::Error;
use std::io;

use domain::ProblemCode;

use crate::resolve::ResolveError;

/// What stood between the request and its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The host has no address.
    NotFound,
    /// The host cannot be connected to, or only at an address that must not be called.
    Unreachable,
    /// No secure connection: certificate, name, version, or not TLS at all.
    Tls,
    /// No secure connection came about in time; `session` looks which of the two next ones it was.
    SlowConnect,
    /// Nothing came in time.
    TimedOut,
    /// The connection was cut; the one fault that is tried again.
    Reset,
    /// Something answered that is not HTTP.
    Garbage,
}

impl Fault {
    /// The code people are told.
    pub(crate) const fn code(self) -> ProblemCode {
        match self {
            Self::NotFound => ProblemCode::HostNotFound,
            Self::Unreachable | Self::Reset => ProblemCode::HostUnreachable,
            Self::Tls => ProblemCode::HostTls,
            Self::SlowConnect | Self::TimedOut => ProblemCode::UkgTimeout,
            Self::Garbage => ProblemCode::UkgUnexpected,
        }
    }

    /// The fault behind a failed request or a body cut short.
    pub(crate) fn of(error: &reqwest::Error) -> Self {
        let connecting = error.is_connect();
        if error.is_timeout() {
            return if connecting { Self::SlowConnect } else { Self::TimedOut };
        }
        let mut next: Option<&(dyn Error + 'static)> = Some(error);
        while let Some(link) = next {
            if let Some(fault) = fault_of_link(link, connecting) {
                return fault;
            }
            next = inner(link);
        }
        if connecting { Self::Unreachable } else { Self::Garbage }
    }
}

/// The next error in the chain. `io::Error::source` skips the error it carries, which is just where TLS errors are.
fn inner<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    match error.downcast_ref::<io::Error>() {
        Some(io) => io.get_ref().map(|inner| inner as &(dyn Error + 'static)),
        None => error.source(),
    }
}

fn fault_of_link(error: &(dyn Error + 'static), connecting: bool) -> Option<Fault> {
    if let Some(resolve) = error.downcast_ref::<ResolveError>() {
        return Some(match resolve {
            ResolveError::NotFound => Fault::NotFound,
            ResolveError::NotPublic | ResolveError::Silent | ResolveError::OtherName => Fault::Unreachable,
        });
    }
    if error.is::<rustls::Error>() {
        return Some(Fault::Tls);
    }
    if let Some(http) = error.downcast_ref::<hyper::Error>() {
        // Closed in the middle of an answer, or before it was asked for one.
        return if http.is_incomplete_message() || http.is_canceled() {
            Some(Fault::Reset)
        } else if http.is_parse() {
            Some(Fault::Garbage)
        } else {
            None
        };
    }
    error.downcast_ref::<io::Error>().and_then(|io| fault_of_kind(io.kind(), connecting))
}

fn fault_of_kind(kind: io::ErrorKind, connecting: bool) -> Option<Fault> {
    use io::ErrorKind as K;
    if kind == K::TimedOut {
        Some(Fault::TimedOut)
    } else if matches!(kind, K::ConnectionReset | K::ConnectionAborted | K::BrokenPipe) {
        Some(Fault::Reset)
    } else if kind == K::UnexpectedEof {
        // While connecting only the TLS handshake reads: a peer that hangs up on it will have no TLS with us.
        Some(if connecting { Fault::Tls } else { Fault::Reset })
    } else if matches!(
        kind,
        K::ConnectionRefused
            | K::HostUnreachable
            | K::NetworkUnreachable
            | K::NetworkDown
            | K::AddrNotAvailable
    ) {
        Some(Fault::Unreachable)
    } else {
        None
    }
}
