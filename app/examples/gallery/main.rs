//! Writes every page in every state, with made-up data, as HTML files, to be looked at without a server:
//! `cargo run -p app --features ssr --example gallery -- FOLDER`.

#![recursion_limit = "256"]

mod parts;

use std::fs;
use std::io;
use std::path::Path;

use app::previews::{self, Preview};
use app::shell::{DeskTab, Page, PageAssets, Top};
use app::text;
use domain::Role;
use leptos::prelude::*;

use parts::{desk, invites, link, staff, webhooks};

/// A page to be written: the file's name, the document's bar, and the page.
struct Shown {
    name: &'static str,
    top: Top,
    page: AnyView,
}

impl Shown {
    /// A page of the flow.
    fn flow(Preview { name, page }: Preview) -> Self {
        Self { name, top: Top::Asked { company: previews::COMPANY.to_owned() }, page }
    }

    /// A page outside the desk.
    fn outside(name: &'static str, page: impl IntoView + 'static) -> Self {
        Self::flow(Preview { name, page: page.into_any() })
    }

    /// A page of the desk.
    fn desk(name: &'static str, page: impl IntoView + 'static) -> Self {
        Self::at(name, DeskTab::Links, page)
    }

    /// A page of another part of the desk.
    fn at(name: &'static str, tab: DeskTab, page: impl IntoView + 'static) -> Self {
        let top = Top::Desk { email: "sam@acme.example".to_owned(), tab, role: Role::Owner };
        Self { name, top, page: page.into_any() }
    }
}

#[expect(clippy::print_stdout, reason = "a tool for the command line says what it made")]
fn main() -> io::Result<()> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "target/gallery".to_owned());
    let folder = Path::new(&folder);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    copy(&root.join("style"), &folder.join("style"))?;
    for script in ["live.js", "desk.js", "desk-times.js"] {
        fs::copy(root.join("frontend").join(script), folder.join(script))?;
    }
    let names: Vec<&str> =
        [flow as fn() -> Vec<Shown>, desk::all, link::all, invites::all, staff::all, webhooks::all]
            .into_iter()
            .flat_map(|pages| Owner::new().with(|| write(folder, pages())))
            .collect::<io::Result<_>>()?;
    let list: String =
        names.iter().map(|name| format!("<li><a href=\"{name}.html\">{name}</a></li>\n")).collect();
    fs::write(folder.join("index.html"), format!("<!DOCTYPE html><title>Gallery</title><ul>{list}</ul>"))?;
    println!("{} pages in {}", names.len(), folder.display());
    Ok(())
}

fn flow() -> Vec<Shown> {
    previews::all().into_iter().map(Shown::flow).collect()
}

fn write(folder: &Path, pages: Vec<Shown>) -> Vec<io::Result<&'static str>> {
    pages
        .into_iter()
        .map(|shown| {
            let Shown { name, top, page } = shown;
            let assets = PageAssets {
                css: "style/main.css",
                desk: "style/desk.css",
                desk_script: "desk.js",
                passkey: "",
                loader: "loader.js",
                live: "live.js",
            };
            let foot = text::flow::foot(previews::COMPANY);
            let html = view! {
                <Page assets title=name top foot=Some(foot) live=true refresh=None>
                    {page}
                </Page>
            }
            .to_html();
            fs::write(folder.join(format!("{name}.html")), html).map(|()| name)
        })
        .collect()
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
