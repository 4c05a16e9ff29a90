//! Thin handlers, one file per page: extract, call one use case, redirect or render.

pub mod check;
pub mod check_events;
pub mod desk;
pub mod disconnect;
pub mod done;
pub mod expired;
pub mod flow_pages;
pub mod hand;
pub mod hand_over;
pub mod health;
pub mod home;
pub mod invite;
pub mod join;
pub mod passkey;
pub mod paste;
pub mod reminders;
pub mod replacement;
pub mod sign_in;
pub mod step_account;
pub mod step_domain;
pub mod step_key;
pub mod streams;
