// Another UKG Pro than the simulator that comes with the program: what shared/ukg-pro.md documents, written anew, so that
// a mistake that program and simulator share shows. It answers what UKG documents, unless a test tells it otherwise: each
// account, and each host, can be given a behaviour of its own while it runs.
import { mkdirSync } from "node:fs";
import { createServer } from "node:https";
import { setTimeout as pause } from "node:timers/promises";
import { certificates } from "./certificates.mjs";

export const OTHER_HOST = "service5.ultipro.com";
/** Hosts for tests that need one of their own, by `host()`. */
const SPARE = Array.from({ length: 24 }, (_, n) => `service${60 + n}.ultipro.com`);
/** A test system's. */
export const OTHER_TEST_HOST = "rental5.ultipro.com";
const NAMES = [OTHER_HOST, OTHER_TEST_HOST, "service3.ultipro.ca", ...SPARE];

/** Permission by path; what is not here is not found. */
export const SERVICES = {
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
const WSDL = '<?xml version="1.0"?><wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/"/>';

/** The bodies of a refusal; which one UKG sends is not known. */
export const BODIES = {
  empty: {},
  aspNet: json({ Message: "Authorization has been denied for this request." }),
  problem: json({ type: "https://tools.ietf.org/html/rfc7235#section-3.1", title: "Unauthorized", status: 401, traceId: "00-1" }, "application/problem+json"),
  html: html("<html><head><title>Access denied</title></head><body><h1>Server Error</h1><p>Access is denied.</p></body></html>"),
};

/** A body of JSON. */
export function json(value, type = "application/json; charset=utf-8") {
  return { headers: { "Content-Type": type }, body: JSON.stringify(value) };
}

/** A page for people. */
export function html(body) {
  return { headers: { "Content-Type": "text/html; charset=utf-8" }, body };
}

/**
 * @param {string} folder for its certificates
 * @param {{ key: string, username: string, password: string, granted: string[] }[]} accounts
 */
export async function startOtherUkg(folder, accounts) {
  mkdirSync(folder, { recursive: true });
  const { caFile, key, cert } = await certificates(folder, NAMES);
  const ukg = new OtherUkg(accounts);
  const server = createServer({ key, cert, minVersion: "TLSv1.2" }, (request, response) => ukg.answer(request, response));
  server.on("connection", (socket) => ukg.sockets.set(socket.remotePort, socket));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = () => new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
  return Object.assign(ukg, { caFile, port: server.address().port, stop });
}

/** Something to wait for, and what ends the wait. */
export function gate() {
  const made = {};
  made.opened = new Promise((resolve) => (made.open = resolve));
  return made;
}

class OtherUkg {
  host = OTHER_HOST;
  testHost = OTHER_TEST_HOST;
  hosts = NAMES;
  /** What was asked: `{ host, method, path, query, accept, username, status }`, never a password. */
  requests = [];
  sockets = new Map();
  #accounts;
  #made = 0;
  #spare = [...SPARE];
  #hosts = new Map();

  constructor(accounts) {
    this.#accounts = [...accounts];
  }

  /**
   * A new account, which may be changed at any time: what is `granted`; the `password`; `refused: true` for one that is
   * suspended; `refusal` and `missing` for how it says no; `answers`, a behaviour that is asked first: it hands back a
   * reply, or `{ late: { until } }` for the usual one after something else, or nothing for the usual one.
   *
   * @param {{ granted?: string[], answers?: (asked: { path: string, permission: string | null, n: number }) => object | undefined }} knobs
   */
  account({ key, ...knobs } = {}) {
    this.#made += 1;
    const nn = this.#made.toString(36).toUpperCase().padStart(2, "0");
    const account = {
      key: key ?? `T9X${nn}`,
      username: `reader.${this.#made}`,
      password: `kR7;+vN/2p|Xq!(${nn})#Zt*4@s^W.e_{1}%`,
      granted: Object.values(SERVICES).filter(Boolean),
      refused: false,
      refusal: {},
      missing: { status: 403 },
      asked: 0,
      ...knobs,
    };
    this.#accounts.push(account);
    return account;
  }

  /** A host that answers everybody, whatever they send, with what `answers` hands back; with nothing, as any other. */
  hostThat(answers) {
    const name = this.#spare.shift();
    if (!name) throw new Error("no host is left: add some to SPARE");
    this.#hosts.set(name, answers);
    return name;
  }

  /** The passwords of all accounts so far. */
  get passwords() {
    return [...new Set(this.#accounts.map(({ password }) => password))];
  }

  /** What was asked with this account's username. */
  of({ username }) {
    return this.requests.filter((request) => request.username === username);
  }

  answer(request, response) {
    const url = new URL(request.url, "https://ukg.invalid");
    const { username, password } = basic(request.headers.authorization);
    const query = Object.fromEntries([...url.searchParams].map(([name, value]) => [name.toLowerCase(), value]));
    const { host, accept } = request.headers;
    const asked = { host, method: request.method, path: url.pathname, query, accept, username, at: performance.now() };
    this.requests.push(asked);
    const account = this.#accounts.find((one) => one.username === username);
    if (account) account.asked += 1;
    const permission = SERVICES[url.pathname] ?? null;
    const special = this.#hosts.get(host)?.({ path: url.pathname, permission }) ?? account?.answers?.({ path: url.pathname, permission, n: account.asked });
    // Only late: what it says is what it would have said.
    const reply = !special || special.late ? { ...this.#plain(url, request, account, password), ...special?.late } : special;
    asked.status = reply.status ?? 200;
    this.#send(request, response, reply);
  }

  /** What UKG documents. */
  #plain(url, request, account, password) {
    if (url.pathname.startsWith("/services/")) return { headers: { "Content-Type": "text/xml; charset=utf-8" }, body: WSDL };
    if (!(url.pathname in SERVICES)) return { status: 404 };
    const known = account && !account.refused && account.password === password && account.key === request.headers["us-customer-api-key"];
    if (!known) return { status: 401, ...account?.refusal };
    const permission = SERVICES[url.pathname];
    if (permission && !account.granted.includes(permission)) return account.missing ?? { status: 403 };
    return list(url, request.headers.host);
  }

  /** `{ status, reason, headers, body, reset, hang, raw, until, after }`: `raw` is sent instead of HTTP, `until` waited for. */
  async #send(request, response, { status = 200, reason, headers = {}, body = "", reset, hang, raw, until, after }) {
    if (after) await pause(after);
    await until;
    if (hang || request.socket.destroyed) return;
    if (reset) this.sockets.get(request.socket.remotePort)?.resetAndDestroy();
    else if (raw) request.socket.end(raw);
    else response.writeHead(status, reason, headers).end(body);
  }
}

/** A list of one person, with the way to the next. */
function list(url, host) {
  const size = [...url.searchParams].find(([name]) => name.toLowerCase() === "per_page")?.[1] ?? "10000";
  const { headers, body } = json([PERSON]);
  return { headers: { ...headers, Link: `<https://${host}${url.pathname}?page=2&per_page=${size}>; rel="next"` }, body };
}

function basic(header = "") {
  const [scheme, value = ""] = header.split(" ");
  if (scheme !== "Basic") return {};
  const text = Buffer.from(value, "base64").toString("utf8");
  const colon = text.indexOf(":");
  return { username: text.slice(0, colon), password: text.slice(colon + 1) };
}
