//! What there is, and what can happen to it.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::{LinkId, LinkStatus, Permission, ProblemCode, Role};
use server::config::{Config, Source};
use server::startup::{Application, Deps};
use services::{Clock as _, Services};
use storage::{Job, JobKind, JobReads as _, Storage as _};
use storage_sqlite::SqliteStorage;
use tempfile::TempDir;
use tokio::task::JoinHandle;

use super::laws::{Laws, Told, spent};
use super::stand_in::{Answer, Refused, StandIn};
use crate::support::{Admin, Browser, KEY, RepeatableEntropy, StoppedClock, TestApp, database_file};

pub const SECOND: i64 = 1_000;
pub const MINUTE: i64 = 60 * SECOND;
pub const HOUR: i64 = 60 * MINUTE;
/// How often links are checked again, as the seed chooses.
const EVERY: [(&str, i64); 3] = [("24h", 24 * HOUR), ("1h", HOUR), ("5m", 5 * MINUTE)];
/// Nine links of one host, so that not all of them may ask at a time, and one of another.
const HOSTS: [(&str, usize); 2] = [("service4.ultipro.com", 9), ("service5.ultipro.com", 1)];

/// A database with linked accounts, copied for each seed.
pub struct Template {
    file: PathBuf,
    key: PathBuf,
    people: Vec<(Admin, String, usize)>,
    staff: Browser,
}

/// One server.
pub struct Server {
    pub services: Services,
    pub stand_in: Arc<StandIn>,
    /// It does not go on, and nobody knows.
    pub hangs: bool,
    pub active: Vec<Active>,
    router: axum::Router,
}

/// A job that a server works on.
pub struct Active {
    pub job: Job,
    pub username: String,
    pub host: usize,
    task: JoinHandle<()>,
}

/// A link, and how its account is at UKG Pro.
pub struct Subject {
    pub id: LinkId,
    pub username: String,
    pub host: usize,
    pub account: Answer,
    admin: Admin,
    passwords: u32,
}

/// How often each thing happened.
#[derive(Debug, Default)]
pub struct Did {
    rechecks: u32,
    broken: u32,
    mended: u32,
    gaps: u32,
    faults: u32,
    late: u32,
    left_alone: u32,
    paused: u32,
}

pub struct World {
    pub seed: u64,
    pub clock: Arc<StoppedClock>,
    pub storage: SqliteStorage,
    pub servers: [Server; 2],
    pub subjects: Vec<Subject>,
    pub up: [bool; 2],
    pub every_ms: i64,
    pub refused: Refused,
    pub did: Did,
    laws: Laws,
    chance: RepeatableEntropy,
    staff: Browser,
    file: PathBuf,
    _folder: TempDir,
}

impl Template {
    pub async fn made_with(app: &TestApp) -> Self {
        let mut people = Vec::new();
        for (host, (name, links)) in HOSTS.into_iter().enumerate() {
            for n in 0..links {
                let asked = [Permission::PayrollIntegration];
                let invite = app.invite_for(&format!("Customer {host}-{n}"), &asked, 400 * 86_400).await;
                let mut admin = app.admin_of(invite).await;
                let username = format!("LINKDESK{host}{n}");
                admin.post("key", &[("key", KEY)]).await;
                admin.post("account", &[("username", &username), ("password", "first horse battery")]).await;
                admin.post("domain", &[("url", &format!("https://{name}"))]).await;
                assert_eq!(app.stored_status(admin.link).await, "linked");
                people.push((admin, username, host));
            }
        }
        let staff = app.as_staff(Role::Owner).await;
        let file = app.folder().join("template.db");
        database_file::change(&app.database_file().unwrap(), &format!("VACUUM INTO '{}'", file.display()))
            .await;
        Self { file, key: app.key_file(), people, staff }
    }
}

