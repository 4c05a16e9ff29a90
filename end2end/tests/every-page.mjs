// Every page in every state: axe in light, dark and forced colours, and narrow screens (bar B8).
import assert from "node:assert/strict";
import { axeVisitor } from "../lib/accessible.mjs";
import { reflowVisitor } from "../lib/reflow.mjs";
import { test } from "../lib/suite.mjs";
import { TOURS } from "../lib/tours.mjs";

for (const [name, tour] of Object.entries(TOURS)) {
  test(`axe finds nothing wrong with ${name}, and nothing is lost at 320 px, 360 px and 200 %`, async (t) => {
    const axe = axeVisitor();
    const reflow = reflowVisitor();
    const states = [];
    await tour(t, async (state, person) => {
      states.push(state);
      await axe(state, person);
      await reflow(state, person);
    });
    assert.deepEqual([...axe.problems, ...reflow.problems], []);
    t.figure(`${states.length} states, ${axe.looks} times axe, ${reflow.looks} narrow screens`);
  }, { long: true, limit: 180 });
}

test("axe notices a page that is hard to use", async (t) => {
  const visitor = axeVisitor();
  const person = await t.person();
  await person.goTo("/sign-in");
  await person.signIn.email.evaluate((field) => {
    document.documentElement.removeAttribute("lang");
    field.labels[0].remove();
  });
  await person.signIn.heading("Sign in").evaluate((heading) => {
    heading.style.setProperty("forced-color-adjust", "none");
    heading.style.setProperty("color", "Canvas");
  });
  await visitor("sign-in: spoilt", person);
  const problems = visitor.problems.join("\n");
  assert.match(problems, /html-has-lang/);
  assert.match(problems, /spoilt, light: .*label/);
  assert.match(problems, /forced colours, light: “Sign in to the desk” has a contrast of 1.0/);
});
