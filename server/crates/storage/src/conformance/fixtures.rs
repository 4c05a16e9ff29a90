//! What the cases are made of. Every value is new, and every time is later than all before, so that cases can share
//! a database.

#![expect(clippy::unwrap_used, reason = "the texts below are well formed")]

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::sync::atomic::{AtomicI64, Ordering};

use domain::{
    AuditId, CheckId, CheckOutcome, CheckReport, ConnectionStep, CredentialField, CustomerName, EmailAddress,
    InviteId, LinkId, LinkStatus, Permission, PermissionResult, PermissionSet, Role, RowResult, StaffId,
    Timestamp, WebServicesHost, WhoActs,
};

use crate::{
    Actor, AuditAction, AuditEntry, CheckRun, FlowSession, Invite, Link, Result, SealedCredential, Slot,
    Staff, StaffSession, Storage, TokenHash, WrappedKey,
};

/// Length of a wrapped data key's envelope: its version, a nonce, the key and a tag.
const WRAPPED_KEY_LENGTH: usize = 61;

/// A time later than every one before.
pub(super) fn now() -> Timestamp {
    static LAST: AtomicI64 = AtomicI64::new(1_800_000_000_000);
    Timestamp::from_millis(LAST.fetch_add(1_000, Ordering::Relaxed))
}

/// Bytes nobody else has. The standard library's hash keys are the only randomness it offers, and enough here.
fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    for chunk in bytes.chunks_mut(8) {
        let drawn = RandomState::new().build_hasher().finish().to_le_bytes();
        chunk.iter_mut().zip(drawn).for_each(|(byte, new)| *byte = new);
    }
    bytes
}

pub(super) fn token() -> TokenHash {
    TokenHash(random())
}

pub(super) fn link_id() -> LinkId {
    LinkId::new(now(), random())
}

pub(super) fn invite_id() -> InviteId {
    InviteId::new(now(), random())
}

pub(super) fn staff_id() -> StaffId {
    StaffId::new(now(), random())
}

pub(super) fn host(text: &str) -> WebServicesHost {
    WebServicesHost::from_stored(text).unwrap()
}

