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

test("a step is handed over, saved by the colleague and taken back by keyboard alone", async (t) => {
  const admin = await t.person({ permissions: ["clipboard-read", "clipboard-write"] });
  const keys = new Keyboard(admin);
  const invite = await t.invite();
  await admin.hurriesTo("key", invite);
  await keys.tabTo(admin.key.link("Hand over this step"));
  await keys.go("Enter");
  await keys.tabTo(admin.handOver.make);
  await keys.go("Enter");
  await keys.tabTo(admin.handOver.address);
  await keys.tabTo(admin.handOver.button("Copy the link"), 1);
  await keys.press("Space");
  await admin.forward.copied.waitFor();
  const address = await admin.page.evaluate(() => navigator.clipboard.readText());

  const colleague = await t.person();
  const hers = new Keyboard(colleague);
  await colleague.goTo(address);
  await hers.tabTo(colleague.welcome.startButton);
  await hers.go("Enter");
  await hers.tabTo(colleague.key.field);
  await hers.type(ACCOUNTS.allGranted.key);
  await hers.tabTo(colleague.page.getByRole("button", { name: /^Save/ }), 1);
  await hers.go("Enter");
  await colleague.handOver.thanks.waitFor();

  await admin.goTo(`/link/${invite.link}/account`);
  await keys.tabTo(admin.account.link("Hand over this step"));
  await keys.go("Enter");
  await keys.tabTo(admin.handOver.make);
  await keys.go("Space");
  await keys.tabTo(admin.handOver.link("Back to the step"));
  await keys.go("Enter");
  await keys.tabTo(admin.handOver.button("Take it back"));
  await keys.go("Enter");
  await keys.tabTo(admin.account.username);
});

test("a page is pasted, and the message for a colleague copied, by keyboard alone", async (t) => {
  const admin = await t.person({ permissions: ["clipboard-read", "clipboard-write"] });
  const keys = new Keyboard(admin);
  const { url } = await t.invite();
  await admin.goTo(url);
  await keys.tabTo(admin.welcome.link("I am not an administrator"));
  await keys.go("Enter");
  await keys.tabTo(admin.forward.copy);
  await keys.press("Enter");
  await admin.forward.copied.waitFor();
  await admin.page.goBack();
  await keys.tabTo(admin.welcome.startButton);
  await keys.go("Enter");
  await keys.tabTo(admin.page.getByText("Easier: paste the whole page"));
  await keys.press("Enter");
  await keys.tabTo(admin.key.pasteBox, 1);
  await admin.page.keyboard.insertText(`Service Account Administration\nCustomer API Key  ${ACCOUNTS.allGranted.key}\nActions`);
  await keys.tabTo(admin.key.button("Read the page"), 1);
  await keys.go("Enter");
  await keys.tabTo(admin.key.link("Go on to step 2"));
  await keys.go("Enter");
  assert.equal(admin.place, "account");
});

test("a row is asked for again, and the link is ended, by keyboard alone", async (t) => {
  const account = t.otherUkg.account({ granted: ["employee_person_details", "company_configuration_integration", "employee_job_history_details"] });
  const admin = await t.person({ at: t.other });
  const keys = new Keyboard(admin);
  const { check, receipt } = admin;
  await admin.hurriesTo("check", await t.other.invite(), account, t.otherUkg.host);
  await check.shows("linked_with_gaps");
  account.granted = ["employee_person_details", "pto_plan_integration", "company_configuration_integration", "employee_job_history_details"];
  await keys.tabTo(check.rowButton("pto_plan_integration"));
  await keys.go("Enter");
  await check.shows("linked");
  await keys.tabTo(check.link("Finish"));
  await keys.go("Enter");
  await keys.tabTo(receipt.end);
  await keys.go("Enter");
  await keys.tabTo(receipt.link("Keep the link"));
  await keys.tabTo(receipt.confirmEnd, 1);
  await keys.go("Enter");
  assert.equal(await receipt.status(), "disconnected");
});

