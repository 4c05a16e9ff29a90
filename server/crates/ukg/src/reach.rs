//! Whether a host answers over TLS: for the operator, before any customer needs it. Nothing of anybody's is sent.

use domain::{ProblemCode, WebServicesHost};

use crate::UkgChecker;
use crate::client::client;
use crate::fault::Fault;

impl UkgChecker {
    /// Looks the host up, connects, verifies its certificate, and waits for any answer at all.
    ///
    /// # Errors
    /// The code of what stands in the way, as a check would have it.
    pub async fn reach(&self, host: &WebServicesHost) -> Result<(), ProblemCode> {
        if !self.allows(host) {
            return Err(ProblemCode::UrlNotUkg);
        }
        let client = client(&self.tls, host, &self.addresses, &self.limits);
        let client = client.map_err(|_| ProblemCode::UkgUnexpected)?;
        let asked = client.head(format!("https://{host}/")).send();
        match tokio::time::timeout(self.limits.whole, asked).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(Fault::of(&error).code()),
            Err(_) => Err(ProblemCode::UkgTimeout),
        }
    }
}
