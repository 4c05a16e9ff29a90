//! What must hold, whatever happens.

use std::collections::HashMap;

use domain::{LinkStatus, Timestamp};
use storage::{JobKind, JobReads as _, Storage as _};
use storage_sqlite::SqliteStorage;

use super::stand_in::{Answer, Refused};
use super::world::{MINUTE, SECOND, Server, Subject};

/// How many re-checks of one server ask one host at a time.
pub const AT_A_TIME: usize = 8;
/// After so many faults in a row a host is left alone.
const FAULTS: u32 = 5;
/// For at least so long.
const REST: i64 = 30 * SECOND;
/// A refusal is confirmed no sooner than this.
const CONFIRMED: i64 = 10 * MINUTE;
/// For so long at most a link waits whose password was refused: no account is locked by us (`checks::guard`).
const SPARED: i64 = 15 * MINUTE;
/// Requests that may be refused for a password of a link that stands.
const REFUSED_MOST: u32 = 4;

/// What is known of a link beside what the database says.
#[derive(Clone, Default)]
struct Known {
    status: Option<LinkStatus>,
    /// When it was refused, since it was last accepted or given another password; of those that counted.
    refused_at: Vec<Timestamp>,
    accepted_at: Option<Timestamp>,
}

/// What is known of a host at one server.
#[derive(Clone, Default)]
struct Host {
    faults: u32,
    last_fault: Option<Timestamp>,
}

pub struct Laws {
    links: Vec<Known>,
    hosts: HashMap<(usize, usize), Host>,
    /// Requests that a server which hung put before it knew: no law can hold them back.
    unknowing: u32,
    asked: [usize; 2],
}

/// An answer.
pub struct Told {
    pub answer: Answer,
    /// When it was asked for.
    pub begun: Timestamp,
    /// Whether the job was still theirs.
    pub counts: bool,
    /// Whether the server hung meanwhile.
    pub hung: bool,
}

impl Laws {
    pub fn new(links: usize) -> Self {
        Self { links: vec![Known::default(); links], hosts: HashMap::new(), unknowing: 0, asked: [0; 2] }
    }

    /// The server may have put questions.
    pub fn asked(
        &mut self,
        n: usize,
        servers: &[Server; 2],
        subjects: &[Subject],
        now: Timestamp,
        seed: u64,
    ) {
        let begun = servers[n].stand_in.begun();
        if begun == self.asked[n] {
            return;
        }
        self.asked[n] = begun;
        let waiting = servers[n].stand_in.waiting();
        let (username, host, _) = waiting.last().expect("it waits");
        let at = subjects.iter().position(|subject| subject.username == *username).unwrap();
        let known = &self.links[at];
        assert!(
            known.status.is_none_or(LinkStatus::is_rechecked),
            "seed {seed}: {username} was asked about though it is {:?}",
            known.status
        );
        assert!(servers[n].stand_in.waiting_at(host) <= AT_A_TIME, "seed {seed}: too many ask {host}");
        let other = &servers[1 - n];
        assert!(!other.stand_in.waits(username) || other.hangs, "seed {seed}: both ask about {username}");
        let host = self.hosts.entry((n, subjects[at].host)).or_default();
        if host.faults >= FAULTS {
            let rested = now.millis_since(host.last_fault.expect("it failed"));
            assert!(rested >= REST, "seed {seed}: {username}'s host was asked after {rested} ms");
            // After a minute another may try.
            let fresh = waiting.iter().filter(|(.., begun)| {
                host.last_fault.is_some_and(|last| *begun > last) && now.millis_since(*begun) < MINUTE
            });
            let own = fresh.filter(|(name, ..)| {
                subjects.iter().any(|subject| subject.username == *name && subject.host == subjects[at].host)
            });
            assert!(own.count() <= 1, "seed {seed}: more than one try a host that is left alone");
        }
    }

    /// A question was put besides, and answered at once.
    pub fn asked_at_once(&mut self, begun: usize) {
        self.asked[0] = begun;
    }

