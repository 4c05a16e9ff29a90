//! From what the use cases know of a link to what its page shows.

use app::pages::{
    CareView, CheckHelp, DeskHelpView, DeskLinkView, DeskTwin, Hold, LinkAct, MatrixRow, MatrixView, NoteView,
};
use app::text::desk as words;
use app::text::desk::help::Said;
use domain::{LinkEvent, Permission, PermissionResult, RowResult, Timestamp, WebServicesHost};
use services::LinkPage;
use storage::DayResult;

use super::super::timeline;
use crate::sessions::AtDesk;
use crate::startup::AppState;

/// How many days the strips show.
const DAYS: i64 = 30;
/// A day, in milliseconds.
const DAY_MILLIS: i64 = 86_400_000;

/// What the page shows.
pub(super) fn of(
    state: &AppState,
    desk: &AtDesk,
    page: LinkPage,
    is_earlier: bool,
    said: Option<Said>,
) -> DeskLinkView {
    let now = state.clock.now();
    let duplicates = page
        .duplicates
        .iter()
        .map(|link| DeskTwin { id: link.id.to_string(), customer: link.customer.to_string() });
    let link = &page.link;
    DeskLinkView {
        test: link.host.as_ref().is_some_and(WebServicesHost::is_test_tenant),
        duplicates: duplicates.collect(),
        renew_asked: page.renewal_asked,
        surplus: page.proven.as_ref().map(|check| check.surplus.clone()).unwrap_or_default(),
        said,
        matrix: matrix(&page, now),
        timeline: timeline::view(&page, is_earlier),
        help: help(desk, &page, now),
        care: care(desk, &page),
        id: link.id.to_string(),
        customer: link.customer.to_string(),
        contact: link.contact.as_ref().map(ToString::to_string),
        reference: link.reference.as_ref().map(ToString::to_string),
        language: link.language,
        status: link.status,
        who: link.who_acts,
        problem: link.problem,
        step: link.step_reached,
        host: link.host.as_ref().map(ToString::to_string),
        invite: words::invite(
            page.invites.first().map(|invite| invite.state(now)),
            page.invites.first().map(|invite| app::when::date(invite.expires_at)).as_deref(),
        ),
        kept: words::kept(&page.fields.iter().map(|state| state.field).collect::<Vec<_>>()),
        changed_at: link.changed_at,
        next_check: page.next_check,
        reminders: page.reminder.as_ref().map(|reminder| {
            let stopped = reminder.stopped_at.map(app::when::date);
            words::link::reminders(reminder.after, reminder.sent, stopped.as_deref())
        }),
    }
}

fn matrix(page: &LinkPage, now: Timestamp) -> MatrixView {
    let seen = page.proven.as_ref().and_then(|check| check.finished_at);
    let report = page.proven.as_ref().and_then(|check| check.report.as_ref());
    let found = report.map_or(&[][..], |report| &report.rows);
    let days: Vec<Timestamp> = (0..DAYS).rev().map(|n| now.plus_seconds(-n * DAY_MILLIS / 1000)).collect();
    let rows = page.link.permissions.iter().map(|permission| {
        let (row, seen) = match found.iter().find(|row| row.permission == permission) {
            Some(row) if row.result == PermissionResult::Unchecked => (*row, None),
            Some(row) => (*row, seen),
            None => (RowResult::not_asked(permission), None),
        };
        MatrixRow { row, seen, days: days.iter().map(|day| of_day(&page.days, permission, *day)).collect() }
    });
    MatrixView { rows: rows.collect(), days }
}

/// What is known of a permission for a day: the last clear answer, else that there was none.
fn of_day(found: &[DayResult], permission: Permission, day: Timestamp) -> Option<PermissionResult> {
    let number = |at: Timestamp| at.as_millis().div_euclid(DAY_MILLIS);
    let mut of_day =
        found.iter().filter(|row| row.permission == permission && number(row.at) == number(day)).rev();
    let last = of_day.clone().next()?.result;
    Some(of_day.find(|row| row.result != PermissionResult::Unchecked).map_or(last, |row| row.result))
}

fn help(desk: &AtDesk, page: &LinkPage, now: Timestamp) -> DeskHelpView {
    let running = page.check.as_ref().is_some_and(|check| check.finished_at.is_none());
    let check = match page.hold {
        _ if running => CheckHelp::Running,
        _ if !page.can_check => CheckHelp::NotReady,
        Some(services::Hold::Wait { until }) => {
            CheckHelp::Held(Hold::Wait { until, minutes: until.millis_since(now).max(0) / 60_000 + 1 })
        }
        Some(services::Hold::Refused { may_retry }) => CheckHelp::Held(Hold::NeedsChange { may_retry }),
        None => CheckHelp::Ready,
    };
    let status = page.link.status;
    let mut acts = Vec::new();
    if status.after(LinkEvent::Paused).is_ok() {
        acts.push(LinkAct::Pause);
    }
    if page.link.paused_from.is_some() {
        acts.push(LinkAct::Resume);
    }
    acts.extend(page.ended.map(|entry| LinkAct::Certificate(entry.to_string())));
    if status.after(LinkEvent::Disconnected).is_ok() {
        acts.push(LinkAct::End { may: desk.caller.as_owner().is_some() });
    }
    DeskHelpView {
        status,
        check,
        open_invites: page.invites.iter().filter(|invite| invite.state(now).refusal().is_none()).count(),
        mail_to: page.mailable.as_ref().map(ToString::to_string),
        acts,
    }
}

fn care(desk: &AtDesk, page: &LinkPage) -> CareView {
    let me = desk.caller.id();
    let notes = page.notes.iter().map(|note| NoteView {
        id: note.id.to_string(),
        author: page
            .name_of(note.author)
            .map_or_else(|| words::link::SOMEBODY.to_owned(), ToString::to_string),
        at: note.at,
        text: note.text.as_str().to_owned(),
        is_own: note.author == me,
    });
    CareView {
        assignee: page.link.assignee.map(|staff| staff.to_string()),
        staff: page.offered().map(|(id, email)| (id.to_string(), email.to_string())).collect(),
        me: me.to_string(),
        notes: notes.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_tells_its_last_clear_answer() {
        let (one, two) = (Permission::PtoPlanIntegration, Permission::PayrollIntegration);
        let day = Timestamp::from_millis(20_000 * DAY_MILLIS + 5);
        let at = |second, permission, result| DayResult { at: day.plus_seconds(second), permission, result };
        let found = [
            at(-10, one, PermissionResult::Granted),
            at(10, one, PermissionResult::Granted),
            at(11, two, PermissionResult::Unchecked),
            at(20, one, PermissionResult::Missing),
            at(30, one, PermissionResult::Unchecked),
        ];

        assert_eq!(of_day(&found, one, day), Some(PermissionResult::Missing));
        assert_eq!(of_day(&found, two, day), Some(PermissionResult::Unchecked));
        assert_eq!(of_day(&found, one, day.plus_seconds(-60)), Some(PermissionResult::Granted));
        assert_eq!(of_day(&found, one, day.plus_seconds(86_400)), None);
    }
}
