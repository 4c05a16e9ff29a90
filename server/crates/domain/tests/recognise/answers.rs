//! A recogniser's answer as a line of text: `take VALUE`, `ask CODE VALUE` or `no CODE`, and `+` for each change.

use domain::{
    Accepted, Change, Changes, CustomerApiKey, ProblemCode, Recognised, Secret, ServiceAccountPassword,
    ServiceAccountUsername, WebServicesUrl,
};

pub const ALLOWED: [&str; 2] = ["ultipro.com", "ultipro.ca"];

pub fn key(text: &str) -> String {
    secret(CustomerApiKey::recognise(text).map(|a| a.map(CustomerApiKey::into_secret)))
}

pub fn username(text: &str) -> String {
    secret(ServiceAccountUsername::recognise(text).map(|a| a.map(ServiceAccountUsername::into_secret)))
}

pub fn password(text: &str) -> String {
    secret(ServiceAccountPassword::recognise(text).map(|a| a.map(ServiceAccountPassword::into_secret)))
}

pub fn url(text: &str) -> String {
    match WebServicesUrl::recognise(text, &ALLOWED) {
        Ok(url) => line(url.host.as_str(), url.warning, url.changes),
        Err(code) => format!("no {code}"),
    }
}

fn secret(recognised: Recognised<Secret>) -> String {
    match recognised {
        Ok(Accepted { value, warning, changes }) => line(value.expose(), warning, changes),
        Err(code) => format!("no {code}"),
    }
}

fn line(value: &str, warning: Option<ProblemCode>, changes: Changes) -> String {
    let start = warning.map_or_else(|| "take".to_owned(), |code| format!("ask {code}"));
    let changes: String = changes.iter().map(|change| format!(" +{}", name(change))).collect();
    format!("{start} {value}{changes}")
}

/// The value in an answer; none if it was refused.
pub fn value(answer: &str) -> Option<&str> {
    let taken = answer
        .strip_prefix("take ")
        .or_else(|| answer.strip_prefix("ask ")?.split_once(' ').map(|(_, v)| v))?;
    Some(taken.split_once(" +").map_or(taken, |(value, _)| value))
}

fn name(change: Change) -> &'static str {
    match change {
        Change::Trimmed => "trimmed",
        Change::Uppercased => "upper",
        Change::LabelLeftOut => "label",
        Change::OneOfSeveral => "one",
        Change::InvisibleLeftOut => "invisible",
        Change::QuotesLeftOut => "quotes",
        Change::SpacesLeftOut => "spaces",
        Change::MadePlain => "plain",
        Change::HttpsUsed => "https",
        Change::PathLeftOut => "path",
    }
}
