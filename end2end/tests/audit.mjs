// The audit log: an owner reads who did what from where, searches, downloads, and learns whether it is whole.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { ACCOUNTS } from "../lib/simulated.mjs";
import { test } from "../lib/suite.mjs";
import { STAFF } from "../lib/world.mjs";

async function owner(t, world, options) {
  const person = await t.person({ at: world, ...options });
  await person.goTo("/sign-in");
  await person.signIn.enter(STAFF);
  await person.goTo("/desk/audit");
  return person;
}

for (const [words, script] of [["with script", true], ["without script", false]]) {
  test(`an owner finds who did what, verifies the log and downloads it, ${words}`, async (t) => {
    const world = await t.world(t.simulated);
    const invite = await world.invite({ customer: "<b>Fabrikam</b> & =Söhne" });
    const admin = await t.person({ at: world });
    await admin.goesTo("check", invite, ACCOUNTS.allGranted);
    await world.untilLink(invite.link, "was checked", ({ check }) => check?.finished_at);

    const staff = await owner(t, world, { script });
    const entries = staff.page.locator("[data-audit-entry]");
    await staff.page.getByRole("cell", { name: "Signed in" }).first().waitFor();
    assert.equal(await staff.page.getByText("Times are UTC.").isVisible(), !script, "UTC is named where script does not tell the reader's own time");
    assert.match(await staff.page.getByRole("row").filter({ hasText: "Signed in" }).first().innerText(), /127\.0\.0\.1, Chrome/);
    assert.equal(await staff.page.locator("td b").filter({ hasText: /^Fabrikam$/ }).count(), 0, "a name is text");

    await staff.page.getByLabel("Customer, staff or link id").fill("fabrikam");
    await staff.page.getByLabel("What").selectOption("credentials_opened");
    await staff.after(() => staff.page.getByRole("button", { name: "Search" }).click());
    assert.equal(await entries.count(), 3);
    const [download] = await Promise.all([staff.page.waitForEvent("download"), staff.page.getByRole("link", { name: "Download as CSV" }).click()]);
    const lines = readFileSync(await download.path(), "utf8").trim().split("\r\n");
    assert.equal(lines.length, 4);
    assert.ok(lines[1].includes(",<b>Fabrikam</b> & =Söhne,"), lines[1]);

    await staff.after(() => staff.page.getByRole("link", { name: "Show everything" }).click());
    await staff.after(() => staff.page.getByRole("button", { name: "Verify now" }).click());
    await staff.page.locator('[data-audit-state="whole"]').waitFor();
    assert.match(await world.cli(["audit", "verify"]), /every one whole/);
  });
}
