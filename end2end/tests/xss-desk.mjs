// Nothing that is entered or asked for at the desk ever becomes a script (bar B3): 150 payloads through every field that is
// kept or shown again there, in a browser without a content security policy. That a payload reached the page is made sure of.
import assert from "node:assert/strict";
import { PAYLOADS } from "../lib/payloads.mjs";
import { test } from "../lib/suite.mjs";
import { STAFF } from "../lib/world.mjs";
import { Looks, email, headerValue, mark, plain, unprotected } from "../lib/xss.mjs";

/** An owner at the desk, and what they look at. */
async function atDesk(t, world) {
  const owner = await unprotected(t, { at: world });
  await owner.sends("/sign-in", STAFF);
  await owner.goTo("/desk");
  return { owner, looks: new Looks(owner) };
}

/** Sends a form as the browser does, with these fields, and looks at the answer. */
async function posts(owner, looks, what, address, fields, status) {
  if (status) owner.watched.expect(status, address);
  await owner.after(() => owner.page.evaluate(([action, entries]) => {
    const form = Object.assign(document.createElement("form"), { method: "post", action });
    form.append(...entries.map(([name, value]) => Object.assign(document.createElement("textarea"), { name, value })));
    document.body.append(form);
    form.submit();
  }, [address, Object.entries(fields)]));
  await looks.seen(what);
}

/** The payloads that do not stand in these texts, whole; white space and control characters aside, which fields leave out. */
function missing(texts, payloads = PAYLOADS.map(plain)) {
  const squeezed = (text) => text.replace(/[\s\p{Cc}]+/gu, "");
  const all = texts.map(squeezed).join("\n");
  return payloads.filter((payload) => !all.includes(squeezed(payload)));
}

const texts = (page, selector) => page.locator(selector).evaluateAll((all) => all.map((one) => one.value ?? one.textContent));

/** A file's cells (RFC 4180). */
function cells(csv) {
  return [...csv.replace(/^\ufeff/, "").matchAll(/("(?:[^"]|"")*"|[^,\r\n"]*)(?:,|\r\n|$)/g)].map(([, cell]) => cell.replace(/^"|"$/g, "").replace(/""/g, '"'));
}

