// Ways that tours and tests have in common.
import { until } from "./until.mjs";

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

/** Somebody whose screen moves nothing, so that nothing is looked at half way. */
export function arrive(t, at = t.main) {
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
