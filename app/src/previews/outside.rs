//! Invites and hand-overs.

use crate::pages::{
    ExpiredPage, ExpiredView, ForwardPage, ForwardView, HandOverPage, HandOverState, HandOverView,
    HandWelcomePage, HandWelcomeView, HomePage, MessageAction, MessagePage, MessageTone, MessageView,
    RenewState, SignInPage, SignInView, WelcomeBack, WelcomePage, WelcomeView,
};
use crate::text::hand_over;
use crate::text::message::Message;
use domain::Step;
use leptos::prelude::*;

use super::{COMPANY, NOW, Preview, frame, permissions};

const UNTIL: &str = "8 December 2026";

fn expired(name: &'static str, state: RenewState) -> Preview {
    let view = ExpiredView {
        company: COMPANY.to_owned(),
        state,
        action: "?renew".to_owned(),
        request_id: "req_01K8".to_owned(),
    };
    Preview::new(name, view! { <ExpiredPage view /> })
}

fn hand(name: &'static str, state: HandOverState) -> Preview {
    let view = HandOverView { frame: frame(2, 1), step: Step::Account, state };
    Preview::new(name, view! { <HandOverPage view /> })
}

fn message(name: &'static str, tone: MessageTone, message: Message) -> Preview {
    let view = MessageView {
        code: None,
        tone,
        title: message.title.to_owned(),
        body: message.body.to_owned(),
        action: MessageAction::Nothing,
        request_id: String::new(),
    };
    Preview::new(name, view! { <MessagePage view /> })
}

/// Every state.
pub fn all() -> Vec<Preview> {
    let to = || "m•••@northwind.example".to_owned();
    let welcome = WelcomeView {
        company: COMPANY.to_owned(),
        permissions: permissions(),
        begun: true,
        back: None,
        good_until: UNTIL.to_owned(),
        note: Some("Hello Maria,\nwe spoke on Monday. Call me when a screen looks different.".to_owned()),
    };
    let back = |back| WelcomeView { back: Some(back), begun: false, note: None, ..welcome.clone() };
    let (refused, lost) = (back(WelcomeBack::Refused), back(WelcomeBack::Lost));
    let (look, works) = (back(WelcomeBack::Look), back(WelcomeBack::Works));
    let forward =
        ForwardView { company: COMPANY.to_owned(), permissions: permissions(), good_until: UNTIL.to_owned() };
    let colleague =
        HandWelcomeView { company: COMPANY.to_owned(), step: Step::Account, good_until: UNTIL.to_owned() };
    let url = "https://link.acme.example/hand/dGhpcyBpcyBtYWRlIHVwLCBub3QgYSB0b2tlbg".to_owned();
    vec![
        Preview::new("home", view! { <HomePage /> }),
        Preview::new("welcome", view! { <WelcomePage view=welcome /> }),
        Preview::new("welcome-refused", view! { <WelcomePage view=refused /> }),
        Preview::new("welcome-lost", view! { <WelcomePage view=lost /> }),
        Preview::new("welcome-look", view! { <WelcomePage view=look /> }),
        Preview::new("welcome-works", view! { <WelcomePage view=works /> }),
        Preview::new("forward", view! { <ForwardPage view=forward /> }),
        expired("expired", RenewState::Offer { to: Some(to()) }),
        expired("expired-no-mail", RenewState::Offer { to: None }),
        expired("expired-sent", RenewState::Sent { to: to() }),
        expired("expired-already", RenewState::Already { to: to() }),
        expired("expired-told", RenewState::Told),
        expired("expired-failed", RenewState::Failed),
        hand("hand-offer", HandOverState::Offer),
        hand("hand-made", HandOverState::Made { url, good_until: UNTIL.to_owned() }),
        hand("hand-waiting", HandOverState::Waiting { at: NOW, started: false }),
        Preview::new("hand-welcome", view! { <HandWelcomePage view=colleague /> }),
        message("hand-thanks", MessageTone::Good, hand_over::THANKS),
        message("hand-used", MessageTone::Plain, hand_over::USED),
        message("hand-expired", MessageTone::Over, hand_over::EXPIRED),
        Preview::new("sign-in", view! { <SignInPage view=SignInView::default() /> }),
    ]
}
