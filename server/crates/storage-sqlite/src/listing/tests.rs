//! Whichever way a search goes, the page is the same.

use std::error::Error;

use domain::{CustomerName, EmailAddress, LinkSort, LinkStatus, Reference, Timestamp};
use storage::{Link, LinkFilter, LinkPart, LinkPlace, LinkQuery, SortKey, Storage as _};

use super::{Limits, page_within};
use crate::SqliteStorage;
use crate::tests::{link, opened};

type TestResult = Result<(), Box<dyn Error>>;

/// Every search is of many links, and the walk ends soon, at once, and never.
const WAYS: [Limits; 4] = [
    Limits { few: 1_000, walk: 1_000 },
    Limits { few: 0, walk: 1_000 },
    Limits { few: 0, walk: 7 },
    Limits { few: 0, walk: 0 },
];

async fn ids(
    storage: &SqliteStorage,
    query: &LinkQuery,
    limits: Limits,
) -> Result<Vec<Link>, Box<dyn Error>> {
    let mut db = storage.readers.acquire().await?;
    Ok(page_within(&mut db, query, limits).await?)
}

async fn filled() -> Result<(tempfile::TempDir, SqliteStorage), Box<dyn Error>> {
    let (folder, storage) = opened().await?;
    let mut unit = storage.begin().await?;
    for n in 0..90_u8 {
        let mut link = link(n)?;
        let at = Timestamp::from_millis(1_800_000_000_000 + i64::from(n / 3) * 1_000);
        (link.created_at, link.changed_at) = (at, at);
        // Those that answer stand together, far from the list's beginning.
        let name = if (30..60).contains(&n) { format!("Contoso 100% {n}") } else { format!("Fabrikam {n}") };
        link.customer = CustomerName::parse(&name)?;
        link.contact = EmailAddress::parse(&format!("hr{n}@adatum.example")).ok();
        link.reference = Reference::parse(&format!("T-{n:03}")).ok();
        link.status = if n % 2 == 0 { LinkStatus::Linked } else { LinkStatus::Broken };
        unit.insert_link(&link).await?;
    }
    unit.commit().await?;
    Ok((folder, storage))
}

#[tokio::test]
async fn every_way_to_search_finds_the_same_page() -> TestResult {
    let (_folder, storage) = filled().await?;
    let looked_up = WAYS[0];
    for text in [
        "contoso",
        "CONTOSO 1",
        "100%",
        "co",
        "c",
        "fabrikam",
        "adatum",
        "t-0",
        "T-",
        "nothing",
        "toso",
        "%",
        "_",
    ] {
        for sort in [LinkSort::Changed, LinkSort::Customer, LinkSort::Created] {
            for status in [None, Some(LinkStatus::Broken)] {
                let filter = LinkFilter { search: Some(text.to_owned()), status, ..LinkFilter::default() };
                let mut query = LinkQuery { filter, sort, part: LinkPart::First, limit: 8 };
                let first = ids(&storage, &query, looked_up).await?;
                let mut parts = vec![LinkPart::First, LinkPart::Last];
                if let Some(last) = first.last() {
                    let key = match sort {
                        LinkSort::Customer => SortKey::Name(last.customer.as_str().to_lowercase()),
                        LinkSort::Changed => SortKey::Time(last.changed_at),
                        LinkSort::Created => SortKey::Time(last.created_at),
                    };
                    let place = LinkPlace { key, id: last.id };
                    parts.extend([LinkPart::After(place.clone()), LinkPart::Before(place)]);
                }
                for part in parts {
                    query.part = part;
                    let expected = ids(&storage, &query, looked_up).await?;
                    for way in &WAYS[1..] {
                        let found = ids(&storage, &query, *way).await?;
                        assert_eq!(
                            found, expected,
                            "{text} {sort:?} {status:?} {:?} {}",
                            query.part, way.walk
                        );
                    }
                }
            }
        }
    }
    Ok(())
}
