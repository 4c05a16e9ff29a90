// The box that takes a whole page of UKG Pro: it says what it took, and keeps nothing else.
import assert from "node:assert/strict";
import { ACCOUNTS } from "../lib/simulated.mjs";
import { test } from "../lib/suite.mjs";
import { seen } from "../lib/watch.mjs";

const { allGranted } = ACCOUNTS;
// Everything else that stands on these pages. None of it may come back.
const OTHERS = ["KT3PWD0000K0", "5e6f7a8b-90cd-4ef0-8a1b-2c3d4e5f6a7b", "bi9.contoso.example", "maria.lopez"];

function webServices(key, endpoint = "http://Service4.ultipro.com/services/LoginService") {
  return `Home\tMenu\tInbox (3)\nSystem Configuration\nSecurity\tUser Administration\tRole Administration\tWeb Services\nService Account Administration
Web Services
User API Key\t${OTHERS[0]}
Customer API Key\t${key}
Tenant ID\t${OTHERS[1]}
Business Intelligence web service endpoint\thttp://${OTHERS[2]}/services/BIDataService
Login service endpoint\t${endpoint}
Employee person service endpoint\t${endpoint.replace("LoginService", "EmployeePerson")}
Signed in as ${OTHERS[3]}\nCopyright UKG Inc.`;
}

function serviceAccounts(key) {
  return `Security Dashboard\tUser Administration\tWeb Services\tService Account Administration\tFind...
Service Account Administration\nadd\nprint\nhelp
Customer API Key  ${key}
Actions\tFind by\nUser Name\tStatus\tLast Logon\tUser API Key
${OTHERS[3]}\tActive\t10/02/2026\t${OTHERS[0]}\nLearning Resources`;
}

/** Nothing of the page but the two values was kept in any page since. */
async function keepsNothingElse(admin, since) {
  await admin.watched.settle();
  const bodies = Buffer.concat(seen.pages.slice(since).map(({ body }) => body));
  for (const other of [...OTHERS, allGranted.key]) assert.ok(!bodies.includes(other), `${other} is in a page`);
}

for (const [words, script] of [["with script", true], ["without script", false]]) {
  test(`a Web Services page pasted in step 1 gives key and host, and only the account is left to enter, ${words}`, async (t) => {
    const admin = await t.person({ script });
    const since = seen.pages.length;
    const invite = await t.invite();
    await admin.goesTo("key", invite);
    await admin.key.paste(webServices(allGranted.key));
    assert.equal(admin.place, "key");
    await admin.key.taken.getByText("We took from the page:").waitFor();
    await admin.key.taken.getByText("Customer API Key (kept sealed)").waitFor();
    await admin.key.taken.getByText("Web Services host service4.ultipro.com").waitFor();
    await admin.key.taken.getByText("Nothing else was kept.").waitFor();
    await admin.key.press(admin.key.link("Go on to step 2"));
    assert.equal(admin.place, "account");
    await keepsNothingElse(admin, since);
    await admin.account.enter(allGranted.username, allGranted.password);
    assert.equal(admin.place, "check");
    await admin.check.shows("linked");
    assert.equal((await t.main.link(invite.link)).host, "service4.ultipro.com");
  });

  test(`a Service Account Administration page pasted in step 1 gives the key, and says what it did not hold, ${words}`, async (t) => {
    const admin = await t.person({ script });
    const since = seen.pages.length;
    await admin.goesTo("key", await t.invite());
    await admin.key.paste(serviceAccounts(allGranted.key));
    await admin.key.taken.getByText("Customer API Key (kept sealed)").waitFor();
    await admin.key.taken.getByText("It held no Web Services address; step 3 shows where that one stands.").waitFor();
    await keepsNothingElse(admin, since);
    await admin.key.press(admin.key.link("Go on to step 2"));
    await admin.account.enter(allGranted.username, allGranted.password);
    await admin.domain.enter("service4.ultipro.com");
    await admin.check.shows("linked");
  });

  test(`a Web Services page pasted in step 3 starts the check, ${words}`, async (t) => {
    const admin = await t.person({ script });
    const since = seen.pages.length;
    await admin.goesTo("domain", await t.invite(), allGranted);
    await admin.domain.paste(webServices(allGranted.key));
    assert.equal(admin.place, "check");
    await admin.check.shows("linked");
    await keepsNothingElse(admin, since);
  });

  test(`a page without anything to take, or of a tenant that is not set up, says so and the box stays open, ${words}`, async (t) => {
    const admin = await t.person({ script });
    await admin.goesTo("key", await t.invite());
    const text = `Welcome to UKG Pro\nInbox\n${OTHERS[3]}`;
    await admin.key.paste(text);
    await admin.key.taken.getByText("We found nothing to take in that text").waitFor();
    await admin.key.taken.getByText("It held no Customer API Key.", { exact: false }).waitFor();
    assert.ok(await admin.key.pasteBox.isVisible(), "the box is shut");
    assert.equal(await admin.key.pasteBox.inputValue(), "", "what was pasted came back");
    // The field beside it works as before.
    await admin.key.enter(allGranted.key);
    await admin.account.enter(allGranted.username, allGranted.password);
    await admin.domain.paste(text);
    await admin.domain.taken.getByText("We found nothing to take in that text").waitFor();
    await admin.domain.paste(webServices(allGranted.key, "http://[[REQUIRES CONFIGURATION]]/services/LoginService"));
    await admin.domain.problem("url_placeholder").waitFor();
    await admin.domain.enter("service4.ultipro.com");
    await admin.check.shows("linked");
  });
}
