// What the flow costs a browser (bar P1).
import { assertBudget, measure, shown, table, total } from "../lib/budget.mjs";
import { ACCOUNTS } from "../lib/simulated.mjs";
import { test } from "../lib/suite.mjs";
import { EVERY_PERMISSION } from "../lib/tours.mjs";

const { allGranted } = ACCOUNTS;

test("each page of the flow costs at most 64 KB cold, and the whole flow at most 110 KB", async (t) => {
  // With every permission asked for the pages are as long as they get.
  const invite = await t.invite({ permissions: EVERY_PERMISSION, email: "hr-admin@contoso.example" });
  const admin = await t.person();
  const cold = [];
  /** Measures the page that `admin` is on for a browser that has nothing of it yet. */
  const alone = async () => {
    const fresh = await t.person({ storageState: await admin.context.storageState() });
    cold.push(...(await measure(fresh.page, admin.page.url())));
  };
  const flow = [];
  const goOn = async (visit) => {
    flow.push(...(await measure(admin.page, visit)));
    await alone();
  };
  await goOn(() => admin.goTo(invite.url));
  await goOn(() => admin.welcome.start());
  await goOn(() => admin.key.enter(allGranted.key));
  await goOn(() => admin.account.enter(allGranted.username, allGranted.password));
  await goOn(() => admin.domain.enter("service4.ultipro.com"));
  await goOn(() => admin.check.finish());

  t.figure("the whole flow, with a browser's cache:");
  t.figure(table(flow));
  t.figure("each page alone, cold:");
  for (const [page, bytes] of pages(cold)) t.figure(`${String(bytes).padStart(8)}  ${shown(page)}`);
  assertBudget(flow);
  assertBudget(cold, { page: 65_536, flow: Infinity });
});

/** The sum of each visit. */
function pages(rows) {
  const visits = new Map();
  for (const row of rows) visits.set(row.visit, [...(visits.get(row.visit) ?? []), row]);
  return [...visits.values()].map((of) => [of[0].page, total(of)]);
}
