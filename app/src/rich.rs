//! Sentences with a little markup, so that `text` holds plain strings a translator can read:
//! `**UKG's label**`, `((1))` for a mark in a picture, `` `code` `` and `[words](#where)`.

use leptos::prelude::*;

/// A piece of a sentence.
#[derive(Debug, PartialEq, Eq)]
enum Piece<'t> {
    Plain(&'t str),
    Bold(&'t str),
    Mark(&'t str),
    Code(&'t str),
    Link(&'t str, &'t str),
}

/// Renders the sentence. Whatever it holds is escaped: the markup makes elements, never HTML.
pub fn rich(sentence: &str) -> impl IntoView + use<> {
    pieces(sentence)
        .into_iter()
        .map(|piece| match piece {
            Piece::Plain(text) => text.to_owned().into_any(),
            Piece::Bold(text) => view! { <b>{text.to_owned()}</b> }.into_any(),
            Piece::Mark(text) => view! { <b class="mark">{text.to_owned()}</b> }.into_any(),
            Piece::Code(text) => view! { <code>{text.to_owned()}</code> }.into_any(),
            Piece::Link(text, to) => view! { <a href=to.to_owned()>{text.to_owned()}</a> }.into_any(),
        })
        .collect_view()
}

/// The sentence as HTML, everything in it escaped.
#[must_use]
pub fn html(sentence: &str) -> String {
    let mut html = String::with_capacity(sentence.len());
    for piece in pieces(sentence) {
        let (open, text, close) = match piece {
            Piece::Plain(text) => ("", text, ""),
            Piece::Bold(text) => ("<b>", text, "</b>"),
            Piece::Mark(text) => ("<b class=\"mark\">", text, "</b>"),
            Piece::Code(text) => ("<code>", text, "</code>"),
            Piece::Link(text, to) => {
                html.push_str("<a href=\"");
                escape(&mut html, to);
                ("\">", text, "</a>")
            }
        };
        html.push_str(open);
        escape(&mut html, text);
        html.push_str(close);
    }
    html
}

/// The sentence with the words of its links, for a page where their addresses lead nowhere.
#[must_use]
pub fn without_links(sentence: &str) -> String {
    pieces(sentence)
        .into_iter()
        .map(|piece| match piece {
            Piece::Plain(text) | Piece::Link(text, _) => text.to_owned(),
            Piece::Bold(text) => format!("**{text}**"),
            Piece::Mark(text) => format!("(({text}))"),
            Piece::Code(text) => format!("`{text}`"),
        })
        .collect()
}

/// The sentence without its markup.
#[must_use]
pub fn plain(sentence: &str) -> String {
    pieces(sentence)
        .into_iter()
        .map(|piece| match piece {
            Piece::Plain(text)
            | Piece::Bold(text)
            | Piece::Mark(text)
            | Piece::Code(text)
            | Piece::Link(text, _) => text,
        })
        .collect()
}

pub(crate) fn escape(html: &mut String, text: &str) {
    for sign in text.chars() {
        match sign {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            _ => html.push(sign),
        }
    }
}

fn pieces(sentence: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut rest = sentence;
    while let Some((before, piece, after)) = first(rest) {
        if !before.is_empty() {
            found.push(Piece::Plain(before));
        }
        found.push(piece);
        rest = after;
    }
    if !rest.is_empty() {
        found.push(Piece::Plain(rest));
    }
    found
}

/// What stands before the first piece of markup, the piece, and what stands after it.
fn first(text: &str) -> Option<(&str, Piece<'_>, &str)> {
    let start = text.find(['*', '(', '`', '['])?;
    let (before, rest) = text.split_at(start);
    let between = |open: &str, close: &str| rest.strip_prefix(open).and_then(|inner| inner.split_once(close));
    let link = between("[", "](")
        .and_then(|(words, rest)| rest.split_once(')').map(|(to, after)| (words, to, after)));
    if let Some((inner, after)) = between("**", "**") {
        Some((before, Piece::Bold(inner), after))
    } else if let Some((inner, after)) = between("((", "))") {
        Some((before, Piece::Mark(inner), after))
    } else if let Some((inner, after)) = between("`", "`") {
        Some((before, Piece::Code(inner), after))
    } else if let Some((words, to, after)) = link.filter(|(words, _, _)| !words.contains('[')) {
        Some((before, Piece::Link(words, to), after))
    } else {
        // A sign that opens no markup is a plain one: look on behind it.
        let width = rest.chars().next().map_or(1, char::len_utf8);
        let (skipped, behind) = rest.split_at(width);
        let (inner_before, piece, after) = first(behind)?;
        let plain_length = before.len() + skipped.len() + inner_before.len();
        Some((text.get(..plain_length)?, piece, after))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_markup_is_read() {
        let found = pieces("Tick **View** at ((3)), as in `AB1C2`, [see here](#how-2).");

        assert_eq!(
            found,
            [
                Piece::Plain("Tick "),
                Piece::Bold("View"),
                Piece::Plain(" at "),
                Piece::Mark("3"),
                Piece::Plain(", as in "),
                Piece::Code("AB1C2"),
                Piece::Plain(", "),
                Piece::Link("see here", "#how-2"),
                Piece::Plain("."),
            ]
        );
    }

    #[test]
    fn links_can_be_left_out_and_the_rest_stays() {
        assert_eq!(without_links("Tick **View** at [mark 3](#how-3), `x`."), "Tick **View** at mark 3, `x`.");
    }

    #[test]
    fn all_markup_can_be_left_out() {
        assert_eq!(plain("Tick **View** at ((3)), [mark 3](#how-3), `x`."), "Tick View at 3, mark 3, x.");
    }

    #[test]
    fn signs_that_open_nothing_are_plain() {
        for text in ["a * b", "(twice)", "[[REQUIRES CONFIGURATION]]", "`", "**", "é(("] {
            assert_eq!(pieces(text), [Piece::Plain(text)], "{text}");
        }
    }

    #[test]
    fn html_is_escaped_outside_and_inside_of_markup() {
        assert_eq!(html("a<b **<i>** [x](\"y\")"), "a&lt;b <b>&lt;i&gt;</b> <a href=\"&quot;y&quot;\">x</a>");
    }
}
