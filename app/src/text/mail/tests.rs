//! Mails in every form they have.

use super::*;

const URL: &str = "https://link.example.com/i/token";
const STOP: &str = "https://link.example.com/reminders/token";

fn invited() -> Invited<'static> {
    Invited { url: URL, good_until: "3 November 2026" }
}

fn about<'a>(company: &'a str, customer: &'a str) -> About<'a> {
    About { language: Language::English, company, customer }
}

fn item(customer: &str, news: News) -> NewsItem {
    NewsItem {
        customer: customer.to_owned(),
        news,
        problem: Some(ProblemCode::CredentialsRejected),
        at: "3 November 2026, 10:42".to_owned(),
        url: "https://link.example.com/desk/links/lnk_1".to_owned(),
    }
}

/// Every mail there is, for these names.
fn every(company: &str, customer: &str) -> Vec<MailText> {
    let (about, invited) = (about(company, customer), invited());
    let permissions = [Permission::PayrollIntegration];
    let proven = Proven {
        host: Some("service4.ultipro.com"),
        granted: &permissions,
        missing: &permissions,
        opens_until: Some("3 November 2026"),
    };
    let (desk, settings) = ("https://link.example.com/desk", "https://link.example.com/desk/account/mail");
    let mut mails = vec![
        invite(&about, Some("Hello </p><script>x</script>\nsecond line"), &invited),
        reminder(&about, &invited, Some(STOP)),
        new_invite(&about, &invited),
        invite_again(&about, &invited),
        linked(&about, &proven),
        linked(&about, &Proven { host: None, granted: &[], missing: &[], opens_until: None }),
        broken(&about, Some(ProblemCode::PermissionMissing), &permissions, &invited),
        broken(&about, None, &[], &invited),
        mended(&about, &[]),
        mended(&about, &permissions),
        ended(&about, "3 November 2026, 10:42", true),
        ended(&about, "3 November 2026, 10:42", false),
        staff_invite(company, "sam@northwind.example", &invited),
        news(company, &[item(customer, News::Broken), item(customer, News::Linked)], desk, settings),
    ];
    mails.extend(News::ALL.map(|kind| news(company, &[item(customer, kind)], desk, settings)));
    mails
}

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
    for mail in every("A & <b>B</b>\r\nBcc: x", "<i>C</i>\r\nBcc: y") {
        assert!(!mail.subject.contains(['\r', '\n']), "{}", mail.subject);
        for tag in ["<b>B", "<i>C", "<script"] {
            assert!(!mail.html.contains(tag), "{}: {tag}", mail.subject);
        }
        assert!(mail.html.contains("&lt;b&gt;B") || mail.html.contains("&lt;i&gt;C"), "{}", mail.html);
    }
    let first = every("A", "B").remove(0);
    assert!(first.html.contains("<p>Hello &lt;/p&gt;&lt;script&gt;x&lt;/script&gt;</p>\n<p>second line</p>"));
    assert!(first.text.contains("</script>\n\nsecond line\n\n"), "{}", first.text);
}

#[test]
fn an_address_stands_on_a_line_of_its_own_and_no_other_is_secret() {
    for mail in every("Northwind Learning", "Contoso") {
        for address in mail.text.split("https://").skip(1) {
            let line = address.split('\n').next().unwrap();
            assert!(!line.contains(' '), "{}: {line}", mail.subject);
        }
        let secret = mail.text.matches("/i/").count() + mail.text.matches("/reminders/").count();
        assert!(secret <= 2, "{}", mail.subject);
    }
}

#[test]
fn a_mail_has_one_button_at_most_and_every_one_has_its_address_in_the_plain_text() {
    for mail in every("Northwind Learning", "Contoso") {
        assert!(mail.html.matches("class=\"go\"").count() <= 1, "{}", mail.subject);
        for address in mail.html.split("href=\"").skip(1) {
            let address = address.split('"').next().unwrap();
            assert!(mail.text.contains(address), "{}: {address}", mail.subject);
        }
        assert!(!mail.text.contains("**") && !mail.text.contains('`'), "{}", mail.text);
    }
}

#[test]
fn only_a_reminder_can_be_stopped() {
    let stopping = |mail: &MailText| mail.text.contains(STOP) && mail.html.contains(STOP);
    let mails = every("Northwind Learning", "Contoso");

    let stopped: Vec<_> = mails.iter().filter(|mail| stopping(mail)).collect();

    assert_eq!(stopped.len(), 1);
    assert!(stopped[0].subject.starts_with("Reminder"));
}

#[test]
fn a_broken_link_is_told_in_the_words_of_its_problem() {
    let about = about("Northwind Learning", "Contoso");
    let mail = broken(&about, Some(ProblemCode::CredentialsRejected), &[], &invited());

    assert!(mail.text.contains("Key, username and password do not fit together\n\n"), "{}", mail.text);
    assert!(mail.text.contains("generate a new one in UKG Pro, and enter that."), "{}", mail.text);
    assert!(!mail.html.contains("account#how-4"), "links of the page lead nowhere in a mail");
}

#[test]
fn many_news_are_one_mail_that_names_some() {
    let items: Vec<_> = (0..50)
        .map(|n| NewsItem {
            url: format!("https://x.example/{n}"),
            ..item(&format!("Customer {n}"), News::Broken)
        })
        .collect();

    let mail = news("Northwind Learning", &items, "https://x.example/desk", "https://x.example/mail");

    assert_eq!(mail.subject, "News of 50 links");
    assert!(mail.text.contains("Customer 39 is broken") && !mail.text.contains("Customer 40 "));
    assert!(mail.text.contains("And 10 more."));
    let twice = [item("Contoso", News::Broken), item("Contoso", News::Linked)];
    assert_eq!(
        news("A", &twice, "https://x.example/desk", "https://x.example/mail").subject,
        "News of Contoso"
    );
}

#[test]
fn a_masked_address_tells_no_name_and_no_length() {
    assert_eq!(masked("maria@northwind.example"), "m•••@northwind.example");
    assert_eq!(masked("nonsense"), "•••");
}
