//! What every backend must do: each case on a database of its own, and all of them on one.

use crate::home::{Home, TestResult};

macro_rules! tests {
    ($($file:ident: $($case:ident)*;)*) => { $(
        mod $file {
            use crate::home::{Home, TestResult};

            $(
                #[tokio::test]
                async fn $case() -> TestResult {
                    let home = Home::new().await?;

                    Ok(storage::conformance::$file::$case(&home.storage).await?)
                }
            )*
        }
    )* };
}
storage::conformance_cases!(tests);

#[tokio::test]
async fn all_cases_share_a_database() -> TestResult {
    let home = Home::new().await?;

    Ok(storage::conformance::all(&home.storage).await?)
}
