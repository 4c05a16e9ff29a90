//! "Check this row again": one permission asked anew, everything else as it was known.

use domain::{CheckReport, Permission, PermissionResult, ProblemCode};

use crate::answer::Answer;
use crate::course::{Course, REQUIRED};
use crate::inquiry::{Account, Inquiry, Probe};
use crate::session::Session;
use crate::settings::Target;
use crate::watch::Watcher;

/// Asks about one permission. One that cannot be tested, or is not among the known rows, changes nothing.
pub(crate) async fn run(
    session: &Session,
    target: &Target<'_>,
    permission: Permission,
    known: &CheckReport,
    watcher: &dyn Watcher,
) -> CheckReport {
    let is_known = known.rows.iter().any(|row| row.permission == permission);
    let (Some(probe), true) = (Probe::of(permission), is_known) else { return known.clone() };
    let required_was = known.rows.iter().find(|row| row.permission == REQUIRED).map(|row| row.result);
    let mut course = Course::resumed(known, permission, watcher);
    let mut inquiry = Inquiry::new(session, &mut course, watcher, permission, target.refusals_left);
    let account = if permission == REQUIRED {
        inquiry.of_required().await
    } else {
        of_other(&mut inquiry, session, probe, permission, required_was).await
    };
    let took_ms = inquiry.took_ms();
    match account {
        Account::Accepted => {}
        // Its reason stands in the required permission's row, and so does the time, if that row was asked about.
        Account::Rejected => course.rejected(took_ms.filter(|_| permission == REQUIRED)),
        Account::Unclear(problem) => course.unclear(permission, problem, took_ms),
    }
    course.report()
}

/// Asks about a permission beside the required one; when the account is accepted, the answer stands in its row.
async fn of_other(
    inquiry: &mut Inquiry<'_, '_, '_>,
    session: &Session,
    probe: Probe,
    permission: Permission,
    required_was: Option<PermissionResult>,
) -> Account {
    inquiry.course().begin(permission);
    let witnesses = witnesses(inquiry.course(), permission, required_was);
    // A refusal of this request would be the last one allowed, and could mean the permission as well as the account.
    // So the account is asked about first; after that a refusal can only mean the permission.
    if inquiry.refusals_left() < 2 {
        let account = inquiry.hear(&witnesses).await;
        if account == Account::Accepted {
            let told = session.ask(probe.path).await;
            inquiry.course().answered(permission, &told);
        }
        return account;
    }
    let told = inquiry.put(probe).await;
    if inquiry.settles(probe, &told).await {
        return Account::Accepted;
    }
    match told.answer {
        Answer::Refused => inquiry.hear(&witnesses).await,
        Answer::Failed(problem) => Account::Unclear(problem),
        Answer::Portal | Answer::NotThere | Answer::ForbiddenPage | Answer::List | Answer::Forbidden => {
            Account::Unclear(ProblemCode::UkgUnexpected)
        }
    }
}

/// Who may speak for the account: the required request; where that permission is known to be missing, first a
/// request that was granted, since another 401 would tell nothing new.
fn witnesses(course: &Course<'_>, but: Permission, required_was: Option<PermissionResult>) -> Vec<Probe> {
    let first = if required_was == Some(PermissionResult::Missing) {
        course.granted().filter_map(Probe::of).next()
    } else {
        Probe::of(REQUIRED)
    };
    let others = Probe::WITNESSES.into_iter().filter(|witness| {
        let row = witness.row;
        row.is_none() || (row != Some(but) && row != first.and_then(|first| first.row))
    });
    first.into_iter().chain(others).collect()
}
