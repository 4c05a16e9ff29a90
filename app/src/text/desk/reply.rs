//! A reply to the customer, drafted from what stands in the way: what we saw, the one thing to do, where to click. One
//! file per language.

use domain::{Language, LinkStatus, Permission, ProblemCode, Step};

mod english;

/// What a reply is drafted from.
#[derive(Clone, Debug)]
pub struct Situation<'a> {
    /// The inviting company.
    pub company: &'a str,
    /// The customer.
    pub customer: &'a str,
    /// Where the link stands.
    pub status: LinkStatus,
    /// What stands in the way.
    pub problem: Option<ProblemCode>,
    /// The last step saved.
    pub step: Option<Step>,
    /// The permissions that are asked for and were found missing.
    pub missing: &'a [Permission],
}

/// A draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// One line.
    pub subject: String,
    /// Plain text, with [`domain::Reply::PLACE`] where the fresh link goes, when one helps.
    pub body: String,
}

/// The draft for this situation, in the customer's language.
#[must_use]
pub fn draft(language: Language, situation: &Situation<'_>) -> Draft {
    match language {
        Language::English => english::draft(situation),
    }
}

#[cfg(test)]
mod tests {
    use domain::Reply;

    use super::*;

    fn situation(status: LinkStatus, problem: Option<ProblemCode>) -> Situation<'static> {
        let missing = &[Permission::PtoPlanIntegration];
        Situation { company: "Acme", customer: "Northwind", status, problem, step: None, missing }
    }

    #[test]
    fn every_problem_has_a_draft_that_can_be_sent_as_it_is() {
        for code in ProblemCode::ALL {
            let draft = draft(Language::English, &situation(LinkStatus::InProgress, Some(code)));
            let reply = Reply::parse(&draft.subject, &draft.body);

            assert!(reply.is_ok(), "{code}");
            for markup in ["**", "((", "](", "`"] {
                assert!(!draft.body.contains(markup), "{code}: {}", draft.body);
            }
        }
    }

    #[test]
    fn what_the_customer_mends_says_where_to_click_and_leads_back() {
        for code in ProblemCode::ALL.into_iter().filter(|c| c.who_acts() == domain::WhoActs::Customer) {
            let body = draft(Language::English, &situation(LinkStatus::InProgress, Some(code))).body;

            assert!(body.contains(Reply::PLACE), "{code}");
        }
    }

    #[test]
    fn no_two_problems_are_told_alike() {
        let told = |code| draft(Language::English, &situation(LinkStatus::InProgress, Some(code))).body;
        let mut bodies: Vec<_> = ProblemCode::ALL.into_iter().map(told).collect();
        bodies.sort_unstable();
        bodies.dedup();

        assert_eq!(bodies.len(), ProblemCode::ALL.len());
    }

    #[test]
    fn a_missing_permission_is_named_as_in_ukg_pro() {
        let gaps = situation(LinkStatus::LinkedWithGaps, Some(ProblemCode::PermissionMissing));

        assert!(draft(Language::English, &gaps).body.contains("PTO Plan Integration"));
    }

    #[test]
    fn without_a_problem_every_status_says_what_comes_next() {
        for status in LinkStatus::ALL {
            let draft = draft(Language::English, &situation(status, None));

            assert!(Reply::parse(&draft.subject, &draft.body).is_ok(), "{status}");
        }
    }
}
