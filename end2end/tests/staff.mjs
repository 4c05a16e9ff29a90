// Staff in a browser: second factors, passkeys, sessions, colleagues, and pages without the right to them.
import assert from "node:assert/strict";
import { Phone } from "../lib/phone.mjs";
import { test } from "../lib/suite.mjs";
import { STAFF } from "../lib/world.mjs";

const SAM = { email: "sam@northwind.example", password: "Sam's own good words" };

async function signedIn(t, at, options) {
  const person = await t.person({ at, ...options });
  await person.goTo("/sign-in");
  await person.signIn.enter(STAFF);
  return person;
}

const heading = (person) => person.page.getByRole("heading", { level: 1 }).textContent();
const press = (person, name) => person.after(() => person.page.getByRole("button", { name, exact: true }).click());

/** Sets the authenticator app up; the phone, and the recovery codes. */
async function setUpPhone(person) {
  await person.goTo("/desk/account/app");
  await press(person, "Set up the app");
  const phone = new Phone(await person.page.locator(".key-text").textContent());
  assert.ok(await person.page.locator(".qr svg").isVisible());
  await person.page.getByLabel("Six digits from the app").fill(phone.code());
  await press(person, "Turn it on");
  const codes = (await person.page.locator("#codes li").allTextContents()).map((code) => code.trim());
  assert.equal(codes.length, 10);
  return { phone, codes };
}

/** Gives a code in the second step; where it leads. */
async function giveCode(person, code, wrong) {
  if (wrong) person.watched.expect(401, "/sign-in/code");
  await person.page.getByLabel("Code", { exact: true }).fill(code);
  await press(person, "Continue");
  return new URL(person.page.url()).pathname;
}

for (const script of [true, false]) {
  test(`the app's code lets in once, a recovery code once, ${script ? "with" : "without"} script`, async (t) => {
    const world = await t.world();
    const owner = await signedIn(t, world, { script });
    const { phone, codes } = await setUpPhone(owner);
    const [first, second, third] = [await t.person({ at: world, script }), await t.person({ at: world, script }), await t.person({ at: world, script })];
    for (const person of [first, second, third]) {
      await person.goTo("/sign-in");
      await person.signIn.enter(STAFF);
      assert.equal(await heading(person), "Enter your code");
    }

    // The code of this half minute was used for setting up: the next one is good already.
    const code = phone.code(1);
    assert.equal(await giveCode(first, code), "/desk");
    assert.equal(await giveCode(second, code, true), "/sign-in/code");
    assert.match(await second.page.getByRole("alert").textContent(), /That code is not right/);
    assert.equal(await giveCode(second, codes[0]), "/desk");
    assert.equal(await giveCode(third, codes[0], true), "/sign-in/code");
    assert.equal(await giveCode(third, codes[1]), "/desk");
    await third.goTo("/desk/account");
    assert.ok(await third.page.getByText("8 left.").isVisible());
  });
}

test("a passkey is added, signs in without a password, and opens nothing once it is removed", async (t) => {
  const world = await t.world({ named: true });
  const owner = await signedIn(t, world);
  const authenticator = await withAuthenticator(owner);
  await owner.goTo("/desk/account/passkeys");
  await owner.page.getByLabel("Name of the new passkey").fill("Work laptop");
  await press(owner, "Add a passkey");
  assert.ok(await owner.page.getByText("The passkey is ready.").isVisible());
  assert.equal((await authenticator.credentials()).length, 1);

  await press(owner, "Sign out");
  await press(owner, "Sign in with a passkey");
  assert.equal(new URL(owner.page.url()).pathname, "/desk");

  await owner.goTo("/desk/account/passkeys");
  await press(owner, "Remove the passkey Work laptop");
  await press(owner, "Sign out");
  owner.watched.expect(401, "/sign-in/passkey");
  await press(owner, "Sign in with a passkey");
  assert.match(await owner.page.getByRole("alert").first().textContent(), /That passkey opens nothing here/);
});

