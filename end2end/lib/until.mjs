// Waiting for something to become true, for what a browser cannot be asked to wait for.
import { setTimeout as pause } from "node:timers/promises";

/** Asks again and again until `ask` answers with something true, and hands that back. */
export async function until(what, ask, { within = 10_000, every = 50 } = {}) {
  const deadline = performance.now() + within;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (performance.now() > deadline) throw new Error(`${what}: not within ${within / 1000} s`);
    await pause(every);
  }
}
