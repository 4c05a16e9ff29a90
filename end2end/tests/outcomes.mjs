// What the check can end with, and the way on from there.
import assert from "node:assert/strict";
import { ACCOUNTS, MAINTENANCE_HOST } from "../lib/simulated.mjs";
import { CLOSED_HOST, UNKNOWN_HOST, UNTRUSTED_HOST } from "../lib/stage.mjs";
import { test } from "../lib/suite.mjs";

const { allGranted, noPtoPlans, noPersonDetails, hanging, slow } = ACCOUNTS;

/** The end of the check, 20 s, and something for a busy machine: the contract's limit. */
const CHECK_ENDS = 30_000;

for (const [words, script] of [["with script", true], ["without script", false]]) {
  test(`a gap is shown with its mend, can be mended, and can be left for now, ${words}`, async (t) => {
    const admin = await t.person({ script });
    const invite = await t.invite();
    await admin.goesTo("check", invite, noPtoPlans);
    await admin.check.shows("linked_with_gaps");
    const results = await admin.check.results();
    assert.equal(results.pto_plan_integration, "missing");
    assert.equal(results.employee_person_details, "granted");
    const row = admin.check.row("pto_plan_integration");
    assert.equal(await row.getAttribute("data-code"), "permission_missing");
    await row.getByText("press Save at the top").waitFor();
    await row.getByRole("img", { name: "in the row PTO Plan Integration, View is ticked" }).waitFor();
    await admin.check.rowAgain("pto_plan_integration");
    await admin.check.shows("linked_with_gaps");
    await admin.check.again();
    await admin.check.shows("linked_with_gaps");
    const link = await t.main.link(invite.link);
    assert.deepEqual([link.status, link.who_acts, link.problem], ["linked_with_gaps", "customer", "permission_missing"]);

    await admin.check.finishForNow();
    assert.equal(admin.place, "done");
    assert.equal(await admin.receipt.status(), "linked_with_gaps");
    await admin.receipt.press(admin.receipt.link("See what is still open"));
    await admin.check.shows("linked_with_gaps");
  });

  test(`a refused account leads to each field, and a mended password links it, ${words}`, async (t) => {
    const admin = await t.person({ script });
    const invite = await t.invite();
    await admin.goesTo("check", invite, { ...allGranted, password: "not+the;password|of!UKG" });
    await admin.check.shows("in_progress");
    await admin.check.problem("credentials_rejected").waitFor();
    assert.equal((await admin.check.results()).employee_person_details, "unchecked");
    // The same values are not sent a second time.
    assert.equal(await admin.check.button("Check again").count(), 0);
    const fields = {
      "Enter the password again": admin.account.password,
      "Change the username": admin.account.username,
      "Change the key": admin.key.field,
      "Change the URL": admin.domain.field,
    };
    for (const [name, field] of Object.entries(fields)) {
      await admin.goTo(`/link/${invite.link}/check`);
      await admin.check.press(admin.check.link(name));
      const seen = await field.evaluate((element) => {
        const { top, bottom } = element.getBoundingClientRect();
        return top >= 0 && bottom <= window.innerHeight;
      });
      assert.ok(seen, `${name}: the field is not on the screen`);
    }

    await admin.goTo(`/link/${invite.link}/check`);
    await admin.check.press(admin.check.link("Enter the password again"));
    await admin.account.password.fill(allGranted.password);
    await admin.account.save();
    assert.equal(admin.place, "check");
    await admin.check.shows("linked");
  });

  test(`a check that takes its time shows itself running, and its end without being asked, ${words}`, async (t) => {
    const admin = await t.person({ script });
    const invite = await t.invite();
    await admin.goesTo("check", invite, slow);
    await admin.check.shows("checking");
    await admin.check.shows("linked", CHECK_ENDS);
    assert.equal((await t.main.link(invite.link)).status, "linked");
  }, { long: true });
}

test("the required permission is asked for by name when it is missing", async (t) => {
  const admin = await t.person();
  const invite = await t.invite();
  await admin.goesTo("check", invite, noPersonDetails);
  await admin.check.shows("in_progress");
  const row = admin.check.row("employee_person_details");
  assert.equal(await row.getAttribute("data-result"), "missing");
  assert.equal(await row.getAttribute("data-code"), "permission_missing");
  assert.equal((await admin.check.results()).pto_plan_integration, "granted");
  const link = await t.main.link(invite.link);
  assert.deepEqual([link.status, link.who_acts, link.problem], ["in_progress", "customer", "permission_missing"]);
  await admin.check.again();
  await admin.check.shows("in_progress");
  await admin.goTo(`/link/${invite.link}/done`);
  assert.equal(admin.place, "check");
});

