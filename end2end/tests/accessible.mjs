// axe, on every page and state: light, dark, forced colours (bar B8).
import assert from "node:assert/strict";
import { axeVisitor } from "../lib/accessible.mjs";
import { test } from "../lib/suite.mjs";
import { TOURS } from "../lib/tours.mjs";

for (const [name, tour] of Object.entries(TOURS)) {
  test(`axe finds nothing wrong with ${name}`, async (t) => {
    const visitor = axeVisitor();
    await tour(t, visitor);
    assert.deepEqual(visitor.problems, []);
    t.figure(`${visitor.looks} looks`);
  }, { long: true, limit: 150 });
}

test("axe notices a page that is hard to use", async (t) => {
  const visitor = axeVisitor();
  const person = await t.person();
  await person.goTo("/sign-in");
  await person.signIn.email.evaluate((field) => {
    document.documentElement.removeAttribute("lang");
    field.labels[0].remove();
  });
  await visitor("sign-in: spoilt", person);
  assert.match(visitor.problems.join("\n"), /html-has-lang/);
  assert.match(visitor.problems.join("\n"), /label/);
});
