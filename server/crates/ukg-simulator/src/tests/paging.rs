//! Pages and the `Link` header.

use super::{Failure, TestResult, World, tester};
use crate::{LinkHeader, PastLastPage, Scenarios};

async fn five_people() -> Result<World, Failure> {
    World::playing(Scenarios { people: 5, ..Scenarios::of(vec![tester()]) }).await
}

async fn count(world: &World, path: &str) -> Result<Option<usize>, Failure> {
    let body = world.get(path).await?.text().await?;
    Ok(serde_json::from_str::<serde_json::Value>(&body)?.as_array().map(Vec::len))
}

#[tokio::test]
async fn pages_are_cut_as_asked_in_any_spelling() -> TestResult {
    let world = five_people().await?;
    for (query, expected) in [
        ("", 5),
        ("?page=1&per_Page=2", 2),
        ("?PAGE=2&per_page=2", 2),
        ("?Page=3&PER_PAGE=2", 1),
        ("?page=4&per_Page=2", 0),
        ("?page=1000000&per_Page=1", 0),
        ("?page=2147483647&per_Page=2147483647", 0),
        ("?per_page=2147483647&dateTimeChanged=>01-31-2024", 5),
    ] {
        let counted = count(&world, &format!("/personnel/v1/person-details{query}")).await?;

        assert_eq!(counted, Some(expected), "{query}");
    }
    // Not paged at all.
    assert_eq!(count(&world, "/configuration/v1/org-levels?page=1&per_Page=1").await?, Some(4));
    Ok(())
}

#[tokio::test]
async fn a_page_holds_ten_thousand_at_most() -> TestResult {
    let world = World::playing(Scenarios { people: 10_001, ..Scenarios::of(vec![tester()]) }).await?;

    for query in ["", "?per_Page=20000"] {
        assert_eq!(count(&world, &format!("/personnel/v1/contacts{query}")).await?, Some(10_000));
    }
    Ok(())
}

#[tokio::test]
async fn a_page_that_is_no_number_is_400_with_the_documented_object() -> TestResult {
    let world = five_people().await?;
    for query in ["page=0", "page=x", "per_Page=-1", "per_Page=2147483648", "page="] {
        let response = world.get(&format!("/personnel/v1/person-details?{query}")).await?;

        assert_eq!(response.status(), 400, "{query}");
        assert!(response.text().await?.contains("\"modelstate\""), "{query}");
    }
    Ok(())
}

#[tokio::test]
async fn the_link_header_leads_on_and_back() -> TestResult {
    let world = five_people().await?;
    let page = |n| format!("<https://service4.ultipro.com/personnel/v1/person-details?page={n}&per_page=2>");

    let first = world.get("/personnel/v1/person-details?page=1&per_Page=2").await?;
    let middle = world.get("/personnel/v1/person-details?page=2&per_Page=2").await?;
    let whole = world.get("/personnel/v1/person-details").await?;

    let (one, three) = (page(1), page(3));
    assert_eq!(super::header(&first, "link"), format!("{}; rel=\"next\", {three}; rel=\"last\"", page(2)));
    assert_eq!(
        super::header(&middle, "link"),
        format!("{one}; rel=\"first\", {one}; rel=\"prev\", {three}; rel=\"next\", {three}; rel=\"last\"")
    );
    assert!(!whole.headers().contains_key("link"));
    Ok(())
}

#[tokio::test]
async fn the_oddities_of_paging_can_be_turned_on() -> TestResult {
    let world = five_people().await?;
    let path = "/personnel/v1/person-details?page=1&per_Page=1";
    world.handle.update_account("tester", |account| {
        account.link_header = LinkHeader::Doubled;
        account.past_last_page = PastLastPage::NotFound;
    });

    assert!(super::header(&world.get(path).await?, "link").starts_with("<<https://"));
    assert_eq!(world.status("/personnel/v1/person-details?page=6&per_Page=1").await?, 404);
    assert_eq!(world.status("/personnel/v1/person-details?page=5&per_Page=1").await?, 200);

    world.handle.update_account("tester", |account| account.link_header = LinkHeader::None);
    assert!(!world.get(path).await?.headers().contains_key("link"));
    Ok(())
}