/** No cell is a formula; `least` of them would be one. */
function noFormula(csv, least) {
  const all = cells(csv);
  assert.deepEqual(all.filter((cell) => /^[=+\-@\t\r]/.test(cell)), []);
  const disarmed = all.filter((cell) => /^'[=+\-@\t\r]/.test(cell)).length;
  assert.ok(disarmed >= least, `only ${disarmed} cells would be formulas`);
}

const SIGNS = ["=", "+", "-", "@"];
/** A field's payload that a spreadsheet might compute besides. */
const asFormula = (payload, n) => `${SIGNS[n % SIGNS.length]}${plain(payload)}`;

test("payloads in customers, references and notes to them become no script: in the list, as it changes, and in its file", async (t) => {
  const world = await t.world();
  const { owner, looks } = await atDesk(t, world);
  const { page } = owner;
  const made = PAYLOADS.map((payload, n) => [`"${plain(payload).replace(/"/g, '""')}"`, email(payload, n), `"${asFormula(payload, n).slice(0, 60).replace(/"/g, '""')}"`, `"${plain(payload).replace(/"/g, '""')}"`].join(","));
  const table = ["customer,email,reference,note", ...made].join("\r\n");
  await posts(owner, looks, "the table's lines", "/desk/invites/bulk", { table, do: "preview" });
  // A cell is shown up to its 80th sign.
  assert.deepEqual(missing(await texts(page, "[data-line-state]"), PAYLOADS.map((payload) => plain(payload).slice(0, 79))), [], "a customer is missing in the preview");
  await posts(owner, looks, "the invites of a table", "/desk/invites/bulk", { table, do: "make" });
  await owner.goTo("/desk");
  await page.locator('main[data-stream="on"]').waitFor();
  await owner.sends("/desk/invites/new", { customer: `"><img src=x onerror=xss(1)> late`, reference: "<svg onload=xss(1)>", days: "14", language: "en", permission: "employee_person_details", anyway: "yes" }).catch(() => {});
  await page.getByText("onerror=xss(1)> late").waitFor();
  await looks.seen("a row that arrives by itself");

  const shown = [];
  for (let address = "/desk"; address;) {
    await looks.opens("the list", address);
    shown.push(...(await texts(page, "tr[data-link-id] td:first-child")));
    const next = page.locator('[rel="next"]');
    address = (await next.count()) > 0 && (await next.getAttribute("href"));
  }
  assert.deepEqual(missing(shown), [], "a customer is missing in the list");
  assert.deepEqual(missing(shown, PAYLOADS.map((payload, n) => asFormula(payload, n).slice(0, 60))), [], "a reference is missing in the list");
  noFormula(await (await owner.context.request.get("/desk/export.csv")).text(), PAYLOADS.length);

  for (const payload of PAYLOADS) {
    const query = encodeURIComponent(payload);
    await looks.opens(`${mark(payload)} in the search`, `/desk?q=${query}`);
    assert.deepEqual(missing(await texts(page, "#q"), [plain(payload).slice(0, 120)]), [], `${mark(payload)} is not in the search field`);
    await looks.at("the list's address", `/desk?stage=${query}&status=${query}&who=${query}&sort=${query}&after=${query}&assignee=${query}`, payload);
  }
  assert.deepEqual(looks.problems, []);
  t.figure(`${looks.rendered} pages opened: 0 executions, 0 elements`);
}, { long: true, limit: 400 });

test("payloads in saved views, presets and what colleagues are called become no script, nor in the audit log that tells of them", async (t) => {
  const world = await t.world();
  const { owner, looks } = await atDesk(t, world);
  const { page } = owner;
  const short = PAYLOADS.map((payload) => plain(payload).slice(0, 40).trim());
  for (let first = 0; first < short.length; first += 15) {
    const some = [...new Set(short.slice(first, first + 15))];
    for (const name of some) await owner.sends("/desk/views", { name, query: "stage=action" });
    await looks.opens("saved views", "/desk");
    assert.deepEqual(missing(await texts(page, ".views__one"), some), [], "a view is missing");
    for (const name of some) await owner.sends("/desk/views/delete", { name, query: "" });
  }
  for (const [n, payload] of PAYLOADS.entries()) {
    // Some are kept; those that are too long, taken or one too many are shown again in the form.
    await posts(owner, looks, `${mark(payload)} as a preset`, "/desk/settings/presets", { id: "", name: payload, permission: "employee_person_details", do: "add" }, 422);
    await posts(owner, looks, `${mark(payload)} as a colleague`, "/desk/settings/staff/new", { email: payload, role: "support" }, 422);
    await owner.sends("/desk/settings/staff/new", { email: email(payload, n), role: "owner" }).catch(() => {});
  }
  await looks.opens("the presets", "/desk/settings/presets");
  assert.ok(missing(await texts(page, "summary")).length < PAYLOADS.length - 5, "hardly a preset was kept");
  await looks.opens("an invite's presets", "/desk/invites/new");
  await looks.opens("the staff", "/desk/settings/staff");
  assert.equal(await page.locator("[data-staff-invite-id]").count(), PAYLOADS.length, "a colleague's invite is missing");

  const told = [];
  for (let address = "/desk/audit"; address;) {
    await looks.opens("the audit log", address);
    told.push(...(await texts(page, "[data-audit-entry]")));
    const next = page.locator('[rel="next"]');
    address = (await next.count()) > 0 && (await next.getAttribute("href"));
  }
  assert.deepEqual(missing(told, short), [], "a saved view is missing in the audit log");
  for (const payload of PAYLOADS) {
    const query = encodeURIComponent(payload);
    await looks.opens(`${mark(payload)} in the audit log's search`, `/desk/audit?q=${query}&who=${query}&what=${query}&from=${query}&to=${query}`);
    assert.deepEqual(missing(await texts(page, "#q"), [plain(payload)]), [], `${mark(payload)} is not in the search field`);
  }
  noFormula(await (await owner.context.request.get("/desk/audit/export.csv")).text(), 0);
  assert.deepEqual(looks.problems, []);
  t.figure(`${looks.rendered} pages opened: 0 executions, 0 elements`);
}, { long: true, limit: 400 });

test("payloads in forms that are refused, in addresses and in the browser's name become no script at the desk", async (t) => {
  const world = await t.world();
  const { owner, looks } = await atDesk(t, world);
  const { page } = owner;
  const { link } = await world.invite();
  const at = `/desk/links/${link}`;
  for (const [n, payload] of PAYLOADS.entries()) {
    const fields = { customer: "", email: payload, reference: payload, note: payload, days: payload, language: payload, remind: payload, permission: payload, preset_: payload };
    await posts(owner, looks, `${mark(payload)} in an invite's form`, "/desk/invites/new", fields, 422);
    const values = await texts(page, "#email, #reference, #note, #days");
    assert.deepEqual(missing(values, [plain(payload)]), [], `${mark(payload)} is not in the form`);
    await posts(owner, looks, `${mark(payload)} instead of the customer's name`, `${at}/end`, { name: payload, customer: payload, confirm: payload }, 422);
    // Wrong passwords end the session, so this is the right one.
    if (n % 10 === 0) await posts(owner, looks, `${mark(payload)} where it was asked for`, "/desk/confirm", { password: STAFF.password, to: payload });
    const line = `"${payload.replace(/"/g, '""')}"`;
    if (n === 0) {
      const lines = PAYLOADS.map((one) => Array(9).fill(`"${one.replace(/"/g, '""')}"`).join(","));
      const table = ["customer,email,reference,preset,permissions,expires_in,language,note,remind", ...lines].join("\r\n");
      await posts(owner, looks, "lines to mend", "/desk/invites/bulk", { table, do: "preview" });
      assert.equal(await page.locator('[data-line-state="mend"]').count(), PAYLOADS.length);
      assert.ok(missing(await texts(page, "[data-line-state]")).length < PAYLOADS.length - 140, "hardly a line shows what is in it");
    }
    await posts(owner, looks, `${mark(payload)} as a column`, "/desk/invites/bulk", { table: `customer,${line}\r\nA,B`, do: "preview" }, 422);
    const query = encodeURIComponent(payload);
    const pages = [`${at}?said=${query}&before=${query}`, `/desk/links/${query}`, `/desk/insights?period=${query}`, `/desk/ukg?${query}`, `/desk/work?done=${query}`, `/desk/preview/${query}`, `/desk/confirm?to=${query}`, `/desk/account?done=${query}`, `/desk/settings/staff?done=${query}`, `/desk/settings/staff/${query}`, `/desk/settings/presets?done=${query}`, `/join/${query}`];
    for (const address of pages) await looks.at(address.split("?")[0].slice(0, 30), address, payload);
    await owner.context.request.post(`${at}/notes`, { form: { note: plain(payload) }, headers: { origin: owner.origin, "user-agent": headerValue(payload) }, maxRedirects: 0 });
  }
  // Whoever signs in says what browser they have; it is told as one of a few names.
  for (const payload of PAYLOADS.filter((_, n) => n % 15 === 0)) {
    await owner.context.request.post("/sign-in", { form: STAFF, headers: { origin: owner.origin, "user-agent": headerValue(payload) }, maxRedirects: 0 });
  }
  await owner.sends("/sign-in", STAFF);
  await looks.opens("the sessions", "/desk/account");
  assert.ok((await page.locator("[data-session-id]").count()) > 10, "sessions are missing");
  await looks.opens("the notes", at);
  assert.ok(missing(await texts(page, ".staff-note__text")).length < PAYLOADS.length - 20, "notes are missing");
  await looks.opens("the audit log", "/desk/audit?what=note_added");
  assert.deepEqual(looks.problems, []);
  t.figure(`${looks.rendered} pages opened: 0 executions, 0 elements`);
}, { long: true, limit: 500 });
