//! Tests of the crate as a whole; what they share.

mod attacks;
mod envelopes;
mod fingerprints;
mod key_files;
mod key_texts;
mod stored_form;

use std::error::Error;

use domain::{LinkId, Secret, Timestamp};

use crate::{Keyring, Vault, random_bytes};

type TestResult = Result<(), Box<dyn Error>>;

const KEY_A: &str = "a 6a1e0c5b92d3f4a7886152433f2e1d0c6a1e0c5b92d3f4a7886152433f2e1d01";
const KEY_B: &str = "b f00dfeedf00dfeedf00dfeedf00dfeed0123456789abcdef0123456789abcdef";

fn vault_with(lines: &[String]) -> Result<Vault, Box<dyn Error>> {
    Ok(Vault::new(Keyring::parse(&lines.join("\n"))?))
}

fn vault() -> Result<Vault, Box<dyn Error>> {
    vault_with(&[format!("{KEY_A} primary")])
}

fn new_link() -> Result<LinkId, Box<dyn Error>> {
    Ok(LinkId::new(Timestamp::from_millis(1_700_000_000_000), random_bytes()?))
}

fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}
