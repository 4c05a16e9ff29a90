//! Mails: subject, plain text, and the same as simple HTML.

use domain::{Language, Reply};

/// A mail without its addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailText {
    /// One line.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// HTML without style sheets, pictures or anything loaded from elsewhere.
    pub html: String,
}

/// The first invite. `note` is what staff say, `url` the invite's address, `good_until` a date.
#[must_use]
pub fn invite(company: &str, note: Option<&str>, url: &str, good_until: &str) -> MailText {
    let ask = format!(
        "Please link your company’s UKG Pro with {company}. It takes about ten minutes, and you need administrator \
         access to UKG Pro. Every screen is shown on the way:"
    );
    let until = format!("The link is good until {good_until}. You can stop at any point and come back.");
    let other = "You are not the right person? The page has a message ready to pass on.".to_owned();
    let mut parts = vec![Part::Words("Hello,".to_owned())];
    parts.extend(note.into_iter().flat_map(str::lines).map(|line| Part::Words(line.to_owned())));
    parts.extend([Part::Words(ask), Part::Address(url.to_owned()), Part::Words(until), safe()]);
    parts.push(Part::Words(other));
    mail(format!("Please link your UKG Pro with {company}"), &parts)
}

/// A fresh invite for somebody who did not go on.
#[must_use]
pub fn reminder(company: &str, customer: &str, url: &str, good_until: &str) -> MailText {
    let why = format!(
        "Some days ago you were asked to link the UKG Pro of {customer} with {company}, and it is not done yet. This \
         link leads to where you stopped; what you saved is kept:"
    );
    let until = format!("It is good until {good_until}.");
    let stuck = format!(
        "Something does not work, or you are not the right person? Write to {company}: they can help."
    );
    let parts = [
        Part::Words("Hello,".to_owned()),
        Part::Words(why),
        Part::Address(url.to_owned()),
        Part::Words(until),
        safe(),
        Part::Words(stuck),
    ];
    mail(format!("Reminder: link your UKG Pro with {company}"), &parts)
}

/// A new invite in place of one that ran out. `url` is the invite's address, `good_until` a date.
#[must_use]
pub fn new_invite(company: &str, customer: &str, url: &str, good_until: &str) -> MailText {
    let hello = "Hello,".to_owned();
    let why = format!(
        "you asked for a new invite to link the UKG Pro of {customer} with {company}. Here it is; it leads back to \
         where you stopped:"
    );
    let until = format!("It is good until {good_until}. Whatever you saved before is kept.");
    let unasked = "You did not ask for this? Then somebody opened your old invite. You need not do anything."
        .to_owned();
    mail(
        format!("Your new invite to link UKG Pro with {company}"),
        &[
            Part::Words(hello),
            Part::Words(why),
            Part::Address(url.to_owned()),
            Part::Words(until),
            safe(),
            Part::Words(unasked),
        ],
    )
}

/// A new invite that staff made. `url` is the invite's address, `good_until` a date.
#[must_use]
pub fn invite_again(company: &str, customer: &str, url: &str, good_until: &str) -> MailText {
    let why = format!(
        "here is a new invite to link the UKG Pro of {customer} with {company}. It leads to where you stopped, or to \
         what needs a look:"
    );
    let until = format!("It is good until {good_until}. Whatever you saved before is kept.");
    let words = |text: String| Part::Words(text);
    let parts = [words("Hello,".to_owned()), words(why), Part::Address(url.to_owned()), words(until), safe()];
    mail(format!("Your new invite to link UKG Pro with {company}"), &parts)
}

/// That a link was ended at this time; by the company, or by whoever has an invite's address.
#[must_use]
pub fn ended(company: &str, customer: &str, at: &str, by_company: bool) -> MailText {
    let words = |text: String| Part::Words(text);
    let what = if by_company {
        format!("{company} ended the link with the UKG Pro of {customer} on {at} UTC.")
    } else {
        format!(
            "the link between the UKG Pro of {customer} and {company} was ended on {at} UTC, by somebody who opened it with \
             the address of your invite."
        )
    };
    let destroyed = "What had been entered is destroyed. Nothing is asked of UKG Pro any more.".to_owned();
    let next = if by_company {
        format!(
            "The addresses of your invites open nothing any more. To link again, ask {company} for a new one."
        )
    } else {
        format!(
            "It was not you or a colleague? Then write to {company}: they can see by which invite it was done, and \
             withdraw it. Until then the address of the invite still opens, and with it the link can be made again."
        )
    };
    let parts = [words("Hello,".to_owned()), words(what), words(destroyed), words(next)];
    mail(format!("The link of your UKG Pro with {company} was ended"), &parts)
}

