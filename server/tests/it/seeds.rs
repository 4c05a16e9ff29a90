//! Re-checks under everything that can happen at once: two servers on one database, which hang and come back; hosts of UKG
//! Pro that go down and come up; accounts that are refused, lose a permission, and are mended; links that are paused and
//! go on. A number (the seed) decides what happens when, on a clock of its own, so that a run that breaks a law is run again
//! by its number:
//!
//! ```text
//! LINKDESK_SEEDS=4711..4712 cargo nextest run -p server --test it seeds --no-capture
//! ```
//!
//! Each seed works on a copy of one file, with the servers as they are built for real; only UKG Pro (`stand_in`), the clock and
//! chance are not. `laws` says what must hold after every step. Bar R10 is `LINKDESK_SEEDS=0..10000`.

mod laws;
mod stand_in;
mod world;

use std::ops::Range;

use crate::support::TestApp;
use world::{Template, World};

/// How much happens with one seed, before everything is well again and a day is waited for.
const STEPS: usize = 60;

/// The seeds of every run of the tests.
const USUAL: Range<u64> = 0..40;

#[expect(clippy::disallowed_methods, reason = "which seeds is no setting of the program's")]
fn seeds() -> Range<u64> {
    let Ok(given) = std::env::var("LINKDESK_SEEDS") else { return USUAL };
    let (from, to) = given.split_once("..").expect("LINKDESK_SEEDS=FROM..TO");
    from.parse().expect("a number")..to.parse().expect("a number")
}

#[tokio::test]
async fn whatever_happens_a_status_says_what_is_true_and_every_link_is_checked_again() {
    let app = TestApp::new().await;
    if app.database_file().is_none() {
        // It copies a file.
        return;
    }
    let template = Template::made_with(&app).await;
    let seeds = seeds();
    let mut did = world::Did::default();
    for seed in seeds.clone() {
        let mut world = World::new(&template, seed).await;
        for _ in 0..STEPS {
            world.step().await;
        }
        world.ends_well().await;
        did.add(&world.did);
    }
    println!("seeds {seeds:?}: {did:?}");
    // A run in which nothing went wrong shows nothing.
    let Range { start, end } = seeds;
    if end - start >= 40 {
        did.has_everything();
    }
}
