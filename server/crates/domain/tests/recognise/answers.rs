//! A recogniser's answer as a line of text: `take VALUE`, `ask CODE VALUE` or `no CODE`, and `+` for each change.

use std::fmt;

use domain::{
    Accepted, Change, Changes, CustomerApiKey, ProblemCode, Recognised, Secret, ServiceAccountPassword,
    ServiceAccountUsername, WebServicesUrl,
};

pub const ALLOWED: [&str; 2] = ["ultipro.com", "ultipro.ca"];

/// A recogniser's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The value, unless it was refused.
    pub value: Option<String>,
    /// The problem or the doubt.
    pub code: Option<ProblemCode>,
    /// What was changed.
    pub changes: Changes,
}

pub fn key(text: &str) -> Answer {
    secret(CustomerApiKey::recognise(text).map(|a| a.map(CustomerApiKey::into_secret)))
}

pub fn username(text: &str) -> Answer {
    secret(ServiceAccountUsername::recognise(text).map(|a| a.map(ServiceAccountUsername::into_secret)))
}

pub fn password(text: &str) -> Answer {
    secret(ServiceAccountPassword::recognise(text).map(|a| a.map(ServiceAccountPassword::into_secret)))
}

pub fn url(text: &str) -> Answer {
    match WebServicesUrl::recognise(text, &ALLOWED) {
        Ok(url) => Answer { value: Some(url.host.to_string()), code: url.warning, changes: url.changes },
        Err(code) => Answer { value: None, code: Some(code), changes: Changes::NONE },
    }
}

fn secret(recognised: Recognised<Secret>) -> Answer {
    match recognised {
        Ok(Accepted { value, warning, changes }) => {
            Answer { value: Some(value.expose().to_owned()), code: warning, changes }
        }
        Err(code) => Answer { value: None, code: Some(code), changes: Changes::NONE },
    }
}

impl Answer {
    /// The same, but for what was changed.
    pub fn without_changes(self) -> Self {
        Self { changes: Changes::NONE, ..self }
    }

    /// The kind of answer this is: everything but the value.
    pub fn kind(&self) -> String {
        Self { value: self.value.as_ref().map(|_| "_".to_owned()), ..self.clone() }.to_string()
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.value, self.code) {
            (Some(value), None) => write!(f, "take {value}")?,
            (Some(value), Some(code)) => write!(f, "ask {code} {value}")?,
            (None, code) => write!(f, "no {}", code.map_or("answer", ProblemCode::as_str))?,
        }
        self.changes.iter().try_for_each(|change| write!(f, " +{}", name(change)))
    }
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
