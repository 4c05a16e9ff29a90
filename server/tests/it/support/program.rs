//! The program itself, as a process on a folder of its own.

use std::io::Write as _;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// How long a started server may take until a test gives up on it.
const PATIENCE: Duration = Duration::from_secs(20);

/// The program `linkdesk` on a folder of its own. What it started ends with it.
pub struct Program {
    folder: TempDir,
    settings: Vec<(String, String)>,
    running: Vec<Child>,
}

impl Program {
    /// Without a key file, so without most things.
    pub fn bare() -> Self {
        Self { folder: TempDir::new().unwrap(), settings: Vec::new(), running: Vec::new() }
    }

    /// With a key file, an address of its own and an empty database.
    pub fn ready() -> Self {
        let mut program = Self::bare();
        let made = program.run(&["keygen", "--out", "master.key"]);
        assert!(made.status.success(), "{made:?}");
        program.set("LINKDESK_MASTER_KEY_FILE", "master.key");
        program.set("LINKDESK_ADDR", &free_address().to_string());
        program
    }

    pub fn set(&mut self, name: &str, value: &str) {
        self.settings.retain(|(known, _)| known != name);
        self.settings.push((name.to_owned(), value.to_owned()));
    }

    /// What was set.
    pub fn settings(&self) -> impl Iterator<Item = (&str, &str)> {
        self.settings.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    pub fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    pub fn database(&self) -> PathBuf {
        self.path("linkdesk.db")
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).stdin(Stdio::null()).output().unwrap()
    }

    /// The same, with this on standard input.
    pub fn run_with_input(&self, arguments: &[&str], input: &str) -> Output {
        let mut command = self.command(arguments);
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // A program that ends without reading closes the pipe first, which is its right.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        child.wait_with_output().unwrap()
    }

    /// Starts a command that goes on, its output into these files of the folder.
    pub fn start(&mut self, arguments: &[&str], out: &str, err: &str) {
        let file = |name: &str| std::fs::File::create(self.path(name)).unwrap();
        let (out, err) = (file(out), file(err));
        let child = self.command(arguments).stdin(Stdio::null()).stdout(out).stderr(err).spawn().unwrap();
        self.running.push(child);
    }

    /// Starts the server and waits until it answers; tells how long that took.
    pub async fn serve(&mut self) -> Duration {
        let began = Instant::now();
        self.start(&["serve"], "serve.out", "serve.err");
        let address = self.address();
        while began.elapsed() < PATIENCE {
            let answered =
                try_http(address, "GET /health/live HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await;
            if answered.is_some_and(|answer| answer.starts_with("HTTP/1.1 200")) {
                return began.elapsed();
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("the server did not answer: {}", std::fs::read_to_string(self.path("serve.err")).unwrap());
    }

    /// Kills what was started last, without a chance to tidy up (SIGKILL).
    pub fn kill(&mut self) {
        let mut child = self.running.pop().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
    }

    /// Tells what was started last to stop (SIGTERM), and waits until it has; how long that took, and how it ended.
    pub async fn stop(&mut self) -> (Duration, ExitStatus) {
        let mut child = self.running.pop().unwrap();
        let began = Instant::now();
        let told = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
        assert!(told.success());
        loop {
            if let Some(status) = child.try_wait().unwrap() {
                return (began.elapsed(), status);
            }
            assert!(began.elapsed() < PATIENCE, "it does not stop: {}", self.log());
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    /// What the server logged since it was started last.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.path("serve.err")).unwrap()
    }

    pub fn address(&self) -> SocketAddr {
        let address = self.settings.iter().find(|(name, _)| name == "LINKDESK_ADDR");
        address.map(|(_, value)| value.parse().unwrap()).unwrap()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(Path::new(env!("CARGO_BIN_EXE_linkdesk")));
        // Nothing of the machine's own settings may play a part.
        command.env_clear().current_dir(self.folder.path()).args(arguments);
        command.envs(self.settings.iter().map(|(name, value)| (name, value)));
        command
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        for child in &mut self.running {
            // One that ended by itself cannot be killed.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// An address nobody listens on at the moment.
pub fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

/// Sends a request and reads the whole answer; `None` when the connection broke before its head was complete.
pub async fn http(address: SocketAddr, method: &str, path: &str, cookie: &str, body: &str) -> Option<String> {
    let request = format!(
        "{method} {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\nsec-fetch-site: same-origin\r\ncookie: \
         {cookie}\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    try_http(address, &request).await
}

async fn try_http(address: SocketAddr, request: &str) -> Option<String> {
    let mut stream = TcpStream::connect(address).await.ok()?;
    stream.write_all(request.as_bytes()).await.ok()?;
    let mut answer = Vec::new();
    // An answer whose head is complete was given, even if the connection was torn down right after.
    let _ = stream.read_to_end(&mut answer).await;
    let text = String::from_utf8_lossy(&answer).into_owned();
    text.contains("\r\n\r\n").then_some(text)
}
