//! The receipt in every state, and the end of a link.

use crate::components::StepMark;
use crate::pages::{DisconnectPage, DisconnectView, DonePage, DoneView};
use domain::{LinkStatus, Permission, ProblemCode};
use leptos::prelude::*;

use super::{CUSTOMER, HOST, NOW, Preview, frame, rows};

fn receipt(status: LinkStatus) -> DoneView {
    let mut frame = frame(4, 3);
    frame.marks[3] = StepMark::Closed("Linked".to_owned());
    DoneView {
        frame,
        status,
        customer: CUSTOMER.to_owned(),
        contact: Some("maria@northwind.example".to_owned()),
        linked_at: NOW,
        checked_at: Some(NOW.plus_seconds(7_200)),
        ended_at: None,
        host: HOST.to_owned(),
        rows: rows(&[], &[]),
        problem: None,
        next_check: None,
        undo_until: None,
        fresh: false,
        surplus: Vec::new(),
        duplicate: false,
    }
}

/// Every state.
pub fn all() -> Vec<Preview> {
    let d = |name, view| Preview::new(name, view! { <DonePage view /> });
    let mut test = receipt(LinkStatus::Linked);
    test.frame.test = true;
    test.surplus = vec![Permission::PersonnelIntegration];
    test.undo_until = Some(NOW.plus_seconds(86_400));
    test.duplicate = true;
    let gap = rows(&[Permission::PtoPlanIntegration], &[Permission::PayrollIntegration]);
    let end = DisconnectView {
        frame: receipt(LinkStatus::Linked).frame,
        customer: CUSTOMER.to_owned(),
        host: HOST.to_owned(),
    };
    vec![
        d("done", receipt(LinkStatus::Linked)),
        d("done-test", test),
        d("done-gaps", DoneView { rows: gap, ..receipt(LinkStatus::LinkedWithGaps) }),
        d(
            "done-attention",
            DoneView {
                problem: Some(ProblemCode::UkgTimeout),
                next_check: Some(NOW.plus_seconds(10_800)),
                fresh: true,
                ..receipt(LinkStatus::Attention)
            },
        ),
        d(
            "done-refused-once",
            DoneView {
                problem: Some(ProblemCode::CredentialsRejected),
                next_check: Some(NOW.plus_seconds(7_800)),
                ..receipt(LinkStatus::Attention)
            },
        ),
        d(
            "done-lost",
            DoneView {
                problem: Some(ProblemCode::PermissionMissing),
                rows: rows(&[Permission::EmployeePersonDetails], &[]),
                ..receipt(LinkStatus::Broken)
            },
        ),
        d(
            "done-broken",
            DoneView { problem: Some(ProblemCode::CredentialsRejected), ..receipt(LinkStatus::Broken) },
        ),
        d("done-paused", receipt(LinkStatus::Paused)),
        d(
            "done-disconnected",
            DoneView {
                frame: frame(4, 0),
                ended_at: Some(NOW.plus_seconds(90_000)),
                ..receipt(LinkStatus::Disconnected)
            },
        ),
        Preview::new("disconnect", view! { <DisconnectPage view=end /> }),
    ]
}
