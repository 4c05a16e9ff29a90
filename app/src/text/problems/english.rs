//! English.
//!
//! Links: `#how-2` is a line of the guide on the same page; `key#how-2` is one on another step's page, and still leads
//! there when it is read on that very page.

use domain::ProblemCode;

/// What is wrong, and the one thing to do.
pub(super) const fn admin(code: ProblemCode) -> (&'static str, &'static str) {
    match code {
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
             the new service account, at [mark 2 in the picture](#how-2). If it is the same, use it.",
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
        #[cfg(feature = "ssr")]
        ProblemCode::HostNotFound => (
            "There is no system at that address",
            "The name may be mistyped. Copy the **Login service endpoint** once more, at [mark 2 in step \
             3](domain#how-2).",
        ),
        #[cfg(feature = "ssr")]
        ProblemCode::HostUnreachable => (
            "We could not reach UKG Pro",
            "No connection came about. This is nothing you did. Please check again in a few minutes.",
        ),
        #[cfg(feature = "ssr")]
        ProblemCode::HostTls => (
            "The connection was not secure",
            "The system at that address could not prove that it belongs to UKG, so we sent nothing. Please check \
             again in a few minutes. If it stays like this, compare the address with [mark 2 in step \
             3](domain#how-2).",
        ),
        #[cfg(feature = "ssr")]
        ProblemCode::HostNotWebServices => (
            "That address answers, but not as UKG Pro’s web services",
            "It is often the address people sign in at. Copy the **Login service endpoint** at [mark 2 in step \
             3](domain#how-2).",
        ),
        #[cfg(feature = "ssr")]
        ProblemCode::CredentialsRejected => (
            "Key, username and password do not fit together",
            "UKG Pro does not say which of them is wrong. Most often it is the password, which it shows only once: \
             [generate a new one](account#how-4) in UKG Pro, and enter that.",
        ),
        #[cfg(feature = "ssr")]
        ProblemCode::PermissionMissing => (
            "A permission is not granted",
            "In UKG Pro, open the service account and tick **View** in the row named below, as at [mark 3 in step \
             2](account#how-3). Then press **Save** at the top.",
        ),
        #[cfg(feature = "ssr")]
        ProblemCode::UkgBusy => {
            ("UKG Pro asked us to wait", "It is busy at the moment. Please check again in a few minutes.")
        }
        #[cfg(feature = "ssr")]
        ProblemCode::UkgUnavailable => (
            "UKG Pro is not working properly right now",
            "It answered with a fault of its own. Please check again in a few minutes.",
        ),
        #[cfg(feature = "ssr")]
        ProblemCode::UkgTimeout => (
            "UKG Pro did not answer in time",
            "It is slow at the moment. Please check again in a few minutes.",
        ),
        #[cfg(feature = "ssr")]
        ProblemCode::UkgUnexpected => (
            "UKG Pro gave an answer we do not know",
            "This is for us to look into; the people who invited you see it too. You can check again at any time.",
        ),
        #[cfg(feature = "ssr")]
        ProblemCode::InviteUnknown => (
            "We do not know this invite",
            "Mail programs sometimes cut a long address in two. Open the invite from the message once more, or copy \
             the whole address into your browser. If that does not help, ask whoever sent it for a new one.",
        ),
        #[cfg(feature = "ssr")]
        ProblemCode::InviteExpired => (
            "This invite has run out",
            "Press **Send me a new invite**, or ask the person who sent it. Whatever you saved is kept, and the new \
             invite leads back to it.",
        ),
        #[cfg(feature = "ssr")]
        ProblemCode::InviteRevoked => (
            "This invite was withdrawn",
            "It was taken back, often because a newer one was sent. Look for a later message, or ask whoever sent it \
             for a new one.",
        ),
        // Only the server finds these: the browser is spared the sentences.
        #[cfg(not(feature = "ssr"))]
        ProblemCode::HostNotFound
        | ProblemCode::HostUnreachable
        | ProblemCode::HostTls
        | ProblemCode::HostNotWebServices
        | ProblemCode::CredentialsRejected
        | ProblemCode::PermissionMissing
        | ProblemCode::UkgBusy
        | ProblemCode::UkgUnavailable
        | ProblemCode::UkgTimeout
        | ProblemCode::UkgUnexpected
        | ProblemCode::InviteUnknown
        | ProblemCode::InviteExpired
        | ProblemCode::InviteRevoked => ("", ""),
    }
}

/// What happened, and what to tell the customer. No markup: it is copied into mails.
#[cfg(feature = "ssr")]
pub(super) const fn staff(code: ProblemCode) -> (&'static str, &'static str) {
    const KEY_SPOT: &str =
        "Ask them to copy the short code right under the heading of Service Account Administration.";
    const URL_SPOT: &str = "Ask them to copy the Login service endpoint on the page Web Services of UKG Pro.";
    const LATER: &str = "Nothing is wrong with what they entered; they can check again in a few minutes.";
    match code {
        ProblemCode::KeyMissing => ("Sent step 1 without a key.", KEY_SPOT),
        ProblemCode::KeyIsUserApiKey => {
            ("Pasted the User API Key instead of the Customer API Key.", KEY_SPOT)
        }
        ProblemCode::KeyIsTenantId => ("Pasted the Tenant ID instead of the Customer API Key.", KEY_SPOT),
        ProblemCode::KeyIsEmail => ("Entered an e-mail address instead of the Customer API Key.", KEY_SPOT),
        ProblemCode::KeyIsUrl => ("Entered a web address instead of the Customer API Key.", KEY_SPOT),
        ProblemCode::KeyUnusualShape => (
            "Was asked to look again at a key of unusual shape.",
            "If it stands right under the heading of Service Account Administration, they press Use it anyway.",
        ),
        ProblemCode::UsernameMissing => (
            "Sent step 2 without a username.",
            "Ask for the Username of the new service account, not the one they sign in with.",
        ),
        ProblemCode::UsernameIsEmail => (
            "Was asked whether an e-mail address is the service account’s username.",
            "If it is their own sign-in, they need the service account’s Username; otherwise they press Use it anyway.",
        ),
        ProblemCode::PasswordMissing => (
            "Sent step 2 without a password.",
            "UKG Pro shows it once, in the window New Password; if that is closed, they generate a new one.",
        ),
        ProblemCode::PasswordIsApiKey => (
            "Pasted a key instead of the service account’s password.",
            "The password stands in the window New Password; if that is closed, they generate a new one.",
        ),
        ProblemCode::UrlMissing => ("Sent step 3 without an address.", URL_SPOT),
        ProblemCode::UrlUnreadable => ("Entered something in step 3 that is no address.", URL_SPOT),
        ProblemCode::UrlPlaceholder => (
            "UKG has not set up web services for this customer yet.",
            "They must ask their UKG representative to set up Web Services; what they saved stays saved.",
        ),
        ProblemCode::UrlLoginPortal => {
            ("Pasted the sign-in address instead of the Web Services URL.", URL_SPOT)
        }
        ProblemCode::UrlRecruiting => ("Pasted an address of UKG Pro Recruiting.", URL_SPOT),
        ProblemCode::UrlWfm => ("Pasted an address of UKG Pro Workforce Management.", URL_SPOT),
        ProblemCode::UrlReady => (
            "Pasted an address of UKG Ready.",
            "Ask whether they use UKG Pro at all; UKG Ready cannot be linked here.",
        ),
        ProblemCode::UrlNotUkg => ("Pasted an address that does not belong to UKG Pro.", URL_SPOT),
        ProblemCode::UrlIpAddress => ("Entered a number instead of a name in step 3.", URL_SPOT),
        ProblemCode::UrlTestTenant => (
            "Was asked whether a test system is meant.",
            "If the service account is in the live system, they need the live system’s address.",
        ),
        ProblemCode::HostNotFound => ("The host of the Web Services URL does not exist.", URL_SPOT),
        ProblemCode::HostUnreachable => ("UKG Pro’s host could not be reached.", LATER),
        ProblemCode::HostTls => ("UKG Pro’s host could not prove its identity; nothing was sent.", LATER),
        ProblemCode::HostNotWebServices => {
            ("The address answers, but is not UKG Pro’s web services.", URL_SPOT)
        }
        ProblemCode::CredentialsRejected => (
            "UKG Pro refused key, username and password together.",
            "Ask them to generate a new password for the service account and to enter it; then to compare the username \
             and the key.",
        ),
        ProblemCode::PermissionMissing => (
            "View is not ticked for a permission, or Save was not pressed.",
            "They tick View in the row shown below, press Save at the top, and check that row again.",
        ),
        ProblemCode::UkgBusy => ("UKG Pro limited our requests.", LATER),
        ProblemCode::UkgUnavailable => ("UKG Pro answered with a fault of its own.", LATER),
        ProblemCode::UkgTimeout => ("UKG Pro did not answer in time.", LATER),
        ProblemCode::UkgUnexpected => (
            "The check gave an answer we do not know; the server’s log has more.",
            "Nothing they did is wrong, and they can check again at any time.",
        ),
        ProblemCode::InviteUnknown => {
            ("Opened an invite that does not exist.", "The address was probably cut; send them a new invite.")
        }
        ProblemCode::InviteExpired => (
            "The invite ran out.",
            "They can press Send me a new invite on its page, or you send a fresh one from the link’s page.",
        ),
        ProblemCode::InviteRevoked => {
            ("The invite was withdrawn.", "Send a new one, unless the link is not wanted any more.")
        }
    }
}

/// Who acts.
#[cfg(feature = "ssr")]
pub(super) const fn who_acts(who: domain::WhoActs) -> &'static str {
    match who {
        domain::WhoActs::Customer => "The customer",
        domain::WhoActs::Us => "We",
        domain::WhoActs::Ukg => "UKG Pro",
        domain::WhoActs::Nobody => "Nobody",
    }
}

/// Whether trying again can help.
#[cfg(feature = "ssr")]
pub(super) const fn trying_again(helps: bool) -> &'static str {
    if helps {
        "Checking again with the same values can help."
    } else {
        "Checking again helps only after something was changed."
    }
}
