//! A link's status and the only ways it may change.

use std::fmt;
use std::str::FromStr;

use crate::ProblemCode;

/// Where one customer's link stands. Names are relied on from outside (`contract.md`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LinkStatus {
    /// An invite was made; nobody has opened it.
    Invited,
    /// Somebody pressed **Start**.
    Opened,
    /// At least one step is saved.
    InProgress,
    /// A check is running.
    Checking,
    /// Everything that was asked for and can be tested is granted.
    Linked,
    /// The required permission holds, another one that was asked for is missing.
    LinkedWithGaps,
    /// A re-check could not be done or failed once; it is tried again.
    Attention,
    /// UKG Pro refuses the account that worked before; the customer must act.
    Broken,
    /// Staff stopped the re-checks.
    Paused,
    /// The credentials were destroyed.
    Disconnected,
}

/// Who has to do the next thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WhoActs {
    /// The customer's administrator.
    Customer,
    /// The inviting company's staff.
    Us,
    /// UKG.
    Ukg,
    /// Nobody: all is well, or Linkdesk itself is at work.
    Nobody,
}

/// One of the three things the administrator enters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// The Customer API Key.
    Key,
    /// The service account's username and password.
    Account,
    /// The Web Services URL.
    Domain,
}

/// Something that happened to a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkEvent {
    /// The invite's holder pressed **Start**.
    Started,
    /// A step's values were saved.
    StepSaved,
    /// A check began.
    CheckStarted,
    /// The check found everything granted.
    CheckLinked,
    /// The check found the required permission but not every other.
    CheckFoundGaps,
    /// UKG Pro refused the account or the required permission.
    CheckRefused,
    /// UKG Pro refused what it had refused the time before.
    CheckRefusedAgain,
    /// The check could not be done: a fault of the network or of UKG Pro, or the server stopped meanwhile.
    CheckFaulted,
    /// The same of a check that Linkdesk makes by itself, to know whether a link still works.
    RecheckFaulted,
    /// The customer or the staff ended the link; its credentials were destroyed.
    Disconnected,
    /// Staff stopped the checks of a link that stands.
    Paused,
    /// Staff let the checks go on.
    Resumed {
        /// What the link was when it was paused: it stands as it stood.
        to: LinkStatus,
    },
}

/// The event cannot happen in this status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{event:?} cannot happen to a link that is {status}")]
pub struct RefusedTransition {
    /// The status it was in.
    pub status: LinkStatus,
    /// What was to happen.
    pub event: LinkEvent,
}

/// The text names no status, no step or nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown name")]
pub struct UnknownStatus;

impl LinkStatus {
    /// Every status.
    pub const ALL: [Self; 10] = [
        Self::Invited,
        Self::Opened,
        Self::InProgress,
        Self::Checking,
        Self::Linked,
        Self::LinkedWithGaps,
        Self::Attention,
        Self::Broken,
        Self::Paused,
        Self::Disconnected,
    ];

    /// The status after the event.
    ///
    /// # Errors
    /// [`RefusedTransition`] when the event cannot happen now; nothing may be stored then.
    pub fn after(self, event: LinkEvent) -> Result<Self, RefusedTransition> {
        use LinkEvent as E;
        use LinkStatus as S;
        match (self, event) {
            (S::Invited, E::Started) => Ok(S::Opened),
            // Opening an invite again, on another device or another day, changes nothing.
            (
                S::Opened
                | S::InProgress
                | S::Checking
                | S::Linked
                | S::LinkedWithGaps
                | S::Attention
                | S::Broken,
                E::Started,
            ) => Ok(self),
            // A link that was ended can be made anew.
            (S::Opened | S::InProgress | S::Disconnected, E::StepSaved) => Ok(S::InProgress),
            // What replaces a link's credentials is kept beside those in use, until a check has proven it.
            (S::Linked | S::LinkedWithGaps | S::Attention | S::Broken, E::StepSaved) => Ok(self),
            (S::InProgress, E::CheckStarted) => Ok(S::Checking),
            // A link that stands goes on standing while it is checked again.
            (S::Linked | S::LinkedWithGaps | S::Attention | S::Broken, E::CheckStarted) => Ok(self),
            (S::Checking | S::Linked | S::LinkedWithGaps | S::Attention | S::Broken, E::CheckLinked) => {
                Ok(S::Linked)
            }
            (S::Checking | S::Linked | S::LinkedWithGaps | S::Attention | S::Broken, E::CheckFoundGaps) => {
                Ok(S::LinkedWithGaps)
            }
            (S::Checking, E::CheckRefused | E::CheckRefusedAgain | E::CheckFaulted | E::RecheckFaulted) => {
                Ok(S::InProgress)
            }
            // A fault of UKG Pro or the network says nothing about the account (bar R8).
            (S::Linked | S::LinkedWithGaps | S::Attention | S::Broken, E::CheckFaulted) => Ok(self),
            // Nor is it known then whether the link still works.
            (S::Linked | S::LinkedWithGaps | S::Attention, E::RecheckFaulted) => Ok(S::Attention),
            // One refusal may be a mistake of UKG Pro's; a second one is believed.
            (S::Linked | S::LinkedWithGaps | S::Attention, E::CheckRefused)
            | (S::Linked | S::LinkedWithGaps, E::CheckRefusedAgain) => Ok(S::Attention),
            (S::Attention, E::CheckRefusedAgain)
            | (S::Broken, E::CheckRefused | E::CheckRefusedAgain | E::RecheckFaulted) => Ok(S::Broken),
            (
                S::InProgress
                | S::Checking
                | S::Linked
                | S::LinkedWithGaps
                | S::Attention
                | S::Broken
                | S::Paused,
                E::Disconnected,
            ) => Ok(S::Disconnected),
            (S::Linked | S::LinkedWithGaps | S::Attention | S::Broken, E::Paused) => Ok(S::Paused),
            (S::Paused, E::Resumed { to }) if to.stands() => Ok(to),
            (status, event) => Err(RefusedTransition { status, event }),
        }
    }

