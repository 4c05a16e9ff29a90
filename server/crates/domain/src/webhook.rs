//! What other systems are told of links: which events there are, where they go, and what becomes of a message.

use std::fmt;
use std::str::FromStr;

/// Something that receivers are told of. Names are relied on from outside: never renamed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum WebhookEvent {
    /// Somebody pressed **Start** on the link's invite for the first time.
    LinkOpened,
    /// A step was saved.
    LinkStepSaved,
    /// A check that somebody asked for did not link the account.
    LinkCheckFailed,
    /// The account is linked.
    LinkLinked,
    /// Other permissions are missing than before.
    LinkGapsChanged,
    /// A re-check could not be done or failed once; it is tried again.
    LinkAttention,
    /// UKG Pro refuses the account; the customer must act.
    LinkBroken,
    /// A link that needed attention or was broken works again.
    LinkRecovered,
    /// The link was ended and its credentials destroyed.
    LinkDisconnected,
    /// The last good invite of an unfinished link ran out.
    InviteExpired,
    /// Somebody started, and then did nothing for a day.
    InviteAbandoned,
    /// Staff try out an endpoint. Every endpoint takes it.
    Test,
}

/// Which events an endpoint is told of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WebhookEvents {
    /// All there are, and all there will be.
    All,
    /// These; never none.
    Only(Vec<WebhookEvent>),
}

/// Where messages go: an absolute address without credentials and fragment. Whether it is a public one is told by
/// whoever connects, each time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookUrl(String);

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

/// The text names nothing known here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown name")]
pub struct UnknownWebhookName;

/// The text is not an address that messages could go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidWebhookUrl {
    /// It does not begin with `https://` (or `http://`) and a host.
    #[error("an address looks like https://example.com/hooks")]
    Unreadable,
    /// There is a user or a password in it.
    #[error("an address holds no user name and no password")]
    Credentials,
    /// There is a `#` in it.
    #[error("an address holds no #")]
    Fragment,
    /// It is longer than anybody needs.
    #[error("an address has at most {} characters", WebhookUrl::LONGEST)]
    TooLong,
}

impl WebhookEvent {
    /// Every event that an endpoint can ask for.
    pub const ALL: [Self; 11] = [
        Self::LinkOpened,
        Self::LinkStepSaved,
        Self::LinkCheckFailed,
        Self::LinkLinked,
        Self::LinkGapsChanged,
        Self::LinkAttention,
        Self::LinkBroken,
        Self::LinkRecovered,
        Self::LinkDisconnected,
        Self::InviteExpired,
        Self::InviteAbandoned,
    ];

    /// The stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LinkOpened => "link.opened",
            Self::LinkStepSaved => "link.step_saved",
            Self::LinkCheckFailed => "link.check_failed",
            Self::LinkLinked => "link.linked",
            Self::LinkGapsChanged => "link.gaps_changed",
            Self::LinkAttention => "link.attention",
            Self::LinkBroken => "link.broken",
            Self::LinkRecovered => "link.recovered",
            Self::LinkDisconnected => "link.disconnected",
            Self::InviteExpired => "invite.expired",
            Self::InviteAbandoned => "invite.abandoned",
            Self::Test => "webhook.test",
        }
    }
}

impl WebhookEvents {
    /// What is stored for all events.
    const ALL: &'static str = "*";

    /// These events, each once and in the order they are always in; all when there are none.
    #[must_use]
    pub fn of(events: &[WebhookEvent]) -> Self {
        let chosen: Vec<_> = WebhookEvent::ALL.into_iter().filter(|event| events.contains(event)).collect();
        if chosen.is_empty() { Self::All } else { Self::Only(chosen) }
    }

    /// Whether the endpoint is told of this.
    #[must_use]
    pub fn wants(&self, event: WebhookEvent) -> bool {
        match self {
            Self::All => true,
            Self::Only(events) => event == WebhookEvent::Test || events.contains(&event),
        }
    }
}

impl WebhookUrl {
    /// How many characters an address has at most.
    pub const LONGEST: usize = 2_000;

    /// Reads an address. A path may hold anything a request line can.
    ///
    /// # Errors
    /// [`InvalidWebhookUrl`].
    pub fn parse(text: &str) -> Result<Self, InvalidWebhookUrl> {
        let text = text.trim();
        if text.len() > Self::LONGEST {
            return Err(InvalidWebhookUrl::TooLong);
        }
        let (scheme, rest) = text.split_once("://").ok_or(InvalidWebhookUrl::Unreadable)?;
        let scheme = scheme.to_ascii_lowercase();
        let readable = rest.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
        if !matches!(scheme.as_str(), "https" | "http") || !readable {
            return Err(InvalidWebhookUrl::Unreadable);
        }
        if rest.contains('#') {
            return Err(InvalidWebhookUrl::Fragment);
        }
        let (authority, after) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
        if authority.contains('@') {
            return Err(InvalidWebhookUrl::Credentials);
        }
        let host = authority.to_ascii_lowercase();
        if host.is_empty() || host.starts_with(':') || host.contains('%') {
            return Err(InvalidWebhookUrl::Unreadable);
        }
        Ok(Self(format!("{scheme}://{host}{after}")))
    }

