// Nothing that anybody enters, and nothing that UKG Pro answers, ever becomes a script (bar B3): 150 payloads through every
// field and parameter, on every page that could show them, in a browser without a content security policy.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { OTHER_HOST, SERVICES, gate, html, json } from "../lib/other-ukg.mjs";
import { PAYLOADS } from "../lib/payloads.mjs";
import { test } from "../lib/suite.mjs";
import { until } from "../lib/until.mjs";
import { expiredInvite } from "../lib/ways.mjs";
import { STAFF } from "../lib/world.mjs";
import { Looks, email, headerValue, injected, mark, plain, unprotected } from "../lib/xss.mjs";

const EVERYTHING = Object.values(SERVICES).filter(Boolean);
/** In the company's name, which every page shows. */
const COMPANY = 'North"><img src=x onerror=xss(0)>\'wind';

function worldOf(t, settings = {}) {
  return t.world({ ...t.asked, settings: { LINKDESK_COMPANY_NAME: COMPANY, ...settings } });
}

async function signedIn(t, world, options) {
  const support = await unprotected(t, { at: world, ...options });
  await support.sends("/sign-in", STAFF);
  return support;
}

/** Puts a payload into every form of a link, then links it, and looks at every page that shows something of it. */
async function goesThrough(admin, looks, invite, account, payload) {
  const query = encodeURIComponent(payload);
  await looks.at("the forward page", `${invite.url}/forward?${query}`, payload);
  await admin.starts(invite);
  const at = `/link/${invite.link}`;
  await admin.sends(`${at}/key`, { key: payload });
  await admin.sends(`${at}/paste`, { step: "key", page: payload });
  await looks.at("step 1", `${at}/key?took=${query}`, payload);
  await admin.sends(`${at}/account`, { username: payload, password: payload });
  await looks.at("step 2", `${at}/account?${query}`, payload);
  await admin.sends(`${at}/paste`, { step: "domain", page: `Login service endpoint ${payload}` });
  await admin.sends(`${at}/domain`, { url: payload });
  await looks.at("step 3", `${at}/domain?took=host+${query}`, payload);
  await looks.at("the hand-over", `${at}/hand-over?step=${query}`, payload);
  for (const [form, fields] of Object.entries({ check: { permission: payload, mended: payload }, replace: { choice: payload }, disconnect: { confirm: payload }, "hand-over": { step: payload, end: payload } })) {
    await admin.sends(`${at}/${form}`, fields).catch(() => {});
  }
  await admin.sends(`${at}/key`, { key: account.key });
  await admin.sends(`${at}/account`, { username: account.username, password: account.password });
  await admin.sends(`${at}/domain`, { url: OTHER_HOST });
  await admin.checkEnds(invite);
  await looks.at("the check", `${at}/check?${query}`, payload);
  for (const place of ["disconnect", "done"]) await looks.opens(`${mark(payload)} on ${place}`, `${at}/${place}?${query}`);
  assert.equal(await admin.receipt.status(), "linked", `${mark(payload)}: the account was not linked`);
}

const SLICES = 3;
for (let slice = 0; slice < SLICES; slice += 1) {
  const mine = PAYLOADS.filter((_, n) => n % SLICES === slice);
  test(`payloads entered in every field, and in addresses, become no script, part ${slice + 1} of ${SLICES}`, async (t) => {
    const world = await worldOf(t);
    const [admin, support] = [await unprotected(t, { at: world }), await signedIn(t, world)];
    const [looks, deskLooks] = [new Looks(admin), new Looks(support)];
    const account = t.otherUkg.account();
    let last;
    for (const [n, payload] of mine.entries()) {
      last = await world.invite({ customer: plain(payload), email: email(payload, n), permissions: EVERYTHING, lookUp: false });
      await goesThrough(admin, looks, last, account, payload);
      const query = encodeURIComponent(payload);
      for (const address of [`/i/${query}`, `/i/${query}/forward`, `/hand/${query}`, `/link/${query}/key`, `/link/${last.link}/only/${query}`, `/${query}`, `/sign-in?${query}`]) await looks.at(address.split("/")[1], address, payload);
      for (const address of [`/desk/links/${query}`, `/desk?status=${query}`]) await deskLooks.at("the desk", address, payload);
      await deskLooks.opens(`${mark(payload)} on the desk`, `/desk/links/${last.link}`);
    }
    // The company's name is one as well: every page shows it.
    for (const place of ["key", "account", "domain", "check", "done", "disconnect"]) await looks.opens(place, `/link/${last.link}/${place}`);
    for (const address of [last.url, `${last.url}/forward`, "/", "/sign-in"]) await looks.opens(address, address);
    await deskLooks.opens("the desk's list", "/desk");
    assert.equal(await support.page.locator("[data-link-id]").count(), mine.length, "the desk does not list them all");
    const [asked, rendered] = ["asked", "rendered"].map((name) => looks[name] + deskLooks[name]);
    assert.ok(rendered > 3 * mine.length, `only ${rendered} pages showed anything of a payload`);
    assert.deepEqual([...looks.problems, ...deskLooks.problems], []);
    t.figure(`${mine.length} payloads, ${asked} pages asked for, ${rendered} opened: 0 executions, 0 elements`);
  }, { long: true, limit: 400 });
}

