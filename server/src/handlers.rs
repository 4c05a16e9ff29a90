//! Thin handlers, one file per page: extract, call one use case, redirect or render.

pub mod check;
pub mod desk;
pub mod done;
pub mod flow_pages;
pub mod health;
pub mod home;
pub mod invite;
pub mod sign_in;
pub mod step_account;
pub mod step_domain;
pub mod step_key;
pub mod timeline;
