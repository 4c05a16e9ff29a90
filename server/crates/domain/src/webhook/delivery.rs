//! Whether an endpoint is sent to, what became of a message, and why an attempt failed.

use std::str::FromStr;

use super::{UnknownWebhookName, named};

/// Whether an endpoint is sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EndpointState {
    /// It is.
    Active,
    /// Staff stopped it: its messages wait.
    Paused,
    /// It answered that it is gone for good: it is told of nothing more until staff say so.
    Gone,
}

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DeliveryState {
    /// It is tried, now or later.
    Waiting,
    /// The receiver took it.
    Delivered,
    /// It was given up.
    Failed,
}

/// Why an attempt to deliver failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DeliveryProblem {
    /// The host leads to no address that may be called.
    NotPublic,
    /// The host has no address.
    HostNotFound,
    /// Nobody answers there.
    Unreachable,
    /// No connection that could be trusted came about.
    Tls,
    /// There was no answer in time.
    Timeout,
    /// The connection ended before the answer.
    CutOff,
    /// The receiver points elsewhere, and nobody follows.
    Redirect,
    /// The receiver answered with another status than 2xx.
    Status,
    /// The receiver answered that it is gone for good (410).
    Gone,
    /// The secret to sign with cannot be made: the key that it comes from is not in the key file.
    NoSecret,
}

impl EndpointState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Active, Self::Paused, Self::Gone];

    /// The stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Paused => "paused",
            Self::Gone => "gone",
        }
    }
}

impl DeliveryState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Delivered, Self::Failed];

    /// The stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
        }
    }
}

impl DeliveryProblem {
    /// Every problem.
    pub const ALL: [Self; 10] = [
        Self::NotPublic,
        Self::HostNotFound,
        Self::Unreachable,
        Self::Tls,
        Self::Timeout,
        Self::CutOff,
        Self::Redirect,
        Self::Status,
        Self::Gone,
        Self::NoSecret,
    ];

    /// The stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotPublic => "not_public",
            Self::HostNotFound => "host_not_found",
            Self::Unreachable => "unreachable",
            Self::Tls => "tls",
            Self::Timeout => "timeout",
            Self::CutOff => "cut_off",
            Self::Redirect => "redirect",
            Self::Status => "status",
            Self::Gone => "gone",
            Self::NoSecret => "no_secret",
        }
    }
}

named!(EndpointState, Self::ALL);
named!(DeliveryState, Self::ALL);
named!(DeliveryProblem, Self::ALL);
