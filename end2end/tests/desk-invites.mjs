// Inviting at the desk: one by a form, many by a table, and what the administrator sees of it.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { axeVisitor } from "../lib/accessible.mjs";
import { Keyboard } from "../lib/keyboard.mjs";
import { test } from "../lib/suite.mjs";
import { COMPANY, STAFF } from "../lib/world.mjs";

const NEW = "/desk/invites/new";
const BULK = "/desk/invites/bulk";
const PRESETS = "/desk/settings/presets";

let customers = 0;
/** A customer nobody else invites. */
function customer(name = "Fabrikam") {
  customers += 1;
  return `${name} ${process.pid} ${customers}`;
}

async function staff(t, options) {
  const person = await t.person(options);
  await person.goTo("/sign-in");
  await person.signIn.enter(STAFF);
  return person;
}

const field = (person, name) => person.page.getByLabel(name);
const press = (person, name) => person.after(() => person.page.getByRole("button", { name, exact: true }).click());

/** The invite's address on the page that shows it. */
function told(person) {
  return person.page.getByRole("textbox", { name: "Invite link" }).inputValue();
}

for (const script of [true, false]) {
  const how = script ? "with script" : "without script";

  test(`an invite made at the desk is opened by the administrator, who reads the note: ${how}`, async (t) => {
    const support = await staff(t, { script });
    const name = customer();
    await support.after(() => support.page.getByRole("link", { name: "New invite" }).click());
    await field(support, "Customer").fill(name);
    await field(support, "Contact e-mail").fill(`${how.replace(" ", ".")}@fabrikam.example`);
    await field(support, "Reference").fill("T-4711");
    await field(support, "A note to them").fill("Hello Maria,\nwe spoke on <Monday>.");
    await press(support, "Only people");
    assert.equal(await field(support, "Customer").inputValue(), name, "what was typed is kept");
    assert.ok(await field(support, "Personnel Integration").isChecked());
    await field(support, "Payroll Integration").check();
    await press(support, "Make the invite");
    await support.page.getByRole("heading", { name: `The invite for ${name} is ready` }).waitFor();
    const url = await told(support);
    assert.ok((await support.page.locator("#message").textContent()).includes(url));
    assert.equal(await support.page.getByRole("button", { name: "Copy the link" }).isVisible(), script);

    const admin = await t.person({ script });
    await admin.goTo(url);
    await admin.page.getByText(`A note from ${COMPANY}`).waitFor();
    assert.ok((await admin.page.locator(".welcome__note").textContent()).includes("Hello Maria,\nwe spoke on <Monday>."));
    await admin.page.getByText("Payroll Integration").waitFor();
    await admin.welcome.start();
    assert.equal(admin.place, "key");

    await support.after(() => support.page.getByRole("link", { name: "Open the link’s page" }).click());
    assert.ok(!(await support.page.content()).includes(url.split("/i/")[1]), "the token is told once");
  });

  test(`a table's bad lines are told before anything is made, and only the good ones are: ${how}`, async (t) => {
    const support = await staff(t, { script });
    const [good, other] = [customer("Good"), customer("Other")];
    await support.goTo(BULK);
    const table = `Customer;E-mail;Expires in\n${good};${how.replace(" ", ".")}@good.example;30\n"<img src=x onerror=alert(1)>";nonsense;100\n${other};;\n${good};;\n`;
    await field(support, "Table").fill(table);
    await press(support, "Look at each line first");
    const states = await support.page.locator("[data-line-state]").evaluateAll((lines) => lines.map((line) => line.dataset.lineState));
    assert.deepEqual(states, ["ready", "mend", "ready", "duplicate"]);
    await support.page.getByText("This is not an e-mail address.").first().waitFor();
    assert.ok(!(await t.main.links()).some((link) => [good, other].includes(link.customer)), "nothing is made yet");

    await press(support, "Make 2 invites");
    await support.page.getByRole("heading", { name: "2 invites are ready" }).waitFor();
    const urls = await support.page.locator("tr[data-link-id] .mono").allTextContents();
    assert.equal(urls.length, 2);
    const admin = await t.person({ script });
    await admin.goTo(urls[0]);
    await admin.welcome.start();
    assert.equal(admin.place, "key");
  });
}

