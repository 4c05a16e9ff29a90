//! Sealing and opening as they should go, and rotation.

use std::collections::HashSet;

use proptest::prelude::*;

use super::{KEY_A, KEY_B, TestResult, new_link, secret, vault, vault_with};
use crate::{CredentialField, Keyring, SealedValue, Vault, VaultError, WrappedDataKey, random_bytes, sha256};

proptest! {
    #[test]
    fn any_text_comes_back_as_it_was(text in ".{0,200}") {
        let vault = Vault::new(Keyring::parse(&format!("{KEY_A} primary")).map_err(fail)?);
        let link = new_link().map_err(fail)?;
        let key = vault.new_data_key(link).map_err(fail)?;

        let sealed = vault.seal(&key, link, CredentialField::Password, &secret(&text)).map_err(fail)?;

        let opened = vault.open(&key, link, CredentialField::Password, &sealed).map_err(fail)?;
        prop_assert_eq!(opened.expose(), text);
    }
}

fn fail(error: impl std::fmt::Display) -> TestCaseError {
    TestCaseError::fail(error.to_string())
}

#[test]
fn stored_bytes_read_back_and_open() -> TestResult {
    let (vault, link) = (vault()?, new_link()?);
    let key = vault.new_data_key(link)?;
    let sealed = vault.seal(&key, link, CredentialField::Username, &secret("made-up"))?;

    let key = WrappedDataKey::from_stored(key.key_id().as_str(), key.bytes().to_vec())?;
    let sealed = SealedValue::from_stored(sealed.bytes().to_vec())?;

    assert_eq!(vault.open(&key, link, CredentialField::Username, &sealed)?.expose(), "made-up");
    Ok(())
}

#[test]
fn the_same_value_never_seals_to_the_same_bytes() -> TestResult {
    let (vault, link) = (vault()?, new_link()?);
    let key = vault.new_data_key(link)?;

    let mut nonces = HashSet::new();
    for _ in 0..1_000 {
        let sealed = vault.seal(&key, link, CredentialField::Password, &secret("made-up"))?;
        nonces.insert(sealed.bytes().get(1..13).map(<[u8]>::to_vec));
        nonces.insert(vault.rewrap(&key, link)?.bytes().get(1..13).map(<[u8]>::to_vec));
    }

    assert_eq!(nonces.len(), 2_000);
    Ok(())
}

#[test]
fn a_rotated_keyring_still_opens_what_the_old_key_wrapped() -> TestResult {
    let (before, link) = (vault_with(&[format!("{KEY_A} primary")])?, new_link()?);
    let key = before.new_data_key(link)?;
    let sealed = before.seal(&key, link, CredentialField::Password, &secret("made-up"))?;

    let rotated = vault_with(&[KEY_A.into(), format!("{KEY_B} primary")])?;

    assert_eq!(rotated.open(&key, link, CredentialField::Password, &sealed)?.expose(), "made-up");
    assert_eq!(rotated.new_data_key(link)?.key_id().as_str(), "b");
    assert_ne!(key.key_id(), rotated.primary_id());
    Ok(())
}

#[test]
fn after_rewrapping_the_old_key_can_be_removed() -> TestResult {
    let (before, link) = (vault_with(&[format!("{KEY_A} primary")])?, new_link()?);
    let key = before.new_data_key(link)?;
    let sealed = before.seal(&key, link, CredentialField::Password, &secret("made-up"))?;
    let after = vault_with(&[format!("{KEY_B} primary")])?;

    let rewrapped = vault_with(&[KEY_A.into(), format!("{KEY_B} primary")])?.rewrap(&key, link)?;

    assert_eq!(after.open(&rewrapped, link, CredentialField::Password, &sealed)?.expose(), "made-up");
    let refused = after.open(&key, link, CredentialField::Password, &sealed).err();
    assert_eq!(refused, Some(VaultError::KeyNotInKeyFile { key_id: "a".parse()? }));
    Ok(())
}

#[test]
fn nothing_shows_a_key_or_a_value() -> TestResult {
    let (vault, link) = (vault()?, new_link()?);
    let key = vault.new_data_key(link)?;
    let sealed = vault.seal(&key, link, CredentialField::Password, &secret("canary-7f3a"))?;

    let shown = format!(
        "{vault:?} {key:?} {sealed:?} {:?}",
        vault.open(&key, link, CredentialField::Password, &sealed)
    );

    let expected =
        "Vault { keyring: [a], opened: 1 } WrappedDataKey(a, ***) SealedValue(***) Ok(Secret(***))";
    assert_eq!(shown, expected);
    Ok(())
}

#[test]
fn field_names_read_back() {
    for field in CredentialField::ALL {
        assert_eq!(field.as_str().parse(), Ok(field));
    }
    assert!("Password".parse::<CredentialField>().is_err());
}

#[test]
fn random_bytes_differ_and_the_digest_is_sha_256() -> TestResult {
    assert_ne!(random_bytes::<32>()?, random_bytes::<32>()?);

    // The example of FIPS 180-2.
    let start = sha256(b"abc").first_chunk::<4>().copied();
    assert_eq!(start, Some([0xba, 0x78, 0x16, 0xbf]));
    Ok(())
}
