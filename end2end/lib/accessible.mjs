// What axe finds wrong with a page, in light, dark and with forced colours (bar B8).
import axe from "axe-core";
import { recolour, unfold } from "./view.mjs";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const PLAIN = [
  { name: "light", media: { colorScheme: "light" } },
  { name: "dark", media: { colorScheme: "dark" } },
];
const FORCED = [
  { name: "forced colours, light", media: { colorScheme: "light", forcedColors: "active" } },
  { name: "forced colours, dark", media: { colorScheme: "dark", forcedColors: "active" } },
];

/** A visitor for tours: lists violations as sentences in `problems`. */
export function axeVisitor() {
  const visitor = async (state, { page }) => {
    const first = !visitor.kinds.has(kind(state));
    visitor.kinds.add(kind(state));
    await unfold(page);
    for (const { name, media } of [...PLAIN, ...(first ? FORCED : [])]) {
      const forced = media.forcedColors === "active";
      await recolour(page, media);
      const { violations, rules } = await run(page, forced);
      // Had axe not looked, it would have found nothing either.
      if (rules < 6) visitor.problems.push(`${state}, ${name}: axe applied ${rules} rules only`);
      if (forced) violations.push(...(await page.evaluate(faint)));
      visitor.problems.push(...violations.map((what) => `${state}, ${name}: ${what}`));
      visitor.looks += 1;
    }
    await recolour(page);
  };
  return Object.assign(visitor, { problems: [], looks: 0, kinds: new Set() });
}

async function run(page, forced) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  return page.evaluate(async ([tags, rules]) => {
    const { violations, passes } = await window.axe.run(document, { runOnly: { type: "tag", values: tags }, rules, resultTypes: ["violations"] });
    const describe = ({ id, help, nodes }) => `${id} (${help}): ${nodes.slice(0, 3).map(({ target, failureSummary }) => `${target} ${failureSummary.split("\n")[1] ?? ""}`).join("; ")}`;
    return { violations: violations.map(describe), rules: passes.length };
    // With forced colours axe reads `-webkit-text-fill-color`, which Chromium leaves as the page has it: `faint` looks instead.
  }, [TAGS, { "color-contrast": { enabled: !forced } }]);
}

/** Runs in the page: texts that can hardly be read in forced colours. */
function faint() {
  const parse = (colour) => colour.match(/[\d.]+/g).map(Number);
  const luminance = (colour) => {
    const [r, g, b] = colour.slice(0, 3).map((value) => (value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const colour = parse(getComputedStyle(one).backgroundColor);
      if ((colour[3] ?? 1) > 0.99) return colour;
    }
    return matchMedia("(prefers-color-scheme: dark)").matches ? [0, 0, 0] : [255, 255, 255];
  };
  const problems = [];
  for (const element of document.body.querySelectorAll("*")) {
    const hasText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (!hasText || element.closest("svg") || element.getClientRects().length === 0) continue;
    const [light, dark] = [luminance(parse(getComputedStyle(element).color)), luminance(behind(element))].sort((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05);
    if (ratio < 4.5) problems.push(`“${element.textContent.trim().slice(0, 40)}” has a contrast of ${ratio.toFixed(1)}`);
  }
  return problems.slice(0, 3);
}

function kind(state) {
  return state.split(":")[0];
}
