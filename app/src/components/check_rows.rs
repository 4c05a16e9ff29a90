//! The lines of a check's outcome.

use domain::{PermissionResult, RowResult};
use leptos::prelude::*;

use super::Sign;
use crate::icons::Icon;
use crate::rich::rich;
use crate::text::permissions;

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

/// A permission's line.
#[component]
pub fn PermissionRow(
    /// The permission and what was found.
    row: RowResult,
    /// Its words instead of the result's, while the check runs.
    #[prop(optional)]
    waiting: Option<&'static str>,
    /// More under the line of a missing one, such as a picture.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let tone = match (row.result, waiting) {
        (_, Some(_)) => Tone::Waiting,
        (PermissionResult::Granted, None) => Tone::Good,
        (PermissionResult::Missing, None) => Tone::Bad,
        (PermissionResult::Untestable | PermissionResult::Unchecked, None) => Tone::Unknown,
    };
    let body = match row.result {
        _ if waiting.is_some() => None,
        PermissionResult::Missing => Some(permissions::mend(row.permission)),
        PermissionResult::Untestable => Some(permissions::UNTESTABLE.to_owned()),
        PermissionResult::Granted | PermissionResult::Unchecked => None,
    };
    let code = row.problem.filter(|_| waiting.is_none()).map(domain::ProblemCode::as_str);
    let (class, sign, icon) = tone.parts();
    view! {
        <li class=class data-permission=row.permission.slug() data-result=row.result.as_str() data-code=code>
            {sign_of(sign, icon)} <span class="checks__name">{row.permission.label()}</span>
            <span class="checks__result">{waiting.unwrap_or(permissions::result(row.result))}</span>
            {body
                .map(|sentence| {
                    view! {
                        <div class="checks__body">
                            <p>{rich(&sentence)}</p>
                            {children.map(|children| children())}
                        </div>
                    }
                })}
        </li>
    }
}

fn sign_of(tone: &'static str, icon: Option<Icon>) -> impl IntoView {
    match icon {
        Some(icon) => view! { <Sign tone icon /> }.into_any(),
        None => view! { <Sign tone /> }.into_any(),
    }
}
