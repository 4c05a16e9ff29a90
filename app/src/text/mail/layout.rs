//! How a mail is laid out: the same parts as plain text, and as HTML that loads nothing, needs no tables and follows the
//! mail program's light or dark.

use crate::rich;
use crate::text::mail::MailText;

/// A piece of a mail.
pub(super) enum Part {
    /// A paragraph.
    Words(String),
    /// A paragraph with the little markup of [`rich`].
    Rich(String),
    /// A paragraph that stands out.
    Strong(String),
    /// Lines under one another.
    List(Vec<String>),
    /// Lines under one another, each with an address it leads to.
    Leads(Vec<(String, String)>),
    /// The one thing to do, and the address it leads to.
    Button(&'static str, String),
    /// A paragraph at the end, in small print.
    Small(String),
    /// The same, with an address it leads to.
    SmallLead(String, String),
}

/// A paragraph.
pub(super) fn words(text: impl Into<String>) -> Part {
    Part::Words(text.into())
}

/// What the style sheet of pages calls by name; a mail can load no style sheet. `dark` comes last.
const STYLE: &str = "\
body{margin:0;padding:0;background:#f8f8f6;color:#191b1f;font:16px/1.55 -apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Arial,sans-serif}\
.page{padding:24px 12px}\
.card{max-width:544px;margin:0 auto;padding:24px;background:#fff;border:1px solid #e4e4e0;border-radius:14px}\
.from{margin:0 0 20px;font-size:14px;color:#5a5e67}\
h1{margin:0 0 16px;font-size:22px;line-height:1.3}\
p,ul{margin:0 0 16px;overflow-wrap:anywhere}\
ul{padding-left:22px}\
a{color:#2653d4}\
.go{margin:24px 0 8px}\
.go a{display:inline-block;padding:12px 22px;border-radius:8px;background:#2653d4;color:#fff;font-weight:600;text-decoration:none}\
.small,.copy{font-size:13px;color:#5a5e67}\
.copy{margin-bottom:24px}\
.end{margin-top:24px;padding-top:16px;border-top:1px solid #e4e4e0}\
.end .small:last-child{margin-bottom:0}\
@media (prefers-color-scheme:dark){\
body{background:#101114;color:#eceef1}\
.card{background:#191b1f;border-color:#2d3138}\
.from,.small,.copy{color:#a7acb6}\
a{color:#93b0ff}\
.go a{background:#93b0ff;color:#0d1533}\
.end{border-color:#2d3138}\
}";

/// Puts a mail together. `from` is who writes, in the words above the heading.
pub(super) fn letter(from: &str, subject: &str, parts: &[Part]) -> MailText {
    let subject = one_line(subject);
    let heading = format!("<h1>{}</h1>\n", escaped(&subject));
    let (small, main): (Vec<&Part>, Vec<&Part>) =
        parts.iter().partition(|part| matches!(part, Part::Small(_) | Part::SmallLead(..)));
    let main: String = main.into_iter().map(html_of).collect();
    let end: String = small.into_iter().map(html_of).collect();
    let end = if end.is_empty() { end } else { format!("<div class=\"end\">\n{end}</div>\n") };
    let text = parts.iter().map(text_of).collect::<Vec<_>>().join("\n\n") + "\n";
    MailText { html: page("en", from, &subject, &format!("{heading}{main}{end}")), subject, text }
}

/// A page around what a mail says, which is HTML already.
pub(super) fn page(language: &str, from: &str, subject: &str, inside: &str) -> String {
    let from =
        if from.is_empty() { String::new() } else { format!("<p class=\"from\">{}</p>\n", escaped(from)) };
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\"><meta name=\"supported-color-schemes\" content=\"light dark\">\n\
         <title>{}</title>\n<style>{STYLE}</style></head>\n\
         <body><div class=\"page\"><div class=\"card\">\n{from}{inside}</div></div></body></html>\n",
        escaped(subject)
    )
}

