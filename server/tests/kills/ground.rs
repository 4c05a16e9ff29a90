//! What one worker plays on: a folder with the program and its database, a slow UKG Pro, and enough invites.

use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use domain::{CustomerName, Language, Permission, PermissionSet};
use server::config::{Config, Source};
use server::startup::{Application, Deps};
use services::{NewInvite, Operator};
use ukg_simulator::{Account, Scenarios, Simulator, SimulatorHandle};

use crate::program::Program;

/// How long UKG Pro takes for every answer, in milliseconds: a whole check takes about ten times as long.
const LATENCY: u64 = 15;
/// The hosts all lead to the simulator.
pub const HOST: &str = "service4.ultipro.com";
/// The one tenant's key.
pub const KEY: &str = "AB1C2";

/// A service account: username and password.
pub type Login = (&'static str, &'static str);
pub const GOOD: Login = ("GoodService", "Good+Pass(1)");
pub const SECOND: Login = ("SecondService", "Second+Pass(1)");
/// Whoever has this username is counted: its refusals are.
pub const WATCHED: Login = ("WatchedService", "Watched+Pass(1)");

pub struct Ground {
    pub program: Program,
    pub ukg: SimulatorHandle,
    pub chance: Chance,
    invites: Vec<String>,
    _simulator: Simulator,
}

/// Numbers that nobody chose, the same for the same worker (splitmix64).
pub struct Chance(u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn up_to(&mut self, most: Duration) -> Duration {
        Duration::from_micros(self.next() % u64::try_from(most.as_micros()).unwrap())
    }
}

impl Ground {
    pub async fn prepare(worker: usize, kills: usize) -> Self {
        let account = |(username, password): Login| Account::new(username, KEY, username, password);
        let mut scenarios = Scenarios::of(vec![account(GOOD), account(SECOND), account(WATCHED)]);
        scenarios.latency_ms = LATENCY;
        let simulator = Simulator::start("127.0.0.1:0".parse().unwrap(), scenarios).await.unwrap();
        let mut program = Program::ready();
        std::fs::write(program.path("ca.pem"), simulator.ca_pem()).unwrap();
        program.set("LINKDESK_ADDR", &address(worker).to_string());
        program.set("LINKDESK_UKG_CA_FILE", "ca.pem");
        program.set("LINKDESK_UKG_RESOLVE", &format!("{HOST}={}", simulator.address()));
        let invites = invites(&program, kills + 1).await;
        program.serve().await;
        let chance = Chance(u64::from(std::process::id()) << 8 | u64::try_from(worker).unwrap());
        Self { program, ukg: simulator.handle(), chance, invites, _simulator: simulator }
    }

    /// The path of an invite that nobody has used.
    pub fn invite(&mut self) -> String {
        self.invites.pop().unwrap()
    }

    /// How many requests with the watched username UKG Pro has refused since it last forgot. One that is under way may
    /// be refused still.
    pub fn refused(&self) -> usize {
        let requests = self.ukg.requests();
        let watched = requests.iter().filter(|request| request.account.as_deref() == Some(WATCHED.0));
        watched.filter(|request| request.status.is_none_or(|status| status == 401)).count()
    }

    /// The watched account has this password at UKG Pro from now on.
    pub fn password_becomes(&self, password: &str) {
        assert!(self.ukg.update_account(WATCHED.0, |account| password.clone_into(&mut account.password)));
    }
}

/// An address that no connection of this machine is given by chance, as it could be while the program is down.
fn address(worker: usize) -> SocketAddr {
    let first = 20_000 + u16::try_from(std::process::id() % 1000).unwrap() * 8;
    let own = first + u16::try_from(worker).unwrap();
    let mut ports = (own..own + 4_000).step_by(crate::WORKERS);
    let free = ports.find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok());
    ([127, 0, 0, 1], free.unwrap()).into()
}

/// Made in this process: a start of the program for each would take longer than the kills.
async fn invites(program: &Program, number: usize) -> Vec<String> {
    let file = |name: &str| program.path(name).display().to_string();
    let source = Source::of(&[])
        .with("LINKDESK_COMPANY_NAME", "Northwind Learning".to_owned())
        .with("LINKDESK_MASTER_KEY_FILE", file("master.key"))
        .with("LINKDESK_DATABASE_URL", format!("sqlite://{}", file("linkdesk.db")));
    let config = Config::from_source(&source).unwrap();
    let application = Application::build(&config, Deps::real(&config).unwrap()).await.unwrap();
    let mut paths = Vec::new();
    for _ in 0..number {
        let new = NewInvite {
            customer: CustomerName::parse("Contoso Health").unwrap(),
            contact: None,
            permissions: PermissionSet::new(&Permission::ALL),
            valid_seconds: 86_400,
            reference: None,
            language: Language::default(),
            note: None,
            remind: None,
        };
        let made = application.services.create_invite(Operator::at_command_line(), new).await.unwrap();
        paths.push(format!("/i/{}", made.token.expose()));
    }
    paths
}
