#!/usr/bin/env node
// Pictures of every page in every state, for people to look at: each in light and dark, 1440 and 360 pixels wide.
//   node end2end/screens.mjs OUTDIR [WORD...]   all tours, or those whose name holds one of the words
// LINKDESK_BIN and CHROMIUM_BIN as for run.mjs.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Fixture } from "./lib/fixture.mjs";
import { openStage } from "./lib/stage.mjs";
import { TOURS } from "./lib/tours.mjs";
import { recolour, resize } from "./lib/view.mjs";

const SIZES = [{ width: 1440, height: 900 }, { width: 360, height: 740 }];
const SCHEMES = ["light", "dark"];

async function main(out, words) {
  mkdirSync(out, { recursive: true });
  const stage = await openStage();
  let pictures = 0;
  const photograph = async (state, { page }) => {
    const before = page.viewportSize();
    for (const colorScheme of SCHEMES) {
      for (const size of SIZES) {
        await resize(page, size);
        await recolour(page, { colorScheme });
        // What sticks to the window would else be in the middle of the picture.
        await page.evaluate(() => window.scrollTo(0, 0));
        const name = state.toLowerCase().replace(/[^a-z0-9]+/g, "-");
        await page.screenshot({ path: join(out, `${name}-${size.width}-${colorScheme}.png`), fullPage: true });
        pictures += 1;
      }
    }
    await resize(page, before);
    await recolour(page);
  };
  try {
    for (const [name, tour] of Object.entries(TOURS)) {
      if (words.length > 0 && !words.some((word) => name.includes(word))) continue;
      const fixture = new Fixture(stage, name);
      await tour(fixture, photograph);
      for (const problem of await fixture.close()) console.error(`${name}: ${problem}`);
      console.log(name);
    }
  } finally {
    await stage.close();
  }
  console.log(`${pictures} pictures in ${out}`);
}

const [out, ...words] = process.argv.slice(2);
if (out) await main(out, words);
else {
  console.error("screens: say where to, as in `node end2end/screens.mjs /tmp/screens`");
  process.exitCode = 2;
}
