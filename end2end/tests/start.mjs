// Start-up and idle figures (bars P16, P17); printed always, asserted for a release build.
import assert from "node:assert/strict";
import { ACCOUNTS } from "../lib/simulated.mjs";
import { test } from "../lib/suite.mjs";
import { STAFF, isRelease } from "../lib/world.mjs";

const STARTS = 7;
const START_MS = 100;
const IDLE_MB = 40;

test("the server is ready soon after its start, and takes little memory when idle", async (t) => {
  // The first start also makes the database's tables.
  const world = await t.world({ ...t.simulated, staff: false });
  await world.stop();
  const times = [];
  for (let n = 0; n < STARTS; n += 1) {
    times.push(await world.serve());
    if (n < STARTS - 1) await world.stop();
  }
  times.sort((a, b) => a - b);
  const middle = times[Math.floor(STARTS / 2)];
  const started = world.memory();

  const invite = await world.invite();
  const admin = await t.person({ at: world });
  await admin.goesTo("check", invite, ACCOUNTS.allGranted);
  await admin.check.shows("linked");
  await admin.check.finish();
  const linked = world.memory();
  await world.cli(["staff", "add", "--email", STAFF.email, "--role", "owner", "--password-stdin"], { input: `${STAFF.password}\n` });
  await admin.goTo("/sign-in");
  await admin.signIn.enter(STAFF);
  await admin.desk.open(invite.link);
  const signedIn = world.memory();

  const ms = (time) => `${time.toFixed(0)} ms`;
  const mb = (memory) => `${memory.toFixed(1)} MB`;
  t.figure(`start to the first 200, empty database, ${STARTS} times: middle ${ms(middle)}, ${ms(times[0])} to ${ms(times.at(-1))} (bar ${START_MS} ms)`);
  t.figure(`memory: ${mb(started)} after the start, ${mb(linked)} after a whole flow, ${mb(signedIn)} after a sign-in (bar ${IDLE_MB} MB)`);
  if (!isRelease) return;
  assert.ok(middle <= START_MS, `the start takes ${ms(middle)}`);
  assert.ok(linked <= IDLE_MB, `idle it takes ${mb(linked)}`);
}, { when: "first" });
