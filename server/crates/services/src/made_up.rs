//! Made-up links with a history, for benchmarks and screenshots. They stand in a database of their own: beside real links
//! nobody could tell what is true. They have no credentials, and say nowhere that they have.

mod history;
mod names;
mod random;

use crate::{Operator, ServiceError, Services};

use random::Random;

/// How many links are kept at a time.
const PART: u64 = 5_000;

/// Why no links were made up.
#[derive(Debug, thiserror::Error)]
pub enum MakeUpError {
    /// There are real ones.
    #[error("this database holds real links; made-up ones go into a database of their own")]
    RealLinks,
    /// They could not be kept.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl Services {
    /// Adds made-up links; `progress` is told how many there are so far.
    ///
    /// # Errors
    /// [`MakeUpError`].
    pub async fn make_up_links(
        &self,
        _: Operator,
        links: u64,
        progress: impl Fn(u64) + Send,
    ) -> Result<(), MakeUpError> {
        if !self.storage().takes_made_up().await.map_err(ServiceError::from)? {
            return Err(MakeUpError::RealLinks);
        }
        let prints = self.fingerprints().await?;
        let now = self.now();
        let mut seed = [0; 8];
        self.entropy().fill(&mut seed).map_err(ServiceError::Unexpected)?;
        let mut random = Random::new(u64::from_le_bytes(seed));
        let mut made = 0;
        while made < links {
            let part = PART.min(links - made);
            let mut some: Vec<_> = (made..made + part)
                .filter_map(|number| history::link(&mut random, now, number, links))
                .collect();
            let mut head = self.storage().audit_head().await.map_err(ServiceError::from)?;
            for link in &mut some {
                link.steps = prints.steps(&mut head, &link.entries);
            }
            self.storage().keep_made_up(&some, now).await.map_err(ServiceError::from)?;
            made += part;
            progress(made);
        }
        self.settle_all_lapsed(now).await?;
        Ok(())
    }
}