test("new values are undone, and another account is answered, by keyboard alone", async (t) => {
  const account = t.otherUkg.account();
  const admin = await t.person({ at: t.other });
  const keys = new Keyboard(admin);
  const { account: step, check, domain, receipt } = admin;
  const invite = await t.other.invite();
  await admin.hurriesTo("done", invite, account, t.otherUkg.host);
  const { password } = account;
  account.password = "nEw+generated;Pass(9)word%";
  await keys.tabTo(receipt.link("Update the password"));
  await keys.go("Enter");
  await keys.tabTo(step.password);
  await keys.type(account.password);
  await keys.tabTo(step.button("Save and check"));
  await keys.go("Enter");
  await keys.tabTo(check.button("Undo"));
  account.password = password;
  await keys.go("Enter");
  await check.shows("linked");
  await admin.goTo(`/link/${invite.link}/domain`);
  await keys.tabTo(domain.field);
  await keys.press("Control+A");
  await keys.type("service3.ultipro.ca");
  await keys.tabTo(domain.button("Save and check"), 1);
  await keys.go("Enter");
  await check.heading("Is this another UKG Pro account?").waitFor();
  await keys.tabTo(check.button("Keep the one in use"));
  await keys.tabTo(check.button("Use the new account"), 1);
  await keys.go("Enter");
  assert.equal(await receipt.status(), "linked");
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

test("a link is helped by keyboard alone, and after each act the focus is at what is said of it", async (t) => {
  const { link } = await t.invite();
  const support = await t.person();
  const keys = new Keyboard(support);
  const { page } = support;
  await support.goTo("/sign-in");
  await support.signIn.enter(STAFF);
  await support.goTo(`/desk/links/${link}`);
  const button = (name) => page.getByRole("button", { name, exact: true });
  const said = async (name) => {
    const note = page.locator(`[data-said="${name}"]`);
    assert.ok(await isFocused(note), `${name}: what is said has not the focus`);
    await keys.seesFocus(note);
  };
  await keys.tabTo(button("Assign to me"));
  await keys.go("Enter");
  await said("assigned");
  await keys.tabTo(page.getByLabel("New note", { exact: true }));
  await keys.type("Called, calls back.");
  await keys.tabTo(button("Add note"), 1);
  await keys.go("Space");
  await said("noted");
  await keys.tabTo(page.getByRole("link", { name: "Write a reply" }));
  await keys.go("Enter");
  await keys.tabTo(page.getByLabel("Message", { exact: true }));
  await keys.tabTo(button("Fill in a fresh link, to copy"), 3);
  await keys.go("Enter");
  assert.match(await page.getByLabel("Message", { exact: true }).inputValue(), /\/i\/[\w-]{43}/);
});

test("everything at the desk that takes the focus shows it, and is on the screen", async (t) => {
  const { link } = await t.invite();
  const owner = await t.person();
  const keys = new Keyboard(owner);
  await owner.goTo("/sign-in");
  await owner.signIn.enter(STAFF);
  const pages = ["", "/invites/new", "/invites/bulk", `/links/${link}`, `/links/${link}/reply`, `/links/${link}/end`, "/preview", "/account", "/account/mail", "/account/password", "/settings/staff", "/settings/staff/new", "/settings/presets", "/insights", "/ukg", "/audit"];
  let stops = 0;
  for (const place of pages) {
    await owner.goTo(`/desk${place}`);
    await owner.page.evaluate(() => (document.activeElement?.blur(), window.scrollTo(0, 0)));
    const reached = new Set();
    for (let n = 0; n < 60; n += 1) {
      await keys.press("Tab");
      const focused = owner.page.locator(":focus");
      // Behind the last one the browser itself has the focus.
      if ((await focused.count()) === 0) break;
      const name = await focused.evaluate((element) => `${element.localName} ${element.id || element.getAttribute("href") || element.textContent.trim()}`);
      if (reached.has(name) && name.startsWith("a #main")) break;
      reached.add(name);
      await keys.seesFocus(focused);
      stops += 1;
    }
    assert.ok(reached.size > 5, `/desk${place}: only ${reached.size} things take the focus`);
  }
  t.figure(`${pages.length} pages, ${stops} stops`);
}, { long: true, limit: 180 });
