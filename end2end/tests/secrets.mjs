// Canary values go through a whole flow; after the whole run nothing of them is found anywhere (bar S1).
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { accountForms, forms, found } from "../lib/secrets.mjs";
import { ACCOUNTS, CANARY } from "../lib/simulated.mjs";
import { test } from "../lib/suite.mjs";
import { seen } from "../lib/watch.mjs";
import { STAFF } from "../lib/world.mjs";

const CUSTOMER = "Canary Mines";
let canaryLink;

test("canary values go the whole way, doubted, refused, in the wrong field, mended, and linked", async (t) => {
  const invite = await t.invite({ customer: CUSTOMER });
  const admin = await t.person();
  await admin.goesTo("key", invite);
  const { key, account, domain, check } = admin;
  // In the wrong field: kept as a doubted key until something else takes its place.
  await key.enter(CANARY.password);
  await key.enter(CANARY.key);
  await key.useItAnyway();
  await account.enter(CANARY.username, `${CANARY.password}x`);
  await account.useItAnyway();
  await domain.enter(CANARY.password);
  await domain.enter(CANARY.username);
  await domain.enter("service4.ultipro.com");
  await check.problem("credentials_rejected").waitFor();
  await check.press(check.link("Enter the password again"));
  await account.password.fill(CANARY.password);
  await account.save();
  await check.shows("linked");
  await check.finish();
  assert.equal(await admin.receipt.status(), "linked");
  const support = await t.person();
  await support.goTo("/sign-in");
  await support.signIn.enter(STAFF);
  await support.desk.open(invite.link);
  canaryLink = invite.link;
});

test("every form of a secret is found where it is", async () => {
  for (const { form, bytes } of accountForms(CANARY)) {
    const haystack = Buffer.concat([Buffer.from("before\u0000"), bytes, Buffer.from("\u0000after")]);
    assert.ok(found(accountForms(CANARY), haystack).includes(form), form);
  }
  const { username, password } = CANARY;
  // As they really turn up, not as this file makes them.
  const turnedUp = {
    "a header": `Authorization: Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`,
    "a header one byte later": Buffer.from(` ${username}:${password} and more`).toString("base64"),
    "a header two bytes later": Buffer.from(`  ${username}:${password} and more`).toString("base64"),
    "a JSON document": JSON.stringify({ at: 1, password }),
    "a form": new URLSearchParams({ a: "1", password }).toString(),
    "a hex dump": Buffer.from(`x${password}y`).toString("hex"),
    "wide characters": Buffer.from(`x${password}y`, "utf16le"),
    "a page": `<input value="${password.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;")}">`,
  };
  for (const [where, text] of Object.entries(turnedUp)) assert.notDeepEqual(found(accountForms(CANARY), Buffer.from(text)), [], where);
  assert.deepEqual(found(accountForms(CANARY), Buffer.from("nothing of that kind")), []);
});

test("no secret is found in database, write-ahead log, log, pages, addresses or JSON", async (t) => {
  assert.ok(canaryLink, "the flow with canary values did not come to its end");
  const { main, other } = t;
  const texts = {
    "the desk's JSON": await main.cli(["link", "list", "--json"]),
    "the link's JSON": await main.cli(["link", "show", canaryLink, "--json"]),
    "the pages": seen.pages.map(({ body }) => body),
    // The address of an invite, or of a step that was handed over, holds its token: that is what it is for.
    "addresses and Referers": seen.requests.map(({ url, referer }) => `${url.replace(/\/(i|hand)\/[\w-]{43}(?=$|[/?])/, "/$1/")} ${referer}\n`).join(""),
  };
  const haystacks = Object.entries(texts).map(([name, text]) => [name, Array.isArray(text) ? Buffer.concat(text) : Buffer.from(text)]);
  haystacks.push(...files(main, "while it runs"), ...files(other, "of the other server"));
  await main.stop();
  // The write-ahead log went into the database; what it overwrote may still be there.
  haystacks.push(...files(main, "after the stop"), ["doctor", Buffer.from(await doctored(main))]);

  // Had nothing been kept where we look, nothing would be found.
  const all = Buffer.concat(haystacks.map(([, bytes]) => bytes));
  const holds = (places, what) => {
    const there = haystacks.filter(([name]) => places.test(name));
    assert.ok(there.some(([, bytes]) => bytes.includes(what)), `${there.map(([name]) => name)}: not even ${what} is there`);
  };
  holds(/^linkdesk\.db(-wal)? while it runs/, CUSTOMER);
  holds(/^linkdesk\.db after the stop/, CUSTOMER);
  holds(/^the pages/, CUSTOMER);
  for (const place of [/^server\.log while it runs/, /^the link's JSON/, /^the desk's JSON/, /^addresses/]) holds(place, canaryLink);
  holds(/^server\.log while it runs/, " TRACE ");
  assert.ok(seen.pages.length > 10, `only ${seen.pages.length} pages were kept`);

  const needles = [
    ...accountForms(CANARY),
    ...Object.entries(ACCOUNTS).flatMap(([name, { password }]) => [{ form: `the password of ${name}`, bytes: Buffer.from(password) }]),
    ...t.otherUkg.passwords.map((password) => ({ form: "a password of the other UKG Pro", bytes: Buffer.from(password) })),
    ...forms(STAFF.password).map(({ form, bytes }) => ({ form: `the staff password: ${form}`, bytes })),
    ...[...main.tokens, ...other.tokens].filter(Boolean).map((token) => ({ form: "an invite's token", bytes: Buffer.from(token) })),
    ...[...seen.cookies].map((token) => ({ form: "a session's token", bytes: Buffer.from(token) })),
  ];
  // A step's address is told once, in a page; nowhere else does it stand.
  const handed = [...seen.handed].map((token) => ({ form: "a handed-over step's token", bytes: Buffer.from(token) }));
  const problems = haystacks.flatMap(([name, bytes]) => found(name === "the pages" ? needles : [...needles, ...handed], bytes).map((form) => `${name}: ${form}`));
  assert.deepEqual([...new Set(problems)], []);
  const megabytes = (all.length / 1e6).toFixed(0);
  t.figure(`${needles.length} forms of ${main.tokens.length + other.tokens.length} tokens, ${seen.cookies.size} sessions and ${Object.keys(ACCOUNTS).length + 1} accounts in ${megabytes} MB; ${seen.pages.length} pages (${seen.lost} not kept), ${seen.requests.length} requests`);
}, { when: "last", limit: 120 });

/** The database with what belongs to it, and the log. */
function files(world, when) {
  const names = readdirSync(world.folder).filter((name) => /^linkdesk\.db|\.log$/.test(name));
  return names.map((name) => [`${name} ${when}`, readFileSync(join(world.folder, name))]);
}

/** What `doctor` says. It fails here: links lead to hosts that do not exist, which it tells. */
async function doctored(world) {
  return world.cli(["doctor"]).catch((failed) => `${failed.stdout ?? ""}${failed.message}`);
}
