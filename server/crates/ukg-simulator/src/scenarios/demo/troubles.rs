//! Accounts that are refused, and accounts for which something goes wrong.

use domain::Permission::EmployeeCompensationDetails;

use super::account;
use crate::scenarios::{Account, AccountState, ErrorBody, Fault};

pub(super) fn refusals() -> [Account; 3] {
    [
        Account {
            state: AccountState::Suspended,
            ..account(
                "suspended",
                "refused: the account is suspended (401)",
                "SIM07",
                "SimSuspended",
                "Put;On|Hold!Since%May(07)",
            )
        },
        Account {
            state: AccountState::Locked,
            error_body: ErrorBody::AspNet,
            ..account(
                "locked",
                "refused: the account is locked (401)",
                "SIM08",
                "SimLocked",
                "Too*Many^Wrong#Tries@(08)",
            )
        },
        Account {
            hosts: vec!["service9.ultipro.com".to_owned()],
            ..account(
                "other-host",
                "refused anywhere but at https://service9.ultipro.com, where every permission holds",
                "SIM09",
                "SimOtherHost",
                "Wrong/Data\\Center.Here_(09)",
            )
        },
    ]
}

pub(super) fn faults() -> [Account; 12] {
    let faulty = |name, what, key, username, password, fault| Account {
        fault: Some(fault),
        ..account(name, what, key, username, password)
    };
    [
        faulty(
            "busy",
            "UKG is busy: 429, always",
            "SIM10",
            "SimBusy",
            "Please;Come|Back+Later!(10)",
            Fault::Busy,
        ),
        faulty(
            "busy-retry-after",
            "UKG is busy: 429 with Retry-After, always",
            "SIM11",
            "SimBusyRetryAfter",
            "Please#Wait*For@Two^Secs(11)",
            Fault::BusyRetryAfter { seconds: 2 },
        ),
        Account {
            fail_first: Some(2),
            ..faulty(
                "busy-at-first",
                "linked in the end: the first two requests get 429",
                "SIM12",
                "SimBusyAtFirst",
                "Third.Time_Is{The}Charm%(12)",
                Fault::Busy,
            )
        },
        faulty(
            "maintenance",
            "UKG is unavailable: 503 with a maintenance page",
            "SIM13",
            "SimMaintenance",
            "Down|For;Maintenance+Now!(13)",
            Fault::Maintenance,
        ),
        Account {
            fail_first: Some(1),
            ..faulty(
                "error-at-first",
                "linked in the end: the first request gets 500",
                "SIM14",
                "SimErrorAtFirst",
                "Stumble@Once^Then*Walk#On(14)",
                Fault::ServerError,
            )
        },
        Account {
            fault_only_on: vec![EmployeeCompensationDetails],
            ..faulty(
                "one-service-down",
                "linked, but compensation cannot be checked: that service alone answers 500",
                "SIM15",
                "SimOneServiceDown",
                "One\\Service/Is.Down_Only(15)",
                Fault::ServerError,
            )
        },
        faulty(
            "slow",
            "linked, slowly: each answer takes 3 seconds",
            "SIM16",
            "SimSlow",
            "Take;Your|Time+Good!Things(16)",
            Fault::Slow { ms: 3_000 },
        ),
        faulty(
            "hanging",
            "no answer ever comes: the check's own deadline ends it",
            "SIM17",
            "SimHanging",
            "Waiting*For^Nobody#At@All(17)",
            Fault::Hang,
        ),
        faulty(
            "portal-redirect",
            "a portal answers: 302 to a sign-in page",
            "SIM18",
            "SimPortalRedirect",
            "This.Way_To{The}Sign%In!(18)",
            Fault::PortalRedirect,
        ),
        faulty(
            "portal-page",
            "a portal answers: 200 with a page",
            "SIM19",
            "SimPortalPage",
            "Welcome;Please|Sign+In!Here(19)",
            Fault::PortalPage,
        ),
        faulty(
            "garbage",
            "an unexpected answer: 200 with a JSON object, not a list",
            "SIM20",
            "SimGarbage",
            "What@Is^This*Supposed#To(20)",
            Fault::Garbage,
        ),
        faulty(
            "reset",
            "the connection is reset before an answer",
            "SIM21",
            "SimReset",
            "Cut\\The/Line.In_The{Middle}(21)",
            Fault::Reset,
        ),
    ]
}

/// Answers that no server should give; none may cost memory, time or trust.
pub(super) fn bad_manners() -> [Account; 8] {
    let faulty = |name, what, key, username, password, fault| Account {
        fault: Some(fault),
        ..account(name, what, key, username, password)
    };
    [
        faulty(
            "plain-text",
            "linked: the lists are called plain text",
            "SIM27",
            "SimPlainText",
            "Called;Text|Yet+A!List%(27)",
            Fault::PlainText,
        ),
        faulty(
            "gzip",
            "an unexpected answer: compressed although nobody asked for that",
            "SIM28",
            "SimGzip",
            "Zipped@Without^Asking*(28)",
            Fault::Gzip,
        ),
        faulty(
            "slow-body",
            "no end of an answer: one byte a second, until the check's own deadline",
            "SIM29",
            "SimSlowBody",
            "One.Byte_A{Second}Please(29)",
            Fault::SlowBody { ms: 1_000 },
        ),
        faulty(
            "endless-body",
            "linked: the lists never end, and are not read to an end",
            "SIM30",
            "SimEndlessBody",
            "On\\And/On.And_On{And}On(30)",
            Fault::EndlessBody,
        ),
        faulty(
            "endless-headers",
            "an unexpected answer: headers without end",
            "SIM31",
            "SimEndlessHeaders",
            "Header;After|Header+More!(31)",
            Fault::EndlessHeaders,
        ),
        faulty(
            "not-http",
            "an unexpected answer: a mail server's greeting",
            "SIM32",
            "SimNotHttp",
            "Two#Twenty@Mail^Example*(32)",
            Fault::NotHttp,
        ),
        faulty(
            "hostile-list",
            "linked: scripts in every field and header of every answer, none of which may ever run",
            "SIM33",
            "SimHostileList",
            "Angle.Brackets_Every{Where}(33)",
            Fault::Hostile { status: 200 },
        ),
        faulty(
            "hostile-page",
            "not linked: 403 with a page of scripts, none of which may ever run",
            "SIM34",
            "SimHostilePage",
            "Escape\\All/That.Is_Shown(34)",
            Fault::Hostile { status: 403 },
        ),
    ]
}
