//! What is known of each permission: now, and on each of the last thirty days.

use domain::{Permission, PermissionResult, ProblemCode, RowResult, Timestamp};
use leptos::prelude::*;

use crate::icons::Icon;
use crate::text::{desk, permissions};
use crate::when;

/// A permission's days, oldest first; `None` where it was not asked about.
pub type DayMarks = Vec<Option<PermissionResult>>;

/// How wide a day's mark is, with the gap after it, in the strip's own units.
const DAY_WIDTH: usize = 6;

/// One permission.
#[derive(Clone, Debug)]
pub struct MatrixRow {
    /// What is known of it now.
    pub row: RowResult,
    /// Since when, if it was ever seen.
    pub seen: Option<Timestamp>,
    /// Day by day.
    pub days: DayMarks,
}

/// Every permission.
#[derive(Clone, Debug)]
pub struct MatrixView {
    /// The days, oldest first: a moment of each.
    pub days: Vec<Timestamp>,
    /// The permissions, in UKG's order. Each has as many marks as there are days.
    pub rows: Vec<MatrixRow>,
}

/// The section.
pub(super) fn section(matrix: MatrixView) -> impl IntoView {
    let MatrixView { days, rows } = matrix;
    let table = by_day(&days, &rows);
    let body = rows.into_iter().map(|row| table_row(row, &days)).collect_view();
    view! {
        <section aria-labelledby="perm-title">
            <h2 id="perm-title">{desk::PERMISSIONS}</h2>
            <table class="table table--tight" role="table" aria-labelledby="perm-title">
                <thead role="rowgroup">
                    <tr role="row">
                        <th role="columnheader" scope="col">"Permission"</th>
                        <th role="columnheader" scope="col">"Result"</th>
                        <th role="columnheader" scope="col">{desk::link::DAYS}</th>
                        <th role="columnheader" scope="col">{desk::link::LAST_CHECKED}</th>
                    </tr>
                </thead>
                <tbody role="rowgroup">{body}</tbody>
            </table>
            <div class="legend" aria-hidden="true">
                {[Some(PermissionResult::Granted), Some(PermissionResult::Missing), Some(PermissionResult::Unchecked), None]
                    .into_iter()
                    .zip(desk::link::LEGEND)
                    .map(|(result, name)| {
                        view! {
                            <span>
                                <svg class="strip strip--one" viewBox="0 0 6 18" inner_html=mark(0, result)></svg>
                                {name}
                            </span>
                        }
                    })
                    .collect_view()}
            </div>
            {table}
        </section>
    }
}

fn table_row(matrix: MatrixRow, days: &[Timestamp]) -> impl IntoView + use<> {
    let MatrixRow { row, seen, days: marks } = matrix;
    let (class, icon) = match row.result {
        PermissionResult::Granted => ("pill pill--ok", Icon::Check),
        PermissionResult::Missing => ("pill pill--bad", Icon::Alert),
        PermissionResult::Untestable | PermissionResult::Unchecked => ("pill", Icon::Dash),
    };
    let seen = match seen {
        _ if !row.permission.is_testable() => desk::link::NO_TIME.into_any(),
        Some(at) => when::time(at, when::date_and_time(at), "").into_any(),
        None => desk::NEVER.into_any(),
    };
    let lost = lost_since(&marks).and_then(|n| days.get(n).copied());
    view! {
        <tr role="row" data-permission=row.permission.slug() data-result=row.result.as_str() data-code=row.problem.map(ProblemCode::as_str)>
            <td role="cell" data-label="Permission">
                <b>{row.permission.label()}</b>
                {row
                    .permission
                    .is_required()
                    .then(|| view! { " " <span class="tag">{permissions::REQUIRED}</span> })}
            </td>
            <td role="cell" data-label="Result">
                <span class=class>{icon.view()} {permissions::result(row.result)}</span>
                {lost
                    .map(|day| view! { <p class="soft small">{desk::link::SINCE} " " {when::time(day, when::day_and_month(day), "")}</p> })}
            </td>
            <td role="cell" data-label=desk::link::DAYS>{strip(row.permission, &marks, days)}</td>
            <td role="cell" data-label=desk::link::LAST_CHECKED class="table__time">
                {seen}
            </td>
        </tr>
    }
}

