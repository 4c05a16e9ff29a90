//! Jobs that do nothing (bar P14): how many a second, ours and those of apalis, on SQLite and on PostgreSQL, each with its
//! end kept; and how long it takes from the commit that puts a job until it begins.
//!
//! `server/benches/rivals/run.sh [ROUNDS]`. Ours are worked on by the server's own worker and use case: a re-check of a link
//! that is not there, each ended behind its fence, together with whichever end at that moment. Those of apalis are fetched, locked and
//! ended in batches as large as ours may be. As it sets SQLite up (`synchronous=OFF`) a power cut loses its jobs; with
//! FULL it promises what ours do. Each case has its turn in every round; ratios are taken within a round.

mod config;
#[path = "../../../src/adapters/ukg_gateway.rs"]
mod gateway;
mod ours;
mod rechecks;
mod theirs;
#[path = "../../../src/jobs/worker.rs"]
mod worker;

use std::path::Path;
use std::time::{Duration, Instant};

/// How many jobs are worked on at a time, or fetched at once.
pub const AT_A_TIME: usize = 64;
/// How many jobs there are in each case of a round: enough that what a worker does at its start does not count.
const ON_SQLITE: usize = 4_000;
const ON_POSTGRES: usize = 10_000;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match &arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["queue", url, rounds @ ..] => {
            queue(url, rounds.first().map_or(Ok(7), |rounds| rounds.parse())?).await
        }
        ["rechecks", rounds @ ..] => {
            rechecks::run(rounds.first().map_or(Ok(7), |rounds| rounds.parse())?).await
        }
        ["stand-in", ca_file] => rechecks::stand_in(Path::new(ca_file)).await,
        _ => anyhow::bail!("queue URL [ROUNDS], or rechecks [ROUNDS]"),
    }
}

async fn queue(url: &str, rounds: usize) -> anyhow::Result<()> {
    // On the disk this stands on, not in memory.
    let folder = tempfile::tempdir_in(concat!(env!("CARGO_MANIFEST_DIR"), "/target"))?;
    let sqlite = ours::on_sqlite(folder.path()).await?;
    let postgres = ours::on_postgres(url).await?;
    let their_sqlite = theirs::Sqlite::open(&folder.path().join("theirs.db"), false).await?;
    let their_full = theirs::Sqlite::open(&folder.path().join("full.db"), true).await?;
    let their_postgres = theirs::Postgres::open(url).await?;

    let names = [
        "SQLite: ours",
        "SQLite: apalis, synchronous=FULL",
        "SQLite: apalis, as it comes (OFF)",
        "PostgreSQL: ours",
        "PostgreSQL: apalis",
    ];
    let mut rates = names.map(|_| Vec::new());
    for _ in 0..rounds {
        let round = [
            sqlite.rate(ON_SQLITE).await?,
            their_full.rate(ON_SQLITE).await?,
            their_sqlite.rate(ON_SQLITE).await?,
            postgres.rate(ON_POSTGRES).await?,
            their_postgres.rate(ON_POSTGRES).await?,
        ];
        for (rates, rate) in rates.iter_mut().zip(round) {
            rates.push(rate);
        }
    }
    println!("{rounds} rounds; jobs a second: median (least to most)");
    for (name, rates) in names.iter().zip(&rates) {
        let [least, middle, most] = spread(rates);
        println!("{name:<36}{middle:>8.0} ({least:.0} to {most:.0})");
    }
    let [sqlite_ours, sqlite_full, sqlite_off, postgres_ours, postgres_theirs] = &rates;
    bar("SQLite, both durable", sqlite_ours, sqlite_full, 3.0);
    bar("SQLite, apalis not durable", sqlite_ours, sqlite_off, 3.0);
    bar("PostgreSQL", postgres_ours, postgres_theirs, 1.0);
    for (name, ours) in [("SQLite", &sqlite), ("PostgreSQL", &postgres)] {
        let mut waits = ours.pick_ups(500).await?;
        waits.sort_unstable();
        let (middle, p99) = (waits[waits.len() / 2], waits[waits.len() * 99 / 100]);
        let holds = if p99 <= Duration::from_millis(25) { "holds" } else { "MISSED" };
        println!(
            "{name}: from its commit until begun, done and kept: median {middle:.2?}, p99 {p99:.2?}, at most 25 ms: {holds}"
        );
    }
    Ok(())
}

fn bar(name: &str, ours: &[f64], theirs: &[f64], least: f64) {
    let ratios: Vec<f64> = ours.iter().zip(theirs).map(|(ours, theirs)| ours / theirs).collect();
    let [low, ratio, high] = spread(&ratios);
    let holds = if ratio >= least { "holds" } else { "MISSED" };
    println!("{name}: {ratio:.2} ({low:.2} to {high:.2}) times apalis, at least {least}: {holds}");
}

pub fn spread(values: &[f64]) -> [f64; 3] {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    [values[0], values[values.len() / 2], values[values.len() - 1]]
}

/// So many a second.
pub fn rate(jobs: usize, began: Instant) -> f64 {
    jobs as f64 / began.elapsed().as_secs_f64()
}

/// Waits until this says that nothing is left.
pub async fn until_none<F: Future<Output = anyhow::Result<u64>>>(left: impl Fn() -> F) -> anyhow::Result<()> {
    while left().await? > 0 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    Ok(())
}
