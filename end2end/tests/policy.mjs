// The content security policy (bar B2), and whether our own watch would notice what it watches for. That no test meets a
// violation, a console error or another origin is checked in every test, by lib/watch.mjs.
import assert from "node:assert/strict";
import { test } from "../lib/suite.mjs";
import { until } from "../lib/until.mjs";
import { lax } from "../lib/watch.mjs";

const NONCE = /'nonce-([^']+)'/;

test("each answer has a policy without unsafe words and with a nonce of its own", async (t) => {
  const { url } = await t.invite();
  const nonces = new Set();
  const addresses = [url, `${url}/forward`, "/", "/sign-in", "/nothing-here", "/i/unknown", "/hand/unknown", "/link/none/key", "/link/none/only/key"];
  for (const address of [...addresses, ...addresses]) {
    const response = await fetch(new URL(address, t.main.origin));
    const policy = response.headers.get("content-security-policy");
    assert.deepEqual(lax(policy), [], address);
    const html = await response.text();
    for (const [, nonce] of html.matchAll(/nonce="([^"]+)"/g)) assert.ok(policy.includes(`'nonce-${nonce}'`), `${address}: a script has another nonce than the policy`);
    nonces.add(policy.match(NONCE)[1]);
    assert.equal(response.headers.get("cache-control"), "no-store", address);
    assert.equal(response.headers.get("x-content-type-options"), "nosniff", address);
  }
  assert.equal(nonces.size, 2 * addresses.length);
});

test("a lax policy is noticed", async () => {
  const good = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'; script-src 'nonce-";
  assert.deepEqual(lax(`${good}AAAAAAAAAAAAAAAAAAAAAAAA'`), []);
  assert.deepEqual(lax(`${good}AAAAAAAAAAAAAAAAAAAAAAAA'`), ["its nonce was used before"]);
  assert.deepEqual(lax(`${good}BBBBBBBBBBBBBBBBBBBBBBBB' 'unsafe-inline'`), ["its policy says 'unsafe-inline'"]);
  assert.deepEqual(lax(`${good}CCCCCCCCCCCCCCCCCCCCCCCC' 'unsafe-eval'`), ["its policy says 'unsafe-eval'"]);
  assert.deepEqual(lax(undefined), ["no content security policy"]);
});

test("the watch notices what a page must not do", async (t) => {
  const person = await t.person();
  const { problems } = person.watched;
  const notices = async (what, act) => {
    problems.length = 0;
    await act();
    await until(`${what} is noticed`, () => what.test(problems.join("\n")), { within: 3_000 });
  };
  await person.goTo("/sign-in");
  await notices(/the policy refused inline \(script-src-attr\)/, () => person.page.evaluate(() => document.body.setAttribute("onclick", "window.ran = true")));
  await notices(/the policy refused inline \(style-src-attr\)/, () => person.page.evaluate(() => document.body.setAttribute("style", "color: red")));
  await person.page.getByRole("main").click({ position: { x: 1, y: 1 } });
  assert.equal(await person.page.evaluate(() => window.ran), undefined);
  await notices(/console error: planted/, () => person.page.evaluate(() => console.error("planted")));
  await notices(/console warning: planted/, () => person.page.evaluate(() => console.warn("planted")));
  await notices(/page error: planted/, () => person.page.evaluate(() => void setTimeout(() => { throw new Error("planted"); })));
  await notices(/Failed to load resource/, () => person.page.goto("/nothing-here"));
  await notices(/a request to another origin/, () => person.page.goto(t.other.origin));
  await person.leave();
  problems.length = 0;
});
