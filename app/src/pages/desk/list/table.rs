//! The list's rows.

use domain::{LinkStatus, Permission, ProblemCode, Step, Timestamp, WhoActs};
use leptos::prelude::*;

use super::strip::{DayTone, Strip};
use crate::components::{StatusPill, TestBadge};
use crate::icons::Icon;
use crate::text::desk;
use crate::text::desk::list as words;
use crate::when;

/// One link's row.
#[derive(Clone, Debug)]
pub struct DeskRow {
    /// The link's id.
    pub id: String,
    /// The customer.
    pub customer: String,
    /// Whom the invite is for.
    pub contact: Option<String>,
    /// Staff's own name for it.
    pub reference: Option<String>,
    /// Where it stands.
    pub status: LinkStatus,
    /// Who has to act.
    pub who: WhoActs,
    /// What stands in the way.
    pub problem: Option<ProblemCode>,
    /// The permissions that are missing, when that stands in the way.
    pub missing: Vec<Permission>,
    /// The last step saved.
    pub step: Option<Step>,
    /// The step its administrator is stuck at, and how often in a row.
    pub stuck: Option<(Step, u32)>,
    /// The shape of what was entered there. Never the value.
    pub shape: Option<String>,
    /// The address of whoever looks after it, and whether that is the reader.
    pub assignee: Option<(String, bool)>,
    /// A month of checks, oldest first.
    pub days: Vec<Option<DayTone>>,
    /// When it was last checked.
    pub checked_at: Option<Timestamp>,
    /// When anything about it last changed.
    pub changed_at: Timestamp,
    /// Whether the account is on a test system.
    pub test: bool,
    /// Whether the invite ran out and its holder asked for a new one.
    pub renew_asked: bool,
}

/// The table.
#[component]
pub fn Table(
    /// The rows.
    rows: Vec<DeskRow>,
    /// Now, for ages.
    now: Timestamp,
) -> impl IntoView {
    view! {
        <table class="table" role="table" aria-label=desk::LINKS>
            <thead role="rowgroup">
                <tr role="row">
                    {words::COLUMNS.map(|name| view! { <th role="columnheader" scope="col">{name}</th> }).collect_view()}
                </tr>
            </thead>
            <tbody role="rowgroup">{rows.into_iter().map(|row| table_row(row, now)).collect_view()}</tbody>
        </table>
    }
}

fn table_row(row: DeskRow, now: Timestamp) -> impl IntoView {
    let [_, status, next, days, change] = words::COLUMNS_SHORT;
    let (says, because) = what_next(&row, now);
    let shape = row.shape.clone().filter(|_| row.stuck.is_some());
    let quiet = row.who == WhoActs::Nobody;
    let at_step = words::at_step(row.status, step(&row));
    let beside: Vec<_> = [row.contact, row.reference]
        .into_iter()
        .flatten()
        .map(|text| view! { <span>{text}</span> })
        .collect();
    view! {
        <tr role="row" data-link-id=row.id.clone() data-link-status=row.status.as_str()>
            <td role="cell">
                <a class="table__main" href=format!("/desk/links/{}", row.id)>{row.customer}</a>
                {row.test.then(|| view! { " " <TestBadge /> })}
                {(!beside.is_empty()).then(|| view! { <small class="table__beside">{beside}</small> })}
            </td>
            <td role="cell" data-label=status>
                <StatusPill status=row.status detail=at_step />
                {row.renew_asked.then(|| view! { <small class="table__mark">{Icon::Mail.view()} {desk::RENEW_ASKED}</small> })}
            </td>
            <td role="cell" data-label=next data-code=row.problem.map(ProblemCode::as_str)>
                <span>
                    <span class=quiet.then_some("soft")>{says}</span>
                    {because.map(|because| view! { <small>{because}</small> })}
                    {shape.map(|shape| view! { <small class="table__shape">{shape}</small> })}
                </span>
            </td>
            <td role="cell" data-label=days><Strip days=row.days /></td>
            <td role="cell" data-label=change class="table__time">
                {when::time(row.changed_at, when::ago(row.changed_at, now), "")}
                {row.assignee.map(|(address, you)| with(address, you))}
            </td>
        </tr>
    }
}

/// Who looks after it: whole for assistive technology, short for the eye.
fn with(address: String, you: bool) -> impl IntoView {
    let short = words::looked_after_by(&address, you);
    view! {
        <small class="table__who" title=address>
            <span class="hidden">{words::LOOKED_AFTER} " "</span>
            {short}
        </small>
    }
}

/// What happens next, and why.
fn what_next(row: &DeskRow, now: Timestamp) -> (String, Option<String>) {
    let because = row.problem.map(|code| desk::for_staff(code).to_owned());
    if let (Some((step, tries)), Some(because)) = (row.stuck, &because) {
        return (words::stuck(step, tries), Some(because.clone()));
    }
    let checked =
        || row.checked_at.filter(|_| row.status.is_linked()).map(|at| words::checked(&when::ago(at, now)));
    let next = words::next(row.who, row.status, row.problem, row.step, &row.missing);
    (next, because.or_else(checked))
}

/// The step that is being done.
fn step(row: &DeskRow) -> u8 {
    let last = Step::Domain.number();
    row.stuck
        .map_or_else(|| row.step.map_or(1, |step| last.min(step.number() + 1)), |(step, _)| step.number())
}
