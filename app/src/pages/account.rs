//! Step 2: the service account; or, for who comes back because of it, a new password alone.

use domain::{PermissionSet, ProblemCode, Step};
use leptos::prelude::*;

use super::step_frame::{
    StepFrame, buttons, found, instruction, is_doubt, label_for, other_way, saved_line, sealed,
};
use super::step_side::{HandOff, Standing, stands};
use crate::components::{Figure, FlowFrame, Kept, PermissionGrid, PermissionList, Picture, TextField};
use crate::icons::Icon;
use crate::islands::LiveFields;
use crate::islands::verdict::Kind;
use crate::rich::rich;
use crate::text::{fields, flow, flow::account};

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountAsk {
    /// Username and password.
    Both,
    /// A new password for an account that is kept; the username stands ready to be changed.
    PasswordOnly,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct AccountView {
    /// What every page of the flow shows.
    pub frame: FlowFrame,
    /// What the newest check found wrong with this step.
    pub found: Option<ProblemCode>,
    /// What the link asks for.
    pub permissions: PermissionSet,
    /// What is kept of the username.
    pub username: Kept,
    /// What is kept of the password.
    pub password: Kept,
    /// Since when both are saved.
    pub saved_at: Option<String>,
    /// The last attempt's problem with the username.
    pub username_problem: Option<ProblemCode>,
    /// The last attempt's problem with the password.
    pub password_problem: Option<ProblemCode>,
    /// What is asked for.
    pub ask: AccountAsk,
    /// Whether the step is handed to a colleague.
    pub hand_off: HandOff,
    /// What the link does until what is entered is proven.
    pub standing: Standing,
}

/// The page.
#[component]
pub fn AccountPage(
    /// What it shows.
    view: AccountView,
) -> impl IntoView {
    let problem = view.username_problem.or(view.password_problem);
    let again = view.ask == AccountAsk::PasswordOnly;
    let saved = view.saved_at.is_some() && problem.is_none() && view.found.is_none();
    let (heading, lead) = if again {
        (account::AGAIN_HEADING, account::AGAIN_LEAD)
    } else if saved {
        (account::SAVED_HEADING, account::SAVED_LEAD)
    } else {
        (account::HEADING, account::LEAD)
    };
    let doubted = is_doubt(view.username_problem);
    let first_lines = if again { account_again().into_any() } else { account_new().into_any() };
    let how = view! {
        {first_lines}
        <li class="how__item" id="how-3">
            <h2>
                {if again { account::AGAIN_TICK.0.to_owned() } else { account::tick_heading(view.permissions.len()) }}
            </h2>
            <p>{rich(if again { account::AGAIN_TICK.1 } else { account::TICK })}</p>
            // Who comes back knows what each is for.
            {(!again).then(|| view! { <PermissionList permissions=view.permissions.clone() /> })}
            <PermissionGrid permissions=view.permissions caption=account::TICK_CAPTION />
        </li>
        {instruction(
            "how-4",
            account::PASSWORD,
            view! {
                <div class="note note--warn">
                    {Icon::Warning.view()} <div>
                        <p class="note__title">{account::PASSWORD_ONCE.0}</p>
                        <p>{rich(account::PASSWORD_ONCE.1)}</p>
                    </div>
                </div>
                <Figure picture=Picture::NewPassword caption=account::PASSWORD_CAPTION />
            },
        )}
        {instruction("how-5", if again { account::AGAIN_ENTER } else { account::ENTER }, ())}
    }
    .into_any();
    let username = move || {
        view! { <TextField kind=Kind::Username kept=Some(view.username) problem=view.username_problem no_crop=again /> }
    };
    let password =
        view! { <TextField kind=Kind::Password kept=Some(view.password) problem=view.password_problem /> };
    view! {
        <StepFrame
            frame=view.frame
            step=Step::Account
            hand_off=view.hand_off
            heading
            lead=lead.to_owned()
            to_mend=problem.or(view.found).is_some()
            how
        >
            <form class="card form" method="post" action="account">
                {found(view.found)}
                {if again {
                    view! {
                        {password}
                        <div>
                            <p class="field__read">
                                <span class="sign sign--ok">{Icon::Check.view()}</span>
                                <span>{account::USERNAME_KEPT}</span>
                            </p>
                            <details class="more" open=view.username_problem.is_some()>
                                <summary>{account::USERNAME_CHANGE}</summary>
                                <div class="more__body">{username()}</div>
                            </details>
                        </div>
                    }
                        .into_any()
                } else {
                    view! {
                        {saved_line(view.saved_at)}
                        {username()}
                        {password}
                    }
                        .into_any()
                }}
                {buttons(
                    label_for(
                        view.hand_off,
                        if again { fields::SAVE_AND_CHECK } else { fields::SAVE_AND_CONTINUE },
                    ),
                    doubted,
                )}
                {stands(view.standing)}
                {sealed()}
            </form>
            <LiveFields />
        </StepFrame>
    }
}

/// The first two lines for a new account.
fn account_new() -> impl IntoView {
    view! {
        {instruction(
            "how-1",
            account::ADD,
            view! {
                <Figure picture=Picture::AddAccount caption=account::ADD_CAPTION />
                {other_way(flow::OTHER_WAY, view! { <p>{rich(account::ADD_WAY)}</p> })}
            },
        )}
        {instruction(
            "how-2",
            account::FORM,
            view! { <Figure picture=Picture::AccountForm caption=account::FORM_CAPTION /> },
        )}
    }
}

/// The first two lines for an account that has to get a new password.
fn account_again() -> impl IntoView {
    view! {
        {instruction(
            "how-1",
            account::AGAIN_OPEN,
            other_way(flow::OTHER_WAY, view! { <p>{rich(account::ADD_WAY)}</p> }),
        )}
        {instruction("how-2", account::AGAIN_GENERATE, ())}
    }
}
