//! Many invites at once, from a table: what each line would make, and making the good ones, all or none.

mod table;

use std::collections::HashMap;

use domain::{
    CustomerName, DraftProblem, EmailAddress, InviteDraft, LinkId, PermissionSet, PresetName, Reference,
    Timestamp,
};
use storage::{Actor, LetterKind, Link, Preset};

use crate::letters::Drawn;
use crate::{NewInvite, ServiceError, Services, StaffCaller, TWINS_SHOWN, Token, Twins};

pub use table::{BULK_LINES_MAX, BulkRefusal, text_of_upload};

/// A table, read.
#[derive(Clone, Debug)]
pub struct BulkPreview {
    /// Its lines, in order.
    pub lines: Vec<BulkLine>,
    /// Columns that mean nothing here, by their headings.
    pub ignored: Vec<String>,
}

/// One line of a table.
#[derive(Clone, Debug)]
pub struct BulkLine {
    /// Its number in the text, the headings being line 1.
    pub number: u64,
    /// Its texts.
    pub draft: InviteDraft,
    /// What it would make.
    pub state: LineState,
}

/// What a line would make.
#[derive(Clone, Debug)]
pub enum LineState {
    /// An invite.
    Good(NewInvite),
    /// None: these fields are wrong.
    Wrong(Vec<DraftProblem>),
    /// None: it has more cells than there are headings.
    TooManyCells,
    /// None unless asked for: an earlier line is for the same customer or contact.
    TwinLine(NewInvite, u64),
    /// None unless asked for: these unfinished links are for the same customer or contact.
    TwinLinks(NewInvite, Vec<Link>),
}

/// What was made of a table.
#[derive(Clone, Debug)]
pub struct BulkMade {
    /// The invites.
    pub made: Vec<MadeLine>,
    /// The lines of which nothing was made.
    pub left_out: Vec<BulkLine>,
}

/// An invite made of a line.
#[derive(Clone, Debug)]
pub struct MadeLine {
    /// The line's number.
    pub number: u64,
    /// The link.
    pub link: LinkId,
    /// The customer.
    pub customer: CustomerName,
    /// Whom it is for.
    pub contact: Option<EmailAddress>,
    /// Staff's own name for it.
    pub reference: Option<Reference>,
    /// The secret part of its URL, told this once.
    pub token: Token,
    /// Until when it lets somebody in.
    pub expires_at: Timestamp,
    /// Whether it is being mailed.
    pub mailed: bool,
}

impl LineState {
    /// The invite this line makes; `None` when it makes none.
    #[must_use]
    pub fn invite(&self, twins: Twins) -> Option<&NewInvite> {
        match self {
            Self::Good(new) => Some(new),
            Self::TwinLine(new, _) | Self::TwinLinks(new, _) => Some(new).filter(|_| twins == Twins::Accept),
            Self::Wrong(_) | Self::TooManyCells => None,
        }
    }
}

impl Services {
    /// What each line of the table would make. Changes nothing.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn preview_invites(
        &self,
        _: &StaffCaller,
        text: &str,
    ) -> Result<Result<BulkPreview, BulkRefusal>, ServiceError> {
        let mut read = match self.read_table(text, &self.storage().presets().await?) {
            Ok(read) => read,
            Err(refusal) => return Ok(Err(refusal)),
        };
        for line in &mut read.lines {
            let LineState::Good(new) = &line.state else { continue };
            let twins = self.storage().unfinished_links(&new.customer, new.contact.as_ref(), TWINS_SHOWN);
            let twins = twins.await?;
            if !twins.is_empty() {
                line.state = LineState::TwinLinks(new.clone(), twins);
            }
        }
        Ok(Ok(read))
    }

    /// Makes the invites of every good line, all in one unit of work, and owes their contacts the letters when
    /// that is wanted.
    ///
    /// # Errors
    /// When they cannot be kept; then none is.
    pub async fn make_invites(
        &self,
        caller: &StaffCaller,
        text: &str,
        twins: Twins,
        mail: bool,
    ) -> Result<Result<BulkMade, BulkRefusal>, ServiceError> {
        let read = match self.read_table(text, &self.storage().presets().await?) {
            Ok(read) => read,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let mail = mail && self.can_mail();
        let (mut made, mut left_out) = (Vec::new(), Vec::new());
        let mut unit = self.storage().begin().await?;
        // Every line is compared with what was there before the first: lines are told apart from one another already.
        let mut checked = Vec::new();
        for mut line in read.lines {
            if let LineState::Good(new) = &line.state {
                let found = unit.unfinished_links(&new.customer, new.contact.as_ref(), TWINS_SHOWN).await?;
                if !found.is_empty() {
                    line.state = LineState::TwinLinks(new.clone(), found);
                }
            }
            checked.push(line);
        }
        for line in checked {
            let Some(new) = line.state.invite(twins).cloned() else {
                left_out.push(line);
                continue;
            };
            let mailed = mail && new.contact.is_some();
            let drawn = if mailed { Drawn::ForLetter } else { Drawn::ByChance };
            let new = self.make_link(&mut *unit, new, Actor::Staff(caller.id()), drawn).await?;
            if mailed {
                self.owe_invite(&mut *unit, &new, LetterKind::Invite, 0).await?;
            }
            made.push(MadeLine {
                number: line.number,
                link: new.link.id,
                customer: new.link.customer.clone(),
                contact: new.link.contact.clone(),
                reference: new.link.reference.clone(),
                token: new.token,
                expires_at: new.invite.expires_at,
                mailed,
            });
        }
        unit.commit().await?;
        Ok(Ok(BulkMade { made, left_out }))
    }

    /// The table's lines, each compared with those before it.
    fn read_table(&self, text: &str, presets: &[Preset]) -> Result<BulkPreview, BulkRefusal> {
        let presets: Vec<(PresetName, PermissionSet)> =
            presets.iter().map(|preset| (preset.name.clone(), preset.permissions.clone())).collect();
        let table = table::read(text)?;
        let (mut customers, mut contacts) = (HashMap::new(), HashMap::new());
        let lines = table.rows.into_iter().map(|row| {
            let state = match row.draft.read(&presets) {
                Ok(_) if row.too_many => LineState::TooManyCells,
                Err(problems) => LineState::Wrong(problems),
                Ok(order) => {
                    let new = NewInvite::from(order);
                    let customer = new.customer.as_str().to_lowercase();
                    let before = customers.get(&customer).copied();
                    let contact = new.contact.as_ref().map(ToString::to_string);
                    let before = before
                        .or_else(|| contact.as_ref().and_then(|contact| contacts.get(contact).copied()));
                    customers.entry(customer).or_insert(row.number);
                    if let Some(contact) = contact {
                        contacts.entry(contact).or_insert(row.number);
                    }
                    match before {
                        Some(before) => LineState::TwinLine(new, before),
                        None => LineState::Good(new),
                    }
                }
            };
            BulkLine { number: row.number, draft: row.draft, state }
        });
        Ok(BulkPreview { lines: lines.collect(), ignored: table.ignored })
    }
}
