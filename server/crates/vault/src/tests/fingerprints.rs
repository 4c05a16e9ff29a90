//! The installation's key and the fingerprints under it.

use std::collections::HashSet;

use proptest::prelude::*;

use super::{KEY_A, KEY_B, TestResult, new_link, vault, vault_with};
use crate::{
    CredentialField, Fingerprinter, Keyring, Purpose, SealedValue, Vault, VaultError, WrappedDataKey,
    WrappedInstallationKey,
};

/// Wrapped by another implementation of AES-256-GCM, and fingerprints by another one of HMAC-SHA256 (Python's
/// `cryptography` and `hmac`), from the layouts in the crate's documentation. Databases hold such bytes already.
const KEY_FILE: &str = "k-test 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f primary";
const WRAPPED: &str = "01202122232425262728292a2b52bb24f3e81d9c8992f5c8454d957a7640d87e0f1315f5\
                       79f46ff689d517c0960df80d4785ad06a202b2f92842c22cbf";

#[test]
fn fingerprints_are_what_another_implementation_computes() -> TestResult {
    let vault = Vault::new(Keyring::parse(KEY_FILE)?);
    let known =
        vault.fingerprinter(&WrappedInstallationKey::from_stored("k-test", hex::decode(WRAPPED)?)?)?;
    let table: [(Purpose, &[&str], &str); 4] = [
        (
            Purpose::Value,
            &["lnk_018bcfe56800707f8f0707070707070a", "password", "made-up, pässword"],
            "ef6bbd4fcbbb6831b78e54798b3ec5ae567df07b8ae4d0604f1b779671d731f8",
        ),
        (
            Purpose::Submission,
            &["service4.ultipro.com", "SIM01", "SimAllGranted", "made-up"],
            "4ca6fbe127784cdd052b77d6d0843b3ebb742ab354cfbee626c94fd95e545d1a",
        ),
        (
            Purpose::Account,
            &["service4.ultipro.com", "SIM01", "SimAllGranted"],
            "4e1ef3fea6e1abf132ad84424abdf44f93c2b8c03fa628912bb13eef3c40f179",
        ),
        (Purpose::Account, &[], "cf4d425659014a9e9218c592b41312b3a1fd0267c3d95be9a55de0b8232a731e"),
    ];

    for (purpose, parts, expected) in table {
        let parts: Vec<_> = parts.iter().map(|part| part.as_bytes()).collect();
        assert_eq!(known.of(purpose, &parts).to_vec(), hex::decode(expected)?, "{purpose:?}");
    }
    Ok(())
}

proptest! {
    /// Two lists of parts have the same fingerprint only when they are the same list.
    #[test]
    fn borders_and_number_of_parts_count(
        one in prop::collection::vec(prop::collection::vec(0..3_u8, 0..4), 0..4),
        other in prop::collection::vec(prop::collection::vec(0..3_u8, 0..4), 0..4),
    ) {
        let fingerprinter = fingerprinter().map_err(|error| TestCaseError::fail(error.to_string()))?;
        let of = |parts: &[Vec<u8>]| {
            fingerprinter.of(Purpose::Value, &parts.iter().map(Vec::as_slice).collect::<Vec<_>>())
        };

        prop_assert_eq!(of(&one) == of(&other), one == other);
    }
}

#[test]
fn where_a_part_ends_counts_and_so_does_an_empty_one() -> TestResult {
    let fingerprinter = fingerprinter()?;
    let lists: [&[&[u8]]; 7] =
        [&[], &[b""], &[b"", b""], &[b"abc"], &[b"ab", b"c"], &[b"a", b"bc"], &[b"ab", b"c", b""]];

    let different: HashSet<_> = lists.iter().map(|parts| fingerprinter.of(Purpose::Value, parts)).collect();

    assert_eq!(different.len(), lists.len());
    Ok(())
}

#[test]
fn the_same_parts_for_another_purpose_are_another_fingerprint() -> TestResult {
    let fingerprinter = fingerprinter()?;

    let of = |purpose| fingerprinter.of(purpose, &[b"made-up"]);

    assert_eq!(Purpose::ALL.map(of).into_iter().collect::<HashSet<_>>().len(), Purpose::ALL.len());
    assert_eq!(of(Purpose::Value), of(Purpose::Value));
    Ok(())
}

#[test]
fn each_installation_has_fingerprints_of_its_own() -> TestResult {
    let vault = vault()?;
    let (mine, theirs) = (vault.new_installation_key()?, vault.new_installation_key()?);

    let of = |key| vault.fingerprinter(key).map(|it| it.of(Purpose::Account, &[b"made-up"]));

    assert_ne!(of(&mine)?, of(&theirs)?);
    assert_eq!(of(&mine)?, of(&mine.clone())?);
    Ok(())
}

#[test]
fn a_rotation_changes_the_wrapping_and_no_fingerprint() -> TestResult {
    let before = vault_with(&[format!("{KEY_A} primary")])?;
    let key = before.new_installation_key()?;
    let rotated = vault_with(&[KEY_A.into(), format!("{KEY_B} primary")])?;
    let after = vault_with(&[format!("{KEY_B} primary")])?;

    let rewrapped = rotated.rewrap_installation_key(&key)?;
    let stored =
        WrappedInstallationKey::from_stored(rewrapped.key_id().as_str(), rewrapped.bytes().to_vec())?;

    let parts: &[&[u8]] = &[b"made-up"];
    assert_eq!(
        before.fingerprinter(&key)?.of(Purpose::Value, parts),
        after.fingerprinter(&stored)?.of(Purpose::Value, parts)
    );
    assert_eq!((key.key_id().as_str(), stored.key_id().as_str()), ("a", "b"));
    let refused = after.fingerprinter(&key).err();
    assert_eq!(refused, Some(VaultError::KeyNotInKeyFile { key_id: "a".parse()? }));
    Ok(())
}

