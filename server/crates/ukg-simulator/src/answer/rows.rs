//! Made-up people and what belongs to them, one row at a time, so that a page of a large tenant is cheap.
//!
//! Names and spellings of the fields, quirks included, are UKG's own (`ukg-pro.md` §4a).

use serde_json::{Value, json};

use crate::Scenarios;

const FIRST_NAMES: [&str; 8] = ["Ada", "Ben", "Chloe", "Dario", "Emeka", "Farah", "Grete", "Hiro"];
const LAST_NAMES: [&str; 7] =
    ["Example", "Sample", "Placeholder", "Madeup", "Imagined", "Fictional", "Specimen"];
const CREATED: &str = "2020-01-01T00:00:00";
const CHANGED: &str = "2024-01-01T00:00:00";
const COMPANY_ID: &str = "J0001";

/// What the rows of an answer are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rows {
    Persons,
    Employments,
    Compensations,
    JobHistory,
    PtoPlans,
    UserDefinedFields,
    EmployeeIds,
    Companies,
    OrgLevels,
    CodeTables,
    Codes,
    Earnings,
    PayPeriods,
    NoStatement,
}

impl Rows {
    /// How many there are.
    pub(crate) fn total(self, scenarios: &Scenarios) -> u64 {
        match self {
            Self::Persons
            | Self::Employments
            | Self::Compensations
            | Self::JobHistory
            | Self::PtoPlans
            | Self::UserDefinedFields
            | Self::EmployeeIds => u64::from(scenarios.people),
            Self::Companies => 1,
            Self::OrgLevels | Self::CodeTables | Self::Codes => 4,
            Self::Earnings => 5,
            Self::PayPeriods => 26,
            Self::NoStatement => 0,
        }
    }

    /// Whether `page` and `per_Page` count.
    pub(crate) fn paged(self) -> bool {
        !matches!(self, Self::OrgLevels | Self::CodeTables)
    }

    /// One of them, counted from 0.
    pub(crate) fn row(self, index: u64, scenarios: &Scenarios) -> Value {
        let number = index + 1;
        let employee = format!("SIMPEOPLE{number:07}");
        match self {
            Self::Persons => person(index, &employee),
            Self::Employments => employment(number, &employee, scenarios),
            Self::Compensations => json!({
                "employeeID": employee, "companyID": COMPANY_ID, "annualSalary": 52_000.0, "hourlyPayRate": 25.0,
                "weeklyPayRate": 1_000.0, "payPeriodPayRate": 2_000.0, "currencyCode": "USD",
                "primaryJobCode": "ENG1", "salaryOrHourlyCode": "S", "fullTimeOrPartTimeCode": "F",
                "payGroupCode": "BIWK", "dateInJob": CREATED, "dateLastPaid": CHANGED,
                "dateOfNextSalayrReview": null,
            }),
            Self::JobHistory => json!({
                "systemId": format!("SIMHISTORY{number:06}"), "employeeId": employee, "companyId": COMPANY_ID,
                "jobCode": "ENG1", "jobEffectiveDate": CREATED, "isPromotion": false, "isRateChange": true,
                "annualSalary": 52_000.0, "reasonCode": "100",
            }),
            Self::PtoPlans => json!({
                "employeeId": employee, "companyId": COMPANY_ID, "ptoPlan": "VAC", "earned": 80.0, "taken": 8.0,
                "pendingBalance": 0.0, "earnedThroughDate": CHANGED, "reset": null, "pendingMoveDate": null,
            }),
            Self::UserDefinedFields => json!({
                "employeeId": employee, "personnelUserDefinedFields": {"employeeUserDefinedField01": null},
                "internationalUserDefinedFields": {},
            }),
            Self::EmployeeIds => json!({ "employeeId": employee, "companyId": COMPANY_ID }),
            Self::Companies => json!({
                "isMasterCompany": "Y", "masterCompanyId": COMPANY_ID, "companyID": COMPANY_ID,
                "companyCode": "ACME", "companyName": scenarios.company_name, "addressCity": "Weston",
                "addressState": "FL", "federalTaxId": "000000000",
            }),
            Self::OrgLevels => json!({
                "level": number, "levelDescription": format!("Level {number}"), "code": format!("ORG{number}"),
                "description": format!("Made-up unit {number}"), "isActive": true, "glSegment": null,
                "budgetGroup": null, "reportingCategory": null,
            }),
            Self::CodeTables => json!({
                "codeTable": format!("TABLE{number}"), "url": format!("/configuration/v1/code-tables/TABLE{number}"),
            }),
            Self::Codes => json!({
                "code": format!("CODE{number}"), "description": format!("Made-up entry {number}"), "isActive": true,
            }),
            Self::Earnings => json!({
                "earningCode": format!("EARN{number}"), "description": format!("Made-up earning {number}"),
                "isActive": true,
            }),
            Self::PayPeriods => json!({
                "payGroup": "BIWK", "payDate": CHANGED, "periodStartDate": CHANGED, "periodEndDate": CHANGED,
                "periodControl": format!("2024{number:02}011"), "isPeriodClosed": true, "isActive": true,
            }),
            Self::NoStatement => Value::Null,
        }
    }
}

