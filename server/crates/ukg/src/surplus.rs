//! Permissions that are granted although nobody asked for them: boxes the administrator may untick.

use std::sync::Arc;

use domain::Permission;
use tokio::task::JoinSet;
use tracing::Instrument as _;

use crate::answer::Answer;
use crate::flow::AT_A_TIME;
use crate::probe::path_of;
use crate::session::Session;

/// Asks about these; those answered with a list, in UKG's order. Ends at the first answer that is neither a list nor
/// a 403 or 404: nothing here is worth a refusal, a further burden on UKG Pro, or a second try.
///
/// One at a time until a 403 shows how this tenant says "not granted": another may say 401, and four of those at once
/// would look like guessing.
pub(crate) async fn run(session: &Arc<Session>, not_asked: &[Permission]) -> Vec<Permission> {
    let paths = |permission| Some((permission, path_of(permission)?));
    let mut waiting = Permission::ALL.into_iter().filter(|it| not_asked.contains(it)).filter_map(paths);
    let mut granted = Vec::new();
    let mut at_a_time = 1;
    let mut running = JoinSet::new();
    loop {
        while running.len() < at_a_time
            && let Some((permission, path)) = waiting.next()
        {
            let session = Arc::clone(session);
            let ask = async move { (permission, session.ask_once(path).await) };
            running.spawn(ask.in_current_span());
        }
        match running.join_next().await {
            Some(Ok((permission, Answer::List))) => granted.push(permission),
            Some(Ok((_, Answer::Forbidden | Answer::ForbiddenPage))) => at_a_time = AT_A_TIME,
            Some(Ok((_, Answer::Portal | Answer::NotThere))) => {}
            // Dropping the set ends what is under way.
            Some(Ok((_, Answer::Refused | Answer::Failed(_))) | Err(_)) | None => break,
        }
    }
    granted.sort_unstable();
    granted
}