impl World {
    pub async fn new(template: &Template, seed: u64) -> Self {
        // In memory where there is such a folder: what a disk does when it is cut off is the business of other tests.
        let folder = TempDir::new_in("/dev/shm").or_else(|_| TempDir::new()).unwrap();
        let file = folder.path().join("seed.db");
        std::fs::copy(&template.file, &file).unwrap();
        let url = format!("sqlite://{}", file.display());
        let chance = RepeatableEntropy::new(seed.wrapping_mul(0x5851_f42d_4c95_7f2d));
        let clock = Arc::new(StoppedClock::new());
        clock.advance(MINUTE);
        let (every, every_ms) = EVERY[pick(&chance, EVERY.len())];
        let refused = Refused::default();
        let source = Source::of(&[("LINKDESK_RECHECK_EVERY", every)])
            .with("LINKDESK_MASTER_KEY_FILE", template.key.display().to_string())
            .with("LINKDESK_DATABASE_URL", url.clone());
        let config = Config::from_source(&source).unwrap();
        let mut servers = Vec::new();
        for n in 0..2 {
            let stand_in = Arc::new(StandIn::new(refused.clone(), clock.clone()));
            let entropy = Arc::new(RepeatableEntropy::new(seed * 2 + n + 1_000_000));
            let deps = Deps { clock: clock.clone(), entropy, ukg: stand_in.clone(), mailer: None };
            let Application { router, services, .. } = Application::build(&config, deps).await.unwrap();
            servers.push(Server { services, stand_in, hangs: false, active: Vec::new(), router });
        }
        let servers: [Server; 2] = servers.try_into().unwrap_or_else(|_| unreachable!());
        servers[0].services.schedule_rechecks().await.unwrap();
        let subjects = template.people.iter().map(|(admin, username, host)| {
            let mut admin = admin.clone();
            admin.browser = moved(&admin.browser, &servers[0]);
            let (id, username, host) = (admin.link, username.clone(), *host);
            Subject { id, username, host, account: Answer::Granted, admin, passwords: 1 }
        });
        let subjects: Vec<_> = subjects.collect();
        let staff = moved(&template.staff, &servers[0]);
        let storage = SqliteStorage::open(&url).await.unwrap();
        let (laws, did) = (Laws::new(subjects.len()), Did::default());
        let up = [true; 2];
        Self {
            seed,
            clock,
            storage,
            servers,
            subjects,
            up,
            every_ms,
            refused,
            did,
            laws,
            chance,
            staff,
            file,
            _folder: folder,
        }
    }

    /// One thing happens; then every law is looked at.
    pub async fn step(&mut self) {
        match pick(&self.chance, 100) {
            0..=9 => self.work().await,
            10..=29 => self.answer_one().await,
            30..=69 => {
                self.wait_for_the_next().await;
                self.work().await;
            }
            70..=75 => self.time_goes_by().await,
            76..=79 => self.a_host_changes(),
            80..=88 => self.an_account_changes(),
            89..=91 => self.a_server_hangs(),
            92..=94 => self.a_server_comes_back().await,
            95..=97 => self.she_enters_another_password().await,
            _ => self.staff_pause_or_go_on().await,
        }
        self.look().await;
    }

    /// Everything is well again, and stays so: every link that can be is checked within its time, and is linked.
    pub async fn ends_well(&mut self) {
        self.up = [true; 2];
        for subject in &mut self.subjects {
            subject.account = Answer::Granted;
        }
        for n in 0..2 {
            self.resume(n).await;
            self.look().await;
        }
        self.she_mends_what_is_broken().await;
        self.look().await;
        let from = self.clock.now();
        // Beyond the retries' and the breaker's longest rest, whatever the pace.
        let until = from.as_millis() + 2 * self.every_ms + (3 * HOUR).min(3 * self.every_ms);
        while self.clock.now().as_millis() < until {
            self.work().await;
            self.look().await;
            while self.answer_any().await {
                self.look().await;
            }
            // Nobody is refused any more; but a password that was refused as often as it may be is not asked about again: she is
            // told, and enters another.
            let spent = spent(&self.refused);
            for (at, subject) in self.subjects.iter().enumerate() {
                let broke = self.status(at).await == LinkStatus::Broken;
                assert!(!broke || spent.contains(&subject.username), "{} broke", self.seed_of(subject));
            }
            self.she_mends_what_is_broken().await;
            self.look().await;
            let wait = self.servers[0].services.next_job(JobKind::Recheck).await.unwrap().unwrap_or(HOUR);
            self.go_by(wait.clamp(SECOND, HOUR)).await;
        }
        for subject in &self.subjects {
            let link = self.storage.link(subject.id).await.unwrap().unwrap();
            if link.status == LinkStatus::Paused {
                continue;
            }
            assert_eq!(link.status, LinkStatus::Linked, "{}", self.seed_of(subject));
            let last = self.laws.last_accepted(subject.host, &subject.username, &self.subjects);
            let since = self.clock.now().millis_since(last.expect("it was checked"));
            let longest = self.every_ms * 11 / 10 + MINUTE;
            assert!(since <= longest, "{}: last checked {since} ms ago", self.seed_of(subject));
        }
    }

