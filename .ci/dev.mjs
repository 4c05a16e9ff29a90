#!/usr/bin/env node
// `make dev`: builds the debug program, starts its demo, and does both again whenever a source file changes. A build that
// fails leaves the running program alone.
import { spawn } from "node:child_process";
import { existsSync, watch } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const program = join(root, "target/debug/linkdesk");
const SOURCES = ["app", "frontend", "server", "style", "public", "Cargo.toml"];

let running;
let building = false;
let changed = true;

for (const name of SOURCES.filter((name) => existsSync(join(root, name)))) {
  watch(join(root, name), { recursive: true }, () => {
    changed = true;
  });
}
process.on("SIGINT", () => stop().then(() => process.exit(0)));
process.on("SIGTERM", () => stop().then(() => process.exit(0)));
setInterval(rebuild, 300);

async function rebuild() {
  if (building || !changed) return;
  building = true;
  changed = false;
  const built = (await run("node", [".ci/assets.mjs", "--fast"])) && (await run("cargo", ["build", "--locked", "-p", "server"]));
  if (built) {
    await stop();
    running = spawn(program, ["demo"], { cwd: root, stdio: "inherit" });
  }
  building = false;
}

function run(command, args) {
  return new Promise((done) => {
    spawn(command, args, { cwd: root, stdio: "inherit" }).on("close", (code) => done(code === 0));
  });
}

function stop() {
  if (!running || running.exitCode !== null || running.signalCode !== null) return Promise.resolve();
  return new Promise((done) => {
    running.on("close", done);
    running.kill("SIGTERM");
  });
}
