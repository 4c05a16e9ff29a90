//! What the audit log's address may ask for; what it does not know is left out.

use app::pages::{AuditChoice, AuditForm};
use app::text::desk::audit as words;
use app::when;
use serde::{Deserialize, Serialize};
use services::AuditQuestion;
use storage::{ActorKind, AuditAction, AuditSearch};

use super::sentence;

/// How much text is searched for at most.
const TEXT_MAX: usize = 200;
const DAY: i64 = 86_400;

/// The address's parts, as they were sent.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct AuditQuery {
    /// Text.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    q: String,
    /// Whose entries.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    who: String,
    /// Of what.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    what: String,
    /// From this day.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    from: String,
    /// To the end of this day.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    to: String,
    /// Only entries before this one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    before: String,
}

impl AuditQuery {
    /// What it asks for.
    pub fn question(&self) -> AuditQuestion {
        let text: String = self.q.trim().chars().take(TEXT_MAX).collect();
        let search = AuditSearch {
            text: Some(text).filter(|text| !text.is_empty()),
            who: self.chosen_who(),
            what: self.chosen_what(),
            since: when::day(&self.from),
            until: when::day(&self.to).map(|day| day.plus_seconds(DAY)),
        };
        AuditQuestion { search, before: self.before.parse().ok() }
    }

    /// Whether it asks for more than the newest.
    pub fn is_later_page(&self) -> bool {
        self.before.parse::<u64>().is_ok()
    }

    /// The address of the same search, from another place of the log.
    pub fn address(&self, path: &str, before: Option<u64>) -> String {
        let before = before.map(|position| position.to_string()).unwrap_or_default();
        let same = serde_urlencoded::to_string(Self { before, ..self.clone() }).unwrap_or_default();
        if same.is_empty() { path.to_owned() } else { format!("{path}?{same}") }
    }

    /// The form, filled in with it.
    pub fn form(&self) -> AuditForm {
        let who =
            ActorKind::ALL.map(|kind| (kind.as_str(), sentence::kind(kind), self.chosen_who() == Some(kind)));
        let what: Vec<_> = AuditAction::ALL
            .iter()
            .map(|&action| (action.as_str(), sentence::name(action), self.chosen_what() == Some(action)))
            .collect();
        let day = |text: &String| when::day(text).map(|_| text.clone()).unwrap_or_default();
        AuditForm {
            text: self.q.clone(),
            who: choices(words::ANYBODY, &who),
            what: choices(words::ANYTHING, &what),
            since: day(&self.from),
            until: day(&self.to),
            is_used: self.question().search != AuditSearch::default(),
        }
    }

    fn chosen_who(&self) -> Option<ActorKind> {
        ActorKind::ALL.into_iter().find(|kind| kind.as_str() == self.who)
    }

    fn chosen_what(&self) -> Option<AuditAction> {
        AuditAction::ALL.iter().copied().find(|action| action.as_str() == self.what)
    }
}

fn choices(first: &'static str, all: &[(&'static str, &'static str, bool)]) -> Vec<AuditChoice> {
    let none = AuditChoice { value: "", name: first, chosen: !all.iter().any(|(.., chosen)| *chosen) };
    let all = all.iter().map(|(value, name, chosen)| AuditChoice { value, name, chosen: *chosen });
    std::iter::once(none).chain(all).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_to_the_same_search_again() {
        let query = AuditQuery {
            q: "O'Hara & <Söhne> %".to_owned(),
            who: "staff".to_owned(),
            to: "2026-11-03".to_owned(),
            ..AuditQuery::default()
        };

        let address = query.address("/desk/audit", Some(7));

        let sent: AuditQuery = serde_urlencoded::from_str(address.split_once('?').unwrap().1).unwrap();
        assert_eq!(sent.question().search, query.question().search);
        assert_eq!(sent.question().before, Some(7));
        assert_eq!(AuditQuery::default().address("/desk/audit", None), "/desk/audit");
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        let query = AuditQuery {
            q: "   ".to_owned(),
            who: "everybody".to_owned(),
            what: "everything".to_owned(),
            from: "yesterday".to_owned(),
            before: "-1".to_owned(),
            ..AuditQuery::default()
        };

        assert_eq!(query.question().search, AuditSearch::default());
        assert_eq!(query.question().before, None);
        assert!(!query.form().is_used);
    }

    #[test]
    fn every_action_has_a_name_of_its_own_in_the_list() {
        let mut names: Vec<_> = AuditAction::ALL.iter().copied().map(sentence::name).collect();
        names.sort_unstable();
        names.dedup();

        assert_eq!(names.len(), AuditAction::ALL.len());
    }
}