test("payloads typed or pasted into the live fields, and what is said of them, become no script", async (t) => {
  const world = await worldOf(t);
  const admin = await unprotected(t, { at: world });
  const invite = await world.invite();
  await admin.sends(invite.url);
  const looks = new Looks(admin);
  let typed = 0;
  for (const [place, names] of Object.entries({ key: ["key"], account: ["username", "password"], domain: ["url"] })) {
    await admin.goTo(`/link/${invite.link}/${place}#<img src=x onerror=xss(0)>`);
    for (const name of names) {
      for (const payload of PAYLOADS) {
        for (const text of [payload, `service4.ultipro.com ${payload}`]) {
          await admin.page.locator(`#${name}`).evaluate((field, value) => {
            field.value = value;
            for (const event of ["input", "change"]) field.dispatchEvent(new Event(event, { bubbles: true }));
          }, text);
          typed += 1;
        }
      }
      await looks.seen(`the field ${name}`);
    }
  }
  assert.deepEqual(looks.problems, []);
  t.figure(`${typed} texts in live fields: 0 executions, 0 elements`);
}, { long: true, limit: 120 });

test("payloads in a step that is handed over become no script", async (t) => {
  const world = await worldOf(t);
  const admin = await unprotected(t, { at: world });
  const invite = await world.invite({ customer: plain(PAYLOADS[20]) });
  await admin.sends(invite.url);
  const looks = [];
  for (const [step, fields] of Object.entries({ key: ["key"], account: ["username", "password"], domain: ["url"] })) {
    const colleague = await unprotected(t, { at: world });
    const look = new Looks(colleague);
    const at = `/link/${invite.link}/only/${step}`;
    const begins = async () => {
      await admin.goTo(`/link/${invite.link}/${step}`);
      const address = await admin[step].handOver();
      await look.opens("the colleague's welcome", address);
      await colleague.sends(address);
    };
    await begins();
    for (const payload of PAYLOADS) {
      const form = Object.fromEntries(fields.map((name) => [name, name === "username" ? `${payload}@x` : payload]));
      if (step === "account") form.password = "AB1C2";
      // An address with something behind its host is taken, and ends the step: then it is handed over anew.
      if (!(await colleague.sends(at, form))) await begins();
      else await look.at(`${step} alone`, `${at}?${encodeURIComponent(payload)}`, payload);
    }
    await look.opens(`${step} alone`, at);
    looks.push(look);
  }
  assert.deepEqual(looks.flatMap(({ problems }) => problems), []);
  t.figure(`${3 * PAYLOADS.length} forms, ${looks.reduce((sum, { rendered }) => sum + rendered, 0)} pages opened: 0 executions, 0 elements`);
}, { long: true, limit: 180 });

