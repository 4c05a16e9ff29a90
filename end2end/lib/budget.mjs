// How many bytes a page costs. The bytes are those that Chromium received, packed as they came and with their headers;
// `measure` refuses to count a page whose server could have sent brotli and did not, as the number would mean nothing.

const TEXT = /^(text\/|application\/(javascript|json|manifest\+json|wasm)|image\/svg)/;
// Smaller than this a file may go unpacked: what packing saves, its header costs.
const WORTH_PACKING = 1024;

let visits = 0;

/**
 * Loads a page and lists what it took: one row per request, `{ visit, page, url, status, type, encoding, bytes, cached }`.
 *
 * The page decides what "cold" means: a new browser context has an empty cache. Measuring several pages of a flow with one
 * page object counts only what its cache did not have, as for a person going through.
 *
 * @param {import("playwright-core").Page} page
 * @param {string | (() => Promise<unknown>)} visit the address, or what to do to get to the next page
 */
export async function measure(page, visit) {
  const cdp = await page.context().newCDPSession(page);
  const requests = new Map();
  const rows = [];
  const failed = [];
  const open = () => requests.size;
  let last = Date.now();

  cdp.on("Network.requestWillBeSent", ({ requestId, request, redirectResponse }) => {
    if (!/^https?:/.test(request.url)) return;
    // A redirect is a request of its own that ends without `loadingFinished`.
    if (redirectResponse) rows.push(row(redirectResponse, redirectResponse.encodedDataLength));
    requests.set(requestId, { url: request.url });
    last = Date.now();
  });
  cdp.on("Network.responseReceived", ({ requestId, response }) => {
    const entry = requests.get(requestId);
    if (!entry) return;
    entry.response = response;
    // An event stream never ends: it counts as its headers, and is not waited for.
    if (response.mimeType === "text/event-stream") finish(requestId, response.encodedDataLength);
  });
  cdp.on("Network.requestServedFromCache", ({ requestId }) => {
    if (requests.has(requestId)) requests.get(requestId).cached = true;
  });
  cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => finish(requestId, encodedDataLength));
  cdp.on("Network.loadingFailed", ({ requestId, errorText, canceled }) => {
    const entry = requests.get(requestId);
    requests.delete(requestId);
    if (entry && !canceled) failed.push(`${entry.url}: ${errorText}`);
  });

  function finish(requestId, bytes) {
    const entry = requests.get(requestId);
    if (!entry) return;
    requests.delete(requestId);
    last = Date.now();
    if (entry.response) rows.push(row(entry.response, entry.cached || entry.response.fromDiskCache ? 0 : bytes));
  }

  function row(response, bytes) {
    const header = (name) => Object.entries(response.headers).find(([key]) => key.toLowerCase() === name)?.[1];
    return {
      url: response.url,
      status: response.status,
      type: response.mimeType,
      encoding: header("content-encoding") ?? "-",
      bytes: Math.round(bytes),
      cached: bytes === 0,
    };
  }

  await cdp.send("Network.enable");
  await (typeof visit === "string" ? page.goto(visit) : visit());
  await page.waitForLoadState("load");
  await page.waitForFunction(() => document.documentElement.dataset.islands !== "loading");
  // The browser asks for the icon after `load`, and the islands may ask for something.
  const deadline = Date.now() + 10_000;
  while ((open() > 0 || Date.now() - last < 300) && Date.now() < deadline) await page.waitForTimeout(50);
  const waiting = [...requests.values()].map(({ url }) => url);
  await cdp.detach();

  if (failed.length > 0) throw new Error(`could not load ${failed.join(", ")}`);
  if (waiting.length > 0) throw new Error(`still loading after 10 s: ${waiting.join(", ")}`);
  const unpacked = rows.filter(({ type, encoding, bytes }) => encoding !== "br" && TEXT.test(type) && bytes > WORTH_PACKING);
  if (unpacked.length > 0) throw new Error(`not packed with brotli: ${unpacked.map(({ url }) => url).join(", ")}`);
  const name = new URL(page.url()).pathname;
  visits += 1;
  return rows.map((row) => ({ ...row, visit: visits, page: name }));
}

/** The sum of some rows, in bytes. */
export function total(rows) {
  return rows.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** The rows as text, with a sum per page and one for all. Tokens and ids in addresses are not printed. */
export function table(rows) {
  const lines = [];
  const line = (bytes, encoding, what) => lines.push(`${String(bytes).padStart(8)}  ${encoding.padEnd(6)}  ${what}`);
  line("bytes", "as", "what");
  for (const of of byVisit(rows)) {
    for (const { url, bytes, cached, encoding } of of) line(bytes, cached ? "cache" : encoding, shown(new URL(url).pathname));
    line(total(of), "", `= ${shown(of[0].page)}`);
  }
  line(total(rows), "", "= the whole flow");
  return lines.join("\n");
}

/**
 * Fails when a page, or the flow as a whole, costs more than it may, or when anything came from another origin.
 *
 * @param {{ page: number, flow: number }} limits in bytes; `page` is for each page's own rows
 */
export function assertBudget(rows, limits = { page: 65_536, flow: 112_640 }) {
  const problems = byVisit(rows).filter((of) => total(of) > limits.page).map((of) => `${shown(of[0].page)} takes ${total(of)} bytes; ${limits.page} are allowed`);
  if (total(rows) > limits.flow) problems.push(`the flow takes ${total(rows)} bytes; ${limits.flow} are allowed`);
  const origins = new Set(rows.map(({ url }) => new URL(url).origin));
  if (origins.size > 1) problems.push(`requests go to other origins: ${[...origins].join(", ")}`);
  if (problems.length > 0) throw new Error(`${problems.join("; ")}\n${table(rows)}`);
}

function byVisit(rows) {
  const pages = new Map();
  for (const row of rows) pages.set(row.visit, [...(pages.get(row.visit) ?? []), row]);
  return [...pages.values()];
}

export function shown(path) {
  return path.replace(/^\/(i|link)\/[^/]+/, "/$1/…");
}
