// A person with a keyboard and no mouse.
import assert from "node:assert/strict";
import { until } from "./until.mjs";

export class Keyboard {
  constructor(person) {
    this.person = person;
    this.page = person.page;
  }

  press(key) {
    return this.page.keyboard.press(key);
  }

  type(text) {
    return this.page.keyboard.type(text);
  }

  /** Presses a key that leads to another page. */
  go(key) {
    return this.person.after(() => this.press(key));
  }

  /** Presses Tab until this has the focus, and makes sure that one sees so. */
  async tabTo(locator, most = 80) {
    for (let n = 0; n < most; n += 1) {
      await this.press("Tab");
      if (await isFocused(locator)) return this.seesFocus(locator);
    }
    throw new Error(`${locator} is not reached with ${most} times Tab`);
  }

  async seesFocus(locator) {
    const look = () => locator.evaluate((element) => {
      const { top, bottom, left, right } = element.getBoundingClientRect();
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return {
        onScreen: bottom > 0 && top < window.innerHeight && right > 0 && left < window.innerWidth,
        marked: outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2,
      };
    });
    // A browser that has much to do scrolls a moment later than it moves the focus.
    const { marked } = await until(`${locator} has the focus outside of the screen`, async () => {
      const seen = await look();
      return seen.onScreen && seen;
    }, { within: 2_000 });
    assert.ok(marked, `nothing shows that ${locator} has the focus`);
  }
}

export function isFocused(locator) {
  return locator.evaluate((element) => element === document.activeElement);
}
