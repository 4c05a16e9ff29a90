//! What somebody who can write to the database might try. Bar S3: 10,000 random swaps and bit flips, none opens.

use std::error::Error;

use domain::LinkId;

use super::{KEY_A, KEY_B, TestResult, new_link, secret, vault, vault_with};
use crate::aead;
use crate::{CredentialField, SealedValue, Vault, VaultError, WrappedDataKey};

/// A link's row as the database holds it.
struct Row {
    link: LinkId,
    key: WrappedDataKey,
    values: Vec<(CredentialField, SealedValue)>,
}

/// One attempt: what is handed to `open`.
struct Attempt {
    link: LinkId,
    key: WrappedDataKey,
    field: CredentialField,
    sealed: SealedValue,
}

#[test]
fn ten_thousand_swaps_and_bit_flips_all_refuse_to_open() -> TestResult {
    let vault = vault_with(&[format!("{KEY_A} primary"), KEY_B.into()])?;
    let rows = (0..40).map(|n| row(&vault, n)).collect::<Result<Vec<_>, _>>()?;
    let mut dice = Dice(0x5eed);
    let mut tried = [0_u32; 10];

    for _ in 0..10_000 {
        let (mine, other) = dice.two(&rows);
        let kind = dice.below(tried.len());
        let attempt = attack(kind, mine, other, &mut dice)?;

        let opened = vault.open(&attempt.key, attempt.link, attempt.field, &attempt.sealed);

        assert!(opened.is_err(), "attack {kind} opened");
        tried.get_mut(kind).map(|count| *count += 1).ok_or("no such attack")?;
    }

    assert!(tried.iter().all(|count| *count > 500), "an attack was hardly tried: {tried:?}");
    // The control: the rows the attacks were made from do open, afterwards as before.
    for (n, row) in rows.iter().enumerate() {
        for (field, sealed) in &row.values {
            assert_eq!(vault.open(&row.key, row.link, *field, sealed)?.expose(), text(n, *field));
        }
    }
    Ok(())
}

/// The control of the binding: the same swap of fields, under the same key, does open when nothing is bound.
#[test]
fn without_associated_data_a_swapped_value_would_open() -> TestResult {
    let key = aead::Key::random()?;

    let unbound = aead::seal(&key, b"", b"made-up")?;
    let bound = aead::seal(&key, b"password", b"made-up")?;

    assert!(aead::open(&key, b"", &unbound).is_ok());
    assert!(aead::open(&key, b"username", &bound).is_err());
    Ok(())
}

#[test]
fn another_key_under_the_same_id_opens_nothing() -> TestResult {
    let (ours, link) = (vault()?, new_link()?);
    let key = ours.new_data_key(link)?;
    let theirs = vault_with(&[format!("{} primary", KEY_B.replacen('b', "a", 1))])?;

    let refused = theirs.seal(&key, link, CredentialField::Password, &secret("made-up")).err();

    assert_eq!(refused, Some(VaultError::DataKeyDoesNotOpen { link, key_id: "a".parse()? }));
    Ok(())
}

#[test]
fn an_envelope_cut_to_any_length_is_refused() -> TestResult {
    let (vault, link) = (vault()?, new_link()?);
    let key = vault.new_data_key(link)?;
    let sealed = vault.seal(&key, link, CredentialField::Password, &secret("made-up password"))?;

    for length in 0..key.bytes().len() {
        let cut = key.bytes().iter().copied().take(length).collect();
        assert!(WrappedDataKey::from_stored("a", cut).is_err(), "{length}");
    }
    for length in 0..sealed.bytes().len() {
        let cut = sealed.bytes().iter().copied().take(length).collect();
        let opened = SealedValue::from_stored(cut)
            .and_then(|cut| vault.open(&key, link, CredentialField::Password, &cut));
        assert!(opened.is_err(), "{length}");
    }
    Ok(())
}

