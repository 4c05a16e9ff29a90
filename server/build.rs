//! Writes the list of the files in `target/site`, which `make assets` fills, for `src/embed.rs` to put into the program.
#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "a build script reads cargo's environment, and stops the build when something is amiss"
)]

use std::{
    env,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

fn main() {
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    let release = env::var_os("PROFILE").is_some_and(|profile| profile == "release");
    let site = here.join("../target/site");
    let manifest = site.join("assets/manifest.tsv");

    println!("cargo::rerun-if-changed=build.rs");
    // Written last by `make assets`, and its content tells of a change in any file. While it does not exist, cargo runs
    // this script at every build.
    println!("cargo::rerun-if-changed={}", manifest.display());

    let listed = fs::read_to_string(&manifest).unwrap_or_default();
    if listed.is_empty() {
        if release {
            println!("cargo::error=there are no web assets in target/site: run `make assets` first");
            return;
        }
        println!(
            "cargo::warning=there are no web assets in target/site, so pages will be bare: run `make assets` first"
        );
    }
    fs::write(out.join("assets.rs"), generate(&site, &listed))
        .expect("cargo's folder for output takes a file");
}

/// One line of the manifest: role, path, content type, caching, hash, then the sizes as they are, with brotli, with gzip.
fn generate(site: &Path, listed: &str) -> String {
    let mut assets = String::from("pub(super) static ASSETS: &[super::Asset] = &[\n");
    let mut urls = String::new();
    for line in listed.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [role, path, content_type, caching, hash, _, brotli, gzip] = columns[..] else {
            println!("cargo::error=target/site/assets/manifest.tsv is damaged: run `make assets` again");
            continue;
        };
        let file = format!("{}{path}", site.display());
        let packed = |size: &str, extension: &str| match size {
            "0" => "None".to_owned(),
            _ => format!("Some(include_bytes!({:?}))", format!("{file}.{extension}")),
        };
        writeln!(
            assets,
            "    super::Asset {{ path: {path:?}, content_type: {content_type:?}, etag: {etag:?}, immutable: {immutable}, \
             identity: include_bytes!({file:?}), brotli: {br}, gzip: {gz} }},",
            etag = format!("W/\"{hash}\""),
            immutable = caching == "immutable",
            br = packed(brotli, "br"),
            gz = packed(gzip, "gz"),
        )
        .expect("a string takes any text");
        if role != "public" {
            writeln!(urls, "pub(super) const {}: &str = {path:?};", role.to_uppercase())
                .expect("a string takes any text");
        }
    }
    assets.push_str("];\n");
    // Addresses that answer 404: the page stays readable, and the browser's console says what is missing.
    for role in ["CSS", "DESK", "DESK_SCRIPT", "LOADER", "LIVE", "MODULE", "WASM"] {
        if !urls.contains(&format!("const {role}:")) {
            writeln!(urls, "pub(super) const {role}: &str = \"/assets/run-make-assets\";")
                .expect("a string takes any text");
        }
    }
    assets + &urls
}
