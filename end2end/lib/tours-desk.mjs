// Every page in every state worth looking at, third part: the desk beside its list and its links.
import { createServer } from "node:http";
import { once } from "node:events";
import { Keyboard } from "./keyboard.mjs";
import { Phone } from "./phone.mjs";
import { ACCOUNTS } from "./simulated.mjs";
import { arrive } from "./ways.mjs";
import { STAFF } from "./world.mjs";

const SAM = { email: "sam@northwind.example", password: "Sam's own good words" };
/** Names as customers have them: long, from right to left, with signs beyond letters, and like markup. */
const NAMES = [
  "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch-Gesellschaft für Rehabilitation und Pflege mbH & Co. KG",
  "شركة الأفق الجديد للرعاية الصحية",
  "👩‍⚕️ Café Zoë 🏳️‍🌈 诊所",
  "<b>O'Hara</b> & “Söhne”",
];

export const DESK = {
  "inviting at the desk": inviting,
  "the list in every state": listing,
  "one link, and the help with it": helping,
  "one's own account": account,
  "the staff, and those without the right": colleagues,
  "insights, UKG's side and the audit log": telling,
  "webhooks and their messages": webhooks,
};

const press = (person, name) => person.after(() => person.page.getByRole("button", { name, exact: true }).click());

/** Somebody of the staff, in a world of their own unless there is one. */
async function atDesk(t, world, who = STAFF) {
  const person = await arrive(t, world);
  await person.goTo("/sign-in");
  await person.signIn.enter(who);
  return person;
}

async function inviting(t, visit) {
  const world = await t.world(t.simulated);
  const staff = await atDesk(t, world);
  await staff.goTo("/desk/invites/new");
  await visit("invite: empty", staff);
  staff.watched.expect(422, "/desk/invites/new");
  await press(staff, "Make the invite");
  await visit("invite: refused", staff);
  await press(staff, "Everything");
  await visit("invite: from a preset", staff);
  await staff.page.getByLabel("Customer").fill(NAMES[0]);
  await staff.page.getByLabel("A note to them").fill("Hello Maria,\nwe spoke on Monday.");
  await press(staff, "Make the invite");
  await visit("invite: made", staff);
  await staff.goTo("/desk/invites/new");
  await staff.page.getByLabel("Customer").fill(NAMES[0]);
  staff.watched.expect(409, "/desk/invites/new");
  await press(staff, "Make the invite");
  await visit("invite: the customer has one", staff);
  await staff.goTo("/desk/invites/bulk");
  await visit("invites by a table: empty", staff);
  const table = `customer,email,expires_in\n${NAMES[1]},,30\n"<img src=x>",nonsense,100\n${NAMES[2]},,\n${NAMES[1]},,\n,,\n`;
  await staff.page.getByLabel("Table").fill(table);
  await press(staff, "Look at each line first");
  await visit("invites by a table: lines to mend", staff);
  await press(staff, "Make 2 invites");
  await visit("invites by a table: made", staff);
  await staff.goTo("/desk/settings/presets");
  await visit("presets: as they are", staff);
  staff.watched.expect(422, "/desk/settings/presets");
  await press(staff, "Add the preset");
  await visit("presets: refused", staff);
}

