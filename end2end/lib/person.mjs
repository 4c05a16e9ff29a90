// Somebody with a browser of their own.
import { AccountStep, Check, Desk, DomainStep, Forward, HandOver, KeyStep, Receipt, SignIn, Welcome } from "./pages.mjs";
import { until } from "./until.mjs";
import { watch } from "./watch.mjs";

/** As Playwright and we wait at most, in milliseconds. */
const PATIENCE = 10_000;

export class Person {
  /**
   * @param {import("playwright-core").Browser} browser
   * @param {string} origin where the server is
   * @param {{ script?: boolean }} options `script: false` for a browser without JavaScript; the rest is Playwright's
   */
  static async arrive(browser, origin, { script = true, ...options } = {}) {
    const context = await browser.newContext({
      baseURL: origin,
      javaScriptEnabled: script,
      viewport: { width: 1440, height: 900 },
      ...options,
    });
    context.setDefaultTimeout(PATIENCE);
    const watched = await watch(context, origin);
    return new Person(context, await context.newPage(), watched, script, origin);
  }

  constructor(context, page, watched, script, origin) {
    this.context = context;
    this.page = page;
    this.watched = watched;
    this.script = script;
    this.origin = origin;
    this.welcome = new Welcome(this);
    this.forward = new Forward(this);
    this.handOver = new HandOver(this);
    this.key = new KeyStep(this);
    this.account = new AccountStep(this);
    this.domain = new DomainStep(this);
    this.check = new Check(this);
    this.receipt = new Receipt(this);
    this.signIn = new SignIn(this);
    this.desk = new Desk(this);
  }

  /** Goes to an address. `status`: what it answers, when that is no success. */
  async goTo(address, status) {
    if (status) this.watched.expect(status, address);
    const go = (tries) => this.page.goto(address).catch(async (error) => {
      // The page she is on may be loading itself again at this very moment; then that comes first.
      if (tries === 0 || !error.message.includes("interrupted by another navigation")) throw error;
      await this.page.waitForTimeout(300);
      await this.page.waitForLoadState();
      return go(tries - 1);
    });
    const response = await go(5);
    await this.settled();
    if (response && response.status() !== (status ?? 200)) {
      throw new Error(`${new URL(response.url()).pathname} answers ${response.status()}, not ${status ?? 200}`);
    }
  }

  /** Does something that leads to another page, and waits until that is there. */
  async after(action) {
    await Promise.all([this.page.waitForEvent("load"), action()]);
    await this.settled();
  }

  /** Waits until the page's live parts live. */
  async settled() {
    if (!this.script) return;
    await this.page.waitForFunction(() => document.documentElement?.dataset.islands !== "loading");
  }

  /** The last part of the address: `key`, `account`, `domain`, `check` or `done`. */
  get place() {
    return new URL(this.page.url()).pathname.split("/").pop();
  }

  /** What is entered so far is taken; goes from the invite to step `until`. */
  async goesTo(place, invite, account, host = "http://Service4.ultipro.com/services/LoginService") {
    await this.goTo(invite.url);
    await this.welcome.start();
    if (place === "key") return;
    await this.key.enter(account.key);
    if (place === "account") return;
    await this.account.enter(account.username, account.password);
    if (place === "domain") return;
    await this.domain.enter(host);
  }

  /** Sends a form of ours without looking at its page; where the answer leads, or nothing when it leads nowhere. */
  async sends(address, form = {}) {
    const response = await this.context.request.post(address, { form, headers: { origin: this.origin }, maxRedirects: 0 });
    if (response.status() >= 400) throw new Error(`${new URL(response.url()).pathname.split("/").pop()} answers ${response.status()}`);
    return response.headers().location;
  }

  /** Presses Start, which also tells the link of an invite that was not looked up. */
  async starts(invite) {
    const location = await this.sends(invite.url);
    invite.link ??= location.split("/")[2];
  }

  /** As `goesTo`, without looking at the pages on the way: for tests about what comes after them. */
  async hurriesTo(place, invite, account, host = "service4.ultipro.com") {
    await this.starts(invite);
    const at = `/link/${invite.link}`;
    const { key, username, password } = account ?? {};
    if (place !== "key") await this.sends(`${at}/key`, { key, anyway: "yes" });
    if (!["key", "account"].includes(place)) await this.sends(`${at}/account`, { username, password, anyway: "yes" });
    if (["check", "done"].includes(place)) {
      await this.sends(`${at}/domain`, { url: host, anyway: "yes" });
      await this.checkEnds(invite);
    }
    await this.goTo(`${at}/${place}`);
  }

  /** Waits until the link's check is over. */
  checkEnds({ link }) {
    return until("the check ends", async () => {
      const response = await this.context.request.get(`/link/${link}/check`);
      return !(await response.text()).includes('data-link-status="checking"');
    }, { within: 40_000, every: 100 });
  }

  /** Closes the browser; what it had is gone. */
  async leave() {
    if (this.gone) return;
    this.gone = true;
    await this.watched.settle();
    await this.context.close();
  }
}
