// Narrow screens (bar B8); every page and state at 320 px, 360 px and 200 % is in every-page.mjs.
import assert from "node:assert/strict";
import { lost } from "../lib/reflow.mjs";
import { ACCOUNTS } from "../lib/simulated.mjs";
import { test } from "../lib/suite.mjs";

test("what does not fit a narrow screen is noticed", async (t) => {
  const person = await t.person({ viewport: { width: 320, height: 640 } });
  await person.goTo("/sign-in");
  assert.deepEqual(await person.page.evaluate(lost), []);
  await person.signIn.email.evaluate((field) => field.style.setProperty("min-width", "400px"));
  assert.notDeepEqual(await person.page.evaluate(lost), []);
});

for (const width of [360, 320]) {
  test(`at ${width} px each step's form is reached through the link above the instructions`, async (t) => {
    const admin = await t.person({ viewport: { width, height: 640 } });
    const invite = await t.invite();
    const { key, account, domain } = admin;
    const jumpsTo = async (place, step, field) => {
      await admin.goTo(`/link/${invite.link}/${place}`);
      assert.equal(await isSeen(field), false, "the field is on the screen already");
      await step.jump.click();
      assert.equal(await isSeen(field), true, "the field is not on the screen");
    };
    await admin.goTo(invite.url);
    await admin.welcome.start();
    await jumpsTo("key", key, key.field);
    await key.enter(ACCOUNTS.allGranted.key);
    await jumpsTo("account", account, account.username);
    await account.enter(ACCOUNTS.allGranted.username, ACCOUNTS.allGranted.password);
    await jumpsTo("domain", domain, domain.field);
    await domain.enter("service4.ultipro.com");
    await admin.check.shows("linked");
  });
}

test("a step opens at its top, whatever part of the last one was on the screen", async (t) => {
  const admin = await t.person({ viewport: { width: 360, height: 640 } });
  await admin.goesTo("key", await t.invite());
  await admin.key.jump.click();
  await admin.key.enter(ACCOUNTS.allGranted.key);
  assert.equal(admin.place, "account");
  assert.equal(await isSeen(admin.account.heading("Make the service account")), true, "the heading is not on the screen");
});

/** Whether all of it is on the screen. */
function isSeen(locator) {
  return locator.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top >= 0 && bottom <= window.innerHeight;
  });
}
