// Whether a text became a script, with the content security policy switched off in the browser (bar B3): then escaping alone
// stands between the two. A payload that ran says so itself; one that only became an element is found as well.
import { PAYLOADS } from "./payloads.mjs";

/** Somebody whose browser has no policy; `ran` lists what was executed. */
export async function unprotected(t, options = {}) {
  const person = await t.person({ bypassCSP: true, ...options });
  const ran = [];
  await person.context.exposeBinding("__ran", (_, what) => ran.push(what));
  await person.context.addInitScript(() => {
    window.xss = (number) => window.__ran(`payload ${number}`);
  });
  person.context.on("dialog", async (dialog) => {
    ran.push(`a dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  return Object.assign(person, { ran });
}

/** Runs in the page: elements that no page of ours has, and attributes that are scripts. */
export function injected() {
  // Leptos puts two into every page, with the page's nonce.
  const isOurs = (element) => element.localName === "script" && /^__[A-Z_]+=\[\];(__[A-Z_]+=\[\];)*$/.test(element.textContent);
  const foreign = "script:not([src^='/']), iframe, frame, frameset, object, embed, applet, base, marquee, math, video, audio, img, image, animate, set, template, xmp, plaintext, x, custom-x";
  const problems = [...document.querySelectorAll(foreign)].filter((element) => !isOurs(element)).map((element) => `<${element.localName}>`);
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      if (/^on/i.test(name) || name === "srcdoc" || name === "style") problems.push(`<${element.localName} ${name}>`);
      else if (/^(href|src|action|formaction|data|content|xlink:href)$/i.test(name) && /^[\s\0-\x1f]*(javascript|data|vbscript):/i.test(value)) problems.push(`<${element.localName} ${name}=${value.slice(0, 20)}>`);
    }
  }
  return problems.slice(0, 5);
}

/**
 * Looks at one address after the other: asks for it, and opens it in the browser whenever anything of the payload is in what
 * came back, in whatever form. Counts both.
 */
export class Looks {
  asked = 0;
  rendered = 0;
  problems = [];

  constructor(person) {
    this.person = person;
  }

  /** Asks for a page, and opens it when it shows anything of the payload. */
  async at(place, address, payload) {
    const what = `${mark(payload)} on ${place}`;
    this.asked += 1;
    const response = await this.person.context.request.get(address, { maxRedirects: 3 });
    const body = await response.text();
    if (response.status() >= 500) this.problems.push(`${what}: answers ${response.status()}`);
    // The number stands in brackets, which may be escaped in one way or another, or in several.
    const [number] = mark(payload).match(/\d+/);
    if (new RegExp(`xss.{1,16}\\b${number}\\b`, "is").test(body)) await this.opens(what, address, response);
  }

  /** Opens a page whatever is in it. */
  async opens(what, address, response) {
    if (!response) this.asked += 1;
    // The browser says of each page that is no success that it is none.
    const watched = this.person.watched;
    if (response && !response.ok()) watched.expect(response.status(), response.url());
    await this.person.page.goto(address);
    await this.person.settled();
    await this.seen(what);
  }

  /** The page that is open. */
  async seen(what) {
    this.rendered += 1;
    const found = await this.person.page.evaluate(injected);
    this.problems.push(...found.map((element) => `${what}: ${element} became part of the page`));
    const ran = this.person.ran.splice(0);
    this.problems.push(...ran.map((payload) => `${what}: ${payload} ran`));
  }
}

/** A payload's name: its number. */
export function mark(payload) {
  return `payload ${PAYLOADS.indexOf(payload) + 1}`;
}

/** What a customer's name, an address or a header takes: without control characters. */
export function plain(payload) {
  return payload.replace(/[\x00-\x1f\x7f]/g, " ").trim();
}

/** As much of it as an e-mail address may hold. */
export function email(payload, n) {
  const name = payload.replace(/[<>()[\],;:\\"@\s\p{C}]/gu, "").slice(0, 100);
  return `${name || "x"}.${n}@contoso.example`.toLowerCase();
}

/** What a header's value or reason may hold. */
export function headerValue(payload) {
  return payload.replace(/[^\x20-\x7e]/g, " ").trim();
}