test("payloads in UKG Pro's answers become no script, in bodies, headers, Link and the reason", async (t) => {
  const world = await worldOf(t);
  const [admin, support] = [await unprotected(t, { at: world }), await signedIn(t, world)];
  const [looks, deskLooks] = [new Looks(admin), new Looks(support)];
  const used = new Map();
  let turn = 0;
  /** An answer that is full of payloads: 15 in the body and in headers each time, all of them after ten answers. */
  const hostile = (kind, status, body) => () => {
    const chunk = Array.from({ length: 15 }, (_, n) => PAYLOADS[(turn * 15 + n) % PAYLOADS.length]);
    turn += 1;
    chunk.forEach((payload) => used.set(kind, (used.get(kind) ?? new Set()).add(payload)));
    const values = chunk.map(headerValue);
    const { headers, body: text } = body(chunk);
    return {
      status,
      reason: values[0],
      headers: {
        ...headers,
        ...Object.fromEntries(values.map((value, n) => [`X-Ukg-${n}`, value])),
        Link: values.slice(0, 3).map((value) => `<https://${OTHER_HOST}/x?${value}>; rel="next"; title="${value}"`),
        "WWW-Authenticate": `Basic realm="${values[4]}"`,
        Location: `javascript:${values[5]}`,
        Refresh: `0;url=javascript:${values[6]}`,
        "Set-Cookie": [`a=${values[7]}`, `${values[8].replace(/[=;,\s"()<>@:\\/[\]?{}]/g, "x")}=1`],
        "Retry-After": values[9],
        Server: values[10],
        "Content-Disposition": `attachment; filename="${values[11]}"`,
        "X-Powered-By": values[12],
        ETag: values[13],
      },
      body: text,
    };
  };
  const records = (chunk) => json(chunk.map((payload, n) => ({ employeeId: payload, companyName: payload, [payload]: payload, firstName: payload, n })));
  const problem = (chunk) => json({ title: chunk[0], detail: chunk.join(" "), type: `javascript:${chunk[1]}`, message: chunk[2], errors: { [chunk[3]]: chunk } }, "application/problem+json");
  const page = (chunk) => html(`<html><head><title>${chunk[0]}</title></head><body>${chunk.join("\n")}</body></html>`);
  const object = (chunk) => json({ Message: chunk.join(" ") });
  const kinds = [["lists", 200, records], ["pages", 200, page], ["objects", 200, object], ["403 with a page", 403, page], ["403 with JSON", 403, problem], ["401", 401, page], ["302", 302, page], ["418", 418, problem], ["500", 500, page], ["503", 503, page]];
  for (const [kind, status, body] of kinds) {
    const account = t.otherUkg.account({ answers: hostile(kind, status, body) });
    const invite = await world.invite({ permissions: EVERYTHING, lookUp: false });
    // Each check asks seven times at most; where it asks less, it is repeated until every payload was there.
    await admin.hurriesTo("check", invite, account, OTHER_HOST);
    for (let n = 0; n < 12 && used.get(kind).size < PAYLOADS.length; n += 1) {
      if (status === 401) await admin.sends(`/link/${invite.link}/account`, { username: account.username, password: `${account.password}${n}` });
      else await admin.sends(`/link/${invite.link}/check`);
      await admin.checkEnds(invite);
      if (status === 500 || status === 503 || status === 401) break;
    }
    for (const place of ["check", "done", "domain", "account"]) await looks.opens(`${kind} on ${place}`, `/link/${invite.link}/${place}`);
    await deskLooks.opens(`${kind} on the desk`, `/desk/links/${invite.link}`);
    const shown = await world.cli(["link", "show", invite.link, "--json"]);
    assert.ok(!/xss/i.test(shown), `${kind}: an answer stands in the command line's JSON`);
  }
  await deskLooks.opens("the desk's list", "/desk");
  // A running check, whose lines come as events and are put into the page as HTML.
  const wait = gate();
  const account = t.otherUkg.account();
  account.answers = ({ permission }) => (permission === "pto_plan_integration" ? { late: { until: wait.opened } } : hostile("events", 200, records)());
  const invite = await world.invite({ permissions: EVERYTHING });
  await admin.sends(invite.url);
  for (const [step, form] of Object.entries({ key: { key: account.key }, account: { username: account.username, password: account.password }, domain: { url: OTHER_HOST } })) await admin.sends(`/link/${invite.link}/${step}`, form);
  await looks.opens("a running check", `/link/${invite.link}/check`);
  await admin.check.shows("checking");
  await looks.seen("the lines of a running check");
  wait.open();
  await admin.check.shows("linked");
  await looks.seen("the check that ended");

  assert.deepEqual([...looks.problems, ...deskLooks.problems], []);
  const log = readFileSync(world.logFile, "utf8");
  assert.ok(!/xss\(\d*[1-9]\d*\)/.test(log), "an answer stands in the log");
  const times = [...used.values()].reduce((sum, payloads) => sum + payloads.size, 0);
  t.figure(`${kinds.length + 1} kinds of answers, ${times} payloads in them, ${looks.rendered + deskLooks.rendered} pages opened: 0 executions, 0 elements`);
  assert.ok(times > 6 * PAYLOADS.length);
}, { long: true, limit: 180 });

