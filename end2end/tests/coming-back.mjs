// A link is opened again: only what broke is asked for, and what is in use stays until something better is proven.
import assert from "node:assert/strict";
import { test } from "../lib/suite.mjs";
import { STAFF } from "../lib/world.mjs";

const ASKED = ["employee_person_details", "pto_plan_integration", "company_configuration_integration"];
const NEW_PASSWORD = "nEw+generated;Pass(9)word%";
const OTHER_DATA_CENTRE = "service3.ultipro.ca";

/** A link that is linked, and whoever linked it. */
async function linked(t, account, { script, host = t.otherUkg.host } = {}) {
  const invite = await t.other.invite({ permissions: ASKED });
  const admin = await t.person({ at: t.other, script });
  await admin.hurriesTo("done", invite, account, host);
  assert.equal(await admin.receipt.status(), "linked");
  return { admin, invite };
}

/** Its stored account was refused twice, which is believed. */
async function breaks(t, admin, invite, account) {
  account.refused = true;
  for (const status of ["attention", "broken"]) {
    await admin.sends(`/link/${invite.link}/check`);
    await admin.checkEnds(invite);
    assert.equal((await t.other.link(invite.link)).status, status);
  }
}

for (const [words, script] of [["with script", true], ["without script", false]]) {
  test(`a new invite to a broken link asks for the password alone, and links it again, ${words}`, async (t) => {
    const account = t.otherUkg.account();
    const { admin, invite } = await linked(t, account, { script });
    await breaks(t, admin, invite, account);
    await admin.goTo(`/link/${invite.link}/done`);
    assert.equal(await admin.receipt.status(), "broken");
    await admin.receipt.problem("credentials_rejected").waitFor();

    const again = await t.other.inviteAgain(invite);
    const colleague = await t.person({ at: t.other, script });
    await colleague.goTo(again.url);
    await colleague.welcome.start();
    assert.equal(colleague.place, "account");
    await colleague.account.heading("Enter a new password").waitFor();
    await colleague.page.getByText("The service account’s username is saved and stays.").waitFor();
    assert.equal(await colleague.account.username.isVisible(), false, "the username is asked for");
    Object.assign(account, { refused: false, password: NEW_PASSWORD });
    await colleague.account.renew(NEW_PASSWORD);
    assert.equal(colleague.place, "check");
    await colleague.check.shows("linked");
    await colleague.check.finish();
    assert.equal(await colleague.receipt.status(), "linked");
    const { status, problem, who_acts: who } = await t.other.link(invite.link);
    assert.deepEqual([status, problem, who], ["linked", null, "nobody"]);
    // What was refused anyway is no way back.
    assert.equal(await colleague.receipt.button("Undo").count(), 0);
  });

  test(`a new password that fails leaves the link linked, a good one takes its place and can be undone, ${words}`, async (t) => {
    const account = t.otherUkg.account();
    const { admin, invite } = await linked(t, account, { script });
    await admin.receipt.updatePassword();
    assert.equal(admin.place, "account");
    await admin.page.getByText("Your link goes on with what is saved until the new values have passed the check.").waitFor();
    await admin.account.renew("not+the;new(one)%");
    assert.equal(admin.place, "check");
    await admin.check.note("The new values are not in use").waitFor();
    await admin.check.problem("credentials_rejected").waitFor();
    assert.equal((await t.other.link(invite.link)).status, "linked");
    await admin.goTo(`/link/${invite.link}/done`);
    assert.equal(await admin.receipt.status(), "linked");
    await admin.check.note("New values wait for their check").waitFor();

    account.password = NEW_PASSWORD;
    await admin.goTo(`/link/${invite.link}/account`);
    await admin.account.renew(NEW_PASSWORD);
    await admin.check.shows("linked");
    await admin.check.note("The new values are in use now").waitFor();
    await admin.check.main.getByText(/The earlier ones are kept until .* \(UTC\)\./).waitFor();
    await admin.goTo(`/link/${invite.link}/done`);
    await admin.receipt.undo();
    // The earlier password is in use again, and is checked at once: UKG Pro refuses it now.
    await admin.check.problem("credentials_rejected").waitFor();
    assert.equal((await t.other.link(invite.link)).status, "attention");
  });

  test(`another UKG Pro account is noticed and asked about before anything changes, ${words}`, async (t) => {
    const account = t.otherUkg.account();
    const { admin, invite } = await linked(t, account, { script });
    const moves = async () => {
      await admin.goTo(`/link/${invite.link}/domain`);
      await admin.domain.enter(`https://${OTHER_DATA_CENTRE}/services/LoginService`);
      await admin.check.heading("Is this another UKG Pro account?").waitFor();
      for (const host of [t.otherUkg.host, OTHER_DATA_CENTRE]) await admin.check.main.getByText(host, { exact: true }).first().waitFor();
      await admin.check.main.getByText("Nothing has changed yet.", { exact: false }).waitFor();
      assert.equal((await t.other.link(invite.link)).host, t.otherUkg.host);
    };
    await moves();
    await admin.check.press(admin.check.button("Keep the one in use"));
    assert.equal(admin.place, "done");
    assert.equal((await t.other.link(invite.link)).host, t.otherUkg.host);
    await moves();
    await admin.check.press(admin.check.button("Use the new account"));
    const { status, host } = await t.other.link(invite.link);
    assert.deepEqual([status, host], ["linked", OTHER_DATA_CENTRE]);
    await admin.goTo(`/link/${invite.link}/done`);
    await admin.receipt.undo();
    assert.equal((await t.other.link(invite.link)).host, t.otherUkg.host);
  });
}

