//! Copied pages, as browsers give them: with tabs or lines, in any layout, whole or cut, honest or not.

use domain::{HostLine, PastedPage, ProblemCode};

use super::answers::{self, ALLOWED};

const USER_KEY: &str = "QX7MCD0000K0";

/// UKG's menu, which comes along with everything.
const MENU: &str = "Find...\nSecurity Dashboard\nUser Administration\nRole Administration\nRole Automation\n\
    IP Filtering\nWeb Services\nService Account Administration\nSecurity Settings\n";

const ADMINISTRATION: &str = "Service Account Administration\nadd\nprint\nhelp\nCustomer API Key  AB1C2\nActions\n\
    Find by User Name\nUser Name\tStatus\tLast Logon\tUser API Key\n\
    LinkdeskService\tActive\t01/02/2026\tQX7MCD0000K0\nSVC01\tActive\t\tZK4WVR9120J8\n\
    Learning Resources\nHow do I add a service account?\n";

const SERVICES: &str = "Web Services\nUser API Key\tQX7MCD0000K0\nCustomer API Key\tAB1C2\n\
    Tenant ID\t2cedc1bb-57f0-4a3e-9b1e-0123456789ab\n\
    Business Intelligence web service endpoint\thttp://bi5.contoso.example/services/BIDataService\n\
    Business Intelligence report streaming endpoint\thttp://bi5.contoso.example/services/BIStreamingService\n\
    Login service endpoint\thttp://Service4.ultipro.com/services/LoginService\n\
    Employee contacts service endpoint\thttp://Service4.ultipro.com/services/EmployeeContacts\n\
    Employee person service endpoint\thttp://Service4.ultipro.com/services/EmployeePerson\n\
    Employee pay statement service endpoint\thttp://Service4.ultipro.com/services/EmployeePayStatement\n";

/// What was found: the key or a code, the host or a code.
fn found(text: &str) -> (String, String) {
    let page = PastedPage::read(text, &ALLOWED);
    let key = match page.key {
        Ok(key) => key.into_secret().expose().to_owned(),
        Err(code) => code.to_string(),
    };
    let host = match page.url {
        Ok(url) => url.host.to_string(),
        Err(code) => code.to_string(),
    };
    (key, host)
}

fn assert_found(text: &str, key: &str, host: &str) {
    assert_eq!(
        found(text),
        (key.to_owned(), host.to_owned()),
        "{}",
        text.chars().take(2000).collect::<String>()
    );
}

#[test]
fn the_service_account_administration_page_gives_the_key() {
    assert_found(ADMINISTRATION, "AB1C2", "url_missing");
    assert_found(&[MENU, ADMINISTRATION].concat(), "AB1C2", "url_missing");
    assert_found(&ADMINISTRATION.replace("Key  AB", "Key\r\n\r\nAB"), "AB1C2", "url_missing");
    assert_found(&ADMINISTRATION.replace("Key  AB", "Key\u{a0}\u{200b}AB"), "AB1C2", "url_missing");
    assert_found(&ADMINISTRATION.replace('\n', " "), "AB1C2", "url_missing");
}

#[test]
fn the_web_services_page_gives_the_key_and_the_host() {
    for text in [
        SERVICES.to_owned(),
        [MENU, SERVICES].concat(),
        SERVICES.replace('\n', "\r\n"),
        SERVICES.replace('\t', "\n"),
        SERVICES.replace('\t', "\n\n"),
        SERVICES.replace('\t', "   "),
        SERVICES.replace('\t', ": "),
        SERVICES.replace('\t', ""),
        SERVICES.replace(['\t', '\n'], " "),
        SERVICES.to_uppercase(),
        [ADMINISTRATION, SERVICES].concat(),
    ] {
        assert_found(&text, "AB1C2", "service4.ultipro.com");
    }
    assert_eq!(PastedPage::read(SERVICES, &ALLOWED).host_line, Some(HostLine::LoginService));
}

