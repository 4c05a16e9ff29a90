//! Problem codes: the stable name of everything that can be wrong, who must act, and whether trying again can help.
//!
//! The sentences people read for each code live in `app/src/text.rs`; a test there fails when one is missing.

use std::fmt;
use std::str::FromStr;

use crate::WhoActs;

/// What a problem is about, which also tells where it is put right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProblemKind {
    /// The Customer API Key, step 1.
    Key,
    /// The service account, step 2.
    Account,
    /// The Web Services URL, step 3.
    Url,
    /// Found by the check against UKG Pro.
    Check,
    /// The invite itself.
    Invite,
}

/// One thing that can be wrong. Codes are relied on from outside (`contract.md`): never renamed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProblemCode {
    /// Nothing was entered.
    KeyMissing,
    /// The User API Key: 12 characters, belongs to one account (`ukg-pro.md` §1).
    KeyIsUserApiKey,
    /// The Tenant ID: a UUID, shown under the keys on the Web Services page.
    KeyIsTenantId,
    /// An e-mail address.
    KeyIsEmail,
    /// A web address.
    KeyIsUrl,
    /// Not five letters and digits; UKG publishes no rule, so it may be right.
    KeyUnusualShape,
    /// No username was entered.
    UsernameMissing,
    /// An e-mail address: often the administrator's own login, but allowed as a username.
    UsernameIsEmail,
    /// No password was entered.
    PasswordMissing,
    /// One of the API keys instead of the generated password.
    PasswordIsApiKey,
    /// Nothing was entered.
    UrlMissing,
    /// No host name can be made out.
    UrlUnreadable,
    /// `[[REQUIRES CONFIGURATION]]`: UKG has not set up web services for this tenant.
    UrlPlaceholder,
    /// The address of the sign-in page or the company's portal.
    UrlLoginPortal,
    /// UKG Pro Recruiting: another service.
    UrlRecruiting,
    /// UKG Pro Workforce Management: another product.
    UrlWfm,
    /// UKG Ready: another product.
    UrlReady,
    /// A host outside the allowed domains.
    UrlNotUkg,
    /// An IP address instead of a name.
    UrlIpAddress,
    /// A test or pre-production host (`servicet`, `rental…`).
    UrlTestTenant,
    /// The name does not resolve.
    HostNotFound,
    /// No connection, or only to an address that is not public.
    HostUnreachable,
    /// No trustworthy TLS connection.
    HostTls,
    /// Something answers, but not UKG Pro's web services.
    HostNotWebServices,
    /// UKG Pro refuses key, username and password together; it does not say which.
    CredentialsRejected,
    /// The account is known, the View box of a permission is not ticked.
    PermissionMissing,
    /// UKG Pro is limiting requests (429).
    UkgBusy,
    /// UKG Pro answers with a fault of its own (5xx).
    UkgUnavailable,
    /// UKG Pro did not answer in time.
    UkgTimeout,
    /// An answer that fits none of the known ones.
    UkgUnexpected,
    /// No invite has this address.
    InviteUnknown,
    /// The invite's time is over.
    InviteExpired,
    /// The invite was withdrawn by staff.
    InviteRevoked,
}

/// The text is no problem code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown problem code")]
pub struct UnknownProblem;

impl ProblemCode {
    /// Every code, grouped by kind.
    pub const ALL: [Self; 33] = [
        Self::KeyMissing,
        Self::KeyIsUserApiKey,
        Self::KeyIsTenantId,
        Self::KeyIsEmail,
        Self::KeyIsUrl,
        Self::KeyUnusualShape,
        Self::UsernameMissing,
        Self::UsernameIsEmail,
        Self::PasswordMissing,
        Self::PasswordIsApiKey,
        Self::UrlMissing,
        Self::UrlUnreadable,
        Self::UrlPlaceholder,
        Self::UrlLoginPortal,
        Self::UrlRecruiting,
        Self::UrlWfm,
        Self::UrlReady,
        Self::UrlNotUkg,
        Self::UrlIpAddress,
        Self::UrlTestTenant,
        Self::HostNotFound,
        Self::HostUnreachable,
        Self::HostTls,
        Self::HostNotWebServices,
        Self::CredentialsRejected,
        Self::PermissionMissing,
        Self::UkgBusy,
        Self::UkgUnavailable,
        Self::UkgTimeout,
        Self::UkgUnexpected,
        Self::InviteUnknown,
        Self::InviteExpired,
        Self::InviteRevoked,
    ];

