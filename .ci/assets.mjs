#!/usr/bin/env node
// Makes what a browser downloads, in target/site, for server/build.rs to put into the program:
//   frontend (Rust)  -> wasm-bindgen -> wasm-opt, terser -> assets/linkdesk.HASH.{wasm,js}
//   frontend/loader.js -> terser   -> assets/loader.HASH.js
//   frontend/live.js -> terser     -> assets/live.HASH.js
//   frontend/desk*.js -> terser    -> assets/desk.HASH.js
//   style/{main,desk}.css -> lightningcss -> assets/{main,desk}.HASH.css
//   public/          -> as it is
// each with a .br and a .gz beside it where that is smaller, and assets/manifest.tsv, which lists them all.
// The same input gives the same bytes; when no input changed, nothing is done.
//   --fast    for `make dev`: done sooner, larger
//   --budget  fails when a page would have to load more than BUDGET
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, extname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { bundle } from "lightningcss";
import { minify } from "terser";

const ci = dirname(fileURLToPath(import.meta.url));
const root = dirname(ci);
const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
const work = join(target, "assets");
const site = join(root, "target/site");
const manifestFile = join(site, "assets/manifest.tsv");
const fast = process.argv.includes("--fast");

// A page may cost 64 KB in all, packed with brotli (end2end/lib/budget.mjs measures that in the browser); the page itself
// and its headers need some of it.
const BUDGET = 58 * 1024;

// What rustc emits today; wasm-opt must know before it reads the file.
const WASM_FEATURES = [
  "bulk-memory", "bulk-memory-opt", "multivalue", "mutable-globals", "nontrapping-float-to-int", "reference-types", "sign-ext",
].map((name) => `--enable-${name}`);

// Browsers of the last years that a locked-down HR desktop may still have: [major, minor].
const CSS_TARGETS = { chrome: [109, 0], edge: [109, 0], firefox: [115, 0], safari: [15, 6] };
// What the desk's pages run, in one file.
const DESK_SCRIPTS = ["frontend/desk.js", "frontend/desk-times.js"];

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
};

const main = async () => {
  const raw = buildWasm();
  const key = inputKey(raw);
  if (upToDate(key)) return finish("unchanged");

  const files = [];
  const add = (role, path, bytes, immutable) => files.push({ role, path, bytes, immutable });
  const hashed = (role, name, extension, bytes) => {
    const path = `/assets/${name}.${hash(bytes)}${extension}`;
    add(role, path, bytes, true);
    return path;
  };

  const { wasm, glue } = await bindgen(raw);
  const addresses = {
    "%WASM%": hashed("wasm", "linkdesk", ".wasm", wasm),
    "%MODULE%": hashed("module", "linkdesk", ".js", await minified(glue)),
  };
  let loader = text("frontend/loader.js");
  for (const [placeholder, address] of Object.entries(addresses)) {
    if (!loader.includes(placeholder)) throw new Error(`frontend/loader.js does not mention ${placeholder}`);
    loader = loader.replaceAll(placeholder, address);
  }
  hashed("loader", "loader", ".js", await minified(loader));
  // Only for pages without islands, so it counts for none of their budgets.
  hashed("live", "live", ".js", await minified(text("frontend/live.js")));
  hashed("desk_script", "desk", ".js", await minified(DESK_SCRIPTS.map(text).join("\n")));
  // Only for the staff's door and account.
  hashed("passkey", "passkey", ".js", await minified(text("frontend/passkey.js")));
  hashed("css", "main", ".css", css("style/main.css"));
  // What only the staff's pages need is no burden on the flow's.
  hashed("desk", "desk", ".css", css("style/desk.css"));
  for (const file of filesIn("public")) add("public", `/${relative("public", file)}`, readFileSync(join(root, file)), false);

  write(key, files);
  finish("made");
};

// Paths of this machine would otherwise stand in panic messages: longer, and different on every machine.
function buildWasm() {
  const cargoHome = process.env.CARGO_HOME ?? join(homedir(), ".cargo");
  const registry = join(cargoHome, "registry/src");
  const sources = existsSync(registry) ? readdirSync(registry).map((index) => join(registry, index)) : [];
  const remap = [...sources, root].map((path) => `--remap-path-prefix=${path}/=`);
  run("cargo", ["build", "--locked", "-p", "frontend", "--profile", "wasm-release", "--target", "wasm32-unknown-unknown"], {
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS: remap.join(" "),
    // wasm-bindgen reads from a section that `strip = true` would remove which features of WebAssembly are in use.
    CARGO_PROFILE_WASM_RELEASE_STRIP: "debuginfo",
  });
  return readFileSync(join(target, "wasm32-unknown-unknown/wasm-release/frontend.wasm"));
}

async function bindgen(raw) {
  const out = join(work, "bindgen");
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  writeFileSync(join(work, "frontend.wasm"), raw);
  run(join(root, ".tools/bin/wasm-bindgen"), [
    "--target", "web", "--no-typescript", "--omit-default-module-path", "--out-dir", out, "--out-name", "linkdesk", join(work, "frontend.wasm"),
  ]);
  const optimised = join(work, "optimised.wasm");
  const level = fast ? "-O1" : "-Oz";
  run(tool("wasm-opt"), [...WASM_FEATURES, level, "--strip-debug", "--strip-producers", "--strip-target-features", join(out, "linkdesk_bg.wasm"), "-o", optimised]);
  return { wasm: readFileSync(optimised), glue: readFileSync(join(out, "linkdesk.js"), "utf8") };
}

