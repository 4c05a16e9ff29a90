//! The orders in which the desk lists links.

use std::str::FromStr;

use crate::UnknownStatus;

/// An order of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum LinkSort {
    /// Last changed first.
    #[default]
    Changed,
    /// By the customer's name.
    Customer,
    /// Newest first.
    Created,
}

impl LinkSort {
    /// Every order.
    pub const ALL: [Self; 3] = [Self::Changed, Self::Customer, Self::Created];

    /// The stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Customer => "customer",
            Self::Created => "created",
        }
    }
}

impl FromStr for LinkSort {
    type Err = UnknownStatus;

    fn from_str(text: &str) -> Result<Self, UnknownStatus> {
        Self::ALL.into_iter().find(|sort| sort.as_str() == text).ok_or(UnknownStatus)
    }
}
