//! An administrator at the door of the real program, and a UKG Pro for the program to ask.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use domain::LinkId;
use ukg_simulator::{Account, Scenarios, Simulator};

use super::program::{Program, http};
use super::{KEY, form};

/// The service account that the simulator knows: username and password.
pub const SERVICE: (&str, &str) = ("GoodService", "Good+Pass(1)");
/// The host that leads to the simulator.
pub const UKG_HOST: &str = "service4.ultipro.com";
/// How long a check may take.
const PATIENCE: Duration = Duration::from_secs(40);

/// Starts a simulator and tells the program where it is; ends when it is dropped.
pub async fn with_ukg(program: &mut Program) -> Simulator {
    let scenarios = Scenarios::of(vec![Account::new("good", KEY, SERVICE.0, SERVICE.1)]);
    let simulator = Simulator::start(([127, 0, 0, 1], 0).into(), scenarios).await.unwrap();
    std::fs::write(program.path("ca.pem"), simulator.ca_pem()).unwrap();
    program.set("LINKDESK_UKG_CA_FILE", "ca.pem");
    program.set("LINKDESK_UKG_RESOLVE", &format!("{UKG_HOST}={}", simulator.address()));
    simulator
}

/// An administrator in the flow of one link. A clone is another tab.
#[derive(Clone, Debug)]
pub struct Visitor {
    pub address: SocketAddr,
    pub link: LinkId,
    pub cookie: String,
}

impl Visitor {
    /// Opens a fresh invite and presses **Start**.
    pub async fn start(program: &Program) -> Self {
        let created = program.run(&["invite", "create", "--customer", "Contoso"]);
        let url = String::from_utf8(created.stdout).unwrap();
        let invite = format!("/i/{}", url.trim().rsplit('/').next().unwrap());
        let answer = http(program.address(), "POST", &invite, "", "").await.unwrap();
        let line = |name: &str| answer.lines().find_map(|line| line.strip_prefix(name)).unwrap().trim();
        let cookie = line("set-cookie:").split(';').next().unwrap().to_owned();
        let link = line("location:").split('/').nth(2).unwrap().parse().unwrap();
        Self { address: program.address(), link, cookie }
    }

    /// Sends a form; tells whether it was saved. A connection that broke saved nothing.
    pub async fn sends(&self, page: &str, fields: &[(&str, &str)]) -> bool {
        let path = format!("/link/{}/{page}", self.link);
        match http(self.address, "POST", &path, &self.cookie, &form(fields)).await {
            Some(answer) => {
                assert!(answer.starts_with("HTTP/1.1 303"), "{page}: {answer}");
                true
            }
            None => false,
        }
    }

    /// Enters everything; the last form starts the check.
    pub async fn enters_all(&self) {
        assert!(self.sends("key", &[("key", KEY)]).await);
        assert!(self.sends("account", &[("username", SERVICE.0), ("password", SERVICE.1)]).await);
        assert!(self.sends("domain", &[("url", UKG_HOST)]).await);
    }

    /// A page, whole.
    pub async fn page(&self, page: &str) -> String {
        http(self.address, "GET", &format!("/link/{}/{page}", self.link), &self.cookie, "").await.unwrap()
    }

    /// Waits until the link stands.
    pub async fn is_linked(&self) {
        let began = Instant::now();
        while !self.page("check").await.contains("data-link-status=\"linked\"") {
            assert!(began.elapsed() < PATIENCE, "{}", self.page("check").await);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}
