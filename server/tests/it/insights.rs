//! Insights: what the desk tells of how customers fare, from what they did.

use domain::{ProblemCode, Role};

use crate::support::{Answer, KEY, Script, TestApp};

const DAY: i64 = 86_400_000;

async fn page(app: &TestApp, address: &str) -> Answer {
    app.as_staff(Role::Support).await.get(address).await
}

/// The cells of the table with this name, row by row.
fn table(page: &Answer, name: &str) -> Vec<Vec<String>> {
    let opening = format!("aria-label=\"{name}\"");
    let text = page.text().split_once(&opening).unwrap().1.split_once("</table>").unwrap().0;
    let body = text.split_once("<tbody>").unwrap().1;
    let cell = |part: &str| part.split_once('>').unwrap().1.split('<').next().unwrap().to_owned();
    let row = |row: &str| {
        row.split("<t").skip(1).filter(|part| part.starts_with(['h', 'd'])).map(cell).collect::<Vec<_>>()
    };
    body.split("<tr").skip(1).map(row).collect()
}

fn reached(page: &Answer) -> Vec<u64> {
    table(page, "How far they come").iter().map(|row| row[1].parse().unwrap()).collect()
}

#[tokio::test]
async fn the_funnel_counts_how_far_links_came_and_where_they_stopped() {
    let app = TestApp::new().await;
    app.invite().await;
    app.admin().await;
    let mut first = app.admin().await;
    first.post("key", &[("key", KEY)]).await;
    app.checked_admin(Script::Fails(ProblemCode::CredentialsRejected)).await;
    app.linked_admin().await;

    let shown = page(&app, "/desk/insights").await;

    assert_eq!(reached(&shown), [5, 4, 3, 2, 2, 2, 1]);
    let stopped = table(&shown, "Where they stop");
    let stopped: Vec<_> =
        stopped.iter().map(|row| (row[0].as_str(), row[1].as_str(), row[2].as_str())).collect();
    let expected = [
        ("Invited", "1", "0"),
        ("Opened the invite", "1", "0"),
        ("Saved the key", "1", "0"),
        ("Checked", "1", "0"),
    ];
    assert_eq!(stopped, expected);
    app.clock.advance(3 * DAY);
    let later = page(&app, "/desk/insights").await;
    assert!(table(&later, "Where they stop").iter().all(|row| row[1] == row[2]), "all are quiet now");
}

#[tokio::test]
async fn times_are_medians_and_stand_in_a_histogram() {
    let app = TestApp::new().await;
    for hours in [1, 5, 30] {
        let invite = app.invite_for("Contoso", &[], 9 * 86_400).await;
        app.clock.advance(hours * 3_600_000);
        let mut admin = app.admin_of(invite).await;
        admin.save_all().await;
    }

    let shown = page(&app, "/desk/insights").await;

    let opened = &table(&shown, "How far they come")[1];
    assert_eq!(opened[3], "5 h");
    let within: Vec<u64> =
        table(&shown, "From the invite to linked").iter().map(|row| row[1].parse().unwrap()).collect();
    assert_eq!(within, [0, 1, 1, 1, 0, 0, 0]);
    assert!(
        shown.text().contains("Half are linked within 5 h, nine of ten within 1 day 6 h."),
        "{}",
        shown.text()
    );
}

#[tokio::test]
async fn problems_are_counted_once_for_each_link_the_most_frequent_first() {
    let app = TestApp::new().await;
    for _ in 0..2 {
        let mut admin = app.admin().await;
        for _ in 0..3 {
            admin.post("key", &[("key", "ABCDEF123456")]).await;
        }
    }
    app.checked_admin(Script::Fails(ProblemCode::UkgBusy)).await;

    let shown = page(&app, "/desk/insights").await;

    let rows = table(&shown, "What is in their way");
    assert_eq!(rows.iter().map(|row| row[1].as_str()).collect::<Vec<_>>(), ["2", "1"]);
    assert_eq!(shown.codes(), ["key_is_user_api_key", "ukg_busy"]);
}

#[tokio::test]
async fn a_period_leaves_out_what_is_older_and_stands_in_the_address() {
    let app = TestApp::new().await;
    app.linked_admin().await;
    app.clock.advance(10 * DAY);
    app.admin().await;

    for (address, expected) in [
        ("/desk/insights", 2),
        ("/desk/insights?period=7", 1),
        ("/desk/insights?period=30", 2),
        ("/desk/insights?period=90", 2),
        ("/desk/insights?period=all", 2),
        ("/desk/insights?period=nonsense", 2),
    ] {
        let shown = page(&app, address).await;
        assert_eq!(reached(&shown)[0], expected, "{address}");
    }
    let shown = page(&app, "/desk/insights?period=7").await;
    assert!(shown.text().contains("href=\"/desk/insights?period=7\" aria-current=\"page\""));
}

#[tokio::test]
async fn before_the_first_invite_the_page_says_so() {
    let app = TestApp::new().await;

    let shown = page(&app, "/desk/insights").await;

    assert!(shown.text().contains("Nobody was invited in this time"));
    assert_eq!(charts(&shown), Vec::<&str>::new());
}

#[tokio::test]
async fn every_chart_is_a_picture_with_a_title_and_a_table_beside_it() {
    let app = TestApp::new().await;
    app.linked_admin().await;
    app.checked_admin(Script::Gaps).await;
    app.admin().await;

    let shown = page(&app, "/desk/insights").await;

    let charts = charts(&shown);
    assert_eq!(charts.len(), 4);
    assert!(
        charts.iter().all(|chart| chart.contains("role=\"img\"") && chart.contains("<title>")),
        "{charts:?}"
    );
    assert_eq!(shown.text().matches("class=\"figures\"").count(), 4);
    assert!(!shown.text().contains("style=\""), "no inline style: the policy forbids it");
}

/// Every chart of the page, as its markup.
fn charts(page: &Answer) -> Vec<&str> {
    let pictures = page.text().split("<svg").skip(1).map(|part| part.split("</svg>").next().unwrap());
    pictures.filter(|picture| picture.contains("class=\"chart\"")).collect()
}
