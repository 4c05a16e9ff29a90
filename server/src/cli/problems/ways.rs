//! How to bring each problem about in the demo. Tests follow every way that can be followed.

use app::text::fields::{KEY_LABEL, PASSWORD_LABEL, URL_LABEL, USERNAME_LABEL};
use domain::ProblemCode;

/// How to bring a problem about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// Save a step with this field left empty.
    LeaveEmpty(&'static str),
    /// Save a step with this text in this field.
    Type {
        /// The field's label.
        field: &'static str,
        /// What to type.
        text: &'static str,
    },
    /// Enter what this scenario of the demo's says (`ukg_simulator::demo_table`), and check.
    Scenario(&'static str),
    /// What this sentence says.
    Do(&'static str),
}

/// How to bring this problem about in the demo.
pub(super) const fn way(code: ProblemCode) -> Way {
    match code {
        ProblemCode::KeyMissing => Way::LeaveEmpty(KEY_LABEL),
        ProblemCode::KeyIsUserApiKey => key("A1B2C3D4E5F6"),
        ProblemCode::KeyIsTenantId => key("5d3c1f0a-7b2e-4c19-9f64-2a8e0b7d1c35"),
        ProblemCode::KeyIsEmail => key("maria@contoso.example"),
        ProblemCode::KeyIsUrl => key("https://service4.ultipro.com"),
        ProblemCode::KeyUnusualShape => key("SIM-01"),
        ProblemCode::UsernameMissing => Way::LeaveEmpty(USERNAME_LABEL),
        ProblemCode::UsernameIsEmail => Way::Type { field: USERNAME_LABEL, text: "maria@contoso.example" },
        ProblemCode::PasswordMissing => Way::LeaveEmpty(PASSWORD_LABEL),
        ProblemCode::PasswordIsApiKey => Way::Type { field: PASSWORD_LABEL, text: "SIM01" },
        ProblemCode::UrlMissing => Way::LeaveEmpty(URL_LABEL),
        ProblemCode::UrlUnreadable => url("service4"),
        ProblemCode::UrlPlaceholder => url("http://[[REQUIRES CONFIGURATION]]/services/LoginService"),
        ProblemCode::UrlLoginPortal => url("https://contoso.ultipro.com"),
        ProblemCode::UrlRecruiting => url("https://recruiting2.ultipro.com/CONTOSO"),
        ProblemCode::UrlWfm => url("https://contoso.prd.mykronos.com"),
        ProblemCode::UrlReady => url("https://secure6.saashr.com/ta/CONTOSO.home"),
        ProblemCode::UrlNotUkg => url("https://hr.contoso.example"),
        ProblemCode::UrlIpAddress => url("https://192.0.2.7/services/LoginService"),
        ProblemCode::UrlTestTenant => url("https://servicet.ultipro.com"),
        ProblemCode::HostNotFound => Way::Scenario("host-nowhere"),
        ProblemCode::HostUnreachable => Way::Scenario("host-resets"),
        ProblemCode::HostTls => Way::Scenario("host-wrong-name"),
        ProblemCode::HostNotWebServices => Way::Scenario("host-portal"),
        ProblemCode::CredentialsRejected => Way::Scenario("wrong-password"),
        ProblemCode::PermissionMissing => Way::Scenario("no-pto"),
        ProblemCode::UkgBusy => Way::Scenario("busy"),
        ProblemCode::UkgUnavailable => Way::Scenario("host-maintenance"),
        ProblemCode::UkgTimeout => Way::Scenario("hanging"),
        ProblemCode::UkgUnexpected => Way::Scenario("garbage"),
        ProblemCode::InviteUnknown => Way::Do("Open the invite’s address without its last letter."),
        ProblemCode::InviteExpired => Way::Do(
            "`linkdesk invite create --customer Contoso --expires-in 1m`, and open it two minutes later.",
        ),
        ProblemCode::InviteRevoked => Way::Do(
            "`linkdesk invite revoke --link ID`, with an id from `linkdesk link list`, and open the invite.",
        ),
    }
}

const fn key(text: &'static str) -> Way {
    Way::Type { field: KEY_LABEL, text }
}

const fn url(text: &'static str) -> Way {
    Way::Type { field: URL_LABEL, text }
}
