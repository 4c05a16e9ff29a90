// One link at the desk: why it is stuck, and the help that gets it going again. With script and without.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { PAYLOADS } from "../lib/payloads.mjs";
import { ACCOUNTS } from "../lib/simulated.mjs";
import { test } from "../lib/suite.mjs";
import { STAFF } from "../lib/world.mjs";
import { Looks, plain, unprotected } from "../lib/xss.mjs";

const EMAIL = "maria.lopez@contoso.example";

/** A world that mails into a folder, and what is in it. */
async function mailing(t) {
  const mails = join(t.folder, `mail-${Math.random().toString(36).slice(2)}`);
  const settings = { ...t.simulated.settings, LINKDESK_SMTP_URL: `file://${mails}`, LINKDESK_MAIL_FROM: "linkdesk@northwind.example" };
  const world = await t.world({ ...t.simulated, settings });
  const read = () => (existsSync(mails) ? readdirSync(mails).filter((name) => name.endsWith(".eml")).sort() : []).map((name) => decoded(readFileSync(join(mails, name), "utf8")));
  return { world, read };
}

/** Quoted-printable, as far as addresses and sentences need it. */
function decoded(mail) {
  return mail.replace(/=\r?\n/g, "").replace(/=([0-9A-F]{2})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** Somebody of the staff in front of a link. */
async function atDesk(t, link, options) {
  const staff = await t.person(options);
  await staff.goTo("/sign-in");
  await staff.signIn.enter(STAFF);
  await staff.goTo(`/desk/links/${link}`);
  return staff;
}

const press = (person, name, role = "button") => person.after(() => person.page.getByRole(role, { name, exact: true }).click());
const said = (person, name) => person.page.locator(`[data-said="${name}"]`).waitFor();

test("why: the desk tells what the customer read, the shape of what was entered, and never the value", async (t) => {
  for (const script of [true, false]) {
    const invite = await t.invite();
    const admin = await t.person();
    await admin.goesTo("key", invite);
    await admin.key.enter("QX7MCD0000K0");
    const staff = await atDesk(t, invite.link, { script });

    await staff.desk.heading("Pasted the User API Key instead of the Customer API Key.").waitFor();
    const text = await staff.desk.main.innerText();
    for (const part of ["That is a User API Key", "12 characters, letters, digits", "Customer", "Command line"]) assert.ok(text.includes(part), part);
    assert.ok(!(await staff.page.content()).includes("QX7MCD0000K0"), "the value is in the page");
    assert.equal(await staff.page.getByText("Times are UTC.").isVisible(), !script, "UTC is named where script does not tell the reader's own time");
  }
});

test("why: with script, times are told in the reader's own zone and days", async (t) => {
  const invite = await t.invite();
  const staff = await atDesk(t, invite.link, { timezoneId: "Pacific/Kiritimati" });
  const made = staff.page.locator(".timeline__item").last();
  const [at, shown] = await made.locator("time").evaluate((time) => [time.dateTime, time.textContent]);
  const told = (options) => new Intl.DateTimeFormat("en-GB", { timeZone: "Pacific/Kiritimati", ...options }).format(new Date(at));

  assert.equal(shown, told({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }));
  assert.equal(await staff.page.locator(".day__name").last().textContent(), told({ day: "numeric", month: "long", year: "numeric" }));
});

test("send help: a drafted reply is read over and mailed, and its link leads back to where she stopped", async (t) => {
  const { world, read } = await mailing(t);
  for (const script of [true, false]) {
    const invite = await world.invite({ email: EMAIL });
    const admin = await t.person({ at: world });
    await admin.goesTo("key", invite);
    await admin.key.enter("QX7MCD0000K0");
    const before = read().length;
    const staff = await atDesk(t, invite.link, { at: world, script });

    await press(staff, "Write a reply", "link");
    const body = staff.page.getByLabel("Message", { exact: true });
    const draft = await body.inputValue();
    assert.match(draft, /User API Key[\s\S]*Service Account Administration[\s\S]*\[fresh link\]/);
    await body.fill(draft.replace("Hello,", "Hello Maria, it is me <b>Sam</b>,"));
    await press(staff, `Mail it to ${EMAIL}`);

    await said(staff, "mailed");
    const [mail] = read().slice(before);
    assert.match(mail, new RegExp(`^To: .*${EMAIL}`, "m"));
    assert.match(mail, /Hello Maria, it is me <b>Sam<\/b>,/);
    assert.match(mail, /&lt;b&gt;Sam/, "the HTML part shows it as text");
    const [address] = mail.match(new RegExp(`${world.origin}/i/[\\w-]{43}`));
    assert.ok(!(await staff.page.content()).includes(address), "the address is told to the customer alone");
    const back = await t.person({ at: world });
    await back.goTo(address);
    await back.welcome.start();
    assert.equal(back.place, "key");
  }
});

test("send help: checking again, notes and an assignee", async (t) => {
  for (const script of [true, false]) {
    const invite = await t.invite();
    const admin = await t.person();
    await admin.hurriesTo("done", invite, ACCOUNTS.allGranted);
    const staff = await atDesk(t, invite.link, { script });

    await press(staff, "Check again now");
    await said(staff, "checked");
    await staff.page.getByLabel("New note", { exact: true }).fill("Called.\nAll is well.");
    await press(staff, "Add note");
    await said(staff, "noted");
    await press(staff, "Assign to me");
    await said(staff, "assigned");
    assert.equal(await staff.page.getByRole("button", { name: "Assign to me" }).count(), 0);
    await press(staff, "Delete");
    await said(staff, "note_gone");
    await staff.page.getByText("No notes yet. Only staff see them.").waitFor();
    await press(staff, "Pause this link");
    await said(staff, "paused");
    await admin.goTo(`/link/${invite.link}/done`);
    await admin.receipt.heading("The link is paused").waitFor();
    await press(staff, "Resume this link");
    await said(staff, "resumed");
    await staff.page.locator('main [data-link-status="linked"]').waitFor();
  }
});

test("relink: a fresh address is shown once and leads a link that stands to its receipt", async (t) => {
  for (const script of [true, false]) {
    const invite = await t.invite();
    const admin = await t.person();
    await admin.hurriesTo("done", invite, ACCOUNTS.allGranted);
    const staff = await atDesk(t, invite.link, { script });

    await press(staff, "Show a new address");
    const address = await staff.page.getByLabel("Invite address", { exact: true }).inputValue();
    assert.equal(await staff.page.getByRole("button", { name: "Copy", exact: true }).isVisible(), script);
    const again = await t.person();
    await again.goTo(address);
    await again.welcome.start();
    assert.equal(again.place, "done");
    await press(staff, "Back to the link", "link");
    assert.ok(!(await staff.page.content()).includes(address), "it is shown once");

    await press(staff, "Withdraw open invites");
    await said(staff, "withdrawn");
    await again.goTo(address, 410);
  }
});

test("disconnect: the customer's name is typed, and a certificate says what was destroyed", async (t) => {
  for (const script of [true, false]) {
    const invite = await t.invite();
    const admin = await t.person();
    await admin.hurriesTo("done", invite, ACCOUNTS.allGranted);
    const staff = await atDesk(t, invite.link, { script });

    await press(staff, "Disconnect this link", "link");
    const name = staff.page.getByRole("textbox");
    await name.fill("somebody else");
    await press(staff, "Disconnect and destroy");
    await staff.page.getByText("That is not the customer’s name. Nothing was destroyed.").waitFor();
    await name.fill(invite.customer);
    await press(staff, "Disconnect and destroy");
    await said(staff, "ended");

    const [file] = await Promise.all([
      staff.page.waitForEvent("download"),
      staff.page.getByRole("region", { name: "This link" }).getByRole("link", { name: "Download the certificate" }).click(),
    ]);
    const certificate = readFileSync(await file.path(), "utf8");
    for (const part of [invite.customer, invite.link, STAFF.email, "the service account's password"]) assert.ok(certificate.includes(part), part);
    // Her invite was withdrawn with it, and so her session is over.
    await admin.goTo(`/link/${invite.link}/done`, 404);
    await admin.welcome.heading("Please open your invite again").waitFor();
  }
});

test("a preview shows the customer's screen, is marked, and does nothing", async (t) => {
  const invite = await t.invite();
  const staff = await atDesk(t, invite.link);
  await press(staff, "Open the previews", "link");
  await press(staff, "UKG Pro refuses the account", "link");

  await staff.page.getByText("Preview · made-up data").waitFor();
  assert.equal(await staff.page.evaluate(() => getComputedStyle(document.querySelector(".card")).borderTopStyle), "solid", "it has its style");
  assert.equal(await staff.page.locator("main form[action], main a[href]:not([href^='#'])").count(), 0);
  await press(staff, "All previews", "link");
  await staff.page.goBack();
  await press(staff, "Linkdesk", "link");
  assert.equal(new URL(staff.page.url()).pathname, "/desk", "the product's name leads away from the desk");
});

test("nothing that staff write becomes a part of a page", async (t) => {
  const invite = await t.invite();
  const staff = await unprotected(t);
  await staff.goTo("/sign-in");
  await staff.signIn.enter(STAFF);
  const looks = new Looks(staff);
  const at = `/desk/links/${invite.link}`;
  for (const payload of PAYLOADS) {
    await staff.sends(`${at}/notes`, { note: plain(payload) });
    await staff.page.goto(`${at}/reply`);
    await staff.page.getByLabel("Subject", { exact: true }).fill(plain(payload));
    await staff.page.getByLabel("Message", { exact: true }).fill(plain(payload));
    await staff.after(() => staff.page.getByRole("button", { name: "Fill in a fresh link, to copy" }).click());
    await looks.seen(`${payload} in a reply`);
    assert.equal(await staff.page.getByLabel("Message", { exact: true }).inputValue(), plain(payload));
  }
  await looks.opens("notes of every kind", at);

  assert.deepEqual(looks.problems, []);
}, { long: true, limit: 240 });
