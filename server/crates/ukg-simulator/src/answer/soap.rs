//! The SOAP services under `/services/`: described to anyone, and every call `Failed`.
//!
//! A call needs a fourth secret, the User API Key, which no account here has. UKG answers a failed call
//! with 200 and a status inside.

use hyper::{Method, StatusCode};

use super::{Answer, Asked, bare, responses};

const FAILED: &str = "User authentication failed";

/// Whether the path is a SOAP service's.
pub(crate) fn is_service(path: &str) -> bool {
    name(path).is_some()
}

/// The description, or the refusal.
pub(crate) fn answer(asked: &Asked<'_>) -> Answer {
    let Some(name) = name(asked.path) else {
        return bare(StatusCode::NOT_FOUND);
    };
    if *asked.method == Method::GET {
        let page = description(&asked.host, name);
        responses::with_body(StatusCode::OK, "text/xml; charset=utf-8", page)
    } else if *asked.method == Method::POST {
        let body = if name.starts_with("BI") { log_on_failed() } else { authenticate_failed() };
        responses::with_body(StatusCode::OK, "application/soap+xml; charset=utf-8", body)
    } else {
        responses::method_not_allowed(&Method::GET)
    }
}

/// Letters and digits only, because the answer repeats it.
fn name(path: &str) -> Option<&str> {
    let name = path.strip_prefix("/services/")?;
    let fits = (1..=64).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric());
    fits.then_some(name)
}

/// With an `http` address, as UKG's own pages show it.
fn description(host: &str, name: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\
         <wsdl:definitions name=\"{name}\" targetNamespace=\"http://www.ultipro.com/services/{lower}\" \
         xmlns:wsdl=\"http://schemas.xmlsoap.org/wsdl/\" xmlns:soap12=\"http://schemas.xmlsoap.org/wsdl/soap12/\">\
         <wsdl:service name=\"{name}\"><wsdl:port name=\"WSHttpBinding_I{name}\" binding=\"WSHttpBinding_I{name}\">\
         <soap12:address location=\"http://{host}/services/{name}\"/></wsdl:port></wsdl:service>\
         </wsdl:definitions>",
        lower = name.to_ascii_lowercase()
    )
}

fn authenticate_failed() -> String {
    envelope(&format!(
        "<TokenResponse xmlns=\"http://www.ultipro.com/services/loginservice\">\
         <Status>Failed</Status><StatusMessage>{FAILED}</StatusMessage><Token/></TokenResponse>"
    ))
}

fn log_on_failed() -> String {
    envelope(&format!(
        "<LogOnResponse xmlns=\"http://www.ultipro.com/dataservices/bidata/2\"><LogOnResult>\
         <Status>Failed</Status><StatusMessage>{FAILED}</StatusMessage></LogOnResult></LogOnResponse>"
    ))
}

fn envelope(body: &str) -> String {
    format!(
        "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Body>{body}</s:Body></s:Envelope>"
    )
}
