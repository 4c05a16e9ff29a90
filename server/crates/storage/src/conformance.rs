//! What every backend must do, as cases that its tests run: one file per aggregate, one function per behaviour.
//!
//! Each case makes its own ids, so that all can share a database, one after another; the first one wants it fresh. A
//! backend runs each as a test of its own, on a storage of its own:
//!
//! ```text
//! macro_rules! tests {
//!     ($($file:ident: $($case:ident)*;)*) => { $(mod $file { $(
//!         #[tokio::test]
//!         async fn $case() -> storage::Result<()> {
//!             storage::conformance::$file::$case(&fresh().await?).await
//!         }
//!     )* })* };
//! }
//! storage::conformance_cases!(tests);
//! ```
//!
//! How to add a case: write the function, name it in the list below; a test here fails when one is missing.

#![expect(missing_docs, reason = "a case's name is the sentence that says what it is about")]

pub mod audit;
pub mod audit_chain;
pub mod audit_search;
pub mod checks;
pub mod credentials;
pub mod ended_jobs;
mod fixtures;
pub mod hand_overs;
pub mod insights;
pub mod invites;
pub mod jobs;
pub mod keys;
pub mod known_staff;
pub mod lapses;
pub mod links;
pub mod list_rows;
pub mod listing;
pub mod notes;
pub mod presets;
pub mod refusals;
pub mod reminders;
pub mod second_factors;
pub mod sessions;
pub mod slots;
pub mod staff;
pub mod steps;
pub mod tidying;
pub mod ukg_side;
pub mod units;
pub mod webhooks;

use crate::{Result, Storage};

