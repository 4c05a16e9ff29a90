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
mod listening;
#[cfg(test)]
mod migration;
#[cfg(test)]
mod sharing;
#[cfg(test)]
mod tables;
#[cfg(test)]
mod text_index;
