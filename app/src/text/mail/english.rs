//! Mails in English.

pub(super) mod invites;
pub(super) mod staff;
pub(super) mod standing;

use super::layout::Part;

/// What an invite's address opens.
fn safe() -> Part {
    let words = "Whoever has this address can enter the values of your company: pass it on only to a colleague who is \
                 to do this.";
    Part::Words(words.to_owned())
}

/// `Birch Hotels’`, `Acme’s`.
fn whose(customer: &str) -> String {
    let end = if customer.ends_with(['s', 'S']) { "’" } else { "’s" };
    format!("{customer}{end}")
}
