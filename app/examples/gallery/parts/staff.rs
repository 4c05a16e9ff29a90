//! The staff's door, their own account, and staff as owners manage them.

use app::pages::{
    AccountDeskPage, AccountPageView, AppPage, AppState, CodePage, CodeProblem, CodesPage, CodesState,
    ConfirmPage, ConfirmProblem, ConfirmView, JoinPage, JoinView, MailWishesPage, PasskeyQuestion,
    PasskeyRow, PasskeysPage, PasskeysView, PasswordPage, PasswordView, RemindersPage, RemindersView,
    SessionRow, SignInPage, SignInProblem, SignInView, StaffInvitePage, StaffInviteRow, StaffInviteState,
    StaffListPage, StaffListView, StaffOnePage, StaffOneView, StaffRow,
};
use app::text::desk::{account, staff};
use domain::{MailWishes, Role};
use leptos::prelude::*;

use super::{COMPANY, NOW};
use crate::Shown;

const EMAIL: &str = "sam@acme.example";

fn sign_in(name: &'static str, problem: SignInProblem) -> Shown {
    let view = SignInView { email: EMAIL.to_owned(), problem: Some(problem), passkeys: true };
    Shown::outside(name, view! { <SignInPage view /> })
}

fn session(browser: &str, address: &str, ago: i64, this_one: bool) -> SessionRow {
    SessionRow {
        id: format!("ses_{ago}"),
        browser: browser.to_owned(),
        address: address.to_owned(),
        began: NOW.plus_seconds(-ago - 3000),
        used: NOW.plus_seconds(-ago),
        this_one,
    }
}

fn member(email: &str, role: Role, you: bool, closed: bool) -> StaffRow {
    StaffRow {
        id: format!("stf_{email}"),
        email: email.to_owned(),
        role,
        app: you,
        passkeys: usize::from(you),
        seen: (!closed).then(|| NOW.plus_seconds(-5000)),
        closed,
        you,
    }
}

fn reminders(stopped: bool) -> RemindersView {
    RemindersView { company: COMPANY.to_owned(), customer: "Fjord Schools".to_owned(), stopped }
}

fn account_page() -> AccountPageView {
    AccountPageView {
        email: EMAIL.to_owned(),
        role: Role::Owner,
        app_since: Some(NOW),
        codes_left: 7,
        passkeys: 1,
        wishes: MailWishes::default(),
        sessions: vec![
            session("Firefox on Windows", "203.0.113.9", 0, true),
            session("Safari on iPhone", "2001:db8:85a3:8d3:1319:8a2e:370:7348", 4000, false),
            session("", "", 8000, false),
        ],
        done: Some(account::done::SESSIONS),
        now: NOW,
    }
}

fn one(last_owner: bool, closed: bool) -> StaffOneView {
    StaffOneView {
        member: member(EMAIL, Role::Owner, !closed, closed),
        since: NOW,
        closed_since: closed.then_some(NOW),
        done: closed.then_some(staff::said::CLOSED),
        last_owner,
        now: NOW,
    }
}

fn passkeys() -> PasskeysView {
    PasskeysView {
        passkeys: vec![PasskeyRow {
            id: "pky_1".to_owned(),
            name: "Work laptop".to_owned(),
            made: NOW,
            used: Some(NOW),
        }],
        ask: Some(PasskeyQuestion {
            challenge: "AAAA".to_owned(),
            host: "link.example.com".to_owned(),
            user: "AAAA".to_owned(),
            email: EMAIL.to_owned(),
            known: String::new(),
        }),
        done: Some(account::passkeys::MADE),
        problem: None,
        now: NOW,
    }
}

/// Every state.
pub fn all() -> Vec<Shown> {
    let list = StaffListView {
        members: vec![
            member(EMAIL, Role::Owner, true, false),
            member("alexandra.montgomery-fitzgerald@northwind-learning.example", Role::Support, false, false),
            member("lee@acme.example", Role::Support, false, true),
        ],
        invites: vec![StaffInviteRow {
            id: "sti_1".to_owned(),
            email: "kim@acme.example".to_owned(),
            role: Role::Support,
            until: NOW,
        }],
        done: None,
        now: NOW,
    };
    let confirm = ConfirmView {
        email: EMAIL.to_owned(),
        to: "/desk".to_owned(),
        with_password: false,
        with_code: true,
        with_passkey: true,
        problem: Some(ConfirmProblem::Wrong),
    };
    let password = PasswordView {
        email: EMAIL.to_owned(),
        present: Some(account::password::PRESENT_WRONG),
        new: Some(account::password::COMMON),
    };
    let setting_up = AppState::SettingUp {
        picture: "<svg viewBox=\"0 0 8 8\"><path fill=\"#fff\" d=\"M0 0h8v8H0z\"/></svg>".to_owned(),
        key: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP".to_owned(),
        wrong: true,
    };
    let codes = CodesState::New { codes: vec!["mzxw-6ytb-oi2a-4d3f".to_owned(); 10], app_is_on: true };
    let made = StaffInviteState::Made {
        email: "kim@acme.example".to_owned(),
        url: "https://link.example.com/join/…".to_owned(),
        until: NOW,
        mailed: Some(true),
    };
    let join = JoinView {
        company: COMPANY.to_owned(),
        email: EMAIL.to_owned(),
        problem: Some(account::password::TOO_SHORT),
    };
    vec![
        sign_in("sign-in-refused", SignInProblem::Refused),
        sign_in("sign-in-too-many", SignInProblem::TooMany("15:04".to_owned())),
        Shown::outside("sign-in-code", view! { <CodePage problem=Some(CodeProblem::Wrong) /> }),
        Shown::outside("join", view! { <JoinPage view=join /> }),
        Shown::desk("confirm", view! { <ConfirmPage view=confirm /> }),
        Shown::desk("account", view! { <AccountDeskPage view=account_page() /> }),
        Shown::desk("account-mail", view! { <MailWishesPage wishes=MailWishes::default() can_mail=false /> }),
        Shown::outside("reminders", view! { <RemindersPage view=reminders(false) /> }),
        Shown::outside("reminders-stopped", view! { <RemindersPage view=reminders(true) /> }),
        Shown::desk("account-password", view! { <PasswordPage view=password /> }),
        Shown::desk("account-app", view! { <AppPage state=setting_up /> }),
        Shown::desk("account-codes", view! { <CodesPage state=codes /> }),
        Shown::desk("account-passkeys", view! { <PasskeysPage view=passkeys() /> }),
        Shown::desk("staff", view! { <StaffListPage view=list /> }),
        Shown::desk("staff-one", view! { <StaffOnePage view=one(true, false) /> }),
        Shown::desk("staff-closed", view! { <StaffOnePage view=one(false, true) /> }),
        Shown::desk("staff-invite", view! { <StaffInvitePage state=made /> }),
    ]
}
