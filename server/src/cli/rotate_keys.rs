//! `linkdesk rotate-keys`: a new key-encryption key takes the place of an old one while the servers go on.

use anyhow::{Result, bail};
use services::{Operator, Rotated};

use super::output;
use crate::startup::Application;

/// How many data keys between two lines of progress.
const LINE_EVERY: u64 = 10_000;

/// Wraps every data key by the primary key of the key file, and says which keys are no longer needed.
pub async fn run(application: Application, others: Vec<String>) -> Result<()> {
    let progress = |rotated: u64| {
        if rotated > 0 && rotated.is_multiple_of(LINE_EVERY) {
            // A closed pipe is no reason to stop.
            let _ = output::line(&format!("{rotated} data keys so far"));
        }
    };
    let rotated = application.services.rotate_keys(Operator::at_command_line(), progress).await?;
    let Rotated { primary, data_keys, unopened, unopened_count } = rotated;
    output::line(&format!(
        "{data_keys} data keys were wrapped anew; every key that could be opened is wrapped by {primary}"
    ))?;
    if unopened_count > 0 {
        let named: Vec<String> = unopened.iter().map(ToString::to_string).collect();
        bail!(
            "{unopened_count} data keys could not be opened, because the key file lacks the key that wraps them; put that \
             key's line back and run this again. Links: {}",
            named.join(", ")
        );
    }
    match others.is_empty() {
        true => output::line("the key file holds no other key"),
        false => output::line(&format!(
            "these lines can be removed from the key file once no backup from before is needed: {}",
            others.join(", ")
        )),
    }
}
