//! What a body is, told by its content type and its first characters.
//!
//! Nothing else of a body is looked at: it holds real people (`ukg-pro.md` §3, "Privacy of probes").

use reqwest::Response;
use reqwest::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderMap};

use crate::fault::Fault;

/// How much white space may stand before a body's first characters.
const OPENING_MAX: usize = 1024;
/// No list is longer: ten thousand records, UKG's most, of 25 KB each. What promises more is something else.
const LIST_MAX: u64 = 256 * 1024 * 1024;
/// The mark some servers put before UTF-8 text.
const BYTE_ORDER_MARK: [u8; 3] = [0xEF, 0xBB, 0xBF];

/// What the content type promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// One of JSON's names.
    Json,
    /// A page for people.
    Html,
    /// XML, as the SOAP services speak.
    Xml,
    /// Nothing certain: no content type, plain text, or mere bytes. The body's first characters decide.
    Unsaid,
    /// Anything else.
    Other,
}

impl Kind {
    /// By the header.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let Some(value) = headers.get(CONTENT_TYPE) else { return Self::Unsaid };
        let full = value.to_str().unwrap_or("?").to_ascii_lowercase();
        match full.split(';').next().unwrap_or_default().trim() {
            "" | "text/plain" | "application/octet-stream" => Self::Unsaid,
            "application/json" | "text/json" => Self::Json,
            "text/html" | "application/xhtml+xml" => Self::Html,
            "text/xml" | "application/xml" | "application/wsdl+xml" => Self::Xml,
            other if other.starts_with("application/") && other.ends_with("+json") => Self::Json,
            _ => Self::Other,
        }
    }
}

/// Whether the body is compressed although `identity` was asked for. It is never unpacked: a few bytes could become
/// gigabytes, and no server that keeps to HTTP sends one.
pub(crate) fn is_encoded(headers: &HeaderMap) -> bool {
    let plain = |value: &str| value.trim().is_empty() || value.trim().eq_ignore_ascii_case("identity");
    headers.get_all(CONTENT_ENCODING).iter().any(|value| !value.to_str().is_ok_and(plain))
}

/// Whether it promises more than any list holds.
pub(crate) fn is_too_long(response: &Response) -> bool {
    response.content_length().is_some_and(|length| length > LIST_MAX)
}

/// How a body begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opening {
    /// `[{` or `[]`: a list of objects, which is how UKG Pro answers every list (`ukg-pro.md` §4a).
    List,
    /// `<`: a page or XML.
    Markup,
    /// Something else, or nothing.
    Other,
}

/// Reads no further than the first two characters that are no white space.
pub(crate) async fn opening(mut response: Response) -> Result<Opening, Fault> {
    let mut scan = Scan::default();
    while scan.seen < OPENING_MAX {
        let Some(chunk) = response.chunk().await.map_err(|error| Fault::of(&error))? else { break };
        if let Some(opening) = scan.take(&chunk) {
            return Ok(opening);
        }
    }
    Ok(Opening::Other)
}

/// The first bytes of a body, up to `most` of them.
pub(crate) async fn beginning(mut response: Response, most: usize) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    while bytes.len() < most {
        let Some(chunk) = response.chunk().await.map_err(|error| Fault::of(&error))? else { break };
        bytes.extend(chunk.iter().take(most - bytes.len()));
    }
    Ok(bytes)
}

/// A body read piece by piece.
#[derive(Default)]
struct Scan {
    /// How many bytes were looked at.
    seen: usize,
    /// The first character was `[`.
    in_list: bool,
}

impl Scan {
    fn take(&mut self, chunk: &[u8]) -> Option<Opening> {
        for byte in chunk {
            let is_mark = BYTE_ORDER_MARK.get(self.seen) == Some(byte);
            self.seen += 1;
            if is_mark || byte.is_ascii_whitespace() {
                continue;
            }
            match (self.in_list, byte) {
                (false, b'[') => self.in_list = true,
                (false, b'<') => return Some(Opening::Markup),
                (true, b'{' | b']') => return Some(Opening::List),
                _ => return Some(Opening::Other),
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    fn kind(content_type: &'static str) -> Kind {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        Kind::of(&headers)
    }

    #[test]
    fn each_kind_is_known_by_every_name_it_goes_by() {
        for name in [
            "application/json",
            "Application/JSON; charset=utf-8",
            "text/json",
            "application/problem+json",
            "application/vnd.ukg.v1+json;a=b",
        ] {
            assert_eq!(kind(name), Kind::Json, "{name}");
        }
        assert_eq!(kind("text/html; charset=utf-8"), Kind::Html);
        assert_eq!(kind("text/xml"), Kind::Xml);
        assert_eq!(kind("text/plain; application/json"), Kind::Unsaid);
        assert_eq!(kind("image/png"), Kind::Other);
        assert_eq!(kind(""), Kind::Unsaid);
        assert_eq!(Kind::of(&HeaderMap::new()), Kind::Unsaid);
    }

    #[test]
    fn a_body_is_encoded_unless_it_says_identity() {
        for (value, encoded) in
            [("gzip", true), ("br", true), ("Identity", false), ("", false), ("identity, gzip", true)]
        {
            let mut headers = HeaderMap::new();
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(value));
            assert_eq!(is_encoded(&headers), encoded, "{value}");
        }
        assert!(!is_encoded(&HeaderMap::new()));
    }

    #[test]
    fn the_opening_is_found_across_pieces_behind_mark_and_space() {
        let mut scan = Scan::default();
        assert_eq!(scan.take(b"\xEF\xBB"), None);
        assert_eq!(scan.take(b"\xBF \r\n"), None);
        assert_eq!(scan.take(b"\t["), None);
        assert_eq!(scan.take(b"\n {\"ssn\""), Some(Opening::List));

        for (body, opening) in [
            (&b"[]"[..], Some(Opening::List)),
            (b" <html>", Some(Opening::Markup)),
            (b"{\"a\":[]}", Some(Opening::Other)),
            (b"[\"no\"]", Some(Opening::Other)),
            (b"[1", Some(Opening::Other)),
            (b"[", None),
            // A mark anywhere else is no mark.
            (b" \xEF[]", Some(Opening::Other)),
        ] {
            assert_eq!(Scan::default().take(body), opening, "{body:?}");
        }
    }
}
