// Whether anything is lost on a narrow screen or at 200 % (bar B8): nothing reaches out of the page, nothing is cut off.
import { resize, unfold } from "./view.mjs";

const SIZES = [
  { name: "320 px", width: 320, height: 640 },
  { name: "360 px", width: 360, height: 740 },
  // A window of 1280 by 800 at 200 %.
  { name: "200 %", width: 640, height: 400 },
];

/** A visitor for tours: lists what is lost as sentences in `problems`. */
export function reflowVisitor() {
  const visitor = async (state, { page }) => {
    await unfold(page);
    const before = page.viewportSize();
    for (const { name, ...size } of SIZES) {
      await resize(page, size);
      visitor.problems.push(...(await page.evaluate(lost)).map((what) => `${state}, ${name}: ${what}`));
      visitor.looks += 1;
    }
    await resize(page, before);
  };
  return Object.assign(visitor, { problems: [], looks: 0 });
}

/** Runs in the page. */
export function lost() {
  const problems = [];
  const page = document.scrollingElement;
  const width = page.clientWidth;
  if (page.scrollWidth > width) problems.push(`the page is ${page.scrollWidth} wide on a screen of ${width}`);
  const isHidden = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const style = getComputedStyle(one);
      // Words for assistive technology alone are kept in one pixel; an enlarged picture is scrolled in a window of its own.
      if (style.display === "none" || style.visibility === "hidden" || style.clipPath.startsWith("inset(50%") || one.matches(":popover-open")) return true;
    }
    return false;
  };
  for (const element of document.body.querySelectorAll("*")) {
    // A drawing within a drawing is a crop: a window on a part of it.
    if (element.parentElement.closest("svg")) continue;
    const box = element.getBoundingClientRect();
    if (box.width <= 1 || box.height <= 1 || isHidden(element)) continue;
    const name = `<${element.tagName.toLowerCase()}> “${(element.textContent || element.getAttribute("class") || "").trim().slice(0, 40)}”`;
    if (box.right > width + 1 || box.left < -1) problems.push(`${name} reaches from ${Math.round(box.left)} to ${Math.round(box.right)} on a screen of ${width}`);
    const { overflowX, overflowY } = getComputedStyle(element);
    // A field scrolls its own text.
    if (["INPUT", "HTML", "BODY", "svg"].includes(element.tagName)) continue;
    if (overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1) problems.push(`${name} is cut off at the side`);
    if (["hidden", "clip"].includes(overflowY) && element.scrollHeight > element.clientHeight + 1) problems.push(`${name} is cut off below`);
  }
  return problems.slice(0, 5);
}
