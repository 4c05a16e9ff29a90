//! The traits' implementations, written once for all backends: each method passes on to the function of its table.
//!
//! A backend has a module for each table, with functions of the same names that take a connection. It calls the macros for
//! its unit (a `turn` of the writer, and whether `jobs_put`) and for its storage, which lends a `reader` or, for what may
//! take long, a `desk_reader`. The names of the modules are looked up where a macro is called: there they stand in a `use`.

mod jobs;
mod letters;
mod reads;
mod staff;
mod tidying;
mod unit;
mod webhooks;
