// A check is seen as it happens, and there is never a second one.
import assert from "node:assert/strict";
import { gate } from "../lib/other-ukg.mjs";
import { test } from "../lib/suite.mjs";
import { until } from "../lib/until.mjs";

const PERSON = "/personnel/v1/person-details";

/** An account whose every answer waits for its gate, by path; what has none is answered at once. */
function held(t, paths) {
  const gates = Object.fromEntries(paths.map((path) => [path, gate()]));
  const account = t.otherUkg.account({ answers: ({ path }) => gates[path] && { late: { until: gates[path].opened } } });
  const open = (...some) => (some.length > 0 ? some : paths).forEach((path) => gates[path].open());
  return { account, open };
}

function loads(person) {
  return person.watched.requests.filter(({ url, method }) => method === "GET" && url.endsWith("/check")).length;
}

/** Goes to the running check of a new link. */
async function starts(t, person, account) {
  const invite = await t.other.invite();
  await person.hurriesTo("domain", invite, account);
  await person.domain.enter(t.otherUkg.host);
  await person.check.shows("checking");
  return invite;
}

/** Waits until a permission's line says this. */
function says(person, permission, words) {
  return person.check.row(permission).getByText(words).waitFor();
}

test("the lines of a running check change one by one, without the page being loaded again", async (t) => {
  const { account, open } = held(t, [PERSON, "/personnel/v1/pto-plans", "/configuration/v1/company-details"]);
  const admin = await t.person({ at: t.other });
  await starts(t, admin, account);
  const before = loads(admin);
  await admin.page.evaluate(() => (window.sameDocument = true));
  await says(admin, "employee_person_details", "Asking now");
  await says(admin, "pto_plan_integration", "Waiting");
  open(PERSON);
  await says(admin, "employee_person_details", /^Granted · .* seconds$/);
  await admin.check.main.getByText("Key, username and password accepted").waitFor();
  await says(admin, "employee_job_history_details", /^Granted/);
  await says(admin, "pto_plan_integration", "Asking now");
  open("/configuration/v1/company-details");
  await says(admin, "company_configuration_integration", /^Granted/);
  assert.deepEqual([await admin.check.status(), loads(admin)], ["checking", before]);
  assert.equal(await admin.page.evaluate(() => window.sameDocument), true);
  open();
  await admin.check.shows("linked");
  // It shows the outcome by itself, and then stays.
  assert.equal(loads(admin), before + 1);
  await admin.check.link("Finish").waitFor();
});

test("without script the page of a running check loads itself again and shows how far it is", async (t) => {
  const { account, open } = held(t, [PERSON, "/personnel/v1/pto-plans"]);
  const admin = await t.person({ at: t.other, script: false });
  await starts(t, admin, account);
  const before = loads(admin);
  await says(admin, "employee_person_details", "Asking now");
  open(PERSON);
  await says(admin, "employee_person_details", /^Granted/);
  await says(admin, "pto_plan_integration", "Asking now");
  assert.ok(loads(admin) > before, "the page did not load itself again");
  open();
  await admin.check.shows("linked");
  const after = loads(admin);
  await admin.check.press(admin.check.link("Finish"));
  assert.equal(loads(admin), after);
});

test("who leaves a running check and comes back sees the same one, where it is by then", async (t) => {
  const { account, open } = held(t, [PERSON, "/personnel/v1/pto-plans"]);
  const admin = await t.person({ at: t.other });
  const invite = await starts(t, admin, account);
  const { check } = await t.other.link(invite.link);
  await admin.page.goto("about:blank");
  open(PERSON);
  await until("the second request waits", () => t.otherUkg.of(account).some(({ path }) => path.endsWith("pto-plans")));
  // On another device, with nothing but the invite.
  const device = await t.person({ at: t.other });
  await device.goTo(invite.url);
  await device.welcome.start();
  assert.equal(device.place, "check");
  await says(device, "employee_person_details", /^Granted/);
  await says(device, "pto_plan_integration", "Asking now");
  assert.equal((await t.other.link(invite.link)).check.id, check.id);
  open();
  await device.check.shows("linked");
  assert.equal(t.otherUkg.of(account).filter(({ path }) => path === PERSON).length, 1);
});

test("two tabs that start one check ask UKG Pro once", async (t) => {
  const { account, open } = held(t, ["/personnel/v1/pto-plans"]);
  const broken = { status: 503 };
  const answers = account.answers;
  account.answers = () => broken;
  const admin = await t.person({ at: t.other });
  const invite = await t.other.invite();
  await admin.hurriesTo("check", invite, account, t.otherUkg.host);
  await admin.check.problem("ukg_unavailable").waitFor();
  account.answers = answers;
  const before = t.otherUkg.of(account).length;
  const second = await t.person({ at: t.other, storageState: await admin.context.storageState() });
  await second.goTo(`/link/${invite.link}/check`);
  await Promise.all([admin.check.again(), second.check.again()]);
  for (const tab of [admin, second]) await tab.check.shows("checking");
  const { check } = await t.other.link(invite.link);
  open();
  for (const tab of [admin, second]) await tab.check.shows("linked");
  assert.equal((await t.other.link(invite.link)).check.id, check.id);
  const asked = t.otherUkg.of(account).slice(before).map(({ path }) => path);
  assert.equal(asked.filter((path) => path === PERSON).length, 1, asked.join(" "));
  assert.equal(asked.filter((path) => path.endsWith("pto-plans")).length, 1, asked.join(" "));
});

test("when the events cannot be had, the page loads itself again instead", async (t) => {
  const { account, open } = held(t, [PERSON]);
  const admin = await t.person({ at: t.other });
  await admin.page.route("**/check/events", (route) => route.abort());
  await starts(t, admin, account);
  const before = loads(admin);
  await until("the page loads itself again", () => loads(admin) > before);
  open();
  await admin.check.shows("linked");
  // The browser says that it could not have them; that was ours.
  admin.watched.problems = admin.watched.problems.filter((problem) => !problem.includes("ERR_FAILED"));
});
