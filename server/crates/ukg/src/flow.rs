//! A full check: the account first, with one request alone, then every other permission that is asked for.

use std::sync::Arc;

use domain::{CheckReport, PermissionSet};
use tokio::task::JoinSet;
use tracing::Instrument as _;

use crate::answer::Answer;
use crate::course::{Course, REQUIRED};
use crate::inquiry::{Account, Inquiry};
use crate::probe::path_of;
use crate::session::Session;
use crate::settings::Target;
use crate::watch::Watcher;

/// How many requests may be under way at a time. UKG publishes no limit and answers 429 beyond it, so few.
pub(crate) const AT_A_TIME: usize = 4;

/// The same for a tenant that answers 401 to a missing permission. Each 401 is then about a permission, not a
/// refused account; but a guard in front of UKG Pro that only counts them cannot know, so they come slowly.
const AT_A_TIME_WHEN_REFUSED: usize = 2;

/// Runs the whole check.
pub(crate) async fn run(session: &Arc<Session>, target: &Target<'_>, watcher: &dyn Watcher) -> CheckReport {
    let mut course = Course::new(target.permissions, watcher);
    let mut inquiry = Inquiry::new(session, &mut course, watcher, REQUIRED, target.refusals_left);
    if target.refusals_left > 0 {
        session.connect_ahead(ahead(target.permissions)).await;
    }
    let account = inquiry.of_required().await;
    let (refused, took_ms) = (inquiry.was_refused(), inquiry.took_ms());
    match account {
        // Also when the required permission is missing: the administrator learns of all gaps at once.
        Account::Accepted => ask_others(session, &mut course, refused).await,
        Account::Rejected => course.rejected(took_ms),
        Account::Unclear(problem) => course.unclear(REQUIRED, problem, took_ms),
    }
    course.report()
}

/// How many connections are needed once the account is accepted, beside the one that is there.
fn ahead(permissions: &PermissionSet) -> usize {
    let others =
        permissions.iter().filter(|permission| permission.is_testable() && !permission.is_required());
    others.count().min(AT_A_TIME).saturating_sub(1)
}

/// Asks about every permission not yet tried.
async fn ask_others(session: &Arc<Session>, course: &mut Course<'_>, refused: bool) {
    let mut at_a_time = if refused { AT_A_TIME_WHEN_REFUSED } else { AT_A_TIME };
    let mut waiting =
        course.untried().into_iter().filter_map(|permission| Some((permission, path_of(permission)?)));
    let mut running = JoinSet::new();
    loop {
        while running.len() < at_a_time
            && let Some((permission, path)) = waiting.next()
        {
            course.begin(permission);
            let session = Arc::clone(session);
            let ask = async move { (permission, session.ask(path).await) };
            running.spawn(ask.in_current_span());
        }
        match running.join_next().await {
            Some(Ok((permission, told))) => {
                if told.answer == Answer::Refused {
                    at_a_time = AT_A_TIME_WHEN_REFUSED;
                }
                course.answered(permission, &told);
            }
            // A task that panicked leaves its row unchecked; the others still count.
            Some(Err(_)) => {}
            None => return,
        }
    }
}
