//! What the cases are made of. Every value is new, and every time is later than all before, so that cases can share
//! a database.

#![expect(clippy::unwrap_used, reason = "the texts below are well formed")]

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::sync::atomic::{AtomicI64, Ordering};

use domain::{
    AuditId, Browser, CheckId, CheckOutcome, CheckReport, ConnectionStep, CredentialField, CustomerName,
    EmailAddress, HandOverId, InviteId, Language, LinkId, LinkStatus, Permission, PermissionResult,
    PermissionSet, Reference, Role, RowResult, SessionId, StaffId, Step, Timestamp, WebServicesHost,
    WelcomeNote, WhoActs,
};

use crate::{
    Actor, AuditAction, AuditBond, AuditEntry, AuditStep, CheckRun, Client, FieldState, Fingerprint,
    FlowSession, HandOver, Invite, Link, Previous, Result, SealedCredential, Slot, Staff, StaffSession,
    Storage, TokenHash, UnitOfWork, WrappedKey,
};

/// Length of a wrapped data key's envelope: its version, a nonce, the key and a tag.
const WRAPPED_KEY_LENGTH: usize = 61;

/// A time later than every one before.
pub(super) fn now() -> Timestamp {
    static LAST: AtomicI64 = AtomicI64::new(1_800_000_000_000);
    Timestamp::from_millis(LAST.fetch_add(1_000, Ordering::Relaxed))
}

/// Bytes nobody else has. The standard library's hash keys are the only randomness it offers, and enough here.
pub(super) fn random<const N: usize>() -> [u8; N] {
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

pub(super) fn fingerprint() -> Fingerprint {
    Fingerprint(random())
}

pub(super) fn link_id() -> LinkId {
    LinkId::new(now(), random())
}

pub(super) fn invite_id() -> InviteId {
    InviteId::new(now(), random())
}

pub(super) fn hand_over_id() -> HandOverId {
    HandOverId::new(now(), random())
}

/// An id of this moment: those of one moment sort at random.
pub(super) fn check_id(at: Timestamp) -> CheckId {
    CheckId::new(at, random())
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
        reference: Some(Reference::parse("ticket 4711").unwrap()),
        language: Language::English,
        note: Some(WelcomeNote::parse("Hello Maria,\nwe spoke on Monday.").unwrap()),
        assignee: None,
        paused_from: None,
        permissions: PermissionSet::new(&[Permission::PayrollIntegration]),
        status: LinkStatus::Invited,
        who_acts: WhoActs::Customer,
        problem: Some(domain::ProblemCode::UkgBusy),
        step_reached: Some(Step::Account),
        host: Some(host("service5.ultipro.com")),
        fresh_host: Some(host("service4.ultipro.com")),
        account: Some(fingerprint()),
        previous: Some(previous(at)),
        created_at: at,
        changed_at: at,
        linked_at: Some(at),
    }
}

/// What a link was until it was replaced then.
pub(super) fn previous(replaced_at: Timestamp) -> Previous {
    Previous {
        host: host("service3.ultipro.ca"),
        status: LinkStatus::LinkedWithGaps,
        account: Some(fingerprint()),
        replaced_at,
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
        renews: None,
    }
}

/// A step of the invite's link, handed over by its holder and not begun.
pub(super) fn hand_over_of(invite: &Invite, step: Step) -> HandOver {
    let at = now();
    HandOver {
        id: hand_over_id(),
        link: invite.link,
        invite: invite.id,
        step,
        token: token(),
        created_at: at,
        expires_at: at.plus_seconds(24 * 3600),
        started_at: None,
        ended_at: None,
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
        hand_over: None,
    }
}

pub(super) fn session_of_hand_over(hand_over: &HandOver) -> FlowSession {
    let invite = Invite { id: hand_over.invite, ..invite_to(hand_over.link) };
    FlowSession { hand_over: Some(hand_over.id), ..session_from(&invite) }
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
    SealedCredential { field, slot, envelope: envelope(48), fingerprint: Some(fingerprint()) }
}

