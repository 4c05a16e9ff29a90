// As in a real installation: behind a proxy that does TLS.
import assert from "node:assert/strict";
import { join } from "node:path";
import { freePort } from "../lib/program.mjs";
import { ACCOUNTS } from "../lib/simulated.mjs";
import { test } from "../lib/suite.mjs";
import { startTlsProxy } from "../lib/tls-proxy.mjs";
import { STAFF } from "../lib/world.mjs";

test("over https an account is linked, and cookies are bound to the host and to https", async (t) => {
  const port = await freePort();
  const origin = `https://127.0.0.1:${port}`;
  const world = await t.world({ ...t.simulated, settings: { ...t.simulated.settings, LINKDESK_PUBLIC_URL: origin } });
  const proxy = await startTlsProxy(join(world.folder, "proxy"), port, world.port);
  try {
    const invite = await world.invite();
    assert.ok(invite.url.startsWith(`${origin}/i/`), "the invite leads elsewhere");
    const person = await t.person({ at: { origin }, ignoreHTTPSErrors: true });
    const first = await person.page.goto(invite.url);
    assert.match(first.headers()["strict-transport-security"], /max-age=\d{8}/);
    await person.goesTo("check", invite, ACCOUNTS.allGranted);
    await person.check.shows("linked");
    await person.goTo("/sign-in");
    await person.signIn.enter(STAFF);
    await person.desk.row(invite.link).waitFor();
    const cookies = await person.context.cookies();
    assert.equal(cookies.length, 3, "the flow, the desk, and the browser that is known from now on");
    for (const { name, secure, httpOnly, sameSite, path } of cookies) {
      assert.match(name, /^__Host-linkdesk-/);
      assert.deepEqual({ secure, httpOnly, sameSite, path }, { secure: true, httpOnly: true, sameSite: "Lax", path: "/" });
    }
    await person.leave();
  } finally {
    await proxy.stop();
  }
});