    /// Somebody was answered.
    pub fn answered(&mut self, (n, at): (usize, usize), told: &Told, now: Timestamp) {
        let Told { answer, begun, counts, hung } = *told;
        self.unknowing += u32::from(hung && answer == Answer::Refused);
        let known = &mut self.links[at];
        match answer {
            Answer::Granted | Answer::Gap if counts => {
                known.refused_at.clear();
                known.accepted_at = Some(now);
            }
            Answer::Refused if counts => known.refused_at.push(now),
            Answer::Granted | Answer::Gap | Answer::Refused | Answer::Fault(_) => {}
        }
        let host = self.hosts.entry((n, usize::from(at >= 9))).or_default();
        match answer {
            // One that had asked before the host was left alone says nothing new.
            Answer::Fault(_)
                if host.faults >= FAULTS && host.last_fault.is_some_and(|last| begun <= last) => {}
            Answer::Fault(_) => {
                host.faults += 1;
                host.last_fault = Some(now);
            }
            Answer::Granted | Answer::Gap | Answer::Refused => *host = Host::default(),
        }
    }

    /// It was given another password, which works.
    pub fn changed(&mut self, at: usize, now: Timestamp) {
        self.links[at].refused_at.clear();
        self.links[at].accepted_at = Some(now);
    }

    /// When the link was last accepted.
    pub fn last_accepted(&self, _: usize, username: &str, subjects: &[Subject]) -> Option<Timestamp> {
        let at = subjects.iter().position(|subject| subject.username == username)?;
        self.links[at].accepted_at
    }

    /// Looks at every link; how many broke since the last look.
    pub async fn hold(
        &mut self,
        seed: u64,
        storage: &SqliteStorage,
        subjects: &[Subject],
        servers: &[Server; 2],
        now: Timestamp,
        (every_ms, refused): (i64, &Refused),
    ) -> u32 {
        let mut broke = 0;
        let spent = spent(refused);
        for (at, subject) in subjects.iter().enumerate() {
            let link = storage.link(subject.id).await.unwrap().unwrap();
            let known = &mut self.links[at];
            let named = format!("seed {seed}, {}", subject.username);
            if link.status == LinkStatus::Broken && known.status != Some(LinkStatus::Broken) {
                let apart = match known.refused_at[..] {
                    [.., first, second] => second.millis_since(first),
                    [..] => 0,
                };
                // Or it was refused as often as it may be, with answers that came too late among them.
                let spent = spent.contains(&subject.username);
                assert!(apart >= CONFIRMED.min(every_ms) || spent, "{named}: confirmed after {apart} ms");
                broke += 1;
            }
            known.status = Some(link.status);
            let job = storage.job(JobKind::Recheck, &subject.id.to_string()).await.unwrap();
            let worked_on = servers.iter().any(|server| server.stand_in.waits(&subject.username));
            match (link.status.is_rechecked(), job) {
                (true, Some(job)) => {
                    assert_eq!(job.dead_at, None, "{named}: given up");
                    let due = job.due_at.millis_since(now);
                    let was_refused =
                        refused.lock().unwrap().keys().any(|(name, _)| *name == subject.username);
                    let longest = (every_ms * 11 / 10).max(if was_refused { SPARED } else { 0 });
                    assert!(due <= longest, "{named}: not checked for {due} ms");
                }
                (true, None) => panic!("{named}: stands and is never checked again"),
                // Whoever works on it takes it out.
                (false, Some(_)) => assert!(worked_on, "{named}: {:?} and checked again", link.status),
                (false, None) => {}
            }
        }
        broke
    }

    /// No password is refused more often than it may be.
    pub fn passwords_are_spared(&self, seed: u64, refused: &Refused) {
        for ((username, _), times) in refused.lock().unwrap().iter() {
            assert!(
                *times <= REFUSED_MOST + self.unknowing,
                "seed {seed}: {username} was refused {times} times"
            );
        }
    }
}

/// Who was refused with one password as often as may be.
pub fn spent(refused: &Refused) -> Vec<String> {
    let refused = refused.lock().unwrap();
    refused.iter().filter(|(_, times)| **times >= REFUSED_MOST).map(|((name, _), _)| name.clone()).collect()
}
