//! One-time codes as RFC 6238 has them: six digits from a secret and a count of half minutes.

use aws_lc_rs::{constant_time, hmac};

/// Whether the text is the code of this step. Takes the same time whichever digit differs.
#[must_use]
pub fn is_one_time_code(secret: &[u8; 20], step: i64, typed: &str) -> bool {
    let code = format!("{:06}", code(secret, step));
    constant_time::verify_slices_are_equal(code.as_bytes(), typed.as_bytes()).is_ok()
}

fn code(secret: &[u8; 20], step: i64) -> u32 {
    // SHA-1 is what every authenticator app knows; as an HMAC it stands.
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let mac = hmac::sign(&key, &step.to_be_bytes());
    let mac = mac.as_ref();
    let offset = usize::from(mac.last().copied().unwrap_or(0) & 15);
    let four = mac.get(offset..offset + 4).and_then(|bytes| bytes.try_into().ok()).unwrap_or([0; 4]);
    (u32::from_be_bytes(four) & 0x7fff_ffff) % 1_000_000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_standard_hold() {
        // RFC 6238, appendix B, the last six of its eight digits.
        let secret = b"12345678901234567890";
        for (seconds, expected) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
        ] {
            assert!(is_one_time_code(secret, seconds / 30, expected), "{seconds}");
            assert!(!is_one_time_code(secret, seconds / 30 + 1, expected), "{seconds}");
        }
        assert!(!is_one_time_code(secret, 1, "28708"));
        assert!(!is_one_time_code(secret, 1, ""));
    }
}
