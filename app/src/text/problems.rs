//! For each problem code: what is wrong, and the one thing to do. Plain words, no blame.

use domain::ProblemCode;

/// What the administrator reads about a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProblemText {
    /// What is wrong, in a few words.
    pub title: &'static str,
    /// What to do.
    pub body: &'static str,
}

/// The administrator's sentences for this code.
#[must_use]
pub const fn for_admin(code: ProblemCode) -> ProblemText {
    let (title, body) = match code {
        ProblemCode::KeyMissing => (
            "The key is still missing",
            "Copy the **Customer API Key** at [mark 2 in the picture](#how-2), and paste it here.",
        ),
        ProblemCode::KeyIsUserApiKey => (
            "That is a User API Key",
            "It has 12 characters and belongs to one user. The **Customer API Key** is shorter and stands above the \
             list, at [mark 2 in the picture](#how-2).",
        ),
        ProblemCode::KeyIsTenantId => (
            "That is the Tenant ID",
            "It is long and has dashes. The **Customer API Key** is short; it stands right under the heading, at \
             [mark 2 in the picture](#how-2).",
        ),
        ProblemCode::KeyIsEmail => (
            "That is an e-mail address",
            "The **Customer API Key** is a short code; it stands at [mark 2 in the picture](#how-2).",
        ),
        ProblemCode::KeyIsUrl => (
            "That is a web address",
            "An address is asked for in step 3. Here we need the **Customer API Key**, a short code at [mark 2 in \
             the picture](#how-2).",
        ),
        ProblemCode::KeyUnusualShape => (
            "This key looks unusual",
            "The keys we have seen have five letters and digits. Please compare it with [mark 2 in the \
             picture](#how-2). If it is the same, use it.",
        ),
        ProblemCode::UsernameMissing => (
            "The username is still missing",
            "It is the **Username** you gave the new service account, at [mark 2 in the picture](#how-2).",
        ),
        ProblemCode::UsernameIsEmail => (
            "Is that the service account’s username?",
            "It is an e-mail address, as people’s own sign-ins often are. Please compare it with the **Username** of \
             the new service account. If it is the same, use it.",
        ),
        ProblemCode::PasswordMissing => (
            "The password is still missing",
            "Copy it from the window **New Password**, at [mark 4 in the picture](#how-4), and paste it here.",
        ),
        ProblemCode::PasswordIsApiKey => (
            "That is a key, not the password",
            "The password is longer and full of odd characters. UKG Pro shows it once, in the window **New \
             Password** at [mark 4 in the picture](#how-4).",
        ),
        ProblemCode::UrlMissing => (
            "The address is still missing",
            "Copy the **Login service endpoint** at [mark 2 in the picture](#how-2), and paste it here.",
        ),
        ProblemCode::UrlUnreadable => (
            "We cannot find an address in that",
            "It should look like `http://service4.ultipro.com/services/LoginService`. Copy the **Login service \
             endpoint** at [mark 2 in the picture](#how-2).",
        ),
        ProblemCode::UrlPlaceholder => (
            "Web services are not set up yet",
            "UKG Pro shows `[[REQUIRES CONFIGURATION]]` until UKG has set them up for your company. Ask your UKG \
             representative to set up **Web Services**. What you have saved here stays saved until then.",
        ),
        ProblemCode::UrlLoginPortal => (
            "That is the address you sign in at",
            "The one we need stands on the page **Web Services**, beside **Login service endpoint**, at [mark 2 in \
             the picture](#how-2). It begins with `service`.",
        ),
        ProblemCode::UrlRecruiting => (
            "That address belongs to UKG Pro Recruiting",
            "The one we need stands on the page **Web Services**, beside **Login service endpoint**, at [mark 2 in \
             the picture](#how-2).",
        ),
        ProblemCode::UrlWfm => (
            "That address belongs to UKG Pro Workforce Management",
            "This link is for UKG Pro. In UKG Pro, open the page **Web Services** and copy the **Login service \
             endpoint**, at [mark 2 in the picture](#how-2).",
        ),
        ProblemCode::UrlReady => (
            "That address belongs to UKG Ready",
            "This link is for UKG Pro, another product. If your company uses UKG Pro as well, copy its **Login \
             service endpoint**. If it only uses UKG Ready, tell the company that invited you.",
        ),
        ProblemCode::UrlNotUkg => (
            "That address does not belong to UKG Pro",
            "UKG Pro’s addresses end in `ultipro.com` or `ultipro.ca`. Copy the **Login service endpoint** at [mark \
             2 in the picture](#how-2).",
        ),
        ProblemCode::UrlIpAddress => (
            "That is a number, not a name",
            "UKG Pro’s address is a name such as `service4.ultipro.com`. Copy the **Login service endpoint** at \
             [mark 2 in the picture](#how-2).",
        ),
        ProblemCode::UrlTestTenant => (
            "That is a test system",
            "Addresses that begin with `servicet` or `rental` belong to UKG Pro’s test systems, whose accounts are \
             separate. If you made the service account there, use it.",
        ),
        ProblemCode::HostNotFound => (
            "There is no system at that address",
            "The name may be mistyped. Copy the **Login service endpoint** once more from the page **Web Services**.",
        ),
        ProblemCode::HostUnreachable => (
            "We could not reach UKG Pro",
            "No connection came about. This is nothing you did. Please check again in a few minutes.",
        ),
        ProblemCode::HostTls => (
            "The connection was not secure",
            "The system at that address could not prove that it belongs to UKG, so we sent nothing. Please check \
             again in a few minutes; if it stays like this, compare the address with the page **Web Services**.",
        ),
        ProblemCode::HostNotWebServices => (
            "That address answers, but not as UKG Pro’s web services",
            "It is often the address people sign in at. Copy the **Login service endpoint** from the page **Web \
             Services**.",
        ),
        ProblemCode::CredentialsRejected => (
            "Key, username and password do not fit together",
            "UKG Pro does not say which of them is wrong. Please look at them in turn.",
        ),
        ProblemCode::PermissionMissing => (
            "A permission is not granted",
            "In UKG Pro, open the service account, tick **View** in the row named below, and click **Save**.",
        ),
        ProblemCode::UkgBusy => {
            ("UKG Pro asked us to wait", "It is busy at the moment. Please check again in a few minutes.")
        }
        ProblemCode::UkgUnavailable => (
            "UKG Pro is not working properly right now",
            "It answered with a fault of its own. Please check again in a few minutes.",
        ),
        ProblemCode::UkgTimeout => (
            "UKG Pro did not answer in time",
            "It is slow at the moment. Please check again in a few minutes.",
        ),
        ProblemCode::UkgUnexpected => (
            "UKG Pro gave an answer we do not know",
            "This is for us to look into; the people who invited you see it too. You can check again.",
        ),
        ProblemCode::InviteUnknown => (
            "We do not know this invite",
            "Mail programs sometimes cut a long address in two. Open the invite from the message once more, or copy \
             the whole address into your browser. If that does not help, ask whoever sent it for a new one.",
        ),
        ProblemCode::InviteExpired => (
            "This invite has run out",
            "Ask the person who sent it for a new one. Whatever you saved is kept, and the new invite leads back to \
             it.",
        ),
        ProblemCode::InviteRevoked => (
            "This invite was withdrawn",
            "It was taken back, often because a newer one was sent. Look for a later message, or ask whoever sent it \
             for a new one.",
        ),
    };
    ProblemText { title, body }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_title_and_says_what_to_do() {
        for code in ProblemCode::ALL {
            let text = for_admin(code);
            assert!(!text.title.is_empty() && !text.title.ends_with('.'), "{code}");
            assert!(text.body.ends_with('.'), "{code}");
        }
    }

    #[test]
    fn no_two_codes_share_a_title() {
        let mut titles: Vec<_> = ProblemCode::ALL.into_iter().map(|code| for_admin(code).title).collect();
        titles.sort_unstable();
        titles.dedup();
        assert_eq!(titles.len(), ProblemCode::ALL.len());
    }
}