#[test]
fn a_key_says_for_good_that_the_log_s_end_is_sealed() -> TestResult {
    let vault = Vault::new(Keyring::parse(KEY_FILE)?);
    let before = WrappedInstallationKey::from_stored("k-test", hex::decode(WRAPPED)?)?;
    assert!(!vault.says_log_is_sealed(&before));
    assert!(
        !vault.says_log_is_sealed(&vault.rewrap_installation_key(&before)?),
        "a rotation says nothing new"
    );

    let after = vault.say_log_is_sealed(&before)?;

    assert!(vault.says_log_is_sealed(&after));
    assert!(vault.says_log_is_sealed(&vault.rewrap_installation_key(&after)?));
    assert!(vault.says_log_is_sealed(&vault.new_installation_key()?));
    let parts: &[&[u8]] = &[b"made-up"];
    assert_eq!(
        vault.fingerprinter(&before)?.of(Purpose::Value, parts),
        vault.fingerprinter(&after)?.of(Purpose::Value, parts)
    );
    Ok(())
}

#[test]
fn a_key_changed_in_any_bit_or_length_is_refused() -> TestResult {
    let vault = vault()?;
    let key = vault.new_installation_key()?;
    assert_eq!(key.bytes().len(), WrappedInstallationKey::LENGTH);

    for bit in 0..key.bytes().len() * 8 {
        let flip = |(n, byte): (usize, &u8)| if n == bit / 8 { byte ^ (1 << (bit % 8)) } else { *byte };
        let flipped = key.bytes().iter().enumerate().map(flip).collect();

        let refused =
            WrappedInstallationKey::from_stored("a", flipped).and_then(|key| vault.fingerprinter(&key)).err();

        let expected = match bit / 8 {
            0 => VaultError::UnknownVersion { found: 1 ^ (1 << bit) },
            _ => VaultError::InstallationKeyDoesNotOpen { key_id: "a".parse()? },
        };
        assert_eq!(refused, Some(expected), "bit {bit}");
    }
    for length in (0..WrappedInstallationKey::LENGTH).chain([WrappedInstallationKey::LENGTH + 1]) {
        let bytes = key.bytes().iter().copied().chain([0]).take(length).collect();
        let refused = WrappedInstallationKey::from_stored("a", bytes).err();
        assert_eq!(refused, Some(VaultError::WrongLength { found: length }));
    }
    Ok(())
}

/// What somebody who can write to the database might put in the place of the installation's key, or take from it.
#[test]
fn the_installation_key_and_data_keys_cannot_stand_in_for_each_other() -> TestResult {
    let vault = vault_with(&[format!("{KEY_A} primary"), KEY_B.into()])?;
    let (link, installation) = (new_link()?, vault.new_installation_key()?);
    let data_key = vault.new_data_key(link)?;
    let of_installation = |key: &WrappedDataKey| {
        WrappedInstallationKey::from_stored("a", key.bytes().to_vec())
            .and_then(|key| vault.fingerprinter(&key))
            .err()
    };
    let does_not_open = VaultError::InstallationKeyDoesNotOpen { key_id: "a".parse()? };

    // A link's data key as the installation's, and the reverse.
    assert_eq!(of_installation(&data_key), Some(does_not_open.clone()));
    let as_data_key = WrappedDataKey::from_stored("a", installation.bytes().to_vec())?;
    let refused = vault.rewrap(&as_data_key, link).err();
    assert_eq!(refused, Some(VaultError::DataKeyDoesNotOpen { link, key_id: "a".parse()? }));

    // Said to be wrapped by the other key, and wrapped by another key of the same id.
    let renamed = WrappedInstallationKey::from_stored("b", installation.bytes().to_vec())?;
    assert!(vault.fingerprinter(&renamed).is_err());
    assert!(vault.rewrap_installation_key(&renamed).is_err());
    let theirs = vault_with(&[format!("{} primary", KEY_B.replacen('b', "a", 1))])?;
    assert_eq!(theirs.fingerprinter(&installation).err(), Some(does_not_open));

    // As a sealed value of a link.
    let as_value = SealedValue::from_stored(installation.bytes().to_vec())?;
    assert!(vault.open(&data_key, link, CredentialField::Password, &as_value).is_err());

    // The control: untouched, each opens as what it is.
    assert!(vault.fingerprinter(&installation).is_ok() && vault.rewrap(&data_key, link).is_ok());
    Ok(())
}

#[test]
fn nothing_shows_the_key() -> TestResult {
    let vault = vault()?;
    let key = vault.new_installation_key()?;

    let shown = format!("{key:?} {:?}", vault.fingerprinter(&key)?);

    assert_eq!(shown, "WrappedInstallationKey(a, ***) Fingerprinter(***)");
    Ok(())
}

fn fingerprinter() -> Result<Fingerprinter, Box<dyn std::error::Error>> {
    let vault = vault()?;
    Ok(vault.fingerprinter(&vault.new_installation_key()?)?)
}
