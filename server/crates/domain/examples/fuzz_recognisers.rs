//! Fuzzes the recognisers with 200,000 texts, or for as long as is asked: `-- --seconds 60 --seed 7`. Ends with status 1 at the first text that
//! breaks a promise, and prints it.

use std::io::{self, Write as _};
use std::process::ExitCode;
use std::time::{Duration, Instant};

#[path = "../tests/recognise/answers.rs"]
mod answers;
#[path = "../tests/recognise/fuzz.rs"]
mod fuzz;
#[path = "../tests/recognise/table/mod.rs"]
mod table;

/// How many texts are tried when no time is given.
const ROUNDS: u64 = 200_000;

fn main() -> io::Result<ExitCode> {
    let (seconds, seed) = (number("--seconds").map(Duration::from_secs), number("--seed").unwrap_or(1));
    let started = Instant::now();
    let mut fuzz = fuzz::Fuzz::new(seed);
    let mut broken = None;
    while broken.is_none() && seconds.map_or(fuzz.told().0 < ROUNDS, |wanted| started.elapsed() < wanted) {
        broken = (0..1000).find_map(|_| fuzz.round().err());
    }
    let (rounds, kept) = fuzz.told();
    writeln!(io::stdout(), "{rounds} texts in {:?}, {kept} kept, seed {seed}", started.elapsed())?;
    match broken {
        Some(promise) => {
            writeln!(io::stderr(), "not kept: {promise}")?;
            Ok(ExitCode::FAILURE)
        }
        None => Ok(ExitCode::SUCCESS),
    }
}

/// The number after this option.
fn number(option: &str) -> Option<u64> {
    std::env::args().skip_while(|argument| argument != option).nth(1)?.parse().ok()
}
