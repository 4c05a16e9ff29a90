// Every page in every state worth looking at, second part: what administrators do beside and after the flow.
import { SERVICES, gate } from "./other-ukg.mjs";
import { ACCOUNTS } from "./simulated.mjs";
import { EVERY_PERMISSION, arrive, expiredInvite } from "./ways.mjs";
import { STAFF } from "./world.mjs";

export const LATER = {
  "passing on and handing over": passingOn,
  "a page that is pasted": pasting,
  "invites that heal": healing,
  "a check as it happens": happening,
  "rows, doubts and waits": rows,
  "coming back": comingBack,
  "another account, and less of it": others,
  "the end of a link": ending,
};

async function passingOn(t, visit) {
  const admin = await arrive(t);
  const invite = await t.invite({ permissions: EVERY_PERMISSION });
  await admin.goTo(invite.url);
  await admin.welcome.forward();
  await visit("forward: the message", admin);
  await admin.welcome.page.goBack();
  await admin.welcome.start();
  for (const step of ["key", "account", "domain"]) {
    await admin.goTo(`/link/${invite.link}/hand-over?step=${step}`);
    await visit(`hand-over: offer of ${step}`, admin);
    await admin.handOver.press(admin.handOver.make);
    if (step === "key") await visit("hand-over: the link", admin);
    const address = await admin.handOver.address.inputValue();
    await admin.goTo(`/link/${invite.link}/hand-over?step=${step}`);
    if (step === "key") await visit("hand-over: waiting", admin);
    const colleague = await arrive(t);
    await colleague.goTo(address);
    await visit(`hand: welcome of ${step}`, colleague);
    await admin.goTo(`/link/${invite.link}/${step}`);
    await visit(`${step}: handed over`, admin);
    await colleague.welcome.start();
    await visit(`only: ${step}`, colleague);
    const save = colleague.page.getByRole("button", { name: /^Save/ });
    await colleague.after(() => save.click());
    await visit(`only: ${step}, missing`, colleague);
    if (step !== "key") continue;
    await admin.goTo(`/link/${invite.link}/key`);
    await visit("key: opened by a colleague", admin);
    await colleague.key.field.fill("AB1C2");
    await colleague.after(() => save.click());
    await visit("message: thanks", colleague);
    await colleague.goTo(`/link/${invite.link}/only/key`, 404);
    await visit("message: step not open", colleague);
    await colleague.goTo(address, 410);
    await visit("message: link is over", colleague);
    await colleague.goTo(`/hand/${"D".repeat(43)}`, 404);
    await visit("message: link unknown", colleague);
  }
}

async function pasting(t, visit) {
  const admin = await arrive(t);
  const invite = await t.invite({ permissions: EVERY_PERMISSION });
  await admin.goesTo("key", invite);
  await admin.page.getByText("Easier: paste the whole page").click();
  await visit("key: box for a page", admin);
  await admin.key.paste("Welcome to UKG Pro. Inbox (3)");
  await visit("key: page without a key", admin);
  await admin.key.paste("Service Account Administration\nCustomer API Key  AB1C2\n");
  await visit("key: taken from a page", admin);
  await admin.key.paste("Customer API Key\tAB1C2\nLogin service endpoint\thttp://Service4.ultipro.com/services/LoginService");
  await visit("key: taken from a page with both", admin);
  const second = await arrive(t);
  await second.hurriesTo("domain", await t.invite(), ACCOUNTS.allGranted);
  await second.page.getByText("Easier: paste the whole page").click();
  await visit("domain: box for a page", second);
  await second.domain.paste("Nothing of that kind.");
  await visit("domain: page without an address", second);
  await second.domain.paste("Customer API Key\tAB1C2\nLogin service endpoint\thttp://[[REQUIRES CONFIGURATION]]/services/LoginService");
  await visit("domain: page of a tenant that is not set up", second);
}

