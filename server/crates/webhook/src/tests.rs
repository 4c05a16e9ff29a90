//! Against real listeners on this machine, with a look-up of our own.

mod answers;
mod rebinding;
mod stand_in;
