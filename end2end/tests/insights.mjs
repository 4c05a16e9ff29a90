// Insights: the figures are those of what happened, in charts with tables beside them.
import assert from "node:assert/strict";
import { ACCOUNTS } from "../lib/simulated.mjs";
import { test } from "../lib/suite.mjs";
import { STAFF } from "../lib/world.mjs";

test("the desk tells how far customers come and where UKG Pro does not answer", async (t) => {
  const world = await t.world(t.simulated);
  const staff = await t.person({ at: world });
  await staff.goTo("/sign-in");
  await staff.signIn.enter(STAFF);
  await staff.after(() => staff.page.getByRole("link", { name: "Insights" }).click());
  await staff.page.getByRole("heading", { name: "Nobody was invited in this time" }).waitFor();

  await world.invite({ customer: "Waits" });
  for (const [customer, account] of [["Linked", ACCOUNTS.allGranted], ["Busy 1", ACCOUNTS.busy], ["Busy 2", ACCOUNTS.busy], ["Busy 3", ACCOUNTS.busy]]) {
    const invite = await world.invite({ customer });
    const admin = await t.person({ at: world });
    await admin.goesTo("check", invite, account);
    await world.untilLink(invite.link, "was checked", ({ check }) => check?.finished_at, { within: 30_000 });
  }

  await staff.goTo("/desk/insights?period=7");
  const funnel = staff.page.getByRole("table", { name: "How far they come" }).getByRole("row");
  const cells = await funnel.evaluateAll((rows) => rows.slice(1).map((row) => [...row.cells].slice(0, 2).map((cell) => cell.textContent.trim())));
  assert.deepEqual(cells.map(([, links]) => links), ["5", "4", "4", "4", "4", "4", "1"]);
  assert.equal(await staff.page.getByRole("img").filter({ visible: true }).count() >= 4, true);
  await staff.page.locator('tr[data-code="ukg_busy"]').waitFor();

  // What is remembered of UKG Pro's hosts is a few seconds old at most.
  await staff.page.waitForTimeout(5_500);
  await staff.goTo("/desk");
  await staff.page.getByText("This is UKG Pro, not your customers.").waitFor();
  await staff.after(() => staff.page.getByRole("link", { name: "See every system" }).click());
  await staff.page.locator('[data-ukg-state="trouble"]').waitFor();
}, { long: true });
