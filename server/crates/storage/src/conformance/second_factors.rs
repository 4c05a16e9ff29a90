//! Authenticator apps, recovery codes, passkeys, and the questions put to them.

use domain::{PasskeyId, StaffId};

use super::fixtures::{kept_staff, now, random, token};
use crate::{Authenticator, Passkey, Result, Storage, StorageError};

pub async fn an_account_has_one_authenticator(storage: &dyn Storage) -> Result<()> {
    let staff = kept_staff(storage).await?;
    let (first, second) = (app(staff.id, 1), app(staff.id, 2));
    put(storage, &first).await?;
    put(storage, &second).await?;
    assert_eq!(storage.authenticator(staff.id).await?, Some(second.clone()));

    let at = now();
    let mut unit = storage.begin().await?;
    assert!(!unit.confirm_authenticator(staff.id, &first.seed, at).await?, "another's seed");
    assert!(unit.confirm_authenticator(staff.id, &second.seed, at).await?);
    assert!(!unit.confirm_authenticator(staff.id, &second.seed, now()).await?);
    assert!(!unit.put_authenticator(&first).await?, "one that works stays");
    unit.commit().await?;
    let confirmed = Authenticator { confirmed_at: Some(at), ..second };
    assert_eq!(storage.authenticator(staff.id).await?, Some(confirmed));

    let mut unit = storage.begin().await?;
    assert!(unit.delete_authenticator(staff.id).await?);
    assert!(!unit.delete_authenticator(staff.id).await?);
    unit.commit().await?;
    assert_eq!(storage.authenticator(staff.id).await?, None);
    Ok(())
}

pub async fn a_code_s_half_minute_is_used_once_and_none_before_it(storage: &dyn Storage) -> Result<()> {
    let (staff, other) = (kept_staff(storage).await?, kept_staff(storage).await?);
    put(storage, &app(staff.id, 1)).await?;
    put(storage, &app(other.id, 1)).await?;

    let mut unit = storage.begin().await?;
    assert!(unit.use_authenticator(staff.id, 100).await?);
    assert!(!unit.use_authenticator(staff.id, 100).await?);
    assert!(!unit.use_authenticator(staff.id, 99).await?);
    assert!(unit.use_authenticator(staff.id, 101).await?);
    assert!(unit.use_authenticator(other.id, 100).await?);
    unit.commit().await?;

    assert_eq!(storage.authenticator(staff.id).await?.and_then(|app| app.last_step), Some(101));
    Ok(())
}

pub async fn a_recovery_code_is_used_once_by_its_account(storage: &dyn Storage) -> Result<()> {
    let (staff, other) = (kept_staff(storage).await?, kept_staff(storage).await?);
    let codes = [token(), token(), token()];
    let mut unit = storage.begin().await?;
    unit.put_recovery_codes(staff.id, &codes).await?;
    unit.put_recovery_codes(other.id, &[token()]).await?;

    assert!(!unit.use_recovery_code(other.id, &codes[0], now()).await?);
    assert!(unit.use_recovery_code(staff.id, &codes[0], now()).await?);
    assert!(!unit.use_recovery_code(staff.id, &codes[0], now()).await?);
    assert!(!unit.use_recovery_code(staff.id, &token(), now()).await?);
    unit.commit().await?;
    assert_eq!(storage.recovery_codes_left(staff.id).await?, 2);

    let mut unit = storage.begin().await?;
    unit.put_recovery_codes(staff.id, &[]).await?;
    assert!(!unit.use_recovery_code(staff.id, &codes[1], now()).await?, "replaced");
    unit.commit().await?;
    assert_eq!(storage.recovery_codes_left(staff.id).await?, 0);
    assert_eq!(storage.recovery_codes_left(other.id).await?, 1);
    Ok(())
}

pub async fn a_question_is_answered_once_until_it_is_over(storage: &dyn Storage) -> Result<()> {
    let (question, other) = (random::<16>(), random::<16>());
    let until = now().plus_seconds(600);

    let mut unit = storage.begin().await?;
    assert!(unit.note_answered(&question, until, now()).await?);
    drop(unit);
    let mut unit = storage.begin().await?;
    assert!(unit.note_answered(&question, until, now()).await?, "what was not committed did not happen");
    unit.commit().await?;
    let mut unit = storage.begin().await?;
    assert!(!unit.note_answered(&question, until, until.plus_seconds(-1)).await?);
    assert!(unit.note_answered(&other, until, now()).await?);
    assert!(unit.note_answered(&question, until.plus_seconds(600), until).await?, "it is forgotten by then");
    unit.commit().await
}

pub async fn a_passkey_is_found_by_its_credential_and_belongs_to_one(storage: &dyn Storage) -> Result<()> {
    let (staff, other) = (kept_staff(storage).await?, kept_staff(storage).await?);
    let (first, second) = (passkey(staff.id), passkey(staff.id));
    let others = passkey(other.id);
    let mut unit = storage.begin().await?;
    for passkey in [&first, &second, &others] {
        unit.insert_passkey(passkey).await?;
    }
    unit.commit().await?;
    let mut unit = storage.begin().await?;
    let again = Passkey { credential: first.credential.clone(), ..passkey(other.id) };
    let refused = unit.insert_passkey(&again).await;
    assert!(matches!(refused, Err(StorageError::Duplicate(_))), "{refused:?}");
    drop(unit);

    assert_eq!(storage.passkeys(staff.id).await?, [first.clone(), second.clone()]);
    let found = storage.passkey_by_credential(&first.credential).await?;
    assert_eq!(found, Some((first.clone(), staff.clone())));
    assert_eq!(storage.passkey_by_credential(b"unknown").await?, None);

    let at = now();
    let mut unit = storage.begin().await?;
    assert!(unit.use_passkey(first.id, 0, at).await?, "one that counts nothing");
    assert!(unit.use_passkey(first.id, 7, at).await?);
    for before in [0, 6, 7] {
        assert!(!unit.use_passkey(first.id, before, at).await?, "{before}");
    }
    assert!(unit.use_passkey(first.id, u32::MAX, at).await?);
    assert!(!unit.use_passkey(PasskeyId::new(at, random()), 1, at).await?, "unknown");
    assert!(!unit.delete_passkey(staff.id, others.id).await?, "another's");
    assert!(unit.delete_passkey(staff.id, second.id).await?);
    unit.commit().await?;
    let used = Passkey { sign_count: u32::MAX, last_used_at: Some(at), ..first };
    assert_eq!(storage.passkeys(staff.id).await?, [used]);

    let mut unit = storage.begin().await?;
    assert_eq!(unit.delete_passkeys(staff.id).await?, 1);
    unit.commit().await?;
    assert_eq!(storage.passkeys(staff.id).await?, []);
    assert_eq!(storage.passkeys(other.id).await?, [others]);
    Ok(())
}

fn app(staff: StaffId, seed: u8) -> Authenticator {
    Authenticator { staff, seed: [seed; 32], created_at: now(), confirmed_at: None, last_step: None }
}

async fn put(storage: &dyn Storage, app: &Authenticator) -> Result<()> {
    let mut unit = storage.begin().await?;
    unit.put_authenticator(app).await?;
    unit.commit().await
}

fn passkey(staff: StaffId) -> Passkey {
    let id = PasskeyId::new(now(), random());
    Passkey {
        id,
        staff,
        credential: id.as_bytes().to_vec(),
        algorithm: -7,
        public_key: vec![1, 2, 3],
        sign_count: 0,
        name: "Key ring".to_owned(),
        created_at: now(),
        last_used_at: None,
    }
}
