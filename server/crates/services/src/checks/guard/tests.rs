//! The guard's rules, one by one.

use domain::{
    CheckId, CheckReport, ConnectionStep, CustomerName, LinkId, PermissionSet, WebServicesHost, WhoActs,
};
use proptest::prelude::*;

use super::*;

const NOW: Timestamp = Timestamp::from_millis(1_772_445_600_000);
const PRINT: Fingerprint = Fingerprint([7; 32]);

fn link(status: LinkStatus) -> Link {
    Link {
        id: LinkId::new(NOW, [1; 10]),
        customer: CustomerName::parse("Contoso Health").unwrap(),
        contact: None,
        reference: None,
        language: domain::Language::English,
        note: None,
        assignee: None,
        permissions: PermissionSet::new(&[]),
        status,
        who_acts: WhoActs::Nobody,
        paused_from: None,
        problem: None,
        step_reached: None,
        host: None,
        fresh_host: None,
        account: None,
        previous: None,
        created_at: NOW,
        changed_at: NOW,
        linked_at: None,
    }
}

fn asked(link: &Link) -> Asked<'_> {
    Asked { link, submission: PRINT, of_replacement: false, mended: false }
}

fn minutes_ago(minutes: i64) -> Timestamp {
    NOW.plus_seconds(-60 * minutes)
}

/// This many refused requests and cut-short checks, the last five minutes ago.
fn past(requests: u32, unsure: u32) -> Past {
    let last_at = (requests + unsure > 0).then(|| minutes_ago(5));
    Past { refusals: Refusals { requests, unsure, last_at }, rejections: Vec::new(), last: None }
}

fn rejected(requests: u32) -> Past {
    let report = CheckReport {
        outcome: CheckOutcome::Failed(ProblemCode::CredentialsRejected),
        connection: ConnectionStep::Reached,
        reached_ms: Some(1),
        accepted_ms: None,
        rows: Vec::new(),
    };
    let check = CheckRun {
        id: CheckId::new(NOW, [2; 10]),
        link: LinkId::new(NOW, [1; 10]),
        host: WebServicesHost::from_stored("service4.ultipro.com").unwrap(),
        started_at: minutes_ago(5),
        finished_at: Some(minutes_ago(5)),
        report: Some(report),
        submission: PRINT,
        account: None,
        of_replacement: false,
        refused: requests,
        surplus: Vec::new(),
    };
    Past { last: Some(check), ..past(requests, 0) }
}

#[test]
fn values_that_were_never_refused_may_cost_three_requests() {
    assert_eq!(decide(&asked(&link(LinkStatus::InProgress)), &past(0, 0), NOW), Ok(3));
}

#[test]
fn a_stored_account_may_cost_four_of_which_one_is_kept_for_confirming() {
    assert_eq!(decide(&asked(&link(LinkStatus::Linked)), &past(0, 0), NOW), Ok(3));
    assert_eq!(decide(&asked(&link(LinkStatus::Linked)), &past(1, 0), NOW), Ok(2));
    let mut refused = link(LinkStatus::Attention);
    refused.problem = Some(ProblemCode::CredentialsRejected);
    assert_eq!(decide(&asked(&refused), &past(3, 0), NOW), Ok(1));
}

#[test]
fn what_a_fault_left_of_the_allowance_is_all_that_is_left() {
    assert_eq!(decide(&asked(&link(LinkStatus::InProgress)), &past(2, 0), NOW), Ok(1));
}

#[test]
fn rejected_values_are_not_sent_again() {
    let held = Err(Hold::Refused { may_retry: true });

    assert_eq!(decide(&asked(&link(LinkStatus::InProgress)), &rejected(3), NOW), held);
    // Even when it cost less than it might have.
    assert_eq!(decide(&asked(&link(LinkStatus::InProgress)), &rejected(2), NOW), held);
}

#[test]
fn a_refused_stored_account_is_asked_once_more_and_then_no_more() {
    assert_eq!(decide(&asked(&link(LinkStatus::Attention)), &rejected(3), NOW), Ok(1));
    assert_eq!(
        decide(&asked(&link(LinkStatus::Broken)), &rejected(4), NOW),
        Err(Hold::Refused { may_retry: true })
    );
}

