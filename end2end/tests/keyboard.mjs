// Everything by Tab, Enter, Space and Esc (bar B8).
import assert from "node:assert/strict";
import { Keyboard, isFocused } from "../lib/keyboard.mjs";
import { ACCOUNTS } from "../lib/simulated.mjs";
import { test } from "../lib/suite.mjs";
import { STAFF } from "../lib/world.mjs";

test("the whole flow goes by keyboard alone", async (t) => {
  const admin = await t.person();
  const keys = new Keyboard(admin);
  const { welcome, key, account, domain, check } = admin;
  const skip = admin.page.getByRole("link", { name: "Skip to the content" });
  const { key: value, username, password } = ACCOUNTS.allGranted;

  await admin.goTo((await t.invite()).url);
  await keys.tabTo(skip, 1);
  await keys.press("Enter");
  await keys.tabTo(welcome.startButton, 1);
  await keys.go("Enter");

  await keys.tabTo(key.jump);
  await keys.press("Enter");
  await keys.tabTo(key.field, 1);
  await keys.type(value);
  await keys.go("Enter");
  assert.equal(admin.place, "account");

  await keys.tabTo(account.username);
  await keys.type(username);
  await keys.tabTo(account.password, 1);
  await keys.type(password);
  await keys.go("Enter");
  assert.equal(admin.place, "domain");

  await keys.tabTo(domain.field);
  await keys.type("service4.ultipro.com");
  await keys.tabTo(domain.button("Save and check"), 1);
  await keys.go("Space");
  await check.shows("linked");

  await keys.tabTo(check.link("Finish"));
  await keys.go("Enter");
  assert.equal(admin.place, "done");
});

test("a doubt is answered by keyboard alone", async (t) => {
  const admin = await t.person();
  const keys = new Keyboard(admin);
  await admin.goesTo("key", await t.invite());
  await admin.key.enter(ACCOUNTS.unusualKey.key);
  // The field that is asked about has the focus already.
  assert.ok(await isFocused(admin.key.field), "the field has not the focus");
  await keys.tabTo(admin.key.button("Use it anyway"), 3);
  await keys.go("Enter");
  assert.equal(admin.place, "account");
});

test("pictures enlarge and close by keyboard, and the focus comes back", async (t) => {
  const admin = await t.person();
  const keys = new Keyboard(admin);
  await admin.goesTo("key", await t.invite());
  const { key } = admin;
  const enlarge = key.enlarge("the Customer API Key");
  const close = key.button("Close");
  await keys.tabTo(enlarge);
  for (const [open, shut] of [["Enter", "Escape"], ["Space", "Enter"], ["Enter", "Space"]]) {
    await keys.press(open);
    await key.enlarged.waitFor();
    assert.ok(await isFocused(close), `${open}: the button Close has not the focus`);
    await keys.press(shut);
    await key.enlarged.waitFor({ state: "hidden" });
    assert.ok(await isFocused(enlarge), `${shut}: the focus did not come back`);
  }
});

test("what is folded away unfolds by keyboard", async (t) => {
  const admin = await t.person();
  const keys = new Keyboard(admin);
  await admin.goesTo("key", await t.invite());
  const more = admin.page.getByText("Another way, through the menu");
  const inside = admin.key.enlarge("the menu");
  await keys.tabTo(more);
  await keys.press("Enter");
  await inside.waitFor();
  await keys.tabTo(inside, 1);
  await more.focus();
  await keys.press("Space");
  await inside.waitFor({ state: "hidden" });
});

test("the desk goes by keyboard alone", async (t) => {
  const { link, customer } = await t.invite();
  const support = await t.person();
  const keys = new Keyboard(support);
  const { signIn, desk } = support;
  await support.goTo("/sign-in");
  await keys.tabTo(signIn.email);
  await keys.type(STAFF.email);
  await keys.tabTo(signIn.password, 1);
  await keys.type(STAFF.password);
  await keys.go("Enter");
  assert.equal(support.place, "desk");
  await keys.tabTo(desk.row(link).getByRole("link"), 250);
  await keys.go("Enter");
  await desk.heading(customer).waitFor();
  await keys.tabTo(desk.link("All links"));
  await keys.go("Enter");
  await keys.tabTo(desk.button("Sign out"));
  await keys.go("Space");
  assert.equal(support.place, "sign-in");
});
