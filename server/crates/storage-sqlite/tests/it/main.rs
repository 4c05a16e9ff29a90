//! The SQLite backend's tests, in one binary.

#[cfg(test)]
mod backup;
#[cfg(test)]
mod conformance;
#[cfg(test)]
mod corrupt_replacements;
#[cfg(test)]
mod corrupt_rows;
#[cfg(test)]
mod durability;
#[cfg(test)]
mod erasure;
#[cfg(test)]
mod failing_disk;
#[cfg(test)]
mod files;
#[cfg(test)]
mod home;
#[cfg(test)]
mod migration;
#[cfg(test)]
mod replacement_tables;
#[cfg(test)]
mod strace;
#[cfg(test)]
mod tables;
