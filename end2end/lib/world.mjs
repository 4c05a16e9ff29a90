// A real server with a database of its own in a folder of its own, and the command line on the same database.
import { mkdirSync, readFileSync } from "node:fs";
import { request } from "node:http";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Program, command, environment, freePort } from "./program.mjs";
import { until } from "./until.mjs";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const binary = process.env.LINKDESK_BIN ?? join(root, "target/release/linkdesk");
/** Whether the figures of a bar may be asserted: a debug build says nothing about them. */
export const isRelease = binary.includes("/release/");

export const COMPANY = "Northwind Learning";
export const STAFF = { email: "owner@northwind.example", password: "Staff canary ~Tq4\"<Zv8>& pass" };

/** Asked for in an invite unless a test says otherwise: the required one, three that can be tested and one that cannot. */
export const ASKED = [
  "employee_person_details",
  "employee_pay_statement",
  "pto_plan_integration",
  "company_configuration_integration",
  "employee_job_history_details",
];

export class World {
  /**
   * @param {string} folder a folder to be made for it
   * @param {{ resolve?: string[], caFile?: string, log?: string, staff?: boolean, named?: boolean, settings?: object }} options
   *   `resolve` as LINKDESK_UKG_RESOLVE, one entry per host; `named`: reached by a name, as passkeys ask for
   */
  static async start(folder, { resolve = [], caFile, log = "info", staff = true, named = false, settings = {} } = {}) {
    const world = new World();
    /** Of all its invites. */
    world.tokens = [];
    mkdirSync(folder, { recursive: true });
    world.folder = folder;
    world.port = await freePort();
    world.origin = `http://${named ? "localhost" : "127.0.0.1"}:${world.port}`;
    world.logFile = join(folder, "server.log");
    world.database = join(folder, "linkdesk.db");
    const keyFile = join(folder, "master.key");
    await command(binary, ["keygen", "--out", keyFile], { cwd: folder, env: environment({}) });
    world.env = environment({
      LINKDESK_ADDR: `127.0.0.1:${world.port}`,
      LINKDESK_PUBLIC_URL: world.origin,
      LINKDESK_COMPANY_NAME: COMPANY,
      LINKDESK_DATABASE_URL: `sqlite://${world.database}`,
      LINKDESK_MASTER_KEY_FILE: keyFile,
      LINKDESK_UKG_RESOLVE: resolve.join(","),
      LINKDESK_UKG_CA_FILE: caFile,
      LINKDESK_LOG: log,
      ...settings,
    });
    if (staff) {
      const add = ["staff", "add", "--email", STAFF.email, "--role", "owner", "--password-stdin"];
      await world.cli(add, { input: `${STAFF.password}\n` });
    }
    await world.serve();
    return world;
  }

  /** Starts the server and waits until it is ready; hands back how long that took, in milliseconds. */
  async serve() {
    this.server = new Program(binary, ["serve"], { cwd: this.folder, env: this.env, logFile: this.logFile });
    await until("the server is ready", async () => {
      if (this.server.over) throw new Error(`the server ended (${this.server.over.how}):\n${tail(this.logFile)}`);
      return (await status(this.port, "/health/ready")) === 200;
    }, { every: 1 });
    return performance.now() - this.server.started;
  }

  /** A command of the command line; its standard output. */
  cli(args, { input } = {}) {
    // Commands log to standard error, which is not looked at; the server's own log is.
    return command(binary, args, { cwd: this.folder, env: { ...this.env, LINKDESK_LOG: "warn" }, input });
  }

  /** A new invite, each for a customer of its own; `customer` must be new. `lookUp: false`: its link is known after Start only. */
  async invite({ customer, permissions = ASKED, expiresIn, email, lookUp = true } = {}) {
    const name = customer ?? `Contoso Health ${this.tokens.length + 1}`;
    const asked = permissions.flatMap((slug) => ["--permission", slug]);
    const more = [...(expiresIn ? ["--expires-in", expiresIn] : []), ...(email ? [`--email=${email}`] : [])];
    // Counted before anything is waited for: tests make invites side by side.
    const place = this.tokens.push("") - 1;
    const url = (await this.cli(["invite", "create", `--customer=${name}`, ...asked, ...more])).trim();
    const token = url.split("/i/")[1];
    this.tokens[place] = token;
    const found = lookUp ? (await this.links()).find((link) => link.customer === name) : undefined;
    return { url, token, customer: name, link: found?.id };
  }

  /** Another invite to a link that exists. */
  async inviteAgain({ link, customer }, { expiresIn } = {}) {
    const place = this.tokens.push("") - 1;
    const url = (await this.cli(["invite", "create", "--link", link, ...(expiresIn ? ["--expires-in", expiresIn] : [])])).trim();
    const token = url.split("/i/")[1];
    this.tokens[place] = token;
    return { url, token, customer, link };
  }

  async links() {
    return JSON.parse(await this.cli(["link", "list", "--json"]));
  }

  async link(id) {
    return JSON.parse(await this.cli(["link", "show", id, "--json"]));
  }

  /** Waits until the command line says this of a link. */
  untilLink(id, what, isSo, options) {
    return until(`link ${id} ${what}`, async () => {
      const link = await this.link(id);
      return isSo(link) && link;
    }, { every: 200, ...options });
  }

  /** Resident memory of the server, in MB. */
  memory() {
    const [, kilobytes] = readFileSync(`/proc/${this.server.pid}/status`, "utf8").match(/^VmRSS:\s+(\d+) kB$/m);
    return Number(kilobytes) / 1024;
  }

  stop(how = "SIGTERM") {
    return this.server.stop(how);
  }
}

/** The status of a GET, or nothing when nobody listens. */
function status(port, path) {
  return new Promise((resolve) => {
    const asked = request({ host: "127.0.0.1", port, path, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.on("error", () => resolve(undefined));
    asked.end();
  });
}

function tail(file) {
  return readFileSync(file, "utf8").split("\n").slice(-12).join("\n");
}
