//! Runs one test of this binary again, under `strace`.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::process::Command;

/// What the test printed and what it asked of the kernel.
pub(crate) struct Traced {
    pub(crate) output: String,
    pub(crate) calls: String,
}

/// Runs the test of this name with these options of strace; an error when it fails.
pub(crate) fn run(test: &str, options: &[&str]) -> Result<Traced, Box<dyn std::error::Error>> {
    run_in(test, options, &[])
}

/// The same with something in its environment.
pub(crate) fn run_in(
    test: &str,
    options: &[&str],
    environment: &[(&str, &Path)],
) -> Result<Traced, Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("calls");
    let mut strace = Command::new("strace");
    // All threads, with the names of files and enough of what is written to know the markers.
    strace.args(["--follow-forks", "--decode-fds=path", "--string-limit=64", "--output"]).arg(&file);
    strace.envs(environment.iter().copied());
    strace.args(options).arg(std::env::current_exe()?);
    strace.args(["--exact", test, "--nocapture", "--test-threads=1"]);
    let done = strace.output().map_err(|error| {
        if error.kind() == ErrorKind::NotFound {
            "install strace".to_owned()
        } else {
            format!("could not run strace: {error}")
        }
    })?;
    let output = String::from_utf8_lossy(&done.stdout).into_owned();
    if !done.status.success() || !output.contains("1 passed") {
        return Err(format!("{test}:\n{output}{}", String::from_utf8_lossy(&done.stderr)).into());
    }
    Ok(Traced { output, calls: read(&file)? })
}

fn read(file: &Path) -> std::io::Result<String> {
    Ok(String::from_utf8_lossy(&fs::read(file)?).into_owned())
}
