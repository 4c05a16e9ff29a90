// Times in the reader's own zone, on pages that say UTC without script.
//
// <time datetime="…" title="… UTC"> reads in words; those that name a time of day are told anew, and keep UTC in their title.
// “Times are UTC.” (data-no-script) is hidden by live.js.
// The timeline (data-days) is grouped by day: its entries are grouped again by the reader's days.
{
  const zone = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const date = { day: "numeric", month: "long", year: "numeric" };
  const told = (at, options) => new Intl.DateTimeFormat("en-GB", options).format(at).replace(" at ", ", ");
  for (const time of document.querySelectorAll("main time[datetime]")) {
    const at = new Date(time.dateTime);
    const words = time.textContent;
    if (/^\d\d:\d\d$/.test(words)) time.textContent = told(at, zone);
    else if (/^\d+ \S+ \d{4}, \d\d:\d\d( UTC)?$/.test(words)) time.textContent = told(at, { ...date, ...zone });
  }
  for (const days of document.querySelectorAll("[data-days]")) {
    const blank = days.querySelector(".day")?.cloneNode(true);
    if (!blank) continue;
    const items = [...days.querySelectorAll("li")];
    let last;
    const fresh = [];
    for (const item of items) {
      const day = told(new Date(item.querySelector(".timeline__clock").dateTime), date);
      if (day !== last) {
        const section = blank.cloneNode(true);
        section.querySelector(".day__name").textContent = day;
        section.querySelector("ol").replaceChildren();
        fresh.push(section);
        last = day;
      }
      fresh.at(-1).querySelector("ol").append(item);
    }
    days.replaceChildren(...fresh);
  }
}
