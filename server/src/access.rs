//! Who may call a route, said twice so that the compiler can compare: by the table of routes, and by what the handler
//! asks for. A handler that takes no checked caller cannot stand in the table as one for staff, and the other way round.
//!
//! ```
//! use server::access::{Staff, get, reads};
//! use server::sessions::AtDesk;
//!
//! async fn page(_: AtDesk) {}
//!
//! reads("/desk/page", Staff, get(page));
//! ```
//!
//! The same route for owners does not build, for the handler lets every staff member in:
//!
//! ```compile_fail,E0277
//! use server::access::{Owner, get, reads};
//! use server::sessions::AtDesk;
//!
//! async fn page(_: AtDesk) {}
//!
//! reads("/desk/page", Owner, get(page));
//! ```

use std::marker::PhantomData;

use axum::extract::State;
use axum::handler::Handler;
use axum::http::Method;
use axum::routing::MethodRouter;

use crate::routes::Route;
use crate::sessions::{AtDesk, ConfirmedAtDesk, ConfirmedOwner, InFlow, InStep, OwnerAtDesk, WatchingDesk};
use crate::startup::AppState;

/// Who may call a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anyone.
    Anyone,
    /// Whoever has the invite in the path.
    InviteHolder,
    /// An administrator whose session opens the link in the path.
    Flow,
    /// Whoever has the link to one step that is in the path.
    HandHolder,
    /// A colleague whose session opens the one step in the path.
    Step,
    /// Whoever has the invite to become staff that is in the path.
    JoinHolder,
    /// Whoever has a reminder with the address in the path.
    ReminderHolder,
    /// Signed-in staff, whatever their role.
    Staff,
    /// Signed-in owners.
    Owner,
}

/// One of the names below, as the table uses them.
pub trait Declared {
    /// What it declares.
    const ACCESS: Access;
}

/// What a handler takes, when it asks for the caller that `A` declares. The caller comes first, or after the state.
#[diagnostic::on_unimplemented(
    message = "this handler does not ask for the caller that its route declares (`{A}`)",
    note = "the caller's extractor comes first, or right after `State`; see `server/src/access.rs`"
)]
pub trait AsksFor<A> {}

/// A handler, with what it takes.
pub struct Handled<T> {
    answers: MethodRouter<AppState>,
    takes: PhantomData<fn() -> T>,
}

/// Answers a GET.
pub fn get<H: Handler<T, AppState>, T: 'static>(handler: H) -> Handled<T> {
    Handled { answers: axum::routing::get(handler), takes: PhantomData }
}

/// Answers a POST.
pub fn post<H: Handler<T, AppState>, T: 'static>(handler: H) -> Handled<T> {
    Handled { answers: axum::routing::post(handler), takes: PhantomData }
}

/// A route that only reads.
pub fn reads<A: Declared, T: AsksFor<A>>(path: &'static str, _: A, handled: Handled<T>) -> Route {
    Route { method: Method::GET, path, access: A::ACCESS, handler: handled.answers }
}

/// A route that may change something.
pub fn writes<A: Declared, T: AsksFor<A>>(path: &'static str, _: A, handled: Handled<T>) -> Route {
    Route { method: Method::POST, path, access: A::ACCESS, handler: handled.answers }
}

/// The name of each access, and the extractors that stand for it; `any` where the path itself is the key, or nothing is.
macro_rules! declared {
    ($($(#[$doc:meta])* $name:ident: $asks:tt;)*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        impl Declared for $name {
            const ACCESS: Access = Access::$name;
        }

        declared!(@asks $name $asks);
    )* };
    (@asks $name:ident any) => {
        impl<T> AsksFor<$name> for T {}
    };
    (@asks $name:ident [$($caller:ident),*]) => { $(
        declared!(@takes $name $caller:);
        declared!(@takes $name $caller: B);
        declared!(@takes $name $caller: B, C);
        declared!(@takes $name $caller: B, C, D);
    )* };
    (@takes $name:ident $caller:ident: $($other:ident),*) => {
        impl<M, $($other),*> AsksFor<$name> for (M, $caller, $($other,)*) {}
        impl<M, $($other),*> AsksFor<$name> for (M, State<AppState>, $caller, $($other,)*) {}
    };
}

declared! {
    /// Anyone.
    Anyone: any;
    /// Whoever has the invite in the path.
    InviteHolder: any;
    /// Whoever has the link to one step that is in the path.
    HandHolder: any;
    /// Whoever has the invite to become staff that is in the path.
    JoinHolder: any;
    /// Whoever has a reminder with the address in the path.
    ReminderHolder: any;
    /// An administrator whose session opens the link in the path.
    Flow: [InFlow];
    /// A colleague whose session opens the one step in the path.
    Step: [InStep];
    /// Signed-in staff, whatever their role.
    Staff: [AtDesk, ConfirmedAtDesk, WatchingDesk];
    /// Signed-in owners.
    Owner: [OwnerAtDesk, ConfirmedOwner];
}
