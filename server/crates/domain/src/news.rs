//! What staff can be mailed about, and who wants to be.

use std::fmt;
use std::str::FromStr;

/// A kind of news about a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum News {
    /// It is linked.
    Linked,
    /// UKG Pro refuses the account that worked before.
    Broken,
    /// The inviting company's staff have to do the next thing.
    NeedsUs,
    /// Its administrator tries in vain.
    Stuck,
}

/// Of which links somebody wants a kind of news.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wish {
    /// Of none.
    Nothing,
    /// Of those she looks after.
    Mine,
    /// Of all.
    Every,
}

/// What one staff member wants to be mailed about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MailWishes([Wish; 4]);

/// There is no such kind of news, or no such wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown name")]
pub struct UnknownNews;

impl News {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Linked, Self::Broken, Self::NeedsUs, Self::Stuck];

    /// The stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Linked => "linked",
            Self::Broken => "broken",
            Self::NeedsUs => "needs_us",
            Self::Stuck => "stuck",
        }
    }

    /// What somebody gets who never said what she wants: what became of the links she looks after.
    #[must_use]
    pub const fn usual(self) -> Wish {
        match self {
            Self::Linked | Self::Broken => Wish::Mine,
            Self::NeedsUs | Self::Stuck => Wish::Nothing,
        }
    }
}

impl Wish {
    /// Every wish.
    pub const ALL: [Self; 3] = [Self::Nothing, Self::Mine, Self::Every];

    /// The stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Mine => "mine",
            Self::Every => "every",
        }
    }
}

impl MailWishes {
    /// The wish about this kind of news.
    #[must_use]
    pub const fn of(&self, news: News) -> Wish {
        let [linked, broken, needs_us, stuck] = self.0;
        match news {
            News::Linked => linked,
            News::Broken => broken,
            News::NeedsUs => needs_us,
            News::Stuck => stuck,
        }
    }

    /// The same wishes but for this one.
    #[must_use]
    pub fn with(self, news: News, wish: Wish) -> Self {
        Self(News::ALL.map(|kind| if kind == news { wish } else { self.of(kind) }))
    }
}

impl Default for MailWishes {
    fn default() -> Self {
        Self(News::ALL.map(News::usual))
    }
}

impl fmt::Display for News {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Wish {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for News {
    type Err = UnknownNews;

    fn from_str(text: &str) -> Result<Self, UnknownNews> {
        Self::ALL.into_iter().find(|news| news.as_str() == text).ok_or(UnknownNews)
    }
}

impl FromStr for Wish {
    type Err = UnknownNews;

    fn from_str(text: &str) -> Result<Self, UnknownNews> {
        Self::ALL.into_iter().find(|wish| wish.as_str() == text).ok_or(UnknownNews)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_reads_back_and_no_other() {
        for news in News::ALL {
            assert_eq!(news.as_str().parse(), Ok(news));
        }
        for wish in Wish::ALL {
            assert_eq!(wish.as_str().parse(), Ok(wish));
        }
        assert_eq!("".parse::<News>(), Err(UnknownNews));
        assert_eq!("all".parse::<Wish>(), Err(UnknownNews));
    }

    #[test]
    fn one_wish_changes_and_the_others_stay() {
        let wishes = MailWishes::default().with(News::Stuck, Wish::Every);

        assert_eq!(
            News::ALL.map(|news| wishes.of(news)),
            [Wish::Mine, Wish::Mine, Wish::Nothing, Wish::Every]
        );
    }
}
