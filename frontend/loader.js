// Brings the islands of a page to life. Every page loads this file; one without islands loads nothing more.
//
// The server writes each island as <leptos-island data-component="NAME">, and the compiled module exports a function of
// that name which takes the element over. An island that stands inside the children of another one (<leptos-children>)
// needs the outer one's context: the outer island leaves `$$on_hydrate` on that element, to be called just before.
// Document order is the right order, since an outer island comes before those within it.
//
// `.ci/assets.mjs` puts the hashed addresses in. They are in this file, not in the page, so that the page needs no
// inline script and the content security policy can forbid them.
const MODULE = "%MODULE%";
const WASM = "%WASM%";

async function hydrate(islands) {
  const [module, wasm] = await Promise.all([import(MODULE), fetch(WASM)]);
  await module.default({ module_or_path: wasm });
  module.hydrate();
  for (const island of islands) {
    if (!island.isConnected) continue;
    const start = module[island.dataset.component];
    if (!start) throw new Error(`no island is called ${island.dataset.component}`);
    island.parentElement.closest("leptos-children")?.$$on_hydrate?.();
    await start(island);
  }
}

const islands = document.querySelectorAll("leptos-island");
if (islands.length > 0) {
  // `data-islands` tells style sheets and browser tests how far things are.
  const page = document.documentElement.dataset;
  page.islands = "loading";
  hydrate(islands).then(
    () => {
      page.islands = "ready";
    },
    (error) => {
      // The page goes on without: everything on it is a plain form or a link.
      page.islands = "failed";
      console.error("The page works, but without its live parts:", error);
    },
  );
}
