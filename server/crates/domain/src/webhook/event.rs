//! Which events there are, and which of them an endpoint is told of.

use std::fmt;
use std::str::FromStr;

use super::{UnknownWebhookName, named};

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

named!(WebhookEvent, Self::ALL.into_iter().chain([Self::Test]));

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

#[cfg(test)]
mod tests {
    use super::*;

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
