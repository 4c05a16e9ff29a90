//! What every backend must do, as cases that its tests run: one file per aggregate, one function per behaviour.
//!
//! Each case makes its own ids, so that all can share a database, one after another; the first one wants it fresh. A
//! backend runs each as a test of its own, on a storage of its own:
//!
//! ```text
//! macro_rules! tests {
//!     ($($file:ident: $($case:ident)*;)*) => { $(mod $file { $(
//!         #[tokio::test]
//!         async fn $case() -> storage::Result<()> {
//!             storage::conformance::$file::$case(&fresh().await?).await
//!         }
//!     )* })* };
//! }
//! storage::conformance_cases!(tests);
//! ```
//!
//! How to add a case: write the function, name it in the list (`cases`); a test here fails when one is missing.

#![expect(missing_docs, reason = "a case's name is the sentence that says what it is about")]

#[macro_use]
mod cases;

pub mod audit;
pub mod audit_chain;
pub mod audit_search;
pub mod checks;
pub mod credentials;
pub mod ended_jobs;
mod fixtures;
pub mod hand_overs;
pub mod insights;
pub mod invites;
pub mod jobs;
pub mod keys;
pub mod known_staff;
pub mod lapses;
pub mod letters;
pub mod links;
pub mod list_rows;
pub mod listing;
pub mod notes;
pub mod presets;
pub mod refusals;
pub mod reminders;
pub mod second_factors;
pub mod sessions;
pub mod slots;
pub mod staff;
pub mod steps;
pub mod tidying;
pub mod ukg_side;
pub mod units;
pub mod webhooks;

use crate::{Result, Storage};

/// Runs every case, one after another, on one storage, which must be fresh.
///
/// # Errors
/// When the storage fails; what it answers wrongly ends in a panic that names the case.
pub async fn all(storage: &dyn Storage) -> Result<()> {
    macro_rules! run {
        ($($file:ident: $($case:ident)*;)*) => { $($($file::$case(storage).await?;)*)* };
    }
    conformance_cases!(run);
    Ok(())
}

#[cfg(test)]
mod tests {
    const FILES: &[&str] = &[
        include_str!("conformance/audit.rs"),
        include_str!("conformance/audit_chain.rs"),
        include_str!("conformance/audit_search.rs"),
        include_str!("conformance/checks.rs"),
        include_str!("conformance/credentials.rs"),
        include_str!("conformance/ended_jobs.rs"),
        include_str!("conformance/hand_overs.rs"),
        include_str!("conformance/insights.rs"),
        include_str!("conformance/invites.rs"),
        include_str!("conformance/jobs.rs"),
        include_str!("conformance/keys.rs"),
        include_str!("conformance/known_staff.rs"),
        include_str!("conformance/lapses.rs"),
        include_str!("conformance/letters.rs"),
        include_str!("conformance/links.rs"),
        include_str!("conformance/list_rows.rs"),
        include_str!("conformance/listing.rs"),
        include_str!("conformance/notes.rs"),
        include_str!("conformance/presets.rs"),
        include_str!("conformance/refusals.rs"),
        include_str!("conformance/reminders.rs"),
        include_str!("conformance/second_factors.rs"),
        include_str!("conformance/sessions.rs"),
        include_str!("conformance/slots.rs"),
        include_str!("conformance/staff.rs"),
        include_str!("conformance/steps.rs"),
        include_str!("conformance/tidying.rs"),
        include_str!("conformance/ukg_side.rs"),
        include_str!("conformance/units.rs"),
        include_str!("conformance/webhooks.rs"),
    ];

    macro_rules! names {
        ($($file:ident: $($case:ident)*;)*) => { vec![$($(stringify!($case)),*),*] };
    }

    #[test]
    fn every_case_is_in_the_list() {
        let listed = conformance_cases!(names);

        let written: Vec<&str> = FILES
            .iter()
            .flat_map(|text| text.lines())
            .filter_map(|line| line.strip_prefix("pub async fn ")?.split('(').next())
            .collect();
        let forgotten: Vec<_> = written.iter().filter(|case| !listed.contains(case)).collect();
        assert_eq!(forgotten, Vec::<&&str>::new());
        assert_eq!(written.len(), listed.len());
    }
}
