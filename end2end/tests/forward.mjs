// "I am not an administrator": a message that is ready, and an address that stands in no page.
import assert from "node:assert/strict";
import { ACCOUNTS } from "../lib/simulated.mjs";
import { test } from "../lib/suite.mjs";
import { seen } from "../lib/watch.mjs";
import { COMPANY } from "../lib/world.mjs";

/** What a browser keeps when a text is copied. */
function clipboard(person) {
  return person.page.evaluate(() => navigator.clipboard.readText());
}

test("the message that is copied holds the invite's address, its page does not, and a colleague goes on from it", async (t) => {
  const person = await t.person({ permissions: ["clipboard-read", "clipboard-write"] });
  const since = seen.pages.length;
  const { url, token, link } = await t.invite();
  await person.goTo(url);
  await person.welcome.forward();
  assert.equal(person.place, "forward");
  await person.forward.message.getByText(`${COMPANY} asks us to link our UKG Pro`).waitFor();
  await person.forward.message.getByText("The invite’s address is put in as you copy.").waitFor();
  await person.forward.copy.click();
  await person.forward.copied.waitFor();
  const copied = await clipboard(person);
  assert.ok(copied.includes(`\n${url}\n`), copied);
  assert.ok(!copied.includes("["), copied);
  assert.equal((await t.main.link(link)).status, "invited");
  assert.ok(!(await person.page.content()).includes(token), "the token is in the page");
  await person.watched.settle();
  for (const { url: address, body } of seen.pages.slice(since)) assert.ok(!body.includes(token), `${address} holds the token`);
  for (const { referer } of person.watched.requests) assert.ok(!referer.includes(token), "a Referer holds the token");

  const colleague = await t.person();
  const [address] = copied.match(/http\S+/);
  await colleague.goesTo("check", { url: address }, ACCOUNTS.allGranted);
  await colleague.check.shows("linked");
});

test("without script the message says by hand what the script does", async (t) => {
  const person = await t.person({ script: false });
  const { url, token } = await t.invite();
  await person.goTo(url);
  await person.welcome.forward();
  await person.forward.message.getByText("[the address of the invite]").waitFor();
  await person.forward.message.getByText("Put the invite’s address where the brackets are", { exact: false }).waitFor();
  assert.equal(await person.forward.copy.isVisible(), false);
  assert.ok(!(await person.page.content()).includes(token), "the token is in the page");
  // The address in the bar, without its end, is the invite.
  await person.goTo(person.page.url().replace(/\/forward$/, ""));
  await person.welcome.start();
  assert.equal(person.place, "key");
});

test("an invite that is unknown has no message to pass on", async (t) => {
  const person = await t.person();
  await person.goTo(`/i/${"B".repeat(43)}/forward`, 404);
  await person.welcome.problem("invite_unknown").waitFor();
});
