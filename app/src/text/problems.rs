//! For each problem code: what is wrong, the one thing to do, and what support says. One file per language.
//!
//! Who acts and whether the same values can pass later are facts of the code ([`ProblemCode::who_acts`],
//! [`ProblemCode::retry_can_help`]); their words stand here too, so that nothing about a problem is said elsewhere.

use domain::{Language, ProblemCode};

mod english;

/// What the administrator reads about a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProblemText {
    /// What is wrong, in a few words.
    pub title: &'static str,
    /// The one thing to do, with a link to the very line of the guide where it is put right.
    pub body: &'static str,
}

/// What support reads about a problem.
#[cfg(feature = "ssr")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StaffText {
    /// What happened.
    pub happened: &'static str,
    /// What to tell the customer.
    pub tell: &'static str,
}

/// The administrator's sentences for this code.
#[must_use]
pub const fn admin(language: Language, code: ProblemCode) -> ProblemText {
    let (title, body) = match language {
        Language::English => english::admin(code),
    };
    ProblemText { title, body }
}

/// The administrator's sentences for this code, in the language of the pages.
#[must_use]
pub const fn for_admin(code: ProblemCode) -> ProblemText {
    admin(Language::English, code)
}

/// The staff's sentences for this code.
#[cfg(feature = "ssr")]
#[must_use]
pub const fn staff(language: Language, code: ProblemCode) -> StaffText {
    let (happened, tell) = match language {
        Language::English => english::staff(code),
    };
    StaffText { happened, tell }
}

/// Who acts, in words.
#[cfg(feature = "ssr")]
#[must_use]
pub const fn who_acts(language: Language, code: ProblemCode) -> &'static str {
    match language {
        Language::English => english::who_acts(code.who_acts()),
    }
}

/// Whether trying again with the same values can help, in words.
#[cfg(feature = "ssr")]
#[must_use]
pub const fn trying_again(language: Language, code: ProblemCode) -> &'static str {
    match language {
        Language::English => english::trying_again(code.retry_can_help()),
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use domain::ProblemKind;

    use super::*;

    const ENGLISH: Language = Language::English;

    #[test]
    fn every_code_has_a_title_and_says_what_to_do() {
        for code in ProblemCode::ALL {
            let text = for_admin(code);
            assert!(!text.title.is_empty() && !text.title.ends_with('.'), "{code}");
            assert!(text.body.ends_with('.'), "{code}");
        }
    }

    #[test]
    fn every_code_tells_support_what_happened_and_what_to_say() {
        for code in ProblemCode::ALL {
            let text = staff(ENGLISH, code);
            assert!(text.happened.ends_with('.') && text.tell.ends_with('.'), "{code}");
        }
    }

    #[test]
    fn no_two_codes_say_the_same() {
        let mut titles: Vec<_> = ProblemCode::ALL.into_iter().map(|code| for_admin(code).title).collect();
        let mut happened: Vec<_> =
            ProblemCode::ALL.into_iter().map(|code| staff(ENGLISH, code).happened).collect();
        for all in [&mut titles, &mut happened] {
            all.sort_unstable();
            all.dedup();
            assert_eq!(all.len(), ProblemCode::ALL.len());
        }
    }

    #[test]
    fn what_is_mended_in_a_step_links_to_the_line_of_the_guide() {
        for code in ProblemCode::ALL {
            let is_in_a_step = match code.kind() {
                ProblemKind::Key | ProblemKind::Account | ProblemKind::Url => true,
                ProblemKind::Check => code.who_acts() == domain::WhoActs::Customer,
                ProblemKind::Invite => false,
            };
            // Another product, or a tenant UKG has yet to set up: no line of the guide helps there.
            let elsewhere = matches!(
                code,
                ProblemCode::UrlReady | ProblemCode::UrlPlaceholder | ProblemCode::UrlTestTenant
            );
            assert!(!is_in_a_step || elsewhere || for_admin(code).body.contains("#how-"), "{code}");
        }
    }

    #[test]
    fn nothing_ends_at_asking_support() {
        for code in ProblemCode::ALL {
            assert!(!for_admin(code).body.to_lowercase().contains("support"), "{code}");
        }
    }

    #[test]
    fn a_fault_of_ukg_blames_nobody_and_says_when_to_try_again() {
        for code in ProblemCode::ALL {
            if code.who_acts() == domain::WhoActs::Ukg {
                assert!(for_admin(code).body.contains("check again"), "{code}");
                assert!(code.retry_can_help(), "{code}");
            }
        }
    }
}
