// What a test gets: worlds, browsers, invites, and a place to print figures.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Person } from "./person.mjs";
import { World } from "./world.mjs";

let worlds = 0;

export class Fixture {
  people = [];
  worlds = [];
  figures = [];

  /** @param stage what `openStage` hands back; `simulated` are the options of a world that asks the simulator, `asked` those
   *   of one that asks the other UKG Pro */
  constructor({ browser, main, other, otherUkg, simulated, asked, folder, failures }, name) {
    Object.assign(this, { browser, main, other, otherUkg, simulated, asked, folder, failures, name });
  }

  /** Somebody with a new browser. `at`: which world's pages they open. */
  async person({ at = this.main, ...options } = {}) {
    const person = await Person.arrive(this.browser, at.origin, options);
    this.people.push(person);
    return person;
  }

  invite(options) {
    return this.main.invite(options);
  }

  /** A server of this test's own. */
  async world(options) {
    worlds += 1;
    const world = await World.start(join(this.folder, `world-${worlds}-${slug(this.name)}`), options);
    this.worlds.push(world);
    return world;
  }

  /** Prints a line with the test's result. */
  figure(line) {
    this.figures.push(line);
  }

  /** Ends everything, and says what the browsers noticed. */
  async close() {
    const problems = [];
    for (const person of this.people) {
      await person.leave().catch((error) => problems.push(error.message));
      problems.push(...person.watched.problems);
    }
    await Promise.all(this.worlds.map((world) => world.stop()));
    return [...new Set(problems)];
  }

  /** Keeps what every browser shows, for whoever looks into a failure. */
  async photograph() {
    mkdirSync(this.failures, { recursive: true });
    for (const [n, { page }] of this.people.entries()) {
      const file = join(this.failures, `${slug(this.name)}-${n}`);
      await page.screenshot({ path: `${file}.png`, fullPage: true, timeout: 5_000 }).catch(() => {});
      await page.content().then((html) => writeFileSync(`${file}.html`, html)).catch(() => {});
    }
  }
}

function slug(name) {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, 60);
}