fn html_of(part: &Part) -> String {
    match part {
        Part::Words(text) => format!("<p>{}</p>\n", escaped(text)),
        Part::Rich(text) => format!("<p>{}</p>\n", rich::html(text)),
        Part::Strong(text) => format!("<p><b>{}</b></p>\n", escaped(text)),
        Part::List(lines) => {
            let lines: String = lines.iter().map(|line| format!("<li>{}</li>\n", escaped(line))).collect();
            format!("<ul>\n{lines}</ul>\n")
        }
        Part::Leads(lines) => {
            let lead = |(line, url): &(String, String)| {
                format!("<li><a href=\"{}\">{}</a></li>\n", escaped(url), escaped(line))
            };
            format!("<ul>\n{}</ul>\n", lines.iter().map(lead).collect::<String>())
        }
        Part::Button(label, url) => {
            let (label, url) = (escaped(label), escaped(url));
            format!(
                "<p class=\"go\"><a href=\"{url}\">{label}</a></p>\n\
                 <p class=\"copy\">Or copy this address into your browser:<br>\n<a href=\"{url}\">{url}</a></p>\n"
            )
        }
        Part::Small(text) => format!("<p class=\"small\">{}</p>\n", escaped(text)),
        Part::SmallLead(text, url) => {
            format!("<p class=\"small\"><a href=\"{}\">{}</a></p>\n", escaped(url), escaped(text))
        }
    }
}

fn text_of(part: &Part) -> String {
    match part {
        Part::Words(text) | Part::Strong(text) | Part::Small(text) => text.clone(),
        Part::Rich(text) => rich::plain(text),
        Part::List(lines) => lines.iter().map(|line| format!("- {line}")).collect::<Vec<_>>().join("\n"),
        Part::Leads(lines) => {
            let line = |(line, url): &(String, String)| format!("- {line}\n  {url}");
            lines.iter().map(line).collect::<Vec<_>>().join("\n")
        }
        Part::Button(_, url) => url.clone(),
        Part::SmallLead(text, url) => format!("{text}:\n{url}"),
    }
}

/// A line break in a name must not begin a new header.
pub(super) fn one_line(subject: &str) -> String {
    subject.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).collect()
}

/// The text with nothing in it that HTML would read as markup.
pub(super) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    rich::escape(&mut html, text);
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_colour_of_a_mail_is_one_of_the_pages() {
        let tokens = include_str!("../../../../style/tokens.css");
        let colours: Vec<&str> = STYLE
            .split('#')
            .skip(1)
            .filter_map(|rest| rest.split(|sign: char| !sign.is_ascii_hexdigit()).next())
            .collect();

        assert!(colours.len() > 10);
        for colour in colours {
            assert!(tokens.contains(&format!("#{colour};")), "#{colour}");
        }
    }

    #[test]
    fn both_forms_say_the_same() {
        let parts = [
            words("Hello <b>,"),
            Part::Rich("Tick **View** & `x`.".to_owned()),
            Part::List(vec!["One".to_owned(), "Two".to_owned()]),
            Part::Button("Go on", "https://x.example/i/t?a=\"b\"".to_owned()),
            Part::Leads(vec![("Contoso".to_owned(), "https://x.example/1".to_owned())]),
            Part::SmallLead("No more".to_owned(), "https://x.example/off".to_owned()),
        ];
        let mail = letter("A & B", "Sub\r\nject", &parts);

        assert_eq!(mail.subject, "Sub  ject");
        assert_eq!(
            mail.text,
            "Hello <b>,\n\nTick View & x.\n\n- One\n- Two\n\nhttps://x.example/i/t?a=\"b\"\n\n- Contoso\n  \
             https://x.example/1\n\nNo more:\nhttps://x.example/off\n"
        );
        for piece in [
            "<p class=\"from\">A &amp; B</p>",
            "<p>Hello &lt;b&gt;,</p>",
            "<p>Tick <b>View</b> &amp; <code>x</code>.</p>",
            "<li>One</li>",
            "<a href=\"https://x.example/i/t?a=&quot;b&quot;\">Go on</a>",
            "<li><a href=\"https://x.example/1\">Contoso</a></li>",
        ] {
            assert!(mail.html.contains(piece), "{piece}\n{}", mail.html);
        }
        assert!(!mail.html.contains("<table") && !mail.html.contains("src="), "loads nothing");
    }
}
