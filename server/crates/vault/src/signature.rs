//! Signatures of passkeys.

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1, ED25519, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, VerificationAlgorithm,
};

/// The algorithms taken, as COSE numbers them, the one every authenticator knows first: ES256, EdDSA, RS256.
pub const PASSKEY_ALGORITHMS: [i64; 3] = [-7, -8, -257];

/// Whether this is a public key (SubjectPublicKeyInfo, DER) of the algorithm.
#[must_use]
pub fn is_public_key(algorithm: i64, public_key: &[u8]) -> bool {
    parsed(algorithm, public_key).is_some()
}

/// Whether the signature of the message was made with the key that belongs to this public one.
#[must_use]
pub fn is_signed(algorithm: i64, public_key: &[u8], message: &[u8], signature: &[u8]) -> bool {
    parsed(algorithm, public_key).is_some_and(|key| key.verify_sig(message, signature).is_ok())
}

fn parsed(algorithm: i64, public_key: &[u8]) -> Option<ParsedPublicKey> {
    let algorithm: &'static dyn VerificationAlgorithm = match algorithm {
        -7 => &ECDSA_P256_SHA256_ASN1,
        -8 => &ED25519,
        -257 => &RSA_PKCS1_2048_8192_SHA256,
        _ => return None,
    };
    ParsedPublicKey::new(algorithm, public_key).ok()
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::encoding::{AsDer as _, PublicKeyX509Der};
    use aws_lc_rs::rand::SystemRandom;
    use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _};

    use super::*;

    #[test]
    fn only_what_the_key_signed_is_signed() {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap();
        let der: PublicKeyX509Der<'_> = pair.public_key().as_der().unwrap();
        let signature = pair.sign(&SystemRandom::new(), b"message").unwrap();

        assert!(is_public_key(-7, der.as_ref()));
        assert!(is_signed(-7, der.as_ref(), b"message", signature.as_ref()));
        assert!(!is_signed(-7, der.as_ref(), b"massage", signature.as_ref()));
        assert!(!is_signed(-8, der.as_ref(), b"message", signature.as_ref()));
        assert!(!is_signed(-257, der.as_ref(), b"message", signature.as_ref()));
        assert!(!is_signed(-7, der.as_ref(), b"message", &[]));
        let other = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap();
        let others: PublicKeyX509Der<'_> = other.public_key().as_der().unwrap();
        assert!(!is_signed(-7, others.as_ref(), b"message", signature.as_ref()));
    }

    #[test]
    fn what_is_no_key_of_a_known_algorithm_is_none() {
        let pair = Ed25519KeyPair::generate().unwrap();
        let der: PublicKeyX509Der<'_> = pair.public_key().as_der().unwrap();

        assert!(is_public_key(-8, der.as_ref()));
        assert!(is_signed(-8, der.as_ref(), b"message", pair.sign(b"message").as_ref()));
        assert!(!is_public_key(-7, der.as_ref()));
        for algorithm in [-257, -7, -8, 0, 7, i64::MIN] {
            assert!(!is_public_key(algorithm, b""), "{algorithm}");
            assert!(!is_public_key(algorithm, &[0x30; 91]), "{algorithm}");
        }
    }
}
