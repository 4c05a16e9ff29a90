//! The permissions a link asks for, with what each gives access to.

use domain::PermissionSet;
use leptos::prelude::*;

use crate::icons::Icon;
use crate::text::permissions::{REQUIRED, why};

/// The list.
#[component]
pub fn PermissionList(
    /// What the link asks for.
    permissions: PermissionSet,
) -> impl IntoView {
    view! {
        <ul class="permissions">
            {permissions
                .iter()
                .map(|permission| {
                    view! {
                        <li class="permissions__item">
                            {Icon::Check.view()} <span>
                                <b class="permissions__name">{permission.label()}</b>
                                {permission
                                    .is_required()
                                    .then(|| view! { " " <span class="tag">{REQUIRED}</span> })}
                                <span class="permissions__why">{why(permission)}</span>
                            </span>
                        </li>
                    }
                })
                .collect_view()}
        </ul>
    }
}
