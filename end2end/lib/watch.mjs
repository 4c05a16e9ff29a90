// Watches a browser context for what must never happen, and keeps what was seen for the search after the run (bar S1).
//
// A test fails on any console error or warning, page error, refused script or style (CSP), request to another origin, and on
// a page whose policy is lax or whose nonce was seen before. A page that is meant to answer 404 or the like says so first.

/** What all contexts of the run have seen. */
export const seen = {
  /** `{ url, body }` of each page, as it came from the server. */
  pages: [],
  /** Addresses, with the headers that say where a request comes from. */
  requests: [],
  /** Values of cookies. */
  cookies: new Set(),
  nonces: new Set(),
  /** Tokens of steps that were handed over. */
  handed: new Set(),
  /** Pages whose body the browser had let go of before it was kept. */
  lost: 0,
};

const LOADING_FAILED = /^Failed to load resource: the server responded with a status of (\d+)/;

/** @param {import("playwright-core").BrowserContext} context */
export async function watch(context, origin) {
  const problems = [];
  const expected = [];
  const requests = [];
  const waiting = new Set();
  const later = (work) => {
    const going = work.finally(() => waiting.delete(going));
    waiting.add(going);
  };

  await context.exposeBinding("__refused", (_, text) => problems.push(`the policy refused ${text}`));
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile, lineNumber }) => {
      window.__refused(`${blockedURI} (${violatedDirective}), from ${sourceFile}:${lineNumber}`);
    });
  });

  context.on("console", (message) => {
    if (!["error", "warning"].includes(message.type())) return;
    const status = Number(message.text().match(LOADING_FAILED)?.[1]);
    const url = message.location().url;
    if (status && expected.some((one) => one.status === status && url === one.url)) return;
    problems.push(`console ${message.type()}: ${message.text()} (${shown(url)})`);
  });
  context.on("weberror", (error) => problems.push(`page error: ${error.error().message}`));
  context.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith("data:") && new URL(url).origin !== origin) problems.push(`a request to another origin: ${url}`);
    const entry = { url, method: request.method(), referer: "" };
    requests.push(entry);
    seen.requests.push(entry);
    later(request.allHeaders().then(({ referer = "" }) => (entry.referer = referer), () => {}));
  });
  context.on("response", (response) => {
    const { "content-type": type = "", "content-security-policy": policy } = response.headers();
    if (!type.startsWith("text/html")) return;
    problems.push(...lax(policy).map((what) => `${shown(response.url())}: ${what}`));
    if (response.status() >= 300 && response.status() < 400) return;
    const keep = (body) => seen.pages.push({ url: response.url(), body });
    later(response.body().then(keep, () => (seen.lost += 1)));
  });

  return {
    problems,
    requests,
    /** The next page at `url` answers with this status, and the browser may say so. */
    expect(status, url) {
      expected.push({ status, url: new URL(url, origin).href });
    },
    /** Waits for what is still being kept. */
    async settle() {
      await Promise.all(waiting);
      for (const { value } of await context.cookies()) seen.cookies.add(value);
    },
  };
}

/** What is wrong with a page's content security policy. */
export function lax(policy) {
  if (!policy) return ["no content security policy"];
  const problems = [];
  for (const word of ["'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "*", "http:", "https:", "data:", "blob:"]) {
    if (policy.split(/[\s;]+/).includes(word)) problems.push(`its policy says ${word}`);
  }
  // A preview sends no form at all.
  const isInert = policy.includes("form-action 'none'");
  for (const directive of ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", `form-action '${isInert ? "none" : "self"}'`]) {
    if (!policy.split(/;\s*/).includes(directive)) problems.push(`its policy lacks ${directive}`);
  }
  const nonce = policy.match(/'nonce-([^']+)'/)?.[1];
  if (!nonce || nonce.length < 22) problems.push("its policy has no nonce of 128 bits");
  else if (seen.nonces.has(nonce)) problems.push("its nonce was used before");
  seen.nonces.add(nonce);
  return problems;
}

function shown(url) {
  return url.replace(/\/i\/[\w-]+/, "/i/…");
}
