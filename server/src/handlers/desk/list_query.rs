//! What the list's address asks for. What it says of nothing known, or twice, is left out: an address that was typed, or
//! is old, still shows a list.

use app::pages::ListAddress;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::{LinkSort, StaffId, Timestamp};
use services::ListRequest;
use storage::{LinkFilter, LinkPart, LinkPlace, SortKey};

/// Longest text that is looked for, in characters.
const SEARCH_MAX: usize = 120;
/// The place that is the list's last page.
const END: &str = "end";

/// What the list's address asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListQuery {
    /// Which links, in which order.
    pub address: ListAddress,
    /// From where.
    pub part: LinkPart,
}

impl ListQuery {
    /// Reads a query, as it stands in an address after the question mark.
    #[must_use]
    pub fn parse(query: &str) -> Self {
        let said: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap_or_default();
        let one = |name: &str| {
            let mut values = said.iter().filter(|(said, _)| said == name).map(|(_, value)| value.as_str());
            values.next().filter(|_| values.next().is_none()).unwrap_or_default()
        };
        let sort = one("sort").parse().unwrap_or_default();
        Self {
            address: ListAddress {
                search: search(one("q")),
                status: one("status").parse().ok(),
                stage: one("stage").parse().ok(),
                who: one("who").parse().ok(),
                mine: one("assignee") == "me",
                sort,
            },
            part: part(one("after"), sort).unwrap_or_default(),
        }
    }

    /// As the use cases ask it, for this staff member.
    #[must_use]
    pub fn request(&self, staff: StaffId) -> ListRequest {
        let ListAddress { search, status, stage, who, mine, sort } = self.address.clone();
        let search = Some(search).filter(|text| !text.is_empty());
        let assignee = mine.then_some(staff);
        let filter = LinkFilter { search, status, stage, who, assignee };
        ListRequest { filter, sort, part: self.part.clone() }
    }
}

/// The place as an address carries it; `None` for the beginning.
#[must_use]
pub fn place(part: &LinkPart) -> Option<String> {
    let (way, place) = match part {
        LinkPart::First => return None,
        LinkPart::Last => return Some(END.to_owned()),
        LinkPart::After(place) => ('a', place),
        LinkPart::Before(place) => ('b', place),
    };
    let text = match &place.key {
        SortKey::Time(at) => format!("{way}{} {}", place.id, at.as_millis()),
        SortKey::Name(name) => format!("{way}{} {name}", place.id),
    };
    Some(URL_SAFE_NO_PAD.encode(text))
}

/// The place that the address carries, when it is one of a list in this order.
fn part(text: &str, sort: LinkSort) -> Option<LinkPart> {
    if text == END {
        return Some(LinkPart::Last);
    }
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
    let way = text.chars().next()?;
    let (id, key) = text.get(way.len_utf8()..)?.split_once(' ')?;
    let key = match sort {
        LinkSort::Changed | LinkSort::Created => SortKey::Time(Timestamp::from_millis(key.parse().ok()?)),
        LinkSort::Customer => SortKey::Name(key.to_owned()),
    };
    let place = LinkPlace { key, id: id.parse().ok()? };
    match way {
        'a' => Some(LinkPart::After(place)),
        'b' => Some(LinkPart::Before(place)),
        _ => None,
    }
}

/// The text without what cannot be seen.
fn search(text: &str) -> String {
    let seen: String = text.chars().filter(|sign| !sign.is_control()).take(SEARCH_MAX).collect();
    seen.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use domain::{LinkId, LinkStage, LinkStatus, WhoActs};

    use super::*;

    #[test]
    fn what_an_address_says_is_read_back() {
        let address = ListAddress {
            search: "a&b=c #50% Zoë\"".to_owned(),
            stage: Some(LinkStage::NeedsAction),
            status: Some(LinkStatus::LinkedWithGaps),
            who: Some(WhoActs::Us),
            mine: true,
            sort: LinkSort::Created,
        };

        assert_eq!(ListQuery::parse(&address.query()), ListQuery { address, part: LinkPart::First });
    }

    #[test]
    fn what_is_not_known_or_said_twice_is_left_out() {
        for query in [
            "status=Linked",
            "status=linked&status=opened",
            "status=%FF",
            "q=%00%0A+",
            "who=everybody&sort=size&stage=&assignee=you",
            "after=x",
            "after=%FF",
            "after=YQ",
            "status[]=linked",
            "%",
            "&&==",
        ] {
            assert_eq!(ListQuery::parse(query), ListQuery::default(), "{query}");
        }
    }

    #[test]
    fn a_place_is_read_back_in_its_own_order_alone() {
        let id = LinkId::new(Timestamp::from_millis(7), [3; 10]);
        let time = LinkPlace { key: SortKey::Time(Timestamp::from_millis(-7)), id };
        let name = LinkPlace { key: SortKey::Name("Zoë & Söhne  GmbH".to_owned()), id };
        let read = |text: &str, sort| part(text, sort);

        for sort in [LinkSort::Changed, LinkSort::Created] {
            for at in [LinkPart::After(time.clone()), LinkPart::Before(time.clone()), LinkPart::Last] {
                assert_eq!(read(&place(&at).unwrap(), sort), Some(at));
            }
        }
        let at = LinkPart::Before(name);
        assert_eq!(read(&place(&at).unwrap(), LinkSort::Customer), Some(at.clone()));
        assert_eq!(read(&place(&at).unwrap(), LinkSort::Changed), None);
        assert_eq!(place(&LinkPart::First), None);
    }
}
