// The UKG Pro simulator that comes with the program, with accounts of our own: one for each outcome a test needs.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Program, environment } from "./program.mjs";
import { until } from "./until.mjs";
import { binary } from "./world.mjs";

const ALL_TESTABLE = [
  "employee_person_details",
  "pto_plan_integration",
  "company_configuration_integration",
  "payroll_integration",
  "personnel_integration",
  "employee_job_history_details",
  "employee_compensation_details",
];
const without = (...missing) => ALL_TESTABLE.filter((slug) => !missing.includes(slug));

let number = 0;
const account = (username, knobs = {}) => {
  number += 1;
  const nn = String(number).padStart(2, "0");
  return { key: `SIM${nn}`, username, password: `MadeUp+Only;For|Tests!(${nn})%`, knobs };
};

/** What a person types, and how UKG Pro answers to it. */
export const ACCOUNTS = {
  allGranted: account("SimAllGranted"),
  noPtoPlans: account("SimNoPtoPlans", { permissions: without("pto_plan_integration"), error_body: "problem_json" }),
  twoGaps: account("SimTwoGaps", {
    permissions: without("pto_plan_integration", "employee_job_history_details"),
    missing_permission: 401,
    error_body: "asp_net",
  }),
  noPersonDetails: account("SimNoPersonDetails", { permissions: without("employee_person_details"), error_body: "html" }),
  busy: account("SimBusy", { fault: "busy" }),
  maintenance: account("SimMaintenance", { fault: "maintenance" }),
  portal: account("SimPortalRedirect", { fault: "portal_redirect" }),
  garbage: account("SimGarbage", { fault: "garbage" }),
  hanging: account("SimHanging", { fault: "hang" }),
  slow: account("SimSlow", { fault: { slow: { ms: 3_000 } } }),
  unusualKey: { ...account("SimUnusualKey"), key: "SIM-9X7Q" },
  emailName: account("svc-linkdesk@contoso.example"),
};

/** Looked for everywhere after the whole run (bar S1); each value makes the flow ask whether it is meant. */
export const CANARY = {
  key: "CanaryKey-Zq7Wx9",
  username: 'CanaryUser"<Zx9>&Q7@k.example',
  password: 'Canary"Pass<Wv8>&%41\\/+;{}|Zq~',
};

/** The hosts that lead to the simulator. */
export const HOSTS = ["service2.ultipro.com", "service4.ultipro.com", "servicet.ultipro.com"];
/** Everything is down for maintenance at this one. */
export const MAINTENANCE_HOST = "service7.ultipro.com";

/** Starts the simulator in `folder`; hands back its port and the file with its authority. */
export async function startSimulator(folder) {
  mkdirSync(folder, { recursive: true });
  const accounts = Object.entries({ ...ACCOUNTS, canary: CANARY }).map(([name, { key, username, password, knobs }]) => ({
    name,
    customer_api_key: key,
    username,
    password,
    ...knobs,
  }));
  const scenario = join(folder, "scenario.json");
  writeFileSync(scenario, JSON.stringify({ accounts, host_faults: { [MAINTENANCE_HOST]: "maintenance" } }));
  const caFile = join(folder, "simulator-ca.pem");
  const args = ["ukg-simulator", "--listen", "127.0.0.1:0", "--ca-out", caFile, "--scenario", scenario];
  const program = new Program(binary, args, { cwd: folder, env: environment({}), logFile: join(folder, "simulator.log") });
  const [, port] = await until("the simulator listens", () => {
    if (program.over) throw new Error(`the simulator ended (${program.over.how}); see ${folder}/simulator.log`);
    return program.said.match(/simulator on 127\.0\.0\.1:(\d+)/);
  });
  return { program, port: Number(port), caFile };
}
