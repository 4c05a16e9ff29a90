//! The server's tests through its own front door: the router that `Application::build` makes, and the program itself.
//!
//! `support` builds the application on a temporary folder with a clock that stands still and a UKG Pro that answers as
//! it is told. A test asks as a `Browser` would, and reads pages as the checks from outside do: by `data-…`.

#[cfg(test)]
mod access;
#[cfg(test)]
mod account;
#[cfg(test)]
mod audit;
#[cfg(test)]
mod audit_page;
#[cfg(test)]
mod back;
#[cfg(test)]
mod backup;
#[cfg(test)]
mod bad_input;
#[cfg(test)]
mod checks;
#[cfg(test)]
mod colleagues;
#[cfg(test)]
mod command_line;
#[cfg(test)]
mod copy;
#[cfg(test)]
mod crash;
#[cfg(test)]
mod cross_site;
#[cfg(test)]
mod crowds;
#[cfg(test)]
mod deploying;
#[cfg(test)]
mod desk_invites;
#[cfg(test)]
mod desk_limits;
#[cfg(test)]
mod desk_link;
#[cfg(test)]
mod desk_list;
#[cfg(test)]
mod desk_presets;
#[cfg(test)]
mod desk_work;
#[cfg(test)]
mod disconnect;
#[cfg(test)]
mod doctor;
#[cfg(test)]
mod endings;
#[cfg(test)]
mod events;
#[cfg(test)]
mod hand_over;
#[cfg(test)]
mod headers;
#[cfg(test)]
mod health;
#[cfg(test)]
mod insights;
#[cfg(test)]
mod invites;
#[cfg(test)]
mod letters;
#[cfg(test)]
mod metrics;
#[cfg(test)]
mod overtaken;
#[cfg(test)]
mod passkeys;
#[cfg(test)]
mod paste;
#[cfg(test)]
mod rechecks;
#[cfg(test)]
mod refusals;
#[cfg(test)]
mod reminders;
#[cfg(test)]
mod renewal;
#[cfg(test)]
mod replacement;
#[cfg(test)]
mod replay;
#[cfg(test)]
mod rotation;
#[cfg(test)]
mod rows;
#[cfg(test)]
mod same_account;
#[cfg(test)]
mod secrets;
#[cfg(test)]
mod seeds;
#[cfg(test)]
mod sharing;
#[cfg(test)]
mod sign_in;
#[cfg(test)]
mod staff;
#[cfg(test)]
mod startup;
#[cfg(test)]
mod steps;
#[cfg(test)]
mod stopping;
#[cfg(test)]
mod support;
#[cfg(test)]
mod truth;
#[cfg(test)]
mod ukg_side;
#[cfg(test)]
mod webhook_verifiers;
#[cfg(test)]
mod webhooks;
