//! Is the account accepted? One request after the other, and none more than it takes (`ukg-pro.md` §4d).
//!
//! UKG publishes no rule for telling a refused account from a missing permission: the newer services document 403
//! for the latter, the older ones may answer 401 to both. So a refused request is followed by others that may speak
//! for the account, and nothing more is sent once it was refused as often as it may be, since what locks an account
//! is not known either.

use domain::{Permission, ProblemCode};

use crate::answer::Answer;
use crate::course::{Course, REQUIRED};
use crate::front::Front;
use crate::probe::{COMPANY_DETAILS, EARNINGS, path_of};
use crate::session::{Session, Told};
use crate::watch::Watcher;

/// What is known about the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Account {
    /// Key, username and password are right.
    Accepted,
    /// UKG Pro refuses them.
    Rejected,
    /// Not known, for this reason.
    Unclear(ProblemCode),
}

/// A request, and the permission its answer tells of, if any.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Probe {
    pub(crate) path: &'static str,
    pub(crate) row: Option<Permission>,
}

impl Probe {
    /// Of a permission that can be tested.
    pub(crate) fn of(permission: Permission) -> Option<Self> {
        Some(Self { path: path_of(permission)?, row: Some(permission) })
    }

    /// Those that may speak for an account whose request was refused: what is open to every account, and what most
    /// accounts may ask for.
    pub(crate) const WITNESSES: [Self; 2] = [
        Self { path: EARNINGS, row: None },
        Self { path: COMPANY_DETAILS, row: Some(Permission::CompanyConfigurationIntegration) },
    ];
}

/// The inquiry, with everything it knows so far.
pub(crate) struct Inquiry<'s, 'c, 'w> {
    session: &'s Session,
    course: &'c mut Course<'w>,
    watcher: &'w dyn Watcher,
    /// The permission it is about.
    subject: Permission,
    /// How long the request about it took.
    took_ms: Option<u32>,
    refusals_left: u8,
    refused: u8,
    /// Requests that were refused, or stopped by a guard. Once the account is accepted, that was about their
    /// permissions.
    held: Vec<(Probe, Told)>,
    /// What kept a request from being answered; it might have been the one to speak for the account.
    fault: Option<ProblemCode>,
}

impl<'s, 'c, 'w> Inquiry<'s, 'c, 'w> {
    /// Nothing asked yet. UKG Pro may refuse `refusals_left` requests.
    pub(crate) fn new(
        session: &'s Session,
        course: &'c mut Course<'w>,
        watcher: &'w dyn Watcher,
        subject: Permission,
        refusals_left: u8,
    ) -> Self {
        let (took_ms, refused, held, fault) = (None, 0, Vec::new(), None);
        Self { session, course, watcher, subject, took_ms, refusals_left, refused, held, fault }
    }

    /// The course, to add to it.
    pub(crate) fn course(&mut self) -> &mut Course<'w> {
        self.course
    }

    /// How many requests may still be refused.
    pub(crate) fn refusals_left(&self) -> u8 {
        self.refusals_left
    }

    /// Whether a request was refused.
    pub(crate) fn was_refused(&self) -> bool {
        self.refused > 0
    }

    /// How long the request about the subject took; `None` when there was none.
    pub(crate) fn took_ms(&self) -> Option<u32> {
        self.took_ms
    }

    /// Asks the required request and, if that leaves it open, the witnesses.
    pub(crate) async fn of_required(&mut self) -> Account {
        let Some(required) = Probe::of(REQUIRED) else { return Account::Unclear(ProblemCode::UkgUnexpected) };
        if self.refusals_left == 0 {
            return Account::Rejected;
        }
        self.course.begin(REQUIRED);
        let told = self.put(required).await;
        if self.settles(required, &told).await {
            return Account::Accepted;
        }
        match told.answer {
            Answer::Portal => Account::Unclear(ProblemCode::HostNotWebServices),
            Answer::NotThere => Account::Unclear(self.session.front().await.problem_of_nothing_there()),
            Answer::Failed(problem) => Account::Unclear(problem),
            Answer::Refused | Answer::ForbiddenPage | Answer::List | Answer::Forbidden => {
                self.hear(&Probe::WITNESSES).await
            }
        }
    }

    /// Asks one witness after the other until one speaks for the account: a clear answer spares it the next refusal.
    pub(crate) async fn hear(&mut self, witnesses: &[Probe]) -> Account {
        for witness in witnesses {
            if self.refusals_left == 0 {
                break;
            }
            let told = self.put(*witness).await;
            if self.settles(*witness, &told).await {
                return Account::Accepted;
            }
        }
        self.verdict()
    }

    /// Sends one request, and sees to it that a refusal is kept before anything else is sent.
    pub(crate) async fn put(&mut self, probe: Probe) -> Told {
        let told = self.ask(probe.path).await;
        if probe.row == Some(self.subject) {
            self.took_ms = Some(told.took_ms);
        }
        match told.answer {
            Answer::Refused => {
                self.refusals_left = self.refusals_left.saturating_sub(1);
                self.refused = self.refused.saturating_add(1);
                self.held.push((probe, told));
                if !self.watcher.refused().await {
                    self.refusals_left = 0;
                    self.fault = self.fault.or(Some(ProblemCode::UkgUnexpected));
                }
            }
            // Says nothing about the account; another request may.
            Answer::Portal | Answer::NotThere | Answer::Failed(ProblemCode::UkgUnexpected) => {}
            Answer::Failed(problem) => self.fault = self.fault.or(Some(problem)),
            Answer::List | Answer::Forbidden | Answer::ForbiddenPage => {}
        }
        told
    }

    /// Whether this answer could only be given to an account that is accepted; then the course is told so, and what
    /// it says of the permissions.
    pub(crate) async fn settles(&mut self, probe: Probe, told: &Told) -> bool {
        match told.answer {
            Answer::List | Answer::Forbidden => {}
            Answer::ForbiddenPage if self.session.front().await != Front::Guard => {}
            // A guard stops everybody, the right account and the wrong.
            Answer::ForbiddenPage => {
                self.fault = self.fault.or(Some(ProblemCode::UkgUnexpected));
                self.held.push((probe, *told));
                return false;
            }
            Answer::Refused | Answer::Portal | Answer::NotThere | Answer::Failed(_) => return false,
        }
        self.course.accepted(self.session.elapsed_ms());
        for (probe, told) in self.held.drain(..).chain([(probe, *told)]) {
            if let Some(row) = probe.row {
                self.course.answered(row, &told);
            }
        }
        true
    }

    /// Nothing spoke for the account. Calling good credentials rejected is the worse mistake, so that takes refusals
    /// and nothing else: two of them, or as many as were left.
    fn verdict(&self) -> Account {
        match self.fault {
            Some(problem) => Account::Unclear(problem),
            None if self.refused > 1 || self.refusals_left == 0 => Account::Rejected,
            None => Account::Unclear(ProblemCode::UkgUnexpected),
        }
    }

    /// Asks, and says that the host is reached when it is, not when its answer is understood.
    async fn ask(&mut self, path: &'static str) -> Told {
        let ask = self.session.ask(path);
        tokio::pin!(ask);
        let early = tokio::select! {
            biased;
            told = &mut ask => Some(told),
            after_ms = self.session.reached() => {
                self.course.reached(after_ms);
                None
            }
        };
        let told = match early {
            Some(told) => told,
            None => ask.await,
        };
        if let Some(after_ms) = self.session.reached_ms() {
            self.course.reached(after_ms);
        }
        told
    }
}
