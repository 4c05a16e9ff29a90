// One row of the check, asked anew, and rows that nobody asked for.
import assert from "node:assert/strict";
import { SERVICES } from "../lib/other-ukg.mjs";
import { test } from "../lib/suite.mjs";
import { STAFF } from "../lib/world.mjs";

const ASKED = ["employee_person_details", "pto_plan_integration", "company_configuration_integration", "employee_job_history_details"];
const but = (...missing) => ASKED.filter((slug) => !missing.includes(slug));
const paths = (requests) => requests.map(({ path }) => path);

async function checked(t, person, account, permissions = ASKED) {
  const invite = await t.other.invite({ permissions });
  await person.hurriesTo("check", invite, account, t.otherUkg.host);
  return invite;
}

for (const [words, script] of [["with script", true], ["without script", false]]) {
  test(`a row that was mended meanwhile is asked for alone, and nothing is typed again, ${words}`, async (t) => {
    const account = t.otherUkg.account({ granted: but("pto_plan_integration") });
    const admin = await t.person({ at: t.other, script });
    const { link } = await checked(t, admin, account);
    await admin.check.shows("linked_with_gaps");
    const row = admin.check.row("pto_plan_integration");
    await row.getByText("tick View, then press Save at the top").waitFor();
    await row.getByRole("img", { name: "in the row PTO Plan Integration, View is ticked" }).waitFor();

    // Not mended yet: the answer is the same, and costs one request.
    let before = t.otherUkg.of(account).length;
    await admin.check.rowAgain("pto_plan_integration");
    await admin.check.shows("linked_with_gaps");
    assert.deepEqual(paths(t.otherUkg.of(account).slice(before)), ["/personnel/v1/pto-plans"]);

    account.granted = ASKED;
    before = t.otherUkg.of(account).length;
    await admin.check.rowAgain("pto_plan_integration");
    await admin.check.shows("linked");
    assert.deepEqual(paths(t.otherUkg.of(account).slice(before)), ["/personnel/v1/pto-plans"]);
    const results = await admin.check.results();
    assert.deepEqual(Object.values(results), ASKED.map(() => "granted"));
    assert.equal((await t.other.link(link)).status, "linked");
    await admin.check.finish();
    assert.equal(await admin.receipt.status(), "linked");
  });

  test(`of several gaps each row says where it is, and mends by itself, ${words}`, async (t) => {
    const account = t.otherUkg.account({ granted: but("pto_plan_integration", "employee_job_history_details"), missing: { status: 401 } });
    const admin = await t.person({ at: t.other, script });
    await checked(t, admin, account);
    await admin.check.heading("Linked. 2 boxes are left to tick").waitFor();
    await admin.check.note("The same for each row marked below").waitFor();
    const row = admin.check.row("employee_job_history_details");
    await row.getByText("Show me where").click();
    await row.getByText("Employee Job is not Employee Job History Details.").waitFor();
    await row.getByRole("img").waitFor();

    account.granted = but("pto_plan_integration");
    await admin.check.rowAgain("employee_job_history_details");
    await admin.check.heading("Linked. One box is left to tick").waitFor();
    assert.equal((await admin.check.results()).pto_plan_integration, "missing");
    account.granted = ASKED;
    await admin.check.rowAgain("pto_plan_integration");
    await admin.check.shows("linked");
  });

  test(`the required permission, once granted, links by its own row, ${words}`, async (t) => {
    const account = t.otherUkg.account({ granted: but("employee_person_details") });
    const admin = await t.person({ at: t.other, script });
    await checked(t, admin, account);
    await admin.check.heading("Almost there. One box must be ticked").waitFor();
    await admin.check.row("employee_person_details").getByText("Employee Person is not Employee Person Details.").waitFor();
    account.granted = ASKED;
    await admin.check.rowAgain("employee_person_details");
    await admin.check.shows("linked");
  });
}

test("a row that gave no clear answer is asked for again by itself, and a fault leaves the others as they were", async (t) => {
  const account = t.otherUkg.account({ answers: ({ permission }) => (permission === "pto_plan_integration" ? { status: 500 } : undefined) });
  const admin = await t.person({ at: t.other });
  await checked(t, admin, account);
  await admin.check.shows("linked");
  assert.equal((await admin.check.results()).pto_plan_integration, "unchecked");
  await admin.check.row("pto_plan_integration").getByText("UKG Pro is not working properly right now.").waitFor();
  account.answers = () => ({ status: 503 });
  await admin.check.rowAgain("pto_plan_integration");
  await admin.check.shows("linked");
  const { pto_plan_integration: asked, ...others } = await admin.check.results();
  assert.deepEqual([asked, ...Object.values(others)], ["unchecked", "granted", "granted", "granted"]);
  account.answers = undefined;
  await admin.check.again();
  await admin.check.shows("linked");
  assert.equal((await admin.check.results()).pto_plan_integration, "granted");
});

test("an account that is refused while one row is asked for is not accepted any more", async (t) => {
  const account = t.otherUkg.account({ granted: but("pto_plan_integration", "employee_person_details") });
  const admin = await t.person({ at: t.other });
  const { link } = await checked(t, admin, account);
  await admin.check.shows("in_progress");
  account.refused = true;
  const before = t.otherUkg.of(account).length;
  await admin.check.rowAgain("employee_person_details");
  await admin.check.problem("credentials_rejected").waitFor();
  assert.ok(t.otherUkg.of(account).length - before <= 3, "more than three refused requests");
  assert.equal((await t.other.link(link)).status, "in_progress");
});

test("what is granted though nobody asked for it may be unticked, which admin and support are told", async (t) => {
  const account = t.otherUkg.account();
  const admin = await t.person({ at: t.other });
  const { link } = await checked(t, admin, account, ["employee_person_details", "pto_plan_integration"]);
  await t.other.untilLink(link, "knows the rows too many", ({ check }) => check.not_asked_but_granted.length === 5);
  const support = await t.person({ at: t.other });
  await support.goTo("/sign-in");
  await support.signIn.enter(STAFF);
  const note = "The account may read more than it needs to";
  const sentence = "You may untick View in these rows: Company Configuration Integration, Payroll Integration, Personnel Integration, Employee Job History Details, Employee Compensation Details.";
  for (const place of ["check", "done"]) {
    await admin.goTo(`/link/${link}/${place}`);
    await admin.check.note(note).waitFor();
    await admin.check.main.getByText(sentence, { exact: false }).waitFor();
  }
  await support.goTo(`/desk/links/${link}`);
  await support.desk.main.getByText("Payroll Integration", { exact: false }).first().waitFor();

  account.granted = ["employee_person_details", "pto_plan_integration"];
  await admin.goTo(`/link/${link}/done`);
  await admin.receipt.checkAgain();
  await admin.check.shows("linked");
  await t.other.untilLink(link, "has no row too many", ({ check }) => check.not_asked_but_granted.length === 0);
  await admin.goTo(`/link/${link}/done`);
  assert.equal(await admin.check.note(note).count(), 0);
  // Asked without the permissions of the link, and never for more than one record.
  for (const { query } of t.otherUkg.of(account)) assert.deepEqual([query.page, query.per_page], ["1", "1"]);
  assert.ok(paths(t.otherUkg.of(account)).every((path) => path in SERVICES));
});