    /// The whole address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Scheme, host and port: what may stand in a log. A path can be a receiver's secret.
    #[must_use]
    pub fn origin(&self) -> &str {
        let host = self.0.find("://").map_or(0, |at| at + 3);
        let end =
            self.0.get(host..).and_then(|rest| rest.find(['/', '?'])).map_or(self.0.len(), |at| host + at);
        self.0.get(..end).unwrap_or(&self.0)
    }

    /// Whether it is called over TLS.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }
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

macro_rules! named {
    ($name:ident, $all:expr) => {
        impl FromStr for $name {
            type Err = UnknownWebhookName;

            fn from_str(text: &str) -> Result<Self, UnknownWebhookName> {
                $all.into_iter().find(|known| known.as_str() == text).ok_or(UnknownWebhookName)
            }
        }
    };
}

named!(WebhookEvent, Self::ALL.into_iter().chain([Self::Test]));
named!(EndpointState, Self::ALL);
named!(DeliveryState, Self::ALL);
named!(DeliveryProblem, Self::ALL);

impl fmt::Display for WebhookEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for WebhookEvents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str(Self::ALL),
            Self::Only(events) => {
                let names: Vec<&str> = events.iter().map(|event| event.as_str()).collect();
                f.write_str(&names.join(","))
            }
        }
    }
}

impl FromStr for WebhookEvents {
    type Err = UnknownWebhookName;

    fn from_str(text: &str) -> Result<Self, UnknownWebhookName> {
        if text == Self::ALL {
            return Ok(Self::All);
        }
        let events: Vec<WebhookEvent> = text.split(',').map(str::parse).collect::<Result<_, _>>()?;
        // Only the form we print: otherwise one set would have many texts.
        let set = Self::of(&events);
        if set.to_string() == text { Ok(set) } else { Err(UnknownWebhookName) }
    }
}

impl fmt::Display for WebhookUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_kept_as_it_is_but_for_the_case_of_its_host() {
        for (typed, kept, origin) in [
            ("https://Example.COM/Hooks?a=B", "https://example.com/Hooks?a=B", "https://example.com"),
            (" HTTPS://example.com ", "https://example.com", "https://example.com"),
            ("http://[::1]:8080/x", "http://[::1]:8080/x", "http://[::1]:8080"),
            ("https://example.com:8443?x=a@b", "https://example.com:8443?x=a@b", "https://example.com:8443"),
        ] {
            let url = WebhookUrl::parse(typed).unwrap();
            assert_eq!((url.as_str(), url.origin()), (kept, origin));
        }
    }

    #[test]
    fn what_is_no_address_is_refused_with_the_reason() {
        use InvalidWebhookUrl as I;
        let long = format!("https://example.com/{}", "x".repeat(2_000));
        for (typed, why) in [
            ("", I::Unreadable),
            ("example.com", I::Unreadable),
            ("ftp://example.com", I::Unreadable),
            ("https://", I::Unreadable),
            ("https:///x", I::Unreadable),
            ("https://:443/", I::Unreadable),
            ("https://exa mple.com/", I::Unreadable),
            ("https://example.com\\@evil.example/", I::Unreadable),
            ("https://127.0.0.1%2f/", I::Unreadable),
            ("https://bücher.example/", I::Unreadable),
            ("https://user:pw@example.com/", I::Credentials),
            ("https://example.com/#x", I::Fragment),
            (long.as_str(), I::TooLong),
        ] {
            assert_eq!(WebhookUrl::parse(typed), Err(why), "{typed}");
        }
    }

    #[test]
    fn a_set_of_events_reads_back_as_printed_and_in_no_other_form() {
        let some = WebhookEvents::of(&[WebhookEvent::LinkBroken, WebhookEvent::LinkOpened]);

        assert_eq!(some.to_string(), "link.opened,link.broken");
        assert_eq!(some.to_string().parse(), Ok(some.clone()));
        assert_eq!("*".parse(), Ok(WebhookEvents::All));
        assert_eq!(WebhookEvents::of(&[]), WebhookEvents::All);
        for text in ["", "link.broken,link.opened", "link.opened,", "webhook.test", "link.lost"] {
            assert!(text.parse::<WebhookEvents>().is_err(), "{text}");
        }
        assert!(some.wants(WebhookEvent::Test) && some.wants(WebhookEvent::LinkOpened));
        assert!(!some.wants(WebhookEvent::LinkLinked));
    }
}