#[test]
fn an_envelope_with_anything_added_is_refused() -> TestResult {
    let (vault, link) = (vault()?, new_link()?);
    let key = vault.new_data_key(link)?;
    let sealed = vault.seal(&key, link, CredentialField::Password, &secret("made-up"))?;

    let longer = SealedValue::from_stored([sealed.bytes(), &[0]].concat())?;

    assert!(vault.open(&key, link, CredentialField::Password, &longer).is_err());
    assert!(WrappedDataKey::from_stored("a", [key.bytes(), &[0]].concat()).is_err());
    Ok(())
}

fn attack(kind: usize, mine: &Row, other: &Row, dice: &mut Dice) -> Result<Attempt, Box<dyn Error>> {
    let ((field, sealed), (other_field, other_sealed)) = dice.two(&mine.values);
    let (theirs_field, theirs) = dice.one(&other.values);
    let mut attempt =
        Attempt { link: mine.link, key: mine.key.clone(), field: *field, sealed: sealed.clone() };
    match kind {
        // One bit of the value, the version byte among them.
        0 => {
            let flipped = dice.flip(sealed.bytes());
            match SealedValue::from_stored(flipped) {
                Ok(flipped) => attempt.sealed = flipped,
                // Refused before `open`; what is left to try is the row under another field.
                Err(_) => attempt.field = *other_field,
            }
        }
        // One bit of the data key.
        1 => match WrappedDataKey::from_stored("a", dice.flip(mine.key.bytes())) {
            Ok(flipped) => attempt.key = flipped,
            Err(_) => attempt.field = *other_field,
        },
        // The value of another field of the same link.
        2 => attempt.sealed = other_sealed.clone(),
        // The value of another link, its own field or not.
        3 => (attempt.field, attempt.sealed) = (*theirs_field, theirs.clone()),
        // The data key of another link.
        4 => attempt.key = other.key.clone(),
        // The whole row of another link, opened as this one's.
        5 => {
            (attempt.key, attempt.field, attempt.sealed) = (other.key.clone(), *theirs_field, theirs.clone());
        }
        // The data key said to be wrapped by the other key.
        6 => attempt.key = WrappedDataKey::from_stored("b", mine.key.bytes().to_vec())?,
        // One nonce with another ciphertext of the same key.
        7 => {
            let spliced = sealed.bytes().iter().take(13).chain(other_sealed.bytes().iter().skip(13));
            attempt.sealed = SealedValue::from_stored(spliced.copied().collect())?;
        }
        // The data key's envelope as a value.
        8 => attempt.sealed = SealedValue::from_stored(mine.key.bytes().to_vec())?,
        // The row as it is, opened as another link's.
        _ => attempt.link = other.link,
    }
    Ok(attempt)
}

fn row(vault: &Vault, n: usize) -> Result<Row, Box<dyn Error>> {
    let link = new_link()?;
    let key = vault.new_data_key(link)?;
    let mut values = Vec::new();
    for field in CredentialField::ALL {
        values.push((field, vault.seal(&key, link, field, &secret(&text(n, field)))?));
    }
    Ok(Row { link, key, values })
}

fn text(n: usize, field: CredentialField) -> String {
    format!("made-up {field} of row {n}")
}

/// SplitMix64: the same attempts in every run, so that a failure can be looked at.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.roll() % end as u64).unwrap_or(0)
    }

    fn one<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        self.two(from).0
    }

    /// Two different ones.
    fn two<'a, T>(&mut self, from: &'a [T]) -> (&'a T, &'a T) {
        let first = self.below(from.len());
        let second = (first + 1 + self.below(from.len() - 1)) % from.len();
        match (from.get(first), from.get(second)) {
            (Some(first), Some(second)) => (first, second),
            _ => unreachable!("both are below the length"),
        }
    }

    fn flip(&mut self, bytes: &[u8]) -> Vec<u8> {
        let bit = self.below(bytes.len() * 8);
        let flip = |(n, byte): (usize, &u8)| if n == bit / 8 { byte ^ (1 << (bit % 8)) } else { *byte };
        bytes.iter().enumerate().map(flip).collect()
    }
}