#[test]
fn all_labels_before_all_values_are_told_apart_by_their_shapes() {
    let (labels, values): (Vec<&str>, Vec<&str>) =
        SERVICES.lines().filter_map(|l| l.split_once('\t')).unzip();
    assert_found(&[labels.join("\n"), values.join("\n")].join("\n"), "AB1C2", "service4.ultipro.com");
}

#[test]
fn a_test_system_is_told() {
    let page = PastedPage::read(&SERVICES.replace("Service4", "Servicet"), &ALLOWED);
    assert_eq!(page.url.unwrap().warning, Some(ProblemCode::UrlTestTenant));
}

#[test]
fn an_address_that_was_never_set_up_is_said_to_be() {
    let never = SERVICES
        .replace("Service4.ultipro.com", "[[REQUIRES CONFIGURATION]]")
        .replace("bi5.contoso.example", "[[REQUIRES CONFIGURATION]]");
    assert_found(&never, "AB1C2", "url_placeholder");
    assert_found(&never.replace('\t', "\n"), "AB1C2", "url_placeholder");
    // The Business Intelligence addresses alone do not matter, whether set up or not.
    assert_found(
        &SERVICES.replace("bi5.contoso.example", "[[REQUIRES CONFIGURATION]]"),
        "AB1C2",
        "service4.ultipro.com",
    );
    let only_others = SERVICES.replace("Service4.ultipro.com", "[[REQUIRES CONFIGURATION]]");
    assert_found(
        &only_others.replace("bi5.contoso.example", "service4.ultipro.com"),
        "AB1C2",
        "url_placeholder",
    );
}

#[test]
fn the_employee_lines_stand_in_for_a_missing_login_line_and_nothing_else_does() {
    let without_login: String =
        SERVICES.lines().filter(|line| !line.starts_with("Login")).flat_map(|line| [line, "\n"]).collect();
    assert_found(&without_login, "AB1C2", "service4.ultipro.com");
    assert_eq!(PastedPage::read(&without_login, &ALLOWED).host_line, Some(HostLine::EmployeeService));

    let only_business: String = without_login
        .lines()
        .filter(|line| !line.starts_with("Employee"))
        .flat_map(|line| [line, "\n"])
        .collect();
    assert_found(&only_business, "AB1C2", "url_missing");
    let allowed_business = only_business.replace("bi5.contoso.example", "service7.ultipro.com");
    assert_found(&allowed_business, "AB1C2", "url_missing");
}

#[test]
fn the_user_api_key_is_never_taken_for_the_customers() {
    let without = SERVICES.replace("Customer API Key\tAB1C2\n", "");
    assert_found(&without, "key_is_user_api_key", "service4.ultipro.com");
    assert_found(&SERVICES.replace("AB1C2", USER_KEY), "key_is_user_api_key", "service4.ultipro.com");
    assert_found(&SERVICES.replace("\tAB1C2", "\t"), "key_is_user_api_key", "service4.ultipro.com");
    // The key is not shown: the short username in the grid is not one.
    assert_found(&ADMINISTRATION.replace("AB1C2", ""), "key_is_user_api_key", "url_missing");
    assert_found(
        &ADMINISTRATION.replace("AB1C2", "").replace('\t', "\n"),
        "key_is_user_api_key",
        "url_missing",
    );
    let grid: String = ADMINISTRATION.lines().skip(7).flat_map(|line| [line, "\n"]).collect();
    assert_found(&grid, "key_is_user_api_key", "url_missing");
}

#[test]
fn pages_in_other_languages_are_read_by_what_stays_the_same() {
    let french = "Services Web\nClé API de l’utilisateur\tQX7MCD0000K0\nClé API du client\tAB1C2\n\
        Identifiant du locataire\t2cedc1bb-57f0-4a3e-9b1e-0123456789ab\n\
        Point de terminaison du service de connexion\thttp://service3.ultipro.ca/services/LoginService\n";
    assert_found(french, "AB1C2", "service3.ultipro.ca");
    let spanish = "Administración de cuentas de servicio\nClave de API de cliente: AB1C2\nAcciones\n";
    assert_found(spanish, "AB1C2", "url_missing");
}

