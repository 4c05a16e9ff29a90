//! A PostgreSQL of the tests' own, in a temporary folder in memory, reached by a socket in it. It is started by the first test that
//! needs it and shared by all processes that run tests of this build folder at the time; a few seconds after the last of
//! them it is stopped and its folder removed. Each test has a database of its own, copied from a template.

use std::fs::{self, File, OpenOptions};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::{Read as _, Seek as _, Write as _};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// What the server is started with: as careful with the disk as in earnest, and no bigger than it must be.
const SETTINGS: &str =
    "-c listen_addresses= -c max_connections=200 -c shared_buffers=64MB -c fsync=on -c max_wal_size=512MB";
/// The user who owns the databases.
const USER: &str = "linkdesk";

/// The server, as long as this process lives.
pub struct Cluster {
    folder: PathBuf,
    /// Locked, shared: the server is not stopped while anybody has it so.
    _in_use: File,
}

/// A database of the test's own; dropped, it is gone.
pub struct Database {
    name: String,
}

impl Cluster {
    /// The one of this build folder, started when it does not run.
    pub(crate) fn get() -> &'static Self {
        static CLUSTER: OnceLock<Cluster> = OnceLock::new();
        CLUSTER.get_or_init(Self::join)
    }

    /// The URL of this database.
    pub(crate) fn url(&self, database: &str) -> String {
        format!("postgres://{USER}@localhost/{database}?host={}", self.folder.display())
    }

    /// Runs this SQL as the superuser; what it printed.
    pub(crate) fn execute(&self, database: &str, sql: &str) -> String {
        let mut psql = Command::new(programs().join("psql"));
        psql.arg("--host").arg(&self.folder).args(["--username", USER, "--dbname", database]);
        let psql = psql.args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--command", sql]);
        said(psql.env("PGOPTIONS", "-c client_min_messages=error"))
    }

    fn join() -> Self {
        let shared = Path::new(env!("CARGO_TARGET_TMPDIR"));
        fs::create_dir_all(shared).unwrap();
        let in_use = opened(&shared.join("postgres.in-use"));
        in_use.lock_shared().unwrap();
        let mut place = opened(&shared.join("postgres.place"));
        place.lock().unwrap();
        let mut folder = String::new();
        place.read_to_string(&mut folder).unwrap();
        let mut folder = PathBuf::from(folder);
        if UnixStream::connect(folder.join(".s.PGSQL.5432")).is_err() {
            folder = start(&shared.join("postgres.in-use"));
            place.set_len(0).unwrap();
            place.rewind().unwrap();
            place.write_all(folder.as_os_str().as_encoded_bytes()).unwrap();
        }
        Self { folder, _in_use: in_use }
    }
}

impl Database {
    /// A fresh one, whose tables are those of the template of this name, which is made when it is missing: `fill` is given
    /// its URL.
    pub(crate) async fn like<F: Future<Output = ()>>(template: &str, fill: impl FnOnce(String) -> F) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let cluster = Cluster::get();
        // A template of another build of the tests may have other tables.
        let template = format!("{template}_{:x}", build());
        let mut lock = opened(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("postgres.templates"));
        lock.lock().unwrap();
        let mut known = String::new();
        lock.read_to_string(&mut known).unwrap();
        let mark = format!("{} {template}\n", cluster.folder.display());
        if !known.contains(&mark) {
            cluster.execute("postgres", &format!("DROP DATABASE IF EXISTS {template}"));
            cluster.execute("postgres", &format!("CREATE DATABASE {template}"));
            fill(cluster.url(&template)).await;
            lock.write_all(mark.as_bytes()).unwrap();
        }
        drop(lock);
        let name = format!("t{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        cluster.execute("postgres", &format!("CREATE DATABASE {name} TEMPLATE {template}"));
        Self { name }
    }

    /// One without any table.
    pub(crate) async fn empty() -> Self {
        Self::like("empty", |_| async {}).await
    }

    pub(crate) fn url(&self) -> String {
        Cluster::get().url(&self.name)
    }

