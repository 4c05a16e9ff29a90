//! What the program has about it: the company's name, its own pages.

use super::Finding;
use crate::config::Source;
use crate::embed;

/// The pages work without it, but read oddly.
pub(super) fn company(source: &Source) -> Finding {
    match source.optional("LINKDESK_COMPANY_NAME") {
        Some(name) => Finding::Fine(name),
        None => Finding::Warning(
            "not set, so customers read \"The company that invited you\"; set LINKDESK_COMPANY_NAME"
                .to_owned(),
        ),
    }
}

/// Whether the program was built with them.
pub(super) fn pages() -> Finding {
    if embed::css().is_empty() || embed::loader().is_empty() {
        return Finding::Failed(
            "this program was built without its style sheet and scripts: build it with `make build`"
                .to_owned(),
        );
    }
    Finding::Fine("style sheet and scripts are in the program".to_owned())
}
