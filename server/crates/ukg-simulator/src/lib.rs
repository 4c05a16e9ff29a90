//! A stand-in for UKG Pro's REST services: for tests, for the demo, and for trying by hand what a customer
//! would see.
//!
//! It speaks what UKG documents, over TLS with a certificate authority it makes itself at each start, and is
//! written from those documents alone: it shares no code with the client (`ukg`), so that a misreading there
//! is not repeated here. What UKG does not document (which status a missing permission has, what a refusal's
//! body looks like) is a knob, and a good client copes with every setting of it.
//!
//! What it must not do: know a real credential, be reachable in production, or write a password anywhere.
//!
//! # How a request is answered
//!
//! 0. Without a secure connection nothing is asked: a host in `host_tls` never gets that far.
//! 1. Everything waits `latency_ms`. A host in `host_faults` then answers with that fault, whatever is asked.
//! 2. `/services/…` needs no credentials: a `GET` answers a service description, a `POST` says `Failed`.
//! 3. The username names the account; its `fault`, if any, comes before its password is looked at, as
//!    it would from a gateway in front.
//! 4. An unknown path is 404, another method 405.
//! 5. Customer API Key, username, password, host and state must all be right; else 401.
//! 6. The path's permission must be granted; else the account's `missing_permission` status.
//! 7. The answer is a JSON array of made-up people, paged by `page` and `per_Page` in any spelling.
//!
//! # Scenarios
//!
//! [`Scenarios::demo`] is built in; [`demo_table`] lists what to type for each thing that can happen, and
//! [`demo_resolve`] where its hosts are. Another set is read from JSON by [`Scenarios::from_json`]. Only `accounts` is required,
//! and of an account only its first four values:
//!
#![doc = "```json"]
#![doc = include_str!("../example-scenario.json")]
#![doc = "```"]
//!
//! | of the whole | default | meaning |
//! |---|---|---|
//! | `names` | none | names in the certificate beside `*.ultipro.com` and `*.ultipro.ca` |
//! | `latency_ms` | 0 | how long every answer takes at least |
//! | `people` | 3 | how many people the tenant employs |
//! | `company_name` | `Acme Example Inc` | what it is called |
//! | `error_body` | `empty` | the body of a 401 for a username no account has |
//! | `host_faults` | none | hosts on which everything fails, each with its fault |
//! | `host_tls` | none | hosts with which no secure connection comes about, each with a [`TlsFault`]: `wrong_name`, `expired`, `self_signed`, `other_authority`, `old_version`, `plain_text`, `hang_up`, `reset`, `silent` |
//!
//! | of an account | default | meaning |
//! |---|---|---|
//! | `name` | | what the request log and the table call it |
//! | `what_happens` | made from the knobs | a sentence for the table |
//! | `customer_api_key`, `username`, `password` | | what must be sent; one username, one account |
//! | `hosts` | any | where the account exists; elsewhere it is refused |
//! | `state` | `active` | `active`, `suspended`, `locked`: the last two are refused |
//! | `permissions` | all | slugs of the granted ones, such as `pto_plan_integration` |
//! | `missing_permission` | 403 | status when the permission is not granted: 403 or 401 |
//! | `earnings` | `open` | `/configuration/v1/earnings`: `open`, or `needs_permission` (Company Configuration Integration) |
//! | `error_body` | `empty` | body of 401 and 403: `empty`, `asp_net`, `problem_json`, `html` |
//! | `past_last_page` | `empty_array` | `empty_array` (200 `[]`) or `not_found` (404) |
//! | `link_header` | `plain` | `plain`, `doubled` (`<<…>>`, as once seen), `none` |
//! | `fault` | none | see [`Fault`]: `busy`, `{"busy_retry_after": {"seconds": 1}}`, `server_error`, `maintenance`, `portal_redirect`, `portal_page`, `garbage`, `{"slow": {"ms": 3000}}`, `hang`, `reset`, `gzip`, `plain_text`, `{"slow_body": {"ms": 1000}}`, `endless_body`, `endless_headers`, `not_http`, `guard`, `{"hostile": {"status": 403}}` |
//! | `fault_only_on` | all requests | permissions on whose paths alone the fault strikes |
//! | `fail_first` | every time | how many requests the fault strikes; after ten quiet seconds it counts anew |

mod answer;
mod certificates;
mod connection;
mod handle;
mod handshake;
mod request_log;
mod scenarios;
mod simulator;

#[cfg(test)]
mod tests;

pub use handle::SimulatorHandle;
pub use request_log::LoggedRequest;
pub use scenarios::{
    Account, AccountRow, AccountState, DEMO_HOSTS, DemoScenario, Earnings, ErrorBody, Fault, LinkHeader,
    MissingPermission, PastLastPage, ScenarioError, Scenarios, TlsFault, demo_resolve, demo_table,
};
pub use simulator::{Simulator, SimulatorError};
