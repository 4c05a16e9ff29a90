//! Tokens of invites that a letter brings. The letter may be tried again, in another process, and must then bring the same
//! invite; but a token is kept as its hash alone. So it is not drawn by chance but follows from the invite's id, under the
//! installation's key: whoever has the database alone cannot make it.

use domain::InviteId;
use vault::Purpose;

use crate::{ServiceError, Services, Token};

/// Where an invite's token comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Drawn {
    /// From chance: nobody can make it again.
    ByChance,
    /// From the invite's id: a letter that brings it can be tried again.
    ForLetter,
}

impl Services {
    /// The token of a new invite.
    pub(crate) fn draw_token(&self, invite: InviteId, drawn: Drawn) -> Result<Token, ServiceError> {
        let again = match drawn {
            Drawn::ByChance => None,
            Drawn::ForLetter => self.letter_token(invite)?,
        };
        again.map_or_else(|| Token::new(self.entropy()), Ok)
    }

    /// The token that follows from the invite's id; `None` while the installation's key cannot be opened.
    pub(super) fn letter_token(&self, invite: InviteId) -> Result<Option<Token>, ServiceError> {
        let bytes = self.ready_fingerprints()?.lasting(Purpose::LetterToken, &[invite.as_bytes()]);
        Ok(bytes.map(Token::of_bytes))
    }
}
