//! How far along a link is, roughly: what staff look for first.

use std::str::FromStr;

use crate::{LinkStatus, ProblemCode, UnknownStatus};

/// A group of links that staff look at together. Each link is in exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LinkStage {
    /// Something stands in the way: somebody has to act.
    NeedsAction,
    /// On its way, and nothing stands in the way.
    Underway,
    /// Linked, with everything that was asked for.
    Linked,
    /// Paused or ended on purpose.
    Resting,
}

impl LinkStage {
    /// Every stage, the most urgent first.
    pub const ALL: [Self; 4] = [Self::NeedsAction, Self::Underway, Self::Linked, Self::Resting];

    /// The stage of a link of this status, with this in its way. An invite that ran out stands in the way, too.
    #[must_use]
    pub const fn of(status: LinkStatus, problem: Option<ProblemCode>) -> Self {
        match status {
            LinkStatus::LinkedWithGaps | LinkStatus::Attention | LinkStatus::Broken => Self::NeedsAction,
            LinkStatus::Invited | LinkStatus::Opened | LinkStatus::InProgress => {
                if problem.is_some() {
                    Self::NeedsAction
                } else {
                    Self::Underway
                }
            }
            LinkStatus::Checking => Self::Underway,
            LinkStatus::Linked => Self::Linked,
            LinkStatus::Paused | LinkStatus::Disconnected => Self::Resting,
        }
    }

    /// The stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NeedsAction => "action",
            Self::Underway => "underway",
            Self::Linked => "linked",
            Self::Resting => "resting",
        }
    }
}

impl FromStr for LinkStage {
    type Err = UnknownStatus;

    fn from_str(text: &str) -> Result<Self, UnknownStatus> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == text).ok_or(UnknownStatus)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unfinished_link_needs_action_once_something_stands_in_the_way() {
        assert_eq!(LinkStage::of(LinkStatus::InProgress, None), LinkStage::Underway);
        assert_eq!(
            LinkStage::of(LinkStatus::InProgress, Some(ProblemCode::KeyIsUserApiKey)),
            LinkStage::NeedsAction
        );
        assert_eq!(
            LinkStage::of(LinkStatus::Invited, Some(ProblemCode::InviteExpired)),
            LinkStage::NeedsAction
        );
    }

    #[test]
    fn every_stage_reads_back_as_written() {
        for stage in LinkStage::ALL {
            assert_eq!(stage.as_str().parse(), Ok(stage));
        }
        assert!("Linked".parse::<LinkStage>().is_err());
    }
}
