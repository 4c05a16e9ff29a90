// How a page is looked at: its window, its colours. The browser takes both on a moment after it was told.

/** Sets the window's size and waits until the page has it. */
export async function resize(page, size) {
  await page.setViewportSize(size);
  await page.waitForFunction(({ width, height }) => window.innerWidth === width && window.innerHeight === height, size);
  await page.evaluate(twoFrames);
}

/** Sets the colours and waits until the page shows them. Only for somebody who asked for less motion: else colours are on their way. */
export async function recolour(page, { colorScheme = "light", forcedColors = "none" } = {}) {
  await page.emulateMedia({ colorScheme, forcedColors });
  await page.waitForFunction(([scheme, forced]) => matchMedia(`(prefers-color-scheme: ${scheme})`).matches && matchMedia(`(forced-colors: ${forced})`).matches, [colorScheme, forcedColors]);
  await page.evaluate(twoFrames);
}

/** Unfolds what is folded away, so that it is looked at too. */
export function unfold(page) {
  return page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
}

function twoFrames() {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
}
