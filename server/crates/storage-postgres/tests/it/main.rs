//! The PostgreSQL backend's tests, in one binary. They start a database server of their own.

#[cfg(test)]
mod cluster;
#[cfg(test)]
mod conformance;
#[cfg(test)]
mod connections;
#[cfg(test)]
mod home;
#[cfg(test)]
#[expect(
    clippy::disallowed_methods,
    reason = "it is storage itself that is looked at, and nobody who is told"
)]
mod listening;
#[cfg(test)]
#[expect(
    clippy::disallowed_methods,
    reason = "it is storage itself that is looked at, and nobody who is told"
)]
mod migration;
#[cfg(test)]
#[expect(
    clippy::disallowed_methods,
    reason = "it is storage itself that is looked at, and nobody who is told"
)]
mod sharing;
#[cfg(test)]
mod tables;
#[cfg(test)]
mod text_index;
#[cfg(test)]
mod turns;
