//! The certificate of a link's ending, as a file of plain text.

use app::text::desk::certificate::{BY_CUSTOMER, CertificateText, text};
use app::text::desk::timeline;
use app::when;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use domain::AuditId;
use services::Certificate;
use storage::Actor;

use super::LinkInPath;
use crate::error::HandlerError;
use crate::sessions::AtDesk;
use crate::startup::AppState;

/// The file. Its name holds ids only, so nothing of a customer's name can get into a header.
pub async fn download(
    State(state): State<AppState>,
    desk: AtDesk,
    LinkInPath(id): LinkInPath,
    Path((_, number)): Path<(String, String)>,
) -> Result<Response, HandlerError> {
    let number: AuditId = number.parse().map_err(|_| HandlerError::NotFound)?;
    let found = state.services.certificate(&desk.caller, id, number).await?.ok_or(HandlerError::NotFound)?;
    let headers = [
        (CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"certificate-{number}.txt\"")),
    ];
    Ok((headers, words(&state.company, &found)).into_response())
}

fn words(company: &str, certificate: &Certificate) -> String {
    let staff = certificate.staff.as_ref().map(ToString::to_string);
    let holder = certificate.origin.as_ref().map(super::super::timeline::holder);
    let by = match (&certificate.by, &staff) {
        (Actor::Staff(_), Some(address)) => address.as_str(),
        (Actor::Staff(_), None) => timeline::STAFF,
        (Actor::Customer(_), _) => holder.as_deref().unwrap_or(BY_CUSTOMER),
        (Actor::CommandLine, _) => timeline::COMMAND_LINE,
        (Actor::System, _) => timeline::LINKDESK,
    };
    text(&CertificateText {
        number: &certificate.number.to_string(),
        company,
        customer: certificate.customer.as_str(),
        link: &certificate.link.to_string(),
        at: &when::date_and_time(certificate.at),
        by,
        destroyed: &certificate.destroyed,
        overwritten: certificate.overwritten,
    })
}