/// Hands the list of cases, file by file, to the macro named.
#[macro_export]
macro_rules! conformance_cases {
    ($then:ident) => {
        $then! {
            units:
                a_fresh_storage_is_empty_and_answers
                what_was_committed_is_there
                what_was_dropped_without_commit_is_not_there
                credentials_destroyed_without_commit_are_still_there
                what_is_not_committed_is_seen_inside_only
                reading_goes_on_while_a_unit_is_open
                a_second_unit_waits_and_sees_what_the_first_committed
                giving_up_waiting_for_a_unit_harms_nobody
                a_change_and_its_audit_entry_go_together
                after_a_refused_write_nothing_of_the_unit_is_left
                many_units_at_once_lose_no_change;
            tidying:
                old_checks_are_removed_but_for_the_newest
                the_newest_accepted_check_of_all_values_stays
                what_was_refused_stays_counted
                a_running_check_and_younger_ones_stay
                it_goes_in_parts_and_ends;
            ended_jobs:
                several_jobs_are_ended_at_once_but_those_that_were_lost;
            jobs:
                a_job_is_claimed_when_it_is_due_and_not_before
                a_job_put_twice_is_one_job
                a_claimed_job_is_due_again_when_its_lease_is_over
                a_job_that_is_held_on_to_is_not_lost
                who_lost_a_job_cannot_end_it
                a_job_that_is_put_anew_escapes_its_worker
                what_became_of_a_job_is_kept
                a_postponed_attempt_does_not_count
                a_dead_job_is_seen_not_claimed_and_can_be_revived
                the_longest_due_is_claimed_first_and_no_more_than_asked_for
                two_workers_never_claim_the_same_job
                a_job_of_a_dropped_unit_does_not_exist
                whoever_waits_is_told_of_jobs_that_were_kept
                the_next_job_and_the_depth_are_told
                links_that_stand_are_given_rechecks_once_and_spread
                rechecks_far_off_are_brought_forward
                a_job_that_is_woken_is_due_at_once_and_left_alone_while_somebody_works_on_it
                jobs_of_whoever_is_gone_are_due_at_once;
            webhooks:
                an_endpoint_is_read_back_as_it_was_written_and_changed
                a_removed_endpoint_is_nowhere
                the_numbers_of_an_endpoint_have_no_gaps_and_are_its_own
                a_message_is_read_back_as_it_was_written
                what_is_due_is_told_the_longest_due_first
                messages_that_were_taken_wait_no_longer
                an_attempt_that_failed_is_kept_with_the_next_one
                a_message_is_given_up_and_sent_again
                what_waits_is_brought_forward_or_given_up
                messages_are_listed_newest_first_by_state_and_in_parts
                old_messages_are_deleted_and_others_stay;
            lapses:
                links_that_lapse_are_told_once_and_no_more_than_asked_for
                links_left_alone_are_told_once_until_something_happens;
            links:
                what_a_paused_link_was_is_read_back_and_cleared
                only_a_paused_link_was_something_else
                a_link_is_read_back_as_it_was_written
                a_link_of_which_little_is_known_is_read_back
                an_unknown_link_is_none
                the_same_link_is_not_added_twice
                every_status_of_a_link_is_read_back
                every_status_before_a_replacement_is_read_back
                everyone_who_can_act_is_read_back
                every_problem_of_a_link_is_read_back
                every_step_reached_is_read_back
                every_permission_is_read_back
                an_update_changes_what_can_change_and_nothing_else
                an_update_clears_what_is_no_longer_so
                an_update_leaves_other_links_alone
                an_update_of_an_unknown_link_adds_none
                links_are_listed_last_changed_first
                a_list_of_links_ends_at_its_limit
                a_list_of_one_status_holds_no_other
                links_with_the_same_account_are_found_last_changed_first
                a_link_that_changed_its_account_is_found_with_the_new_one
                unfinished_links_of_a_customer_or_contact_are_found_last_changed_first
                links_are_counted_by_status;
            list_rows:
                where_a_link_is_stuck_is_told_with_how_often
                what_was_entered_is_told_of_a_stuck_link_from_its_newest_entry
                who_looks_after_a_link_is_told_by_address
                finished_checks_are_told_oldest_first_from_the_given_time_on
                details_are_told_of_the_links_asked_for_alone
                every_change_of_a_link_gives_the_list_another_version
                a_saved_view_is_read_back_replaced_and_deleted
                made_up_links_are_read_back_and_stand_beside_no_real_ones;
            listing:
                an_unfinished_link_lapses_when_no_invite_leads_to_it
                pages_follow_one_another_both_ways_in_every_order
                a_text_is_found_wherever_it_stands_and_whatever_its_case
                letters_of_other_alphabets_are_found_too
                a_short_text_must_be_how_one_begins
                signs_that_mean_something_to_a_search_mean_nothing
                filters_narrow_one_another
                a_link_is_in_the_stage_that_its_status_and_problem_say
                a_new_invite_opens_a_lapsed_link_again
                a_link_that_lapses_is_counted_where_it_is_found;
            notes:
                a_note_is_read_back_as_it_was_written
                notes_are_listed_newest_first_and_of_one_link_only
                a_note_needs_its_link_and_its_author
                a_note_is_taken_away_by_its_author_alone_and_once
                a_link_is_given_to_somebody_and_to_nobody
                an_unknown_link_is_given_to_nobody_and_a_link_to_nobody_unknown;
            insights:
                a_new_link_has_been_invited_and_no_more
                the_first_time_at_each_step_is_kept_and_later_ones_change_nothing
                links_are_told_newest_first_from_a_time_on_and_up_to_a_limit
                problems_are_told_by_link_and_code;
            invites:
                an_invite_is_read_back_as_it_was_written
                an_unknown_token_has_no_invite
                a_link_without_invites_has_none
                an_invite_needs_its_link
                an_invite_needs_the_one_it_renews
                an_invite_is_renewed_as_often_as_asked
                one_token_belongs_to_one_invite
                invites_of_a_link_are_listed_newest_first
                the_first_start_counts_and_later_ones_change_nothing
                starting_an_unknown_invite_changes_nothing
                completing_leaves_revoked_and_completed_invites_alone
                completing_leaves_other_links_alone
                completing_a_link_without_invites_is_fine
                an_invite_is_revoked_once
                an_unknown_invite_is_not_revoked
                revoking_ends_the_sessions_of_that_invite_only;
            sessions:
                an_administrators_session_is_read_back
                an_expired_session_is_still_read_back
                an_unknown_token_has_no_session
                an_administrators_session_needs_its_invite
                a_session_of_a_step_handed_over_is_read_back
                a_session_needs_the_step_handed_over
                one_token_belongs_to_one_administrators_session
                a_staff_session_is_read_back_with_its_account
                a_staff_session_needs_its_account
                one_token_belongs_to_one_staff_session
                a_use_of_a_staff_session_is_noted_and_nothing_else
                noting_the_use_of_an_unknown_session_adds_none
                a_staff_session_is_ended_alone_and_twice_is_fine
                sessions_of_administrators_are_deleted_once_they_ended
                sessions_of_a_step_handed_over_are_deleted_once_they_ended
                sessions_of_staff_are_deleted_twelve_hours_after_they_began;
            hand_overs:
                a_hand_over_is_read_back_as_it_was_written
                an_unknown_token_or_id_has_no_hand_over
                every_step_handed_over_is_read_back
                a_hand_over_needs_its_link_and_its_invite
                one_token_belongs_to_one_hand_over
                open_hand_overs_are_listed_newest_first
                a_hand_over_is_begun_once
                a_hand_over_that_ended_or_never_was_is_not_begun
                ending_a_step_ends_its_hand_overs_and_their_sessions_once
                ending_concerns_one_step_of_one_link
                revoking_an_invite_ends_what_its_holder_handed_over;
            keys:
                a_data_key_is_none_before_the_first
                a_data_key_is_read_back
                a_data_key_is_never_replaced
                a_data_key_needs_its_link
                a_data_key_wrapped_anew_takes_the_old_ones_place
                data_keys_of_another_wrapping_key_are_found_part_by_part
                what_was_deleted_is_noted_until_it_is_overwritten
                the_installation_has_one_key_for_good;
            credentials:
                a_sealed_value_needs_the_data_key
                a_link_without_credentials_has_none
                every_field_and_slot_is_read_back
                a_sealed_value_is_replaced_in_its_place
                a_value_without_a_fingerprint_is_read_back
                an_envelope_of_any_length_is_read_back;
            slots:
                a_value_moves_between_any_two_slots_and_keeps_its_time
                a_moved_value_replaces_what_is_there
                where_nothing_is_nothing_is_moved_and_what_is_there_stays
                a_value_moved_to_where_it_is_stays
                moving_concerns_one_slot_of_one_field_of_one_link
                a_replacement_is_made_and_undone
                a_discarded_value_is_gone_and_the_other_slots_stay
                discarding_concerns_one_field_of_one_link
                destroyed_credentials_are_gone_with_their_key_and_twice_is_fine
                a_link_whose_credentials_were_destroyed_can_have_new_ones
                destroying_what_is_not_there_is_fine
                what_was_deleted_is_forgotten_without_harm
                previous_values_are_forgotten_once_their_time_is_over
                a_replacement_without_values_is_forgotten_too;
            steps:
                an_attempt_is_read_back
                a_step_never_tried_has_no_attempt
                every_step_keeps_its_own_attempt
                a_link_s_attempts_are_listed_newest_first
                every_problem_of_an_attempt_is_read_back_in_order
                an_attempt_replaces_the_one_before
                a_cleared_attempt_is_gone_and_twice_is_fine
                clearing_concerns_one_step_of_one_link
                an_attempt_without_problems_is_refused
                an_attempt_needs_its_link;
            checks:
                findings_are_told_day_by_day_in_order
                a_running_check_is_read_back
                everything_known_when_a_check_begins_is_read_back
                a_link_never_checked_has_no_check
                a_second_check_of_a_link_does_not_begin
                a_check_of_another_link_does_begin
                of_two_checks_started_at_once_one_begins
                a_finished_check_is_read_back_and_runs_no_longer
                the_end_of_a_check_changes_nothing_of_its_beginning
                a_surplus_is_read_back_and_replaced
                a_surplus_of_an_unknown_check_changes_nothing
                a_check_cut_short_has_no_report
                a_check_is_finished_once
                an_unknown_check_is_not_finished
                the_newest_check_is_the_last_one
                an_accepted_check_is_found_by_the_values_it_was_made_with
                the_account_of_a_check_is_read_back
                every_running_check_is_found_and_no_other
                every_outcome_is_read_back
                every_connection_step_is_read_back
                every_result_of_every_permission_is_read_back_in_order
                how_long_each_answer_took_is_read_back
                every_problem_of_a_permission_is_read_back
                a_check_needs_its_link;
            refusals:
                a_refused_request_is_counted_at_once
                counting_for_an_unknown_check_changes_nothing
                the_end_of_a_check_leaves_what_was_counted
                a_request_refused_after_the_check_was_ended_counts_too
                values_never_tried_were_never_refused
                refusals_of_the_same_values_add_up
                a_check_cut_short_is_unsure_and_a_running_one_is_not
                once_values_are_accepted_earlier_refusals_are_forgotten
                the_last_acceptance_counts_and_no_earlier_one
                accepting_other_values_or_another_link_forgets_nothing
                of_checks_in_one_millisecond_the_later_one_counts
                when_a_check_began_decides_and_not_when_it_was_kept
                a_link_never_rejected_has_no_rejections
                refusals_before_a_fault_are_a_rejection_too
                each_set_of_values_is_told_once_with_its_last_rejection
                rejections_are_told_from_the_given_time_on;
            presets:
                a_preset_is_read_back_as_it_was_written
                presets_are_listed_by_name_whatever_the_case
                that_there_ever_was_a_preset_is_told_after_it_was_removed
                of_presets_that_were_not_removed_one_has_a_name
                a_change_overwrites_a_presets_name_and_permissions
                a_removed_preset_is_neither_listed_nor_changed_nor_removed_again
                an_unknown_preset_is_neither_changed_nor_removed;
            reminders:
                reminders_are_read_back_as_they_were_written
                a_link_without_reminders_has_none
                reminders_need_their_link_and_are_added_once
                each_reminder_is_counted_with_its_time
                a_reminder_is_due_once_nothing_moved_for_its_days
                a_reminder_is_not_due_when_anything_speaks_against_it;
            staff:
                every_account_is_listed_by_address
                a_staff_account_is_read_back
                an_unknown_address_has_no_account
                every_role_is_read_back
                an_address_has_one_account
                a_refused_account_changes_nothing
                whether_anybody_is_there_is_told;
            known_staff:
                what_changes_of_an_account_is_read_back_and_the_rest_stays
                every_account_is_listed_by_address
                other_owners_are_open_accounts_of_owners
                an_accounts_sessions_are_listed_last_used_first
                one_name_belongs_to_one_session
                a_proof_is_noted_for_one_session
                sessions_are_ended_by_name_and_all_but_one
                of_very_many_sessions_the_oldest_are_ended
                a_sign_in_that_waits_has_so_many_tries_and_ends_with_the_sessions
                a_known_browser_is_read_back_until_it_is_forgotten
                an_address_has_one_invite_to_become_staff
                what_ended_of_staff_is_deleted;
            second_factors:
                an_account_has_one_authenticator
                a_code_s_half_minute_is_used_once_and_none_before_it
                a_recovery_code_is_used_once_by_its_account
                a_question_is_answered_once_until_it_is_over
                a_passkey_is_found_by_its_credential_and_belongs_to_one;
            audit:
                what_happened_before_an_entry_is_listed_without_it
                entries_of_one_action_are_listed_alone_newest_first
                an_entry_is_read_back
                a_link_without_entries_has_an_empty_timeline
                entries_are_listed_newest_first
                entries_of_one_moment_are_listed_last_appended_first
                a_wish_for_a_new_invite_stands_until_staff_make_one_or_somebody_begins
                a_timeline_ends_at_its_limit
                an_entry_about_no_link_is_in_no_timeline
                a_timeline_holds_no_other_links_entries
                every_action_is_read_back
                every_actor_is_read_back
                from_where_is_read_back
                any_detail_is_read_back
                an_entry_is_never_replaced;
            audit_chain:
                entries_are_read_back_with_their_steps_in_order
                the_head_is_the_last_entry_s_step
                a_step_without_seals_is_read_back
                a_step_that_does_not_follow_the_head_is_refused
                the_head_gets_another_seal_and_says_the_same
                an_entry_and_its_step_go_together;
            audit_search:
                entries_are_found_newest_first_with_the_names_they_are_about
                an_entry_of_a_link_or_a_staff_member_that_is_gone_has_no_names
                a_search_goes_on_where_it_stopped
                who_what_and_when_narrow_a_search
                text_finds_customers_and_staff_by_any_part_of_their_names;
            ukg_side:
                checks_are_counted_by_host_and_links_by_their_last_check
                only_faults_of_ukg_pro_count_as_faults
                checks_that_run_were_cut_short_or_ended_before_do_not_count
                the_last_fault_of_others_is_found_and_ones_own_is_not;
        }
    };
}

