//! The part that also runs in the browser: fields recognise what is typed while it is typed.
//!
//! One island brings every field of the page to life. It holds no markup and no properties: the fields are drawn by the
//! server (`components::text_field`) and found by their `data-recognise`, so what the browser loads is the recognisers,
//! their sentences and little else. Without script the server says the same things after the form is sent.

mod live_fields;
pub mod note;
pub mod verdict;

pub use live_fields::LiveFields;