    /// Runs this SQL as the superuser; what it printed.
    pub(crate) fn execute(&self, sql: &str) -> String {
        Cluster::get().execute(&self.name, sql)
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        Cluster::get().execute("postgres", &format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
    }
}

/// Starts a server in a new folder, and somebody who stops it once nobody has locked the file any more.
fn start(in_use: &Path) -> PathBuf {
    // Making and dropping a database waits for the disk several times, each test does both, and no test cuts the power: in
    // memory they take a tenth of the time.
    let memory = Path::new("/dev/shm");
    let beside = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    let folder = tempfile::Builder::new().prefix("linkdesk-pg-").tempdir_in(beside).unwrap().keep();
    let programs = programs();
    if let Some(owner) = owner() {
        said(Command::new("chown").arg(owner).arg(&folder));
    }
    let data = folder.join("data");
    let initdb = programs.join("initdb");
    said(as_owner(&folder, &initdb).arg("--pgdata").arg(&data).args([
        "--username",
        USER,
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
    ]));
    let pg_ctl = programs.join("pg_ctl");
    let settings = format!("{SETTINGS} -c unix_socket_directories={}", folder.display());
    said(
        as_owner(&folder, &pg_ctl)
            .args(["start", "--wait", "--silent", "--pgdata"])
            .arg(&data)
            .args(["--options", &settings, "--log"])
            .arg(folder.join("log")),
    );
    let stop = as_owner(&folder, &pg_ctl);
    let stop = std::iter::once(stop.get_program()).chain(stop.get_args());
    let stop: Vec<_> = stop.map(|part| part.to_string_lossy().into_owned()).collect();
    let script = format!(
        "while sleep 4; do flock -x -n '{in_use}' -c \"cd '{folder}'; {stop} stop --mode immediate --silent --pgdata '{data}'; \
         cd /; rm -rf '{folder}'\" && exit; done",
        in_use = in_use.display(),
        folder = folder.display(),
        stop = stop.join(" "),
        data = data.display(),
    );
    let mut keeper = Command::new("setsid");
    keeper
        .args(["--fork", "sh", "-c", &script])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    assert!(keeper.status().expect("setsid is missing: it is a part of util-linux").success());
    folder
}

/// The newest PostgreSQL that is installed.
fn programs() -> PathBuf {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let bins = versions.map(|version| version.path().join("bin")).filter(|bin| bin.join("initdb").exists());
    bins.max().expect("PostgreSQL is missing: `.ci/setup.sh test` installs Debian's")
}

/// Whom a server belongs to that root starts, who must not run one: Debian's user for it, or nobody.
fn owner() -> Option<&'static str> {
    let id = said(Command::new("id").arg("-u"));
    let has = |user| Command::new("id").arg(user).output().is_ok_and(|id| id.status.success());
    (id.trim() == "0").then(|| if has("postgres") { "postgres" } else { "nobody" })
}

fn as_owner(folder: &Path, program: &Path) -> Command {
    let mut command = match owner() {
        Some(owner) => {
            let mut command = Command::new("setpriv");
            command
                .args(["--reuid", owner, "--regid"])
                .arg(said(Command::new("id").args(["-g", owner])).trim());
            command.args(["--clear-groups", "--"]).arg(program);
            command
        }
        None => Command::new(program),
    };
    command.current_dir(folder).env("LC_ALL", "C.UTF-8");
    command
}

/// What the program printed; the test ends when it failed.
fn said(command: &mut Command) -> String {
    let Output { status, stdout, stderr } =
        command.stdin(Stdio::null()).output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(status.success(), "{command:?}: {}", String::from_utf8_lossy(&stderr));
    String::from_utf8_lossy(&stdout).trim_end().to_owned()
}

fn opened(path: &Path) -> File {
    OpenOptions::new().read(true).append(true).create(true).open(path).unwrap()
}

/// Tells this build of the tests from another.
fn build() -> u64 {
    let program = std::env::current_exe().unwrap();
    let mut hasher = DefaultHasher::new();
    (&program, fs::metadata(&program).unwrap().modified().unwrap()).hash(&mut hasher);
    hasher.finish()
}
