//! Staff accounts, as owners manage them.
