//! UKG's permission grid, drawn with exactly the rows a link asks for ticked, and each look-alike marked as not it.

use domain::{Permission, PermissionSet};
use leptos::prelude::*;

use super::figure::framed;

/// Height of the head and of each row, in the drawing's units.
const HEAD: usize = 34;
const ROW: usize = 32;
/// Width of the drawing, and the middle of each column of boxes: Add, View, Edit, Delete.
const WIDTH: usize = 460;
const COLUMNS: [(&str, usize); 4] = [("Add", 290), ("View", 346), ("Edit", 390), ("Delete", 432)];
const VIEW: usize = 346;

/// One row of the grid.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    label: &'static str,
    ticked: bool,
    /// Whether it only looks like one that is asked for.
    alike: bool,
}

/// The grid as a figure.
#[component]
pub fn PermissionGrid(
    /// What the link asks for.
    permissions: PermissionSet,
    /// What it shows, naming its marks.
    caption: &'static str,
) -> impl IntoView {
    let rows = rows(&permissions);
    let height = HEAD + ROW * rows.len() + 8;
    let label = alternative(&rows);
    let drawing = view! {
        <div class="figure__pic">
            <svg
                class="pic"
                id="permission-grid-picture"
                viewBox=format!("0 0 {WIDTH} {height}")
                role="img"
            >
                <title>{label}</title>
                <rect class="pic-page" x=".5" y=".5" width=WIDTH - 1 height=height - 1 rx="10"></rect>
                {heads()}
                {rows.iter().enumerate().map(|(n, row)| drawn(*row, HEAD + ROW * n)).collect_view()}
                {rows.iter().position(|row| row.ticked).map(|n| badge(HEAD + ROW * n))}
            </svg>
        </div>
    };
    framed("permission-grid", "the permissions to tick", caption, drawing)
}

/// Where one row stands in UKG's grid: the row with its neighbours, its **View** box framed, its look-alike marked.
#[component]
pub fn PermissionSpot(
    /// The row.
    permission: Permission,
) -> impl IntoView {
    let rows = around(permission);
    let height = HEAD + ROW * rows.len() + 8;
    let label = spot_alternative(permission, &rows);
    view! {
        <svg class="pic pic--spot" viewBox=format!("0 0 {WIDTH} {height}") role="img">
            <title>{label}</title>
            <rect class="pic-page" x=".5" y=".5" width=WIDTH - 1 height=height - 1 rx="10"></rect>
            {heads()}
            {rows.iter().enumerate().map(|(n, row)| drawn(*row, HEAD + ROW * n)).collect_view()}
        </svg>
    }
}

/// The row and the ones above and below it in the grid, as far as we know its rows.
fn around(permission: Permission) -> Vec<Row> {
    let mut labels: Vec<&'static str> = Permission::ALL
        .into_iter()
        .flat_map(|known| [Some(known.label()), known.look_alike()])
        .flatten()
        .collect();
    labels.sort_unstable();
    let place = labels.iter().position(|label| *label == permission.label()).unwrap_or_default();
    labels
        .into_iter()
        .enumerate()
        .filter(|(n, _)| n.abs_diff(place) < 2)
        .map(|(_, label)| Row {
            label,
            ticked: label == permission.label(),
            alike: permission.look_alike() == Some(label),
        })
        .collect()
}

fn spot_alternative(permission: Permission, rows: &[Row]) -> String {
    let mut text = format!("The grid Web Service: in the row {}, View is ticked.", permission.label());
    if let Some(other) = rows.iter().find(|row| row.alike) {
        text.push_str(&format!(" The row {} above it is another one.", other.label));
    }
    text
}

fn heads() -> impl IntoView {
    let columns = COLUMNS.map(|(name, x)| {
        let class =
            if x == VIEW { "pic-text pic-small pic-bold pic-mid" } else { "pic-soft pic-small pic-mid" };
        view! { <text class=class x=x y="22">{name}</text> }
    });
    view! {
        <text class="pic-soft pic-small" x="14" y="22">"Web Service"</text>
        {columns.collect_view()}
    }
}

