// The receipt: what was proven, what is kept, on paper too; and the end of a link.
import assert from "node:assert/strict";
import { test } from "../lib/suite.mjs";
import { COMPANY, STAFF } from "../lib/world.mjs";

const CONTACT = "hr-admin@contoso.example";

async function linked(t, script, account) {
  const invite = await t.other.invite({ email: CONTACT });
  const admin = await t.person({ at: t.other, script });
  await admin.hurriesTo("done", invite, account, t.otherUkg.host);
  return { invite, admin };
}

test("the receipt says who, when, what was proven and what is kept, and holds no value", async (t) => {
  const account = t.otherUkg.account();
  const { invite, admin } = await linked(t, true, account);
  const { receipt } = admin;
  await receipt.heading("UKG Pro is linked").waitFor();
  await receipt.main.getByText(`${invite.customer}, linked with ${COMPANY}`).waitFor();
  await receipt.fact("Who").getByText(CONTACT).waitFor();
  await receipt.fact("UKG Pro system").getByText(t.otherUkg.host).waitFor();
  const proven = await receipt.fact("Reading proven").getByRole("listitem").allTextContents();
  assert.deepEqual(proven.map((text) => text.trim()), ["Employee Person Details", "PTO Plan Integration", "Company Configuration Integration", "Employee Job History Details"]);
  await receipt.fact("Asked for, cannot be tested").getByText("Employee Pay Statement").waitFor();
  const kept = await receipt.fact("What we keep").getByRole("listitem").allTextContents();
  assert.equal(kept.length, 3);
  for (const text of kept) assert.match(text, /••••• sealed, never shown$/);
  await receipt.fact("Receipt number").getByText(invite.link).waitFor();
  for (const name of ["Linked", "Last check"]) assert.match(await receipt.fact(new RegExp(`^${name}$`)).innerText(), /20\d\d/);
  const html = await admin.page.content();
  for (const value of [account.key, account.username, account.password]) assert.ok(!html.includes(value), `${value} is in the receipt`);
});

test("on paper the receipt stands alone, without buttons, and nothing is cut off", async (t) => {
  const { admin } = await linked(t, true, t.otherUkg.account());
  const { page, receipt } = admin;
  const onPaper = async () => page.evaluate(() => {
    const shown = (element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility !== "hidden";
    const controls = [...document.querySelectorAll("button, form, .screen, a.button")].filter(shown).map((element) => element.textContent.trim());
    const receipt = document.querySelector("[data-link-status]").getBoundingClientRect();
    return { controls, width: receipt.width, wide: document.scrollingElement.scrollWidth, screen: document.scrollingElement.clientWidth };
  });
  assert.notDeepEqual((await onPaper()).controls, [], "nothing is on the screen that is to be left out");
  // A sheet of A4, and Letter in dark colours.
  for (const [size, colorScheme] of [[{ width: 794, height: 1123 }, "light"], [{ width: 816, height: 1056 }, "dark"]]) {
    await page.setViewportSize(size);
    await page.emulateMedia({ media: "print", colorScheme });
    const { controls, width, wide, screen } = await onPaper();
    assert.deepEqual(controls, []);
    assert.ok(width > 300 && wide <= screen, `the receipt is ${width} wide on a page of ${screen}`);
    for (const name of ["Who", "UKG Pro system", "Reading proven", "What we keep", "Receipt number"]) assert.ok(await receipt.fact(name).isVisible(), `${name} is not on paper`);
    // Ink on white, whatever the screen's colours are.
    const [text, paper] = await receipt.fact("Receipt number").evaluate((element) => [getComputedStyle(element).color, getComputedStyle(document.body).backgroundColor]);
    assert.ok(light(paper) > 0.9 && light(text) < 0.4, `${text} on ${paper}`);
  }
  const pdf = await page.pdf({ format: "A4" });
  assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
  const sheets = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g).length;
  assert.ok(sheets <= 2, `it takes ${sheets} sheets`);
});

/** How light a colour is, 0 to 1; what is see-through is paper. */
function light(colour) {
  const [r, g, b, alpha = 1] = colour.match(/[\d.]+/g).map(Number);
  return alpha === 0 ? 1 : (r + g + b) / (3 * 255);
}

for (const [words, script] of [["with script", true], ["without script", false]]) {
  test(`the end of a link is asked about, destroys what was entered, and shows as ended ever after, ${words}`, async (t) => {
    const account = t.otherUkg.account();
    const { invite, admin } = await linked(t, script, account);
    const { receipt } = admin;
    await receipt.press(receipt.end);
    await receipt.heading("End this link?").waitFor();
    await receipt.main.getByText("cannot be brought back", { exact: false }).waitFor();
    await receipt.press(receipt.link("Keep the link"));
    assert.equal(await receipt.status(), "linked");
    // Anything but a clear yes ends nothing.
    for (const form of [{}, { confirm: "" }, { confirm: "no" }]) assert.match(await admin.sends(`/link/${invite.link}/disconnect`, form), /\/disconnect$/);
    assert.equal((await t.other.link(invite.link)).status, "linked");

    await receipt.press(receipt.end);
    await receipt.press(receipt.confirmEnd);
    assert.equal(admin.place, "done");
    await receipt.heading("The link was ended").waitFor();
    assert.equal(await receipt.status(), "disconnected");
    assert.equal(await receipt.button("Check again").count(), 0);
    assert.equal(await receipt.fact("What we keep").count(), 0);
    await receipt.main.getByText("suspend or delete the service account", { exact: false }).waitFor();
    const { status, who_acts: who } = await t.other.link(invite.link);
    assert.deepEqual([status, who], ["disconnected", "nobody"]);
    // Nothing is asked of UKG Pro any more, and what was entered is not there to be used.
    const before = t.otherUkg.of(account).length;
    await admin.sends(`/link/${invite.link}/check`);
    await admin.goTo(`/link/${invite.link}/check`);
    assert.equal(admin.place, "done");
    assert.equal(t.otherUkg.of(account).length, before);
    const support = await t.person({ at: t.other, script });
    await support.goTo("/sign-in");
    await support.signIn.enter(STAFF);
    assert.equal(await support.desk.row(invite.link).getAttribute("data-link-status"), "disconnected");
    await support.desk.open(invite.link);
    await support.page.getByText(/ended|disconnected/i).first().waitFor();
  });
}

test("an ended link can be made anew with the invite, from its first step", async (t) => {
  const account = t.otherUkg.account();
  const { invite, admin } = await linked(t, true, account);
  await admin.sends(`/link/${invite.link}/disconnect`, { confirm: "yes" });
  await admin.goTo(`/link/${invite.link}/key`);
  await admin.key.enter(account.key);
  assert.equal(admin.place, "account");
  await admin.account.enter(account.username, account.password);
  if (admin.place === "domain") await admin.domain.enter(t.otherUkg.host);
  await admin.check.shows("linked");
});
