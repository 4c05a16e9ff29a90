// What .ci/rules.mjs looks at: the files that git knows or would take, and cargo's picture of who depends on whom.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * - `paths`: every file, from the top level.
 * - `rust`: each Rust file with its `text` (without comments), `code` (without strings too), `product` (code without
 *   tests) and `strings` (outside tests).
 * - `manifests`, `locks`: each Cargo.toml and package-lock.json with its text.
 * - `dependencies`: which crate of ours names which crate, and for what.
 * - `trees`: all that frontend needs in the browser, and services anywhere.
 */
export function readRepository() {
  const paths = output("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"])
    .split("\0")
    .filter((path) => path && existsSync(join(root, path)));
  const withText = (pattern) => paths.filter((path) => pattern.test(path)).map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
  const repository = {
    paths,
    rust: withText(/\.rs$/).map(({ path, text }) => ({ path, ...views(path, text) })),
    manifests: withText(/(^|\/)Cargo\.toml$/),
    locks: withText(/(^|\/)package-lock\.json$/),
    dependencies: dependencies(),
    trees: { frontend: tree("frontend", ["--target", "wasm32-unknown-unknown"]), services: tree("services", []) },
  };
  // Were a tree empty or cut short, its rule would pass without looking.
  if (!repository.trees.frontend.includes("leptos") || !repository.trees.services.includes("domain")) throw new Error("cargo tree does not say what it should");
  if (!tree("server", []).includes("sqlx")) throw new Error("cargo tree does not follow dependencies of dependencies");
  return repository;
}

function dependencies() {
  const { packages } = JSON.parse(output("cargo", ["metadata", "--locked", "--no-deps", "--format-version", "1"]));
  return packages.flatMap(({ name, dependencies }) => dependencies.map((dependency) => ({ crate: name, on: dependency.name, kind: dependency.kind ?? "normal" })));
}

function tree(crate, options) {
  const lines = output("cargo", ["tree", "--locked", "-p", crate, "--edges", "normal", "--prefix", "none", "--format", "{p}", ...options]).split("\n");
  return [...new Set(lines.map((line) => line.split(" ")[0]).filter(Boolean))];
}

function output(command, args) {
  return execFileSync(command, args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "inherit"] });
}

/** The same number of lines in each view, so that a place in one is the place in the file. */
export function views(path, source) {
  const { text, code, strings } = scan(source);
  const isTest = /(^|\/)tests?(\/|\.rs$)|_tests?\.rs$|\/benches\//.test(path);
  const tests = isTest ? [[0, code.length]] : testModules(code);
  const inTests = (offset) => tests.some(([from, to]) => offset >= from && offset < to);
  // A test module is left out whole, its lines too: the length of a file does not count them.
  const product = tests.reduceRight((rest, [from, to]) => rest.slice(0, from) + rest.slice(to), code);
  return {
    text,
    code,
    product,
    strings: strings.filter(({ offset }) => !inTests(offset)).map(({ offset, value }) => ({ line: source.slice(0, offset).split("\n").length, text: value })),
  };
}

// One pass over the source: comments become spaces in `text`, comments and the insides of strings in `code`.
function scan(source) {
  const token = /\/\/[^\n]*|\/\*[^]*?\*\/|\b[bc]?r(#*)"[^]*?"\1|[bc]?"(?:\\[^]|[^"\\])*"|b?'(?:\\(?:u\{[^}]*\}|x[0-9a-fA-F]{2}|[^])|[^'\\\n])'/g;
  const blank = (piece) => piece.replace(/[^\n]/g, " ");
  const strings = [];
  let [text, code, last] = ["", "", 0];
  for (const { 0: piece, index: offset } of source.matchAll(token)) {
    const between = source.slice(last, offset);
    last = offset + piece.length;
    const comment = piece.startsWith("//") || piece.startsWith("/*");
    if (!comment && piece.includes('"')) strings.push({ offset, value: piece });
    text += between + (comment ? blank(piece) : piece);
    code += between + (comment ? blank(piece) : `"${blank(piece.slice(1, -1))}"`);
  }
  return { text: text + source.slice(last), code: code + source.slice(last), strings };
}

// From `#[cfg(test)]` before a `mod … {` to the brace that closes it.
function testModules(code) {
  return [...code.matchAll(/#\[cfg\(test\)\]\s*(pub\s+|pub\([^)]*\)\s+)?mod\s+\w+\s*\{/g)].map(({ index, 0: opening }) => {
    let [position, depth] = [index + opening.length, 1];
    for (; depth > 0 && position < code.length; position++) {
      if (code[position] === "{") depth++;
      else if (code[position] === "}") depth--;
    }
    return [index, position];
  });
}