    /// A server takes what is due.
    async fn work(&mut self) {
        let n = pick(&self.chance, 2);
        if self.servers[n].hangs {
            return;
        }
        let room = 1 + pick(&self.chance, 12);
        let services = self.servers[n].services.clone();
        let jobs = services.take_jobs(JobKind::Recheck, u32::try_from(room).unwrap()).await.unwrap();
        for job in jobs {
            let subject = self.subjects.iter().find(|subject| subject.id.to_string() == job.subject).unwrap();
            let (username, host) = (subject.username.clone(), subject.host);
            let (own, doing) = (job.clone(), services.clone());
            let task = tokio::spawn(async move { doing.do_job(&own).await.unwrap() });
            self.servers[n].active.push(Active { job, username, host, task });
            self.did.rechecks += 1;
            let begun = self.servers[n].stand_in.begun();
            self.settle(n).await;
            self.did.left_alone += u32::from(self.up[host] && self.servers[n].stand_in.begun() == begun);
            self.laws.asked(n, &self.servers, &self.subjects, self.clock.now(), self.seed);
        }
    }

    /// One question that waits at a server that goes on is answered.
    async fn answer_one(&mut self) {
        self.answer_any().await;
    }

    async fn answer_any(&mut self) -> bool {
        let waiting: Vec<(usize, String)> = (0..2)
            .filter(|n| !self.servers[*n].hangs)
            .flat_map(|n| {
                self.servers[n].stand_in.waiting().into_iter().map(move |(username, ..)| (n, username))
            })
            .collect();
        let Some((n, username)) = waiting.get(pick(&self.chance, waiting.len().max(1))).cloned() else {
            return false;
        };
        self.answer(n, &username).await;
        true
    }

    /// Answers as the host and the account are now.
    async fn answer(&mut self, n: usize, username: &str) {
        let at = self.subjects.iter().position(|subject| subject.username == username).unwrap();
        let subject = &self.subjects[at];
        let answer =
            if self.up[subject.host] { subject.account } else { Answer::Fault(ProblemCode::UkgUnavailable) };
        let id = subject.id;
        let waiting = self.servers[n].stand_in.waiting();
        let begun = waiting.iter().find(|(name, ..)| name == username).expect("somebody asked").2;
        let held =
            self.servers[n].active.iter().find(|active| active.username == username && active.is_running());
        let held = held.map(|active| active.job.clone()).expect("somebody asked");
        let before = self.storage.job(held.kind, &held.subject).await.unwrap();
        let owns = before.as_ref().is_some_and(|job| job.fence == held.fence);
        let link = self.storage.link(id).await.unwrap().unwrap();
        self.servers[n].stand_in.answers(username, answer);
        self.settle(n).await;
        if !owns {
            self.did.late += 1;
            let after = self.storage.job(held.kind, &held.subject).await.unwrap();
            assert_eq!(after, before, "seed {}: a late worker touched the job of {id}", self.seed);
            let now = self.storage.link(id).await.unwrap().unwrap();
            assert_eq!(now, link, "seed {}: a late worker changed {id}", self.seed);
        }
        self.did.faults += u32::from(matches!(answer, Answer::Fault(_)));
        let told = Told { answer, begun, counts: owns, hung: self.servers[n].hangs };
        self.laws.answered((n, at), &told, self.clock.now());
        self.laws.asked(n, &self.servers, &self.subjects, self.clock.now(), self.seed);
    }

