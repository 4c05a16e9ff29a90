//! Markdown for the tables in `docs`.

/// A table: its header, then its rows. Cells may hold Markdown; what would end a cell is written so that it does not.
pub fn table<const N: usize>(header: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> String {
    let mut text = row(header.map(str::to_owned));
    text.push_str(&row([(); N].map(|()| "---".to_owned())));
    for cells in rows {
        text.push_str(&row(cells));
    }
    text
}

/// Text to be typed letter for letter.
pub fn code(text: &str) -> String {
    // A run of backticks that is not in the text.
    let fence = (1..).map(|n| "`".repeat(n)).find(|fence| !text.contains(fence.as_str())).unwrap_or_default();
    if text.starts_with('`') || text.ends_with('`') {
        format!("{fence} {text} {fence}")
    } else {
        format!("{fence}{text}{fence}")
    }
}

/// The text with each link to a place in the page it comes from, which is not here, as mere words.
pub fn without_local_links(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, words, after)) = local_link(rest) {
        plain.push_str(before);
        plain.push_str(words);
        rest = after;
    }
    plain + rest
}

/// What stands before the first `[words](#place)` or `[words](page#place)`, its words, and what stands after it.
fn local_link(text: &str) -> Option<(&str, &str, &str)> {
    let (before_place, place) = text.split_once("](")?;
    let (before, words) = before_place.rsplit_once('[')?;
    let (address, after) = place.split_once(')')?;
    if address.contains("://") {
        return None;
    }
    Some((before, words, after))
}

fn row<const N: usize>(cells: [String; N]) -> String {
    let mut line = String::from("|");
    for cell in cells {
        line.push_str(&format!(" {} |", cell.replace('|', "\\|").replace('\n', " ")));
    }
    line.push('\n');
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_cell_ends_it() {
        let text = table(["a", "b"], [[code("x|y"), "two\nlines".to_owned()]]);

        assert_eq!(text, "| a | b |\n| --- | --- |\n| `x\\|y` | two lines |\n");
    }

    #[test]
    fn code_may_hold_backticks() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a`b``c"), "```a`b``c```");
        assert_eq!(code("`a"), "`` `a ``");
    }

    #[test]
    fn only_links_within_the_page_become_words() {
        let text = "At [mark 2](#how-2) and [mark 4](#how-4), `[[REQUIRES]]`, [there](https://x.example).";

        assert_eq!(
            without_local_links(text),
            "At mark 2 and mark 4, `[[REQUIRES]]`, [there](https://x.example)."
        );
        assert_eq!(without_local_links("no link"), "no link");
        assert_eq!(without_local_links("broken](#x"), "broken](#x");
    }
}
