// How a UKG Pro, or what stands in its place, can answer, and what the check is to make of it (shared/ukg-pro.md §4c, §4d).
// Nobody has published UKG's real refusals, so every style of saying no is here.
import { BODIES, html, json } from "./other-ukg.mjs";

const PERSON = "/personnel/v1/person-details";
const PTO = "pto_plan_integration";
const ALL_BUT_PTO = ["employee_person_details", "company_configuration_integration", "employee_job_history_details"];
const LIST = json([]);
const SIGN_IN = html("<!DOCTYPE html><html><head><title>Sign in</title></head><body><form action='/login'><input name='user'></form></body></html>");
const MAINTENANCE = html("<html><head><title>Maintenance</title></head><body><h1>We will be back soon</h1></body></html>");

/** The same reply to everything. */
const always = (reply) => ({ answers: () => reply });
/** One reply to the first request, then as usual. */
const once = (reply) => ({ answers: ({ n }) => (n === 1 ? reply : undefined) });
/** One reply about one permission. */
const about = (permission, reply) => ({ answers: ({ permission: asked }) => (asked === permission ? reply : undefined) });
const refusing = (body) => ({ refused: true, refusal: body });
const withoutPerson = (missing) => ({ granted: [PTO, "company_configuration_integration"], missing });

const LINKED = ["linked", []];
const GAP = ["linked_with_gaps", ["permission_missing"]];
const fails = (code) => ["in_progress", [code]];
const REJECTED = fails("credentials_rejected");
const MISSING = fails("permission_missing");

/**
 * `[sentence, knobs of an account, [status, codes shown], { host, long }]`. With `host` the behaviour is the host's, whoever
 * asks; `long` ones wait for their deadline.
 */
export const BEHAVIOURS = [
  ["everything is granted", {}, LINKED],
  ["an empty list where nobody is employed", always(LIST), LINKED],
  ["a list behind a byte order mark", always({ ...LIST, body: "\ufeff[]" }), LINKED],
  ["doubled brackets in the Link header", always({ headers: { ...LIST.headers, Link: '<<https://service5.ultipro.com/x?page=2>>; rel="next"' }, body: "[]" }), LINKED],
  ["401 with nothing in it", refusing(BODIES.empty), REJECTED],
  ["401 as ASP.NET says it", refusing(BODIES.aspNet), REJECTED],
  ["401 as problem+json", refusing(BODIES.problem), REJECTED],
  ["401 with a page", refusing(BODIES.html), REJECTED],
  ["401 that asks for Basic", refusing({ headers: { "WWW-Authenticate": 'Basic realm="ukg"' } }), REJECTED],
  ["the required permission: 403 with nothing in it", withoutPerson({ status: 403 }), MISSING],
  ["the required permission: 403 as ASP.NET says it", withoutPerson({ status: 403, ...BODIES.aspNet }), MISSING],
  ["the required permission: 403 as problem+json", withoutPerson({ status: 403, ...BODIES.problem }), MISSING],
  ["the required permission: 403 with a page", withoutPerson({ status: 403, ...BODIES.html }), MISSING],
  ["the required permission: 401 with nothing in it", withoutPerson({ status: 401 }), MISSING],
  ["the required permission: 401 as ASP.NET says it", withoutPerson({ status: 401, ...BODIES.aspNet }), MISSING],
  ["the required permission: 401 with a page", withoutPerson({ status: 401, ...BODIES.html }), MISSING],
  ["another permission: 403 as problem+json", { granted: ALL_BUT_PTO, missing: { status: 403, ...BODIES.problem } }, GAP],
  ["another permission: 401 as ASP.NET says it", { granted: ALL_BUT_PTO, missing: { status: 401, ...BODIES.aspNet } }, GAP],
  ["another permission: 403 with a page", { granted: ALL_BUT_PTO, missing: { status: 403, ...BODIES.html } }, GAP],
  ["429 always", always({ status: 429 }), fails("ukg_busy"), { long: true }],
  ["429 once", once({ status: 429 }), LINKED],
  ["429 once, with Retry-After", once({ status: 429, headers: { "Retry-After": "1" } }), LINKED],
  ["429 with a Retry-After of an hour", always({ status: 429, headers: { "Retry-After": "3600" } }), fails("ukg_busy")],
  ["500 once", once({ status: 500, ...json({ message: "An error has occurred." }) }), LINKED],
  ["500 always", always({ status: 500, ...BODIES.problem }), fails("ukg_unavailable")],
  ["502 from what stands before it", always({ status: 502, ...html("<h1>Bad Gateway</h1>") }), fails("ukg_unavailable")],
  ["503 with a page of maintenance", always({ status: 503, ...MAINTENANCE }), fails("ukg_unavailable")],
  ["504 with nothing in it", always({ status: 504 }), fails("ukg_unavailable")],
  ["500 for one permission alone", about(PTO, { status: 500 }), ["linked", ["ukg_unavailable"]]],
  ["404 for one permission alone", about(PTO, { status: 404 }), ["linked", ["ukg_unexpected"]]],
  ["302 to where people sign in", always({ status: 302, headers: { Location: "https://signin.ultipro.com/" } }), fails("host_not_web_services")],
  ["307 to another host of UKG's", always({ status: 307, headers: { Location: "https://service3.ultipro.ca/personnel/v1/person-details" } }), fails("host_not_web_services")],
  ["200 with a page to sign in at", always(SIGN_IN), fails("host_not_web_services")],
  ["200 with an object", always(json({ error: "none", items: [] })), fails("ukg_unexpected")],
  ["200 with a text", always(json("hello")), fails("ukg_unexpected")],
  ["200 with nothing in it", always({ headers: LIST.headers }), fails("ukg_unexpected")],
  ["200 with a list that is packed", always({ headers: { ...LIST.headers, "Content-Encoding": "gzip" }, body: "\x1f\x8b\b" }), fails("ukg_unexpected")],
  ["418", always({ status: 418 }), fails("ukg_unexpected")],
  ["slow, but right", { answers: ({ path }) => (path === PERSON ? { late: { after: 3_000 } } : undefined) }, LINKED],
  ["a connection that is reset once", once({ reset: true }), LINKED],
  ["a connection that is reset always", always({ reset: true }), fails("host_unreachable")],
  ["something that is not HTTP", always({ raw: "220 mail.contoso.example ESMTP\r\n" }), fails("ukg_unexpected")],
  ["a portal at every address", always(SIGN_IN), fails("host_not_web_services"), { host: true }],
  ["nothing at any address", always({ status: 404, ...html("<h1>404 Not Found</h1>") }), fails("host_not_web_services"), { host: true }],
  ["a redirect at every address", always({ status: 301, headers: { Location: "https://www.contoso.example/" } }), fails("host_not_web_services"), { host: true }],
  ["a firewall's 403 at every address", always({ status: 403, ...html("<h1>Request blocked</h1>") }), fails("ukg_unexpected"), { host: true }],
  ["maintenance at every address", always({ status: 503, ...MAINTENANCE }), fails("ukg_unavailable"), { host: true }],
  ["no answer at all", always({ hang: true }), fails("ukg_timeout"), { long: true }],
];
