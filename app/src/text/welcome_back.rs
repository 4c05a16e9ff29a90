//! The invite's page of a link that was made.

use domain::Permission;

use crate::pages::WelcomeBack;

/// The page's heading.
#[must_use]
pub fn heading(back: WelcomeBack, company: &str) -> String {
    match back {
        WelcomeBack::Works => format!("Your UKG\u{a0}Pro is linked with {company}"),
        WelcomeBack::Look => format!("Your UKG\u{a0}Pro link with {company} stays in use"),
        WelcomeBack::Refused | WelcomeBack::Lost => {
            format!("Your UKG\u{a0}Pro link with {company} has stopped working")
        }
        WelcomeBack::Paused => format!("Your UKG\u{a0}Pro link with {company} is paused"),
    }
}

/// The paragraph under it.
#[must_use]
pub fn lead(back: WelcomeBack, company: &str) -> String {
    match back {
        WelcomeBack::Works => "From here you can see how the link stands, enter a new password, or end it.".to_owned(),
        WelcomeBack::Look => "The last check did not go through. We check again by ourselves.".to_owned(),
        WelcomeBack::Refused => "UKG Pro does not accept the service account any more. Most often its password was \
                                 changed there, or has run out. All you saved is kept, so there is little to do."
            .to_owned(),
        WelcomeBack::Lost => "UKG Pro accepts the service account, but a permission that it needs was taken away. \
                              Nothing has to be entered anew."
            .to_owned(),
        WelcomeBack::Paused => {
            format!("{company} stopped it for now, and nothing is asked of UKG Pro until they let it go on.")
        }
    }
}

/// A step, and how long it takes.
type Step = (&'static str, &'static str);

const NEW_PASSWORD: [Step; 2] =
    [("Generate a new password in UKG Pro", "2 minutes"), ("Paste it here", "1 minute")];
const TICK: [Step; 2] = [("Tick **View** for {} again", "2 minutes"), ("Check again here", "1 minute")];

/// The card's heading, the steps, and where the button leads.
#[must_use]
pub fn plan(back: WelcomeBack) -> (&'static str, Vec<(String, &'static str)>, &'static str) {
    let steps = |steps: [Step; 2]| {
        let required = Permission::ALL.into_iter().find(|permission| permission.is_required());
        let name = required.map_or("", Permission::label);
        steps.map(|(what, time)| (what.replace("{}", name), time)).to_vec()
    };
    const MEND: &str = "**Start** leads straight to what has to be put right.";
    const SEE: &str = "**Start** shows how it stands.";
    match back {
        WelcomeBack::Refused => ("About three minutes", steps(NEW_PASSWORD), MEND),
        WelcomeBack::Lost => ("About three minutes", steps(TICK), MEND),
        WelcomeBack::Works => ("Come back any time", Vec::new(), SEE),
        WelcomeBack::Look | WelcomeBack::Paused => ("There is nothing you have to do", Vec::new(), SEE),
    }
}

/// Heading of how values are kept.
pub const KEPT: &str = "How we keep what you entered";
