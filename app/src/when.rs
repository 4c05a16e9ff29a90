//! Points in time for people: UTC, in words, with the exact value for machines.

use domain::Timestamp;
use jiff::fmt::strtime;
use leptos::prelude::*;

use crate::text::desk::UTC;

/// `3 November 2026, 10:42`; empty for a time no calendar holds.
#[must_use]
pub fn date_and_time(at: Timestamp) -> String {
    formatted(at, "%-d %B %Y, %H:%M")
}

/// `3 November 2026`.
#[must_use]
pub fn date(at: Timestamp) -> String {
    formatted(at, "%-d %B %Y")
}

/// `3 November`.
#[must_use]
pub fn day_and_month(at: Timestamp) -> String {
    formatted(at, "%-d %B")
}

/// `10:42`.
#[must_use]
pub fn clock(at: Timestamp) -> String {
    formatted(at, "%H:%M")
}

/// `2026-11-03T10:42:00Z`, for `datetime` and JSON.
#[must_use]
pub fn machine(at: Timestamp) -> String {
    formatted(at, "%Y-%m-%dT%H:%M:%SZ")
}

/// `2026-11-03`, for names of files.
#[must_use]
pub fn machine_date(at: Timestamp) -> String {
    formatted(at, "%Y-%m-%d")
}

/// The begin of a day written as `2026-11-03`; `None` for anything else.
#[must_use]
pub fn day(text: &str) -> Option<Timestamp> {
    let day: jiff::civil::Date = text.parse().ok()?;
    let begin = day.to_zoned_datetime(jiff::tz::TimeZone::UTC).ok()?;
    // Only the form a date field sends.
    (day.to_string() == text).then(|| Timestamp::from_millis(begin.timestamp().as_millisecond()))
}

/// `2 minutes ago`, told at `now`; beyond a week the date.
#[must_use]
pub fn ago(at: Timestamp, now: Timestamp) -> String {
    let minutes = now.millis_since(at) / 60_000;
    let some = |count: i64, unit: &str| format!("{count} {unit}{} ago", if count == 1 { "" } else { "s" });
    match minutes {
        ..1 => "Just now".to_owned(),
        1..60 => some(minutes, "minute"),
        60..1440 => some(minutes / 60, "hour"),
        1440..10_080 => some(minutes / 1440, "day"),
        _ => date(at),
    }
}

/// A `time` element that reads as `words`.
pub fn time(at: Timestamp, words: String, class: &'static str) -> impl IntoView {
    let class = (!class.is_empty()).then_some(class);
    view! { <time class=class datetime=machine(at) title=format!("{} UTC", date_and_time(at))>{words}</time> }
}

/// A sentence with a `time` element in it that reads as `words`: what stands before it, and what stands after.
pub fn within(
    (before, after): (impl Into<String>, impl Into<String>),
    at: Timestamp,
    words: String,
) -> impl IntoView {
    let (before, after): (String, String) = (before.into(), after.into());
    view! { {before} " " {time(at, words, "")} {after} }
}

/// Which zone a page's times are in. Script tells them in the reader's own, and hides this.
pub fn zone() -> impl IntoView {
    view! { <p class="soft small" data-no-script="">{UTC}</p> }
}

fn formatted(at: Timestamp, format: &str) -> String {
    jiff::Timestamp::from_millisecond(at.as_millis())
        .ok()
        .and_then(|at| strtime::format(format, at.to_zoned_datetime(jiff::tz::TimeZone::UTC).datetime()).ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Timestamp = Timestamp::from_millis(1_793_702_520_000);

    #[test]
    fn times_read_as_people_say_them() {
        assert_eq!(date_and_time(AT), "3 November 2026, 10:42");
        assert_eq!(machine(AT), "2026-11-03T10:42:00Z");
        assert_eq!(date_and_time(Timestamp::from_millis(i64::MAX)), "");
    }

    #[test]
    fn a_day_begins_at_midnight_and_what_is_no_day_is_none() {
        assert_eq!(day("2026-11-03").map(machine).as_deref(), Some("2026-11-03T00:00:00Z"));
        for text in ["", "2026-11-31", "3.11.2026", "2026-11-03T10:42", "+002026-11-03", "9999999-01-01"] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn ages_are_rounded_down() {
        assert_eq!(ago(AT, AT.plus_seconds(59)), "Just now");
        assert_eq!(ago(AT, AT.plus_seconds(60)), "1 minute ago");
        assert_eq!(ago(AT, AT.plus_seconds(7300)), "2 hours ago");
        assert_eq!(ago(AT, AT.plus_seconds(-5)), "Just now");
        assert_eq!(ago(AT, AT.plus_seconds(30 * 86_400)), "3 November 2026");
    }
}
