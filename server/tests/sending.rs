//! Bar R5: a receiver fails three times in ten, and the program that sends to it is killed (SIGKILL) over and over, while
//! things go on happening. In the end everything was delivered, a message that came twice has one id, and the numbers have
//! no gaps. Has no harness, so that the numbers can be said: `cargo test -p server --test sending -- 1000 20`.

#[cfg(test)]
#[path = "it/support/database_file.rs"]
#[expect(dead_code, reason = "the other tests use more of it")]
mod database;
#[cfg(test)]
#[path = "it/support/program.rs"]
#[expect(dead_code, reason = "the other tests use more of it")]
mod program;
#[cfg(test)]
#[path = "sending/receiver.rs"]
mod receiver;
#[cfg(test)]
#[path = "sending/run.rs"]
mod run;

use std::process::ExitCode;
use std::time::Instant;

/// What a run of the harness would call it.
const NAME: &str = "everything_is_delivered_whatever_fails_and_whoever_is_killed";
/// How many events an ordinary run has.
const EVENTS: usize = 100;
/// How many kills.
const KILLS: usize = 4;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    if has("--list") {
        // As the tools that run tests ask for it; none is ignored.
        if !has("--ignored") {
            say(&format!("{NAME}: test"));
        }
        return ExitCode::SUCCESS;
    }
    let words: Vec<_> = arguments.iter().filter(|argument| !argument.starts_with("--")).collect();
    let numbers: Vec<usize> = words.iter().filter_map(|word| word.parse().ok()).collect();
    let names = |word: &&String| NAME.contains(word.as_str()) || "sending".contains(word.as_str());
    if has("--ignored") || (numbers.is_empty() && !words.is_empty() && !words.iter().any(names)) {
        return ExitCode::SUCCESS;
    }
    let number = |place: usize, usual| numbers.get(place).copied().unwrap_or(usual);
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let Ok(runtime) = runtime.worker_threads(2).enable_all().build() else { return ExitCode::FAILURE };
    let began = Instant::now();
    // A task of its own, so that what is wrong ends the run and not the runtime.
    let told =
        runtime.block_on(async { tokio::spawn(run::run(number(0, EVENTS), number(1, KILLS))).await.ok() });
    let Some(told) = told else { return ExitCode::FAILURE };
    say(&format!("{told} in {} s", began.elapsed().as_secs()));
    ExitCode::SUCCESS
}

#[expect(clippy::print_stdout, reason = "without a harness it tells its list and its outcome itself")]
fn say(line: &str) {
    println!("{line}");
}
