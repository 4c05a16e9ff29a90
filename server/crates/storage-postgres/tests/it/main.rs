//! The PostgreSQL backend's tests, in one binary. They start a database server of their own.

#[cfg(test)]
mod cluster;
#[cfg(test)]
mod conformance;
#[cfg(test)]
mod home;
