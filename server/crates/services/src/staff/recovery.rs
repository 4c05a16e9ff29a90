//! Recovery codes: for whoever has not got the authenticator app at hand. Each works once.

use domain::{Secret, StaffId};
use storage::{Actor, AuditAction, TokenHash, UnitOfWork};

use super::base32;
use crate::{Confirmed, ServiceError, Services, StaffCaller};

/// How many are given out.
pub const RECOVERY_CODES: usize = 10;
/// Random bytes of each; 80 bits are out of reach of guessing, so a plain digest keeps them.
const CODE_BYTES: usize = 10;
/// Their letters and digits, without the dashes between them.
pub(super) const CODE_LENGTH: usize = 16;

impl Services {
    /// Ten new recovery codes in place of those before; they are told once. `None` without an authenticator app: there is
    /// nothing they could stand in for.
    ///
    /// # Errors
    /// When they cannot be kept.
    pub async fn new_recovery_codes(
        &self,
        caller: &Confirmed<StaffCaller>,
    ) -> Result<Option<Vec<Secret>>, ServiceError> {
        let staff = caller.caller().id();
        let app = self.storage().authenticator(staff).await?;
        if app.is_none_or(|app| app.confirmed_at.is_none()) {
            return Ok(None);
        }
        let mut unit = self.storage().begin().await?;
        let codes = self.put_new_codes(&mut *unit, staff).await?;
        let actor = Actor::Staff(staff);
        self.audit(&mut *unit, None, actor, AuditAction::RecoveryCodesMade, String::new()).await?;
        unit.commit().await?;
        Ok(Some(codes))
    }

    pub(super) async fn put_new_codes(
        &self,
        unit: &mut dyn UnitOfWork,
        staff: StaffId,
    ) -> Result<Vec<Secret>, ServiceError> {
        let mut codes = Vec::with_capacity(RECOVERY_CODES);
        for _ in 0..RECOVERY_CODES {
            let mut bytes = [0; CODE_BYTES];
            self.entropy().fill(&mut bytes).map_err(ServiceError::Unexpected)?;
            codes.push(base32::encode(&bytes));
        }
        let hashes: Vec<TokenHash> = codes.iter().map(|code| hash(code)).collect();
        unit.put_recovery_codes(staff, &hashes).await?;
        Ok(codes.iter().map(|code| Secret::new(in_groups(code))).collect())
    }
}

/// What is kept of a code.
pub(super) fn hash(code: &str) -> TokenHash {
    TokenHash(vault::sha256(code.as_bytes()))
}

/// Four signs and a dash, as people read and type them.
fn in_groups(code: &str) -> String {
    let mut text = String::new();
    for (n, sign) in code.to_lowercase().chars().enumerate() {
        if n > 0 && n % 4 == 0 {
            text.push('-');
        }
        text.push(sign);
    }
    text
}
