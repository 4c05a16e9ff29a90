// What was pasted is recognised: at once with script, after sending without.
import assert from "node:assert/strict";
import { ACCOUNTS } from "../lib/simulated.mjs";
import { test } from "../lib/suite.mjs";

// Not the one in the pictures, which may be in a page.
const USER_API_KEY = "ZW8KPB0000K0";
const ADDRESS = "http://Service4.ultipro.com/services/LoginService";

const NOT_A_KEY = {
  [USER_API_KEY]: "key_is_user_api_key",
  "2cedc1bb-57f0-4a3e-9b1e-0123456789ab": "key_is_tenant_id",
  "maria@contoso.example": "key_is_email",
  "https://service4.ultipro.com/services/LoginService": "key_is_url",
  XY9Z876: "key_unusual_shape",
};

const NOT_THE_ADDRESS = {
  "https://contoso.ultipro.com/login": "url_login_portal",
  "https://recruiting2.ultipro.com/CON1000": "url_recruiting",
  "https://contoso.prd.mykronos.com": "url_wfm",
  "https://secure6.saashr.com/ta/1.home": "url_ready",
  "https://service4.ultipro.com.evil.example/": "url_not_ukg",
  "https://10.0.0.1/services/LoginService": "url_ip_address",
  "http://[[REQUIRES CONFIGURATION]]/services/LoginService": "url_placeholder",
  "not an address": "url_unreadable",
  "https://Servicet.ultipro.com/services/BIDataService": "url_test_tenant",
};

/** Puts text into a field all at once, as a paste does. */
async function paste(locator, text) {
  await locator.fill("");
  await locator.focus();
  await locator.page().keyboard.insertText(text);
}

function sent(person) {
  return person.watched.requests.filter(({ method }) => method === "POST").length;
}

test("a User API Key that is pasted is named at once, before anything is sent", async (t) => {
  const admin = await t.person();
  await admin.goesTo("key", await t.invite());
  const { key } = admin;
  const before = sent(admin);
  for (const [text, code] of Object.entries(NOT_A_KEY)) {
    await paste(key.field, text);
    await key.problem(code).waitFor();
    const invalid = await key.field.getAttribute("aria-invalid");
    assert.equal(invalid, String(code !== "key_unusual_shape"), text);
  }
  await paste(key.field, "xy9z8");
  await key.page.getByText("This has the form of a Customer API Key.").waitFor();
  assert.equal(await key.field.getAttribute("aria-invalid"), "false");
  assert.equal(sent(admin), before);
});

test("half a key is not called wrong while it is typed", async (t) => {
  const admin = await t.person();
  await admin.goesTo("key", await t.invite());
  await admin.key.field.pressSequentially("XY9Z");
  assert.equal(await admin.key.problem("key_unusual_shape").count(), 0);
  await admin.key.field.blur();
  await admin.key.problem("key_unusual_shape").waitFor();
});

test("without script a wrong key is named after sending, and is not in the page", async (t) => {
  const admin = await t.person({ script: false });
  await admin.goesTo("key", await t.invite());
  for (const [text, code] of Object.entries(NOT_A_KEY)) {
    await admin.key.enter(text);
    await admin.key.problem(code).waitFor();
    assert.equal(admin.place, "key");
    assert.ok(!(await admin.page.content()).includes(text), `${text} is in the page`);
  }
});