async function listing(t, visit) {
  const world = await t.world(t.simulated);
  const staff = await atDesk(t, world);
  const { page, desk } = staff;
  for (const customer of NAMES) await world.invite({ customer, email: "hr-administration-of-all-of-europe@customer-with-a-long-name.example" });
  const stuck = await arrive(t, world);
  const invite = await world.invite({ customer: "Fabrikam Foods" });
  await stuck.goesTo("key", invite);
  for (let n = 0; n < 3; n += 1) await stuck.key.enter("QX7MCD0000K0");
  await staff.goTo(`/desk/links/${invite.link}`);
  await press(staff, "Assign to me");
  await staff.goTo("/desk");
  await visit("desk list: names of every kind, one stuck", staff);
  await new Keyboard(staff).press("?");
  await page.getByRole("dialog").waitFor();
  await visit("desk list: the keys", staff);
  await page.keyboard.press("Escape");
  for (const [state, query] of [["stuck alone", "stage=action"], ["found", "q=fabrikam"], ["not found", "q=nobody"], ["short text not found", "q=zq"], ["nothing linked", "stage=linked"], ["mine", "assignee=me"], ["nothing of mine linked", "assignee=me&stage=linked"], ["beyond the last page", "after=end"]]) {
    await staff.goTo(`/desk?${query}`);
    await visit(`desk list: ${state}`, staff);
  }
  await staff.goTo("/desk");
  await desk.saveView("Stuck <now> and a long name for a view", "Needs action");
  await visit("desk list: a saved view", staff);
  staff.watched.expect(422, "/desk/views");
  await staff.after(() => page.evaluate(() => {
    const form = document.querySelector("form[action='/desk/views']");
    form.noValidate = true;
    form.requestSubmit();
  }));
  await visit("desk list: a view without a name", staff);
}

async function helping(t, visit) {
  const mail = { LINKDESK_SMTP_URL: `file://${t.folder}/desk-tour-mail`, LINKDESK_MAIL_FROM: "linkdesk@northwind.example" };
  const world = await t.world({ ...t.simulated, settings: { ...t.simulated.settings, ...mail } });
  const staff = await atDesk(t, world);
  const invite = await world.invite({ customer: NAMES[0], email: "maria@contoso.example" });
  const at = `/desk/links/${invite.link}`;
  const admin = await arrive(t, world);
  await admin.goesTo("key", invite);
  await admin.key.enter("QX7MCD0000K0");
  await staff.goTo(at);
  await visit("desk link: stuck, with mail", staff);
  await staff.goTo(`${at}/reply`);
  await visit("desk reply: drafted", staff);
  await press(staff, "Fill in a fresh link, to copy");
  await visit("desk reply: with a fresh link", staff);
  await staff.goTo(`${at}/reply`);
  await press(staff, "Mail it to maria@contoso.example");
  await visit("desk link: a reply was mailed", staff);
  await staff.page.getByLabel("New note", { exact: true }).fill(`Called at nine.\n${"Nobody-answered-".repeat(12)}`);
  await press(staff, "Add note");
  await press(staff, "Assign to me");
  await visit("desk link: noted and assigned", staff);
  await press(staff, "Withdraw open invites");
  await visit("desk link: invites withdrawn", staff);
  const linked = await world.invite({ customer: "Fjord Schools" });
  await (await arrive(t, world)).hurriesTo("done", linked, ACCOUNTS.noPtoPlans);
  const there = `/desk/links/${linked.link}`;
  await staff.goTo(there);
  await press(staff, "Check again now");
  await visit("desk link: checked again", staff);
  await press(staff, "Pause this link");
  await visit("desk link: paused", staff);
  await press(staff, "Resume this link");
  await staff.goTo(`${there}/end`);
  await staff.page.getByRole("textbox").fill("somebody else");
  staff.watched.expect(422, `${there}/end`);
  await press(staff, "Disconnect and destroy");
  await visit("desk end: the wrong name", staff);
  await staff.page.getByRole("textbox").fill("Fjord Schools");
  await press(staff, "Disconnect and destroy");
  await visit("desk link: ended, with its certificate", staff);
}