    /// Time goes by until the next job is due.
    async fn wait_for_the_next(&mut self) {
        let wait = self.servers[0].services.next_job(JobKind::Recheck).await.unwrap().unwrap_or(MINUTE);
        self.go_by(wait.max(1)).await;
    }

    async fn time_goes_by(&mut self) {
        let longest = [SECOND, 20 * SECOND, 2 * MINUTE, 20 * MINUTE, self.every_ms][pick(&self.chance, 5)];
        self.go_by(1 + i64::try_from(self.chance.next() % u64::try_from(longest).unwrap()).unwrap()).await;
    }

    /// Nothing takes longer than ten seconds at a server that goes on: a check has a deadline.
    async fn go_by(&mut self, millis: i64) {
        if millis > 10 * SECOND {
            while self.answer_any().await {}
        }
        self.clock.advance(millis);
        for server in self.servers.iter().filter(|server| !server.hangs) {
            let held: Vec<Job> = server.active.iter().map(|active| active.job.clone()).collect();
            server.services.hold_jobs(&held).await.unwrap();
            server.services.abandon_stuck_checks().await.unwrap();
        }
    }

    fn a_host_changes(&mut self) {
        let host = pick(&self.chance, 2);
        self.up[host] = !self.up[host];
    }

    fn an_account_changes(&mut self) {
        let at = pick(&self.chance, self.subjects.len());
        let account = [Answer::Granted, Answer::Gap, Answer::Refused, Answer::Refused][pick(&self.chance, 4)];
        self.did.gaps += u32::from(account == Answer::Gap);
        self.subjects[at].account = account;
    }

    fn a_server_hangs(&mut self) {
        // One of the two: with both there is nothing to see.
        if !self.servers.iter().any(|server| server.hangs) {
            self.servers[pick(&self.chance, 2)].hangs = true;
        }
    }

    async fn a_server_comes_back(&mut self) {
        for n in 0..2 {
            self.resume(n).await;
        }
    }

    /// It goes on as if nothing had been: what it asked is answered now.
    async fn resume(&mut self, n: usize) {
        if !self.servers[n].hangs {
            return;
        }
        for (username, ..) in self.servers[n].stand_in.waiting() {
            // Those that waited for a place meanwhile put their question as others are answered.
            if self.servers[n].stand_in.waits(&username) {
                self.answer(n, &username).await;
            }
        }
        self.servers[n].hangs = false;
    }

    /// The administrator, at the first server, while it goes on: another password, which is checked at once.
    async fn she_enters_another_password(&mut self) {
        let at = pick(&self.chance, self.subjects.len());
        let busy = self.servers.iter().any(|server| server.stand_in.waits(&self.subjects[at].username));
        if self.servers[0].hangs || busy {
            return;
        }
        let works = pick(&self.chance, 3) > 0;
        let answer = match (self.up[self.subjects[at].host], works) {
            (false, _) => Answer::Fault(ProblemCode::UkgUnavailable),
            (true, true) => Answer::Granted,
            (true, false) => Answer::Refused,
        };
        self.enter_password(at, answer).await;
    }

    /// Everybody who was told that her link is broken enters a password that works: it is linked at once.
    async fn she_mends_what_is_broken(&mut self) {
        for at in 0..self.subjects.len() {
            if self.status(at).await == LinkStatus::Broken {
                self.enter_password(at, Answer::Granted).await;
                let status = self.status(at).await;
                assert_eq!(status, LinkStatus::Linked, "{}", self.seed_of(&self.subjects[at]));
            }
        }
    }

