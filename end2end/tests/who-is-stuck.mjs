// A story of the desk: forty customers and a telephone. Who is stuck, and why, is seen at a glance, found by a search, and
// arrives by itself.
import assert from "node:assert/strict";
import { Keyboard } from "../lib/keyboard.mjs";
import { ACCOUNTS } from "../lib/simulated.mjs";
import { test } from "../lib/suite.mjs";
import { STAFF } from "../lib/world.mjs";

const USER_API_KEY = "QX7MCD0000K0";

/** Somebody at the desk of this world. */
async function atDesk(t, world, options) {
  const support = await t.person({ at: world, ...options });
  await support.goTo("/sign-in");
  await support.signIn.enter(STAFF);
  return support;
}

/** One customer who is stuck at step 1, one on the way, one who has not begun. */
async function customers(t, world) {
  const made = {};
  for (const customer of ["Fabrikam Foods", "Contoso Health", "Adventure Works"]) made[customer] = await world.invite({ customer, email: `hr@${customer.split(" ")[0].toLowerCase()}.example` });
  const stuck = await t.person({ at: world });
  await stuck.goesTo("key", made["Fabrikam Foods"]);
  for (let n = 0; n < 3; n += 1) await stuck.key.enter(USER_API_KEY);
  const busy = await t.person({ at: world });
  await busy.hurriesTo("account", made["Contoso Health"], ACCOUNTS.allGranted);
  return made;
}

for (const script of [true, false]) {
  test(`support sees who is stuck, and why, ${script ? "with" : "without"} script`, async (t) => {
    const world = await t.world(t.simulated);
    const made = await customers(t, world);
    const { link } = made["Fabrikam Foods"];
    const support = await atDesk(t, world, { script });
    const { desk, page } = support;
    await desk.summary.getByText("1 link needs someone to act.").waitFor();

    await desk.press(desk.link("Show them"));
    assert.deepEqual(await desk.shown(), [link]);
    assert.equal(await desk.chip("Needs action").getAttribute("aria-current"), "page");
    await desk.row(link).getByText("Stuck at step 1: 3 times in a row").waitFor();
    await desk.row(link).getByText("Pasted the User API Key", { exact: false }).waitFor();
    await desk.row(link).getByText("12 characters, letters, digits", { exact: true }).waitFor();
    assert.equal(await desk.row(link).locator("[data-code]").getAttribute("data-code"), "key_is_user_api_key");
    assert.ok(!(await page.content()).includes(USER_API_KEY), "what was pasted is on the page");

    await desk.press(desk.chip("All"));
    assert.equal((await desk.shown()).length, 3);
    await desk.search("FABRIKAM.exa");
    assert.deepEqual(await desk.shown(), [link]);
    await desk.search("nobody at all");
    await desk.heading("Nothing found").waitFor();
    await desk.press(desk.link("Clear the search").last());
    assert.equal((await desk.shown()).length, 3);

    await desk.saveView("Stuck <now>", "Needs action");
    await support.goTo("/desk");
    await desk.press(desk.link("Stuck <now>"));
    assert.deepEqual(await desk.shown(), [link]);
    await desk.press(desk.button("Delete the view Stuck <now>"));
    assert.equal(await desk.link("Stuck <now>").count(), 0);
    await desk.open(link);
    await desk.heading("Fabrikam Foods").waitFor();
    await desk.press(desk.button("Assign to me"));
    await desk.press(desk.link("All links"));
    assert.match(await desk.row(link).getByTitle(STAFF.email).textContent(), /^Looked after by\s+You$/);
  }, { limit: 90 });
}

test("a list that is open changes by itself, and nobody loses their place", async (t) => {
  const world = await t.world(t.simulated);
  const made = await customers(t, world);
  const support = await atDesk(t, world);
  const { desk, page } = support;
  await page.locator('main[data-stream="on"]').waitFor();
  const { link } = made["Contoso Health"];
  await desk.row(link).getByRole("link").focus();
  await desk.searchField.evaluate((field) => (field.value = "half a wo"));

  const late = await world.invite({ customer: "Wingtip Toys" });

  await desk.row(late.link).waitFor();
  assert.equal(await desk.row(link).getByRole("link").evaluate((element) => element === document.activeElement), true);
  assert.equal(await desk.searchField.inputValue(), "half a wo");
});

test("back from a link, the list is as it was left", async (t) => {
  const world = await t.world(t.simulated);
  const made = await customers(t, world);
  const support = await atDesk(t, world);
  const { desk, page } = support;
  const { link } = made["Fabrikam Foods"];
  await desk.press(desk.chip("Needs action"));
  await desk.open(link);
  await desk.press(desk.button("Assign to me"));
  await desk.press(desk.link("All links"));
  assert.equal(new URL(page.url()).search, "?stage=action");
  assert.deepEqual(await desk.shown(), [link]);
});

test("the list goes by keys", async (t) => {
  const world = await t.world(t.simulated);
  await customers(t, world);
  const support = await atDesk(t, world);
  const { desk, page } = support;
  const keys = new Keyboard(support);
  const links = await desk.shown();
  const focused = () => page.evaluate(() => document.activeElement.closest("[data-link-id]")?.dataset.linkId);

  await page.keyboard.press("j");
  assert.equal(await focused(), links[0]);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  assert.equal(await focused(), links[2], "the last row is the last");
  await page.keyboard.press("k");
  assert.equal(await focused(), links[1]);

  await page.keyboard.press("?");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "hidden" });

  await page.keyboard.press("/");
  await page.keyboard.type("j/k?");
  assert.equal(await desk.searchField.inputValue(), "j/k?", "while typing, keys are letters");
  await page.keyboard.press("Escape");
  await page.keyboard.press("k");
  assert.equal(await focused(), links[2]);
  await keys.go("Enter");
  assert.match(page.url(), new RegExp(`/desk/links/${links[2]}$`));
});

test("a list is taken away as a file that is no program", async (t) => {
  const world = await t.world(t.simulated);
  await world.invite({ customer: "=HYPERLINK(\"https://evil.example\")" });
  const support = await atDesk(t, world);
  const [download] = await Promise.all([support.page.waitForEvent("download"), support.desk.link("Export CSV").click()]);
  assert.match(download.suggestedFilename(), /^links-\d{4}-\d\d-\d\d\.csv$/);
  const response = await support.context.request.get("/desk/export.csv");
  assert.match(await response.text(), /,"'=HYPERLINK\(""https:\/\/evil\.example""\)",/);
});
