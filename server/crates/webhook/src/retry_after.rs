//! How long a receiver asks to be left alone (RFC 9110 §10.2.3): seconds, or a date.

use std::time::Duration;

use reqwest::header::{DATE, HeaderMap, HeaderName, RETRY_AFTER};

/// What the header asks for.
///
/// A date is measured against the answer's own `Date`: no clock of ours has to agree with the receiver's. Without one, and for
/// anything that is neither seconds nor a date (a negative number, words), it counts as not sent. A number too large
/// to hold is a wait too long to sit through.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = text(headers, RETRY_AFTER)?;
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(text.parse().map_or(Duration::MAX, Duration::from_secs));
    }
    let until = httpdate::parse_http_date(text).ok()?;
    let now = httpdate::parse_http_date(self::text(headers, DATE)?).ok()?;
    Some(until.duration_since(now).unwrap_or_default())
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    Some(headers.get(name)?.to_str().ok()?.trim())
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    fn read(value: &str, date: Option<&str>) -> Option<u64> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_bytes(value.as_bytes()).unwrap());
        if let Some(date) = date {
            headers.insert(DATE, HeaderValue::from_str(date).unwrap());
        }
        retry_after(&headers).map(|wait| wait.as_secs())
    }

    #[test]
    fn every_form_of_the_header_is_read_or_left() {
        let noon = Some("Sun, 06 Nov 1994 12:00:00 GMT");
        let table = [
            ("3", None, Some(3)),
            (" 0 ", None, Some(0)),
            ("99999999999999999999999", None, Some(u64::MAX)),
            ("-5", None, None),
            ("1.5", None, None),
            ("soon", noon, None),
            ("", None, None),
            ("\u{fc}", None, None),
            ("Sun, 06 Nov 1994 12:00:07 GMT", noon, Some(7)),
            ("Sun, 06 Nov 1994 11:00:00 GMT", noon, Some(0)),
            ("Sun, 06 Nov 1994 12:00:07 GMT", None, None),
            ("Sun, 06 Nov 1994 12:00:07 GMT", Some("today"), None),
        ];
        for (value, date, expected) in table {
            assert_eq!(read(value, date), expected, "{value} {date:?}");
        }
        assert_eq!(retry_after(&HeaderMap::new()), None);
    }
}
