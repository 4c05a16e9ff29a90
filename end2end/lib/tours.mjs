// Every page in every state worth looking at. A tour leads somebody through, and shows each state to a visitor, which looks
// for violations, for what is lost on a narrow screen, or takes a picture. A state is called "page: state".
import { ACCOUNTS, MAINTENANCE_HOST } from "./simulated.mjs";
import { CLOSED_HOST, UNKNOWN_HOST, UNTRUSTED_HOST } from "./stage.mjs";
import { DESK } from "./tours-desk.mjs";
import { LATER } from "./tours-later.mjs";
import { EVERY_PERMISSION, arrive, crossSite } from "./ways.mjs";
import { STAFF } from "./world.mjs";

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
  ...LATER,
  ...DESK,
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
  const [{ link }] = links;
  for (const page of ["reply", "end"]) {
    await staff.goTo(`/desk/links/${links.at(-2).link}/${page}`);
    await visit(`desk link: ${page}`, staff);
  }
  await staff.goTo(`/desk/links/${link}`);
  await staff.after(() => staff.page.getByRole("button", { name: "Show a new address" }).click());
  await visit("desk link: a new address", staff);
  await staff.goTo("/desk/preview");
  await visit("desk: previews", staff);
  await staff.goTo("/desk/preview/check-rejected");
  await visit("desk: a preview", staff);
  for (const [name, address] of [["insights", "insights?period=all"], ["UKG's side", "ukg"], ["audit log", "audit"], ["audit log: nothing found", "audit?q=nobody"]]) {
    await staff.goTo(`/desk/${address}`);
    await visit(name, staff);
  }
  await staff.goTo("/desk/links/lnk_00000000000000000000000000000000", 404);
  await visit("message: no such link", staff);
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
