//! Tests over real TLS, through a client that trusts nothing but the simulator's own authority.

mod credentials;
mod demo;
mod faults;
mod paging;
mod permissions;
mod scenario_files;
mod steering;
mod tls;

use std::error::Error;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::tls::Certificate;
use reqwest::{Client, ClientBuilder, RequestBuilder, Response};

use crate::{Account, Scenarios, Simulator, SimulatorHandle};

type Failure = Box<dyn Error>;
type TestResult = Result<(), Failure>;

const HOST: &str = "service4.ultipro.com";
const PERSONS: &str = "/personnel/v1/person-details?page=1&per_Page=1";
const EARNINGS: &str = "/configuration/v1/earnings?page=1&per_Page=1";
const KEY: &str = "SIM99";
const USERNAME: &str = "SimTester";
const PASSWORD: &str = "MadeUp+With:Colon;And|More!(99)";

/// A running simulator and a client for it.
struct World {
    simulator: Simulator,
    handle: SimulatorHandle,
    client: Client,
}

impl World {
    /// With one account, and a change to it.
    async fn with(change: impl FnOnce(&mut Account)) -> Result<Self, Failure> {
        let mut account = tester();
        change(&mut account);
        Self::playing(Scenarios::of(vec![account])).await
    }

    async fn playing(scenarios: Scenarios) -> Result<Self, Failure> {
        let simulator = Simulator::start(any_port(), scenarios).await?;
        let client = client(&simulator)?.build()?;
        Ok(Self { handle: simulator.handle(), simulator, client })
    }

    /// A request without credentials.
    fn anonymous(&self, path: &str) -> RequestBuilder {
        self.client.get(format!("https://{HOST}{path}"))
    }

    /// A request of the one account.
    fn ask(&self, path: &str) -> RequestBuilder {
        signed(self.anonymous(path), KEY, USERNAME, PASSWORD)
    }

    async fn get(&self, path: &str) -> Result<Response, reqwest::Error> {
        self.ask(path).send().await
    }

    async fn status(&self, path: &str) -> Result<u16, reqwest::Error> {
        Ok(self.get(path).await?.status().as_u16())
    }
}

fn tester() -> Account {
    Account::new("tester", KEY, USERNAME, PASSWORD)
}

fn any_port() -> SocketAddr {
    (Ipv4Addr::LOCALHOST, 0).into()
}

fn client(simulator: &Simulator) -> Result<ClientBuilder, reqwest::Error> {
    let mut builder = Client::builder()
        .tls_certs_only([Certificate::from_pem(simulator.ca_pem().as_bytes())?])
        .redirect(Policy::none())
        .no_proxy()
        .timeout(Duration::from_secs(5));
    for host in crate::DEMO_HOSTS {
        builder = builder.resolve(host, simulator.address());
    }
    Ok(builder)
}

fn signed(request: RequestBuilder, key: &str, username: &str, password: &str) -> RequestBuilder {
    request.header("US-Customer-Api-Key", key).basic_auth(username, Some(password))
}

fn content_type(response: &Response) -> &str {
    header(response, "content-type")
}

fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}
