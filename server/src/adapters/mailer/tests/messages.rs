//! What a mail looks like, and that nobody can add a header to it.

use domain::{EmailAddress, Timestamp};
use lettre::message::Mailbox;
use services::Mail;

use super::{CANARY, from, mail};
use crate::adapters::mailer::message::build;

fn formatted(from: &Mailbox, mail: &Mail) -> String {
    let built = build(from, mail, Timestamp::from_millis(1_700_000_000_000), [7; 16]).unwrap();
    assert_eq!(built.envelope().to().len(), 1);
    String::from_utf8(built.formatted()).unwrap()
}

/// The names of the headers, in their order.
fn headers(formatted: &str) -> Vec<&str> {
    let (head, _) = formatted.split_once("\r\n\r\n").unwrap();
    let folded = |line: &&str| !line.starts_with([' ', '\t']);
    head.split("\r\n").filter(folded).map(|line| line.split_once(':').unwrap().0).collect()
}

#[test]
fn a_mail_has_its_headers_and_both_bodies() {
    let text = formatted(&from(), &mail());

    for line in [
        "From: \"Northwind Learning\" <linkdesk@northwind.example>",
        "To: maria@contoso.example",
        "Subject: Please link UKG Pro",
        "Date: Tue, 14 Nov 2023 22:13:20 +0000",
        "Message-ID: <07070707070707070707070707070707@northwind.example>",
        "Auto-Submitted: auto-generated",
        "MIME-Version: 1.0",
    ] {
        assert!(text.contains(&format!("{line}\r\n")), "{line}\n{text}");
    }
    // The richest form comes last (RFC 2046, 5.1.4).
    let places = ["multipart/alternative", "text/plain; charset=utf-8", "text/html; charset=utf-8"]
        .map(|kind| text.find(kind).unwrap());
    assert!(places.is_sorted(), "{text}");
    assert_eq!(text.matches(CANARY).count(), 2);
}

#[test]
fn nothing_written_into_a_name_or_subject_becomes_a_header() {
    let plain = formatted(&from(), &mail());
    let expected = headers(&plain);

    for text in [
        "Contoso\r\nBcc: thief@evil.example",
        "Contoso\nBcc: thief@evil.example",
        "Contoso\rBcc: thief@evil.example",
        "\r\n\r\nBcc: thief@evil.example",
        "Contoso\r\n Bcc: thief@evil.example",
        "Contoso\u{2028}Bcc: thief@evil.example\u{85}Cc: thief@evil.example\u{b}\0",
        "=?utf-8?Q?Contoso=0D=0ABcc:_thief@evil.example?=",
        "Contoso\" <thief@evil.example>, \"",
        "Żółć 日本 \r\nBcc: thief@evil.example",
        &format!("{}\r\nBcc: thief@evil.example", "very long ".repeat(200)),
    ] {
        let named = Mailbox::new(Some(text.to_owned()), from().email);
        let built = formatted(&named, &Mail { subject: text.to_owned(), ..mail() });

        assert_eq!(headers(&built), expected, "{text:?}\n{built}");
        let from_line = built.split("\r\nTo:").next().unwrap();
        assert!(from_line.ends_with("<linkdesk@northwind.example>"), "{from_line}");
    }
}

#[test]
fn a_reminder_can_be_stopped_by_the_mail_programs_own_button() {
    let url = "https://link.example.com/reminders/canary";
    let unsubscribe = |url: &str| Mail { unsubscribe: Some(url.to_owned()), ..mail() };

    let built = formatted(&from(), &unsubscribe(url));
    let headers = built.split("\r\n\r\n").next().unwrap();

    assert!(headers.contains(&format!("\r\nList-Unsubscribe: <{url}>\r\n")), "{headers}");
    assert!(headers.contains("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click"), "{headers}");
    for no in [
        "http://127.0.0.1:3000/reminders/x",
        "https://x/\r\nBcc: thief@evil.example",
        "https://x/>,<mailto:x",
    ] {
        assert!(!formatted(&from(), &unsubscribe(no)).contains("List-Unsubscribe"), "{no}");
    }
    assert!(!formatted(&from(), &mail()).contains("List-Unsubscribe"));
}

#[test]
fn letters_of_every_alphabet_travel_in_plain_bytes() {
    let built = formatted(
        &Mailbox::new(Some("Żółć".to_owned()), from().email),
        &Mail {
            subject: "日本".to_owned(),
            text: "Grüße\n".to_owned(),
            html: "<p>Grüße</p>".to_owned(),
            ..mail()
        },
    );

    assert!(built.is_ascii(), "{built}");
}

#[test]
fn an_address_that_no_mail_can_carry_is_refused_by_its_name() {
    let odd = EmailAddress::parse("a..b@contoso.example").unwrap();

    let built = build(&from(), &Mail { to: odd, ..mail() }, Timestamp::from_millis(0), [7; 16]);

    assert_eq!(built.unwrap_err().to_string(), "a..b@contoso.example cannot be mailed to");
}
