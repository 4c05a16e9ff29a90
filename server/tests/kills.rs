//! Bar R1 for checks: the program is killed (SIGKILL) at moments it cannot choose while it asks UKG Pro, over and over.
//!
//! After each restart every link is as it was before or as it is after, the administrator can go on, and UKG Pro has
//! refused no more than it may. Has no harness, so that the number of kills can be said:
//! `cargo test -p server --test kills -- 500`.

#[cfg(test)]
#[path = "it/support/database_file.rs"]
#[expect(dead_code, reason = "the other tests use more of it")]
mod database;
#[cfg(test)]
#[path = "kills/ground.rs"]
mod ground;
#[cfg(test)]
#[path = "it/support/program.rs"]
#[expect(dead_code, reason = "the other tests use more of it")]
mod program;
#[cfg(test)]
#[path = "kills/rounds.rs"]
mod rounds;
#[cfg(test)]
#[path = "kills/state.rs"]
mod state;
#[cfg(test)]
#[path = "kills/visitor.rs"]
mod visitor;

use std::process::ExitCode;
use std::time::Instant;

use ground::Ground;
use rounds::Figures;

/// What a run of the harness would call it.
const NAME: &str = "a_kill_during_a_check_leaves_each_link_as_before_or_as_after";
/// How many kills an ordinary run has.
const KILLS: usize = 40;
/// So many programs, each with a folder and a UKG Pro of its own, are killed side by side.
const WORKERS: usize = 4;

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
    let kills = words.iter().find_map(|word| word.parse().ok());
    let names = |word: &&String| NAME.contains(word.as_str()) || "kills".contains(word.as_str());
    if has("--ignored") || (kills.is_none() && !words.is_empty() && !words.iter().any(names)) {
        return ExitCode::SUCCESS;
    }
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let Ok(runtime) = runtime.worker_threads(2).enable_all().build() else { return ExitCode::FAILURE };
    let began = Instant::now();
    let Some(figures) = runtime.block_on(kill(kills.unwrap_or(KILLS))) else { return ExitCode::FAILURE };
    say(&format!("{figures} in {} s", began.elapsed().as_secs()));
    ExitCode::SUCCESS
}

#[expect(clippy::print_stdout, reason = "without a harness it tells its list and its outcome itself")]
fn say(line: &str) {
    println!("{line}");
}

/// All the kills; `None` when one of them left something behind that may not be.
async fn kill(kills: usize) -> Option<Figures> {
    let share = move |worker: usize| kills / WORKERS + usize::from(worker < kills % WORKERS);
    let workers: Vec<_> = (0..WORKERS)
        .map(|worker| {
            tokio::task::spawn_blocking(move || {
                tokio::runtime::Handle::current().block_on(async {
                    let ground = Ground::prepare(worker, share(worker)).await;
                    rounds::run(ground, share(worker)).await
                })
            })
        })
        .collect();
    let mut figures = Some(Figures::default());
    for worker in workers {
        let done = worker.await.ok();
        figures = figures.zip(done).map(|(all, more)| all.and(&more));
    }
    figures
}
