//! The certificate that a link's credentials were destroyed: plain text, the same at each download.

use domain::CredentialField;

/// What it says.
#[derive(Clone, Debug)]
pub struct CertificateText<'a> {
    /// Its number.
    pub number: &'a str,
    /// The inviting company.
    pub company: &'a str,
    /// The customer.
    pub customer: &'a str,
    /// The link's id.
    pub link: &'a str,
    /// When it was done, in UTC.
    pub at: &'a str,
    /// Who did it.
    pub by: &'a str,
    /// What was destroyed.
    pub destroyed: &'a [CredentialField],
    /// Whether the last copies are overwritten.
    pub overwritten: bool,
}

/// The text.
#[must_use]
pub fn text(certificate: &CertificateText<'_>) -> String {
    let CertificateText { number, company, customer, link, at, by, destroyed, overwritten } = certificate;
    let place = if *overwritten {
        "That key is deleted and its place\noverwritten, so the database holds nothing any more that opens them."
    } else {
        "That key is deleted. What the\ndatabase's log of changes still holds of it is about to be overwritten: this certificate says so as soon as it is done."
    };
    let values: String = destroyed.iter().map(|field| format!("  - {}\n", name(*field))).collect();
    let values = if values.is_empty() { "  - nothing had been entered\n".to_owned() } else { values };
    format!(
        "CERTIFICATE OF DESTRUCTION\n\n\
         Number      {number}\n\
         Company     {company}\n\
         Customer    {customer}\n\
         Link        {link}\n\
         Done at     {at} UTC\n\
         Done by     {by}\n\n\
         Destroyed, together with the key that sealed them:\n{values}\n\
         These values were only ever kept sealed, under a key made for this link alone. {place} A backup of the whole database from before\n\
         that time still holds them, sealed, until that backup is deleted.\n\n\
         This text follows from the entry of the audit log that has the number above. It holds no secret.\n"
    )
}

const fn name(field: CredentialField) -> &'static str {
    match field {
        CredentialField::CustomerApiKey => "the Customer API Key",
        CredentialField::Username => "the service account's username",
        CredentialField::Password => "the service account's password",
    }
}

/// Who did it, when it was not staff.
pub const BY_CUSTOMER: &str = "the customer";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_names_what_was_destroyed_and_by_whom() {
        let certificate = CertificateText {
            number: "aud_1",
            company: "Acme",
            customer: "Northwind",
            link: "lnk_1",
            at: "3 November 2026, 10:42",
            by: "sam@acme.example",
            destroyed: &[CredentialField::Password],
            overwritten: true,
        };

        let text = text(&certificate);

        for part in [
            "aud_1",
            "Northwind",
            "lnk_1",
            "10:42 UTC",
            "sam@acme.example",
            "- the service account's password",
        ] {
            assert!(text.contains(part), "{part}");
        }
        assert!(!text.contains("Customer API Key"));
        assert!(text.contains("its place\noverwritten"), "{text}");
        let before = super::text(&CertificateText { overwritten: false, ..certificate });
        assert!(before.contains("about to be overwritten") && !before.contains("holds nothing"), "{before}");
    }
}
