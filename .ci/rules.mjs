#!/usr/bin/env node
// The invariants of ARCHITECTURE.md that neither the compiler nor clippy knows, as checks that fail. Each rule gets the
// same picture of the repository and returns the sentences that say what is wrong. `--self-test` plants one violation per
// rule in that picture and fails unless the rule, and no other, reports it.
import { readRepository, views } from "./repository.mjs";

const STORAGE = /^storage-/;
const CIPHERS = /^(aws-lc-rs|aws-lc-sys|ring|openssl|aes|aes-gcm|aes-gcm-siv|chacha20|chacha20poly1305|sha2|hmac)$/;
const TOP_LEVEL = new Set(
  ("Cargo.toml Cargo.lock app server frontend style public end2end README.md ARCHITECTURE.md SECURITY.md CHANGELOG.md LICENSE docs " +
    "Makefile .ci deny.toml clippy.toml rustfmt.toml rust-toolchain.toml .gitignore").split(" "),
);
const LONGEST_FILE = 400;

const RULES = [
  {
    name: "what runs in the browser knows no database, runtime, HTTP client, cipher or use case",
    check: ({ trees }) =>
      trees.frontend
        .filter((name) => /^(sqlx|tokio|reqwest|argon2|vault|services|ukg|storage)(-|$)|^aws-lc/.test(name))
        .map((name) => `frontend depends on ${name}, perhaps through another crate`),
    plant: (repository) => repository.trees.frontend.push("sqlx-core"),
  },
  {
    name: "the use cases know no web framework, SQL, HTTP or mail client",
    check: ({ trees }) =>
      trees.services
        .filter((name) => /^(axum|leptos|sqlx|reqwest|lettre)([-_]|$)/.test(name))
        .map((name) => `services depends on ${name}, perhaps through another crate`),
    plant: (repository) => repository.trees.services.push("leptos_router"),
  },
  {
    name: "only storage-* depends on sqlx, except in tests",
    check: direct(/^sqlx/, (crate, kind) => STORAGE.test(crate) || kind === "dev"),
    plant: (repository) => repository.dependencies.push({ crate: "server", on: "sqlx", kind: "normal" }),
  },
  {
    name: "only ukg and webhook depend on reqwest, except in tests",
    check: direct(/^reqwest/, (crate, kind) => crate === "ukg" || crate === "webhook" || kind === "dev"),
    plant: (repository) => repository.dependencies.push({ crate: "services", on: "reqwest", kind: "normal" }),
  },
  {
    name: "only vault depends on ciphers, except in tests",
    check: direct(CIPHERS, (crate, kind) => crate === "vault" || kind === "dev"),
    plant: (repository) => repository.dependencies.push({ crate: "ukg", on: "aes-gcm", kind: "normal" }),
  },
  {
    name: "only server depends on argon2 and lettre",
    check: direct(/^(argon2|lettre)/, (crate) => crate === "server"),
    plant: (repository) => repository.dependencies.push({ crate: "app", on: "argon2", kind: "normal" }),
  },
  {
    name: "only server and frontend depend on app",
    check: direct(/^app$/, (crate) => crate === "server" || crate === "frontend"),
    plant: (repository) => repository.dependencies.push({ crate: "services", on: "app", kind: "dev" }),
  },
  {
    name: "only server reads the environment, except in tests, examples and build scripts",
    check: ({ rust }) =>
      lines(
        rust.filter(({ path }) => !path.startsWith("server/src/") && !path.includes("/examples/") && !path.endsWith("/build.rs")),
        "product",
        /\bstd::env\b(?!!)|\benv::(var|var_os|vars|vars_os|set_var|remove_var)\b/,
        "reads the environment",
      ),
    plant: addCode("domain", 'fn planted() { std::env::var("HOME"); }'),
  },
  {
    name: "only the command line speaks as the operator",
    check: ({ rust }) =>
      lines(
        rust.filter(({ path }) => !path.startsWith("server/src/cli/") && path !== "server/crates/services/src/lib.rs"),
        "product",
        /\bat_command_line\b/,
        "speaks as the operator",
      ),
    plant: addCode("server", "fn planted() { let _ = Operator::at_command_line(); }"),
  },
  {
    name: "a <textarea> in a page holds no data: Leptos does not escape its children",
    check: ({ rust }) =>
      rust.filter(({ path }) => path.startsWith("app/")).flatMap(({ path, text }) => textareasWithChildren(text).map((line) => `${path}:${line} gives a <textarea> children`)),
    plant: addCode("app", "view! { <textarea rows=4>{value}</textarea> }"),
  },
  {
    name: "nothing is left undone: no todo!, unimplemented!, dbg! or ignored test",
    check: ({ rust }) => lines(rust, "code", /\b(todo|unimplemented|dbg)!|#\[ignore\b/, "is unfinished"),
    plant: addCode("domain", "#[ignore]"),
  },
  {
    name: "a lint is silenced by #[expect(…, reason = …)], not by #[allow(…)]",
    check: ({ rust }) => lines(rust, "code", /#!?\[(allow\(|cfg_attr\(.*\ballow\()/, "uses allow"),
    plant: addCode("domain", "#![allow(dead_code)]"),
  },
  {
    name: "every crate takes the workspace's lints, and those forbid unsafe code",
    check: ({ manifests }) => [
      ...manifests.filter(({ path, text }) => path !== "Cargo.toml" && !/^\[lints\]\nworkspace = true$/m.test(text)).map(({ path }) => `${path} does not say [lints] workspace = true`),
      ...manifests.filter(({ path, text }) => path === "Cargo.toml" && !/^unsafe_code = "forbid"$/m.test(text)).map(({ path }) => `${path} does not forbid unsafe_code`),
    ],
    plant: (repository) => repository.manifests.push({ path: "server/crates/planted/Cargo.toml", text: "[package]\n" }),
  },
  {
    name: `no Rust file is longer than ${LONGEST_FILE} lines, tests aside`,
    check: ({ rust }) =>
      rust
        .map(({ path, product }) => ({ path, length: product.trimEnd().split("\n").length }))
        .filter(({ length }) => length > LONGEST_FILE)
        .map(({ path, length }) => `${path} has ${length} lines`),
    plant: addCode("domain", "fn planted() {}\n".repeat(LONGEST_FILE + 1)),
  },
  {
    name: "SQL is written only in storage-*",
    check: ({ rust, paths }) => {
      const elsewhere = (path) => !/^server\/crates\/storage-/.test(path);
      return [
        ...rust.filter(({ path }) => elsewhere(path)).flatMap(({ path, strings }) =>
          strings.filter(({ text }) => /\b(SELECT|INSERT INTO|DELETE FROM|CREATE TABLE|ALTER TABLE)\s|\bUPDATE \w+ SET\s/.test(text)).map(({ line }) => `${path}:${line} holds SQL`),
        ),
        ...paths.filter((path) => path.endsWith(".sql") && elsewhere(path)).map((path) => `${path} holds SQL`),
      ];
    },
    plant: addCode("domain", 'const PLANTED: &str = "SELECT 1";'),
  },
  {
    name: "lock files name no download addresses",
    check: ({ locks }) => locks.filter(({ text }) => /"resolved"/.test(text)).map(({ path }) => `${path} has "resolved" entries: keep the .npmrc beside it and make it again`),
    plant: (repository) => repository.locks.push({ path: "end2end/package-lock.json", text: '"resolved": ""' }),
  },
  {
    name: "nothing new stands at the top level",
    check: ({ paths }) => [...new Set(paths.map((path) => path.split("/")[0]))].filter((entry) => !TOP_LEVEL.has(entry)).map((entry) => `${entry} is not meant to be here`),
    plant: (repository) => repository.paths.push("scripts/planted.sh"),
  },
];

function main() {
  const repository = readRepository();
  const ok = process.argv.includes("--self-test")
    ? [...RULES.map((rule) => catches(rule, repository)), sparesTheInnocent(repository)]
    : RULES.map((rule) => report(rule, repository));
  if (ok.includes(false)) process.exitCode = 1;
}

function report({ name, check }, repository) {
  const problems = check(repository);
  console.log(`${problems.length === 0 ? "ok  " : "FAIL"} ${name}`);
  for (const problem of problems) console.log(`     ${problem}`);
  return problems.length === 0;
}

function catches(rule, repository) {
  const reported = reportedWith(repository, rule.plant);
  const caught = reported.length === 1 && reported[0] === rule;
  console.log(`${caught ? "ok  " : "FAIL"} catches: ${rule.name}`);
  if (!caught) console.log(`     the planted violation was reported by: ${reported.map(({ name }) => name).join("; ") || "no rule"}`);
  return caught;
}

// What the rules are not about: comments, the words inside strings, and tests.
const INNOCENT = `
// todo!() #[allow(x)] std::env::var("HOME") "SELECT 1 "
/* dbg!(x) <textarea>{value}</textarea> */
const WORDS: [&str; 2] = ["todo!() #[ignore] #[allow(x)]", r#"std::env "quoted" dbg!()"#];
fn lifetimes<'a>(x: &'a str) -> [char; 3] { ['"', '\\'', '{'] }
fn empty() { view! { <textarea name="x" on:input=move |e| set(e) ></textarea> <textarea name="y"/> } }
#[cfg(test)]
mod tests {
    fn test() { std::env::var("HOME"); execute("SELECT 1 FROM x"); }
${"    fn line() {}\n".repeat(LONGEST_FILE)}}
`;

function sparesTheInnocent(repository) {
  const reported = reportedWith(repository, addCode("app", INNOCENT));
  console.log(`${reported.length === 0 ? "ok  " : "FAIL"} spares comments, strings and tests`);
  for (const { name } of reported) console.log(`     but not: ${name}`);
  return reported.length === 0;
}

/** The rules that have more to say once this was planted. */
function reportedWith(repository, plant) {
  const planted = structuredClone(repository);
  plant(planted);
  return RULES.filter(({ check }) => check(planted).length > check(repository).length);
}

function direct(on, permitted) {
  return ({ dependencies }) =>
    dependencies.filter((dependency) => on.test(dependency.on) && !permitted(dependency.crate, dependency.kind)).map(({ crate, on, kind }) => `${crate} depends on ${on} (${kind})`);
}

function lines(files, view, pattern, what) {
  return files.flatMap(({ path, ...views }) => views[view].split("\n").flatMap((text, index) => (pattern.test(text) ? [`${path}:${index + 1} ${what}`] : [])));
}

// The closing tag must follow the opening one directly, or the tag close itself.
function textareasWithChildren(text) {
  return [...text.matchAll(/<textarea\b/g)].flatMap((start) => {
    const rest = text.slice(start.index);
    const open = rest.slice(0, rest.search(/\/>|<\/textarea/));
    const empty = rest.startsWith("/>", open.length) || open.trimEnd().endsWith(">");
    return empty ? [] : [text.slice(0, start.index).split("\n").length];
  });
}

// A file more in the picture, read like the others.
function addCode(crate, source) {
  const path = `${crate === "app" ? "app" : `server/crates/${crate}`}/src/planted.rs`;
  return (repository) => repository.rust.push({ path, ...views(path, source) });
}

main();