async function account(t, visit) {
  const world = await t.world({ named: true });
  const owner = await atDesk(t, world);
  await owner.goTo("/desk/account");
  await visit("account at the desk: as it is", owner);
  for (const part of ["mail", "password", "app", "codes", "passkeys"]) {
    await owner.goTo(`/desk/account/${part}`);
    await visit(`account at the desk, ${part}: as it is`, owner);
  }
  await owner.goTo("/desk/account/password");
  await owner.page.getByLabel("Present password").fill("not the password");
  await owner.page.getByLabel("New password").fill("short");
  owner.watched.expect(422, "/desk/account/password");
  await press(owner, "Change password");
  await visit("account at the desk, password: refused", owner);
  await owner.goTo("/desk/account/app");
  await press(owner, "Set up the app");
  await visit("account at the desk, app: the picture", owner);
  const phone = new Phone(await owner.page.locator(".key-text").textContent());
  await owner.page.getByLabel("Six digits from the app").fill("000000");
  owner.watched.expect(422, "/desk/account/app");
  await press(owner, "Turn it on");
  await visit("account at the desk, app: not the code", owner);
  await owner.page.getByLabel("Six digits from the app").fill(phone.code());
  await press(owner, "Turn it on");
  await visit("account at the desk, codes: shown once", owner);
  for (const part of ["app", "codes"]) {
    await owner.goTo(`/desk/account/${part}`);
    await visit(`account at the desk, ${part}: with an app`, owner);
  }
  owner.watched.expect(401, "/desk/confirm");
  await owner.after(() => owner.page.evaluate(() => {
    const form = Object.assign(document.createElement("form"), { method: "post", action: "/desk/confirm" });
    document.body.append(form);
    form.submit();
  }));
  await visit("confirm: refused", owner);
  const second = await arrive(t, world);
  await second.goTo("/sign-in");
  await second.signIn.enter(STAFF);
  await visit("sign-in code: asked", second);
  second.watched.expect(401, "/sign-in/code");
  await second.page.getByLabel("Code", { exact: true }).fill("000000");
  await press(second, "Continue");
  await visit("sign-in code: refused", second);
}

async function colleagues(t, visit) {
  const world = await t.world();
  const owner = await atDesk(t, world);
  await owner.goTo("/desk/settings/staff");
  await visit("staff: as they are", owner);
  await owner.goTo("/desk/settings/staff/new");
  await visit("staff: a new one", owner);
  owner.watched.expect(422, "/desk/settings/staff/new");
  await owner.page.getByLabel("Their email").evaluate((field) => (field.form.noValidate = true));
  await owner.page.getByLabel("Their email").fill("nobody");
  await press(owner, "Make the invite");
  await visit("staff: a new one refused", owner);
  await owner.page.getByLabel("Their email").evaluate((field) => (field.form.noValidate = true));
  await owner.page.getByLabel("Their email").fill(SAM.email);
  await press(owner, "Make the invite");
  await visit("staff: invited", owner);
  const url = await owner.page.getByLabel("Link for your colleague").inputValue();
  await owner.goTo("/desk/settings/staff");
  await visit("staff: one invite waits", owner);
  const sam = await arrive(t, world);
  await sam.goTo(url);
  await visit("join: asked", sam);
  sam.watched.expect(422, new URL(url).pathname);
  await sam.page.getByLabel("Choose a password").evaluate((field) => (field.form.noValidate = true));
  await sam.page.getByLabel("Choose a password").fill("short");
  await press(sam, "Join");
  await visit("join: refused", sam);
  await sam.page.getByLabel("Choose a password").fill(SAM.password);
  await press(sam, "Join");
  await visit("desk list: empty, for support", sam);
  for (const address of ["/desk/settings/staff", "/desk/settings/presets", "/desk/audit"]) await sam.goTo(address, 403);
  await visit("message: only an owner", sam);
  const late = await arrive(t, world);
  await late.goTo(url, 404);
  await visit("join: used", late);
  await owner.goTo("/desk/settings/staff");
  await owner.after(() => owner.page.getByRole("link", { name: SAM.email }).click());
  await visit("staff: one of them", owner);
  await owner.goTo("/desk/settings/staff/stf_00000000000000000000000000000000", 404);
  await visit("message: no such colleague", owner);
}