test("payloads in a name become no script in the mail that renews an invite", async (t) => {
  const mails = join(t.folder, "mail-xss");
  const world = await worldOf(t, { LINKDESK_SMTP_URL: `file://${mails}`, LINKDESK_MAIL_FROM: "linkdesk@northwind.example" });
  const reader = await unprotected(t, { at: world });
  const looks = new Looks(reader);
  const mine = PAYLOADS.filter((_, n) => n % 10 === 0);
  for (const payload of mine) {
    const made = await world.invite({ customer: plain(payload), email: email(payload, 1), expiresIn: "1s", lookUp: false });
    await until("the invite has run out", async () => (await fetch(made.url)).status === 410, { every: 100 });
    await looks.at("the page of an expired invite", made.url, payload);
    await reader.sends(`${made.url}/renew`);
  }
  const files = readdirSync(mails).filter((name) => name.endsWith(".eml"));
  assert.equal(files.length, mine.length);
  for (const file of files) {
    const mail = readFileSync(join(mails, file), "utf8").replace(/=\r?\n/g, "").replace(/=([0-9A-F]{2})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
    const [body] = mail.match(/<!DOCTYPE html>[^]*<\/html>/);
    await reader.page.setContent(body);
    await looks.seen(file);
  }
  assert.deepEqual(looks.problems, []);
}, { long: true });

test("payloads that are not escaped do run, and are noticed (positive control)", async (t) => {
  // Where our pages put what people enter: between tags, in attributes, in a title, in a script's text.
  const places = [
    (text) => `<p>${text}</p>`,
    (text) => `<input value="${text}">`,
    (text) => `<input value='${text}'>`,
    (text) => `<input value=${text}>`,
    (text) => `<title>${text}</title>`,
    (text) => `<textarea>${text}</textarea>`,
    (text) => `<style>${text}</style>`,
    (text) => `<!-- ${text} -->`,
    (text) => `<script>var a = '${text}'</script>`,
    (text) => `<script>var a = "${text}"</script>`,
    (text) => `<script>var a = \`${text}\`</script>`,
    (text) => `<iframe src="${text}"></iframe>`,
    (text) => `<a href="${text}">x</a>`,
    (text) => `<button formaction="${text}">x</button>`,
    (text) => `<script>/* ${text} */</script>`,
    // Where something is decoded once too often.
    (text) => `<p>${unescape(text)}</p>`,
    (text) => `<p>${text.replace(/\\(?:x|u00)([0-9a-f]{2})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))}</p>`,
    (text) => `<p>${text.replace(/&(amp|lt|gt|quot|#34|#60|#62);/g, (_, name) => ({ amp: "&", lt: "<", gt: ">", quot: '"', "#34": '"', "#60": "<", "#62": ">" })[name])}</p>`,
    (text) => `<p>${text.normalize("NFKC")}</p>`,
  ];
  // A page of nobody's, with a person who points at everything, clicks it and goes through it by keyboard.
  const poke = `<script>xss = (n) => top.xss(n); onload = () => document.querySelectorAll("*").forEach((e) => {
    for (const type of ["focus", "mouseover", "animationstart", "transitionend", "toggle"]) e.dispatchEvent(new Event(type));
    if (e.localName !== "form" && e.click) e.click();
  })</script>`;
  const context = await t.browser.newContext({ bypassCSP: true });
  const ran = new Set();
  await context.exposeBinding("__ran", (_, what) => ran.add(what));
  await context.addInitScript(() => (window.xss = (number) => window.__ran(number)));
  let body = "";
  await context.route("**/*", (route) => (route.request().url() === "https://control.example/" ? route.fulfill({ contentType: "text/html; charset=utf-8", body }) : route.abort()));
  const page = await context.newPage();
  for (const place of places) {
    // Each payload until it runs, 25 on a page.
    const left = PAYLOADS.map((_, n) => n + 1).filter((n) => !ran.has(n));
    for (let first = 0; first < left.length; first += 25) {
      const frame = (n) => `<iframe srcdoc="${`${poke}${place(PAYLOADS[n - 1])}`.replace(/&/g, "&amp;").replace(/"/g, "&quot;")}"></iframe>`;
      body = `<!DOCTYPE html><html lang="en"><body>${left.slice(first, first + 25).map(frame).join("\n")}</body></html>`;
      await page.goto("https://control.example/", { timeout: 3_000 }).catch(() => {});
    }
  }
  await context.close();
  t.figure(`${ran.size} of ${PAYLOADS.length} payloads run in at least one of ${places.length} places when they are not escaped`);
  assert.ok(ran.size >= 120, `only ${ran.size} run`);

  // A page of ours, spoilt: what the policy would have stopped runs here, and is stopped in a browser that has it.
  const [unsafe, safe] = [await unprotected(t), await t.person()];
  for (const person of [unsafe, safe]) {
    await person.goTo("/sign-in");
    await person.page.evaluate(() => {
      window.xss ??= () => (window.ranHere = true);
      document.querySelector("main").insertAdjacentHTML("beforeend", "<img src=x onerror=xss(151)>");
    });
    assert.notDeepEqual(await person.page.evaluate(injected), []);
  }
  await until("the payload runs", () => unsafe.ran.includes("payload 151"));
  await until("the policy stops it", () => safe.watched.problems.some((problem) => problem.includes("script-src-attr")));
  assert.equal(await safe.page.evaluate(() => window.ranHere), undefined);
  for (const person of [unsafe, safe]) {
    await person.leave();
    person.watched.problems.length = 0;
  }
}, { long: true, limit: 120 });
