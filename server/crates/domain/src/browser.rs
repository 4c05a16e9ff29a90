//! Which browser somebody used, as coarsely as anybody here needs to know it: its kind, for the audit log, and a name by
//! which its owner knows it again, for their sessions. Both are made of our own words only, whatever the header says.

use std::fmt;
use std::str::FromStr;

/// A kind of browser. The version and the machine are nobody's business.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Browser {
    /// Google Chrome and what calls itself so.
    Chrome,
    /// Microsoft Edge.
    Edge,
    /// Mozilla Firefox.
    Firefox,
    /// Opera.
    Opera,
    /// Apple Safari.
    Safari,
    /// Anything else: a program, or a browser that does not say.
    Other,
}

/// A sign in the header, the browser's name, and its kind. Most claim to be others too: the most particular comes first.
const NAMES: [(&str, &str, Browser); 9] = [
    ("Edg", "Edge", Browser::Edge),
    ("OPR/", "Opera", Browser::Opera),
    ("SamsungBrowser/", "Samsung Internet", Browser::Chrome),
    ("Firefox/", "Firefox", Browser::Firefox),
    ("FxiOS/", "Firefox", Browser::Firefox),
    ("Chrome/", "Chrome", Browser::Chrome),
    ("CriOS/", "Chrome", Browser::Chrome),
    ("Safari/", "Safari", Browser::Safari),
    ("curl/", "curl", Browser::Other),
];

/// The same of systems.
const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
];

/// No browser has this name here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a known browser")]
pub struct UnknownBrowser;

impl Browser {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Chrome, Self::Edge, Self::Firefox, Self::Opera, Self::Safari, Self::Other];

    /// What a `User-Agent` header says. It is a claim, not a proof.
    #[must_use]
    pub fn of_user_agent(header: &str) -> Self {
        let said = NAMES.into_iter().find(|(sign, _, _)| header.contains(sign));
        said.map_or(Self::Other, |(_, _, browser)| browser)
    }

    /// "Firefox on Windows", as far as a `User-Agent` header says it; empty when it says nothing we know.
    #[must_use]
    pub fn on_system(header: &str) -> String {
        let name = NAMES.into_iter().find(|(sign, _, _)| header.contains(sign)).map(|(_, name, _)| name);
        let system = SYSTEMS.into_iter().find(|(sign, _)| header.contains(sign)).map(|(_, system)| system);
        match (name, system) {
            (Some(name), Some(system)) => format!("{name} on {system}"),
            (Some(name), None) => name.to_owned(),
            (None, Some(system)) => format!("A browser on {system}"),
            (None, None) => String::new(),
        }
    }

    /// The stable name, which is also stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Chrome => "chrome",
            Self::Edge => "edge",
            Self::Firefox => "firefox",
            Self::Opera => "opera",
            Self::Safari => "safari",
            Self::Other => "other",
        }
    }
}

impl fmt::Display for Browser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Browser {
    type Err = UnknownBrowser;

    fn from_str(text: &str) -> Result<Self, UnknownBrowser> {
        Self::ALL.into_iter().find(|browser| browser.as_str() == text).ok_or(UnknownBrowser)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_told_apart_although_each_claims_to_be_the_others() {
        let blink = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/149.0 Safari/537.36";
        let apple = "AppleWebKit/605.1.15 (KHTML, like Gecko)";
        for (header, kind, name) in [
            (blink.to_owned(), Browser::Chrome, "Chrome on Windows"),
            (format!("{blink} Edg/149.0"), Browser::Edge, "Edge on Windows"),
            (format!("{blink} OPR/130.0"), Browser::Opera, "Opera on Windows"),
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0".to_owned(),
                Browser::Firefox,
                "Firefox on Linux",
            ),
            (
                format!("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) {apple} Version/19.0 Safari/605.1.15"),
                Browser::Safari,
                "Safari on macOS",
            ),
            (
                format!(
                    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) {apple} CriOS/149.0 Safari/604.1"
                ),
                Browser::Chrome,
                "Chrome on iPhone",
            ),
            (
                "Mozilla/5.0 (Linux; Android 16) SamsungBrowser/29.0 Chrome/136.0 Mobile Safari/537.36"
                    .to_owned(),
                Browser::Chrome,
                "Samsung Internet on Android",
            ),
            ("curl/8.14".to_owned(), Browser::Other, "curl"),
            ("Mozilla/5.0 (X11; CrOS x86_64) Mosaic".to_owned(), Browser::Other, "A browser on ChromeOS"),
            ("<script>alert(1)</script>".to_owned(), Browser::Other, ""),
            (String::new(), Browser::Other, ""),
        ] {
            assert_eq!(Browser::of_user_agent(&header), kind, "{header}");
            assert_eq!(Browser::on_system(&header), name, "{header}");
        }
    }

    #[test]
    fn a_stored_name_reads_back() {
        for browser in Browser::ALL {
            assert_eq!(browser.to_string().parse(), Ok(browser));
        }
        assert_eq!("Mosaic".parse::<Browser>(), Err(UnknownBrowser));
    }
}
