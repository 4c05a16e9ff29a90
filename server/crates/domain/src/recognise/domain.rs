//! The Web Services URL: from whatever was copied to the host that will be called.
//!
//! The host is taken apart by this grammar alone, never by a general URL parser: what it accepts is a plain
//! DNS name under an allowed domain, so nothing else can ever be resolved or called (`ukg-pro.md` §2).

use std::fmt;

use super::trim_outer;
use crate::ProblemCode;

/// Longest host name in DNS.
const HOST_MAX: usize = 253;
/// Longest label in DNS.
const LABEL_MAX: usize = 63;
/// Longest typed address shown again.
const TYPED_MAX: usize = 300;
/// First labels of UKG's hosts that are not web services but the recruiting product (`ukg-pro.md` §2).
const RECRUITING: &str = "recruiting";
/// Domains of UKG's other products and of its sign-in pages, with the code that names them.
const OTHER_PRODUCTS: [(&str, ProblemCode); 7] = [
    ("mykronos.com", ProblemCode::UrlWfm),
    ("saashr.com", ProblemCode::UrlReady),
    ("rdy.ukg", ProblemCode::UrlReady),
    ("ultiproworkplace.com", ProblemCode::UrlLoginPortal),
    ("ulticustomers.com", ProblemCode::UrlLoginPortal),
    ("ukg.net", ProblemCode::UrlWfm),
    ("ukg.com", ProblemCode::UrlWfm),
];

/// A host under an allowed domain: lower case, no port, no IP address.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct WebServicesHost(String);

/// What was made of the text in the Web Services URL field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebServicesUrl {
    /// The host that will be called.
    pub host: WebServicesHost,
    /// `url_test_tenant` for a test or pre-production host.
    pub warning: Option<ProblemCode>,
}

impl WebServicesUrl {
    /// Recognises the service host in a URL or bare host name, in any letter case, with or without scheme,
    /// path and port 80 or 443.
    ///
    /// `suffixes` are the allowed domains, matched on a label boundary.
    ///
    /// # Errors
    /// The code of the mistake, such as `url_login_portal` or `url_not_ukg`.
    pub fn recognise(text: &str, suffixes: &[&str]) -> Result<Self, ProblemCode> {
        let trimmed = trim_outer(text).trim_matches(['"', '\'', '<', '>']);
        if trimmed.is_empty() {
            return Err(ProblemCode::UrlMissing);
        }
        if trimmed.to_ascii_uppercase().contains("REQUIRES CONFIGURATION") {
            return Err(ProblemCode::UrlPlaceholder);
        }
        let host = host_of(trimmed)?;
        if !suffixes.iter().any(|suffix| is_under(&host, suffix)) {
            let other = OTHER_PRODUCTS.iter().find(|(suffix, _)| is_under(&host, suffix));
            return Err(match other {
                // `signin.ukg.net` is the sign-in page of UKG Pro itself.
                Some(_) if host.starts_with("signin.") => ProblemCode::UrlLoginPortal,
                Some((_, code)) => *code,
                None => ProblemCode::UrlNotUkg,
            });
        }
        let first = host.split('.').next().unwrap_or_default();
        if first.starts_with(RECRUITING) {
            return Err(ProblemCode::UrlRecruiting);
        }
        if is_under_known_domain(&host) && !is_service_label(first) {
            return Err(ProblemCode::UrlLoginPortal);
        }
        let test = first == "servicet" || first.starts_with("rental");
        let warning = test.then_some(ProblemCode::UrlTestTenant);
        Ok(Self { host: WebServicesHost(host), warning })
    }
}

impl WebServicesUrl {
    /// The typed text as the form may show it again: only what reads as an address, without its query. Anything
    /// else may be a password that strayed into the wrong field, and is not kept.
    ///
    /// A dotted text alone is no sign of one (`svc.hr-2` is a username): it needs a scheme, or a domain of UKG's.
    #[must_use]
    pub fn typed_address(text: &str, suffixes: &[&str]) -> Option<String> {
        let trimmed = trim_outer(text);
        let address = trimmed.split(['?', '#']).next().unwrap_or_default();
        let plain = |c: char| c.is_ascii_alphanumeric() || "-._/:[]".contains(c);
        let placeholder = address.to_ascii_uppercase().contains("[[REQUIRES CONFIGURATION]]");
        let readable = match host_of(address) {
            Ok(host) => {
                let known = OTHER_PRODUCTS.iter().any(|(suffix, _)| is_under(&host, suffix));
                address.contains("://") || known || suffixes.iter().any(|suffix| is_under(&host, suffix))
            }
            Err(code) => code == ProblemCode::UrlIpAddress && address.contains(['.', ':']),
        };
        (address.len() <= TYPED_MAX && (placeholder || (readable && address.chars().all(plain))))
            .then(|| address.to_owned())
    }
}