test("what is wrong with an invite is said at its field, and the keyboard is enough to mend it", async (t) => {
  const support = await staff(t);
  const keys = new Keyboard(support);
  const name = customer();
  await support.goTo(NEW);
  // The first field has the focus; Enter is the form's button, not a preset's.
  support.watched.expect(422, NEW);
  await keys.go("Enter");
  await support.page.getByText("Enter the customer’s name.").waitFor();
  assert.equal(await field(support, "Customer").getAttribute("aria-invalid"), "true");
  await keys.type(name);
  await keys.tabTo(field(support, "Good for, in days"));
  await keys.press("Control+A");
  await keys.type("7");
  await keys.go("Enter");
  await support.page.getByRole("heading", { name: `The invite for ${name} is ready` }).waitFor();
});

test("a customer with an unfinished link is asked about, with a way there and a way on", async (t) => {
  const support = await staff(t);
  const { customer: name, link } = await t.invite({ customer: customer("Twin") });
  await support.goTo(NEW);
  await field(support, "Customer").fill(name.toUpperCase());
  support.watched.expect(409, NEW);
  await press(support, "Make the invite");
  const there = support.page.getByRole("link", { name, exact: true });
  assert.equal(await there.getAttribute("href"), `/desk/links/${link}`);
  await press(support, "Make another link");
  assert.ok((await told(support)).includes("/i/"));
});

test("a file is read, and its invites are handed over as a file without formulas", async (t) => {
  const support = await staff(t);
  const name = customer("File");
  const file = join(t.folder, `${name}.csv`);
  writeFileSync(file, `\ufeffcustomer\treference\r\n${name}\t=1+1\r\n`);
  await support.goTo(BULK);
  await support.page.getByLabel("Or a CSV file").setInputFiles(file);
  await press(support, "Look at each line first");
  const [download] = await Promise.all([
    support.page.waitForEvent("download"),
    support.page.getByRole("button", { name: "Make them and download a CSV" }).click(),
  ]);
  assert.equal(download.suggestedFilename(), "invites.csv");
  const text = readFileSync(await download.path(), "utf8");
  assert.ok(text.startsWith("\ufeffcustomer,email,reference,link,invite_url,good_until\r\n"), text);
  assert.ok(text.includes(`"${name}","","'=1+1","lnk_`), text);
  const [url] = text.match(/http[^"]+\/i\/[\w-]+/);
  const admin = await t.person();
  await admin.goTo(url);
  await admin.welcome.start();
});

test("an owner makes a preset, and an invite starts from it", async (t) => {
  const owner = await staff(t);
  const name = customer("Pay & time");
  await owner.goTo(PRESETS);
  const add = owner.page.getByRole("region", { name: "Add a preset" });
  await add.getByRole("textbox", { name: "Name" }).fill(name);
  await add.getByLabel("PTO Plan Integration").check();
  await press(owner, "Add the preset");
  await owner.page.getByText("Saved.").waitFor();
  await owner.goTo(NEW);
  await press(owner, name);
  assert.ok(await field(owner, "PTO Plan Integration").isChecked());
  assert.equal(await owner.page.getByRole("button", { name, exact: true }).getAttribute("aria-pressed"), "true");
  await owner.goTo(PRESETS);
  await owner.page.locator("summary", { hasText: name }).click();
  await owner.after(() => owner.page.locator("details[open]").getByRole("button", { name: "Remove" }).click());
  assert.equal(await owner.page.getByText(name).count(), 0);
});

test("the pages of inviting are accessible and lose nothing on a narrow screen", async (t) => {
  for (const width of [1440, 320]) {
    const support = await staff(t, { reducedMotion: "reduce", viewport: { width, height: 800 } });
    const axe = axeVisitor();
    const look = async (what) => {
      await axe(`desk: ${what}, ${width} px`, support);
      assert.deepEqual(axe.problems, []);
      const over = await support.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(over <= 0, `${what} is ${over} px too wide`);
    };
    await support.goTo(NEW);
    await look("the form");
    support.watched.expect(422, NEW);
    await press(support, "Make the invite");
    await look("the form refused");
    await field(support, "Customer").fill(customer());
    await press(support, "Make the invite");
    await look("the invite");
    await support.goTo(BULK);
    await look("the table");
    await field(support, "Table").fill(`customer,email\n${customer()},x\n${customer()},\n`);
    await press(support, "Look at each line first");
    await look("the preview");
    await press(support, "Make 1 invite");
    await look("the invites of a table");
    await support.goTo(PRESETS);
    await look("the presets");
  }
});
