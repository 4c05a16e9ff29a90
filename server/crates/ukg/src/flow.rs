//! The order of the requests and what follows from their answers (`ukg-pro.md` §4d).
//!
//! UKG publishes no rule for telling a refused account from a missing permission: the newer services document 403
//! for the latter, the older ones may answer 401 to both. So one request goes first, alone; if it is refused, two
//! others are asked before the account is called rejected; and nothing more is sent to an account that was refused
//! three times, since what locks an account is not known either.

use std::sync::Arc;

use domain::{CheckReport, Permission, PermissionSet, ProblemCode};
use tokio::task::JoinSet;
use tracing::Instrument as _;

use crate::answer::Answer;
use crate::probe::{COMPANY_DETAILS, EARNINGS, path_of};
use crate::rows::Rows;
use crate::session::Session;

/// The permission without which nothing can be linked.
const REQUIRED: Permission = Permission::EmployeePersonDetails;

/// How many requests may be under way at a time. UKG publishes no limit and answers 429 beyond it, so few.
const AT_A_TIME: usize = 4;

/// The same for a tenant that answers 401 to a missing permission. Each 401 is then about a permission, not a
/// refused account; but a guard in front of UKG Pro that only counts them cannot know, so they come slowly.
const AT_A_TIME_WHEN_REFUSED: usize = 2;

/// What is known about the account after the first request.
enum Account {
    Accepted {
        at_a_time: usize,
    },
    /// Rejected, or not known, for this reason: no more requests.
    Unproven(ProblemCode),
}

/// Runs the whole check.
pub(crate) async fn run(session: &Arc<Session>, permissions: &PermissionSet) -> CheckReport {
    let mut rows = Rows::new(permissions);
    let at_a_time = match account(session, &mut rows).await {
        Account::Accepted { at_a_time } => at_a_time,
        Account::Unproven(problem) => {
            rows.unclear(REQUIRED, problem);
            return rows.report(session.reached_ms(), None);
        }
    };
    let accepted_ms = session.elapsed_ms();
    // Also when the required permission is missing: the administrator learns of all gaps at once.
    ask_others(session, &mut rows, at_a_time).await;
    rows.report(session.reached_ms(), Some(accepted_ms))
}

/// Asks the required request and, if that is refused, those that tell why.
async fn account(session: &Session, rows: &mut Rows) -> Account {
    let Some(path) = path_of(REQUIRED) else { return Account::Unproven(ProblemCode::UkgUnexpected) };
    match session.ask(path).await {
        Answer::List => {
            rows.granted(REQUIRED);
            Account::Accepted { at_a_time: AT_A_TIME }
        }
        Answer::Forbidden => {
            rows.missing(REQUIRED);
            Account::Accepted { at_a_time: AT_A_TIME }
        }
        Answer::Refused => tell_refusals_apart(session, rows).await,
        Answer::NotApi => Account::Unproven(ProblemCode::HostNotWebServices),
        Answer::Failed(problem) => Account::Unproven(problem),
    }
}

/// The required request was refused: is it the account or the permission? One after the other, so that a clear
/// answer spares the account a further refusal.
async fn tell_refusals_apart(session: &Session, rows: &mut Rows) -> Account {
    let mut refused_again = false;
    let mut fault = None;
    for path in [EARNINGS, COMPANY_DETAILS] {
        match session.ask(path).await {
            answer @ (Answer::List | Answer::Forbidden) => {
                rows.missing(REQUIRED);
                if path == COMPANY_DETAILS {
                    rows.answered(Permission::CompanyConfigurationIntegration, answer);
                }
                return Account::Accepted { at_a_time: AT_A_TIME_WHEN_REFUSED };
            }
            Answer::Refused => refused_again = true,
            // Says nothing about the account; the other request may.
            Answer::NotApi | Answer::Failed(ProblemCode::UkgUnexpected) => {}
            Answer::Failed(problem) => fault = fault.or(Some(problem)),
        }
    }
    // A request that UKG Pro could not answer might have been the one to speak for the account. Calling good
    // credentials rejected is the worse mistake.
    Account::Unproven(match fault {
        Some(problem) => problem,
        None if refused_again => ProblemCode::CredentialsRejected,
        None => ProblemCode::UkgUnexpected,
    })
}

/// Asks about every permission not yet tried.
async fn ask_others(session: &Arc<Session>, rows: &mut Rows, at_a_time: usize) {
    let mut waiting =
        rows.untried().into_iter().filter_map(|permission| Some((permission, path_of(permission)?)));
    let mut running = JoinSet::new();
    loop {
        while running.len() < at_a_time
            && let Some((permission, path)) = waiting.next()
        {
            let session = Arc::clone(session);
            let ask = async move { (permission, session.ask(path).await) };
            running.spawn(ask.in_current_span());
        }
        match running.join_next().await {
            Some(Ok((permission, answer))) => rows.answered(permission, answer),
            // A task that panicked leaves its row unchecked; the others still count.
            Some(Err(_)) => {}
            None => return,
        }
    }
}
