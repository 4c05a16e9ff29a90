//! Every page of the customer's in every state, with made-up data: for the desk's previews and for the gallery.
//!
//! A new state is a line in one of these files, and its name and words in `text/desk/preview.rs`.

use leptos::prelude::*;

use crate::components::{FlowFrame, StepMark};
use domain::{
    CheckOutcome, CheckReport, ConnectionStep, LinkId, Permission, PermissionResult, PermissionSet,
    ProblemCode, RowResult, Timestamp,
};

mod flow;
mod outside;
mod standing;

/// One page in one state.
pub struct Preview {
    /// Its name, in addresses and file names.
    pub name: &'static str,
    /// The page.
    pub page: AnyView,
}

impl Preview {
    fn new(name: &'static str, page: impl IntoView + 'static) -> Self {
        Self { name, page: page.into_any() }
    }
}

/// Every state of every page. Needs a reactive owner, as all views do.
#[must_use]
pub fn all() -> Vec<Preview> {
    let mut all = outside::all();
    all.extend(flow::all());
    all.extend(standing::all());
    all
}

/// The page of this name as HTML from which nothing leads anywhere; `None` when there is none of this name. Needs a
/// reactive owner.
#[must_use]
pub fn inert(name: &str) -> Option<String> {
    let preview = all().into_iter().find(|preview| preview.name == name)?;
    Some(disarmed(&preview.page.to_html()))
}

/// Takes the addresses out of links and forms, but for places in the same page. Only ever given our own made-up pages,
/// in whose text no attribute stands.
fn disarmed(html: &str) -> String {
    let mut inert = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((at, name)) = first_of(rest, &[" href=\"", " action=\"", " formaction=\""]) {
        let (before, after) = rest.split_at(at);
        let value = after.get(name.len()..).unwrap_or_default();
        let (to, behind) = value.split_once('"').unwrap_or((value, ""));
        inert.push_str(before);
        if to.starts_with('#') {
            inert.push_str(&format!("{name}{to}\""));
        }
        rest = behind;
    }
    inert.push_str(rest);
    inert
}

/// Which of these stands first, and where.
fn first_of<'n>(text: &str, names: &[&'n str]) -> Option<(usize, &'n str)> {
    names.iter().filter_map(|name| text.find(name).map(|at| (at, *name))).min()
}

/// The inviting company.
pub const COMPANY: &str = "Acme Benefits";
/// The customer.
pub const CUSTOMER: &str = "Northwind Clinics";
/// The host.
pub const HOST: &str = "service4.ultipro.com";
/// 24 November 2026, 10:42.
pub const NOW: Timestamp = Timestamp::from_millis(1_795_516_920_000);

/// What the made-up link asks for.
#[must_use]
pub fn permissions() -> PermissionSet {
    PermissionSet::new(&[
        Permission::EmployeePayStatement,
        Permission::PtoPlanIntegration,
        Permission::CompanyConfigurationIntegration,
        Permission::PayrollIntegration,
        Permission::EmployeeCompensationDetails,
    ])
}

/// A frame at this place, with this many steps saved.
pub(crate) fn frame(current: usize, saved: usize) -> FlowFrame {
    let mark = |n: usize, note: &str, time: &str| {
        if n <= saved { StepMark::Done(note.to_owned()) } else { StepMark::Open(time.to_owned()) }
    };
    FlowFrame {
        company: COMPANY.to_owned(),
        link: LinkId::new(NOW, [7; 10]),
        current,
        marks: [
            mark(1, "Saved", "About 2 minutes"),
            mark(2, "Saved", "About 6 minutes"),
            mark(3, HOST, "About 2 minutes"),
            StepMark::Open("We do this for you".to_owned()),
        ],
        test: false,
    }
}

/// Rows with these missing and these without an answer; all others granted.
pub fn rows(missing: &[Permission], unclear: &[Permission]) -> Vec<RowResult> {
    permissions()
        .iter()
        .map(|permission| {
            let mut row = RowResult::not_asked(permission);
            if missing.contains(&permission) {
                row.result = PermissionResult::Missing;
                row.problem = Some(ProblemCode::PermissionMissing);
                row.took_ms = Some(380);
            } else if unclear.contains(&permission) {
                row.problem = Some(ProblemCode::UkgTimeout);
                row.took_ms = Some(8_000);
            } else if permission.is_testable() {
                row.result = PermissionResult::Granted;
                row.took_ms = Some(610);
            }
            row
        })
        .collect()
}

/// A report with these rows.
pub(crate) fn report(outcome: CheckOutcome, connection: ConnectionStep, rows: Vec<RowResult>) -> CheckReport {
    CheckReport {
        outcome,
        connection,
        reached_ms: (connection >= ConnectionStep::Reached).then_some(412),
        accepted_ms: (connection >= ConnectionStep::Accepted).then_some(1_290),
        rows,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::desk::preview as words;

    #[test]
    fn every_state_has_its_words_and_every_word_its_state() {
        let mut names: Vec<_> = Owner::new().with(|| all().into_iter().map(|preview| preview.name).collect());
        let mut told: Vec<_> =
            words::GROUPS.iter().flat_map(|group| group.states).map(|(name, _)| *name).collect();
        names.sort_unstable();
        told.sort_unstable();

        assert_eq!(told, names);
    }

    #[test]
    fn nothing_in_a_preview_leads_anywhere_else() {
        let pages: Vec<_> = Owner::new()
            .with(|| all().into_iter().map(|preview| disarmed(&preview.page.to_html())).collect());

        for page in pages {
            assert!(!page.contains(" action=\"") && !page.contains(" formaction=\""), "{page}");
            let elsewhere = page.split(" href=\"").skip(1).find(|rest| !rest.starts_with('#'));
            assert_eq!(elsewhere, None);
        }
    }

    #[test]
    fn what_is_disarmed_reads_as_before() {
        let html = "<form method=\"post\" action=\"check\"><a class=\"x\" href=\"/a\">A</a><a href=\"#b\">B</a></form>";

        assert_eq!(disarmed(html), "<form method=\"post\"><a class=\"x\">A</a><a href=\"#b\">B</a></form>");
    }

    #[test]
    fn an_unknown_name_has_no_preview() {
        assert!(Owner::new().with(|| inert("../etc")).is_none());
    }
}
