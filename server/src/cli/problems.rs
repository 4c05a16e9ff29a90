//! `linkdesk problems`: everything that can be wrong, as `docs/problems.md` holds it.

#[cfg(test)]
mod tests;
mod ways;
mod words;

use anyhow::Result;
use domain::{ProblemCode, ProblemKind};
use ukg_simulator::{DemoScenario, demo_table};

use super::{markdown, output};
use ways::Way;

const INTRODUCTION: &str = "\
# Everything that can be wrong

Made by `linkdesk problems`; change the sentences where they are written and run `make tables`. Each problem has a code \
that never changes. The last column says how to bring it about in `linkdesk demo`, whose scenarios are listed with their \
passwords in [simulator.md](simulator.md).

Where a command is named, run it beside the demo, in the folder above the one where its mails land, with \
`LINKDESK_DATABASE_URL=sqlite://demo.db` and `LINKDESK_MASTER_KEY_FILE=master.key`.
";

const HEADER: [&str; 6] = [
    "Code",
    "What the administrator reads",
    "What support reads",
    "Who acts",
    "Can the same values pass later?",
    "In the demo",
];

/// The order of the kinds, with their headings: as they are met.
const KINDS: [(ProblemKind, &str); 5] = [
    (ProblemKind::Invite, "The invite"),
    (ProblemKind::Key, "Step 1, the Customer API Key"),
    (ProblemKind::Account, "Step 2, the service account"),
    (ProblemKind::Url, "Step 3, the Web Services URL"),
    (ProblemKind::Check, "The check"),
];

/// Prints the tables.
pub fn run() -> Result<()> {
    output::line(page().trim_end())
}

fn page() -> String {
    let scenarios = demo_table();
    let mut text = INTRODUCTION.to_owned();
    for (kind, heading) in KINDS {
        let codes = ProblemCode::ALL.into_iter().filter(|code| code.kind() == kind);
        text.push_str(&format!("\n## {heading}\n\n"));
        text.push_str(&markdown::table(HEADER, codes.map(|code| row(code, &scenarios))));
    }
    text
}

fn row(code: ProblemCode, scenarios: &[DemoScenario]) -> [String; 6] {
    let admin = words::admin(code);
    [
        markdown::code(code.as_str()),
        format!("**{}** {}", sentence(admin.title), markdown::without_local_links(admin.body)),
        words::staff(code),
        words::who_acts(code).to_owned(),
        words::trying_again(code).to_owned(),
        way(ways::way(code), scenarios),
    ]
}

/// A title as a sentence of its own.
fn sentence(title: &str) -> String {
    if title.ends_with('?') { title.to_owned() } else { format!("{title}.") }
}

fn way(way: Way, scenarios: &[DemoScenario]) -> String {
    match way {
        Way::LeaveEmpty(field) => format!("Leave **{field}** empty."),
        Way::Type { field, text } => format!("**{field}**: {}", markdown::code(text)),
        Way::Scenario(name) => scenarios.iter().find(|scenario| scenario.name == name).map_or_else(
            // A test fails when there is no such scenario.
            || name.to_owned(),
            |scenario| {
                format!(
                    "Scenario {}: username {} at {}.",
                    markdown::code(name),
                    markdown::code(&scenario.username),
                    markdown::code(&scenario.host)
                )
            },
        ),
        Way::Do(sentence) => sentence.to_owned(),
    }
}