fn person(index: u64, employee: &str) -> Value {
    let (first, last) = (pick(&FIRST_NAMES, index), pick(&LAST_NAMES, index));
    let user = format!("{}{}", first.to_lowercase(), index + 1);
    json!({
        "personId": format!("00000000-0000-4000-8000-{index:012}"), "employeeId": employee,
        "companyId": COMPANY_ID, "userName": user, "firstName": first, "middleName": null, "lastName": last,
        "preferredName": null, "namePrefixCode": null, "nameSufixCode": null,
        "emailAddress": format!("{user}@example.com"), "emailAddressAlternate": null, "homePhone": "5550100",
        "homePhoneCountry": "USA", "addressLine1": "1 Main St", "addressLine2": null, "addressCity": "Weston",
        "addressState": "FL", "addressZipCode": "33326", "addressCountry": "USA", "addressCounty": null,
        "dateOfBirth": "1990-01-01T00:00:00", "gender": null, "ethnicIDCode": null, "maritalStatusCode": null,
        "ssn": "000000000", "ssnIsSuppressed": false, "nationalId": null, "nationalIdCountry": null,
        "isDisabled": false, "isSmoker": false, "cobraIsActive": false, "i9Verified": true,
        "consentElectronicW2": false, "datetimeCreated": CREATED, "datetimeChanged": CHANGED,
    })
}

fn employment(number: u64, employee: &str, scenarios: &Scenarios) -> Value {
    json!({
        "companyID": COMPANY_ID, "companyCode": "ACME", "companyName": scenarios.company_name,
        "employeeID": employee, "employeeNumber": format!("{number:06}"), "jobDescription": "Engineer",
        "primaryJobCode": "ENG1", "jobTitle": "Engineer", "orgLevel1Code": "ORG1", "orgLevel2Code": null,
        "originalHireDate": CREATED, "lastHireDate": CREATED, "dateOfTermination": null,
        "fullTimeOrPartTimeCode": "F", "employeeTypeCode": "REG", "employeeStatusCode": "A",
        "salaryOrHourly": "S", "payGroup": "BIWK", "primaryWorkLocationCode": "HQ",
        "supervisorID": "SIMPEOPLE0000001", "supervisorFirstName": FIRST_NAMES[0],
        "supervisorLastName": LAST_NAMES[0], "dateTimeCreated": CREATED, "dateTimeChanged": CHANGED,
    })
}

fn pick(from: &[&'static str], index: u64) -> &'static str {
    let length = u64::try_from(from.len()).unwrap_or(1).max(1);
    usize::try_from(index % length).ok().and_then(|at| from.get(at)).copied().unwrap_or_default()
}