test("another Customer API Key is noticed too, as the same system's other account", async (t) => {
  const account = t.otherUkg.account();
  const { admin, invite } = await linked(t, account);
  const key = "Z8Y7X";
  account.key = key;
  await admin.goTo(`/link/${invite.link}/key`);
  await admin.key.enter(key);
  await admin.check.heading("Is this another UKG Pro account?").waitFor();
  await admin.check.main.getByText("The UKG Pro system is the same, but the Customer API Key is another one.").waitFor();
  await admin.check.press(admin.check.button("Use the new account"));
  assert.equal((await t.other.link(invite.link)).status, "linked");
});

test("an account that may read less is asked about, and only then used", async (t) => {
  const account = t.otherUkg.account();
  const { admin, invite } = await linked(t, account);
  const weaker = t.otherUkg.account({ key: account.key, granted: ["employee_person_details", "company_configuration_integration"] });
  await admin.sends(`/link/${invite.link}/account`, { username: weaker.username, password: weaker.password });
  await admin.checkEnds(invite);
  await admin.goTo(`/link/${invite.link}/check`);
  await admin.check.heading("The new account may read less").waitFor();
  await admin.check.main.getByRole("listitem").filter({ hasText: /^PTO Plan Integration$/ }).waitFor();
  assert.equal((await t.other.link(invite.link)).status, "linked");
  await admin.check.press(admin.check.button("Use the new account"));
  assert.equal((await t.other.link(invite.link)).status, "linked_with_gaps");
  await admin.goTo(`/link/${invite.link}/check`);
  await admin.check.undo();
  assert.equal((await t.other.link(invite.link)).status, "linked");
});

test("the same account under two links is noticed on both, and named to support alone", async (t) => {
  const account = t.otherUkg.account();
  const first = await linked(t, account);
  const note = "This UKG Pro account is linked already";
  assert.equal(await first.admin.check.note(note).count(), 0);
  const second = await linked(t, account);
  for (const [one, other] of [[first, second], [second, first]]) {
    for (const place of ["check", "done"]) {
      await one.admin.goTo(`/link/${one.invite.link}/${place}`);
      await one.admin.check.note(note).waitFor();
      assert.ok(!(await one.admin.page.content()).includes(other.invite.customer), "the other customer is named");
    }
  }
  const support = await t.person({ at: t.other });
  await support.goTo("/sign-in");
  await support.signIn.enter(STAFF);
  for (const [one, other] of [[first, second], [second, first]]) {
    await support.goTo(`/desk/links/${one.invite.link}`);
    await support.desk.press(support.desk.link(other.invite.customer));
    await support.desk.heading(other.invite.customer).waitFor();
    assert.deepEqual((await t.other.link(one.invite.link)).same_account, [other.invite.link]);
  }
});

test("a fault of UKG Pro while new values are checked changes nothing, and they are checked again", async (t) => {
  const account = t.otherUkg.account();
  const { admin, invite } = await linked(t, account);
  Object.assign(account, { password: NEW_PASSWORD, answers: () => ({ status: 503 }) });
  await admin.receipt.updatePassword();
  await admin.account.renew(NEW_PASSWORD);
  await admin.check.problem("ukg_unavailable").waitFor();
  await admin.check.main.getByText("Your link goes on with what was saved before. Mend what is named below, or leave it as it is.").waitFor();
  assert.equal((await t.other.link(invite.link)).status, "linked");
  account.answers = undefined;
  await admin.check.again();
  await admin.check.note("The new values are in use now").waitFor();
});
