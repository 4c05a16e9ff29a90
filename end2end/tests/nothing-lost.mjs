// Nothing that was entered is lost, and nothing of it ever comes back into a page.
import assert from "node:assert/strict";
import { ACCOUNTS } from "../lib/simulated.mjs";
import { test } from "../lib/suite.mjs";

const { allGranted } = ACCOUNTS;

/** No value of the account is in the page, and no field holds one. */
async function showsNoValue(person, account = allGranted) {
  const html = await person.page.content();
  for (const value of [account.key, account.username, account.password]) {
    assert.ok(!html.includes(value), `${value} is in the page ${person.place}`);
  }
  for (const field of await person.page.getByRole("textbox").all()) {
    const value = await field.inputValue();
    assert.ok(![account.key, account.username, account.password].includes(value), `a field of ${person.place} holds ${value}`);
  }
}

/** The saved steps, by the step list's words. */
async function saved(person) {
  const list = person.page.getByRole("navigation", { name: "Steps" });
  return (await list.getByText("Saved", { exact: false }).allTextContents()).filter((text) => /^Saved( ·|$)/.test(text.trim())).length;
}

for (const [words, script] of [["with script", true], ["without script", false]]) {
  test(`reload, back and a second tab come to the right step, ${words}`, async (t) => {
    const admin = await t.person({ script });
    const invite = await t.invite();
    await admin.goesTo("account", invite, allGranted);
    await admin.after(() => admin.page.reload());
    assert.equal(admin.place, "account");
    assert.equal(await saved(admin), 1);
    await showsNoValue(admin);

    await admin.page.goBack();
    await admin.settled();
    assert.equal(admin.place, "key");
    await admin.key.savedNote.waitFor();
    await showsNoValue(admin);
    // The empty field keeps what is saved.
    await admin.key.save();
    assert.equal(admin.place, "account");

    await admin.account.enter(allGranted.username, allGranted.password);
    assert.equal(admin.place, "domain");
    assert.equal(await saved(admin), 2);
    await admin.goTo(`/link/${invite.link}/account`);
    await admin.account.savedNote.waitFor();
    await showsNoValue(admin);

    const tab = await admin.context.newPage();
    await tab.goto(`/link/${invite.link}`);
    assert.equal(new URL(tab.url()).pathname, `/link/${invite.link}/domain`);
    // A step that is not reached yet leads to the one that is.
    await admin.goTo(`/link/${invite.link}/check`);
    assert.equal(admin.place, "domain");
    await admin.goTo(`/link/${invite.link}/done`);
    assert.equal(admin.place, "domain");
  });
}

test("a browser that was closed, and another device with the same invite, go on where it stopped", async (t) => {
  const first = await t.person();
  const invite = await t.invite();
  await first.goesTo("domain", invite, allGranted);
  const storageState = await first.context.storageState();
  await first.leave();

  const again = await t.person({ storageState });
  await again.goTo(`/link/${invite.link}`);
  assert.equal(again.place, "domain");
  assert.equal(await saved(again), 2);
  await showsNoValue(again);

  const device = await t.person({ viewport: { width: 390, height: 844 }, script: false });
  await device.goTo(invite.url);
  await device.page.getByText("have begun already").waitFor();
  await device.welcome.start();
  assert.equal(device.place, "domain");
  await showsNoValue(device);
  await device.domain.enter("service4.ultipro.com");
  await device.check.shows("linked");

  // The first browser is still in, and sees what the second did.
  await again.goTo(`/link/${invite.link}`);
  assert.equal(again.place, "done");
});

test("half of step 2 is kept while the other half is mended", async (t) => {
  const admin = await t.person();
  await admin.goesTo("account", await t.invite(), allGranted);
  await admin.account.username.fill(allGranted.username);
  await admin.account.save();
  await admin.account.problem("password_missing").waitFor();
  assert.equal(await admin.account.problem("username_missing").count(), 0);
  await admin.account.password.fill(allGranted.password);
  await admin.account.save();
  await admin.domain.enter("service4.ultipro.com");
  await admin.check.shows("linked");
});

test("a browser without the invite opens no page of the flow", async (t) => {
  const admin = await t.person();
  const invite = await t.invite();
  await admin.goesTo("domain", invite, allGranted);
  const stranger = await t.person();
  for (const place of ["", "/key", "/account", "/domain", "/check", "/done"]) {
    await stranger.goTo(`/link/${invite.link}${place}`, 404);
    await stranger.welcome.heading("Please open your invite again").waitFor();
  }
});

test("a server that is killed during a check leaves the link to be checked again", async (t) => {
  const world = await t.world(t.simulated);
  const invite = await world.invite();
  const admin = await t.person({ at: world });
  await admin.goesTo("domain", invite, ACCOUNTS.slow);
  // The form's answer never comes.
  const going = admin.domain.enter("service4.ultipro.com").catch(() => {});
  await world.untilLink(invite.link, "is being checked", ({ status }) => status === "checking", { every: 20 });
  await world.stop("SIGKILL");
  await going;
  await world.serve();
  admin.watched.problems.length = 0;

  await admin.goTo(`/link/${invite.link}`);
  assert.equal(admin.place, "check");
  await admin.check.heading("Everything is entered").waitFor();
  await admin.check.press(admin.check.button("Check now"));
  await admin.check.shows("linked", 20_000);
});
