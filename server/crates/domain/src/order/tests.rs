//! Reading a draft.

use super::*;

fn draft() -> InviteDraft {
    InviteDraft { customer: "Contoso Health".to_owned(), ..InviteDraft::default() }
}

fn wrong(draft: &InviteDraft) -> Vec<(DraftField, DraftMistake)> {
    draft.read(&[]).unwrap_err().into_iter().map(|problem| (problem.field, problem.mistake)).collect()
}

#[test]
fn a_customer_is_enough() {
    let order = draft().read(&[]).unwrap();

    assert_eq!((order.days, order.language), (14, Language::English));
    assert_eq!((order.contact, order.reference, order.note, order.remind), (None, None, None, None));
    assert_eq!(order.permissions, PermissionSet::new(&[]));
}

#[test]
fn every_field_is_read_however_it_was_typed() {
    let everything = InviteDraft {
        customer: " Contoso Health ".to_owned(),
        email: "Maria@Contoso.example".to_owned(),
        reference: "T-4711".to_owned(),
        permissions: vec![
            "payroll_integration".to_owned(),
            " PTO Plan integration".to_owned(),
            String::new(),
        ],
        preset: " PEOPLE".to_owned(),
        days: "30d".to_owned(),
        language: "EN".to_owned(),
        note: "Hello,\r\nwe spoke.".to_owned(),
        remind: "7".to_owned(),
    };
    let people = PresetName::parse("People").unwrap();
    let preset = PermissionSet::new(&[Permission::PersonnelIntegration]);

    let order = everything.read(&[(people, preset)]).unwrap();

    assert_eq!(order.customer.as_str(), "Contoso Health");
    assert_eq!(order.contact.unwrap().as_str(), "maria@contoso.example");
    assert_eq!(order.note.unwrap().as_str(), "Hello,\nwe spoke.");
    assert_eq!((order.days, order.remind), (30, Some(RemindAfter::SevenDays)));
    let asked =
        [Permission::PtoPlanIntegration, Permission::PayrollIntegration, Permission::PersonnelIntegration];
    assert_eq!(order.permissions, PermissionSet::new(&asked));
}

#[test]
fn every_mistake_is_told_at_once_with_its_field() {
    let hopeless = InviteDraft {
        customer: " ".to_owned(),
        email: "maria".to_owned(),
        reference: "a\u{7}b".to_owned(),
        permissions: vec!["employee_person".to_owned()],
        preset: "People".to_owned(),
        days: "91".to_owned(),
        language: "de".to_owned(),
        note: "x".repeat(601),
        remind: "5".to_owned(),
    };

    assert_eq!(
        wrong(&hopeless),
        [
            (DraftField::Customer, DraftMistake::Missing),
            (DraftField::Email, DraftMistake::NotAnAddress),
            (DraftField::Reference, DraftMistake::ControlCharacter),
            (DraftField::Permissions, DraftMistake::Unknown),
            (DraftField::Preset, DraftMistake::Unknown),
            (DraftField::Days, DraftMistake::NotDays),
            (DraftField::Language, DraftMistake::Unknown),
            (DraftField::Note, DraftMistake::TooLong),
            (DraftField::Remind, DraftMistake::Unknown),
        ]
    );
}

#[test]
fn an_invite_is_good_for_one_to_ninety_days() {
    for (text, days) in [("1", 1), ("90", 90), (" 14d ", 14), ("007D", 7)] {
        assert_eq!(InviteDraft { days: text.to_owned(), ..draft() }.read(&[]).unwrap().days, days, "{text}");
    }
    for text in ["0", "91", "-1", "+3", "d", "3 d", "3h", "1e1", "14.0", "99999999999", "１４"] {
        let typed = InviteDraft { days: text.to_owned(), ..draft() };
        assert_eq!(wrong(&typed), [(DraftField::Days, DraftMistake::NotDays)], "{text}");
    }
}

#[test]
fn reminders_need_an_address_to_go_to() {
    let nobody = InviteDraft { remind: "3".to_owned(), ..draft() };
    let off = InviteDraft { remind: "Off".to_owned(), ..draft() };

    assert_eq!(wrong(&nobody), [(DraftField::Remind, DraftMistake::NeedsAddress)]);
    assert_eq!(off.read(&[]).unwrap().remind, None);
}