async function telling(t, visit) {
  const world = await t.world(t.simulated);
  const owner = await atDesk(t, world);
  await owner.goTo("/desk/insights");
  await visit("insights: nobody invited", owner);
  await owner.goTo("/desk/work");
  await visit("background work: nothing given up", owner);
  await owner.goTo("/desk/ukg");
  await visit("UKG's side: nothing checked", owner);
  for (const [n, account] of [ACCOUNTS.allGranted, ACCOUNTS.noPtoPlans, ACCOUNTS.busy, ACCOUNTS.busy, ACCOUNTS.busy].entries()) {
    const invite = await world.invite({ customer: `Customer ${n}` });
    const admin = await arrive(t, world);
    await admin.hurriesTo("check", invite, account);
    await admin.leave();
  }
  // What is remembered of UKG Pro's hosts is a few seconds old at most.
  await owner.page.waitForTimeout(5_500);
  for (const period of ["7", "90"]) {
    await owner.goTo(`/desk/insights?period=${period}`);
    await visit(`insights: ${period} days`, owner);
  }
  await owner.goTo("/desk/ukg");
  await visit("UKG's side: in trouble", owner);
  await owner.goTo("/desk");
  await visit("desk list: UKG Pro is in trouble", owner);
  await owner.goTo("/desk/audit");
  await press(owner, "Verify now");
  await visit("audit log: whole", owner);
  await owner.goTo("/desk/audit?q=customer&who=staff");
  await visit("audit log: searched", owner);
}

async function webhooks(t, visit) {
  let status = 503;
  const receiver = createServer((request, response) => {
    request.resume();
    request.on("end", () => response.writeHead(status).end());
  });
  receiver.listen(0, "127.0.0.1");
  await once(receiver, "listening");
  const url = `http://127.0.0.1:${receiver.address().port}/${"a-long-part-of-a-path/".repeat(8)}`;
  try {
    const world = await t.world({ settings: { LINKDESK_WEBHOOK_ALLOW: "127.0.0.0/8" } });
    const owner = await atDesk(t, world);
    await owner.goTo("/desk/webhooks");
    await visit("webhooks: none", owner);
    await owner.goTo("/desk/webhooks/new");
    await visit("webhooks: a new one", owner);
    await owner.page.getByLabel("Address").fill("https://10.0.0.1/hooks");
    owner.watched.expect(422, "/desk/webhooks/new");
    await press(owner, "Add the endpoint");
    await visit("webhooks: a new one refused", owner);
    await owner.page.getByLabel("Address").fill(url);
    await press(owner, "Add the endpoint");
    await visit("webhooks: the secret, shown once", owner);
    await owner.after(() => owner.page.getByRole("link", { name: "To the endpoint" }).click());
    await visit("webhook: nothing happened yet", owner);
    const at = new URL(owner.page.url()).pathname;
    await press(owner, "Send a test message");
    await becomes(owner, at, "503");
    await visit("webhook: a message waits", owner);
    status = 204;
    await press(owner, "Send a test message");
    await becomes(owner, at, "Delivered");
    await owner.after(() => owner.page.locator("[data-message-state=delivered] a").first().click());
    await visit("webhook message: delivered after a failure", owner);
    status = 410;
    await press(owner, "Send again");
    await becomes(owner, at, "Switched off");
    await visit("webhook: its receiver is gone", owner);
    await owner.goTo("/desk/webhooks");
    await visit("webhooks: one of them", owner);
    await owner.goTo(`${at}/secret`);
    await visit("webhook: replacing the secret", owner);
    await press(owner, "Replace it");
    await visit("webhook: the new secret", owner);
    await owner.goTo(`${at}/remove`);
    await visit("webhook: removing it", owner);
    await press(owner, "Remove it");
    await visit("webhooks: one was removed", owner);
  } finally {
    receiver.close();
    receiver.closeAllConnections();
  }
}

/** Loads the endpoint's page until it says this: its messages are sent in the background. */
async function becomes(person, at, words) {
  for (let n = 0; n < 60; n += 1) {
    await person.goTo(at);
    if ((await person.page.locator("main").innerText()).includes(words)) return;
    await person.page.waitForTimeout(250);
  }
  throw new Error(`the endpoint's page never said ${words}`);
}