async function healing(t, visit) {
  const person = await arrive(t);
  await person.goTo((await expiredInvite(t)).url, 410);
  await visit("expired: the company is told", person);
  await person.welcome.renew();
  await visit("expired: told", person);
  const mail = { LINKDESK_SMTP_URL: `file://${t.folder}/tour-mail`, LINKDESK_MAIL_FROM: "linkdesk@northwind.example" };
  const world = await t.world({ ...t.simulated, settings: { ...t.simulated.settings, ...mail } });
  const made = await expiredInvite(t, { world, email: "maria@contoso.example" });
  const holder = await arrive(t, world);
  for (const state of ["sent", "a moment ago"]) {
    await holder.goTo(made.url, 410);
    if (state === "sent") await visit("expired: offer", holder);
    await holder.welcome.renew();
    await visit(`expired: ${state}`, holder);
  }
  const staff = await arrive(t, world);
  await staff.goTo("/sign-in");
  await staff.signIn.enter(STAFF);
  await visit("desk list: a new invite was asked for", staff);
  await staff.desk.open(made.link);
  await visit("desk link: a new invite was asked for", staff);
}

async function happening(t, visit) {
  const stop = async (state, open, until) => {
    const gates = new Map(Object.keys(SERVICES).map((path) => [path, gate()]));
    const account = t.otherUkg.account({ granted: ["employee_person_details"], answers: ({ path }) => ({ late: { until: gates.get(path)?.opened } }) });
    const admin = await arrive(t, t.other);
    await admin.hurriesTo("domain", await t.other.invite({ permissions: EVERY_PERMISSION }), account);
    await admin.domain.enter(t.otherUkg.host);
    await admin.check.shows("checking");
    // The check ends before everything is looked at; the page is to stay as it is.
    await admin.page.route("**/check", (route) => route.abort("aborted"));
    for (const path of open) gates.get(path).open();
    await until(admin.check);
    await visit(`check: running, ${state}`, admin);
    for (const one of gates.values()) one.open();
  };
  const person = "/personnel/v1/person-details";
  const says = (permission, words) => (check) => check.row(permission).getByText(words).waitFor();
  await stop("nothing known", [], says("employee_person_details", "Asking now"));
  await stop("the account is accepted", [person], says("pto_plan_integration", "Asking now"));
  await stop("a permission is missing", [person, "/personnel/v1/pto-plans"], says("pto_plan_integration", /^Not granted/));
  const admin = await arrive(t, t.other);
  await admin.hurriesTo("check", await t.other.invite({ permissions: EVERY_PERMISSION }), t.otherUkg.account({ granted: ["employee_person_details"] }), t.otherUkg.host);
  await visit("check: many gaps", admin);
}

async function rows(t, visit) {
  const world = t.other;
  const look = async (state, account, { host = t.otherUkg.host, permissions = EVERY_PERMISSION, password } = {}) => {
    const admin = await arrive(t, world);
    const invite = await world.invite({ permissions });
    await admin.hurriesTo("check", invite, password ? { ...account, password } : account, host);
    if (state) await visit(state, admin);
    return { admin, invite };
  };
  const testable = Object.values(SERVICES).filter(Boolean);
  const but = (slug) => testable.filter((one) => one !== slug);
  await look("check: one gap with a look-alike", t.otherUkg.account({ granted: but("employee_compensation_details") }));
  await look("check: one answer unclear", t.otherUkg.account({ answers: ({ permission }) => (permission === "payroll_integration" ? { status: 500 } : undefined) }));
  const many = t.otherUkg.account();
  const { admin, invite } = await look(null, many, { host: t.otherUkg.testHost, permissions: ["employee_person_details"] });
  await world.untilLink(invite.link, "knows the rows too many", ({ check }) => check.not_asked_but_granted.length > 0);
  for (const place of ["check", "done", "domain"]) {
    await admin.goTo(`/link/${invite.link}/${place}`);
    await visit(`${place === "done" ? "receipt" : place}: test system, rows too many`, admin);
  }
  const refused = t.otherUkg.account({ refused: true });
  const held = await look("check: refused, may be tried once more", refused);
  for (const n of [1, 2, 3]) {
    await held.admin.sends(`/link/${held.invite.link}/account`, { username: refused.username, password: `another+one;${n}` });
    await held.admin.checkEnds(held.invite);
  }
  await held.admin.goTo(`/link/${held.invite.link}/check`);
  await visit("check: has to wait", held.admin);
}

