//! The ten permissions as boxes to tick, for staff; the one that every link needs is ticked for good.

use domain::Permission;
use leptos::prelude::*;

use crate::text::permissions::{REQUIRED, why};

/// The boxes. Each sends its permission's stable name as `permission`.
#[component]
pub fn PermissionBoxes(
    /// Those ticked.
    ticked: Vec<Permission>,
) -> impl IntoView {
    let boxes = Permission::ALL.into_iter().map(|permission| {
        let required = permission.is_required();
        view! {
            <label class="tick">
                <input
                    class="tick__box"
                    name="permission"
                    type="checkbox"
                    value=permission.slug()
                    checked=required || ticked.contains(&permission)
                    disabled=required
                />
                <span>
                    <b class="tick__name">{permission.label()}</b>
                    {required.then(|| view! { " " <span class="tag">{REQUIRED}</span> })}
                    <span class="tick__why">{why(permission)}</span>
                </span>
            </label>
        }
    });
    view! { <div class="ticks">{boxes.collect_view()}</div> }
}
