// One step in a colleague's hands: once, alone, and back again.
import assert from "node:assert/strict";
import { ACCOUNTS } from "../lib/simulated.mjs";
import { test } from "../lib/suite.mjs";
import { COMPANY } from "../lib/world.mjs";

const { allGranted } = ACCOUNTS;
const CONTACT = "contact@contoso.example";

/** What opens with the colleague's address, before Start. */
async function opens(person, address, status) {
  await person.goTo(address, status);
}

/** The page is the step and nothing else of the link. */
async function isAlone(colleague, { customer, link }, step) {
  assert.equal(new URL(colleague.page.url()).pathname, `/link/${link}/only/${step}`);
  const html = await colleague.page.content();
  for (const value of [customer, CONTACT, allGranted.key, allGranted.username]) assert.ok(!html.includes(value), `${value} is in the colleague's page`);
  assert.equal(await colleague.page.getByRole("navigation", { name: "Steps" }).count(), 0);
  assert.equal(await colleague.key.pasteBox.count(), 0);
  assert.equal(await colleague.key.link("Hand over this step").count(), 0);
  for (const place of ["", "/key", "/account", "/domain", "/check", "/done", "/hand-over?step=key", "/disconnect"]) {
    const response = await colleague.context.request.get(`/link/${link}${place}`, { maxRedirects: 0 });
    assert.equal(response.status(), 404, `${place || "/"} opens to the colleague`);
  }
  for (const other of ["key", "account", "domain"].filter((one) => one !== step)) {
    assert.equal((await colleague.context.request.get(`/link/${link}/only/${other}`, { maxRedirects: 0 })).status(), 404, `${other} opens to the colleague`);
  }
}

const save = (page) => page.press(page.page.getByRole("button", { name: /^Save/ }));
/** Per step: something wrong with its code, then what is right. */
const STEPS = {
  key: {
    wrong: [({ key }) => key.field.fill("QX7MCD0000K0"), "key_is_user_api_key"],
    right: ({ key }) => key.field.fill(allGranted.key),
    heading: "Copy the Customer API Key from UKG Pro, please",
  },
  account: {
    wrong: [async ({ account }) => {
      await account.username.fill(allGranted.username);
      await account.password.fill("QX7MCD0000K0");
    }, "password_is_api_key"],
    right: async ({ account }) => {
      await account.username.fill(allGranted.username);
      await account.password.fill(allGranted.password);
    },
    heading: "Enter the service account’s username and password, please",
  },
  domain: {
    wrong: [({ domain }) => domain.field.fill("https://contoso.ultipro.com/login"), "url_login_portal"],
    right: ({ domain }) => domain.field.fill("http://Service4.ultipro.com/services/LoginService"),
    heading: "Copy one Web Services URL from UKG Pro, please",
  },
};

for (const [words, script] of [["with script", true], ["without script", false]]) {
  test(`each step is handed to a colleague, who sees that step alone, and the flow goes on by itself, ${words}`, async (t) => {
    const admin = await t.person({ script });
    const invite = await t.invite({ email: CONTACT });
    await admin.goesTo("key", invite);
    for (const [step, { wrong: [enterWrong, code], right, heading }] of Object.entries(STEPS)) {
      await admin.goTo(`/link/${invite.link}/${step}`);
      const address = await admin[step].handOver();
      assert.match(address, new RegExp(`^${t.main.origin}/hand/[\\w-]{43}$`));
      await admin.goTo(`/link/${invite.link}/${step}`);
      await admin[step].page.getByText(/^Handed to a colleague on /).waitFor();
      assert.ok(!(await admin.page.content()).includes(address), "the address is told twice");

      // A mail scanner opens it first.
      for (let n = 0; n < 3; n += 1) assert.equal((await fetch(address)).status, 200);
      const colleague = await t.person({ script });
      await opens(colleague, address);
      await colleague.welcome.heading(heading).waitFor();
      await colleague.page.getByText(`linking your company’s UKG\u{a0}Pro with ${COMPANY}`).waitFor();
      await colleague.welcome.start();
      await isAlone(colleague, invite, step);
      await admin.goTo(`/link/${invite.link}/${step}`);
      await admin[step].page.getByText("Your colleague has opened this step").waitFor();

      await enterWrong(colleague);
      await save(colleague.key);
      await colleague.key.problem(code).waitFor();
      await isAlone(colleague, invite, step);
      await right(colleague);
      await save(colleague.key);
      await colleague.handOver.thanks.waitFor();
      await colleague.goTo(`/link/${invite.link}/only/${step}`, 404);
      await colleague.welcome.heading("This step is not open any more").waitFor();
      await opens(colleague, address, 410);
      await colleague.welcome.heading("This step is done").waitFor();
      await colleague.leave();
    }
    // The last step that was missing has started the check.
    await admin.goTo(`/link/${invite.link}`);
    await admin.checkEnds(invite);
    await admin.goTo(`/link/${invite.link}`);
    assert.equal(admin.place, "done");
    assert.equal(await admin.receipt.status(), "linked");
  }, { long: true, limit: 120 });

  test(`a colleague's link opens in one browser, and in none once it is taken back, ${words}`, async (t) => {
    const admin = await t.person({ script });
    const invite = await t.invite();
    await admin.goesTo("account", invite, allGranted);
    const address = await admin.account.handOver();
    const colleague = await t.person({ script });
    await opens(colleague, address);
    await colleague.welcome.start();

    const second = await t.person({ script });
    await opens(second, address, 410);
    await second.welcome.heading("This link was used already").waitFor();
    await second.welcome.problem("invite_revoked").waitFor();
    const response = await fetch(address, { method: "POST", headers: { origin: t.main.origin } });
    assert.deepEqual([response.status, response.headers.get("set-cookie")], [410, null]);

    await admin.goTo(`/link/${invite.link}/account`);
    await admin.handOver.takeBack();
    assert.equal(admin.place, "account");
    assert.equal(await admin.account.page.getByText("Your colleague has opened this step").count(), 0);
    // What the colleague was typing is not taken any more.
    await colleague.account.username.fill(allGranted.username);
    await colleague.account.password.fill(allGranted.password);
    colleague.watched.expect(404, `/link/${invite.link}/only/account`);
    await save(colleague.account);
    await colleague.welcome.heading("This step is not open any more").waitFor();
    const third = await t.person({ script });
    await opens(third, address, 410);
    await third.welcome.heading("This step is done").waitFor();

    await admin.account.enter(allGranted.username, allGranted.password);
    assert.equal(admin.place, "domain");
  });
}

test("a step handed over a second time opens with the newer link alone, and one nobody made with none", async (t) => {
  const admin = await t.person();
  const invite = await t.invite();
  await admin.hurriesTo("account", invite, allGranted);
  const first = await admin.account.handOver();
  await admin.sends(`/link/${invite.link}/hand-over`, { step: "account" });
  const colleague = await t.person();
  await opens(colleague, first, 410);
  await opens(colleague, `${t.main.origin}/hand/${"C".repeat(43)}`, 404);
  await colleague.welcome.heading("We do not know this link").waitFor();
});
