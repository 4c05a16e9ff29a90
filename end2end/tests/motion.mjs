// Somebody who asked for less motion gets none.
import assert from "node:assert/strict";
import { ACCOUNTS } from "../lib/simulated.mjs";
import { test } from "../lib/suite.mjs";

/** What moves on the page, by the name of its animation or the property that changes. */
function moving(person) {
  const names = () => document.getAnimations().filter(({ effect }) => effect.getComputedTiming().activeDuration > 0).map((one) => one.animationName ?? one.transitionProperty);
  return person.page.evaluate(names);
}

test("nothing moves for somebody who asked for less motion", async (t) => {
  const admin = await t.person({ reducedMotion: "reduce" });
  await admin.goesTo("key", await t.invite());
  await admin.key.enlarge("the Customer API Key").click();
  await admin.key.enlarged.waitFor();
  assert.deepEqual(await moving(admin), []);
  await admin.key.button("Close").click();
  await admin.page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  assert.deepEqual(await moving(admin), []);
  await admin.key.enter(ACCOUNTS.hanging.key);
  await admin.account.enter(ACCOUNTS.hanging.username, ACCOUNTS.hanging.password);
  await admin.domain.enter("service4.ultipro.com");
  await admin.check.shows("checking");
  assert.deepEqual(await moving(admin), []);
});

test("a running check moves for everybody else", async (t) => {
  const admin = await t.person();
  await admin.goesTo("check", await t.invite(), ACCOUNTS.hanging);
  await admin.check.shows("checking");
  assert.ok((await moving(admin)).includes("spin"));
});
