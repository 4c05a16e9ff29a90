// What the flow costs a browser (bar P1).
import { assertBudget, measure, shown, table, total } from "../lib/budget.mjs";
import { ACCOUNTS } from "../lib/simulated.mjs";
import { test } from "../lib/suite.mjs";
import { EVERY_PERMISSION } from "../lib/ways.mjs";

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

test("each page beside the flow costs at most 64 KB cold as well", async (t) => {
  const granted = ["employee_person_details"];
  const account = t.otherUkg.account({ granted });
  const invite = await t.other.invite({ permissions: EVERY_PERMISSION, email: "hr-admin@contoso.example" });
  const admin = await t.person({ at: t.other });
  const cold = [];
  const alone = async (what, who, address) => {
    const fresh = await t.person({ at: t.other, storageState: await who.context.storageState() });
    const rows = await measure(fresh.page, address);
    cold.push([what, rows]);
    await fresh.leave();
  };
  const at = `/link/${invite.link}`;
  await alone("the message to forward", admin, `${invite.url}/forward`);
  await admin.sends(invite.url);
  await admin.goTo(`${at}/account`);
  const address = await admin.account.handOver();
  await alone("the hand-over", admin, `${at}/hand-over?step=account`);
  await alone("the colleague's welcome", admin, address);
  const colleague = await t.person({ at: t.other });
  await colleague.sends(address);
  await colleague.sends(`${at}/only/account`, { username: "maria@contoso.example", password: "AB1C2" });
  await alone("the account step alone, with two mistakes", colleague, `${at}/only/account`);
  await admin.sends(`${at}/key`, { key: "ABC-123" });
  await alone("step 1 with a doubt, and the box for a page", admin, `${at}/key?took=`);
  await admin.sends(`${at}/account`, { username: "maria@contoso.example", password: "AB1C2" });
  await alone("step 2 with two mistakes, handed over", admin, `${at}/account`);
  await admin.sends(`${at}/key`, { key: account.key });
  await admin.sends(`${at}/account`, { username: account.username, password: account.password });
  await admin.sends(`${at}/domain`, { url: "https://contoso.ultipro.com/login" });
  await alone("step 3 with a mistake", admin, `${at}/domain?took=`);
  await admin.sends(`${at}/domain`, { url: t.otherUkg.host });
  await admin.checkEnds(invite);
  await alone("the check with six gaps", admin, `${at}/check`);
  for (const place of ["done", "disconnect", "account", "key"]) await alone(`${place} of a linked account`, admin, `${at}/${place}`);
  await admin.sends(`${at}/account`, { password: "not+the;new(one)%" });
  await admin.checkEnds(invite);
  await alone("the check of values that failed", admin, `${at}/check`);
  for (const [what, rows] of cold) t.figure(`${String(total(rows)).padStart(8)}  ${what}`);
  for (const [, rows] of cold) assertBudget(rows, { page: 65_536, flow: Infinity });
});

/** The sum of each visit. */
function pages(rows) {
  const visits = new Map();
  for (const row of rows) visits.set(row.visit, [...(visits.get(row.visit) ?? []), row]);
  return [...visits.values()].map((of) => [of[0].page, total(of)]);
}
