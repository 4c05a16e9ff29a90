//! Writing comma-separated values (RFC 4180) that a spreadsheet reads as text, never as a formula.

/// What a spreadsheet may take for the begin of a formula: the last four are what some of them turn into the first four.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// Tells a spreadsheet that the text is UTF-8; stands before the first row.
pub const MARK: &str = "\u{feff}";

/// One row, with its line end. Every cell is quoted; one that a spreadsheet would compute begins with an apostrophe.
#[must_use]
pub fn row<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    let cells: Vec<String> = cells.into_iter().map(cell).collect();
    cells.join(",") + "\r\n"
}

fn cell(text: &str) -> String {
    let guard =
        if text.trim_start().starts_with(FORMULA) || text.starts_with(['\t', '\r', '\n']) { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_quotes_doubled() {
        assert_eq!(row(["a", "b, \"c\"", "d\ne", ""]), "\"a\",\"b, \"\"c\"\"\",\"d\ne\",\"\"\r\n");
    }

    #[test]
    fn nothing_a_spreadsheet_would_compute_is_left_to_it() {
        for text in
            ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\n=1", "＝1", "=HYPERLINK(\"x\")"]
        {
            assert!(row([text]).starts_with("\"'"), "{text}");
        }
        for text in ["Contoso", "a=b", "1-2", "o'hara@example.com", ""] {
            assert!(!row([text]).starts_with("\"'"), "{text}");
        }
    }
}
