// Every page in every state worth looking at. A tour leads somebody through, and shows each state to a visitor, which looks
// for violations, for what is lost on a narrow screen, or takes a picture. A state is called "page: state".
import { SERVICES, gate } from "./other-ukg.mjs";
import { ACCOUNTS, MAINTENANCE_HOST } from "./simulated.mjs";
import { CLOSED_HOST, UNKNOWN_HOST, UNTRUSTED_HOST } from "./stage.mjs";
import { until } from "./until.mjs";
import { STAFF } from "./world.mjs";

/** Every permission there is, in UKG's order. */
export const EVERY_PERMISSION = [
  "employee_person_details",
  "employee_pay_statement",
  "employee_employment_information",
  "pto_plan_integration",
  "company_configuration_integration",
  "payroll_integration",
  "personnel_integration",
  "employee_job_history_details",
  "employee_compensation_details",
  "employee_user_defined_fields",
];
const USER_API_KEY = "QX7MCD0000K0";

export const TOURS = {
  "the doors": doors,
  "what is said when there is no page": messages,
  "the invite and step 1": step1,
  "steps 2 and 3": steps2And3,
  "the outcomes of an accepted account": accepted,
  "the outcomes of a refused account": refused,
  "the outcomes when UKG Pro is at fault": troubles,
  "the desk": desk,
  "passing on and handing over": passingOn,
  "a page that is pasted": pasting,
  "invites that heal": healing,
  "a check as it happens": happening,
  "rows, doubts and waits": rows,
  "coming back": comingBack,
  "another account, and less of it": others,
  "the end of a link": ending,
};

async function doors(t, visit) {
  const person = await arrive(t);
  await person.goTo("/");
  await visit("home: as it is", person);
  await person.goTo("/sign-in");
  await visit("sign-in: empty", person);
  person.watched.expect(401, "/sign-in");
  await person.signIn.enter({ ...STAFF, password: "not the password" });
  await visit("sign-in: refused", person);
}

async function messages(t, visit) {
  const person = await arrive(t);
  await person.goTo("/nothing-here", 404);
  await visit("message: not found", person);
  await person.goTo("/i/not-an-invite", 404);
  await visit("message: invite unknown", person);
  await person.goTo("/link/lnk_00000000000000000000000000000000/key", 404);
  await visit("message: open the invite again", person);
  await person.goTo("/sign-out", 405);
  await visit("message: wrong method", person);
  await crossSite(person, t.main.origin);
  await visit("message: from another page", person);
  await person.goTo("/sign-in");
  await person.signIn.email.fill("owner@northwind.example");
  await person.signIn.password.fill("x".repeat(20_000));
  person.watched.expect(413, "/sign-in");
  await person.signIn.press(person.signIn.button("Sign in"));
  await visit("message: too large", person);
}

async function step1(t, visit) {
  const admin = await arrive(t);
  const { key, welcome } = admin;
  const invite = await t.invite({ permissions: EVERY_PERMISSION, email: "hr-admin@contoso.example" });
  await admin.goTo(invite.url);
  await visit("welcome: first", admin);
  await welcome.start();
  await visit("key: empty", admin);
  await key.enlarge("the Customer API Key").click();
  await key.enlarged.waitFor();
  await visit("key: picture enlarged", admin);
  await key.button("Close").click();
  await key.field.fill(USER_API_KEY);
  await key.problem("key_is_user_api_key").waitFor();
  await visit("key: User API Key noticed", admin);
  await key.save();
  await visit("key: User API Key refused", admin);
  await key.field.fill("");
  await key.save();
  await visit("key: missing", admin);
  await key.enter("AB1C234");
  await visit("key: unusual, asked about", admin);
  await key.field.fill("AB1C2");
  await key.page.getByText("This has the form of a Customer API Key.").waitFor();
  await visit("key: right, noticed", admin);
  await key.save();
  await admin.goTo(`/link/${invite.link}/key`);
  await visit("key: saved", admin);
  await admin.goTo(invite.url);
  await visit("welcome: begun", admin);
}

async function steps2And3(t, visit) {
  const admin = await arrive(t);
  const invite = await t.invite({ permissions: EVERY_PERMISSION });
  await admin.goesTo("account", invite, ACCOUNTS.allGranted);
  await visit("account: empty", admin);
  await admin.account.enlarge("the window New Password").click();
  await admin.account.enlarged.waitFor();
  await visit("account: picture enlarged", admin);
  await admin.account.button("Close").click();
  await admin.account.save();
  await visit("account: both missing", admin);
  await admin.account.enter("maria@contoso.example", USER_API_KEY);
  await visit("account: e-mail address asked about, key instead of password", admin);
  await admin.account.enter("svc-linkdesk", ` ${ACCOUNTS.allGranted.password} `);
  await visit("domain: empty", admin);
  await admin.goTo(`/link/${invite.link}/account`);
  await visit("account: saved", admin);
  await admin.goTo(`/link/${invite.link}/domain`);
  await admin.domain.enter("https://contoso.ultipro.com/login");
  await visit("domain: portal refused", admin);
  await admin.domain.enter("http://[[REQUIRES CONFIGURATION]]/services/LoginService");
  await visit("domain: not configured", admin);
  await admin.domain.enter("servicet.ultipro.com");
  await visit("domain: test system asked about", admin);
  await admin.domain.field.fill("http://Service4.ultipro.com/services/LoginService");
  await admin.domain.understood("service4.ultipro.com").waitFor();
  await visit("domain: understood", admin);
  await admin.domain.save();
  await visit("check: rejected", admin);
  await admin.goTo(`/link/${invite.link}/account`);
  await visit("account: to be looked at again", admin);
  await admin.goTo(`/link/${invite.link}/domain`);
  await visit("domain: saved", admin);
}