pub(super) fn running_check(link: LinkId) -> CheckRun {
    let at = now();
    CheckRun {
        id: check_id(at),
        link,
        host: host("service5.ultipro.com"),
        started_at: at,
        finished_at: None,
        report: None,
        submission: fingerprint(),
        account: None,
        of_replacement: false,
        refused: 0,
        surplus: Vec::new(),
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
            took_ms: Some(310),
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
        deactivated_at: None,
    }
}

pub(super) fn session_of(staff: &Staff) -> StaffSession {
    let at = now();
    StaffSession {
        token: token(),
        id: SessionId::new(at, random()),
        staff: staff.id,
        created_at: at,
        last_used_at: at,
        confirmed_at: at,
        browser: "Firefox on Windows".to_owned(),
        address: Some([203, 0, 113, 9].into()),
    }
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
        client: Client { address: Some([192, 0, 2, 7].into()), browser: Some(Browser::Firefox) },
    }
}

/// Adds the entry to the log. A storage does not look into a hash: any will do.
pub(super) async fn append(unit: &mut dyn UnitOfWork, entry: &AuditEntry) -> Result<()> {
    let position = unit.audit_head().await?.position + 1;
    unit.append_audit(entry, &step(position)).await
}

/// The step of the entry at this position.
pub(super) fn step(position: u64) -> AuditStep {
    let byte = u8::try_from(position % 251).unwrap_or_default();
    let bond = AuditBond { hash: [byte; 32], seal: Some([byte + 1; 32]) };
    AuditStep { position, bond, head_seal: Some([byte + 2; 32]) }
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

/// Keeps this sealed value.
pub(super) async fn put_sealed(
    storage: &dyn Storage,
    link: LinkId,
    value: &SealedCredential,
    at: Timestamp,
) -> Result<()> {
    let mut unit = storage.begin().await?;
    unit.put_sealed(link, value, at).await?;
    unit.commit().await
}

/// A sealed value of this field in this slot, kept.
pub(super) async fn kept_sealed(
    storage: &dyn Storage,
    link: LinkId,
    field: CredentialField,
    slot: Slot,
) -> Result<SealedCredential> {
    let value = sealed(field, slot);
    put_sealed(storage, link, &value, now()).await?;
    Ok(value)
}

/// The link's sealed values, by field and slot: the order in which they are returned is nobody's business.
pub(super) async fn sealed_values(storage: &dyn Storage, link: LinkId) -> Result<Vec<SealedCredential>> {
    let mut values = storage.begin().await?.sealed_values(link).await?;
    values.sort_by_key(|value| (value.field, position(value.slot)));
    Ok(values)
}

/// What is told of this value, entered then.
pub(super) fn state_of(value: &SealedCredential, changed_at: Timestamp) -> FieldState {
    FieldState { field: value.field, slot: value.slot, changed_at, fingerprint: value.fingerprint }
}

/// In the same order as [`sealed_values`].
pub(super) fn by_field_and_slot(mut states: Vec<FieldState>) -> Vec<FieldState> {
    states.sort_by_key(|state| (state.field, position(state.slot)));
    states
}

fn position(slot: Slot) -> Option<usize> {
    Slot::ALL.into_iter().position(|other| other == slot)
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

/// A step of the invite's link, handed over, kept.
pub(super) async fn kept_hand_over(storage: &dyn Storage, invite: &Invite, step: Step) -> Result<HandOver> {
    let hand_over = hand_over_of(invite, step);
    let mut unit = storage.begin().await?;
    unit.insert_hand_over(&hand_over).await?;
    unit.commit().await?;
    Ok(hand_over)
}

/// A session that came from this hand-over, kept.
pub(super) async fn kept_session(storage: &dyn Storage, hand_over: &HandOver) -> Result<FlowSession> {
    let session = session_of_hand_over(hand_over);
    let mut unit = storage.begin().await?;
    unit.insert_flow_session(&session).await?;
    unit.commit().await?;
    Ok(session)
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

/// Settles every link that lapsed; how many.
pub(super) async fn settle_lapsed(storage: &dyn Storage, now: Timestamp) -> Result<usize> {
    let mut unit = storage.begin().await?;
    let settled = unit.settle_lapsed(now, u32::MAX).await?;
    unit.commit().await?;
    Ok(settled.len())
}
