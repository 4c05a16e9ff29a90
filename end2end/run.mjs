#!/usr/bin/env node
// The browser tests: the real program, its real database, real TLS to a UKG Pro that is made up, and Chromium.
//   node end2end/run.mjs [WORD...]   all tests, or those whose file or name holds one of the words
// LINKDESK_BIN: another program than target/release/linkdesk. CHROMIUM_BIN: another browser. KEEP=1: leaves the folder with
// databases and logs. WORKERS: how many tests at a time.
import { existsSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Fixture } from "./lib/fixture.mjs";
import { openStage } from "./lib/stage.mjs";
import { allTests } from "./lib/suite.mjs";
import { binary } from "./lib/world.mjs";

const folder = join(dirname(fileURLToPath(import.meta.url)), "tests");
const workers = Number(process.env.WORKERS ?? 4);
const words = process.argv.slice(2);
const began = performance.now();

async function main() {
  if (!existsSync(binary)) throw new Error(`there is no ${binary}: run \`make build\`, or set LINKDESK_BIN`);
  const chosen = await choose();
  if (chosen.length === 0) throw new Error(`no test is called ${words.join(" or ")}`);
  const stage = await openStage();
  rmSync(stage.failures, { recursive: true, force: true });
  const results = [];
  const inTurn = async (queue) => {
    for (let next = queue.shift(); next; next = queue.shift()) results.push(await runOne(next, stage));
  };
  const of = (when) => chosen.filter((test) => test.when === when);
  try {
    await inTurn(of("first"));
    const queue = of("among").sort((a, b) => Number(b.long) - Number(a.long));
    await Promise.all(Array.from({ length: workers }, () => inTurn(queue)));
    await inTurn(of("last"));
  } finally {
    await stage.close();
  }
  const failed = results.filter(({ reasons }) => reasons.length > 0);
  console.log(`browser tests: ${Math.round((performance.now() - began) / 1000)} s, ${workers} at a time, ${binary}`);
  // Told again: who sees only the end of a long output must see what failed.
  for (const { test, reasons } of failed) console.log(indented([`FAILED: ${test.name}`, ...reasons].join("\n")));
  if (failed.length > 0) console.log(`what the browsers showed is in ${stage.failures}`);
  console.log(`${results.length - failed.length} passed, ${failed.length} failed`);
  process.exitCode = failed.length > 0 ? 1 : 0;
}

async function choose() {
  const chosen = [];
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".mjs")).sort()) {
    const before = allTests().length;
    await import(join(folder, file));
    const wanted = (name) => words.length === 0 || words.some((word) => `${file} ${name}`.includes(word));
    chosen.push(...allTests().slice(before).filter(({ name }) => wanted(name)));
  }
  return chosen;
}

async function runOne(test, stage) {
  const fixture = new Fixture(stage, test.name);
  const started = performance.now();
  const reasons = [];
  let limit;
  try {
    const tooLong = new Promise((_, reject) => {
      limit = setTimeout(() => reject(new Error(`not done within ${test.limit} s`)), test.limit * 1000);
    });
    await Promise.race([test.body(fixture), tooLong]);
  } catch (error) {
    reasons.push(readable(error));
    await fixture.photograph();
  } finally {
    clearTimeout(limit);
    reasons.push(...(await fixture.close()));
  }
  const took = String(Math.round(performance.now() - started)).padStart(6);
  console.log(`${took} ms  ${reasons.length === 0 ? "ok    " : "FAILED"}  ${test.name}`);
  for (const reason of reasons) console.log(indented(reason));
  for (const figure of fixture.figures) console.log(indented(figure));
  return { test, reasons };
}

/** Without Playwright's colours and its log of how it waited; with the line of the test. */
function readable({ message, stack = "" }) {
  const [what] = message.replace(/\x1b\[\d+m/g, "").split("\nCall log:");
  const [, line] = stack.match(/end2end\/(tests\/[\w-]+\.mjs:\d+)/) ?? [];
  return line ? `${what.trimEnd()}\nat ${line}` : what.trimEnd();
}

function indented(text) {
  return text.replace(/^/gm, "             ");
}

let done = false;
process.on("exit", (code) => {
  if (!done) console.error(`browser tests: ended before they were done (${code})`);
});
try {
  await main();
  done = true;
} catch (error) {
  done = true;
  console.error(`browser tests: ${error.message}`);
  process.exitCode = 1;
}
