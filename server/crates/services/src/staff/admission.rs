//! Whether one more guess is let through: counted in this process, or, where servers share a database, by all of them
//! together.

use domain::Timestamp;
use storage::GuessBudget;

use super::limits::{Budget, WINDOW_SECONDS};
use crate::{ServiceError, Services};

impl Services {
    /// Counts one guess against all of these, or against none when one of them is used up: then from when on there will be
    /// room again.
    pub(super) async fn admit_guess(
        &self,
        budgets: &[Budget],
    ) -> Result<Result<(), Timestamp>, ServiceError> {
        let now = self.now();
        let Some(shared) = self.storage().shared_guesses() else {
            return Ok(self.guesses().admit(budgets, now));
        };
        let counted = shared.admit(&self.shared(budgets).await?, WINDOW_SECONDS * 1000, now).await?;
        Ok(counted.map_err(|since| since.plus_seconds(WINDOW_SECONDS)))
    }

    /// Gives back what a right guess was counted as.
    pub(super) async fn give_guess_back(&self, budgets: &[Budget]) -> Result<(), ServiceError> {
        match self.storage().shared_guesses() {
            Some(shared) => Ok(shared.give_back(&self.shared(budgets).await?).await?),
            None => {
                self.guesses().give_back(budgets);
                Ok(())
            }
        }
    }

    /// Forgets what was guessed in the hours that are over.
    pub(crate) async fn forget_guesses(&self) -> Result<(), ServiceError> {
        match self.storage().shared_guesses() {
            Some(shared) => Ok(shared.forget_guesses(self.now().plus_seconds(-WINDOW_SECONDS)).await?),
            None => Ok(()),
        }
    }

    async fn shared(&self, budgets: &[Budget]) -> Result<Vec<GuessBudget>, ServiceError> {
        let keyed = self.fingerprints().await?;
        let shared = budgets.iter().map(|budget| {
            let (kind, about) = budget.about();
            GuessBudget { name: keyed.guess(kind, &about), allows: budget.allows() }
        });
        Ok(shared.collect())
    }
}
