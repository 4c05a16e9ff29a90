//! Icons, always beside a word. Drawn in `app/pictures/icons`.

use leptos::prelude::*;

/// A drawing of 16 by 16 units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// `alert.svg`.
    Alert,
    /// `arrow.svg`.
    Arrow,
    /// `back.svg`.
    Back,
    /// `check.svg`.
    Check,
    /// `clock.svg`.
    Clock,
    /// `cross.svg`.
    Cross,
    /// `dash.svg`.
    Dash,
    /// `down.svg`.
    Down,
    /// `globe.svg`.
    Globe,
    /// `info.svg`.
    Info,
    /// `key.svg`.
    Key,
    /// `link.svg`.
    Link,
    /// `lock.svg`.
    Lock,
    /// `mail.svg`.
    Mail,
    /// `pause.svg`.
    Pause,
    /// `person.svg`.
    Person,
    /// `problem.svg`.
    Problem,
    /// `search.svg`.
    Search,
    /// `warning.svg`.
    Warning,
    /// `zoom.svg`.
    Zoom,
}

impl Icon {
    /// The drawing.
    #[must_use]
    pub const fn svg(self) -> &'static str {
        match self {
            Self::Alert => include_str!("../pictures/icons/alert.svg"),
            Self::Arrow => include_str!("../pictures/icons/arrow.svg"),
            Self::Back => include_str!("../pictures/icons/back.svg"),
            Self::Check => include_str!("../pictures/icons/check.svg"),
            Self::Clock => include_str!("../pictures/icons/clock.svg"),
            Self::Cross => include_str!("../pictures/icons/cross.svg"),
            Self::Dash => include_str!("../pictures/icons/dash.svg"),
            Self::Down => include_str!("../pictures/icons/down.svg"),
            Self::Globe => include_str!("../pictures/icons/globe.svg"),
            Self::Info => include_str!("../pictures/icons/info.svg"),
            Self::Key => include_str!("../pictures/icons/key.svg"),
            Self::Link => include_str!("../pictures/icons/link.svg"),
            Self::Lock => include_str!("../pictures/icons/lock.svg"),
            Self::Mail => include_str!("../pictures/icons/mail.svg"),
            Self::Pause => include_str!("../pictures/icons/pause.svg"),
            Self::Person => include_str!("../pictures/icons/person.svg"),
            Self::Problem => include_str!("../pictures/icons/problem.svg"),
            Self::Search => include_str!("../pictures/icons/search.svg"),
            Self::Warning => include_str!("../pictures/icons/warning.svg"),
            Self::Zoom => include_str!("../pictures/icons/zoom.svg"),
        }
    }

    /// The icon as an element; hidden from screen readers, since the word beside it says the same.
    pub fn view(self) -> impl IntoView {
        view! { <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" inner_html=inside(self.svg())></svg> }
    }
}

/// What stands between a drawing's outer tags.
fn inside(svg: &'static str) -> &'static str {
    let after_open = svg.split_once('>').map_or("", |(_, rest)| rest);
    after_open.rsplit_once("</svg>").map_or("", |(inner, _)| inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_icon_has_a_drawing() {
        for icon in [
            Icon::Alert,
            Icon::Arrow,
            Icon::Back,
            Icon::Check,
            Icon::Clock,
            Icon::Cross,
            Icon::Dash,
            Icon::Down,
            Icon::Globe,
            Icon::Info,
            Icon::Key,
            Icon::Link,
            Icon::Lock,
            Icon::Mail,
            Icon::Pause,
            Icon::Person,
            Icon::Problem,
            Icon::Search,
            Icon::Warning,
            Icon::Zoom,
        ] {
            assert!(inside(icon.svg()).starts_with('<'), "{icon:?}");
        }
    }
}
