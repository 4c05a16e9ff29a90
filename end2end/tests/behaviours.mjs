// Everything a UKG Pro can answer, from a stand-in that knows nothing of our program: what the check's page makes of it.
import assert from "node:assert/strict";
import { BEHAVIOURS } from "../lib/behaviours.mjs";
import { Tally } from "../lib/named-right.mjs";
import { test } from "../lib/suite.mjs";

/** No check may take longer (issue 3); the page and a busy machine take something as well. */
const DEADLINE_MS = 30_000;
const PERMISSIONS = ["employee_person_details", "pto_plan_integration", "company_configuration_integration"];
const total = new Tally();

/** Plays one behaviour to a person of its own; `[status, codes]` as the page shows them, and how long it took. */
async function plays(t, person, [sentence, knobs, , { host: ofHost = false } = {}]) {
  const { answers, ...rest } = knobs;
  const account = t.otherUkg.account(ofHost ? rest : knobs);
  const host = ofHost ? t.otherUkg.hostThat(answers) : t.otherUkg.host;
  const invite = await t.other.invite({ permissions: PERMISSIONS, lookUp: false });
  const began = performance.now();
  await person.hurriesTo("check", invite, account, host);
  const took = performance.now() - began;
  const status = await person.check.status();
  const codes = new Set(await person.check.main.locator("[data-code]").evaluateAll((all) => all.map((one) => one.dataset.code)));
  const refused = t.otherUkg.of(account).filter(({ status: answered }) => answered === 401).length;
  const link = await t.other.link(invite.link);
  assert.equal(link.status, status, `${sentence}: the page says ${status}, the command line ${link.status}`);
  return { found: `${status} ${[...codes].sort().join(" ")}`.trim(), status, took, refused };
}

/** Plays several, each to somebody new, a few at a time. */
async function playAll(t, behaviours, { script, atOnce }) {
  const tally = new Tally();
  const queue = [...behaviours];
  const problems = [];
  const inTurn = async () => {
    const person = await t.person({ at: t.other, script });
    for (let behaviour = queue.shift(); behaviour; behaviour = queue.shift()) {
      const [sentence, , [status, codes]] = behaviour;
      const { found, status: is, took, refused } = await plays(t, person, behaviour);
      tally.note(sentence, `${status} ${[...codes].sort().join(" ")}`.trim(), found);
      if (is.startsWith("linked") && !status.startsWith("linked")) problems.push(`${sentence} is called ${is}`);
      // One 401 per missing permission is no refusal of the account.
      if (status === "in_progress" && codes.includes("credentials_rejected") && refused > 3) problems.push(`${sentence}: ${refused} requests were refused`);
      if (took > DEADLINE_MS) problems.push(`${sentence}: it took ${(took / 1000).toFixed(1)} s`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, inTurn));
  total.add(tally);
  tally.report(t, `answers, ${script ? "with script" : "without script"}`);
  assert.deepEqual(problems, []);
}

const isLong = ([, , , { long = false } = {}]) => long;

// The page of a check that ended is the same with script and without; each answer meets one of the two.
for (const [words, script] of [["with script", true], ["without script", false]]) {
  test(`whatever UKG Pro answers is named right, ${words}`, async (t) => {
    const mine = BEHAVIOURS.filter((one) => !isLong(one)).filter((_, n) => (n % 2 === 0) === script);
    await playAll(t, mine, { script, atOnce: 2 });
  }, { long: true, limit: 240 });
}

test("answers that take their time are named right when their time is over", async (t) => {
  const late = BEHAVIOURS.filter(isLong);
  await playAll(t, late, { script: true, atOnce: late.length });
}, { long: true, limit: 120 });

test("of all that UKG Pro can answer, at least 95 in 100 are named right", async (t) => {
  if (total.all > 0) total.report(t, "answers");
}, { when: "last" });
