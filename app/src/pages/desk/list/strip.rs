//! A month of checks as a strip: one bar a day, and a sentence that says the same.

use leptos::prelude::*;

use crate::text::desk::list as words;

/// How a day's checks went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayTone {
    /// Everything was granted.
    Fine,
    /// A permission was missing.
    Gaps,
    /// UKG Pro or the network failed.
    Fault,
    /// UKG Pro refused the account.
    Refused,
}

impl DayTone {
    const ALL: [Self; 4] = [Self::Fine, Self::Gaps, Self::Fault, Self::Refused];

    const fn class(self) -> &'static str {
        match self {
            Self::Fine => "month__fine",
            Self::Gaps => "month__gaps",
            Self::Fault => "month__fault",
            Self::Refused => "month__refused",
        }
    }

    /// From where a bar of this tone reaches down, of 16: what went wrong also looks different without colours.
    const fn top(self) -> u8 {
        match self {
            Self::Fine => 0,
            Self::Gaps => 4,
            Self::Fault => 8,
            Self::Refused => 0,
        }
    }
}

/// The strip. One drawing per tone, not per day: fifty of these stand on a page.
#[component]
pub fn Strip(
    /// The days, oldest first.
    days: Vec<Option<DayTone>>,
) -> impl IntoView {
    let wide = days.len() * 4;
    let bars = |of: Option<DayTone>| {
        let (top, end) = match of {
            Some(tone) => (tone.top(), 16 - tone.top()),
            None => (14, 2),
        };
        let at = days.iter().enumerate().filter(|(_, day)| **day == of);
        at.map(|(n, _)| format!("M{} {top}h3v{end}h-3z", n * 4)).collect::<String>()
    };
    let drawn = DayTone::ALL.map(|tone| (tone.class(), bars(Some(tone))));
    let none = bars(None);
    let count = |tone| days.iter().filter(|day| **day == Some(tone)).count();
    let title = words::strip(days.len(), DayTone::ALL.map(count));
    view! {
        <svg class="month" viewBox=format!("0 0 {wide} 16") role="img">
            <title>{title}</title>
            {(!none.is_empty()).then(|| view! { <path class="month__none" d=none></path> })}
            {drawn
                .into_iter()
                .filter(|(_, bars)| !bars.is_empty())
                .map(|(class, bars)| view! { <path class=class d=bars></path> })
                .collect_view()}
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_has_its_bar_and_the_title_counts_them() {
        let days = vec![None, Some(DayTone::Fine), Some(DayTone::Fine), Some(DayTone::Refused)];

        let html = Owner::new().with(|| view! { <Strip days /> }.to_html());

        assert!(html.contains("<title>Checks of the last 4 days: 2 fine, 1 refused</title>"), "{html}");
        // In which order attributes are written is leptos's affair.
        for (class, bars) in
            [("month__fine", "M4 0h3v16h-3zM8 0h3v16h-3z"), ("month__refused", "M12 0h3v16h-3z")]
        {
            let path = html.split("<path").find(|path| path.contains(class)).unwrap_or_default();
            assert!(path.contains(bars), "{html}");
        }
        assert!(!html.contains("month__fault"), "{html}");
    }
}
