//! The lines of a check: how they look while it runs, and what it found.

use domain::{Permission, PermissionResult, RowResult};
use leptos::prelude::*;

use super::{PermissionSpot, Sign};
use crate::icons::Icon;
use crate::rich::rich;
use crate::text::{check, permissions, problems};

/// How a line looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Done and good.
    Good,
    /// To be mended by the administrator.
    Bad,
    /// At fault elsewhere.
    Warn,
    /// Not known.
    Unknown,
    /// Being asked now.
    Asking,
    /// To be asked.
    Waiting,
}

/// What is offered under a permission's line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowHelp {
    /// Nothing.
    None,
    /// How to grant a missing one, and to ask for it anew.
    Mend,
    /// The same folded away, as the way is said once above all lines.
    MendFolded,
}

impl Tone {
    const fn parts(self) -> (&'static str, &'static str, Option<Icon>) {
        match self {
            Self::Good => ("checks__item checks__item--ok", "ok", Some(Icon::Check)),
            Self::Bad => ("checks__item checks__item--bad", "bad", Some(Icon::Alert)),
            Self::Warn => ("checks__item checks__item--warn", "warn", Some(Icon::Clock)),
            Self::Unknown => ("checks__item checks__item--un", "plain", Some(Icon::Dash)),
            Self::Asking => ("checks__item checks__item--spin", "spin", None),
            Self::Waiting => ("checks__item checks__item--wait", "wait", None),
        }
    }

    const fn of(result: PermissionResult) -> Self {
        match result {
            PermissionResult::Granted => Self::Good,
            PermissionResult::Missing => Self::Bad,
            PermissionResult::Untestable | PermissionResult::Unchecked => Self::Unknown,
        }
    }
}

/// A line about the connection.
#[component]
pub fn PlainRow(
    /// How it looks.
    tone: Tone,
    /// What was done.
    name: String,
    /// How it went.
    result: String,
) -> impl IntoView {
    let (class, sign, icon) = tone.parts();
    view! {
        <li class=class>
            {sign_of(sign, icon)} <span class="checks__name">{name}</span> <span class="checks__result">{result}</span>
        </li>
    }
}

/// A permission's line while the check runs.
#[component]
pub fn RunningRow(
    /// The permission and what is known of it.
    row: RowResult,
    /// Whether it is being asked about now.
    asking: bool,
) -> impl IntoView {
    // Asked and unclear: the time says that it was asked.
    let known = row.result != PermissionResult::Unchecked || row.took_ms.is_some();
    let (tone, words) = match (known, asking) {
        (false, true) => (Tone::Asking, check::ASKING.to_owned()),
        (false, false) => (Tone::Waiting, check::WAITING.to_owned()),
        (true, _) => (Tone::of(row.result), check::timed(permissions::result(row.result), row.took_ms)),
    };
    let (class, sign, icon) = tone.parts();
    let code = row.problem.filter(|_| known).map(domain::ProblemCode::as_str);
    view! {
        <li class=class data-permission=row.permission.slug() data-result=row.result.as_str() data-code=code>
            {sign_of(sign, icon)} <span class="checks__name">{row.permission.label()}</span>
            <span class="checks__result">{words}</span>
        </li>
    }
}

/// A permission's line after the check.
#[component]
pub fn PermissionRow(
    /// The permission and what was found.
    row: RowResult,
    /// What is offered under it.
    help: RowHelp,
) -> impl IntoView {
    let permission = row.permission;
    let body = match row.result {
        PermissionResult::Missing => Some(missing(permission, help).into_any()),
        PermissionResult::Untestable => Some(rich(permissions::UNTESTABLE).into_any()),
        PermissionResult::Unchecked if help != RowHelp::None => Some(
            view! {
                {row.problem.map(|code| view! { <p>{format!("{}.", problems::for_admin(code).title)}</p> })}
                {check_again(permission)}
            }
            .into_any(),
        ),
        PermissionResult::Granted | PermissionResult::Unchecked => None,
    };
    let (class, sign, icon) = Tone::of(row.result).parts();
    // Of a row that stayed open the time would say nothing.
    let took_ms = row.took_ms.filter(|_| row.result != PermissionResult::Unchecked);
    view! {
        <li
            class=class
            data-permission=permission.slug()
            data-result=row.result.as_str()
            data-code=row.problem.map(domain::ProblemCode::as_str)
        >
            {sign_of(sign, icon)} <span class="checks__name">{permission.label()}</span>
            <span class="checks__result">{check::timed(permissions::result(row.result), took_ms)}</span>
            {body.map(|body| view! { <div class="checks__body">{body}</div> })}
        </li>
    }
}

/// Where a missing one stands, what it is taken for, and the button that asks for it alone.
fn missing(permission: Permission, help: RowHelp) -> impl IntoView {
    let alike = permissions::not_the_same(permission);
    let shown = view! {
        {(!alike.is_empty()).then(|| view! { <p>{rich(&alike)}</p> })}
        <div class="checks__spot">
            <PermissionSpot permission />
        </div>
    };
    match help {
        RowHelp::None => rich(&permissions::mend(permission)).into_any(),
        RowHelp::Mend => view! {
            <p>{rich(&permissions::mend(permission))}</p>
            {shown}
            {check_again(permission)}
        }
        .into_any(),
        RowHelp::MendFolded => view! {
            <details class="more">
                <summary>{check::SHOW_WHERE}</summary>
                <div class="more__body">
                    <p>{rich(&permissions::mend(permission))}</p>
                    {shown}
                </div>
            </details>
            {check_again(permission)}
        }
        .into_any(),
    }
}

/// Asks for one permission anew; nothing has to be typed again.
fn check_again(permission: Permission) -> impl IntoView {
    view! {
        <form class="checks__again" method="post" action="check">
            <input type="hidden" name="permission" value=permission.slug() />
            <button class="button button--quiet button--small" type="submit">
                {check::ROW_AGAIN}
                <span class="hidden">": " {permission.label()}</span>
            </button>
        </form>
    }
}

fn sign_of(tone: &'static str, icon: Option<Icon>) -> impl IntoView {
    match icon {
        Some(icon) => view! { <Sign tone icon /> }.into_any(),
        None => view! { <Sign tone /> }.into_any(),
    }
}
