//! What the form may show again of an address that was not taken, and what a setting adds.

use domain::{ProblemCode, WebServicesHost, WebServicesUrl};

use super::answers::ALLOWED;

fn shown(text: &str) -> Option<String> {
    WebServicesUrl::typed_address(text, &ALLOWED)
}

#[test]
fn an_address_is_shown_again_without_its_query() {
    for (text, expected) in [
        (" https://acme.ultipro.com/x?session=1 ", "https://acme.ultipro.com/x"),
        ("acme.ultipro.com", "acme.ultipro.com"),
        ("I sign in at https://acme.ultipro.com/", "https://acme.ultipro.com/"),
        ("10.0.0.1", "10.0.0.1"),
        ("https://Servicet.ultipro.com/services", "https://Servicet.ultipro.com/services"),
        ("Login service endpoint\thttp://servicet.ultipro.com/x", "http://servicet.ultipro.com/x"),
        ("http://[[REQUIRES CONFIGURATION]]/services", "[[REQUIRES CONFIGURATION]]"),
    ] {
        assert_eq!(shown(text).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn what_may_be_a_password_is_not_shown_again() {
    for text in [
        "AB1C2",
        "svc.linkdesk-hr",
        "john.smith",
        "kT9.xQ2-vB7/nM4_pL8",
        "2130706433",
        "12.5/kT9xQ2",
        "q+/|;a!(*)#@^._{}]%:",
        "svc:secret@service4.ultipro.com",
        "https://maria:hunter2@service4.ultipro.com",
        "correct horse battery",
    ] {
        assert_eq!(shown(text), None, "{text}");
    }
    assert_eq!(shown("hunter2 [[REQUIRES CONFIGURATION]]").as_deref(), Some("[[REQUIRES CONFIGURATION]]"));
}

#[test]
fn a_domain_added_by_setting_is_trusted_and_only_below_itself() {
    let host = |text, suffix| WebServicesUrl::recognise(text, &[suffix]).map(|url| url.host.to_string());

    assert_eq!(host("hcm.ukg.example", "ukg.example"), Ok("hcm.ukg.example".to_owned()));
    assert_eq!(host("https://hcm.ukg.net/services", "ukg.net"), Ok("hcm.ukg.net".to_owned()));
    assert_eq!(host("ukg.example", "ukg.example"), Err(ProblemCode::UrlNotUkg));
    assert_eq!(host("xn--hcm-0ra.ukg.example", "ukg.example"), Err(ProblemCode::UrlNotUkg));
    // UKG's own address is no sign-in page, only not allowed here.
    assert_eq!(host("service4.ultipro.com", "ukg.example"), Err(ProblemCode::UrlNotUkg));
}

#[test]
fn a_stored_host_is_held_to_the_same_grammar() {
    for text in [
        "Service4.ultipro.com",
        "https://service4.ultipro.com",
        "service4.ultipro.com:443",
        "10.0.0.1",
        "",
        "a",
    ] {
        assert_eq!(WebServicesHost::from_stored(text), Err(ProblemCode::UrlUnreadable), "{text}");
    }
    assert!(WebServicesHost::from_stored("servicet.ultipro.com").unwrap().is_test_tenant());
}