#[test]
fn a_replacement_has_the_allowance_of_new_values() {
    let link = link(LinkStatus::Broken);
    let asked = Asked { of_replacement: true, ..asked(&link) };

    assert_eq!(decide(&asked, &past(0, 0), NOW), Ok(3));
    assert_eq!(decide(&asked, &rejected(3), NOW), Err(Hold::Refused { may_retry: true }));
}

#[test]
fn an_account_mended_in_ukg_pro_may_be_tried_by_one_request_at_once() {
    let link = link(LinkStatus::InProgress);
    let mended = Asked { mended: true, ..asked(&link) };

    assert_eq!(decide(&mended, &rejected(3), NOW), Ok(1));
    assert_eq!(decide(&mended, &rejected(2), NOW), Ok(1));
}

#[test]
fn and_twice_more_a_quarter_of_an_hour_apart_and_then_once_a_day() {
    let link = link(LinkStatus::InProgress);
    let (asked, mended) = (asked(&link), Asked { mended: true, ..asked(&link) });
    let (ten_minutes, a_day) = (NOW.plus_seconds(600), NOW.plus_seconds(24 * 60 * 60));

    for requests in [4, 5] {
        for asked in [&asked, &mended] {
            assert_eq!(decide(asked, &rejected(requests), NOW), Err(Hold::Wait { until: ten_minutes }));
        }
        assert_eq!(decide(&asked, &rejected(requests), ten_minutes), Err(Hold::Refused { may_retry: true }));
        assert_eq!(decide(&mended, &rejected(requests), ten_minutes), Ok(1));
    }
    for now in [NOW, ten_minutes] {
        assert_eq!(decide(&mended, &rejected(6), now), Err(Hold::Refused { may_retry: false }));
    }
    assert_eq!(decide(&mended, &rejected(6), a_day), Ok(1));
}

#[test]
fn a_check_cut_short_counts_for_a_quarter_of_an_hour() {
    let link = link(LinkStatus::InProgress);

    assert_eq!(decide(&asked(&link), &past(0, 1), NOW), Ok(2));
    assert_eq!(decide(&asked(&link), &past(0, 3), NOW), Err(Hold::Wait { until: NOW.plus_seconds(600) }));
    assert_eq!(decide(&asked(&link), &past(0, 3), NOW.plus_seconds(600)), Ok(3));
}

#[test]
fn four_rejections_in_a_quarter_of_an_hour_make_the_next_one_wait() {
    let link = link(LinkStatus::InProgress);
    let rejections = [12, 9, 6, 3].map(minutes_ago).to_vec();
    let few = Past { rejections: rejections.iter().copied().skip(1).collect(), ..past(0, 0) };
    let many = Past { rejections, ..past(0, 0) };

    assert_eq!(decide(&asked(&link), &few, NOW), Ok(3));
    assert_eq!(decide(&asked(&link), &many, NOW), Err(Hold::Wait { until: NOW.plus_seconds(180) }));
}

#[test]
fn the_values_in_use_do_not_wait_for_the_mistakes_of_their_replacement() {
    let link = link(LinkStatus::Linked);
    let past = Past { rejections: [4, 3, 2, 1].map(minutes_ago).to_vec(), ..past(0, 0) };

    assert_eq!(decide(&asked(&link), &past, NOW), Ok(3));
}

proptest! {
    /// Whatever happened before, what is let through never brings the refused requests above what is allowed.
    #[test]
    fn no_history_lets_more_through_than_is_allowed(
        requests in 0_u32..12,
        unsure in 0_u32..6,
        was_rejected: bool,
        mended: bool,
        status in prop::sample::select(&LinkStatus::ALL[..]),
        of_replacement: bool,
    ) {
        let link = link(status);
        let past = if was_rejected { rejected(requests) } else { past(requests, unsure) };
        let stored = status.stands() && !of_replacement;
        let most = if stored { 4 } else { 3 } + if mended { 3 } else { 0 };

        if let Ok(left) = decide(&Asked { of_replacement, mended, ..asked(&link) }, &past, NOW) {
            prop_assert!(left >= 1);
            prop_assert!(requests + u32::from(left) <= most, "{requests} and {left} more");
        }
    }
}