async function accepted(t, visit) {
  await outcome(t, visit, "linked", ACCOUNTS.allGranted);
  await outcome(t, visit, "linked with a gap", ACCOUNTS.noPtoPlans, { permissions: EVERY_PERMISSION });
  await outcome(t, visit, "linked with two gaps", ACCOUNTS.twoGaps, { permissions: EVERY_PERMISSION });
}

async function refused(t, visit) {
  await outcome(t, visit, "required permission missing", ACCOUNTS.noPersonDetails, { permissions: EVERY_PERMISSION });
  const held = await arrive(t);
  const invite = await t.invite();
  await held.goesTo("check", invite, ACCOUNTS.hanging);
  await held.page.route("**/check", withoutRefresh);
  await held.goTo(`/link/${invite.link}/check`);
  await held.check.shows("checking");
  await visit("check: running", held);
}

async function troubles(t, visit) {
  const host = (name) => ({ host: `https://${name}/services/LoginService` });
  await outcome(t, visit, "host not found", ACCOUNTS.allGranted, host(UNKNOWN_HOST));
  await outcome(t, visit, "host unreachable", ACCOUNTS.allGranted, host(CLOSED_HOST));
  await outcome(t, visit, "host not trusted", ACCOUNTS.allGranted, host(UNTRUSTED_HOST));
  await outcome(t, visit, "portal", ACCOUNTS.portal);
  await outcome(t, visit, "unexpected", ACCOUNTS.garbage);
  await outcome(t, visit, "maintenance", ACCOUNTS.allGranted, host(MAINTENANCE_HOST));
  await outcome(t, visit, "busy", ACCOUNTS.busy);
}

async function desk(t, visit) {
  const world = await t.world(t.simulated);
  const staff = await arrive(t, world);
  await staff.goTo("/sign-in");
  await staff.signIn.enter(STAFF);
  await visit("desk list: empty", staff);
  const links = [];
  const reach = async (place, account, customer, host) => {
    const invite = await world.invite({ customer, email: "hr-admin@customer.example", permissions: EVERY_PERMISSION });
    const admin = await arrive(t, world);
    if (place) await admin.goesTo(place, invite, account, host);
    if (place === "check") await world.untilLink(invite.link, "was checked", ({ check }) => check?.finished_at);
    links.push(invite);
    return admin;
  };
  await reach(null, null, "Alpine Clinics and Rehabilitation Group of Western Massachusetts");
  const stuck = await reach("key", ACCOUNTS.allGranted, "Birch Hotels");
  await stuck.key.enter(USER_API_KEY);
  await reach("domain", ACCOUNTS.allGranted, "Cedar Freight");
  await reach("check", { ...ACCOUNTS.allGranted, password: "not+the;password!" }, "Dune Energy");
  await reach("check", ACCOUNTS.noPtoPlans, "Elm Foods");
  await reach("check", ACCOUNTS.allGranted, "Fjord Schools");
  await reach("check", ACCOUNTS.allGranted, "Grove Media", `https://${MAINTENANCE_HOST}`);
  await staff.goTo("/desk");
  await visit("desk list: links of every kind", staff);
  await staff.goTo("/desk?status=paused");
  await visit("desk list: none of this status", staff);
  for (const { link, customer } of links) {
    await staff.goTo(`/desk/links/${link}`);
    await visit(`desk link: ${customer.split(" ")[0]}`, staff);
  }
  await staff.goTo("/desk/links/lnk_00000000000000000000000000000000", 404);
  await visit("message: no such link", staff);
}

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

/** From an invite to what the check says, and to the receipt if there is one. */
async function outcome(t, visit, name, account, { permissions, host } = {}) {
  const admin = await arrive(t);
  const invite = await t.invite({ permissions });
  await admin.goesTo("check", invite, account, host);
  await t.main.untilLink(invite.link, "was checked", ({ check }) => check?.finished_at, { within: 30_000 });
  await admin.goTo(`/link/${invite.link}/check`);
  await visit(`check: ${name}`, admin);
  const finish = admin.page.getByRole("link", { name: /^Finish/ });
  if ((await finish.count()) === 0) return;
  await admin.after(() => finish.click());
  await visit(`receipt: ${name}`, admin);
}

/** Somebody whose screen moves nothing, so that nothing is looked at half way. */
function arrive(t, at = t.main) {
  return t.person({ at, reducedMotion: "reduce" });
}

/** An invite that has run out. */
export async function expiredInvite(t, { world = t.main, email } = {}) {
  const made = await world.invite({ expiresIn: "1s", email });
  await until("the invite has run out", async () => (await fetch(made.url)).status === 410, { every: 200 });
  return made;
}

/** Sends our sign-in form from a page that is not ours. */
export async function crossSite(person, origin) {
  await person.page.goto("about:blank");
  await person.page.setContent(`<form method="post" action="${origin}/sign-in"><button>Send</button></form>`);
  person.watched.expect(403, "/sign-in");
  await person.after(() => person.page.getByRole("button", { name: "Send" }).click());
}

/** Keeps a page that would load itself again as it is. */
async function withoutRefresh(route) {
  const response = await route.fetch({ maxRedirects: 0 });
  const { refresh, ...headers } = response.headers();
  return route.fulfill({ response, headers });
}
