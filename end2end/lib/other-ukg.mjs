// Another UKG Pro than the simulator that comes with the program: what shared/ukg-pro.md documents, written anew, so that
// a mistake that program and simulator share shows. It answers nothing that UKG does not document.
import { mkdirSync } from "node:fs";
import { createServer } from "node:https";
import { certificates } from "./certificates.mjs";

export const OTHER_HOST = "service5.ultipro.com";
const NAMES = [OTHER_HOST, "service3.ultipro.ca"];

/** Permission by path; what is not here is not found. */
const SERVICES = {
  "/personnel/v1/person-details": "employee_person_details",
  "/personnel/v1/pto-plans": "pto_plan_integration",
  "/configuration/v1/company-details": "company_configuration_integration",
  "/payroll/v1/paygroup-payperiods": "payroll_integration",
  "/personnel/v1/employment-details": "personnel_integration",
  "/personnel/v1/employee-job-history-details": "employee_job_history_details",
  "/personnel/v1/compensation-details": "employee_compensation_details",
  // Open to whoever has a valid username and password.
  "/configuration/v1/earnings": null,
};

const PERSON = { personId: "7f1c0000-0000-4000-8000-000000000001", employeeId: "CQ1A2B000001", companyId: "J0001", firstName: "Alex", lastName: "Doe", nameSufixCode: null, ssn: "000000000" };

/**
 * @param {string} folder for its certificates
 * @param {{ key: string, username: string, password: string, granted: string[] }[]} accounts
 */
export async function startOtherUkg(folder, accounts) {
  mkdirSync(folder, { recursive: true });
  const { caFile, key, cert } = await certificates(folder, NAMES);
  const requests = [];
  const server = createServer({ key, cert, minVersion: "TLSv1.2" }, (request, response) => {
    requests.push(answer(request, response, accounts));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    caFile,
    port: server.address().port,
    host: OTHER_HOST,
    /** What was asked: `{ host, method, path, query, accept, username, status }`, never a password. */
    requests,
    stop: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  };
}

function answer(request, response, accounts) {
  const url = new URL(request.url, "https://ukg.invalid");
  const { username, password } = basic(request.headers.authorization);
  const account = accounts.find((one) => one.username === username && one.password === password && one.key === request.headers["us-customer-api-key"]);
  const end = (status, headers = {}, body = "") => {
    response.writeHead(status, headers).end(body);
    const query = Object.fromEntries([...url.searchParams].map(([name, value]) => [name.toLowerCase(), value]));
    const { host, accept } = request.headers;
    return { host, method: request.method, path: url.pathname, query, accept, username, status };
  };
  if (url.pathname.startsWith("/services/")) {
    return end(200, { "Content-Type": "text/xml; charset=utf-8" }, '<?xml version="1.0"?><wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/"/>');
  }
  if (!(url.pathname in SERVICES)) return end(404);
  if (!account) return end(401);
  const permission = SERVICES[url.pathname];
  if (permission && !account.granted.includes(permission)) return end(403);
  const size = [...url.searchParams].find(([name]) => name.toLowerCase() === "per_page")?.[1] ?? "10000";
  const next = `<https://${request.headers.host}${url.pathname}?page=2&per_page=${size}>; rel="next"`;
  return end(200, { "Content-Type": "application/json; charset=utf-8", Link: next }, JSON.stringify([PERSON]));
}

function basic(header = "") {
  const [scheme, value = ""] = header.split(" ");
  if (scheme !== "Basic") return {};
  const text = Buffer.from(value, "base64").toString("utf8");
  const colon = text.indexOf(":");
  return { username: text.slice(0, colon), password: text.slice(colon + 1) };
}
