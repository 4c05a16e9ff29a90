//! The previews: every screen of the customer's, by step and state.

/// Heading.
pub const HEADING: &str = "What the customer sees";
/// Under it.
pub const LEAD: &str = "Every screen in every state, with made-up data. Nothing in a preview can be pressed, and nothing is changed by looking.";
/// The banner's title.
pub const BANNER: &str = "Preview · made-up data";
/// Under it.
pub const BANNER_BODY: &str = "This is no customer’s page. Links and buttons do nothing here.";
/// Back.
pub const BACK: &str = "All previews";

/// The screens of one step.
#[derive(Clone, Copy, Debug)]
pub struct Group {
    /// The step.
    pub title: &'static str,
    /// Its states: the preview's name, and what it shows.
    pub states: &'static [(&'static str, &'static str)],
}

/// Every screen.
pub const GROUPS: [Group; 8] = [
    Group {
        title: "The invite",
        states: &[
            ("welcome", "Opened"),
            ("welcome-works", "Opened again: the link works"),
            ("welcome-look", "Opened again: the last check did not go through"),
            ("welcome-refused", "Opened again: the account is refused"),
            ("welcome-lost", "Opened again: a permission was taken away"),
            ("forward", "Message for a colleague"),
            ("expired", "Ran out; a new one can be mailed"),
            ("expired-no-mail", "Ran out; it cannot be mailed"),
            ("expired-sent", "A new one was mailed"),
            ("expired-already", "A new one was mailed a moment ago"),
            ("expired-told", "We were told to send a new one"),
            ("expired-failed", "The mail could not be sent"),
        ],
    },
    Group {
        title: "Step 1: Customer API Key",
        states: &[
            ("key", "Empty"),
            ("key-problem", "The User API Key was pasted"),
            ("key-doubt", "An unusual key, asked about once"),
            ("key-pasted", "Found in a pasted page"),
            ("key-pasted-nothing", "Nothing found in a pasted page"),
            ("key-waiting", "Handed to a colleague"),
            ("key-colleague", "As the colleague sees it"),
        ],
    },
    Group {
        title: "Step 2: Service account",
        states: &[
            ("account", "Empty"),
            ("account-ten", "With all ten permissions"),
            ("account-problem", "An e-mail address and a key were entered"),
            ("account-password-only", "Only a new password is needed"),
            ("account-colleague", "As the colleague sees it"),
        ],
    },
    Group {
        title: "Step 3: Web Services URL",
        states: &[
            ("domain", "Empty"),
            ("domain-problem", "The sign-in address was pasted"),
            ("domain-pasted", "Found in a pasted page"),
            ("domain-opened", "Opened by a colleague"),
        ],
    },
    Group {
        title: "Step 4: Check",
        states: &[
            ("check-ready", "Ready to start"),
            ("check-running", "Running"),
            ("check-linked", "Linked"),
            ("check-linked-notes", "Linked, with something to know"),
            ("check-linked-unclear", "Linked; one permission could not be checked"),
            ("check-gap", "One permission is missing"),
            ("check-gaps", "Several permissions are missing"),
            ("check-required", "The required permission is missing"),
            ("check-rejected", "UKG Pro refuses the account"),
            ("check-rejected-same", "The same values are not sent again"),
            ("check-rejected-wait", "A wait before the next try"),
            ("check-rejected-replacement", "New values were refused; the old ones stay"),
            ("check-address", "The address is not the right one"),
            ("check-trouble", "UKG Pro has a fault"),
            ("check-unexpected", "An answer we do not know"),
            ("check-replaced", "New values are in use"),
            ("check-weaker", "New values may read less"),
            ("check-other-account", "New values belong to another account"),
        ],
    },
    Group {
        title: "The receipt",
        states: &[
            ("done", "Linked"),
            ("done-test", "Linked with a test system"),
            ("done-gaps", "Linked, with gaps"),
            ("done-attention", "Needs a look"),
            ("done-refused-once", "Needs a look: refused once"),
            ("done-broken", "Broken: the account is refused"),
            ("done-lost", "Broken: a permission was taken away"),
            ("done-paused", "Paused"),
            ("disconnect", "About to be ended"),
            ("done-disconnected", "Ended"),
        ],
    },
    Group {
        title: "Handing a step over",
        states: &[
            ("hand-offer", "The offer"),
            ("hand-made", "The colleague’s link, shown once"),
            ("hand-waiting", "Waiting for the colleague"),
            ("hand-welcome", "The colleague’s first page"),
            ("hand-thanks", "The colleague is done"),
            ("hand-used", "The colleague’s link was used"),
            ("hand-expired", "The colleague’s link ran out"),
        ],
    },
    Group { title: "Outside", states: &[("home", "The front page"), ("sign-in", "Sign-in of staff")] },
];

/// What a preview shows: its step and its state; `None` when there is none of this name.
#[must_use]
pub fn told(name: &str) -> Option<(&'static str, &'static str)> {
    GROUPS.iter().find_map(|group| {
        let state = group.states.iter().find(|(known, _)| *known == name)?;
        Some((group.title, state.1))
    })
}