/// A reply of the staff's, with the invite's address in each of its places.
#[must_use]
pub fn reply(language: Language, subject: &str, body: &str, url: Option<&str>) -> MailText {
    let place = url.map_or(String::new(), escaped);
    let link = url.map_or(String::new(), |_| format!("<a href=\"{place}\">{place}</a>"));
    let paragraphs = body.split("\n\n").map(|paragraph| {
        let html = escaped(paragraph).replace('\n', "<br>\n");
        format!("<p>{}</p>\n", html.replace(&escaped(Reply::PLACE), &link))
    });
    let html: String = paragraphs.collect();
    MailText {
        subject: one_line(subject),
        text: body.replace(Reply::PLACE, url.unwrap_or_default()) + "\n",
        html: format!("<!DOCTYPE html>\n<html lang=\"{language}\"><body>\n{html}</body></html>\n"),
    }
}

/// A line break in a name must not begin a new header.
fn one_line(subject: &str) -> String {
    subject.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).collect()
}

/// What an address opens.
fn safe() -> Part {
    let words = "Whoever has this address can enter the values of your company: pass it on only to a colleague who is \
                 to do this.";
    Part::Words(words.to_owned())
}

/// An invite to become staff. `by` is the address of whoever invites, `url` the invite's address, `good_until` a time.
#[must_use]
pub fn staff_invite(company: &str, by: &str, url: &str, good_until: &str) -> MailText {
    let words = |text: String| Part::Words(text);
    mail(
        format!("Join the Linkdesk of {company}"),
        &[
            words("Hello,".to_owned()),
            words(format!(
                "{by} invites you to Linkdesk, where {company} sees how its customers link UKG Pro, and helps those who are \
                 stuck. Choose a password, and you are in:"
            )),
            Part::Address(url.to_owned()),
            words(format!("This link is for you alone. It works once, until {good_until} UTC.")),
            words("You did not expect this? Then you need not do anything.".to_owned()),
        ],
    )
}

enum Part {
    Words(String),
    Address(String),
}

fn mail(subject: String, parts: &[Part]) -> MailText {
    let subject = one_line(&subject);
    let text = parts.iter().map(|part| match part {
        Part::Words(words) => words.as_str(),
        Part::Address(url) => url.as_str(),
    });
    let text = text.collect::<Vec<_>>().join("\n\n") + "\n";
    let html: String = parts
        .iter()
        .map(|part| match part {
            Part::Words(words) => format!("<p>{}</p>\n", escaped(words)),
            Part::Address(url) => {
                let url = escaped(url);
                format!("<p><a href=\"{url}\">{url}</a></p>\n")
            }
        })
        .collect();
    MailText {
        subject,
        text,
        html: format!("<!DOCTYPE html>\n<html lang=\"en\"><body>\n{html}</body></html>\n"),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// An address as it may be shown to whoever holds an old invite: the first sign and the domain, `m•••@northwind.example`.
#[must_use]
pub fn masked(address: &str) -> String {
    match address.rsplit_once('@') {
        Some((name, domain)) => format!("{}•••@{domain}", name.chars().next().unwrap_or('•')),
        None => "•••".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_has_the_address_in_its_place_and_no_markup_of_its_own() {
        let url = Some("https://x.example/i/t");
        let mail = reply(Language::English, "a\nb", "Hello <b>,\n\ngo on:\n[fresh link]", url);

        assert_eq!(mail.subject, "a b");
        assert_eq!(mail.text, "Hello <b>,\n\ngo on:\nhttps://x.example/i/t\n");
        let link = "go on:<br>\n<a href=\"https://x.example/i/t\">https://x.example/i/t</a></p>";
        assert!(mail.html.contains("<p>Hello &lt;b&gt;,</p>") && mail.html.contains(link), "{}", mail.html);
        assert!(reply(Language::English, "a", "x", None).html.contains("<p>x</p>"));
    }

    #[test]
    fn what_a_name_holds_never_becomes_markup_or_a_header() {
        let mail =
            new_invite("A & <b>B</b>", "C\r\nBcc: x", "https://x.example/i/t?a=\"b\"", "3 November 2026");

        assert!(mail.html.contains("A &amp; &lt;b&gt;B&lt;/b&gt;"), "{}", mail.html);
        assert!(mail.html.contains("href=\"https://x.example/i/t?a=&quot;b&quot;\""), "{}", mail.html);
        assert!(mail.text.contains("https://x.example/i/t?a=\"b\"\n"), "{}", mail.text);
        assert!(!new_invite("A\r\nB", "C", "u", "d").subject.contains(['\r', '\n']));
        let note = Some("Hello </p><script>x</script>\nsecond line");
        let first = invite("A & B", note, "https://x.example/i/t", "3 November 2026");
        assert!(
            first.html.contains("<p>Hello &lt;/p&gt;&lt;script&gt;x&lt;/script&gt;</p>\n<p>second line</p>")
        );
        assert!(first.text.contains("</script>\n\nsecond line\n\n"), "{}", first.text);
        assert!(!reminder("A\r\nB", "C", "u", "d").subject.contains(['\r', '\n']));
    }

    #[test]
    fn a_masked_address_tells_no_name_and_no_length() {
        assert_eq!(masked("maria@northwind.example"), "m•••@northwind.example");
        assert_eq!(masked("nonsense"), "•••");
    }
}
