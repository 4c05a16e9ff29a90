//! The server: puts the parts together and speaks HTTP.
//!
//! - `config` reads the settings; `startup` builds the application from them, the only place that knows every
//!   concrete type; `adapters` implements the ports of `services`.
//! - `routes` is the table of every route with who may call it, which `access` compares with what its handler takes; `router` mounts exactly that table.
//! - `handlers` are thin: extract, call one use case, redirect or render. `render` turns an `app` page into a response.
//! - `middleware` holds what is true of every response. `cli` is the command line.

// A page's view is one type, as deep as its markup.
#![recursion_limit = "256"]

pub mod access;
pub mod adapters;
pub mod changes;
pub mod cli;
pub mod config;
pub mod cookies;
pub mod copying;
pub mod csv;
pub mod database;
pub mod embed;
pub mod error;
pub mod forms;
pub mod handlers;
pub mod health;
pub mod jobs;
pub mod listener;
pub mod logging;
pub mod metrics;
pub mod middleware;
pub mod render;
pub mod router;
pub mod routes;
pub mod sessions;
mod signals;
pub mod startup;
mod tasks;
pub mod visitor;
