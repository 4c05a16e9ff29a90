//! The invites of a table as a table again, for a spreadsheet: in it, nothing that a customer's name holds is a formula.

use app::pages::BulkMadeRow;
use app::text::desk::invites_bulk::FILE_NAME;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};

/// Headings of the table.
const HEADINGS: [&str; 6] = ["customer", "email", "reference", "link", "invite_url", "good_until"];

/// The table as a file to keep.
pub fn download(rows: &[BulkMadeRow]) -> Response {
    let disposition = format!("attachment; filename=\"{FILE_NAME}\"");
    // The mark at the beginning tells spreadsheets that this is UTF-8.
    let body = format!("\u{feff}{}", table(rows));
    ([(CONTENT_TYPE, "text/csv; charset=utf-8"), (CONTENT_DISPOSITION, disposition.as_str())], body)
        .into_response()
}

/// The table.
pub fn table(rows: &[BulkMadeRow]) -> String {
    let mut table = HEADINGS.join(",") + "\r\n";
    for row in rows {
        let cells = [&row.customer, &row.contact, &row.reference, &row.link, &row.url, &row.good_until]
            .map(|text| cell(text));
        table.push_str(&cells.join(","));
        table.push_str("\r\n");
    }
    table
}

/// A cell, in quotation marks. One that a spreadsheet would compute is text by the apostrophe before it.
fn cell(text: &str) -> String {
    let computed = text.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    let mark = if computed { "'" } else { "" };
    format!("\"{mark}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn no_cell_is_a_formula_or_ends_early() {
        assert_eq!(cell("Contoso, \"Health\""), "\"Contoso, \"\"Health\"\"\"");
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "＝1"] {
            assert!(cell(formula).starts_with("\"'"), "{formula}");
        }
    }
}
