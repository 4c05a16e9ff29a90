//! What a missing permission looks like.

use domain::Permission;

use super::{EARNINGS, HOST, KEY, PASSWORD, PERSONS, TestResult, USERNAME, World, signed};
use crate::{Earnings, MissingPermission};

/// `ukg-pro.md` §3: the cheapest request that tells each testable permission.
const PROBES: [(Permission, &str); 7] = [
    (Permission::EmployeePersonDetails, "/personnel/v1/person-details"),
    (Permission::PtoPlanIntegration, "/personnel/v1/pto-plans"),
    (Permission::CompanyConfigurationIntegration, "/configuration/v1/company-details"),
    (Permission::PayrollIntegration, "/payroll/v1/paygroup-payperiods"),
    (Permission::PersonnelIntegration, "/personnel/v1/employment-details"),
    (Permission::EmployeeJobHistoryDetails, "/personnel/v1/employee-job-history-details"),
    (Permission::EmployeeCompensationDetails, "/personnel/v1/compensation-details"),
];

#[tokio::test]
async fn each_permission_opens_its_own_services_alone() -> TestResult {
    let world = World::with(|_| {}).await?;
    for (granted, _) in PROBES {
        world.handle.update_account("tester", |account| account.permissions = vec![granted]);

        for (permission, path) in PROBES {
            let expected = if permission == granted { 200 } else { 403 };
            assert_eq!(world.status(path).await?, expected, "{path} with {granted} granted");
        }
    }
    Ok(())
}

#[tokio::test]
async fn every_other_service_in_the_table_answers_an_array_too() -> TestResult {
    let world = World::with(|_| {}).await?;
    for path in [
        "/personnel/v1/user-defined-fields",
        "/personnel/v1/contacts",
        "/configuration/v1/org-levels",
        "/configuration/v1/code-tables",
        "/configuration/v1/jobs",
        "/configuration/v1/earnings",
        "/payroll/v1/pay-register",
    ] {
        let response = world.get(path).await?;

        assert_eq!(response.status(), 200, "{path}");
        assert!(response.text().await?.starts_with("[{"), "{path}");
    }
    assert_eq!(world.status("/personnel/v1/employee-changes").await?, 403);
    Ok(())
}

#[tokio::test]
async fn a_missing_permission_can_be_answered_with_401() -> TestResult {
    let world = World::with(|account| {
        account.permissions = Vec::new();
        account.missing_permission = MissingPermission::Unauthorized;
    })
    .await?;

    for (_, path) in PROBES {
        assert_eq!(world.status(path).await?, 401, "{path}");
    }
    // What still tells it from a wrong password.
    assert_eq!(world.status(EARNINGS).await?, 200);
    Ok(())
}

#[tokio::test]
async fn earnings_can_ask_for_company_configuration() -> TestResult {
    let world = World::with(|account| account.earnings = Earnings::NeedsPermission).await?;

    assert_eq!(world.status(EARNINGS).await?, 200);

    world.handle.update_account("tester", |account| {
        account.permissions = vec![Permission::EmployeePersonDetails];
    });
    assert_eq!(world.status(EARNINGS).await?, 403);
    assert_eq!(world.status(PERSONS).await?, 200);
    Ok(())
}

#[tokio::test]
async fn pay_statements_ask_for_their_permission_then_for_the_client_id() -> TestResult {
    let world = World::with(|_| {}).await?;
    let last = || {
        let path = "/payroll/v1/employees/pay-statement/last";
        signed(world.client.post(format!("https://{HOST}{path}")), KEY, USERNAME, PASSWORD)
    };

    assert_eq!(last().send().await?.status(), 400);
    assert_eq!(last().header("US-Client-Id", "ACME").send().await?.status(), 404);
    assert_eq!(world.status("/payroll/v1/employees/pay-statement/0").await?, 400);

    world.handle.update_account("tester", |account| {
        account.permissions.retain(|it| *it != Permission::EmployeePayStatement);
    });
    assert_eq!(last().send().await?.status(), 403);
    Ok(())
}
