// The invite: looking changes nothing, Start leaves its token behind.
import assert from "node:assert/strict";
import { ACCOUNTS } from "../lib/simulated.mjs";
import { test } from "../lib/suite.mjs";
import { seen } from "../lib/watch.mjs";
import { crossSite, expiredInvite } from "../lib/ways.mjs";

test("an unknown invite says so", async (t) => {
  const admin = await t.person();
  const { url } = await t.invite();
  // Cut off by a mail program, of the right form but never made, and no text at all.
  const wrong = [url.slice(0, -3), `${t.main.origin}/i/${"A".repeat(43)}`, `${t.main.origin}/i/%ff`];
  for (const address of wrong) {
    await admin.goTo(address, 404);
    await admin.welcome.problem("invite_unknown").waitFor();
  }
});

test("an invite that ran out says so, and lets nobody in", async (t) => {
  const { url } = await expiredInvite(t);
  const admin = await t.person();
  await admin.goTo(url, 410);
  await admin.welcome.problem("invite_expired").waitFor();
  const start = await fetch(url, { method: "POST", headers: { origin: t.main.origin } });
  assert.equal(start.status, 410);
  assert.equal(start.headers.get("set-cookie"), null);
});

test("looking at an invite changes nothing, however often", async (t) => {
  const { url, link } = await t.invite();
  const before = await t.main.link(link);
  for (let n = 0; n < 10; n += 1) {
    const response = await fetch(url, { method: n % 2 ? "HEAD" : "GET" });
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("set-cookie"), null);
  }
  const admin = await t.person();
  await admin.goTo(url);
  const listed = (await t.main.links()).find(({ id }) => id === link);
  assert.equal(listed.status, "invited");
  assert.deepEqual(await t.main.link(link), before);
});

test("Start is taken from our own page alone", async (t) => {
  const { url, link } = await t.invite();
  for (const headers of [{}, { origin: "null" }, { origin: "https://evil.example" }, { "sec-fetch-site": "cross-site", origin: t.main.origin }, { "sec-fetch-site": "same-site" }]) {
    const response = await fetch(url, { method: "POST", headers });
    assert.equal(response.status, 403, JSON.stringify(headers));
  }
  assert.equal((await t.main.link(link)).status, "invited");
  const staff = await t.person();
  await crossSite(staff, t.main.origin);
  await staff.welcome.heading("That came from another page").waitFor();
});

for (const [words, script] of [["with script", true], ["without script", false]]) {
  test(`after Start the token is in no address, no Referer and no page, ${words}`, async (t) => {
    const admin = await t.person({ script });
    const { url, token } = await t.invite();
    await admin.goTo(url);
    assert.ok(!(await admin.page.content()).includes(token), "the token is in the welcome page");
    const before = admin.watched.requests.length;
    const pages = seen.pages.length;
    await admin.welcome.start();
    assert.equal(admin.place, "key");
    assert.ok(!admin.page.url().includes(token), admin.page.url());
    await admin.key.enter(ACCOUNTS.allGranted.key);
    await admin.account.enter(ACCOUNTS.allGranted.username, ACCOUNTS.allGranted.password);
    await admin.domain.enter("service4.ultipro.com");
    await admin.check.shows("linked");
    await admin.check.finish();
    await admin.watched.settle();

    // The first is the form that Start sends, to the invite's own address.
    const [start, ...later] = admin.watched.requests.slice(before);
    assert.deepEqual([start.url, start.method], [url, "POST"]);
    assert.ok(later.length >= 5);
    for (const request of later) {
      assert.ok(!request.url.includes(token), `${request.url} holds the token`);
      assert.ok(!request.referer.includes(token), `the Referer of ${request.url} holds the token`);
    }
    const mine = seen.pages.slice(pages);
    assert.ok(mine.length >= 5);
    for (const { url: address, body } of mine) assert.ok(!body.includes(token), `the page ${address} holds the token`);
    const cookies = await admin.context.cookies();
    assert.ok(cookies.length === 1 && cookies[0].httpOnly && cookies[0].sameSite === "Lax" && cookies[0].value !== token);
  });
}
