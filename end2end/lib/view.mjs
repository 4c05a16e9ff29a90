// How a page is looked at: its window, its colours. The browser takes both on a moment after it was told.

/** Sets the window's size and waits until the page has it. */
export async function resize(page, size) {
  await page.setViewportSize(size);
  await page.waitForFunction(({ width, height }) => window.innerWidth === width && window.innerHeight === height, size);
  // The first layout at a new size may still go by the old one's rules.
  await page.evaluate(twoFrames);
}

function twoFrames() {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
}

/** Sets the colours and waits until the page shows them, transitions included. */
export async function recolour(page, { colorScheme = "light", forcedColors = "none" } = {}) {
  await page.emulateMedia({ colorScheme, forcedColors });
  await page.waitForFunction(([scheme, forced]) => matchMedia(`(prefers-color-scheme: ${scheme})`).matches && matchMedia(`(forced-colors: ${forced})`).matches, [colorScheme, forcedColors]);
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    // Chromium keeps the old colours of inherited text here and there when the scheme changes under it, until it is drawn anew.
    const { style } = document.documentElement;
    style.display = "none";
    await frame();
    style.removeProperty("display");
    await frame();
    document.getAnimations().filter(({ effect }) => effect.getComputedTiming().endTime < Infinity).forEach((animation) => animation.finish());
    await frame();
  });
}

/** Unfolds what is folded away, so that it is looked at too. */
export function unfold(page) {
  return page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
}
