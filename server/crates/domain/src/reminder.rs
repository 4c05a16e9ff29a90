//! Reminders: a fresh invite by mail to an administrator who began, or was invited, and did not go on.

use std::fmt;
use std::str::FromStr;

/// How many reminders a link gets at most; after that a person should call.
pub const REMINDERS_MAX: u8 = 2;

/// After how many days without progress a reminder goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RemindAfter {
    /// Three.
    ThreeDays,
    /// Seven.
    SevenDays,
}

/// There are no reminders after that many days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("reminders go out after 3 or 7 days")]
pub struct UnknownReminder;

impl RemindAfter {
    /// Every one.
    pub const ALL: [Self; 2] = [Self::ThreeDays, Self::SevenDays];

    /// How many days.
    #[must_use]
    pub const fn days(self) -> u8 {
        match self {
            Self::ThreeDays => 3,
            Self::SevenDays => 7,
        }
    }

    /// The same in seconds.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.days() as i64 * 86_400
    }

    /// The days as a number, which is also stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ThreeDays => "3",
            Self::SevenDays => "7",
        }
    }
}

impl fmt::Display for RemindAfter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for RemindAfter {
    type Err = UnknownReminder;

    fn from_str(text: &str) -> Result<Self, UnknownReminder> {
        Self::ALL.into_iter().find(|after| after.as_str() == text).ok_or(UnknownReminder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pause_reads_back_and_no_other() {
        for after in RemindAfter::ALL {
            assert_eq!(after.as_str().parse(), Ok(after));
            assert_eq!(after.seconds(), i64::from(after.days()) * 24 * 60 * 60);
        }
        assert_eq!("5".parse::<RemindAfter>(), Err(UnknownReminder));
        assert_eq!("".parse::<RemindAfter>(), Err(UnknownReminder));
    }
}
