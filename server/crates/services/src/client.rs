//! From where the work at hand was asked for. It goes with the task rather than through every use case: it decides
//! nothing, the audit log alone reads it, and no use case can forget to hand it on.

use std::future::Future;

use storage::Client;

tokio::task_local! {
    static CLIENT: Client;
}

/// Does this work for somebody who asks from there: every audit entry it makes says so. A task of its own, as a check
/// is, works for nobody in particular.
pub async fn asked_from<W: Future>(client: Client, work: W) -> W::Output {
    CLIENT.scope(client, work).await
}

/// From where the work at hand was asked for; nothing is known of it at the command line and in tasks of their own.
pub(crate) fn current() -> Client {
    CLIENT.try_with(|client| *client).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use domain::Browser;

    use super::*;

    #[tokio::test]
    async fn work_knows_its_client_and_a_task_of_its_own_does_not() {
        let client = Client { address: Some([192, 0, 2, 7].into()), browser: Some(Browser::Firefox) };

        let (inside, aside) =
            asked_from(client, async { (current(), tokio::spawn(async { current() }).await.unwrap()) }).await;

        assert_eq!(inside, client);
        assert_eq!(aside, Client::default());
        assert_eq!(current(), Client::default());
    }
}
