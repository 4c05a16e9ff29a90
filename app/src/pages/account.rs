//! Step 2: the service account.

use domain::{PermissionSet, ProblemCode};
use leptos::prelude::*;

use super::step_frame::{StepFrame, buttons, found, instruction, is_doubt, other_way, saved_line, sealed};
use crate::components::{Figure, FlowFrame, Kept, PermissionGrid, PermissionList, Picture, TextField};
use crate::icons::Icon;
use crate::islands::LiveFields;
use crate::islands::verdict::Kind;
use crate::rich::rich;
use crate::text::{fields, flow, flow::account};

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
}

/// The page.
#[component]
pub fn AccountPage(
    /// What it shows.
    view: AccountView,
) -> impl IntoView {
    let problem = view.username_problem.or(view.password_problem);
    let saved = view.saved_at.is_some() && problem.is_none() && view.found.is_none();
    let (heading, lead) =
        if saved { (account::SAVED_HEADING, account::SAVED_LEAD) } else { (account::HEADING, account::LEAD) };
    let doubted = is_doubt(view.username_problem);
    let number = view.permissions.len();
    let how = view! {
        {instruction(
            None,
            account::ADD,
            view! {
                <Figure picture=Picture::AddAccount caption=account::ADD_CAPTION />
                {other_way(flow::OTHER_WAY, view! { <p>{rich(account::ADD_WAY)}</p> })}
            },
        )}
        {instruction(
            Some("how-2"),
            account::FORM,
            view! { <Figure picture=Picture::AccountForm caption=account::FORM_CAPTION /> },
        )}
        <li class="how__item" id="how-3">
            <h2>{account::tick_heading(number)}</h2>
            <p>{rich(account::TICK)}</p>
            <PermissionList permissions=view.permissions.clone() />
            <PermissionGrid permissions=view.permissions caption=account::TICK_CAPTION />
        </li>
        {instruction(
            Some("how-4"),
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
        {instruction(None, account::ENTER, ())}
    }
    .into_any();
    view! {
        <StepFrame frame=view.frame heading lead=lead.to_owned() to_mend=problem.or(view.found).is_some() how>
            <form class="card form" method="post" action="account">
                {found(view.found)}
                {saved_line(view.saved_at)}
                <TextField kind=Kind::Username kept=Some(view.username) problem=view.username_problem />
                <TextField kind=Kind::Password kept=Some(view.password) problem=view.password_problem />
                {buttons(fields::SAVE_AND_CONTINUE, doubted)}
                {sealed()}
            </form>
            <LiveFields />
        </StepFrame>
    }
}