test("whoever has a passkey confirms with it who they are, and the password alone is not enough", async (t) => {
  const world = await t.world({ named: true });
  const owner = await signedIn(t, world);
  const authenticator = await withAuthenticator(owner);
  await owner.goTo("/desk/account/passkeys");
  await owner.page.getByLabel("Name of the new passkey").fill("Work laptop");
  await press(owner, "Add a passkey");

  await askedAgain(owner, "/desk/settings/staff/new");
  await authenticator.refuses();
  await owner.page.getByRole("button", { name: "Confirm with a passkey" }).click();
  await owner.page.getByText("No passkey was used.").waitFor();
  await authenticator.accepts();
  await press(owner, "Confirm with a passkey");
  assert.equal(await heading(owner), "Invite a colleague");

  await askedAgain(owner, "/desk/settings/staff/new");
  assert.equal(await owner.page.getByLabel("Password", { exact: true }).count(), 0);
  await owner.page.getByText("the password is not enough here").waitFor();
  await press(owner, "Confirm with a passkey");
  assert.equal(await heading(owner), "Invite a colleague");
});

test("a passkey that is given up leaves the form as it was, and says so", async (t) => {
  const world = await t.world({ named: true });
  const person = await t.person({ at: world });
  const authenticator = await withAuthenticator(person);
  await authenticator.refuses();
  await person.goTo("/sign-in");
  await person.page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await person.page.getByText("No passkey was used.").waitFor();
  await person.signIn.enter(STAFF);
  assert.equal(new URL(person.page.url()).pathname, "/desk");
});

test("a session ended elsewhere is over at the next click", async (t) => {
  const world = await t.world();
  const [here, there] = [await signedIn(t, world), await signedIn(t, world)];
  await here.goTo("/desk/account");
  assert.equal(await here.page.locator("[data-session-id]").count(), 2);
  await press(here, "End all others");
  assert.equal(await here.page.locator("[data-session-id]").count(), 1);

  await there.page.reload();
  assert.equal(new URL(there.page.url()).pathname, "/sign-in");
});

test("a colleague joins by an invite, sees no settings, and is signed out when the role changes", async (t) => {
  const world = await t.world();
  const owner = await signedIn(t, world);
  await owner.page.getByRole("link", { name: "Settings" }).click();
  await owner.page.getByRole("link", { name: "Invite a colleague" }).click();
  await owner.page.getByLabel("Their email").fill(SAM.email);
  await press(owner, "Make the invite");
  const url = await owner.page.getByLabel("Link for your colleague").inputValue();
  const sam = await t.person({ at: world });
  await sam.goTo(url);
  await sam.page.getByLabel("Choose a password").fill(SAM.password);
  await press(sam, "Join");
  assert.equal(new URL(sam.page.url()).pathname, "/desk");
  assert.equal(await sam.page.getByRole("link", { name: "Settings" }).count(), 0);
  await sam.goTo("/desk/settings/staff", 403);
  assert.equal(await heading(sam), "Only an owner can do this");

  await owner.goTo("/desk/settings/staff");
  await owner.page.getByRole("link", { name: SAM.email }).click();
  await owner.page.getByRole("radio", { name: "Owner" }).check();
  await press(owner, "Change role");
  assert.ok(await owner.page.getByText("The role is changed.").isVisible());
  await sam.page.goto("/desk");
  assert.equal(new URL(sam.page.url()).pathname, "/sign-in");
  await sam.signIn.enter(SAM);
  assert.equal(await sam.page.getByRole("link", { name: "Settings" }).count(), 1);
});

/** The page that asks again who it is, as after a wrong password: by the clock it would come after ten minutes. */
async function askedAgain(person, to) {
  person.watched.expect(401, "/desk/confirm");
  await person.after(() => person.page.evaluate((to) => {
    const form = Object.assign(document.createElement("form"), { method: "post", action: "/desk/confirm" });
    for (const [name, value] of Object.entries({ password: "wrong horse battery", to })) form.append(Object.assign(document.createElement("input"), { name, value }));
    document.body.append(form);
    form.submit();
  }, to));
  assert.equal(await heading(person), "Is it you?");
}

/** A virtual authenticator in this person's browser, which makes sure who it is. */
async function withAuthenticator({ context, page }) {
  const devtools = await context.newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  const options = { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true };
  const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", { options });
  return {
    credentials: async () => (await devtools.send("WebAuthn.getCredentials", { authenticatorId })).credentials,
    refuses: () => devtools.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false }),
    accepts: () => devtools.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: true }),
  };
}
