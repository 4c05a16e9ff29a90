#!/usr/bin/env node
// The staff's door, measured on the real program (bars A2 and P8), side by side in one run. LINKDESK_BIN: another program
// than target/release/linkdesk. `door.mjs A2` or `door.mjs P8` measures one alone.
//
// - A2: whether the time of a refused sign-in tells a known account from an unknown one. Both in turn, each time from another
//   address (a trusted proxy tells it); told as the AUC, the chance that of two such times the longer is the known account's.
// - P8: how long other pages take beside 64 sign-ins at a time, against how long they take alone; in turn, several rounds.
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";
import { World } from "../lib/world.mjs";

const ACCOUNTS = 15;
const GUESSES = 95;
const ROUNDS = 7;
const PAGES = 600;
const SIGN_INS = 64;
const PASSWORD = "correct horse battery";

function ask(port, path, { agent, form, from } = {}) {
  const body = form && new URLSearchParams(form).toString();
  const headers = { "sec-fetch-site": "same-origin", ...(from && { "x-forwarded-for": from }), ...(body && { "content-type": "application/x-www-form-urlencoded" }) };
  return new Promise((resolve, reject) => {
    const began = process.hrtime.bigint();
    const asked = request({ host: "127.0.0.1", port, path, agent, headers, method: body === undefined ? "GET" : "POST" }, (response) => {
      response.resume();
      response.on("end", () => resolve({ status: response.statusCode, ms: Number(process.hrtime.bigint() - began) / 1e6 }));
    });
    asked.on("error", reject);
    asked.end(body);
  });
}

const address = (n) => `198.${18 + ((n >> 16) & 1)}.${(n >> 8) & 255}.${n & 255}`;
const middle = (times) => times.toSorted((a, b) => a - b)[times.length >> 1];

async function timeTells(port) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const known = [];
  const unknown = [];
  let n = 0;
  for (let guess = 0; guess < GUESSES; guess += 1) {
    for (let account = 0; account < ACCOUNTS; account += 1) {
      const kinds = [[known, `staff${account}@northwind.example`], [unknown, `other${account}@northwind.example`]];
      // Which comes first changes, so that neither is always the one after the other.
      if ((guess + account) % 2) kinds.reverse();
      for (const [times, email] of kinds) {
        const { status, ms } = await ask(port, "/sign-in", { agent, form: { email, password: "wrong horse battery" }, from: address((n += 1)) });
        if (status !== 401) throw new Error(`a refused sign-in answers ${status}`);
        times.push(ms);
      }
    }
  }
  agent.destroy();
  let longer = 0;
  for (const one of known) for (const other of unknown) longer += one > other ? 1 : one === other ? 0.5 : 0;
  const auc = longer / (known.length * unknown.length);
  console.log(`A2  AUC of known against unknown, ${known.length} refused sign-ins each: ${auc.toFixed(3)} (bar 0.50 ± 0.03); middle ${middle(known).toFixed(2)} and ${middle(unknown).toFixed(2)} ms`);
}

async function p99(port) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const times = [];
  for (let n = 0; n < PAGES; n += 1) times.push((await ask(port, "/sign-in", { agent })).ms);
  agent.destroy();
  return times.toSorted((a, b) => a - b)[Math.floor(PAGES * 0.99)];
}

async function besideSignIns(port) {
  const [alone, beside, counts] = [[], [], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    alone.push(await p99(port));
    const others = new Worker(new URL(import.meta.url), { workerData: { port } });
    const counted = new Promise((resolve) => others.once("message", resolve));
    await new Promise((resolve) => setTimeout(resolve, 500));
    beside.push(await p99(port));
    others.postMessage("enough");
    counts.push(await counted);
  }
  const [a, b] = [middle(alone), middle(beside)];
  const span = (times) => `${Math.min(...times).toFixed(2)} to ${Math.max(...times).toFixed(2)}`;
  console.log(`P8  p99 of /sign-in alone ${a.toFixed(2)} ms (${span(alone)}), beside ${SIGN_INS} sign-ins ${b.toFixed(2)} ms (${span(beside)}): ${(b / a).toFixed(2)}x (bar 2x); ${middle(counts)} sign-ins a round`);
}

/** Signs in all the time, 64 at a time, and at the end says how often. */
async function signIn({ port }) {
  const agent = new Agent({ keepAlive: true, maxSockets: SIGN_INS });
  let [going, count] = [true, 0];
  parentPort.once("message", () => (going = false));
  await Promise.all(Array.from({ length: SIGN_INS }, async (_, n) => {
    while (going) {
      const { status } = await ask(port, "/sign-in", { agent, form: { email: `staff${n % ACCOUNTS}@northwind.example`, password: PASSWORD }, from: `10.9.0.${n}` });
      if (status === 303) count += 1;
      else if (status !== 503) throw new Error(`a sign-in answers ${status}`);
    }
  }));
  agent.destroy();
  parentPort.postMessage(count);
}

if (isMainThread) {
  const folder = mkdtempSync(join(tmpdir(), "linkdesk-door-"));
  const world = await World.start(join(folder, "world"), { log: "warn", settings: { LINKDESK_TRUSTED_PROXIES: "127.0.0.1/32" } });
  try {
    for (let n = 0; n < ACCOUNTS; n += 1) {
      await world.cli(["staff", "add", "--email", `staff${n}@northwind.example`, "--role", "support", "--password-stdin"], { input: `${PASSWORD}\n` });
    }
    const wanted = (bar) => process.argv.length < 3 || process.argv.includes(bar);
    if (wanted("A2")) await timeTells(world.port);
    if (wanted("P8")) await besideSignIns(world.port);
  } finally {
    await world.stop();
    rmSync(folder, { recursive: true, force: true });
  }
} else {
  await signIn(workerData);
}