impl WebServicesHost {
    /// A host stored earlier; held to the same grammar as when it was entered, whatever is allowed today.
    ///
    /// # Errors
    /// `url_unreadable` when the text is no plain host name.
    pub fn from_stored(text: &str) -> Result<Self, ProblemCode> {
        match host_of(text) {
            Ok(host) if host == text => Ok(Self(host)),
            Ok(_) | Err(_) => Err(ProblemCode::UrlUnreadable),
        }
    }

    /// The host name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it belongs to one of these domains, on a label boundary.
    #[must_use]
    pub fn is_allowed(&self, suffixes: &[&str]) -> bool {
        suffixes.iter().any(|suffix| is_under(&self.0, suffix))
    }

    /// Whether this is a test or pre-production host.
    #[must_use]
    pub fn is_test_tenant(&self) -> bool {
        self.0.starts_with("servicet.") || self.0.starts_with("rental")
    }
}

impl fmt::Display for WebServicesHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The host in `text`, lower-cased, if it is a plain DNS name.
fn host_of(text: &str) -> Result<String, ProblemCode> {
    let lower = text.to_ascii_lowercase();
    let rest = match lower.split_once("://") {
        Some(("http" | "https", rest)) => rest,
        Some(_) => return Err(ProblemCode::UrlUnreadable),
        None => lower.as_str(),
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // A name before an @ is user information; a backslash is read as a slash by some and not by others. Neither
    // is ever in an address copied from UKG Pro, and both are ways to make two readers see two hosts.
    if authority.contains(['@', '\\', '%']) {
        return Err(ProblemCode::UrlUnreadable);
    }
    if authority.starts_with('[') {
        return Err(ProblemCode::UrlIpAddress);
    }
    let host = match authority.split_once(':') {
        Some((host, "" | "80" | "443")) => host,
        Some((_, port)) if port.contains(':') => return Err(ProblemCode::UrlIpAddress),
        Some(_) => return Err(ProblemCode::UrlUnreadable),
        None => authority,
    };
    let host = host.strip_suffix('.').unwrap_or(host);
    let labels: Vec<&str> = host.split('.').collect();
    let is_label = |label: &&str| {
        (1..=LABEL_MAX).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    if host.len() > HOST_MAX || !labels.iter().all(is_label) {
        return Err(ProblemCode::UrlUnreadable);
    }
    // `127.1`, `0x7f.1` and `2130706433` are addresses to many resolvers, so a numeric last label is one to us.
    let last = labels.last().copied().unwrap_or_default();
    let hexadecimal = last.strip_prefix("0x").is_some_and(|d| d.bytes().all(|b| b.is_ascii_hexdigit()));
    if last.bytes().all(|b| b.is_ascii_digit()) || hexadecimal {
        return Err(ProblemCode::UrlIpAddress);
    }
    if labels.len() < 2 {
        return Err(ProblemCode::UrlUnreadable);
    }
    Ok(host.to_owned())
}

/// Whether `host` is below `suffix`, on a label boundary; the suffix itself is no service host.
fn is_under(host: &str, suffix: &str) -> bool {
    host.strip_suffix(suffix).is_some_and(|rest| rest.ends_with('.') && rest.len() > 1)
}

/// UKG Pro's own domains, where the names of service hosts are known; a domain added by setting is trusted.
fn is_under_known_domain(host: &str) -> bool {
    is_under(host, "ultipro.com") || is_under(host, "ultipro.ca")
}

/// `service`, `service4`, `servicet`, `rental2`: the first labels of every service host seen (`ukg-pro.md` §2).
fn is_service_label(label: &str) -> bool {
    ["service", "rental"].iter().any(|name| {
        label.strip_prefix(name).is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_alphanumeric()))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ALLOWED: [&str; 2] = ["ultipro.com", "ultipro.ca"];

    fn read(text: &str) -> Result<String, ProblemCode> {
        WebServicesUrl::recognise(text, &ALLOWED).map(|url| url.host.to_string())
    }

    #[test]
    fn every_way_of_writing_the_same_host_is_taken() {
        for text in [
            "http://Service4.ultipro.com/services/BIDataService",
            "https://service4.ultipro.com",
            "service4.ultipro.com",
            " SERVICE4.ULTIPRO.COM/ \n",
            "service4.ultipro.com:443",
            "http://service4.ultipro.com:80/services?wsdl#x",
            "<https://service4.ultipro.com./>",
        ] {
            assert_eq!(read(text).as_deref(), Ok("service4.ultipro.com"), "{text}");
        }
    }

    #[test]
    fn each_wrong_address_is_named() {
        let table = [
            ("", ProblemCode::UrlMissing),
            ("hello", ProblemCode::UrlUnreadable),
            ("ftp://service4.ultipro.com", ProblemCode::UrlUnreadable),
            ("https://[[REQUIRES CONFIGURATION]]/services/LoginService", ProblemCode::UrlPlaceholder),
            ("[[requires configuration]]", ProblemCode::UrlPlaceholder),
            ("https://acme.ultipro.com/default.aspx", ProblemCode::UrlLoginPortal),
            ("signin.ultipro.com", ProblemCode::UrlLoginPortal),
            ("https://signin.ukg.net/login", ProblemCode::UrlLoginPortal),
            ("acme.ultiproworkplace.com", ProblemCode::UrlLoginPortal),
            ("recruiting2.ultipro.com/ACME", ProblemCode::UrlRecruiting),
            ("https://acme.prd.mykronos.com", ProblemCode::UrlWfm),
            ("https://welcome-us.ukg.net", ProblemCode::UrlWfm),
            ("https://secure6.saashr.com/ta/1.home", ProblemCode::UrlReady),
            ("https://example.com", ProblemCode::UrlNotUkg),
            ("https://10.0.0.1/services", ProblemCode::UrlIpAddress),
            ("https://[::1]/", ProblemCode::UrlIpAddress),
            ("2130706433", ProblemCode::UrlIpAddress),
            ("0x7f.0x1", ProblemCode::UrlIpAddress),
        ];
        for (text, expected) in table {
            assert_eq!(read(text), Err(expected), "{text}");
        }
    }

    #[test]
    fn a_look_alike_domain_is_never_allowed() {
        for text in [
            "service4.evilultipro.com",
            "service4.ultipro.com.evil.example",
            "ultipro.com",
            "https://service4.ultipro.com@evil.example/",
            "https://evil.example\\@service4.ultipro.com",
            "https://service4.ultipro.com\t.evil.example",
            "service4.ultipro.com:8443",
            "service4%2eultipro.com",
            "sérvice4.ultipro.com",
            "service4。ultipro.com",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_test_host_is_asked_about() {
        for text in ["Servicet.ultipro.com", "rental2.ultipro.com"] {
            let url = WebServicesUrl::recognise(text, &ALLOWED).unwrap();
            assert_eq!(url.warning, Some(ProblemCode::UrlTestTenant), "{text}");
            assert!(url.host.is_test_tenant());
        }
        assert_eq!(WebServicesUrl::recognise("service3.ultipro.ca", &ALLOWED).unwrap().warning, None);
    }

    #[test]
    fn only_what_reads_as_an_address_is_shown_again() {
        let shown = |text| WebServicesUrl::typed_address(text, &ALLOWED);

        assert_eq!(
            shown(" https://acme.ultipro.com/x?session=1 ").as_deref(),
            Some("https://acme.ultipro.com/x")
        );
        assert_eq!(shown("10.0.0.1").as_deref(), Some("10.0.0.1"));
        assert_eq!(shown("acme.ultipro.com").as_deref(), Some("acme.ultipro.com"));
        assert_eq!(shown("AB1C2"), None);
        assert_eq!(shown("svc.linkdesk-hr"), None);
        assert_eq!(shown("kT9.xQ2-vB7/nM4_pL8"), None);
        assert_eq!(shown("2130706433"), None);
        assert_eq!(shown("q+/|;a!(*)#@^._{}]%:"), None);
        assert_eq!(shown("svc:secret@service4.ultipro.com"), None);
    }

    #[test]
    fn a_domain_added_by_setting_is_trusted() {
        assert!(WebServicesUrl::recognise("hcm.ukg.example", &["ukg.example"]).is_ok());
        assert!(WebServicesUrl::recognise("hcm.ukg.net", &["ukg.net"]).is_ok());
    }

    proptest! {
        #[test]
        fn whatever_is_accepted_is_a_plain_name_under_an_allowed_domain(text in r"\PC{0,60}") {
            if let Ok(host) = read(&text) {
                let under_allowed = host.ends_with(".ultipro.com") || host.ends_with(".ultipro.ca");
                prop_assert!(under_allowed);
                prop_assert!(host.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'.' || b == b'-'));
                prop_assert_eq!(WebServicesHost::from_stored(&host).map(|h| h.to_string()), Ok(host));
            }
        }

        #[test]
        fn case_and_space_around_never_matter(text in r"[ -~]{0,40}") {
            prop_assert_eq!(read(&text), read(&format!("  {}\n", text.to_ascii_uppercase())));
        }
    }
}
