//! A message for who is no administrator, to send on to one.

use super::permissions::count;

/// Heading and paragraph.
pub const HEADING: (&str, &str) = (
    "Pass this on to the right colleague",
    "It needs somebody who can open Service Account Administration in your company’s UKG Pro, usually in HR or \
     payroll systems. Copy this message and send it to them.",
);
/// The message's name.
pub const MESSAGE: &str = "The message";
/// Copies it.
pub const COPY: &str = "Copy the message";
/// It was copied.
pub const COPIED: &str = "Copied";
/// In the message, in place of the invite's address, which the browser puts in when it is copied.
pub const PLACE: &str = "[the address of the invite]";
/// The message, around the place of the address.
#[must_use]
pub fn message(company: &str, permissions: usize, good_until: &str) -> (String, String) {
    let rows = if permissions == 1 {
        "one permission".to_owned()
    } else {
        format!("{} permissions", count(permissions))
    };
    (
        format!(
            "Hello,\n\n{company} asks us to link our UKG Pro with its service. That needs an administrator of our UKG \
             Pro, and takes about ten minutes: copy a key, make one service account with {rows} to read, copy an \
             address. Every screen is shown on the way, and nothing else in UKG Pro is changed.\n\nCould you do this? \
             Here is the invite:\n"
        ),
        format!("\n\nIt is good until {good_until}. You can stop at any point and come back.\n\nThank you"),
    )
}
/// Under it, for a browser without script.
pub const BY_HAND: &str = "Put the invite’s address where the brackets are: it is the one in your browser’s bar, without `/forward` at its \
     end. Or simply forward the mail the invite came with.";
/// Under it, when the script puts the address in.
pub const BY_SCRIPT: &str = "The invite’s address is put in as you copy.";
/// Why the address does not stand here.
pub const WHY: &str =
    "Whoever has the invite’s address can enter your company’s values. Send it to that colleague alone.";
