// Refused accounts: nothing is sent twice, nothing is locked, and there is always a way on.
import assert from "node:assert/strict";
import { test } from "../lib/suite.mjs";
import { STAFF } from "../lib/world.mjs";

const wrong = (n) => `wr0ng+Password;no(${n})`;

for (const [words, script] of [["with script", true], ["without script", false]]) {
  test(`a refused password is not sent a second time, and another one links, ${words}`, async (t) => {
    const account = t.otherUkg.account();
    const admin = await t.person({ at: t.other, script });
    const invite = await t.other.invite();
    await admin.hurriesTo("check", invite, { ...account, password: wrong(1) }, t.otherUkg.host);
    await admin.check.problem("credentials_rejected").waitFor();
    await admin.check.note("We do not send the same values again").waitFor();
    const refused = t.otherUkg.of(account).length;
    assert.ok(refused <= 3, `${refused} refused requests`);

    await admin.check.press(admin.check.link("Enter the password again"));
    await admin.account.password.fill(wrong(1));
    await admin.account.save();
    assert.equal(admin.place, "check");
    await admin.check.problem("credentials_rejected").waitFor();
    assert.equal(t.otherUkg.of(account).length, refused, "the same password was sent again");

    await admin.check.press(admin.check.link("Enter the password again"));
    await admin.account.password.fill(account.password);
    await admin.account.save();
    await admin.check.shows("linked");
    assert.equal((await t.other.link(invite.link)).status, "linked");
  });

  test(`an account that was mended in UKG Pro itself is tried once more, ${words}`, async (t) => {
    const account = t.otherUkg.account({ refused: true });
    const admin = await t.person({ at: t.other, script });
    await admin.hurriesTo("check", await t.other.invite(), account, t.otherUkg.host);
    await admin.check.problem("credentials_rejected").waitFor();
    account.refused = false;
    await admin.check.press(admin.check.onceMore);
    await admin.check.shows("linked");
  });

  test(`after saying too early that it was mended, the next try waits, ${words}`, async (t) => {
    const account = t.otherUkg.account({ refused: true });
    const admin = await t.person({ at: t.other, script });
    const invite = await t.other.invite();
    await admin.hurriesTo("check", invite, account, t.otherUkg.host);
    await admin.check.problem("credentials_rejected").waitFor();
    const refused = t.otherUkg.of(account).length;
    await admin.check.press(admin.check.onceMore);
    await admin.check.problem("credentials_rejected").waitFor();
    await admin.check.note(/^Please wait (14|15) minutes before the next try$/).waitFor();
    assert.equal(t.otherUkg.of(account).length, refused + 1);
    await admin.sends(`/link/${invite.link}/check`, { mended: "yes" });
    assert.equal(t.otherUkg.of(account).length, refused + 1, "something was sent");
    // Another password is another matter.
    await admin.goTo(`/link/${invite.link}/account`);
    account.refused = false;
    account.password = "Another-One-7";
    await admin.account.password.fill(account.password);
    await admin.account.save();
    await admin.check.shows("linked");
  });

  test(`after four rejections the next try waits, and the page says how many minutes, ${words}`, async (t) => {
    const account = t.otherUkg.account();
    const admin = await t.person({ at: t.other, script });
    const invite = await t.other.invite();
    await admin.hurriesTo("check", invite, { ...account, password: wrong(1) }, t.otherUkg.host);
    for (const n of [2, 3, 4]) {
      await admin.sends(`/link/${invite.link}/account`, { username: account.username, password: wrong(n) });
      await admin.checkEnds(invite);
    }
    const refused = t.otherUkg.of(account).length;
    assert.ok(refused <= 12, `${refused} refused requests`);
    await admin.goTo(`/link/${invite.link}/account`);
    await admin.account.password.fill(wrong(5));
    await admin.account.save();
    assert.equal(admin.place, "check");
    await admin.check.note(/^Please wait (14|15) minutes before the next try$/).waitFor();
    await admin.check.main.getByText("So that UKG Pro does not lock the account, we send nothing for now.").waitFor();
    // Nor is the right one sent, whatever is pressed: it could be the one too many.
    await admin.sends(`/link/${invite.link}/account`, { password: account.password });
    await admin.sends(`/link/${invite.link}/check`, { mended: "yes" });
    await admin.sends(`/link/${invite.link}/check`, { permission: "employee_person_details" });
    assert.equal(t.otherUkg.of(account).length, refused, "something was sent");
    await admin.goTo(`/link/${invite.link}/check`);
    await admin.check.note(/^Please wait \d+ minutes before the next try$/).waitFor();
    // Everything is kept for the time after.
    assert.equal((await t.other.link(invite.link)).status, "in_progress");
  });
}

test("no more than three requests are refused per password, whatever is pressed", async (t) => {
  const account = t.otherUkg.account({ refused: true });
  const admin = await t.person({ at: t.other });
  const invite = await t.other.invite();
  await admin.hurriesTo("check", invite, account, t.otherUkg.host);
  for (let n = 0; n < 5; n += 1) {
    await admin.sends(`/link/${invite.link}/check`);
    await admin.sends(`/link/${invite.link}/check`, { permission: "employee_person_details" });
    await admin.sends(`/link/${invite.link}/account`, { username: account.username, password: account.password });
    await admin.sends(`/link/${invite.link}/domain`, { url: t.otherUkg.host });
    await admin.checkEnds(invite);
  }
  assert.equal(t.otherUkg.of(account).length, 3);
});

test("a test system is asked about once, and carries a badge wherever it is named", async (t) => {
  const account = t.otherUkg.account();
  const admin = await t.person({ at: t.other });
  const invite = await t.other.invite();
  await admin.hurriesTo("domain", invite, account);
  await admin.domain.enter(`https://${t.otherUkg.testHost}/services/LoginService`);
  await admin.domain.problem("url_test_tenant").waitFor();
  await admin.domain.useItAnyway();
  await admin.check.shows("linked");
  const badge = (person) => person.page.getByText("TEST", { exact: false }).first();
  await badge(admin).waitFor();
  await admin.check.finish();
  await badge(admin).waitFor();
  // The same address once more is no question any more.
  await admin.goTo(`/link/${invite.link}/domain`);
  assert.equal(await admin.domain.problem("url_test_tenant").count(), 0, "it is asked about a second time");
  await admin.domain.enter(t.otherUkg.testHost);
  assert.equal(admin.place, "done");
  const support = await t.person({ at: t.other });
  await support.goTo("/sign-in");
  await support.signIn.enter(STAFF);
  await support.desk.row(invite.link).getByText("TEST", { exact: false }).first().waitFor();
  await support.desk.open(invite.link);
  await badge(support).waitFor();
});