/** A link that is linked, by somebody whose screen moves nothing. */
async function linked(t, account) {
  const admin = await arrive(t, t.other);
  const invite = await t.other.invite({ permissions: EVERY_PERMISSION, email: "hr-admin@contoso.example" });
  await admin.hurriesTo("done", invite, account, t.otherUkg.host);
  return { admin, invite, at: `/link/${invite.link}` };
}

async function comingBack(t, visit) {
  const account = t.otherUkg.account();
  const { admin, invite, at } = await linked(t, account);
  for (const place of ["key", "account", "domain"]) {
    await admin.goTo(`${at}/${place}`);
    await visit(`${place}: of a link that stands`, admin);
  }
  await admin.goTo(`${at}/account`);
  await admin.account.renew("not+the;new(one)%");
  await visit("check: new values refused", admin);
  await admin.goTo(`${at}/done`);
  await visit("receipt: new values wait", admin);
  account.password = "nEw+generated;Pass(9)word%";
  await admin.goTo(`${at}/account`);
  await admin.account.renew(account.password);
  await visit("check: new values in use", admin);
  await admin.goTo(`${at}/done`);
  await visit("receipt: new values in use", admin);
  account.refused = true;
  for (const state of ["attention", "broken"]) {
    await admin.sends(`${at}/check`);
    await admin.checkEnds(invite);
    await admin.goTo(`${at}/done`);
    await visit(`receipt: ${state}`, admin);
  }
  await admin.goTo(`${at}/check`);
  await visit("check: broken", admin);
  await admin.goTo(`${at}/account`);
  await visit("account: of a broken link", admin);
}

async function others(t, visit) {
  const account = t.otherUkg.account();
  const { admin, invite, at } = await linked(t, account);
  const looks = async (state, step, form) => {
    await admin.sends(`${at}/${step}`, form);
    await admin.checkEnds(invite);
    await admin.goTo(`${at}/check`);
    await visit(state, admin);
    await admin.sends(`${at}/replace`, { choice: "keep" });
  };
  await looks("check: another system", "domain", { url: "service3.ultipro.ca" });
  const { key } = account;
  account.key = "Z8Y7X";
  await looks("check: another key", "key", { key: "Z8Y7X" });
  account.key = key;
  const weaker = t.otherUkg.account({ key, granted: ["employee_person_details"] });
  await looks("check: less than before", "account", { username: weaker.username, password: weaker.password });
  const twin = await linked(t, account);
  await visit("receipt: linked already", twin.admin);
  await twin.admin.goTo(`${twin.at}/check`);
  await visit("check: linked already", twin.admin);
  const staff = await arrive(t, t.other);
  await staff.goTo("/sign-in");
  await staff.signIn.enter(STAFF);
  await staff.goTo(`/desk/links/${invite.link}`);
  await visit("desk link: two links of one account", staff);
}

async function ending(t, visit) {
  const { admin, invite, at } = await linked(t, t.otherUkg.account());
  await admin.goTo(`${at}/disconnect`);
  await visit("disconnect: asked", admin);
  await admin.receipt.press(admin.receipt.confirmEnd);
  await visit("receipt: ended", admin);
  await admin.goTo(`${at}/key`);
  await visit("key: of an ended link", admin);
  const staff = await arrive(t, t.other);
  await staff.goTo("/sign-in");
  await staff.signIn.enter(STAFF);
  await staff.goTo(`/desk/links/${invite.link}`);
  await visit("desk link: ended", staff);
}
