//! The page names every problem once, and every way it names leads there.

use app::text::fields::{KEY_LABEL, PASSWORD_LABEL, URL_LABEL, USERNAME_LABEL};
use domain::{
    CustomerApiKey, ProblemCode, ProblemKind, ServiceAccountPassword, ServiceAccountUsername, WebServicesUrl,
};
use ukg_simulator::demo_table;

use super::page;
use super::ways::{self, Way};

/// The hosts that are allowed by default, as in the demo.
const ALLOWED: [&str; 2] = ["ultipro.com", "ultipro.ca"];

#[test]
fn each_problem_has_one_row_and_every_row_six_cells() {
    let page = page();

    for code in ProblemCode::ALL {
        assert_eq!(page.matches(&format!("\n| `{code}` | **")).count(), 1, "{code}");
    }
    for line in page.lines().filter(|line| line.starts_with('|')) {
        let cells = line.replace("\\|", "").matches('|').count() - 1;
        assert_eq!(cells, 6, "{line}");
    }
    assert!(!page.contains("](#"), "a link to a place that is not in this page");
}

#[test]
fn what_is_to_be_typed_brings_its_problem_about() {
    for code in ProblemCode::ALL {
        let (field, text) = match ways::way(code) {
            Way::LeaveEmpty(field) => (field, ""),
            Way::Type { field, text } => (field, text),
            Way::Scenario(_) => {
                assert_eq!(code.kind(), ProblemKind::Check, "{code}");
                continue;
            }
            Way::Do(sentence) => {
                assert!(sentence.ends_with('.'), "{code}");
                continue;
            }
        };
        assert_eq!(recognised(field, text), Some(code), "{field}: {text:?}");
    }
}

/// The problem or the doubt that this text in this field leads to.
fn recognised(field: &str, text: &str) -> Option<ProblemCode> {
    match field {
        KEY_LABEL => CustomerApiKey::recognise(text).map_or_else(Some, |accepted| accepted.warning),
        USERNAME_LABEL => {
            ServiceAccountUsername::recognise(text).map_or_else(Some, |accepted| accepted.warning)
        }
        PASSWORD_LABEL => {
            ServiceAccountPassword::recognise(text).map_or_else(Some, |accepted| accepted.warning)
        }
        URL_LABEL => WebServicesUrl::recognise(text, &ALLOWED).map_or_else(Some, |url| url.warning),
        other => panic!("no field is called {other}"),
    }
}

/// That each scenario ends as the table says is tried in `ukg`.
#[test]
fn the_scenarios_named_bring_their_problems_about() {
    let scenarios = demo_table();

    for code in ProblemCode::ALL {
        if let Way::Scenario(name) = ways::way(code) {
            let scenario = scenarios.iter().find(|scenario| scenario.name == name);
            assert_eq!(scenario.and_then(|scenario| scenario.problem), Some(code), "{name}");
        }
    }
}
