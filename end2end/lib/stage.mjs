// Everything the tests run against: a browser, our server with the simulator, our server with another UKG Pro.
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { OTHER_HOST, startOtherUkg } from "./other-ukg.mjs";
import { HOSTS, MAINTENANCE_HOST, startSimulator } from "./simulated.mjs";
import { World, root } from "./world.mjs";

/** Accounts of the other UKG Pro. */
export const OTHER = {
  full: {
    key: "Q1W2E",
    username: "integration.reader",
    password: "kR7;+vN/2p|Xq!(8)#Zt*4@s^W.e_{1}%",
    granted: ["employee_person_details", "pto_plan_integration", "company_configuration_integration", "employee_job_history_details"],
  },
};

/** Reached through nothing: the name exists in no DNS (RFC 6761), so no test ever asks a real host. */
export const UNKNOWN_HOST = "service4.ultipro.invalid";
/** Nobody listens there. */
export const CLOSED_HOST = "service1.ultipro.com";
/** Answers with a certificate of an authority that the server does not trust. */
export const UNTRUSTED_HOST = OTHER_HOST;

/** Debian's headless shell draws no windows of its own and costs a third; its Chromium is the same. */
const BROWSERS = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];

export const browserOptions = {
  executablePath: process.env.CHROMIUM_BIN ?? BROWSERS.find((file) => existsSync(file)),
  args: "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync".split(" "),
};

export async function openStage() {
  const folder = mkdtempSync(join(tmpdir(), "linkdesk-end2end-"));
  const opened = [];
  const close = async () => {
    await Promise.all(opened.map((stop) => stop().catch(() => {})));
    if (!process.env.KEEP) rmSync(folder, { recursive: true, force: true });
  };
  try {
    const simulator = await startSimulator(join(folder, "simulator"));
    opened.push(() => simulator.program.stop());
    const otherUkg = await startOtherUkg(join(folder, "other-ukg"), Object.values(OTHER));
    opened.push(() => otherUkg.stop());
    const at = (hosts, port) => hosts.map((host) => `${host}=127.0.0.1:${port}`);
    const simulated = {
      resolve: [...at([...HOSTS, MAINTENANCE_HOST], simulator.port), ...at([UNTRUSTED_HOST], otherUkg.port), ...at([CLOSED_HOST], 1)],
      caFile: simulator.caFile,
      settings: { LINKDESK_UKG_SUFFIXES: "ultipro.com,ultipro.ca,ultipro.invalid" },
    };
    const asked = { resolve: at(otherUkg.hosts, otherUkg.port), caFile: otherUkg.caFile };
    const main = await World.start(join(folder, "main"), { ...simulated, log: "trace" });
    opened.push(() => main.stop());
    const other = await World.start(join(folder, "other"), { ...asked, log: "trace" });
    opened.push(() => other.stop());
    const browser = await chromium.launch(browserOptions);
    opened.push(() => browser.close());
    mkdirSync(join(root, "target"), { recursive: true });
    return { folder, failures: join(root, "target/end2end-failures"), simulated, asked, otherUkg, main, other, browser, close };
  } catch (error) {
    await close();
    throw error;
  }
}