/// The first of the days, by its place, since when a permission is missing that was granted before.
fn lost_since(marks: &[Option<PermissionResult>]) -> Option<usize> {
    let mut told = marks
        .iter()
        .enumerate()
        .rev()
        .filter(|(_, mark)| matches!(mark, Some(PermissionResult::Granted | PermissionResult::Missing)));
    let mut since = None;
    told.find_map(|(day, mark)| match mark {
        Some(PermissionResult::Missing) => {
            since = Some(day);
            None
        }
        _ => Some(since),
    })
    .flatten()
}

/// A mark a day. Their height tells them apart as well as their colour.
fn strip(permission: Permission, marks: &[Option<PermissionResult>], days: &[Timestamp]) -> AnyView {
    if !permission.is_testable() {
        return view! { <span class="soft">{permissions::result(PermissionResult::Untestable)}</span> }
            .into_any();
    }
    let count = |wanted: PermissionResult| marks.iter().filter(|mark| **mark == Some(wanted)).count();
    let missing: Vec<String> = marks
        .iter()
        .zip(days)
        .filter(|(mark, _)| **mark == Some(PermissionResult::Missing))
        .map(|(_, day)| when::day_and_month(*day))
        .collect();
    let words =
        desk::link::strip(count(PermissionResult::Granted), &missing, count(PermissionResult::Unchecked));
    let inside: String = marks.iter().enumerate().map(|(n, result)| mark(n * DAY_WIDTH, *result)).collect();
    let box_ = format!("0 0 {} 18", marks.len() * DAY_WIDTH);
    view! { <svg class="strip" role="img" viewBox=box_ aria-label=words inner_html=inside></svg> }.into_any()
}

/// One mark, as it is drawn at this place.
fn mark(x: usize, result: Option<PermissionResult>) -> String {
    let (class, y, height) = match result {
        Some(PermissionResult::Granted) => ("strip__ok", 0, 18),
        Some(PermissionResult::Missing) => ("strip__bad", 6, 12),
        Some(PermissionResult::Untestable | PermissionResult::Unchecked) => ("strip__none", 12, 6),
        None => ("strip__off", 16, 2),
    };
    format!("<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"4\" height=\"{height}\" rx=\"1\"/>")
}

/// The same as a plain table, of the days that had a check.
fn by_day(days: &[Timestamp], rows: &[MatrixRow]) -> impl IntoView + use<> {
    let tested: Vec<&MatrixRow> = rows.iter().filter(|row| row.row.permission.is_testable()).collect();
    let of_day = |n: usize| tested.iter().map(move |row| row.days.get(n).copied().flatten());
    let lines: Vec<_> = days
        .iter()
        .enumerate()
        .rev()
        .filter(|(n, _)| of_day(*n).any(|mark| mark.is_some()))
        .map(|(n, day)| {
            let cells = of_day(n)
                .zip(&tested)
                .map(|(mark, row)| {
                    view! { <td role="cell" data-label=row.row.permission.label()>{desk::link::mark(mark)}</td> }
                })
                .collect_view();
            view! {
                <tr role="row">
                    <th role="rowheader" scope="row">{when::date(*day)}</th>
                    {cells}
                </tr>
            }
        })
        .collect();
    let heads = tested
        .iter()
        .map(|row| view! { <th role="columnheader" scope="col">{row.row.permission.label()}</th> })
        .collect_view();
    let body = if lines.is_empty() {
        view! { <p class="soft">{desk::link::NO_DAYS}</p> }.into_any()
    } else {
        view! {
            <div class="scroll" tabindex="0" role="region" aria-label=desk::link::DAYS_TABLE>
                <table class="table table--tight table--days" role="table" aria-label=desk::link::DAYS_TABLE>
                    <thead role="rowgroup">
                        <tr role="row">
                            <th role="columnheader" scope="col">{desk::link::DAY}</th>
                            {heads}
                        </tr>
                    </thead>
                    <tbody role="rowgroup">{lines}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <details class="more">
            <summary>{desk::link::DAYS_TABLE}</summary>
            <div class="more__body">{body}</div>
        </details>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_permission_is_lost_since_the_first_day_without_it() {
        use PermissionResult::{Granted, Missing, Unchecked};
        let lost = |marks: &[Option<PermissionResult>]| lost_since(marks);

        assert_eq!(lost(&[Some(Granted), Some(Missing), None, Some(Unchecked), Some(Missing)]), Some(1));
        assert_eq!(lost(&[Some(Missing), Some(Granted), Some(Missing)]), Some(2));
        assert_eq!(lost(&[Some(Granted), None]), None);
        assert_eq!(lost(&[Some(Missing), Some(Missing)]), None, "nobody knows since when");
        assert_eq!(lost(&[]), None);
    }
}
