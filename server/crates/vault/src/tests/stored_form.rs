//! What databases hold already: these bytes must open for as long as version 1 is read.
//!
//! They were made by another implementation of AES-256-GCM (Python's `cryptography`), from the layout in the
//! crate's documentation, so they also check that the layout is what we say it is.

use super::TestResult;
use crate::{CredentialField, Keyring, SealedValue, Vault, VaultError, WrappedDataKey};

const KEY_FILE: &str = "k-test 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f primary";
const LINK: &str = "lnk_018bcfe56800707f8f0707070707070a";
const WRAPPED: &str = "01000102030405060708090a0b2367b07cad8ca870e12cf9e4c1980a1ef7a3f143880225\
                       07441a9bfa9de882310ab1ad39c14d12fb5259e86d1b1460e2";
const SEALED: &str = "010c0d0e0f1011121314151617f93ef110a5a2950330f916da8b3d794e350c741d4cb59e\
                      555df0f9409f923d053ff1";

#[test]
fn an_envelope_of_version_1_opens() -> TestResult {
    let vault = Vault::new(Keyring::parse(KEY_FILE)?);
    let key = WrappedDataKey::from_stored("k-test", hex::decode(WRAPPED)?)?;
    let sealed = SealedValue::from_stored(hex::decode(SEALED)?)?;

    let opened = vault.open(&key, LINK.parse()?, CredentialField::Password, &sealed)?;

    assert_eq!(opened.expose(), "made-up, pässword");
    Ok(())
}

#[test]
fn another_version_is_refused_before_anything_is_opened() -> TestResult {
    for version in (0..=u8::MAX).filter(|version| *version != 1) {
        let mut sealed = hex::decode(SEALED)?;
        sealed.splice(..1, [version]);
        let mut wrapped = hex::decode(WRAPPED)?;
        wrapped.splice(..1, [version]);

        let expected = VaultError::UnknownVersion { found: version };
        assert_eq!(SealedValue::from_stored(sealed).err(), Some(expected.clone()));
        assert_eq!(WrappedDataKey::from_stored("k-test", wrapped).err(), Some(expected));
    }
    Ok(())
}

#[test]
fn a_key_id_that_cannot_be_one_is_refused() -> TestResult {
    for id in ["", "K", "a b", "a\0", "é", &"a".repeat(33)] {
        let refused = WrappedDataKey::from_stored(id, hex::decode(WRAPPED)?).err();

        assert_eq!(refused, Some(VaultError::InvalidKeyId), "{id:?}");
    }
    Ok(())
}
