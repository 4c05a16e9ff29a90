// Comforts at the desk, on pages that work without them: keys, and the list as it changes.
//
// <main data-list="ADDRESS"> has parts, each with data-part. The address sends them as HTML (event `list`) whenever they
// changed; the HTML is our own server's, and what is in it is escaped there. Whoever reads keeps their place: focus goes to
// the same link again, and what is typed is in no part.
const main = document.querySelector("[data-list]");
const rows = () => [...document.querySelectorAll("tr[data-link-id] .table__main")];
const search = document.getElementById("q");
const help = document.getElementById("keys");

// The same element in another rendering: by its row's link, else by its address, else by its name.
function same(element, part) {
  const link = element.closest("[data-link-id]")?.dataset.linkId;
  if (link) return part.querySelector(`[data-link-id="${CSS.escape(link)}"] a`);
  const href = element.getAttribute("href");
  return href && part.querySelector(`a[href="${CSS.escape(href)}"]`);
}

function put(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  for (const part of fresh.querySelectorAll("[data-part]")) {
    const old = main.querySelector(`[data-part="${part.dataset.part}"]`);
    if (!old || old.outerHTML === part.outerHTML) continue;
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    const { scrollX, scrollY } = window;
    const now = document.adoptNode(part);
    old.replaceWith(now);
    if (focused) (same(focused, now) ?? document.getElementById("main")).focus({ preventScroll: true });
    window.scrollTo(scrollX, scrollY);
  }
}

let events;
function listen() {
  if (events) return;
  events = new EventSource(main.dataset.list);
  events.addEventListener("list", ({ data }) => put(data));
  // An answer that is no stream (signed out, too many pages open) is not asked for again.
  events.addEventListener("error", () => events?.readyState === EventSource.CLOSED && (main.dataset.stream = "over"));
  events.addEventListener("open", () => (main.dataset.stream = "on"));
}
function rest() {
  events?.close();
  events = undefined;
}
if (main) {
  // A page in the background asks for nothing; what it missed comes first when it is looked at again.
  const look = () => (document.hidden ? rest() : listen());
  document.addEventListener("visibilitychange", look);
  addEventListener("pagehide", rest);
  addEventListener("pageshow", look);
  look();
}

// A link's page leads back to the list as it was left in this tab: whoever works through a filter goes on there.
const back = document.querySelector('a.back[href="/desk"]');
try {
  if (main) sessionStorage.setItem("list", location.search);
  else if (back) back.href += sessionStorage.getItem("list") ?? "";
} catch {
  // A browser that keeps nothing leads to the whole list.
}

for (const element of document.querySelectorAll("[data-keys]")) element.hidden = false;
document.querySelector("button[data-keys]")?.addEventListener("click", () => help?.showModal());

const typing = (element) => element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);

function move(by) {
  const all = rows();
  const at = all.indexOf(document.activeElement?.closest("tr")?.querySelector(".table__main"));
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1)];
  next?.focus();
  next?.closest("tr").scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (typing(event.target)) {
    if (event.key === "Escape" && event.target === search) search.blur();
    return;
  }
  if (help?.open) return;
  const does = {
    "/": search && (() => (search.focus(), search.select())),
    j: rows().length && (() => move(1)),
    k: rows().length && (() => move(-1)),
    "?": help && (() => help.showModal()),
  }[event.key];
  if (!does) return;
  event.preventDefault();
  does();
});