/// Runs every case, one after another, on one storage, which must be fresh.
///
/// # Errors
/// When the storage fails; what it answers wrongly ends in a panic that names the case.
pub async fn all(storage: &dyn Storage) -> Result<()> {
    macro_rules! run {
        ($($file:ident: $($case:ident)*;)*) => { $($($file::$case(storage).await?;)*)* };
    }
    conformance_cases!(run);
    Ok(())
}

#[cfg(test)]
mod tests {
    const FILES: &[&str] = &[
        include_str!("conformance/audit.rs"),
        include_str!("conformance/audit_chain.rs"),
        include_str!("conformance/audit_search.rs"),
        include_str!("conformance/checks.rs"),
        include_str!("conformance/credentials.rs"),
        include_str!("conformance/hand_overs.rs"),
        include_str!("conformance/insights.rs"),
        include_str!("conformance/invites.rs"),
        include_str!("conformance/jobs.rs"),
        include_str!("conformance/keys.rs"),
        include_str!("conformance/known_staff.rs"),
        include_str!("conformance/lapses.rs"),
        include_str!("conformance/links.rs"),
        include_str!("conformance/list_rows.rs"),
        include_str!("conformance/listing.rs"),
        include_str!("conformance/notes.rs"),
        include_str!("conformance/presets.rs"),
        include_str!("conformance/refusals.rs"),
        include_str!("conformance/reminders.rs"),
        include_str!("conformance/second_factors.rs"),
        include_str!("conformance/sessions.rs"),
        include_str!("conformance/slots.rs"),
        include_str!("conformance/staff.rs"),
        include_str!("conformance/steps.rs"),
        include_str!("conformance/ukg_side.rs"),
        include_str!("conformance/units.rs"),
        include_str!("conformance/webhooks.rs"),
    ];

    macro_rules! names {
        ($($file:ident: $($case:ident)*;)*) => { vec![$($(stringify!($case)),*),*] };
    }

    #[test]
    fn every_case_is_in_the_list() {
        let listed = conformance_cases!(names);

        let written: Vec<&str> = FILES
            .iter()
            .flat_map(|text| text.lines())
            .filter_map(|line| line.strip_prefix("pub async fn ")?.split('(').next())
            .collect();
        let forgotten: Vec<_> = written.iter().filter(|case| !listed.contains(case)).collect();
        assert_eq!(forgotten, Vec::<&&str>::new());
        assert_eq!(written.len(), listed.len());
    }
}
