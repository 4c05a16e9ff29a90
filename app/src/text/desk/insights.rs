//! Insights: how customers fare on the way, in figures.

/// The tab and the heading.
pub const HEADING: &str = "Insights";
/// Under it.
pub const LEAD: &str = "How far customers come, how long it takes and what is in their way: from our own database, without any tracker.";
/// The periods' names.
pub const PERIODS: [&str; 4] = ["7 days", "30 days", "90 days", "All time"];
/// What the periods are about.
pub const PERIOD_LABEL: &str = "Invited within";
/// The stages' names, in order.
pub const STAGES: [&str; 7] = [
    "Invited",
    "Opened the invite",
    "Saved the key",
    "Saved the account",
    "Saved the URL",
    "Checked",
    "Linked",
];
/// Heading.
pub const FUNNEL: &str = "How far they come";
/// Table headings.
pub const FUNNEL_COLUMNS: [&str; 4] = ["Stage", "Links", "Of all", "Median time since the stage before"];
/// Heading.
pub const STOPPED: &str = "Where they stop";
/// Table headings.
pub const STOPPED_COLUMNS: [&str; 3] = ["Last stage", "Links", "Quiet for 3 days"];
/// Under the heading.
pub const STOPPED_LEAD: &str = "Links that are not linked yet, by the last stage they reached.";
/// Everybody is linked.
pub const NOBODY_STOPPED: &str = "Every link of this time is linked.";
/// Heading.
pub const TIME: &str = "From the invite to linked";
/// Table headings.
pub const TIME_COLUMNS: [&str; 2] = ["Time", "Links"];
/// The bars' names.
pub const TIMES: [&str; 7] = [
    "Up to 1 hour",
    "1 to 4 hours",
    "4 hours to 1 day",
    "1 to 3 days",
    "3 to 7 days",
    "7 to 14 days",
    "More than 14 days",
];
/// Nobody is linked.
pub const NONE_LINKED: &str = "No link of this time is linked yet.";
/// Heading.
pub const PROBLEMS: &str = "What is in their way";
/// Under the heading.
pub const PROBLEMS_LEAD: &str = "How many links met each problem at least once in this time.";
/// Table headings.
pub const PROBLEM_COLUMNS: [&str; 2] = ["Problem", "Links"];
/// No problems.
pub const NO_PROBLEMS: &str = "Nobody met a problem.";
/// Nothing at all.
pub const NONE: (&str, &str) =
    ("Nobody was invited in this time", "Choose a longer time, or come back when the first invite is out.");
/// No figure.
pub const NO_FIGURE: &str = "–";
/// To UKG's side.
pub const UKG: &str = "How UKG Pro answers now";

/// It is told from the newest only.
#[must_use]
pub fn cut(links: u64) -> String {
    format!("Told from the newest {} links of this time.", super::audit::number(links))
}

/// Median and nine of ten.
#[must_use]
pub fn half_and_most(median: &str, most: &str) -> String {
    format!("Half are linked within {median}, nine of ten within {most}.")
}

/// A picture's title.
#[must_use]
pub fn funnel_title(invited: u64, linked: u64) -> String {
    format!("Of {invited} links invited, {linked} are linked; the table has every stage")
}

/// A share of a whole.
#[must_use]
pub fn share(part: u64, whole: u64) -> String {
    let tenths = (part * 1000 + whole / 2).checked_div(whole).unwrap_or_default();
    if tenths.is_multiple_of(10) || tenths >= 100 {
        format!("{}\u{a0}%", (tenths + 5) / 10)
    } else {
        format!("{}.{}\u{a0}%", tenths / 10, tenths % 10)
    }
}

/// How long, as people say it: two units at most.
#[must_use]
pub fn duration(millis: i64) -> String {
    let seconds = millis / 1000;
    let minutes = seconds / 60;
    let two = |first: i64, unit: &str, second: i64, smaller: &str| {
        if second == 0 { format!("{first} {unit}") } else { format!("{first} {unit} {second} {smaller}") }
    };
    match minutes {
        ..1 => format!("{} s", seconds.max(0)),
        1..60 => two(minutes, "min", 0, ""),
        60..1440 => two(minutes / 60, "h", minutes % 60, "min"),
        _ => two(minutes / 1440, if minutes < 2880 { "day" } else { "days" }, minutes % 1440 / 60, "h"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_as_people_say_them() {
        for (seconds, text) in [
            (0, "0 s"),
            (59, "59 s"),
            (60, "1 min"),
            (3_599, "59 min"),
            (3_600, "1 h"),
            (11_400, "3 h 10 min"),
            (86_400, "1 day"),
            (187_200, "2 days 4 h"),
        ] {
            assert_eq!(duration(seconds * 1000), text);
        }
        assert_eq!(duration(-5), "0 s");
    }

    #[test]
    fn shares_are_rounded_and_of_nothing_nothing() {
        for (part, whole, text) in
            [(1, 3, "33 %"), (2, 3, "67 %"), (1, 16, "6.3 %"), (3, 3, "100 %"), (0, 7, "0 %"), (0, 0, "0 %")]
        {
            assert_eq!(share(part, whole).replace('\u{a0}', " "), text);
        }
    }
}