/// The asked-for rows and their look-alikes, in the order of UKG's grid, which is the alphabet's.
fn rows(permissions: &PermissionSet) -> Vec<Row> {
    let asked = permissions.iter().map(|p| Row { label: p.label(), ticked: true, alike: false });
    let others = permissions.iter().filter_map(Permission::look_alike).map(|label| Row {
        label,
        ticked: false,
        alike: true,
    });
    let mut rows: Vec<Row> = asked.chain(others).collect();
    rows.sort_unstable();
    rows
}

/// The alternative text: what the picture shows and what to tick.
fn alternative(rows: &[Row]) -> String {
    let names = |ticked: bool| {
        rows.iter().filter(|row| row.ticked == ticked).map(|row| row.label).collect::<Vec<_>>().join(", ")
    };
    let mut text = format!(
        "The grid Web Service, Add, View, Edit, Delete. At mark 3, View is ticked in: {}.",
        names(true)
    );
    let others = names(false);
    if !others.is_empty() {
        text.push_str(&format!(" Not ticked, because they only look alike: {others}."));
    }
    text
}

/// A row, moved down as a whole: what is the same in every row then packs to nearly nothing.
fn drawn(row: Row, top: usize) -> impl IntoView {
    let class = if row.ticked { "pic-text pic-bold" } else { "pic-soft" };
    let boxes = COLUMNS.map(|(_, x)| {
        let class = if x == VIEW { "pic-field" } else { "pic-grey" };
        view! { <rect class=class x=x - 7 y="9" width="14" height="14" rx="2"></rect> }
    });
    let ticked = row.ticked.then(|| {
        view! {
            <rect class="pic-mark" x=VIEW - 11 y="5" width="22" height="22" rx="5"></rect>
            <path class="pic-tick" d=format!("m{} 16 3 3 5.5-6", VIEW - 4)></path>
        }
    });
    view! {
        <g transform=format!("translate(0 {top})")>
            <path class="pic-rule" d=format!("M0 .5h{WIDTH}")></path>
            {boxes.collect_view()}
            {ticked}
            // In one text, so that no font, however wide, lays the one over the other.
            <text class=class x="14" y="21">
                {row.label}
                {row.alike.then(|| view! { <tspan class="pic-no" dx="8">"Not this one"</tspan> })}
            </text>
        </g>
    }
}

fn badge(top: usize) -> impl IntoView {
    view! {
        <circle class="pic-badge" cx=VIEW - 28 cy=top + 16 r="11"></circle>
        <text class="pic-num" x=VIEW - 28 y=format!("{}.6", top + 20)>"3"</text>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exactly_the_asked_for_rows_are_ticked() {
        let rows = rows(&PermissionSet::new(&[Permission::PayrollIntegration]));

        let ticked: Vec<_> = rows.iter().filter(|row| row.ticked).map(|row| row.label).collect();
        assert_eq!(ticked, ["Employee Person Details", "Payroll Integration"]);
        let others: Vec<_> = rows.iter().filter(|row| !row.ticked).map(|row| row.label).collect();
        assert_eq!(others, ["Employee Person"]);
    }

    #[test]
    fn the_spot_shows_the_row_between_its_neighbours_and_the_look_alike() {
        let rows = around(Permission::EmployeePersonDetails);

        let labels: Vec<_> = rows.iter().map(|row| row.label).collect();
        assert_eq!(labels, ["Employee Person", "Employee Person Details", "Employee User Defined Fields"]);
        assert!(rows.iter().all(|row| row.ticked == (row.label == "Employee Person Details")));
        assert!(rows.iter().all(|row| row.alike == (row.label == "Employee Person")));
    }

    #[test]
    fn the_alternative_text_names_what_to_tick_and_what_not() {
        let text = alternative(&rows(&PermissionSet::new(&[])));

        assert!(text.contains("ticked in: Employee Person Details."));
        assert!(text.contains("look alike: Employee Person."));
    }
}
