//! Message authentication for others to verify.

use aws_lc_rs::hmac;

/// HMAC-SHA256 of the parts, one after another, under a secret that whoever verifies it shares.
#[must_use]
pub fn hmac_sha256(secret: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, secret));
    for part in parts {
        mac.update(part);
    }
    let mut bytes = [0; 32];
    bytes.copy_from_slice(mac.sign().as_ref());
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_standard_holds_whatever_the_parts() {
        // RFC 4231, test case 2.
        let expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

        for parts in [&["what do ya want for nothing?"][..], &["what do ya want ", "", "for nothing?"]] {
            let parts: Vec<&[u8]> = parts.iter().map(|part| part.as_bytes()).collect();
            let mac = hmac_sha256(b"Jefe", &parts);
            assert_eq!(hex::encode(mac), expected);
        }
    }
}
