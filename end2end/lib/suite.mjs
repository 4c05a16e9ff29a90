// The list of tests. A test is a sentence and what proves it.
const tests = [];

/**
 * @param {string} name a sentence
 * @param {(t: import("./fixture.mjs").Fixture) => Promise<void>} body
 * @param {{ when?: "first" | "last", long?: boolean, limit?: number }} options `first` and `last`: alone, before or after all
 *   others. `long`: started early, as it mostly waits. `limit`: seconds it may take
 */
export function test(name, body, options = {}) {
  if (tests.some((other) => other.name === name)) throw new Error(`two tests are called: ${name}`);
  tests.push({ name, body, when: "among", long: false, limit: 60, ...options });
}

export function allTests() {
  return tests;
}