    async fn enter_password(&mut self, at: usize, answer: Answer) {
        let before = self.status(at).await;
        let subject = &mut self.subjects[at];
        subject.passwords += 1;
        let asked = self.servers[0].stand_in.begun();
        subject.admin.browser.post(&subject.admin.invite.path(), &[]).await;
        self.servers[0].stand_in.answer_at_once(Some(answer));
        subject.admin.enter_password(&format!("horse battery {}", subject.passwords)).await;
        self.servers[0].stand_in.answer_at_once(None);
        let now = self.status(at).await;
        let begun = self.servers[0].stand_in.begun();
        self.laws.asked_at_once(begun);
        if answer == Answer::Granted && begun > asked && now == LinkStatus::Linked {
            self.subjects[at].account = Answer::Granted;
            self.did.mended += u32::from(before == LinkStatus::Broken);
            self.laws.changed(at, self.clock.now());
        }
    }

    async fn status(&self, at: usize) -> LinkStatus {
        self.storage.link(self.subjects[at].id).await.unwrap().unwrap().status
    }

    async fn staff_pause_or_go_on(&mut self) {
        if self.servers[0].hangs {
            return;
        }
        let subject = &self.subjects[pick(&self.chance, self.subjects.len())];
        let act = if pick(&self.chance, 3) == 0 { "pause" } else { "resume" };
        let path = format!("/desk/links/{}/{act}", subject.id);
        // They have signed in just now, whatever the clock says.
        let now = self.clock.now().as_millis();
        let sql = format!("UPDATE staff_session SET created_at = {now}, last_used_at = {now}");
        database_file::change(&self.file, &sql).await;
        self.staff.post(&path, &[]).await;
        let paused = self.storage.link(subject.id).await.unwrap().unwrap().status == LinkStatus::Paused;
        self.did.paused += u32::from(paused);
    }

    /// Waits until whoever works at this server has ended, or waits for UKG Pro's answer or for a place.
    async fn settle(&mut self, n: usize) {
        let patience = Instant::now() + Duration::from_secs(10);
        let server = &mut self.servers[n];
        loop {
            let waits = |active: &Active| {
                server.stand_in.waits(&active.username)
                    || server.stand_in.waiting_at(HOSTS[active.host].0) >= super::laws::AT_A_TIME
            };
            if server.active.iter().all(|active| active.task.is_finished() || waits(active)) {
                break;
            }
            assert!(Instant::now() < patience, "seed {}: a job neither ends nor asks", self.seed);
            tokio::time::sleep(Duration::from_micros(100)).await;
        }
        for at in (0..server.active.len()).rev() {
            if server.active[at].task.is_finished() {
                server.active.swap_remove(at).task.await.unwrap();
            }
        }
    }

    async fn look(&mut self) {
        let broken = self
            .laws
            .hold(
                self.seed,
                &self.storage,
                &self.subjects,
                &self.servers,
                self.clock.now(),
                (self.every_ms, &self.refused),
            )
            .await;
        self.did.broken += broken;
        self.laws.passwords_are_spared(self.seed, &self.refused);
    }

    fn seed_of(&self, subject: &Subject) -> String {
        format!("seed {}, {} ({})", self.seed, subject.id, subject.username)
    }
}

impl Active {
    pub fn is_running(&self) -> bool {
        !self.task.is_finished()
    }
}

impl Did {
    pub fn add(&mut self, other: &Self) {
        self.rechecks += other.rechecks;
        self.broken += other.broken;
        self.mended += other.mended;
        self.gaps += other.gaps;
        self.faults += other.faults;
        self.late += other.late;
        self.left_alone += other.left_alone;
        self.paused += other.paused;
    }

    /// Each thing happened now and then.
    pub fn has_everything(&self) {
        let Self { rechecks, broken, mended, gaps, faults, late, left_alone, paused } = self;
        let all = [rechecks, broken, mended, gaps, faults, late, left_alone, paused];
        assert!(all.into_iter().all(|times| *times > 0), "{self:?}");
    }
}

/// The same browser, whose requests come to this server.
fn moved(browser: &Browser, to: &Server) -> Browser {
    let mut moved = Browser::new(to.router.clone());
    moved.cookies = browser.cookies.clone();
    moved
}

fn pick(chance: &RepeatableEntropy, of: usize) -> usize {
    usize::try_from(chance.next() % u64::try_from(of).unwrap()).unwrap()
}