pub(super) fn email(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

/// A link of which everything is known.
pub(super) fn link() -> Link {
    let at = now();
    Link {
        id: LinkId::new(at, random()),
        customer: CustomerName::parse("Müller & Söhne, \"Nord\" – O'Hara").unwrap(),
        contact: Some(email("maria@northwind.example")),
        permissions: PermissionSet::new(&[Permission::PayrollIntegration]),
        status: LinkStatus::Invited,
        who_acts: WhoActs::Customer,
        problem: Some(domain::ProblemCode::UkgBusy),
        step_reached: Some(domain::Step::Account),
        host: Some(host("service5.ultipro.com")),
        created_at: at,
        changed_at: at,
        linked_at: Some(at),
    }
}

pub(super) fn invite_to(link: LinkId) -> Invite {
    let at = now();
    Invite {
        id: InviteId::new(at, random()),
        link,
        token: token(),
        created_at: at,
        expires_at: at.plus_seconds(14 * 24 * 3600),
        started_at: None,
        revoked_at: None,
        completed_at: None,
    }
}

pub(super) fn session_from(invite: &Invite) -> FlowSession {
    let at = now();
    FlowSession {
        token: token(),
        link: invite.link,
        invite: invite.id,
        created_at: at,
        expires_at: at.plus_seconds(8 * 3600),
    }
}

pub(super) fn data_key() -> WrappedKey {
    WrappedKey { key_id: "2026-a".to_owned(), envelope: envelope(WRAPPED_KEY_LENGTH) }
}

/// An envelope of version 1, as long as asked.
pub(super) fn envelope(length: usize) -> Vec<u8> {
    let bytes = std::iter::repeat_with(random::<8>).flatten();
    std::iter::once(1).chain(bytes).take(length).collect()
}

pub(super) fn sealed(field: CredentialField, slot: Slot) -> SealedCredential {
    SealedCredential { field, slot, envelope: envelope(48) }
}

pub(super) fn running_check(link: LinkId) -> CheckRun {
    let at = now();
    CheckRun {
        id: CheckId::new(at, random()),
        link,
        host: host("service5.ultipro.com"),
        started_at: at,
        finished_at: None,
        report: None,
    }
}

pub(super) fn finished(check: &CheckRun, report: Option<CheckReport>) -> CheckRun {
    CheckRun { finished_at: Some(now()), report, ..check.clone() }
}

pub(super) fn report() -> CheckReport {
    CheckReport {
        outcome: CheckOutcome::Linked,
        connection: ConnectionStep::Accepted,
        reached_ms: Some(0),
        accepted_ms: Some(u32::MAX),
        rows: vec![RowResult {
            permission: Permission::EmployeePersonDetails,
            result: PermissionResult::Granted,
            problem: None,
        }],
    }
}

pub(super) fn staff() -> Staff {
    let id = staff_id();
    Staff {
        id,
        email: email(&format!("{id}@linkdesk.example")),
        role: Role::Support,
        password_hash: "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA".to_owned(),
        created_at: now(),
    }
}

pub(super) fn session_of(staff: &Staff) -> StaffSession {
    let at = now();
    StaffSession { token: token(), staff: staff.id, created_at: at, last_used_at: at }
}

pub(super) fn entry(link: Option<LinkId>) -> AuditEntry {
    let at = now();
    AuditEntry {
        id: AuditId::new(at, random()),
        at,
        link,
        actor: Actor::System,
        action: AuditAction::StepSaved,
        detail: "domain: service5.ultipro.com".to_owned(),
    }
}

/// Keeps this link.
pub(super) async fn keep(storage: &dyn Storage, link: &Link) -> Result<()> {
    let mut unit = storage.begin().await?;
    unit.insert_link(link).await?;
    unit.commit().await
}

/// A link that is kept.
pub(super) async fn kept_link(storage: &dyn Storage) -> Result<Link> {
    let link = link();
    keep(storage, &link).await?;
    Ok(link)
}

/// A link with its data key, both kept: sealed values can be added.
pub(super) async fn kept_link_with_key(storage: &dyn Storage) -> Result<LinkId> {
    let link = kept_link(storage).await?;
    let mut unit = storage.begin().await?;
    unit.insert_data_key(link.id, &data_key()).await?;
    unit.commit().await?;
    Ok(link.id)
}

/// An invite to a link of its own, both kept.
pub(super) async fn kept_invite(storage: &dyn Storage) -> Result<Invite> {
    let link = kept_link(storage).await?;
    kept_invite_to(storage, link.id).await
}

/// An invite to this link, kept.
pub(super) async fn kept_invite_to(storage: &dyn Storage, link: LinkId) -> Result<Invite> {
    let invite = invite_to(link);
    let mut unit = storage.begin().await?;
    unit.insert_invite(&invite).await?;
    unit.commit().await?;
    Ok(invite)
}

/// A staff account that is kept.
pub(super) async fn kept_staff(storage: &dyn Storage) -> Result<Staff> {
    let staff = staff();
    let mut unit = storage.begin().await?;
    unit.insert_staff(&staff).await?;
    unit.commit().await?;
    Ok(staff)
}

/// A running check of a link of its own, both kept.
pub(super) async fn kept_check(storage: &dyn Storage) -> Result<CheckRun> {
    let link = kept_link(storage).await?;
    kept_check_of(storage, link.id).await
}

/// A running check of this link, kept.
pub(super) async fn kept_check_of(storage: &dyn Storage, link: LinkId) -> Result<CheckRun> {
    let check = running_check(link);
    let mut unit = storage.begin().await?;
    unit.insert_check(&check).await?;
    unit.commit().await?;
    Ok(check)
}
