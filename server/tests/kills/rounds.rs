//! One kill after another: two administrators wait for UKG Pro, the program dies, and both go on.

use std::fmt;
use std::time::Duration;

use crate::ground::{GOOD, Ground, Login, SECOND, WATCHED};
use crate::state::{Standing, all_ended, assert_nothing_is_half_made, running, standing};
use crate::visitor::Visitor;

/// The kill comes at most so long after both forms were sent: about as long as both checks take, and a little more.
const WITHIN: Duration = Duration::from_millis(450);
/// What UKG Pro may refuse of values that were entered, and of those of a link that stands (bar R8).
const NEW: usize = 3;
const STORED: usize = 4;
const WRONG: Login = (WATCHED.0, "Wrong+Pass(1)");

/// What the second administrator waits for.
#[derive(Clone, Copy, Debug)]
enum Case {
    /// Her first check, with an account that is good.
    First,
    /// Her first check, with a password that is refused.
    Refused,
    /// Another check of her link, whose password was changed in UKG Pro.
    StoredRefused,
    /// A new password for her link, which is refused.
    FreshRefused,
}

/// What was done and found.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    kills: usize,
    /// Checks that a kill cut short.
    cut_short: usize,
    /// Links that a kill left as they were before, and as they are after.
    before: usize,
    after: usize,
    /// The most that UKG Pro refused of one password that was entered, and of one that was in use.
    refused_new: usize,
    refused_stored: usize,
    starts: Vec<Duration>,
}

impl Figures {
    pub fn and(mut self, more: &Self) -> Self {
        self.kills += more.kills;
        self.cut_short += more.cut_short;
        self.before += more.before;
        self.after += more.after;
        self.refused_new = self.refused_new.max(more.refused_new);
        self.refused_stored = self.refused_stored.max(more.refused_stored);
        self.starts.extend(&more.starts);
        self
    }

    fn note(&mut self, is_after: bool) {
        if is_after { self.after += 1 } else { self.before += 1 }
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut starts = self.starts.clone();
        starts.sort_unstable();
        let middle = starts.get(starts.len() / 2).copied().unwrap_or_default();
        let Self { kills, cut_short, before, after, refused_new, refused_stored, .. } = self;
        write!(
            f,
            "{kills} kills: {cut_short} checks cut short, {before} links as before, {after} as after; refused at most \
             {refused_new} requests of a password that was entered and {refused_stored} of one in use; serving again \
             after {middle:?} (median)"
        )
    }
}

pub async fn run(mut ground: Ground, kills: usize) -> Figures {
    let mut figures = Figures::default();
    let invite = ground.invite();
    let first = Visitor::start(ground.program.address(), &invite).await;
    first.enters_two(GOOD).await;
    first.enters_host().await;
    all_ended(&ground.program).await;
    let mut in_use = GOOD;
    for round in 0..kills {
        let case = [Case::First, Case::Refused, Case::StoredRefused, Case::FreshRefused][round % 4];
        let next = if round % 3 == 0 {
            in_use
        } else if in_use == GOOD {
            SECOND
        } else {
            GOOD
        };
        let invite = ground.invite();
        let second = prepared(&ground, case, &invite).await;
        ground.ukg.forget();

        let (one, two) = (first.clone(), second.clone());
        let again = next == in_use;
        let waiting =
            tokio::spawn(async move { if again { one.checks().await } else { one.enters(next).await } });
        let waiting_too = tokio::spawn(async move { asks(&two, case).await });
        tokio::time::sleep(ground.chance.up_to(WITHIN)).await;
        ground.program.kill();
        waiting.await.unwrap();
        waiting_too.await.unwrap();
        figures.kills += 1;
        figures.cut_short += running(&ground.program).await;
        figures.starts.push(ground.program.serve().await);

        assert_nothing_is_half_made(&ground.program).await;
        // The program asks UKG Pro nothing by itself, nor does who only looks.
        let asked = ground.ukg.requests().len();
        first.looks_around().await;
        second.looks_around().await;
        assert_eq!(ground.ukg.requests().len(), asked, "asked without being told to");
        let replaced = first_goes_on(&ground, &first, in_use, next).await;
        figures.note(replaced);
        let is_after = second_goes_on(&ground, &second, case, &mut figures).await;
        figures.note(is_after);
        in_use = next;
    }
    figures
}

