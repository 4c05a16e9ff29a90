//! Writing comma-separated values (RFC 4180) that a spreadsheet reads as text, never as a formula.
//!
//! A spreadsheet takes a cell that begins with certain signs for a formula, which may send what stands beside it elsewhere.
//! Such a cell gets an apostrophe before it: what a customer is called is text, whatever it looks like.

/// What a spreadsheet may take for the begin of a formula: the wide and small forms are what some turn into the others.
const FORMULA: [char; 16] =
    ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '﹢', '﹣', '﹦', '﹫', '−'];

/// Tells a spreadsheet that the text is UTF-8; stands before the first row.
pub const MARK: &str = "\u{feff}";

/// One row, with its line end. A cell is quoted when something in it might separate cells, for whichever reader.
#[must_use]
pub fn row<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    let cells: Vec<String> = cells.into_iter().map(cell).collect();
    cells.join(",") + "\r\n"
}

fn cell(text: &str) -> String {
    let text = if begins_a_formula(text) { format!("'{text}") } else { text.to_owned() };
    if text.contains(['"', ',', '\r', '\n', '\t', ';', '\'']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

/// Whether a spreadsheet may take the text for a formula: also behind white space and signs that are not seen.
fn begins_a_formula(text: &str) -> bool {
    let unseen = |sign: char| {
        sign.is_whitespace() && !FORMULA.contains(&sign)
            || matches!(sign, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    text.trim_start_matches(unseen).starts_with(FORMULA)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_might_separate_cells_is_quoted_and_quotes_are_doubled() {
        let cells = ["a", "b, \"c\"", "d\ne", "f;g", "h\ti", ""];
        assert_eq!(row(cells), "a,\"b, \"\"c\"\"\",\"d\ne\",\"f;g\",\"h\ti\",\r\n");
    }

    #[test]
    fn nothing_a_spreadsheet_would_compute_is_left_to_it() {
        for text in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "  =1",
            "＝1",
            "＋1",
            "－1",
            "＠x",
            "\u{200b}=1",
            "\u{202e}=1",
            "=HYPERLINK(\"x\")",
            "=cmd|' /C calc'!A0",
        ] {
            assert!(row([text]).starts_with("\"'"), "{text:?}");
        }
        for text in ["Contoso", "a=b", "1-2", "ops@contoso.example", ""] {
            assert_eq!(row([text]), format!("{text}\r\n"));
        }
    }
}
