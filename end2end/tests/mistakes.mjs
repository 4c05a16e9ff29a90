// The guide's table of mistakes, entered field by field: what is said while typing, and after sending with script and without.
import assert from "node:assert/strict";
import { BESIDE, MISTAKES } from "../lib/mistakes.mjs";
import { Tally } from "../lib/named-right.mjs";
import { ACCOUNTS } from "../lib/simulated.mjs";
import { test } from "../lib/suite.mjs";

/** The field by its name in the table: its page and the page's own name of it. */
const FIELDS = { key: ["key", "field"], username: ["account", "username"], password: ["account", "password"], url: ["domain", "field"] };
const total = new Tally();

/** The codes that are shown beside the form. */
function codes(person) {
  return person.page.locator("form [data-code]").evaluateAll((notes) => notes.map((note) => note.dataset.code));
}

/** What is said: one code, `taken` when nothing is, or what is said too much. */
function said(found, moved) {
  if (found.length === 0) return moved ? "taken" : "nothing";
  return found.join(" and ");
}

/** Enters one row into its field; hands back what was said before and after sending. */
async function enters(person, name, text) {
  const [place, part] = FIELDS[name];
  const step = person[place];
  const [beside, value] = BESIDE[name] ?? [];
  if (beside) await step[beside].fill(value);
  const field = step[part];
  let before;
  if (person.script) {
    await field.fill("");
    await field.focus();
    if (text) await person.page.keyboard.insertText(text);
    // The field is judged as it changes, not later.
    before = text ? said(await codes(person), true) : undefined;
  } else {
    await field.fill(text);
  }
  await step.save();
  const after = said(await codes(person), person.place !== place);
  return { before, after };
}

for (const [words, script] of [["with script", true], ["without script", false]]) {
  for (const [name, rows] of Object.entries(MISTAKES)) {
    test(`what people put into the field ${name} is named right, ${words}`, async (t) => {
      const tally = new Tally();
      const person = await t.person({ script });
      const [place] = FIELDS[name];
      let at;
      let taken = 0;
      for (const [text, expected] of rows) {
        // What is missing is so only where nothing was saved.
        if (!at || expected.endsWith("_missing")) {
          const invite = await t.invite();
          at = `/link/${invite.link}/${place}`;
          await person.sends(invite.url);
          await person.goTo(at);
        } else if (person.place !== place) {
          await person.goTo(at);
        }
        const { before, after } = await enters(person, name, text);
        if (script && text.trim()) tally.note(`${JSON.stringify(text)} while it is typed`, expected, before);
        tally.note(JSON.stringify(text), expected, after);
        if (after === "taken" && expected !== "taken") taken += 1;
        if (expected !== "taken" && after === expected) assert.equal(await person.key.button("Use it anyway").count() > 0, isDoubt(expected), `${text}: a doubt is to be overridden, a mistake not`);
      }
      total.add(tally);
      tally.report(t, `${name}, ${words}`);
      assert.equal(taken, 0, "something wrong was taken");
    }, { long: true, limit: 180 });
  }

  test(`a whole flow links although everything was copied clumsily, ${words}`, async (t) => {
    const { key, username, password } = ACCOUNTS.allGranted;
    const admin = await t.person({ script });
    await admin.goesTo("key", await t.invite());
    await admin.key.enter(`Customer API Key:\u00a0“${key.toLowerCase()}”`);
    await admin.account.enter(` Username: ${username}\u200b`, `\tNew Password: ${password} `);
    await admin.domain.enter(`Login service endpoint  <http://SERVICE4.ultipro.com/services/LoginService>,`);
    await admin.check.shows("linked");
  });
}

test("of all that people put into the fields, at least 95 in 100 are named right", async (t) => {
  if (total.all > 0) total.report(t, "inputs");
}, { when: "last" });

/** Codes that ask, and do not refuse (shared/contract.md). */
function isDoubt(code) {
  return ["key_unusual_shape", "username_is_email", "url_test_tenant"].includes(code);
}