/// An administrator one form before what she is to wait for.
async fn prepared(ground: &Ground, case: Case, invite: &str) -> Visitor {
    let visitor = Visitor::start(ground.program.address(), invite).await;
    match case {
        Case::First => visitor.enters_two(GOOD).await,
        Case::Refused => visitor.enters_two(WRONG).await,
        Case::StoredRefused | Case::FreshRefused => {
            visitor.enters_two(WATCHED).await;
            visitor.enters_host().await;
            all_ended(&ground.program).await;
            assert_eq!(standing(&ground.program, visitor.link).await.status, "linked");
        }
    }
    if matches!(case, Case::StoredRefused) {
        ground.password_becomes("Changed+Pass(1)");
    }
    visitor
}

async fn asks(visitor: &Visitor, case: Case) -> bool {
    match case {
        Case::First | Case::Refused => visitor.enters_host().await,
        Case::StoredRefused => visitor.checks().await,
        Case::FreshRefused => visitor.enters(WRONG).await,
    }
}

/// The link that stands, with the same account again or with another: tells whether it was replaced before the kill.
async fn first_goes_on(ground: &Ground, visitor: &Visitor, old: Login, new: Login) -> bool {
    let program = &ground.program;
    let found = standing(program, visitor.link).await;
    assert_eq!(found.status, "linked");
    assert!(found.is(old) || found.is(new), "neither as before nor as after: {found:?}");
    let replaced = old != new && found.is(new);
    // Her form may not have arrived; then she sends it again.
    assert!(visitor.enters(new).await && visitor.checks().await);
    all_ended(program).await;
    let end = standing(program, visitor.link).await;
    assert!(end.status == "linked" && end.is(new), "{end:?}");
    assert!(old == new || end.has_previous, "the way back is kept");
    replaced
}

async fn second_goes_on(ground: &Ground, visitor: &Visitor, case: Case, figures: &mut Figures) -> bool {
    let program = &ground.program;
    let found = standing(program, visitor.link).await;
    let is_after = assert_before_or_after(&found, case, ground.refused());
    for _ in 0..3 {
        assert!(asks(visitor, case).await && visitor.checks().await);
        all_ended(program).await;
    }
    let end = standing(program, visitor.link).await;
    match case {
        Case::First => assert!(end.status == "linked" && end.is(GOOD), "{end:?}"),
        Case::Refused => assert_eq!(end.status, "in_progress"),
        Case::StoredRefused => {
            assert!(["linked", "attention", "broken"].contains(&end.status.as_str()), "{end:?}")
        }
        Case::FreshRefused => assert!(end.status == "linked" && end.is(WATCHED), "{end:?}"),
    }
    let refused = ground.refused();
    let most = if matches!(case, Case::StoredRefused) { STORED } else { NEW };
    assert!(refused <= most, "{case:?}: {refused} requests were refused");
    if matches!(case, Case::StoredRefused) {
        figures.refused_stored = figures.refused_stored.max(refused);
        ground.password_becomes(WATCHED.1);
    } else {
        figures.refused_new = figures.refused_new.max(refused);
    }
    is_after
}

fn assert_before_or_after(found: &Standing, case: Case, refused: usize) -> bool {
    let status = found.status.as_str();
    match case {
        Case::First => {
            assert!(["in_progress", "linked"].contains(&status) && found.is(GOOD), "{found:?}");
            status == "linked"
        }
        Case::Refused => {
            assert!(status == "in_progress" && found.is(WRONG), "{found:?}");
            refused >= NEW
        }
        Case::StoredRefused => {
            assert!(["linked", "attention"].contains(&status) && found.is(WATCHED), "{found:?}");
            status == "attention"
        }
        Case::FreshRefused => {
            assert!(status == "linked" && found.is(WATCHED), "{found:?}");
            refused >= NEW
        }
    }
}