for (const [words, script] of [["with script", true], ["without script", false]]) {
  test(`an unusual key, an e-mail address as username and a test system are asked about, and used without typing them again, ${words}`, async (t) => {
    const { emailName } = ACCOUNTS;
    const admin = await t.person({ script });
    const invite = await t.invite();
    const { key, account, domain } = admin;
    await admin.goesTo("key", invite);

    await key.enter(ACCOUNTS.unusualKey.key);
    await key.problem("key_unusual_shape").waitFor();
    assert.equal(await key.field.inputValue(), "");
    // Something else may be entered instead, after all.
    await key.enter(emailName.key);

    await account.enter(emailName.username, emailName.password);
    await account.problem("username_is_email").waitFor();
    assert.equal(await account.username.inputValue(), "");
    assert.equal(await account.password.inputValue(), "");
    await account.useItAnyway();

    await domain.enter("https://Servicet.ultipro.com/services/BIDataService");
    await domain.problem("url_test_tenant").waitFor();
    assert.equal(await domain.field.inputValue(), "https://Servicet.ultipro.com/services/BIDataService");
    await domain.useItAnyway();
    await admin.check.shows("linked");
    assert.equal((await t.main.link(invite.link)).host, "servicet.ultipro.com");
  });

  test(`an unusual key works when it is right after all, ${words}`, async (t) => {
    const { unusualKey } = ACCOUNTS;
    const admin = await t.person({ script });
    await admin.goesTo("key", await t.invite());
    await admin.key.enter(unusualKey.key);
    await admin.key.useItAnyway();
    assert.equal(admin.place, "account");
    await admin.account.enter(unusualKey.username, unusualKey.password);
    await admin.domain.enter(ADDRESS);
    await admin.check.shows("linked");
  });

  test(`a key in the password's field is named, ${words}`, async (t) => {
    const admin = await t.person({ script });
    await admin.goesTo("account", await t.invite(), ACCOUNTS.allGranted);
    await admin.account.enter("svc-linkdesk", USER_API_KEY);
    await admin.account.problem("password_is_api_key").waitFor();
    // The username beside it is kept.
    await admin.account.password.fill(ACCOUNTS.allGranted.password);
    await admin.account.save();
    assert.equal(admin.place, "domain");
  });
}

test("the host that is understood is shown at once, and wrong addresses are named", async (t) => {
  const admin = await t.person();
  await admin.goesTo("domain", await t.invite(), ACCOUNTS.allGranted);
  const { domain } = admin;
  for (const text of [ADDRESS, "SERVICE4.ultipro.com", "  https://service4.ultipro.com:443/services?wsdl  "]) {
    await paste(domain.field, text);
    await domain.understood("service4.ultipro.com").waitFor();
  }
  for (const [text, code] of Object.entries(NOT_THE_ADDRESS)) {
    await paste(domain.field, text);
    await domain.problem(code).waitFor();
  }
});

test("without script wrong addresses are named after sending, and a good one is shown with its check", async (t) => {
  const admin = await t.person({ script: false });
  await admin.goesTo("domain", await t.invite(), ACCOUNTS.allGranted);
  for (const [text, code] of Object.entries(NOT_THE_ADDRESS)) {
    await admin.domain.enter(text);
    await admin.domain.problem(code).waitFor();
  }
  await admin.domain.enter(ADDRESS);
  await admin.check.shows("linked");
  await admin.check.main.getByText("Reached service4.ultipro.com securely").waitFor();
});

test("white space around a password is left out, and is said to be; what is inside is kept", async (t) => {
  const { allGranted } = ACCOUNTS;
  const admin = await t.person();
  await admin.goesTo("account", await t.invite(), allGranted);
  await paste(admin.account.password, `  ${allGranted.password} `);
  await admin.page.getByText("We leave out the spaces around it.").waitFor();
  await admin.account.username.fill(allGranted.username);
  await admin.account.save();
  await admin.domain.enter(ADDRESS);
  await admin.check.shows("linked");
});

test("a password can be shown and hidden again, in this browser only", async (t) => {
  const admin = await t.person();
  await admin.goesTo("account", await t.invite(), ACCOUNTS.allGranted);
  const { account } = admin;
  await account.password.fill("not+sent;anywhere!");
  const before = admin.watched.requests.length;
  await account.button("Show").click();
  assert.equal(await account.password.getAttribute("type"), "text");
  await account.button("Hide").click();
  assert.equal(await account.password.getAttribute("type"), "password");
  assert.equal(admin.watched.requests.length, before);
});
