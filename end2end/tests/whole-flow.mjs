// From the invite to the receipt, and what support then sees.
import assert from "node:assert/strict";
import { ACCOUNTS } from "../lib/simulated.mjs";
import { OTHER } from "../lib/stage.mjs";
import { test } from "../lib/suite.mjs";
import { COMPANY, STAFF } from "../lib/world.mjs";

const GRANTED = {
  employee_person_details: "granted",
  employee_pay_statement: "untestable",
  pto_plan_integration: "granted",
  company_configuration_integration: "granted",
  employee_job_history_details: "granted",
};

async function wholeFlow(t, { world, account, address, host, script }) {
  const invite = await world.invite();
  const admin = await t.person({ at: world, script });
  await admin.goTo(invite.url);
  await admin.welcome.heading(`Link your company’s UKG\u{a0}Pro with ${COMPANY}`).waitFor();
  await admin.welcome.start();
  assert.equal(admin.place, "key");
  await admin.key.enter(account.key);
  assert.equal(admin.place, "account");
  await admin.account.enter(account.username, account.password);
  assert.equal(admin.place, "domain");
  await admin.domain.enter(address);
  assert.equal(admin.place, "check");
  await admin.check.shows("linked");
  assert.deepEqual(await admin.check.results(), GRANTED);
  await admin.check.finish();
  assert.equal(admin.place, "done");
  assert.equal(await admin.receipt.status(), "linked");
  await admin.receipt.main.getByText(host, { exact: true }).waitFor();
  // The invite leads back to the receipt, where nothing can be changed by mistake.
  await admin.goTo(invite.url);
  await admin.welcome.start();
  assert.equal(admin.place, "done");

  const support = await t.person({ at: world, script });
  await support.goTo("/sign-in");
  await support.signIn.enter(STAFF);
  const row = support.desk.row(invite.link);
  assert.equal(await row.getAttribute("data-link-status"), "linked");
  await row.getByText("Nothing to do", { exact: true }).waitFor();
  await support.desk.open(invite.link);
  await support.desk.heading(invite.customer).waitFor();
  await support.page.getByText("Nobody has to act").waitFor();
  const { status, who_acts: who, host: used } = await world.link(invite.link);
  assert.deepEqual({ status, who, used }, { status: "linked", who: "nobody", used: host });
  await support.desk.press(support.desk.button("Sign out"));
  assert.equal(support.place, "sign-in");
}

for (const [words, script] of [["with script", true], ["without script", false]]) {
  test(`an account is linked ${words}, and support sees it linked with nobody to act`, async (t) => {
    const address = "http://Service4.ultipro.com/services/LoginService";
    await wholeFlow(t, { world: t.main, account: ACCOUNTS.allGranted, address, host: "service4.ultipro.com", script });
  });

  test(`an account of another UKG Pro than our simulator is linked ${words}`, async (t) => {
    const address = `https://${t.otherUkg.host}/services/BIDataService`;
    const before = t.otherUkg.requests.length;
    await wholeFlow(t, { world: t.other, account: OTHER.full, address, host: t.otherUkg.host, script });

    const asked = t.otherUkg.requests.slice(before).filter(({ path }) => !path.startsWith("/services/"));
    assert.ok(asked.length >= 4, `it was asked ${asked.length} times`);
    for (const { method, host, path, query, accept } of asked) {
      // Never more than one person's record; UKG's own default is ten thousand.
      assert.deepEqual({ method, host, accept, page: query.page, size: query.per_page }, { method: "GET", host: t.otherUkg.host, accept: "application/json", page: "1", size: "1" }, path);
    }
  });
}
