//! The questions put to passkeys. Nothing is kept of one that is asked, so strangers can ask as often as they like: a
//! question carries until when it counts and what it is for, under a keyed digest of ours. One that was answered well is
//! kept in the database until then, so that no answer counts twice, at whichever server.

use domain::{SessionId, StaffId, Timestamp};

use super::ceremony::text;
use crate::{ServiceError, Services};

/// How long an answer may take, in seconds.
const VALID_SECONDS: i64 = 10 * 60;
const NONCE: usize = 16;
const TIME: usize = 8;
const DIGEST: usize = 32;

/// What a question is asked for: an answer to it counts for nothing else.
#[derive(Clone, Copy)]
pub(in crate::staff) enum AskedFor {
    /// To sign in, whoever it is.
    SignIn,
    /// To make a passkey of this account.
    New(StaffId),
    /// To prove in this session again who one is.
    Confirm(SessionId),
}

impl AskedFor {
    fn bytes(self) -> Vec<u8> {
        match self {
            Self::SignIn => vec![0],
            Self::New(staff) => [&[1], staff.as_bytes().as_slice()].concat(),
            Self::Confirm(session) => [&[2], session.as_bytes().as_slice()].concat(),
        }
    }
}

impl Services {
    /// A new question, as text.
    pub(super) async fn new_challenge(&self, asked_for: AskedFor) -> Result<String, ServiceError> {
        let mut nonce = [0; NONCE];
        self.entropy().fill(&mut nonce).map_err(ServiceError::Unexpected)?;
        let until = self.now().plus_seconds(VALID_SECONDS).as_millis().to_be_bytes();
        let digest = self.challenge_digest(&nonce, &until, asked_for).await?;
        Ok(text(&[nonce.as_slice(), until.as_slice(), digest.as_slice()].concat()))
    }

    /// Whether the question is one of ours, asked for this, not over and not answered before. From now on it is.
    pub(super) async fn take_challenge(
        &self,
        challenge: &[u8],
        asked_for: AskedFor,
    ) -> Result<bool, ServiceError> {
        let parts = challenge.split_first_chunk::<NONCE>().and_then(|(nonce, rest)| {
            let (until, digest) = rest.split_first_chunk::<TIME>()?;
            Some((nonce, until, <&[u8; DIGEST]>::try_from(digest).ok()?))
        });
        let Some((nonce, until, digest)) = parts else { return Ok(false) };
        let ours = self.challenge_digest(nonce, until, asked_for).await?;
        let until = Timestamp::from_millis(i64::from_be_bytes(*until));
        let now = self.now();
        // The digests of both, so that the comparison tells nothing of ours by the time it takes.
        let same = vault::sha256(digest) == vault::sha256(&ours);
        if !same || now.millis_since(until) >= 0 {
            return Ok(false);
        }
        let mut unit = self.storage().begin().await?;
        let first = unit.note_answered(nonce, until, now).await?;
        unit.commit().await?;
        Ok(first)
    }

    async fn challenge_digest(
        &self,
        nonce: &[u8; NONCE],
        until: &[u8; TIME],
        asked_for: AskedFor,
    ) -> Result<[u8; DIGEST], ServiceError> {
        Ok(self.fingerprints().await?.challenge(&[nonce, until, &asked_for.bytes()]))
    }
}