#[test]
fn html_is_read_as_what_it_shows() {
    let html = format!(
        "<!DOCTYPE html><html><body class=\"AB9Z9\"><table>{}</table></body></html>",
        SERVICES
            .lines()
            .map(|line| {
                let cells: String =
                    line.split('\t').map(|cell| format!("<td style=\"x\">{cell}&nbsp;</td>")).collect();
                format!("<tr data-url=\"http://service9.ultipro.com/services/LoginService\">{cells}</tr>")
            })
            .collect::<String>()
    );
    assert_found(&html, "AB1C2", "service4.ultipro.com");
    let links = SERVICES.replace("http://S", "<http://S").replace("LoginService\n", "LoginService>\n");
    assert_found(&links, "AB1C2", "service4.ultipro.com");
}

#[test]
fn help_text_about_the_key_is_not_the_key() {
    let help = "Copy the Customer API Key and paste it where you were asked to. The Customer API Key is shown \
        above the list. Login service endpoint. It looks like this: see the picture.\n";
    assert_found(help, "key_missing", "url_missing");
    assert_found(&[help, SERVICES].concat(), "AB1C2", "service4.ultipro.com");
    assert_found(&[SERVICES, help].concat(), "AB1C2", "service4.ultipro.com");
}

#[test]
fn where_two_values_could_be_meant_none_is_taken() {
    let two = [SERVICES, &SERVICES.replace("AB1C2", "ZZ9Z9").replace("Service4", "Service5")].concat();
    assert_found(&two, "key_missing", "url_unreadable");
    assert_found(&[SERVICES, SERVICES].concat(), "AB1C2", "service4.ultipro.com");
}

#[test]
fn an_address_of_somebody_else_is_named_and_never_taken() {
    for (host, code) in [
        ("service4.ultipro.com.evil.example", "url_not_ukg"),
        ("10.0.0.1", "url_ip_address"),
        ("northwind.ultipro.com", "url_login_portal"),
        ("service4.ultipro.com@evil.example", "url_unreadable"),
    ] {
        assert_found(&SERVICES.replace("Service4.ultipro.com", host), "AB1C2", code);
    }
}

#[test]
fn pages_without_anything_of_use_give_nothing() {
    for text in [
        "",
        " \n",
        "hello",
        MENU,
        "<<<<>>>>&&&&;;;;",
        "\u{200b}\u{feff}",
        "Customer API Key",
        "12345 AB1C2 Q1W2E",
    ] {
        let page = PastedPage::read(text, &ALLOWED);
        assert!(page.is_empty(), "{text}");
        assert_eq!(found(text), ("key_missing".to_owned(), "url_missing".to_owned()), "{text}");
    }
}

#[test]
fn a_long_page_is_read_in_no_time_whatever_it_holds() {
    let started = std::time::Instant::now();
    for junk in [
        "lorem ipsum ",
        "<a ",
        "&amp",
        "c ",
        "customer api key ",
        "http://service4.ultipro.com/ ",
        "requires ",
        "é",
        "[[[",
    ] {
        let long = junk.repeat(200_000 / junk.len());
        assert_found(&[SERVICES, &long].concat(), "AB1C2", "service4.ultipro.com");
        let (key, _) = found(&long);
        assert_eq!(key, "key_missing", "{junk}");
        // The same in a field.
        for recognise in [answers::key, answers::username, answers::password, answers::url] {
            recognise(&long);
        }
    }
    // What stands beyond the part that is read is not looked for.
    assert_found(&[&"x ".repeat(200_000), SERVICES].concat(), "key_missing", "url_missing");
    // Two seconds on an idle machine, without optimisation; a search within a search would take many minutes.
    assert!(started.elapsed().as_secs() < 120, "{:?}", started.elapsed());
}
