//! What is removed after its time.

/// `Tidying` for a backend.
#[macro_export]
macro_rules! pass_on_tidying {
    ($of:ident) => {
        const _: () = {
            use async_trait::async_trait;
            use domain::Timestamp;
            use $crate::{CheckPlace, ForgottenChecks, Result, Tidying};

            #[async_trait]
            impl Tidying for $of {
                async fn forget_checks(
                    &mut self,
                    before: Timestamp,
                    after: Option<CheckPlace>,
                    limit: u32,
                ) -> Result<ForgottenChecks> {
                    tidying::forget_checks(&mut self.turn, before, after, limit).await
                }
            }
        };
    };
}
