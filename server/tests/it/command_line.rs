//! The program's commands, each as a process of its own.

use std::os::unix::fs::PermissionsExt as _;
use std::process::Output;

use server::config::SETTINGS;

use crate::support::{Program, STAFF_PASSWORD, change, query};

fn out(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn err(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

/// Fails unless it failed with one clear line and nothing on standard output.
fn assert_failed(output: &Output) {
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert_eq!(out(output), "");
    assert_eq!(err(output).lines().count(), 1, "{}", err(output));
    assert!(err(output).starts_with("linkdesk: "), "{}", err(output));
}

fn add_staff(program: &Program, email: &str, password: &str) -> Output {
    let arguments = ["staff", "add", "--email", email, "--role", "owner", "--password-stdin"];
    program.run_with_input(&arguments, password)
}

#[test]
fn keygen_makes_a_file_for_its_owner_alone_and_never_overwrites_one() {
    let program = Program::bare();

    let made = program.run(&["keygen", "--out", "master.key"]);
    let first = std::fs::read(program.path("master.key")).unwrap();
    let again = program.run(&["keygen", "--out", "master.key"]);

    assert!(made.status.success(), "{made:?}");
    assert!(out(&made).contains("LINKDESK_MASTER_KEY_FILE=master.key"));
    let key = std::str::from_utf8(&first).unwrap().lines().last().unwrap().split(' ').nth(1).unwrap();
    assert!(!out(&made).contains(key) && !err(&made).contains(key), "the key itself is not printed");
    assert_eq!(std::fs::metadata(program.path("master.key")).unwrap().permissions().mode() & 0o777, 0o600);
    assert_failed(&again);
    assert_eq!(std::fs::read(program.path("master.key")).unwrap(), first);
    assert_failed(&program.run(&["keygen", "--out", "no/such/folder/master.key"]));
}

#[test]
fn without_a_key_every_command_that_needs_one_fails_saying_how_to_make_one() {
    let program = Program::bare();

    let commands: [&[&str]; 4] =
        [&["serve"], &[], &["link", "list"], &["invite", "create", "--customer", "Contoso"]];
    for command in commands {
        let output = program.run(command);

        assert_failed(&output);
        assert!(err(&output).contains("linkdesk keygen --out"), "{}", err(&output));
    }
    assert!(!program.database().exists());
}

#[test]
fn migrate_makes_the_database_for_its_owner_alone_without_a_key_and_may_be_run_again() {
    let program = Program::bare();

    for _ in 0..2 {
        let output = program.run(&["migrate"]);
        assert!(output.status.success(), "{output:?}");
        assert_eq!(out(&output), "the database is up to date\n");
    }

    assert_eq!(std::fs::metadata(program.database()).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_database_that_is_not_there_is_no_good_news() {
    let program = Program::ready();
    let copy = format!("sqlite://{}", program.path("copy.db").display());
    let none = format!("sqlite://{}", program.database().display());
    let commands: [&[&str]; 3] =
        [&["rotate-keys"], &["audit", "verify"], &["copy", "--from", &none, "--to", &copy]];
    for command in commands {
        let output = program.run(command);

        assert_failed(&output);
        assert!(err(&output).contains("there is no database at"), "{command:?}: {}", err(&output));
        assert!(
            !program.database().exists() && !program.path("copy.db").exists(),
            "{command:?} makes nothing"
        );
    }
    std::fs::write(program.database(), "").unwrap();
    let output = program.run(&["audit", "verify"]);
    assert!(err(&output).contains("nothing of Linkdesk"), "{}", err(&output));

    assert!(program.run(&["migrate"]).status.success());
    for command in commands {
        assert!(program.run(command).status.success(), "{command:?}, the positive control");
    }
}

#[test]
fn staff_add_takes_the_password_from_standard_input_and_an_address_once() {
    let program = Program::ready();

    let added = add_staff(&program, "Owner@Northwind.example", &format!("{STAFF_PASSWORD}\n"));
    let again = add_staff(&program, "owner@northwind.example", STAFF_PASSWORD);

    assert!(added.status.success(), "{added:?}");
    assert_eq!(out(&added), "owner@northwind.example can sign in as owner\n");
    assert_failed(&again);
    assert!(err(&again).contains("exists already"), "{}", err(&again));
}

#[tokio::test]
async fn staff_reset_password_ends_every_session_and_takes_second_factors_when_asked() {
    let program = Program::ready();
    assert!(add_staff(&program, "owner@northwind.example", STAFF_PASSWORD).status.success());
    let sql = "INSERT INTO staff_session (token_hash, id, staff_id, created_at, last_used_at, confirmed_at, browser) \
         SELECT randomblob(32), 'ses_1', id, 1, 1, 1, '' FROM staff; \
         INSERT INTO authenticator (staff_id, seed, created_at, confirmed_at) SELECT id, randomblob(32), 1, 1 FROM staff;";
    change(&program.database(), sql).await;
    let reset = |email: &str, password: &str, more: &[&str]| {
        let arguments = ["staff", "reset-password", "--email", email, "--password-stdin"];
        program.run_with_input(&[&arguments, more].concat(), password)
    };

    let unknown = reset("nobody@northwind.example", "a good new password", &[]);
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("no staff account has this address"));
    for refused in ["short", "owner@northwind.example", "password-1234"] {
        let output = reset("owner@northwind.example", refused, &[]);
        assert_eq!(output.status.code(), Some(1), "{refused}");
        assert!(!String::from_utf8_lossy(&output.stderr).contains("password-1234"), "never repeated");
    }
    let before = query(&program.database(), "SELECT password_hash FROM staff").await;

    let done = reset("Owner@northwind.example", "a good new password\n", &[]);
    assert!(done.status.success(), "{done:?}");
    assert!(String::from_utf8_lossy(&done.stdout).contains("still in use"));
    assert_ne!(query(&program.database(), "SELECT password_hash FROM staff").await, before);
    assert!(query(&program.database(), "SELECT id FROM staff_session").await.is_empty());
    let kept = "SELECT staff_id FROM authenticator";
    assert_eq!(query(&program.database(), kept).await.len(), 1);

    let done = reset("owner@northwind.example", "another good password", &["--remove-second-factors"]);
    assert!(done.status.success() && !String::from_utf8_lossy(&done.stdout).contains("still in use"));
    assert!(query(&program.database(), kept).await.is_empty());
    let audited =
        "SELECT actor_kind || ' ' || action FROM audit_entry WHERE action <> 'staff_added' ORDER BY position";
    assert_eq!(
        query(&program.database(), audited).await,
        [
            "command_line password_changed",
            "command_line password_changed",
            "command_line second_factor_reset"
        ]
    );
}

#[test]
fn a_staff_password_that_is_too_short_is_refused() {
    let program = Program::ready();

    for password in ["", "\n", "elevenchars", "short\nlonger second line that does not count"] {
        let output = add_staff(&program, "owner@northwind.example", password);

        assert_failed(&output);
        assert!(err(&output).contains("at least 12 characters"), "{}", err(&output));
    }
    assert!(program.run(&["link", "list"]).status.success());
}

#[test]
fn invite_create_prints_the_address_and_nothing_else() {
    let mut program = Program::ready();
    program.set("LINKDESK_PUBLIC_URL", "https://link.example.com/");

    let arguments = ["invite", "create", "--customer", "Contoso Health", "--email", "maria@contoso.example"];
    let output = program
        .run(&[&arguments[..], &["--permission", "payroll_integration", "--expires-in", "36h"]].concat());

    assert!(output.status.success(), "{output:?}");
    let line = out(&output).strip_suffix('\n').unwrap();
    let token = line.strip_prefix("https://link.example.com/i/").unwrap();
    assert_eq!(token.len(), 43);
    assert!(token.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'));
    assert_eq!(err(&output), "");
}

#[test]
fn invite_create_takes_what_the_desk_takes_and_refuses_what_it_refuses() {
    let program = Program::ready();
    let arguments = ["invite", "create", "--customer", "Contoso Health", "--email", "maria@contoso.example"];
    let with = |more: &[&str]| program.run(&[&arguments[..], more].concat());

    let more = ["--reference", "T-4711", "--language", "en", "--note", "Hello,\nwe spoke.", "--remind", "7"];
    assert!(with(&more).status.success());
    for wrong in [
        ["--reference", "a\tb"],
        ["--reference", ""],
        ["--language", "de"],
        ["--note", " "],
        ["--remind", "5"],
    ] {
        assert_eq!(with(&wrong).status.code(), Some(2), "{wrong:?}");
    }
    let nobody = program.run(&["invite", "create", "--customer", "Fabrikam", "--remind", "3"]);
    assert_eq!(nobody.status.code(), Some(2), "nobody to remind");
    assert_eq!(out(&program.run(&["link", "list", "--json"])).matches("lnk_").count(), 1);
}

#[test]
fn a_link_gets_another_invite_and_all_of_them_are_withdrawn_at_once() {
    let program = Program::ready();
    program.run(&["invite", "create", "--customer", "Contoso"]);
    let list: serde_json::Value =
        serde_json::from_str(out(&program.run(&["link", "list", "--json"]))).unwrap();
    let link = list[0]["id"].as_str().unwrap();

    let again = program.run(&["invite", "create", "--link", link]);
    let withdrawn = program.run(&["invite", "revoke", "--link", link]);
    let nothing_left = program.run(&["invite", "revoke", "--link", link]);

    assert!(again.status.success() && out(&again).lines().count() == 1, "{again:?}");
    assert_eq!((out(&withdrawn), out(&nothing_left)), ("2 withdrawn\n", "0 withdrawn\n"));
    assert_failed(&program.run(&["invite", "create", "--link", &format!("lnk_{}", "0".repeat(32))]));
    let both = program.run(&["invite", "create", "--link", link, "--customer", "Contoso"]);
    assert_eq!(both.status.code(), Some(2));
}

#[test]
fn link_list_and_show_tell_where_links_stand_as_json() {
    let program = Program::ready();
    assert_eq!(out(&program.run(&["link", "list", "--json"])).trim(), "[]");
    let created = program.run(&[
        "invite",
        "create",
        "--customer",
        "Contoso \"Health\" <é>",
        "--permission",
        "payroll_integration",
    ]);
    let token = out(&created).trim().rsplit('/').next().unwrap().to_owned();

    let list = program.run(&["link", "list", "--json"]);
    let links: serde_json::Value = serde_json::from_str(out(&list)).unwrap();
    let link = &links[0];
    let show = program.run(&["link", "show", link["id"].as_str().unwrap(), "--json"]);
    let shown: serde_json::Value = serde_json::from_str(out(&show)).unwrap();

    assert_eq!(links.as_array().unwrap().len(), 1);
    assert_eq!(link["customer"], "Contoso \"Health\" <é>");
    assert_eq!((&link["status"], &link["who_acts"]), (&"invited".into(), &"customer".into()));
    assert_eq!(link["permissions"], serde_json::json!(["employee_person_details", "payroll_integration"]));
    assert_eq!(shown["id"], link["id"]);
    assert_eq!(shown["check"], serde_json::Value::Null);
    let plain = program.run(&["link", "list"]);
    assert!(out(&plain).contains("invited") && out(&plain).contains("Contoso"));
    for output in [&list, &show, &plain] {
        assert!(output.status.success() && err(output).is_empty(), "{output:?}");
        assert!(!out(output).contains(&token), "the invite is shown once");
    }
}

#[test]
fn a_link_that_is_not_there_is_a_failure_and_an_id_that_is_none_wrong_usage() {
    let program = Program::ready();

    let unknown = program.run(&["link", "show", &format!("lnk_{}", "0".repeat(32)), "--json"]);
    let malformed = program.run(&["link", "show", "7", "--json"]);

    assert_failed(&unknown);
    assert_eq!(malformed.status.code(), Some(2));
}

#[test]
fn wrong_usage_is_status_2_and_says_what_is_right() {
    let program = Program::ready();
    let table: [(&[&str], &str); 14] = [
        (&["dance"], "Usage"),
        (&["serve", "--fast"], "Usage"),
        (&["keygen"], "--out"),
        (&["invite"], "Usage"),
        (&["invite", "create"], "--customer"),
        (&["invite", "create", "--customer", " "], "is empty"),
        (&["invite", "create", "--customer", &"x".repeat(121)], "too long"),
        (
            &["invite", "create", "--customer", "C", "--permission", "employee_person"],
            "employee_person_details",
        ),
        (&["invite", "create", "--customer", "C", "--expires-in", "14"], "14d, 36h or 90m"),
        (&["invite", "create", "--customer", "C", "--expires-in", "0d"], "14d, 36h or 90m"),
        (&["invite", "create", "--customer", "C", "--email", "maria"], "not an e-mail address"),
        (&["staff", "add", "--email", "x@y.example", "--role", "king", "--password-stdin"], "--role"),
        (&["staff", "add", "--role", "owner", "--password-stdin"], "--email"),
        (&["ukg-simulator"], "--ca-out"),
    ];

    for (arguments, said) in table {
        let output = program.run(arguments);

        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert_eq!(out(&output), "");
        assert!(err(&output).contains(said), "{arguments:?}: {}", err(&output));
    }
    assert!(!program.database().exists(), "nothing was done");
}

#[test]
fn problems_and_accounts_are_listed_without_any_setting() {
    let program = Program::bare();

    let problems = program.run(&["problems"]);
    let accounts = program.run(&["ukg-simulator", "--list"]);

    assert!(problems.status.success() && accounts.status.success(), "{problems:?} {accounts:?}");
    assert!(out(&problems).contains("| `credentials_rejected` |"), "{}", out(&problems));
    assert!(out(&accounts).contains("| `all-granted` |"), "{}", out(&accounts));
    assert!(!program.database().exists());
}

#[test]
fn help_lists_every_setting_with_its_default() {
    let help = Program::bare().run(&["--help"]);

    assert!(help.status.success());
    for setting in SETTINGS {
        let default = if setting.default.is_empty() { "none" } else { setting.default };
        let entry = format!("  {}\n      {} [default: {default}]\n", setting.name, setting.meaning);
        assert!(out(&help).contains(&entry), "{entry}");
    }
    for command in [
        "serve",
        "demo",
        "staff",
        "invite",
        "link",
        "problems",
        "ukg-simulator",
        "keygen",
        "migrate",
        "doctor",
    ] {
        assert!(out(&help).contains(&format!("  {command}")), "{command}");
    }
}

#[test]
fn doctor_says_what_is_missing_and_how_to_mend_it() {
    let mut program = Program::bare();
    program.set("LINKDESK_ADDR", "127.0.0.1:0");

    let ill = program.run(&["doctor"]);

    assert_eq!(ill.status.code(), Some(1));
    assert!(out(&ill).contains("failed   key file: there is no key"), "{}", out(&ill));
    assert!(out(&ill).contains("linkdesk keygen --out"));
    assert!(out(&ill).contains("failed   staff"));
    assert!(err(&ill).starts_with("linkdesk: ") && err(&ill).lines().count() == 1, "{}", err(&ill));
}

#[test]
fn doctor_is_content_when_all_is_well() {
    let mut program = Program::ready();
    program.set("LINKDESK_COMPANY_NAME", "Northwind Learning");
    add_staff(&program, "owner@northwind.example", STAFF_PASSWORD);

    let well = program.run(&["doctor"]);

    assert_eq!(well.status.code(), Some(0), "{}{}", out(&well), err(&well));
    assert!(out(&well).ends_with("all well\n"), "{}", out(&well));
    assert!(!out(&well).contains("failed  "));
}

#[test]
fn doctor_names_what_is_wrong_with_the_settings_and_the_database() {
    let mut program = Program::ready();
    program.set("LINKDESK_LOG_FORMAT", "xml");
    let settings = program.run(&["doctor"]);
    program.set("LINKDESK_LOG_FORMAT", "text");
    program.set("LINKDESK_DATABASE_URL", "sqlite:///nowhere/at/all.db");
    let database = program.run(&["doctor"]);

    assert_failed(&settings);
    assert!(err(&settings).contains("LINKDESK_LOG_FORMAT"), "{}", err(&settings));
    assert_eq!(database.status.code(), Some(1));
    assert!(out(&database).contains("failed   database"), "{}", out(&database));
}

#[test]
fn doctor_tries_mail_out() {
    let mut program = Program::ready();
    add_staff(&program, "owner@northwind.example", STAFF_PASSWORD);
    let without = program.run(&["doctor"]);
    program.set("LINKDESK_MAIL_FROM", "linkdesk@northwind.example");
    program.set("LINKDESK_SMTP_URL", &format!("file://{}", program.path("mail").display()));
    let not_there = program.run(&["doctor"]);
    let made = program.path("mail").exists();
    std::fs::create_dir(program.path("mail")).unwrap();
    let into_folder = program.run(&["doctor"]);
    program.set("LINKDESK_SMTP_URL", "file:///dev/null/mail");
    let no_folder = program.run(&["doctor"]);
    // Port 1 is nobody's.
    program.set("LINKDESK_SMTP_URL", "smtp://linkdesk:canary-7f3a@127.0.0.1:1");
    let nobody = program.run(&["doctor"]);

    assert!(out(&without).contains("ok       mail: not set up"), "{}", out(&without));
    let (warned, changed) = (out(&not_there).contains("is not there; the server will make it"), made);
    assert!(not_there.status.success() && warned && !changed, "{}", out(&not_there));
    let written = format!("ok       mail: each mail is written to {}", program.path("mail").display());
    assert!(into_folder.status.success() && out(&into_folder).contains(&written), "{}", out(&into_folder));
    assert_eq!(std::fs::read_dir(program.path("mail")).unwrap().count(), 0);
    let missing = "failed   mail: LINKDESK_SMTP_URL: could not make the mail folder /dev/null/mail";
    assert!(out(&no_folder).contains(missing), "{}", out(&no_folder));
    assert!(out(&no_folder).contains("ok       calls to UKG Pro"), "{}", out(&no_folder));
    assert_eq!(nobody.status.code(), Some(1));
    let missing = "failed   mail: LINKDESK_SMTP_URL: the mail server 127.0.0.1:1 could not be reached";
    assert!(out(&nobody).contains(missing), "{}", out(&nobody));
    assert!(!format!("{nobody:?}").contains("canary"));
}

#[test]
fn a_settings_file_that_is_named_and_not_there_is_no_reason_to_take_the_defaults() {
    let mut program = Program::ready();
    program.set("LINKDESK_CONFIG", "/nowhere/linkdesk.toml");

    let output = program.run(&["link", "list", "--json"]);

    assert_failed(&output);
    assert!(err(&output).contains("/nowhere/linkdesk.toml, which is not there"), "{}", err(&output));
}

#[test]
fn settings_are_read_from_a_file_and_the_environment_wins() {
    let mut program = Program::ready();
    std::fs::write(program.path("linkdesk.toml"), "LINKDESK_PUBLIC_URL = \"https://file.example.com\"\n")
        .unwrap();
    let from_file = program.run(&["invite", "create", "--customer", "C"]);
    program.set("LINKDESK_PUBLIC_URL", "https://environment.example.com");
    let from_environment = program.run(&["invite", "create", "--customer", "C"]);

    assert!(out(&from_file).starts_with("https://file.example.com/i/"), "{from_file:?}");
    assert!(out(&from_environment).starts_with("https://environment.example.com/i/"));
    std::fs::write(program.path("linkdesk.toml"), "LINKDESK_PUBLIC_ULR = \"x\"\n").unwrap();
    let misspelt = program.run(&["link", "list"]);
    assert_failed(&misspelt);
    assert!(err(&misspelt).contains("LINKDESK_PUBLIC_ULR"), "{}", err(&misspelt));
}

#[tokio::test]
async fn a_server_that_finds_its_address_taken_fails_with_one_line() {
    let mut program = Program::ready();
    program.serve().await;

    let second = program.run(&["serve"]);

    assert_eq!(second.status.code(), Some(1));
    let last = err(&second).lines().last().unwrap();
    assert!(
        last.starts_with("linkdesk: could not listen on") && last.contains("LINKDESK_ADDR"),
        "{}",
        err(&second)
    );
}

#[tokio::test]
async fn commands_work_beside_a_running_server() {
    let mut program = Program::ready();
    program.serve().await;

    let created = program.run(&["invite", "create", "--customer", "Contoso"]);
    let path = out(&created).trim().split_once("/i/").map(|(_, token)| format!("/i/{token}")).unwrap();
    let answer = crate::support::http(program.address(), "GET", &path, "", "").await.unwrap();

    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(add_staff(&program, "owner@northwind.example", STAFF_PASSWORD).status.success());
}
