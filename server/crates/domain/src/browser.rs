//! Which browser somebody used, as coarsely as support needs to know it.

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
        // Each of these also claims to be those below it.
        let names = [
            ("Edg", Self::Edge),
            ("OPR/", Self::Opera),
            ("Firefox/", Self::Firefox),
            ("FxiOS/", Self::Firefox),
            ("Chrome/", Self::Chrome),
            ("CriOS/", Self::Chrome),
            ("Safari/", Self::Safari),
        ];
        names.into_iter().find(|(name, _)| header.contains(name)).map_or(Self::Other, |(_, browser)| browser)
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
        for (header, expected) in [
            (blink.to_owned(), Browser::Chrome),
            (format!("{blink} Edg/149.0"), Browser::Edge),
            (format!("{blink} OPR/130.0"), Browser::Opera),
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0".to_owned(),
                Browser::Firefox,
            ),
            (
                "Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 Version/19.0 Safari/605.1.15".to_owned(),
                Browser::Safari,
            ),
            (
                "Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 CriOS/149.0 Mobile Safari/604.1".to_owned(),
                Browser::Chrome,
            ),
            ("curl/8.14".to_owned(), Browser::Other),
            (String::new(), Browser::Other),
        ] {
            assert_eq!(Browser::of_user_agent(&header), expected, "{header}");
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
