//! The signature of a webhook, as its receiver works it out: by the specification and no code of ours.

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::Secret;

use super::Received;

/// What `webhook-signature` has to be under this secret.
pub fn signature_of(secret: &Secret, received: &Received) -> String {
    let key = STANDARD.decode(secret.expose().strip_prefix("whsec_").unwrap()).unwrap();
    assert!((24..=64).contains(&key.len()), "{}", key.len());
    let signed = format!("{}.{}.{}", received.id, received.timestamp, received.body);
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &key), signed.as_bytes());
    format!("v1,{}", STANDARD.encode(tag.as_ref()))
}
