// Starts programs of ours and ends them again: only those, and by their own process id.
import { execFile, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { createServer } from "node:net";
import { promisify } from "node:util";

const run = promisify(execFile);
const running = new Set();

// Whatever happens to the runner, nothing of it is left behind.
process.on("exit", () => running.forEach((child) => child.kill("SIGKILL")));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    console.error(`ended by ${signal}`);
    process.exit(130);
  });
}

/** A program that runs until it is stopped; what it says goes to `logFile`. */
export class Program {
  constructor(command, args, { cwd, env, logFile }) {
    this.name = `${command} ${args.join(" ")}`;
    this.started = performance.now();
    this.child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    running.add(this.child);
    const log = createWriteStream(logFile, { flags: "a" });
    this.said = "";
    this.child.stdout.on("data", (chunk) => {
      this.said += chunk;
      log.write(chunk);
    });
    // Kept in full in the file alone: at level trace it is much.
    this.child.stderr.on("data", (chunk) => log.write(chunk));
    this.ended = new Promise((resolve) => {
      this.child.on("error", (error) => resolve(error.message));
      this.child.on("close", (code, signal) => {
        running.delete(this.child);
        log.end(() => resolve(signal ?? code));
      });
    });
    this.over = null;
    this.ended.then((how) => (this.over = { how }));
  }

  get pid() {
    return this.child.pid;
  }

  /** Waits until it has ended; `how` is a signal. */
  async stop(how = "SIGINT") {
    if (!this.over) this.child.kill(how);
    const forced = setTimeout(() => this.child.kill("SIGKILL"), 10_000);
    await this.ended;
    clearTimeout(forced);
  }
}

/** Runs a command to its end and hands back its standard output. */
export async function command(file, args, { cwd, env, input } = {}) {
  const going = run(file, args, { cwd, env, maxBuffer: 1 << 26 });
  // A command that fails may do so before it has read anything; its own words tell more.
  going.child.stdin.on("error", () => {});
  going.child.stdin.end(input ?? "");
  const { stdout } = await going;
  return stdout;
}

/** A port of this machine that nobody listens on. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** The environment for a program: nothing of whoever runs the tests, and these settings. */
export function environment(settings) {
  const { PATH, HOME, TMPDIR } = process.env;
  return Object.fromEntries(Object.entries({ PATH, HOME, TMPDIR, ...settings }).filter(([, value]) => value !== undefined));
}
