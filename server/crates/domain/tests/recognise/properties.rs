//! What holds for every text.

use domain::{PastedPage, WebServicesHost, WebServicesUrl};
use proptest::prelude::*;

use super::answers::{self, ALLOWED, Answer};
use super::table;

/// Texts of the table and pieces of them, put together: near what people paste, and everything beside it.
fn texts() -> impl Strategy<Value = String> {
    let pieces = [
        "AB1C2",
        "ab1c2",
        "QX7MCD0000K0",
        "2cedc1bb-57f0-4a3e-9b1e-0123456789ab",
        "Customer API Key",
        "User API Key",
        "API key",
        "key",
        "Tenant ID",
        "Username",
        "User Name",
        "Password:",
        "New Password",
        "service4.ultipro.com",
        "https://",
        "http:",
        "//",
        "/services/LoginService",
        "Login service endpoint",
        ".",
        ":",
        "@",
        "\\",
        "%2e",
        "?x=",
        " ",
        "\n",
        "\t",
        "\"",
        "<",
        ">",
        "“",
        "\u{200b}",
        "\u{a0}",
        "x",
        "é",
        "svc",
        "maria@northwind.example",
        "[[REQUIRES CONFIGURATION]]",
        "ultipro.com",
        "evil",
        "-",
        "1",
        "::",
        "xn--",
        "www.",
        "Ａ",
        "endpoint",
        "url=",
    ];
    let rows: Vec<String> =
        [table::keys::ROWS, table::usernames::ROWS, table::passwords::ROWS, table::urls::ROWS]
            .concat()
            .into_iter()
            .map(|(input, _)| input.to_owned())
            .collect();
    prop_oneof![
        1 => ".{0,80}",
        1 => r"[ -~]{0,60}",
        4 => prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..8).prop_map(|parts| parts.concat()),
        2 => prop::sample::select(rows),
    ]
}

/// What may stand around a value without changing what it is.
fn noise() -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop::sample::select(vec![" ", "\n", "\r\n", "\t", "\u{a0}", "\u{200b}", "\u{feff}"]),
        0..4,
    )
    .prop_map(|parts| parts.concat())
}

/// Both texts have the same answer, whatever was changed.
fn same(recognise: fn(&str) -> Answer, one: &str, two: &str) -> Result<(), TestCaseError> {
    prop_assert_eq!(recognise(one).without_changes(), recognise(two).without_changes());
    Ok(())
}

/// A password as UKG makes them: 25 to 50 printable characters, punctuation among them.
const GENERATED: &str = r"[!-~]{12,24}[+/|;!(*)#@^._{}%][!-~]{12,24}";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn what_stands_around_never_changes_a_key_or_an_address(text in texts(), before in noise(), after in noise()) {
        let surrounded = [before.as_str(), &text, &after].concat();
        same(answers::key, &text, &surrounded)?;
        same(answers::url, &text, &surrounded)?;
    }

    #[test]
    fn space_around_never_changes_a_username_or_a_password(text in texts(), before in "[ \n\t]{0,3}", after in "[ \n\t]{0,3}") {
        let surrounded = [before.as_str(), &text, &after].concat();
        same(answers::username, &text, &surrounded)?;
        same(answers::password, &text, &surrounded)?;
    }

    #[test]
    fn a_recognised_value_is_recognised_as_it_is(text in texts()) {
        for recognise in [answers::key, answers::username, answers::password, answers::url] {
            let first = recognise(&text);
            if let Some(value) = &first.value {
                prop_assert_eq!(recognise(value), first.clone().without_changes(), "{:?}", text);
            }
        }
    }

    #[test]
    fn letter_case_never_changes_an_address(text in texts()) {
        prop_assert_eq!(answers::url(&text), answers::url(&text.to_ascii_uppercase()));
    }

    #[test]
    fn an_accepted_host_is_a_plain_name_under_an_allowed_domain(text in texts()) {
        let page = PastedPage::read(&["Login service endpoint ", &text].concat(), &ALLOWED);
        for url in [WebServicesUrl::recognise(&text, &ALLOWED), page.url].into_iter().flatten() {
            let host = url.host.as_str();
            prop_assert!(host.ends_with(".ultipro.com") || host.ends_with(".ultipro.ca"));
            prop_assert!(host.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'.' || b == b'-'));
            prop_assert!(!host.contains("xn--") && host.len() <= 253);
            prop_assert_eq!(WebServicesHost::from_stored(host), Ok(url.host.clone()));
            prop_assert!(url.host.is_allowed(&ALLOWED));
        }
    }

    #[test]
    fn what_is_asked_about_can_be_used_as_the_form_shows_it_again(text in texts()) {
        if let Ok(url) = WebServicesUrl::recognise(&text, &ALLOWED) {
            let shown = WebServicesUrl::typed_address(&text, &ALLOWED).unwrap();
            prop_assert_eq!(WebServicesUrl::recognise(&shown, &ALLOWED).unwrap().host, url.host);
        }
    }

    #[test]
    fn a_generated_password_is_never_altered_and_never_refused(password in GENERATED, before in "[ \r\n\t]{0,2}", after in "[ \r\n\t]{0,2}") {
        let answer = answers::password(&[before.as_str(), &password, &after].concat());
        prop_assert_eq!(answer.without_changes().to_string(), ["take ", &password].concat());
    }

    #[test]
    fn a_stray_password_is_never_shown_again(password in GENERATED, words in "[a-z ]{0,20}") {
        for text in [password.clone(), [words.as_str(), " ", &password].concat(), [&password, " ", &words].concat()] {
            let shown = WebServicesUrl::typed_address(&text, &ALLOWED);
            prop_assert!(shown.is_none() || password.contains("://"), "{:?}", shown);
        }
    }

    #[test]
    fn a_user_api_key_is_never_taken_for_the_customers(key in "[A-Z0-9]{6}0000K0", text in texts()) {
        for whole in [[&text, "\n", &key].concat(), ["User API Key\t", &key, "\n", &text].concat()] {
            let answer = answers::key(&whole);
            prop_assert!(!answer.value.as_ref().is_some_and(|value| value.contains(&key)), "{}", answer);
            if let Ok(found) = PastedPage::read(&whole, &ALLOWED).key {
                prop_assert!(!key.contains(found.into_secret().expose()));
            }
        }
    }
}
