//! What a message says: ids, names and codes. Never a value that a customer entered, an address that lets somebody in, or
//! anything of them.

use domain::{InviteId, LinkStatus, Permission, Timestamp, WebhookEvent};
use serde::Serialize;
use storage::Link;

use super::happened::{Gaps, Happened};
use crate::ServiceError;

/// What beside the link itself a message tells.
#[derive(Clone, Debug, Default)]
pub(super) struct About {
    /// What the link was before.
    pub(super) was: Option<LinkStatus>,
    /// What was done to it.
    pub(super) happened: Happened,
    /// The invite that it is about.
    pub(super) invite: Option<InviteId>,
}

#[derive(Serialize)]
struct Message<'a> {
    r#type: &'static str,
    timestamp: String,
    sequence: u64,
    data: Data<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Data<'a> {
    Link(Box<LinkData<'a>>),
    Test(TestData),
}

#[derive(Serialize)]
struct LinkData<'a> {
    link_id: String,
    customer: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<&'a str>,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    previous_status: Option<&'static str>,
    who_acts: &'static str,
    problem: Option<&'static str>,
    host: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    invite_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    permissions: Option<Permissions>,
}

#[derive(Serialize)]
struct Permissions {
    asked: Vec<&'static str>,
    missing: Vec<&'static str>,
    lost: Vec<&'static str>,
    regained: Vec<&'static str>,
}

#[derive(Serialize)]
struct TestData {
    test: bool,
}

/// The text of a message about a link.
pub(super) fn about_link(
    event: WebhookEvent,
    at: Timestamp,
    sequence: u64,
    link: &Link,
    about: &About,
) -> Result<String, ServiceError> {
    let data = LinkData {
        link_id: link.id.to_string(),
        customer: link.customer.as_str(),
        reference: link.reference.as_ref().map(|reference| reference.as_str()),
        status: link.status.as_str(),
        previous_status: about.was.map(LinkStatus::as_str),
        who_acts: link.who_acts.as_str(),
        problem: link.problem.map(|problem| problem.as_str()),
        host: link.host.as_ref().map(|host| host.as_str()),
        step: about.happened.step().map(|step| step.as_str()),
        invite_id: about.invite.map(|invite| invite.to_string()),
        permissions: about.happened.gaps().map(|gaps| permissions(link, gaps)),
    };
    text(event, at, sequence, Data::Link(Box::new(data)))
}

/// The text of a message that only tries an endpoint out.
pub(super) fn test(at: Timestamp, sequence: u64) -> Result<String, ServiceError> {
    text(WebhookEvent::Test, at, sequence, Data::Test(TestData { test: true }))
}

fn text(event: WebhookEvent, at: Timestamp, sequence: u64, data: Data<'_>) -> Result<String, ServiceError> {
    let message = Message { r#type: event.as_str(), timestamp: time(at)?, sequence, data };
    serde_json::to_string(&message).map_err(|error| ServiceError::Unexpected(error.into()))
}

fn permissions(link: &Link, gaps: &Gaps) -> Permissions {
    let slugs = |permissions: Vec<Permission>| permissions.into_iter().map(Permission::slug).collect();
    Permissions {
        asked: link.permissions.iter().map(Permission::slug).collect(),
        missing: slugs(gaps.after.clone()),
        lost: slugs(gaps.lost()),
        regained: slugs(gaps.regained()),
    }
}

/// As ISO 8601 has it, in UTC and to the millisecond.
fn time(at: Timestamp) -> Result<String, ServiceError> {
    let at = jiff::Timestamp::from_millisecond(at.as_millis());
    let at = at.map_err(|error| ServiceError::Unexpected(error.into()))?;
    Ok(format!("{at:.3}"))
}
