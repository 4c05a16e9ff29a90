//! The list's address: which links are shown, in which order. Every filter is a link to another of these.

use domain::{LinkSort, LinkStage, LinkStatus, WhoActs};

/// The place that is the list's last page.
pub const END: &str = "end";

/// What the list's address asks for, its page aside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListAddress {
    /// The text that is looked for; empty for none.
    pub search: String,
    /// A status.
    pub status: Option<LinkStatus>,
    /// A stage.
    pub stage: Option<LinkStage>,
    /// Who has to act.
    pub who: Option<WhoActs>,
    /// Whether only the reader's own links are meant.
    pub mine: bool,
    /// The order.
    pub sort: LinkSort,
}

impl ListAddress {
    /// Whether anything narrows the list.
    #[must_use]
    pub fn is_narrowed(&self) -> bool {
        let all = Self { sort: self.sort, ..Self::default() };
        *self != all
    }

    /// The query, always in the same order and without what is as usual: two addresses of one list are one text.
    #[must_use]
    pub fn query(&self) -> String {
        let sort = (self.sort != LinkSort::default()).then_some(self.sort.as_str());
        let parts = [
            ("q", Some(self.search.as_str()).filter(|text| !text.is_empty())),
            ("stage", self.stage.map(LinkStage::as_str)),
            ("status", self.status.map(LinkStatus::as_str)),
            ("who", self.who.map(WhoActs::as_str)),
            ("assignee", self.mine.then_some("me")),
            ("sort", sort),
        ];
        let said = parts.into_iter().filter_map(|(name, value)| Some(format!("{name}={}", encoded(value?))));
        said.collect::<Vec<_>>().join("&")
    }

    /// The address of a page of the desk with this query.
    #[must_use]
    pub fn at(&self, page: &str) -> String {
        let query = self.query();
        if query.is_empty() { page.to_owned() } else { format!("{page}?{query}") }
    }

    /// The list's own address.
    #[must_use]
    pub fn href(&self) -> String {
        self.at("/desk")
    }

    /// The list's address from a place on.
    #[must_use]
    pub fn href_after(&self, place: &str) -> String {
        let query = self.query();
        let and = if query.is_empty() { "" } else { "&" };
        format!("/desk?{query}{and}after={}", encoded(place))
    }
}

/// A text as it stands in a query.
fn encoded(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::with_capacity(text.len()), |mut query, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                query.push(char::from(byte))
            }
            b' ' => query.push('+'),
            _ => drop(write!(query, "%{byte:02X}")),
        }
        query
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_as_usual_is_not_said() {
        assert_eq!(ListAddress::default().href(), "/desk");
        assert_eq!(ListAddress::default().href_after("x=1"), "/desk?after=x%3D1");
        assert!(!ListAddress { sort: LinkSort::Customer, ..ListAddress::default() }.is_narrowed());
    }

    #[test]
    fn any_text_is_one_value() {
        let address = ListAddress {
            search: "a&b=c #50% Zoë\"".to_owned(),
            stage: Some(LinkStage::NeedsAction),
            status: Some(LinkStatus::LinkedWithGaps),
            who: Some(WhoActs::Us),
            mine: true,
            sort: LinkSort::Created,
        };

        assert_eq!(
            address.query(),
            "q=a%26b%3Dc+%2350%25+Zo%C3%AB%22&stage=action&status=linked_with_gaps&who=us&assignee=me&sort=created"
        );
        assert!(address.is_narrowed());
    }
}
