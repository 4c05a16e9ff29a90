//! The secrets that messages are signed with. None is stored: each is made anew from the endpoint's seed and the
//! installation's own key, so a copy of the database signs nothing, and a new key-encryption key changes nothing. They are
//! ours and no customer's, and no envelope is opened for them, so the audit log has no entry of each use.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::{MessageId, Secret, Timestamp};
use storage::{WebhookEndpoint, WebhookSeed};
use vault::{Purpose, hmac_sha256};
use zeroize::Zeroizing;

use crate::fingerprints::Fingerprints;

/// What signs for an endpoint at the moment: one secret, or two while one is replaced.
pub(super) struct Secrets(Vec<Zeroizing<[u8; 32]>>);

impl Secrets {
    /// `None` while the installation's own key cannot be opened: with another one, nobody could verify anything.
    pub(super) fn of(prints: &Fingerprints, endpoint: &WebhookEndpoint, now: Timestamp) -> Option<Self> {
        let old = endpoint.old_seed.filter(|(_, until)| now < *until).map(|(seed, _)| seed);
        let seeds = [Some(endpoint.seed), old];
        let secrets: Option<_> =
            seeds.into_iter().flatten().map(|seed| secret(prints, endpoint, seed)).collect();
        secrets.map(Self)
    }

    /// The header `webhook-signature` of this message, sent at `at`: the newest secret's first.
    pub(super) fn sign(&self, id: MessageId, at: Timestamp, body: &str) -> String {
        let begin = format!("{id}.{}.", seconds(at));
        let mut header = String::new();
        for secret in &self.0 {
            header.push_str(if header.is_empty() { "v1," } else { " v1," });
            let signature = hmac_sha256(secret.as_slice(), &[begin.as_bytes(), body.as_bytes()]);
            STANDARD.encode_string(signature, &mut header);
        }
        header
    }
}

/// The secret as its receiver enters it.
pub(super) fn shown(prints: &Fingerprints, endpoint: &WebhookEndpoint) -> Option<Secret> {
    let secret = secret(prints, endpoint, endpoint.seed)?;
    Some(Secret::new(format!("whsec_{}", STANDARD.encode(secret.as_slice()))))
}

/// The time as the header `webhook-timestamp` has it.
pub(super) const fn seconds(at: Timestamp) -> i64 {
    at.as_millis().div_euclid(1_000)
}

fn secret(
    prints: &Fingerprints,
    endpoint: &WebhookEndpoint,
    seed: WebhookSeed,
) -> Option<Zeroizing<[u8; 32]>> {
    prints.lasting(Purpose::Webhook, &[endpoint.id.as_bytes(), &seed.0]).map(Zeroizing::new)
}
