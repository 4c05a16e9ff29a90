// Two comforts on pages that work without them: a running check is shown as it goes, and a text is copied with a click.
//
// An element with data-live="ADDRESS" is filled with the HTML of each event `progress` that the address sends; `done` means
// that the page has something else to show. When the events cannot be had, the page loads itself again instead, as it does
// without script (a <noscript> refresh). The HTML is our own server's; what is in it is escaped there.
const again = () => location.replace(location.pathname);

// Only the lines that differ are exchanged: a screen reader then reads those, and the others keep turning smoothly.
function fill(region, html) {
  const fresh = document.createElement("div");
  fresh.innerHTML = html;
  const [lines, old] = [fresh, region].map((within) => [...within.querySelectorAll("li")]);
  if (lines.length !== old.length) region.replaceChildren(...fresh.childNodes);
  else lines.forEach((line, n) => line.outerHTML === old[n].outerHTML || old[n].replaceWith(line));
}

const region = document.querySelector("[data-live]");
if (region) {
  let later;
  const events = new EventSource(region.dataset.live);
  events.addEventListener("progress", ({ data }) => {
    clearTimeout(later);
    later = 0;
    fill(region, data);
  });
  events.addEventListener("done", () => {
    events.close();
    again();
  });
  events.addEventListener("error", () => {
    later ||= setTimeout(again, 3000);
  });
}

// What needs the script appears; what explains the way without it goes.
for (const element of document.querySelectorAll("[data-script]")) element.hidden = false;
for (const element of document.querySelectorAll("[data-no-script]")) element.hidden = true;

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-copy]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copy);
  // The invite's address stands nowhere in the page: it is this page's own, without its last part.
  const text = (source.value ?? source.textContent).replace(
    source.querySelector("[data-invite]")?.textContent ?? "\0",
    location.href.replace(/\/forward.*/, ""),
  );
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = button.dataset.copied;
  } catch {
    // No right to the clipboard: the text is marked, for Ctrl and C.
    if (source.select) source.select();
    else getSelection().selectAllChildren(source);
  }
});
