//! SQL of table `guess`: guesses at sign-in, counted by all servers together.
//!
//! Their own connections, and no lock of the units of work: neither does a crowd at the door keep pages waiting, nor the other
//! way round. Whoever counts against the same budget waits for its row.

use async_trait::async_trait;
use domain::Timestamp;
use sqlx::query;
use storage::{GuessBudget, Result, SharedGuesses};

use crate::PostgresStorage;
use crate::error::failed;
use crate::query::{one, run};
use crate::row::Row;
use crate::server::within;

/// Always in the same order, so that two who count against the same budgets never wait for one another in a circle.
const COUNT: &str = "WITH asked AS (SELECT budget, allows FROM unnest($1::bytea[], $2::int[]) AS a (budget, allows)), \
    counted AS (INSERT INTO guess AS g (budget, since, guesses) SELECT budget, $3, 1 FROM asked ORDER BY budget \
        ON CONFLICT (budget) DO UPDATE SET \
            guesses = CASE WHEN $3 - g.since >= $4 THEN 1 ELSE g.guesses + 1 END, \
            since = CASE WHEN $3 - g.since >= $4 THEN $3 ELSE g.since END \
        RETURNING budget, since, guesses) \
    SELECT max(since) AS since FROM counted JOIN asked USING (budget) WHERE guesses > allows";

#[async_trait]
impl SharedGuesses for PostgresStorage {
    async fn admit(
        &self,
        budgets: &[GuessBudget],
        window_ms: i64,
        now: Timestamp,
    ) -> Result<std::result::Result<(), Timestamp>> {
        let mut counting = within(self.guesses.begin()).await.map_err(failed)?;
        let names: Vec<&[u8]> = budgets.iter().map(|budget| budget.name.as_slice()).collect();
        let allows: Vec<i32> =
            budgets.iter().map(|budget| i32::try_from(budget.allows).unwrap_or(i32::MAX)).collect();
        let sql = query(COUNT).bind(names).bind(allows).bind(now.as_millis()).bind(window_ms);
        let used_up =
            one(&mut counting, sql, |row| Row::new("guess", "", row).optional_time("since")).await?.flatten();
        match used_up {
            // What was counted is taken back.
            Some(since) => {
                within(counting.rollback()).await.map_err(failed)?;
                Ok(Err(since))
            }
            None => {
                within(counting.commit()).await.map_err(failed)?;
                Ok(Ok(()))
            }
        }
    }

    async fn give_back(&self, budgets: &[GuessBudget]) -> Result<()> {
        let mut db = within(self.guesses.acquire()).await.map_err(failed)?;
        // One after another, so that none is held while another is waited for.
        for budget in budgets {
            let sql = query("UPDATE guess SET guesses = guesses - 1 WHERE budget = $1 AND guesses > 0")
                .bind(budget.name.as_slice());
            run(&mut db, sql).await?;
        }
        Ok(())
    }

    async fn forget_guesses(&self, before: Timestamp) -> Result<()> {
        let mut db = within(self.guesses.acquire()).await.map_err(failed)?;
        run(&mut db, query("DELETE FROM guess WHERE since < $1").bind(before.as_millis())).await?;
        Ok(())
    }
}