async function minified(source) {
  const { code } = await minify(source, {
    module: true,
    compress: { passes: 3, ecma: 2020, unsafe_arrows: true, pure_new: true },
    format: { comments: false },
  });
  return Buffer.from(code);
}

function css(file) {
  const targets = Object.fromEntries(Object.entries(CSS_TARGETS).map(([name, [major, minor]]) => [name, (major << 16) | (minor << 8)]));
  return Buffer.from(bundle({ filename: join(root, file), minify: true, targets, errorRecovery: false }).code);
}

function write(key, files) {
  const kept = new Set([manifestFile]);
  const put = (path, bytes) => {
    const file = join(site, path);
    kept.add(file);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  };
  const lines = files.sort((a, b) => (a.path < b.path ? -1 : 1)).map(({ role, path, bytes, immutable }) => {
    const type = TYPES[extname(path)];
    if (!type) throw new Error(`.ci/assets.mjs knows no content type for ${path}`);
    put(path, bytes);
    const small = (packed, extension) => {
      const worthIt = packed.length < bytes.length * 0.95;
      if (worthIt) put(path + extension, packed);
      return worthIt ? packed.length : 0;
    };
    const br = small(brotli(bytes, type), ".br");
    const gz = small(gzipSync(bytes, { level: 9 }), ".gz");
    return [role, path, type, immutable ? "immutable" : "revalidate", hash(bytes), bytes.length, br, gz].join("\t");
  });
  // Written last: build.rs watches it, and it is only there when everything else is.
  mkdirSync(dirname(manifestFile), { recursive: true });
  writeFileSync(manifestFile, [`# ${key}`, ...lines, ""].join("\n"));
  for (const file of allFiles(site)) if (!kept.has(file)) rmSync(file);
}

function brotli(bytes, type) {
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_MODE, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT, BROTLI_MODE_TEXT, BROTLI_MODE_GENERIC } = constants;
  return brotliCompressSync(bytes, {
    params: {
      [BROTLI_PARAM_QUALITY]: fast ? 4 : 11,
      [BROTLI_PARAM_LGWIN]: 22,
      [BROTLI_PARAM_MODE]: type === TYPES[".wasm"] ? BROTLI_MODE_GENERIC : BROTLI_MODE_TEXT,
      [BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
}

// Everything that decides the outcome: the sources, this script, and the tools by their pinned versions.
function inputKey(raw) {
  const sum = createHash("sha256").update(fast ? "fast" : "small").update(process.version).update(raw);
  const inputs = [".ci/assets.mjs", ".ci/package-lock.json", "Cargo.lock", "frontend/loader.js", "frontend/live.js", ...DESK_SCRIPTS, "frontend/passkey.js", ...filesIn("style"), ...filesIn("public")];
  for (const file of inputs) sum.update(`\n${file}\n`).update(readFileSync(join(root, file)));
  return sum.digest("hex");
}

function upToDate(key) {
  const lines = manifest();
  return lines[0] === `# ${key}` && rows(lines).every(({ path, br, gz }) =>
    existsSync(join(site, path)) && (!br || existsSync(join(site, `${path}.br`))) && (!gz || existsSync(join(site, `${path}.gz`))));
}

function finish(what) {
  const list = rows(manifest());
  print(what, list);
  if (!process.argv.includes("--budget")) return;
  const needed = list.filter(({ role }) => !["public", "live", "desk", "desk_script", "passkey"].includes(role)).reduce((sum, row) => sum + (row.br || row.bytes), 0);
  console.log(`  a page with islands loads ${needed} bytes beside itself; ${BUDGET} are allowed`);
  if (needed > BUDGET) throw new Error(`the bundle is ${needed - BUDGET} bytes over its budget`);
}

function print(what, list) {
  const width = Math.max(...list.map(({ path }) => path.length));
  console.log(`assets: ${what} (bytes; brotli is what a browser loads)`);
  const line = (name, ...numbers) => console.log(`  ${name.padEnd(width)} ${numbers.map((n) => String(n).padStart(8)).join(" ")}`);
  line("file", "raw", "gzip", "brotli");
  for (const { path, bytes, br, gz } of list) line(path, bytes, gz || "-", br || "-");
  line("sum", ...["bytes", "gz", "br"].map((kind) => list.reduce((sum, row) => sum + (row[kind] || row.bytes), 0)));
}

function manifest() {
  return existsSync(manifestFile) ? readFileSync(manifestFile, "utf8").trimEnd().split("\n") : [];
}

function rows(lines) {
  return lines.slice(1).map((line) => {
    const [role, path, type, caching, sum, bytes, br, gz] = line.split("\t");
    return { role, path, type, caching, sum, bytes: Number(bytes), br: Number(br), gz: Number(gz) };
  });
}

function filesIn(folder) {
  return existsSync(join(root, folder)) ? allFiles(join(root, folder)).map((file) => relative(root, file)).sort() : [];
}

function allFiles(folder) {
  return readdirSync(folder, { recursive: true }).map((name) => join(folder, name)).filter((file) => statSync(file).isFile());
}

function text(file) {
  return readFileSync(join(root, file), "utf8");
}

function hash(bytes) {
  return createHash("sha256").update(bytes).digest("hex").slice(0, 16);
}

function tool(name) {
  return join(ci, "node_modules/.bin", name);
}

function run(program, args, env = {}, stdout = "inherit") {
  execFileSync(program, args, { cwd: root, env: { ...process.env, ...env }, stdio: ["ignore", stdout, "inherit"] });
}

try {
  await main();
} catch (error) {
  console.error(`assets: ${error.message}`);
  process.exitCode = 1;
}
