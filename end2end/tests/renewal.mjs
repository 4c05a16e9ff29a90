// An invite that ran out heals itself, by mail to the invited address alone.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ACCOUNTS } from "../lib/simulated.mjs";
import { test } from "../lib/suite.mjs";
import { expiredInvite } from "../lib/ways.mjs";
import { COMPANY, STAFF } from "../lib/world.mjs";

const EMAIL = "maria.lopez@contoso.example";
const MASKED = "m•••@contoso.example";

/** A world that mails into a folder, and the new invites in it: a link that is made is told by mail too, a moment later. */
async function mailing(t) {
  const mails = join(t.folder, `mail-${Math.random().toString(36).slice(2)}`);
  const settings = { ...t.simulated.settings, LINKDESK_SMTP_URL: `file://${mails}`, LINKDESK_MAIL_FROM: "linkdesk@northwind.example" };
  const world = await t.world({ ...t.simulated, settings });
  const read = () => (existsSync(mails) ? readdirSync(mails).filter((name) => name.endsWith(".eml")).sort() : []).map((name) => decoded(readFileSync(join(mails, name), "utf8"))).filter((mail) => /^Subject: Your new invite/m.test(mail));
  return { world, read };
}

/** Quoted-printable, as far as addresses and sentences need it. */
function decoded(mail) {
  return mail.replace(/=\r?\n/g, "").replace(/=([0-9A-F]{2})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
}

test("the page of an expired invite mails a fresh one to the invited address, and that one leads on", async (t) => {
  const { world, read } = await mailing(t);
  for (const script of [true, false]) {
    const made = await expiredInvite(t, { world, email: EMAIL });
    const before = read().length;
    const admin = await t.person({ at: world, script });
    await admin.goTo(made.url, 410);
    await admin.welcome.problem("invite_expired").waitFor();
    await admin.page.getByText(MASKED).waitFor();
    assert.ok(!(await admin.page.content()).includes(EMAIL), "the whole address is shown to whoever holds an old invite");
    assert.ok(!(await admin.page.content()).includes(made.token), "the token is in the page");
    // A mail scanner's visits send nothing.
    for (let n = 0; n < 3; n += 1) await fetch(made.url);
    assert.equal(read().length, before);

    await admin.welcome.renew();
    await admin.welcome.heading("A new invite is on its way").waitFor();
    const mails = read().slice(before);
    assert.equal(mails.length, 1);
    const [mail] = mails;
    assert.match(mail, new RegExp(`^To: .*${EMAIL}`, "m"));
    assert.match(mail, new RegExp(`Subject: Your new invite to link UKG Pro with ${COMPANY}`));
    const [address] = mail.match(new RegExp(`${world.origin}/i/[\\w-]{43}`));
    assert.notEqual(address, made.url);

    // A second wish within ten minutes sends no second mail.
    const impatient = await t.person({ at: world, script });
    await impatient.goTo(made.url, 410);
    await impatient.welcome.renew();
    await impatient.welcome.heading("A new invite was sent a moment ago").waitFor();
    assert.equal(read().length, before + 1);

    const fresh = await t.person({ at: world, script });
    await fresh.goesTo("check", { url: address }, ACCOUNTS.allGranted);
    await fresh.check.shows("linked");
    const support = await t.person({ at: world, script });
    await support.goTo("/sign-in");
    await support.signIn.enter(STAFF);
    await support.desk.open(made.link);
    await support.page.getByText(/new invite/i).first().waitFor();
  }
}, { limit: 90 });

test("without mail, or without an address, the desk is told instead, and the page says so", async (t) => {
  const { world, read } = await mailing(t);
  const cases = [[t.main, EMAIL], [world, undefined]];
  for (const [at, email] of cases) {
    const made = await expiredInvite(t, { world: at, email });
    const admin = await t.person({ at, script: email === undefined });
    await admin.goTo(made.url, 410);
    await admin.page.getByText(`${COMPANY} is told, and sends it to you.`, { exact: false }).waitFor();
    await admin.welcome.renew();
    await admin.welcome.heading("We told them").waitFor();
    const support = await t.person({ at });
    await support.goTo("/sign-in");
    await support.signIn.enter(STAFF);
    await support.desk.row(made.link).getByText(/asks? for a new invite|new invite/i).first().waitFor();
  }
  assert.deepEqual(read(), []);
});

test("an invite that was withdrawn is not renewed", async (t) => {
  const { world, read } = await mailing(t);
  const made = await world.invite({ email: EMAIL });
  await world.cli(["invite", "revoke", "--link", made.link]);
  const admin = await t.person({ at: world });
  await admin.goTo(made.url, 410);
  await admin.welcome.problem("invite_revoked").waitFor();
  assert.equal(await admin.welcome.button("Send me a new invite").count(), 0);
  const asked = await fetch(`${made.url}/renew`, { method: "POST", headers: { origin: world.origin } });
  assert.equal(asked.status, 410);
  assert.deepEqual(read(), []);
});
