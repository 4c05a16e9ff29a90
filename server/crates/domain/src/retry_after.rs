//! How long somebody else's server asks to be left alone (RFC 9110 §10.2.3): seconds, or a date.

use std::time::Duration;

/// What a `Retry-After` header asks for, of an answer with this `Date`.
///
/// A date is measured against the answer's own: no clock of ours has to agree with theirs. Without one, and for anything
/// that is neither seconds nor a date (a negative number, words), it counts as not sent. A number too large to hold is a
/// wait too long to sit through.
#[must_use]
pub fn retry_after(header: &str, date: Option<&str>) -> Option<Duration> {
    let header = header.trim();
    if !header.is_empty() && header.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(header.parse().map_or(Duration::MAX, Duration::from_secs));
    }
    let until = httpdate::parse_http_date(header).ok()?;
    let now = httpdate::parse_http_date(date?.trim()).ok()?;
    Some(until.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

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
        for (header, date, expected) in table {
            let read = retry_after(header, date).map(|wait| wait.as_secs());
            assert_eq!(read, expected, "{header} {date:?}");
        }
    }
}
