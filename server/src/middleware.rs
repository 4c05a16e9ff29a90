//! What is true of every request and response, whatever the route.

pub mod cross_site;
pub mod error_pages;
pub mod measure;
pub mod request_id;
pub mod security_headers;
