//! The islands of `app`, compiled to WebAssembly. Nothing but their entry point lives here.

// Unmentioned, `app` would be dropped by the linker, and its islands with it.
use app as _;
use wasm_bindgen::prelude::wasm_bindgen;

/// Prepares the reactive system; `loader.js` calls it once, before the first island.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