const TROUBLES = [
  { name: "UKG Pro is busy", account: ACCOUNTS.busy, code: "ukg_busy", who: "ukg" },
  { name: "UKG Pro is down for maintenance", account: ACCOUNTS.maintenance, code: "ukg_unavailable", who: "ukg" },
  { name: "the whole host is down for maintenance", host: MAINTENANCE_HOST, code: "ukg_unavailable", who: "ukg" },
  { name: "a portal answers", account: ACCOUNTS.portal, code: "host_not_web_services", who: "customer" },
  { name: "UKG Pro answers something unknown", account: ACCOUNTS.garbage, code: "ukg_unexpected", who: "us" },
  { name: "there is no such host", host: UNKNOWN_HOST, code: "host_not_found", who: "customer" },
  { name: "nobody listens at the host", host: CLOSED_HOST, code: "host_unreachable", who: "ukg" },
  { name: "the host proves nothing about itself", host: UNTRUSTED_HOST, code: "host_tls", who: "ukg" },
];

for (const { name, account = allGranted, host = "service4.ultipro.com", code, who } of TROUBLES) {
  test(`when ${name}, the check says so and can be started again`, async (t) => {
    const admin = await t.person();
    const invite = await t.invite();
    await admin.goesTo("check", invite, account, host);
    await admin.check.shows("in_progress", CHECK_ENDS);
    await admin.check.problem(code).waitFor();
    assert.equal((await admin.check.results()).employee_person_details, "unchecked");
    await admin.check.button("Check again").waitFor();
    const link = await t.main.link(invite.link);
    assert.deepEqual([link.status, link.problem, link.who_acts], ["in_progress", code, who]);
    if (who === "customer") {
      await admin.check.press(admin.check.link("Change the URL"));
      await admin.domain.enter("service4.ultipro.com");
      if (account === allGranted) await admin.check.shows("linked");
    }
  }, { long: code === "ukg_busy" });
}

test("a check without an answer ends by itself within 30 s, on a page without script", async (t) => {
  const admin = await t.person({ script: false });
  await admin.goesTo("domain", await t.invite(), hanging);
  const began = performance.now();
  await admin.domain.enter("service4.ultipro.com");
  await admin.check.shows("checking");
  await admin.check.shows("in_progress", CHECK_ENDS);
  const took = performance.now() - began;
  assert.ok(took <= CHECK_ENDS, `it took ${took} ms`);
  await admin.check.problem("ukg_timeout").waitFor();
  const loads = admin.watched.requests.filter(({ url, method }) => method === "GET" && url.endsWith("/check")).length;
  assert.ok(loads >= 4, `the page was loaded ${loads} times`);
  t.figure(`over after ${(took / 1000).toFixed(1)} s, ${loads} loads`);
}, { long: true });

test("a check goes on when its page is closed", async (t) => {
  const admin = await t.person();
  const invite = await t.invite();
  await admin.goesTo("check", invite, hanging);
  await admin.check.shows("checking");
  assert.equal((await admin.check.results()).employee_person_details, "unchecked");
  await admin.check.link("Show the latest").waitFor();
  const { status, who_acts: who } = await t.main.link(invite.link);
  assert.deepEqual([status, who], ["checking", "nobody"]);
  await admin.page.close();
  await t.main.untilLink(invite.link, "was checked", ({ check }) => check?.finished_at, { within: CHECK_ENDS });
  const later = await t.person();
  await later.goTo(invite.url);
  await later.welcome.start();
  assert.equal(later.place, "check");
  await later.check.problem("ukg_timeout").waitFor();
}, { long: true });

test("a second tab starts no second check", async (t) => {
  const admin = await t.person();
  const invite = await t.invite();
  await admin.goesTo("check", invite, slow);
  await admin.check.shows("checking");
  const { check } = await t.main.link(invite.link);
  const response = await admin.context.request.post(`/link/${invite.link}/check`, { headers: { origin: t.main.origin } });
  assert.equal(response.ok(), true);
  assert.equal((await t.main.link(invite.link)).check.id, check.id);
}, { long: true });