    /// Who has to do the next thing, given what stands in the way.
    #[must_use]
    pub fn who_acts(self, problem: Option<ProblemCode>) -> WhoActs {
        match self {
            Self::Invited | Self::Opened | Self::InProgress => {
                problem.map_or(WhoActs::Customer, ProblemCode::who_acts)
            }
            Self::LinkedWithGaps | Self::Broken => WhoActs::Customer,
            // A refusal is confirmed first, which Linkdesk does by itself; a host that worked before is not the customer's
            // to mend.
            Self::Attention => match problem {
                Some(code) if code.is_refusal() => WhoActs::Nobody,
                Some(code) if code.who_acts() == WhoActs::Customer => WhoActs::Us,
                Some(code) => code.who_acts(),
                None => WhoActs::Ukg,
            },
            Self::Paused => WhoActs::Us,
            Self::Checking | Self::Linked | Self::Disconnected => WhoActs::Nobody,
        }
    }

    /// Whether the link was made and not ended: its credentials stay in use until better ones are proven.
    #[must_use]
    pub const fn stands(self) -> bool {
        matches!(self, Self::Linked | Self::LinkedWithGaps | Self::Attention | Self::Broken)
    }

    /// Whether it is checked again from time to time. A link that broke is not: nothing is asked with a password that UKG
    /// Pro refuses, until somebody changes something.
    #[must_use]
    pub const fn is_rechecked(self) -> bool {
        matches!(self, Self::Linked | Self::LinkedWithGaps | Self::Attention)
    }

    /// Whether the account is linked, gaps or not.
    #[must_use]
    pub const fn is_linked(self) -> bool {
        matches!(self, Self::Linked | Self::LinkedWithGaps)
    }

    /// The stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Opened => "opened",
            Self::InProgress => "in_progress",
            Self::Checking => "checking",
            Self::Linked => "linked",
            Self::LinkedWithGaps => "linked_with_gaps",
            Self::Attention => "attention",
            Self::Broken => "broken",
            Self::Paused => "paused",
            Self::Disconnected => "disconnected",
        }
    }
}

impl fmt::Display for LinkStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for LinkStatus {
    type Err = UnknownStatus;

    fn from_str(text: &str) -> Result<Self, UnknownStatus> {
        Self::ALL.into_iter().find(|status| status.as_str() == text).ok_or(UnknownStatus)
    }
}

impl WhoActs {
    /// Everybody who can act, and nobody.
    pub const ALL: [Self; 4] = [Self::Customer, Self::Us, Self::Ukg, Self::Nobody];

    /// The stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Us => "us",
            Self::Ukg => "ukg",
            Self::Nobody => "nobody",
        }
    }
}

impl FromStr for WhoActs {
    type Err = UnknownStatus;

    fn from_str(text: &str) -> Result<Self, UnknownStatus> {
        Self::ALL.into_iter().find(|who| who.as_str() == text).ok_or(UnknownStatus)
    }
}

impl FromStr for Step {
    type Err = UnknownStatus;

    fn from_str(text: &str) -> Result<Self, UnknownStatus> {
        Self::ALL.into_iter().find(|step| step.as_str() == text).ok_or(UnknownStatus)
    }
}

impl Step {
    /// The steps in their order.
    pub const ALL: [Self; 3] = [Self::Key, Self::Account, Self::Domain];