    /// The stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::KeyMissing => "key_missing",
            Self::KeyIsUserApiKey => "key_is_user_api_key",
            Self::KeyIsTenantId => "key_is_tenant_id",
            Self::KeyIsEmail => "key_is_email",
            Self::KeyIsUrl => "key_is_url",
            Self::KeyUnusualShape => "key_unusual_shape",
            Self::UsernameMissing => "username_missing",
            Self::UsernameIsEmail => "username_is_email",
            Self::PasswordMissing => "password_missing",
            Self::PasswordIsApiKey => "password_is_api_key",
            Self::UrlMissing => "url_missing",
            Self::UrlUnreadable => "url_unreadable",
            Self::UrlPlaceholder => "url_placeholder",
            Self::UrlLoginPortal => "url_login_portal",
            Self::UrlRecruiting => "url_recruiting",
            Self::UrlWfm => "url_wfm",
            Self::UrlReady => "url_ready",
            Self::UrlNotUkg => "url_not_ukg",
            Self::UrlIpAddress => "url_ip_address",
            Self::UrlTestTenant => "url_test_tenant",
            Self::HostNotFound => "host_not_found",
            Self::HostUnreachable => "host_unreachable",
            Self::HostTls => "host_tls",
            Self::HostNotWebServices => "host_not_web_services",
            Self::CredentialsRejected => "credentials_rejected",
            Self::PermissionMissing => "permission_missing",
            Self::UkgBusy => "ukg_busy",
            Self::UkgUnavailable => "ukg_unavailable",
            Self::UkgTimeout => "ukg_timeout",
            Self::UkgUnexpected => "ukg_unexpected",
            Self::InviteUnknown => "invite_unknown",
            Self::InviteExpired => "invite_expired",
            Self::InviteRevoked => "invite_revoked",
        }
    }

    /// What it is about.
    #[must_use]
    pub const fn kind(self) -> ProblemKind {
        match self {
            Self::KeyMissing
            | Self::KeyIsUserApiKey
            | Self::KeyIsTenantId
            | Self::KeyIsEmail
            | Self::KeyIsUrl
            | Self::KeyUnusualShape => ProblemKind::Key,
            Self::UsernameMissing
            | Self::UsernameIsEmail
            | Self::PasswordMissing
            | Self::PasswordIsApiKey => ProblemKind::Account,
            Self::UrlMissing
            | Self::UrlUnreadable
            | Self::UrlPlaceholder
            | Self::UrlLoginPortal
            | Self::UrlRecruiting
            | Self::UrlWfm
            | Self::UrlReady
            | Self::UrlNotUkg
            | Self::UrlIpAddress
            | Self::UrlTestTenant => ProblemKind::Url,
            Self::HostNotFound
            | Self::HostUnreachable
            | Self::HostTls
            | Self::HostNotWebServices
            | Self::CredentialsRejected
            | Self::PermissionMissing
            | Self::UkgBusy
            | Self::UkgUnavailable
            | Self::UkgTimeout
            | Self::UkgUnexpected => ProblemKind::Check,
            Self::InviteUnknown | Self::InviteExpired | Self::InviteRevoked => ProblemKind::Invite,
        }
    }

    /// Whether UKG Pro itself failed, whatever was sent to it.
    #[must_use]
    pub const fn is_fault_of_ukg(self) -> bool {
        matches!(self, Self::UkgBusy | Self::UkgUnavailable | Self::UkgTimeout | Self::UkgUnexpected)
    }

    /// Whether it may be right all the same: asked about once, then taken with **Use it anyway**.
    #[must_use]
    pub const fn is_warning(self) -> bool {
        matches!(self, Self::KeyUnusualShape | Self::UsernameIsEmail | Self::UrlTestTenant)
    }

    /// Who can put it right.
    #[must_use]
    pub const fn who_acts(self) -> WhoActs {
        match self {
            Self::HostUnreachable
            | Self::HostTls
            | Self::UkgBusy
            | Self::UkgUnavailable
            | Self::UkgTimeout => WhoActs::Ukg,
            Self::UkgUnexpected | Self::InviteExpired | Self::InviteRevoked => WhoActs::Us,
            Self::KeyMissing
            | Self::KeyIsUserApiKey
            | Self::KeyIsTenantId
            | Self::KeyIsEmail
            | Self::KeyIsUrl
            | Self::KeyUnusualShape
            | Self::UsernameMissing
            | Self::UsernameIsEmail
            | Self::PasswordMissing
            | Self::PasswordIsApiKey
            | Self::UrlMissing
            | Self::UrlUnreadable
            | Self::UrlPlaceholder
            | Self::UrlLoginPortal
            | Self::UrlRecruiting
            | Self::UrlWfm
            | Self::UrlReady
            | Self::UrlNotUkg
            | Self::UrlIpAddress
            | Self::UrlTestTenant
            | Self::HostNotFound
            | Self::HostNotWebServices
            | Self::CredentialsRejected
            | Self::PermissionMissing
            | Self::InviteUnknown => WhoActs::Customer,
        }
    }

    /// Whether UKG Pro spoke about the account, rather than failing to speak.
    #[must_use]
    pub const fn is_refusal(self) -> bool {
        matches!(self, Self::CredentialsRejected | Self::PermissionMissing)
    }

    /// Whether the same values can pass later, without anything being changed here.
    #[must_use]
    pub const fn retry_can_help(self) -> bool {
        matches!(
            self,
            Self::HostNotFound
                | Self::HostUnreachable
                | Self::HostTls
                | Self::PermissionMissing
                | Self::UkgBusy
                | Self::UkgUnavailable
                | Self::UkgTimeout
                | Self::UkgUnexpected
        )
    }
}

impl fmt::Display for ProblemCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for ProblemCode {
    type Err = UnknownProblem;

    fn from_str(text: &str) -> Result<Self, UnknownProblem> {
        Self::ALL.into_iter().find(|code| code.as_str() == text).ok_or(UnknownProblem)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_reads_back() {
        for code in ProblemCode::ALL {
            assert_eq!(code.as_str().parse(), Ok(code));
        }
    }

    #[test]
    fn a_fault_of_ukg_never_asks_the_customer_to_act() {
        for code in
            [ProblemCode::UkgBusy, ProblemCode::UkgUnavailable, ProblemCode::UkgTimeout, ProblemCode::HostTls]
        {
            assert_eq!(code.who_acts(), WhoActs::Ukg);
            assert!(code.retry_can_help());
        }
    }

    #[test]
    fn only_an_answer_about_the_account_is_a_refusal() {
        let refusals: Vec<_> = ProblemCode::ALL.into_iter().filter(|code| code.is_refusal()).collect();

        assert_eq!(refusals, [ProblemCode::CredentialsRejected, ProblemCode::PermissionMissing]);
    }
}
