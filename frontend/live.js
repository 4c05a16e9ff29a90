// Two comforts on pages that work without them: a running check is shown as it goes, and a text is copied with a click.
//
// An element with data-live="ADDRESS" is filled with the HTML of each event `progress` that the address sends; `done` means
// that the page has something else to show. When the events cannot be had, the page loads itself again instead, as it does
// without script (a <noscript> refresh). The HTML is our own server's; what is in it is escaped there.
const again = () => location.replace(location.href);

const region = document.querySelector("[data-live]");
if (region) {
  let later;
  // Not always from the same address: `location` keeps what a form's redirect led to.
  const events = new EventSource(region.dataset.live);
  events.addEventListener("progress", ({ data }) => {
    clearTimeout(later);
    later = 0;
    if (region.innerHTML !== data) region.innerHTML = data;
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