    /// The stable name, also the last part of the step's URL.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Account => "account",
            Self::Domain => "domain",
        }
    }

    /// 1, 2 or 3.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::Key => 1,
            Self::Account => 2,
            Self::Domain => 3,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const EVENTS: [LinkEvent; 11] = [
        LinkEvent::Started,
        LinkEvent::StepSaved,
        LinkEvent::CheckStarted,
        LinkEvent::CheckLinked,
        LinkEvent::CheckFoundGaps,
        LinkEvent::CheckRefused,
        LinkEvent::CheckRefusedAgain,
        LinkEvent::CheckFaulted,
        LinkEvent::RecheckFaulted,
        LinkEvent::Disconnected,
        LinkEvent::Paused,
    ];

    /// A link with what is kept of it, to follow a history: `None` in it stands for staff letting the checks go on.
    struct Followed {
        status: LinkStatus,
        paused_from: Option<LinkStatus>,
    }

    impl Followed {
        const NEW: Self = Self { status: LinkStatus::Invited, paused_from: None };

        fn after(&mut self, event: Option<LinkEvent>) -> Option<LinkStatus> {
            let event = match event {
                Some(event) => event,
                None => LinkEvent::Resumed { to: self.paused_from? },
            };
            let next = self.status.after(event).ok()?;
            self.paused_from = (event == LinkEvent::Paused).then_some(self.status);
            self.status = next;
            Some(next)
        }
    }

    /// Up to so many things that may happen to a link, one after another.
    fn history(most: usize) -> impl Strategy<Value = Vec<Option<LinkEvent>>> {
        prop::collection::vec(prop::option::weighted(0.9, prop::sample::select(&EVENTS[..])), 0..most)
    }

    #[test]
    fn what_never_stood_is_neither_paused_nor_resumed_to() {
        for status in LinkStatus::ALL.into_iter().filter(|status| !status.stands()) {
            assert!(status.after(LinkEvent::Paused).is_err(), "{status}");
            assert!(LinkStatus::Paused.after(LinkEvent::Resumed { to: status }).is_err(), "{status}");
        }
    }

    #[test]
    fn every_status_reads_back() {
        for status in LinkStatus::ALL {
            assert_eq!(status.as_str().parse(), Ok(status));
        }
    }

    proptest! {
        #[test]
        fn nothing_is_linked_without_a_check(events in history(40)) {
            let (mut link, mut checked) = (Followed::NEW, false);
            for event in events {
                if link.after(event).is_some() {
                    checked |= event == Some(LinkEvent::CheckStarted);
                }
                prop_assert!(checked || !link.status.is_linked());
            }
        }

        #[test]
        fn a_link_that_goes_on_stands_as_it_stood(status in prop::sample::select(&LinkStatus::ALL[..])) {
            let mut link = Followed { status, ..Followed::NEW };
            if link.after(Some(LinkEvent::Paused)).is_some() {
                prop_assert_eq!(link.after(None), Some(status));
            }
        }

        #[test]
        fn a_paused_link_is_only_resumed_or_ended(event in prop::sample::select(&EVENTS[..])) {
            let next = LinkStatus::Paused.after(event);
            prop_assert_eq!(next.is_ok(), event == LinkEvent::Disconnected);
        }

        #[test]
        fn a_refusal_never_leaves_the_link_linked(status in prop::sample::select(&LinkStatus::ALL[..])) {
            if let Ok(next) = status.after(LinkEvent::CheckRefused) {
                prop_assert!(!next.is_linked());
            }
        }

        #[test]
        fn a_fault_never_makes_a_link_worse(status in prop::sample::select(&LinkStatus::ALL[..])) {
            if let Ok(next) = status.after(LinkEvent::CheckFaulted) {
                prop_assert_eq!(next.is_linked(), status.is_linked());
                prop_assert!(next != LinkStatus::Broken || status == LinkStatus::Broken);
            }
            if let Ok(next) = status.after(LinkEvent::RecheckFaulted) {
                prop_assert!(next != LinkStatus::Broken || status == LinkStatus::Broken);
            }
        }

        #[test]
        fn entering_something_never_changes_a_link_that_stands(status in prop::sample::select(&LinkStatus::ALL[..])) {
            if let Ok(next) = status.after(LinkEvent::StepSaved) {
                prop_assert_eq!(next, if status.stands() { status } else { LinkStatus::InProgress });
            }
        }

        #[test]
        fn only_two_refusals_in_a_row_break_a_link(events in history(60)) {
            let (mut link, mut refusals) = (Followed::NEW, 0);
            for event in events {
                // Only what was refused before can be refused again.
                if event == Some(LinkEvent::CheckRefusedAgain) && refusals == 0 {
                    continue;
                }
                if let Some(next) = link.after(event) {
                    if matches!(event, Some(LinkEvent::CheckRefused | LinkEvent::CheckRefusedAgain)) {
                        refusals += 1;
                    } else if matches!(event, Some(LinkEvent::CheckLinked | LinkEvent::CheckFoundGaps)) {
                        refusals = 0;
                    }
                    prop_assert!(next != LinkStatus::Broken || refusals >= 2);
                }
            }
        }
    }
}
