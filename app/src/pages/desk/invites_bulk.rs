//! `/desk/invites/bulk`: a table of customers, what each line would make, and the invites, shown once.

mod made;
mod preview;

use leptos::prelude::*;

use crate::components::{AreaField, FieldWords};
use crate::icons::Icon;
use crate::text::desk;
use crate::text::desk::invites_bulk as words;

pub use made::{BulkMadePage, BulkMadeRow, BulkMadeView};
pub use preview::{BulkPreviewPage, BulkPreviewView, BulkRow, BulkRowState};

/// What the page shows.
#[derive(Clone, Debug, Default)]
pub struct BulkView {
    /// The table, as it was sent.
    pub table: String,
    /// Why it could not be read.
    pub problem: Option<String>,
    /// The presets' names.
    pub presets: Vec<String>,
}

/// The page.
#[component]
pub fn BulkPage(
    /// What it shows.
    view: BulkView,
) -> impl IntoView {
    let BulkView { table, problem, presets } = view;
    let columns = words::COLUMN_LIST.map(|(name, what)| {
        let known = (name == "preset")
            .then(|| if presets.is_empty() { ".".to_owned() } else { format!(": {}.", presets.join(", ")) });
        view! {
            <li>
                <code>{name}</code>
                <span class="soft small">{what}{known}</span>
            </li>
        }
    });
    view! {
        <main class="desk desk--form" id="main" tabindex="-1">
            <a class="back" href="/desk">{Icon::Back.view()} {desk::ALL_LINKS}</a>
            <header class="desk__head">
                <div>
                    <h1>{words::MANY}</h1>
                    <p class="soft">{words::LEAD}</p>
                </div>
                <a class="button button--quiet" href="/desk/invites/new">{words::ONE}</a>
            </header>
            <div class="order order--aside">
                <form class="card order__part" method="post" action="/desk/invites/bulk" enctype="multipart/form-data">
                    {table_fields(table, problem)}
                    <div class="actions">
                        <button class="button" type="submit" name="do" value="preview">{words::PREVIEW}</button>
                    </div>
                </form>
                <section aria-labelledby="columns-title">
                    <h2 id="columns-title">{words::COLUMNS}</h2>
                    <p class="soft small">{words::COLUMNS_LEAD}</p>
                    <ul class="columns">{columns.collect_view()}</ul>
                    <h2 id="example-title">{words::EXAMPLE_TITLE}</h2>
                    <pre class="example" tabindex="0" aria-labelledby="example-title">{words::EXAMPLE}</pre>
                </section>
            </div>
        </main>
    }
}

/// The fields a table is sent with.
fn table_fields(table: String, problem: Option<String>) -> impl IntoView {
    let field = FieldWords { label: words::PASTE, hint: words::PASTE_HINT, optional: false, problem };
    view! {
        <AreaField id="table" words=field value=table rows=10 mono=true />
        <div class="field">
            <label class="field__label" for="file">{words::FILE}</label>
            <p class="field__hint" id="file-hint">{words::FILE_HINT}</p>
            <input
                class="field__input"
                id="file"
                name="file"
                type="file"
                accept=".csv,.tsv,.txt,text/csv,text/plain"
                aria-describedby="file-hint"
            />
        </div>
    }
}
