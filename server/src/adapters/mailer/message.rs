//! A mail as it travels: headers, and the body twice, as plain text and as HTML.

use std::time::{Duration, SystemTime};

use anyhow::{Context as _, Result, anyhow};
use domain::Timestamp;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::{Address, Message};
use services::Mail;

/// Whatever stands in `mail`, it becomes one mail to one address with these headers: none can be added through it.
pub(super) fn build(from: &Mailbox, mail: &Mail, now: Timestamp, id: [u8; 16]) -> Result<Message> {
    let to: Address = mail.to.as_str().parse().map_err(|_| anyhow!("{} cannot be mailed to", mail.to))?;
    let from = Mailbox::new(from.name.as_deref().map(one_line), from.email.clone());
    let id = format!("<{}@{}>", hex::encode(id), from.email.domain());
    let unsubscribe = mail.unsubscribe.as_deref().filter(|url| is_plain_https(url));
    let millis = u64::try_from(now.as_millis()).unwrap_or(0);
    let message = Message::builder()
        .from(from)
        .to(Mailbox::new(None, to))
        .subject(one_line(&mail.subject))
        .date(SystemTime::UNIX_EPOCH + Duration::from_millis(millis))
        .message_id(Some(id))
        // RFC 3834: programs that answer for people on holiday do not answer this.
        .raw_header(raw("Auto-Submitted", "auto-generated".to_owned()));
    // RFC 8058: the mail program has a button for it, which sends one POST. That wants https.
    let message = match unsubscribe {
        None => message,
        Some(url) => message
            .raw_header(raw("List-Unsubscribe", format!("<{url}>")))
            .raw_header(raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned())),
    };
    message
        .multipart(MultiPart::alternative_plain_html(mail.text.clone(), mail.html.clone()))
        .context("could not put a mail together")
}

/// An address that can stand in a header as it is.
fn is_plain_https(url: &str) -> bool {
    url.starts_with("https://") && url.bytes().all(|b| b.is_ascii_graphic() && b != b'<' && b != b'>')
}

fn raw(name: &'static str, value: String) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value)
}

/// A line break would end the header and begin another. `lettre` encodes it away; here there is none to encode.
fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c })
        .collect()
}
